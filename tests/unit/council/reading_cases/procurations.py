"""Ways of printing who votes for whom, who comes late and who leaves."""

from __future__ import annotations

from levier.council.domain.record import Movement, MovementEvent
from tests.unit.council.reading_cases.case import Case, time

ARRIVES, LEAVES = MovementEvent.ARRIVES, MovementEvent.LEAVES
HEAD = "Commune de Villebrune\nProcès-verbal du conseil municipal du 7 avril 2022\n"
PRESENT = "Présents : Alain BESSON, Carla DUMONT, Élie FORT, Gaël HUBERT\n"
PRESENT_NAMES = "Alain BESSON; Carla DUMONT; Élie FORT; Gaël HUBERT"


def procuration(name: str, text: str, **facts: object) -> Case:
    facts.setdefault("present", PRESENT_NAMES)
    return Case(name, HEAD + PRESENT + text, **facts)  # type: ignore[arg-type]


FORMULAS = tuple(
    procuration(
        f"formula: {formula}",
        f"Absente excusée : Mme Ida JOUVE {formula} M. Alain BESSON\n",
        absent="Ida JOUVE",
        proxies=("Ida JOUVE > Alain BESSON",),
    )
    for formula in (
        "pouvoir à",
        "donne pouvoir à",
        "donne procuration à",
        "a donné pouvoir à",
        "a donné procuration à",
        "ayant donné pouvoir à",
        "qui a donné pouvoir à",
        ", ayant donné procuration écrite à",
        "(mandat à)",
        "donnant pouvoir à",
        "pouvoir donné à",
        "représentée par",
        ", excusée et représentée par",
        "est représenté(e) par",
        "- procuration :",
        ": pouvoir à",
        "→",
        "->",
        "a laissé procuration à",
        "avec pouvoir à",
        ", absente, procuration donnée à",
        "donne son pouvoir à",
        "a remis pouvoir à",
    )
    if "(" not in formula or ")" not in formula[-1:]
)

PROCURATIONS = (
    *FORMULAS,
    procuration(
        "brackets of every kind",
        "Absents : Ida JOUVE (procuration à Alain BESSON), Kim LAURENT (pouvoir Carla DUMONT), "
        "Maël NOIR (proc. à Élie FORT), Odin PIC (représenté par Gaël HUBERT), Rita SOL (malade)\n",
        absent="Ida JOUVE; Kim LAURENT; Maël NOIR; Odin PIC; Rita SOL",
        proxies=(
            "Ida JOUVE > Alain BESSON",
            "Kim LAURENT > Carla DUMONT",
            "Maël NOIR > Élie FORT",
            "Odin PIC > Gaël HUBERT",
        ),
    ),
    procuration(
        "holder on the next line",
        "Absents excusés :\n- Mme Ida JOUVE donne procuration à\nM. Alain BESSON\n"
        "- M. Kim LAURENT donne procuration à Mme Carla\nDUMONT\n",
        absent="Ida JOUVE; Kim LAURENT",
        proxies=("Ida JOUVE > Alain BESSON", "Kim LAURENT > Carla DUMONT"),
    ),
    procuration(
        "apart from the absent",
        "Absents : Ida JOUVE, Kim LAURENT\nPouvoirs : Ida JOUVE à Alain BESSON\n",
        absent="Ida JOUVE; Kim LAURENT",
        proxies=("Ida JOUVE > Alain BESSON",),
    ),
    procuration(
        "givers under their own heading are not absent by it",
        "Était absent : Kim LAURENT\nOnt donné pouvoir :\nIda JOUVE à Alain BESSON\n"
        "Maël NOIR à Carla DUMONT\n",
        absent="Kim LAURENT",
        proxies=("Ida JOUVE > Alain BESSON", "Maël NOIR > Carla DUMONT"),
    ),
    procuration(
        "represented",
        "Etaient représentés : Mme JOUVE : pouvoir à M. BESSON, M. LAURENT : pouvoir à Mme DUMONT "
        "M. NOIR : pouvoir à M. FORT. Etait absent : M. PIC.\n",
        absent="PIC",
        proxies=("JOUVE > Alain BESSON", "LAURENT > Carla DUMONT", "NOIR > Élie FORT"),
    ),
    procuration(
        "two givers, one holder",
        "Absents : Mme Ida JOUVE et M. Kim LAURENT ont donné pouvoir à M. Élie FORT\n",
        absent="Ida JOUVE; Kim LAURENT",
        proxies=("Ida JOUVE > Élie FORT", "Kim LAURENT > Élie FORT"),
    ),
    procuration(
        "holder told first",
        "Absent : M. Kim LAURENT\nPouvoirs : M. Élie FORT a reçu pouvoir de M. Kim LAURENT\n",
        absent="Kim LAURENT",
        proxies=("Kim LAURENT > Élie FORT",),
    ),
    Case(
        "holder told in the list of the present",
        HEAD + "Présents : M. Alain BESSON (pouvoir de Mme Ida JOUVE), Mme Carla DUMONT\n"
        "Absente : Mme Ida JOUVE\n",
        present="Alain BESSON; Carla DUMONT",
        absent="Ida JOUVE",
        proxies=("Ida JOUVE > Alain BESSON",),
    ),
    Case(
        "giver printed among the present",
        HEAD + "Présents : Alain, Carla, Élie & Ida (procuration à Carla)\nAbsent\nKim\n",
        present="Alain; Carla; Élie",
        absent="Kim",
        proxies=("Ida > Carla",),
    ),
    Case(
        "power to the mayor",
        HEAD + "sous la présidence de Mme Irma VOGEL, Maire\n"
        "Présents : Irma VOGEL, Carla DUMONT\n"
        "Absents : M. Kim LAURENT, pouvoir à Madame le Maire, Maël NOIR, pouvoir à Mme DUMONT\n",
        present="Irma VOGEL; Carla DUMONT",
        absent="Kim LAURENT; Maël NOIR",
        proxies=("Kim LAURENT > Irma VOGEL", "Maël NOIR > Carla DUMONT"),
    ),
    procuration(
        "names printed another way take the form of the list",
        "Absents : JOUVE Ida (pouvoir donné à Carla Dumont), Kim LAURENT (pouvoir à FORT Elie)\n",
        absent="Ida JOUVE; Kim LAURENT",
        proxies=("Ida JOUVE > Carla DUMONT", "Kim LAURENT > Élie FORT"),
    ),
    procuration(
        "no power given",
        "Excusé : Kim LAURENT (pas de pouvoir donné). Absent sans pouvoir : Odin PIC\n",
        absent="Kim LAURENT; Odin PIC",
    ),
    procuration(
        "holder that is no name",
        "Absent : Kim LAURENT (pouvoir à la majorité municipale)\n",
        absent="Kim LAURENT",
        unread=1,
    ),
    procuration(
        "late, leaving, by the hour",
        "Absent : M. Odin PIC, arrivé à 19 h 30\nExcusée : Rita SOL (quitte la salle à 21h15)\n",
        absent="Odin PIC; Rita SOL",
        expected={
            "sitting.movements": (
                Movement("Odin PIC", ARRIVES, None, time(19, 30)),
                Movement("Rita SOL", LEAVES, None, time(21, 15)),
            )
        },
    ),
    Case(
        "late, leaving, by the item",
        HEAD + "Présents : Alain BESSON, Carla DUMONT (arrivée au point 2), Élie FORT (jusqu'à la "
        "question n° 4), Gaël HUBERT (à partir de la question n° 3)\n",
        present=PRESENT_NAMES,
        expected={
            "sitting.movements": (
                Movement("Carla DUMONT", ARRIVES, 2),
                Movement("Élie FORT", LEAVES, 5),
                Movement("Gaël HUBERT", ARRIVES, 3),
            )
        },
    ),
    procuration(
        "movements tied to the matters",
        """Absent : Odin PIC

1 - Budget primitif
Le conseil municipal, après en avoir délibéré, adopte le budget à l'unanimité.
2 - Subvention au club
Arrivée de Monsieur Odin PIC
VOTE : Pour : 4 Contre : 1 Abstention : 0
Départ de Madame Carla DUMONT à 20 h 45
3 - Motion
VOTE : Pour : 2 Contre : 2 Abstention : 1
""",
        absent="Odin PIC",
        expected={
            "deliberations.0.present_changes": (),
            "deliberations.1.present_changes": (Movement("Odin PIC", ARRIVES, 2),),
            "deliberations.2.present_changes": (Movement("Carla DUMONT", LEAVES, 3, time(20, 45)),),
            "deliberations.1.vote.in_favour": 4,
            "deliberations.1.vote.against": 1,
            "deliberations.1.vote.unanimous": False,
            "deliberations.2.vote.outcome": None,
        },
    ),
)

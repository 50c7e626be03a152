"""Ways of printing what was put to the council, how it voted and what it decided."""

from __future__ import annotations

from levier.council.domain.record import AgendaItem, Outcome, VoteMode
from tests.unit.council.reading_cases.case import Case, date, time

HEAD = """Commune de Villebrune
Conseil municipal du 7 avril 2022 - procès-verbal
Présents : Alain BESSON, Carla DUMONT
"""


def ballot(printed: str, **vote: object) -> Case:
    return Case(
        f"vote: {printed}",
        HEAD + f"1 - Vente du four banal\nLe maire présente l'affaire.\n{printed}\n",
        present="Alain BESSON; Carla DUMONT",
        expected={f"deliberations.0.vote.{key}": value for key, value in vote.items()},
    )


ADOPTED, REJECTED, POSTPONED = Outcome.ADOPTED, Outcome.REJECTED, Outcome.POSTPONED
UNANIMOUS = {"outcome": ADOPTED, "unanimous": True}

BALLOTS = (
    ballot("Adopté à l'unanimité", **UNANIMOUS, in_favour=None, against=None, abstentions=None),
    ballot("Vote à l’unanimité des membres présents et représentés.", **UNANIMOUS),
    ballot("ADOPTE A L UNANIMITE", **UNANIMOUS),
    ballot("Unanimité", **UNANIMOUS),
    ballot("Accord à l'unanimité pour vendre le four.", **UNANIMOUS),
    ballot(
        "Vote : 14 pour / 0 contre / 0 abstention",
        **UNANIMOUS,
        in_favour=14,
        against=0,
        abstentions=0,
    ),
    ballot("0 contre, 0 abstention, 11 pour", **UNANIMOUS, in_favour=11),
    ballot(
        "6 voix Contre, 0 Abstention, 5 pour",
        outcome=REJECTED,
        unanimous=False,
        in_favour=5,
        against=6,
    ),
    ballot(
        "Approuvé par 25 voix pour et 3 abstentions (A. BESSON, C. DUMONT et X)",
        outcome=ADOPTED,
        unanimous=False,
        in_favour=25,
        abstentions=3,
        against=None,
    ),
    ballot(
        "POUR : 23    CONTRE : 2    ABSTENTION : 1",
        outcome=ADOPTED,
        in_favour=23,
        against=2,
        abstentions=1,
    ),
    ballot("Pour : 23\nContre : 2\nAbstentions : 1", in_favour=23, against=2, abstentions=1),
    ballot(
        "Adopté : vingt-deux voix pour, trois contre (MM. X, Y et Z)",
        outcome=ADOPTED,
        in_favour=22,
        against=3,
        abstentions=None,
    ),
    ballot("Adopté à la majorité", outcome=ADOPTED, unanimous=False, in_favour=None),
    ballot("ADOPTÉ 9 voix pour, 5 abstentions.", outcome=ADOPTED, in_favour=9, abstentions=5),
    ballot("La proposition est rejetée.", outcome=REJECTED, in_favour=None),
    ballot("Ajourné", outcome=POSTPONED),
    ballot("La délibération est reportée à une prochaine séance.", outcome=POSTPONED),
    ballot(
        "Vote à bulletin secret : 12 voix pour, 2 voix contre, 1 blanc",
        mode=VoteMode.SECRET,
        in_favour=12,
        against=2,
        blank=1,
    ),
    ballot("Voté à main levée, à l'unanimité", mode=VoteMode.PUBLIC, **UNANIMOUS),
    ballot(
        "Adopté à l'unanimité, le conseil ayant décidé de ne pas recourir au scrutin secret",
        **UNANIMOUS,
        mode=None,
    ),
)

EXTRACT = """                    REPUBLIQUE FRANCAISE
DEPARTEMENT DE LA RIVE
COMMUNE DE GRANDVAL

EXTRAIT DU REGISTRE DES DELIBERATIONS DU CONSEIL MUNICIPAL

Délibération n° 7

Nombre de conseillers en exercice : quinze
Présents : 3      Votants : 4
Date de convocation : 02/06/2024
Date d'affichage : 03/06/2024

L'an deux mille vingt-quatre, le dix juin à vingt heures, le conseil municipal, légalement convoqué,
s'est réuni à la salle polyvalente, sous la présidence de M. Omar BELKACEM, maire.

Présents : M. Omar BELKACEM, Mmes Sophie CLERC et Tess DAVID.
Absent excusé : M. Ugo EVRARD ayant donné pouvoir à Mme Tess DAVID.
Mme Sophie CLERC a été élue secrétaire de séance.

OBJET : Demande de subvention pour
la réfection du pont

Rapporteur : Mme Tess DAVID

VU le code général des collectivités territoriales, notamment son article L21,
Vu l'avis de la commission des travaux du 3 mai 2024 ;
CONSIDERANT que le pont menace ruine,

Après en avoir délibéré, le conseil municipal, à l'unanimité :
Article 1er : APPROUVE le plan de financement ;
Article 2 : AUTORISE le maire à demander la subvention :
- auprès du département ;
- auprès de la région.

Ainsi fait et délibéré les jour, mois et an susdits.
Pour extrait certifié conforme,
Fait à Grandval, le 12 juin 2024

Le Maire,
Omar BELKACEM

Acte rendu exécutoire après transmission en préfecture le 13 juin 2024
Reçu en préfecture le 13/06/2024
et publication le 14 juin 2024
"""

MATTERS = (
    *BALLOTS,
    Case(
        "a whole extract",
        EXTRACT,
        present="Omar BELKACEM; Sophie CLERC; Tess DAVID",
        absent="Ugo EVRARD",
        proxies=("Ugo EVRARD > Tess DAVID",),
        expected={
            "assembly": "Grandval",
            "assembly_kind": "commune",
            "document_kind": "extract",
            "sitting.date": date(2024, 6, 10),
            "sitting.opens_at": time(20, 0),
            "sitting.place": "à la salle polyvalente",
            "sitting.convocation_date": date(2024, 6, 2),
            "sitting.convocation_posted": True,
            "sitting.president": "Omar BELKACEM",
            "sitting.secretary": "Sophie CLERC",
            "sitting.in_office": 15,
            "sitting.present_count": 3,
            "deliberations.0.number": 7,
            "deliberations.0.subject": "Demande de subvention pour la réfection du pont",
            "deliberations.0.rapporteur": "Tess DAVID",
            "deliberations.0.visas": (
                "VU le code général des collectivités territoriales, notamment son article L21",
                "Vu l'avis de la commission des travaux du 3 mai 2024",
            ),
            "deliberations.0.recitals": ("CONSIDERANT que le pont menace ruine",),
            "deliberations.0.decisions": (
                "APPROUVE le plan de financement",
                (
                    "AUTORISE le maire à demander la subvention :\n- auprès du département ;\n"
                    "- auprès de la région."
                ),
            ),
            "deliberations.0.vote.unanimous": True,
            "deliberations.0.received_on": date(2024, 6, 13),
            "deliberations.0.transmitted_on": date(2024, 6, 13),
            "deliberations.0.published_on": date(2024, 6, 14),
            "signed_on": date(2024, 6, 12),
            "signatory": "Omar BELKACEM",
        },
    ),
    Case(
        "decisions in one sentence",
        """Extrait des délibérations du conseil municipal de la commune de Rivoire
Séance du 4 octobre 2021
Présents : Mona FERRAND, Nils GOBERT
Objet : Bail du presbytère
Madame le Maire expose que le bail arrive à terme.
Le conseil municipal, après en avoir délibéré, par 10 voix pour, 1 voix contre et 2 abstentions,
décide de renouveler le bail pour neuf ans et autorise Madame le Maire à le signer.
A Rivoire, le 6 octobre 2021. La Maire, Mona FERRAND
""",
        present="Mona FERRAND; Nils GOBERT",
        expected={
            "assembly": "Rivoire",
            "deliberations.0.decisions": (
                "de renouveler le bail pour neuf ans et autorise Madame le Maire à le signer.",
            ),
            "deliberations.0.vote.in_favour": 10,
            "deliberations.0.vote.against": 1,
            "deliberations.0.vote.abstentions": 2,
            "signed_on": date(2021, 10, 6),
            "signatory": "Mona FERRAND",
        },
    ),
    Case(
        "minutes with an agenda, an item without decision and one added",
        """COMPTE RENDU DU CONSEIL MUNICIPAL DU 2 DECEMBRE 2021
Présents : Line MAURY, Paco NEVEU
Ordre du jour :
1) Approbation du règlement de la bibliothèque
2) Travaux de l'école : point d'étape
3) Tarifs 2022
Le maire propose d'ajouter un point 4.

1) Approbation du règlement de la bibliothèque
Mme Line MAURY expose : le règlement date de 1998.
Le conseil approuve le règlement à l'unanimité.
2) Travaux de l'école : point d'étape
Le chantier avance. Les fenêtres seront posées en mai.
3) Tarifs 2022
Vu la délibération du 3 décembre 2020,
Le conseil municipal décide :
- de maintenir les tarifs ;
- d'exonérer les associations.
Pour : 12 Contre : 0 Abstention : 3
4) Motion de soutien à la gare
Adoptée à l'unanimité.
La séance est levée à 22 h 10.
""",
        present="Line MAURY; Paco NEVEU",
        expected={
            "document_kind": "minutes",
            "sitting.agenda": (
                AgendaItem(1, "Approbation du règlement de la bibliothèque"),
                AgendaItem(2, "Travaux de l'école : point d'étape"),
                AgendaItem(3, "Tarifs 2022"),
            ),
            "deliberations.0.number": 1,
            "deliberations.0.rapporteur": "Line MAURY",
            "deliberations.1.number": 3,
            "deliberations.1.decisions": (
                "de maintenir les tarifs",
                "d'exonérer les associations.",
            ),
            "deliberations.1.vote.in_favour": 12,
            "deliberations.1.vote.unanimous": False,
            "deliberations.2.number": 4,
            "deliberations.2.subject": "Motion de soutien à la gare",
        },
    ),
    Case(
        "several extracts in one file",
        """EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DE LA COMMUNE D'AUBRAY
Séance du 20 mai 2023 - Présents : Rose OLIVIER, Saul PASCAL
Objet : Création d'un emploi
Le Conseil Municipal, à l'unanimité, DÉCIDE de créer un emploi d'agent technique.
Objet : Cession d'un chemin
Le Conseil Municipal, par 8 voix pour et 3 contre, DÉCIDE de céder le chemin.
""",
        present="Rose OLIVIER; Saul PASCAL",
        expected={
            "deliberations.0.subject": "Création d'un emploi",
            "deliberations.0.vote.unanimous": True,
            "deliberations.1.subject": "Cession d'un chemin",
            "deliberations.1.vote.against": 3,
            "deliberations.1.decisions": ("de céder le chemin.",),
        },
    ),
    Case(
        "no date, no heading: nothing is invented",
        """Compte-rendu du conseil municipal
Présents : Rose OLIVIER, Saul PASCAL
Les comptes seront examinés le 12 mars 2025 par la commission.
""",
        present="Rose OLIVIER; Saul PASCAL",
        expected={
            "assembly": None,
            "sitting.date": None,
            "sitting.convocation_date": None,
            "sitting.president": None,
            "sitting.secretary": None,
            "sitting.in_office": None,
            "deliberations": (),
            "signed_on": None,
            "signatory": None,
        },
    ),
    Case(
        "a day that does not exist",
        """Procès-verbal du conseil municipal
L'an deux mille vingt-trois, le trente février, le conseil municipal s'est réuni.
Présents : Rose OLIVIER, Saul PASCAL
""",
        present="Rose OLIVIER; Saul PASCAL",
        expected={"sitting.date": None},
        unread=1,
    ),
    Case(
        "the previous sitting is another one",
        """PROCÈS-VERBAL
Approbation du procès-verbal de la séance du 5 janvier 2023
Le conseil municipal s'est réuni en séance ordinaire le jeudi 9 février 2023 à 18h30 à la mairie.
La convocation a été adressée le 2 février 2023 et affichée le même jour.
Présents : Rose OLIVIER, Saul PASCAL
""",
        present="Rose OLIVIER; Saul PASCAL",
        expected={
            "sitting.date": date(2023, 2, 9),
            "sitting.opens_at": time(18, 30),
            "sitting.convocation_date": date(2023, 2, 2),
            "sitting.convocation_posted": True,
        },
    ),
    Case(
        "two convocations, the year printed once",
        """CONSEIL DE LA MÉTROPOLE DES CINQ VALLÉES - extrait du registre des délibérations
L'an deux mille vingt et un, le vingt-trois septembre à 18 H 30, le conseil métropolitain s'est
assemblé sur convocations en date des 26 août et 16 septembre 2021 affichées à la porte du siège.
Sous la présidence de Madame Vera ROLLAND, Présidente, 70 délégués étaient présents et 15
représentés sur 91 délégués en exercice.
""",
        expected={
            "assembly_kind": "epci",
            "sitting.convocation_date": date(2021, 9, 16),
            "sitting.convocation_posted": True,
            "sitting.in_office": 91,
            "sitting.present_count": 70,
            "sitting.represented_count": 15,
            "sitting.president": "Vera ROLLAND",
        },
    ),
    Case(
        "date in words, badly extracted",
        "CONSEIL MUNICIPAL DE TOURNEBRIDE compte rendu l an mil neuf cent quatre vingt dix neuf, "
        "le dix sept juin à dix huit heures quinze, Présents : Rose OLIVIER, Saul PASCAL.",
        present="Rose OLIVIER; Saul PASCAL",
        expected={
            "assembly": "TOURNEBRIDE",
            "sitting.date": date(1999, 6, 17),
            "sitting.opens_at": time(18, 15),
        },
    ),
)

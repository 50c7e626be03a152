"""Records built by hand for the tests of documents.

LOISON holds the public facts of the act of 11 June 2024 (names of elected members, dates, vote);
its recitals are worded for the tests. BIG is a made-up council of 69 members with 40 items.
"""

from __future__ import annotations

from datetime import date, time

from levier.council.domain.record import (
    AgendaItem,
    AssemblyKind,
    Deliberation,
    DocumentKind,
    Movement,
    MovementEvent,
    Outcome,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    Sitting,
    Vote,
    VoteMode,
)

_LOISON_PROXIES = (
    Proxy("Françoise TOULOUSE", "Jacky LELONG"),
    Proxy("Catherine WILLE", "Sandrine WABLE"),
    Proxy("Corinne LEFEBVRE", "Daniel KRUSZKA"),
    Proxy("Robert UNTERFRANC", "Jean-Rémy FERRANT"),
    Proxy("Naséra BENSLIMANE", "David GUIDE"),
    Proxy("Dorine CORROYEZ", "David PENETTICOBRA"),
)

LOISON = Record(
    assembly="Loison-sous-Lens",
    assembly_kind=AssemblyKind.COMMUNE,
    document_kind=DocumentKind.EXTRACT,
    population=5169,
    sitting=Sitting(
        date=date(2024, 6, 11),
        convocation_date=date(2024, 6, 5),
        convocation_posted=True,
        president="Daniel KRUSZKA",
        secretary="Emmanuel DONDELA",
        absent=tuple(proxy.giver for proxy in _LOISON_PROXIES),
        all_present_except_absent=True,
        proxies=_LOISON_PROXIES,
    ),
    deliberations=(
        Deliberation(
            subject="Signature du Contrat de Ville 2024-2030",
            rapporteur="Khadija LANNABI",
            visas=("Vu la délibération du conseil communautaire du 28 mars 2024,",),
            recitals=(
                "Considérant que le contrat précédent a pris fin le 31 décembre 2023 ;",
                "Considérant que la concertation a réuni 550 personnes ;",
            ),
            vote=Vote(outcome=Outcome.ADOPTED, unanimous=True),
            decisions=(
                "Approuve le contrat de ville intitulé « Engagement quartiers 2030 ».",
                "Engage la ville dans cette démarche.",
                "Autorise le maire à signer le contrat et tout document utile à sa mise en œuvre.",
            ),
        ),
    ),
    signed_on=date(2024, 6, 20),
    signatory="Daniel KRUSZKA",
)

_GIVEN_NAMES = ("Anne", "Bénédicte", "Cécile", "Denis", "Élodie", "François", "Gaëlle")
_SURNAMES = (
    "LE GOFF",
    "MAËS-DUPŒUVRE",
    "NOËL",
    "D'HAEYER",
    "PÉREZ",
    "QUÉMÉNER",
    "ROUÉ",
    "SÃO-LUIZ",
)
_MEMBERS = tuple(f"{_GIVEN_NAMES[rank % 7]} {_SURNAMES[rank % 8]} {rank + 1}" for rank in range(69))
_OUTCOMES = (Outcome.ADOPTED, Outcome.ADOPTED, Outcome.REJECTED, Outcome.POSTPONED, None)


def _big_item(number: int) -> Deliberation:
    outcome = _OUTCOMES[number % 5]
    counted = outcome in (Outcome.ADOPTED, Outcome.REJECTED)
    return Deliberation(
        number=number,
        subject=f"Affaire {number} : subvention de {number}\u202f500 € à l'association n° {number}"
        + (" et convention d'objectifs pluriannuelle" * (number % 4)),
        rapporteur=_MEMBERS[number],
        visas=("Vu le code général des collectivités territoriales,",) * (number % 3),
        recitals=tuple(f"Considérant le motif {rank} de l'affaire {number} ;" for rank in range(3)),
        vote=Vote(
            outcome=outcome,
            in_favour=(40 if outcome is Outcome.ADOPTED else 10) if counted else None,
            against=20 if counted else None,
            abstentions=3 if counted else None,
            mode=VoteMode.SECRET if number == 7 else VoteMode.PUBLIC,
        ),
        decisions=tuple(f"Décide la mesure {rank} de l'affaire {number}." for rank in range(1, 5)),
        present_changes=(Movement(_MEMBERS[5], MovementEvent.LEAVES, number, time(20, 15)),)
        if number == 18
        else (),
        recused=(
            Recusal(_MEMBERS[2], RecusalGround.L1111_6_II),
            Recusal(_MEMBERS[3], RecusalGround.PERSONAL),
        )
        if number == 18
        else (),
        transmitted_on=date(2025, 3, 28),
        received_on=date(2025, 3, 28),
        published_on=date(2025, 3, 31),
    )


BIG = Record(
    assembly="Communauté d’agglomération des Deux Rivières et du Plateau d’Œuvres",
    assembly_kind=AssemblyKind.EPCI,
    document_kind=DocumentKind.MINUTES,
    sitting=Sitting(
        date=date(2025, 3, 21),
        opens_at=time(18, 30),
        place="salle des fêtes de l'hôtel communautaire",
        convocation_date=date(2025, 3, 14),
        convocation_posted=True,
        president=_MEMBERS[0],
        secretary=_MEMBERS[1],
        in_office=69,
        present=_MEMBERS[:57],
        absent=_MEMBERS[57:],
        proxies=tuple(Proxy(_MEMBERS[57 + rank], _MEMBERS[rank]) for rank in range(6)),
        movements=(Movement(_MEMBERS[60], MovementEvent.ARRIVES, 3, time(19, 5)),),
        agenda=tuple(AgendaItem(number, f"Affaire {number}") for number in range(1, 41)),
    ),
    deliberations=tuple(_big_item(number) for number in range(1, 41)),
    signed_on=date(2025, 3, 27),
    signatory=_MEMBERS[0],
)

"""Figures of the law, dated and sourced: thresholds, delays, sizes of councils.

A legal reader checks this file without reading the rules. Each value applies from its date until
the next one. The source keys name where the wording or its application was read.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

CODIFIED_ON = date(1996, 2, 24)
"""Legislative part of the CGCT (loi n° 96-142 of 21 February 1996)."""

PUBLICITY_REFORM_ON = date(2022, 7, 1)
"""Ordonnance n° 2021-1310 and décret n° 2021-1311: publicity, minutes and register."""

INTEREST_REFORM_ON = date(2022, 2, 23)
"""Loi n° 2022-217 (3DS): L1111-6, and its effect on the quorum in L2131-11."""

PRESENCE_REFORM_ON = date(2025, 12, 24)
"""Loi n° 2025-1249, art. 32: presence alone is no participation (L2131-11) [date of entry K]."""

REMOTE_MEETINGS_ON = date(2022, 8, 1)
"""L5211-11-1 as loi n° 2022-217 rewrote it: meetings of an EPCI's organ in several places."""

REMOTE_EMERGENCY = (date(2020, 4, 1), date(2022, 7, 31))
"""Every council could meet by video during the health emergency (ordonnance n° 2020-391, art. 6,
then loi n° 2020-1379): such a sitting is not judged by the ordinary rule."""

LISTS_EVERYWHERE_ON = date(2026, 3, 15)
"""Renewal of 2026: deputies are elected by list in every commune (loi n° 2025-444) [date K]."""

EVERY_EPCI_AS_LARGE_ON = date(2020, 3, 1)
"""Before it, an EPCI followed the five clear days only when one member commune had 3 500
inhabitants or more (loi n° 92-125, art. 30, II; L5211-1): a record does not tell."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure of the law. `values` are (first day in force, value), oldest first."""

    label: str
    unit: str
    article: str
    source: str
    values: tuple[tuple[date, int], ...]

    def at(self, day: date) -> int:
        """Value in force on that day. Raises LookupError before the oldest value held."""
        index = bisect_right([since for since, _ in self.values], day)
        if not index:
            raise LookupError(f"{self.label} : aucune valeur connue au {day.isoformat()}.")
        return self.values[index - 1][1]

    def entry_into_force(self, day: date) -> date:
        """First day of the value in force on that day. Raises LookupError likewise."""
        index = bisect_right([since for since, _ in self.values], day)
        if not index:
            raise LookupError(f"{self.label} : aucune valeur connue au {day.isoformat()}.")
        return self.values[index - 1][0]


LARGE_COMMUNE = Parameter(
    "Population à partir de laquelle la convocation part cinq jours francs avant",
    "habitants",
    "CGCT L2121-11 et L2121-12",
    "V admi, fbl",
    ((CODIFIED_ON, 3500),),
)
CLEAR_DAYS_SMALL = Parameter(
    "Délai de convocation, moins de 3 500 habitants",
    "jours francs",
    "CGCT L2121-11",
    "S senat-00343",
    ((CODIFIED_ON, 3),),
)
CLEAR_DAYS_LARGE = Parameter(
    "Délai de convocation, 3 500 habitants et plus, et EPCI",
    "jours francs",
    "CGCT L2121-12",
    "V admi, fbl",
    ((CODIFIED_ON, 5),),
)
CLEAR_DAYS_URGENT = Parameter(
    "Délai de convocation en cas d’urgence",
    "jours francs",
    "CGCT L2121-11 et L2121-12",
    "V admi, fbl",
    ((CODIFIED_ON, 1),),
)
CLEAR_DAYS_INSTALLATION = Parameter(
    "Délai de convocation de la séance d’installation du conseil municipal",
    "jours francs",
    "CGCT L2121-7",
    "V fbl-L2121-7",
    ((CODIFIED_ON, 3),),
)
CLEAR_DAYS_SECOND = Parameter(
    "Délai entre l’envoi de la seconde convocation et la séance sans quorum",
    "jours francs",
    "CGCT L2121-17 ; CE, 16 juin 1997, Pfister",
    "S cdm-62823",
    ((CODIFIED_ON, 3),),
)

# During the health emergency a third of the members in office was enough, and a member could hold
# two procurations: loi n° 2020-290, art. 10; loi n° 2020-1379, art. 6; loi n° 2021-1465, art. 10.
_HEALTH_EMERGENCY_SOURCE = "S landot-2020-10-16, val-de-marne.gouv, mairesdefrance-1042"
QUORUM_DIVISOR = Parameter(
    "Part des membres en exercice qui doit être présente : majorité (2) ou tiers (3)",
    "diviseur",
    "CGCT L2121-17 ; lois n° 2020-290, 2020-1379 et 2021-1465",
    _HEALTH_EMERGENCY_SOURCE,
    (
        (CODIFIED_ON, 2),
        (date(2020, 3, 12), 3),
        (date(2020, 8, 31), 2),
        (date(2020, 10, 17), 3),
        (date(2021, 10, 1), 2),
        (date(2021, 11, 10), 3),
        (date(2022, 8, 1), 2),
    ),
)
PROXIES_PER_HOLDER = Parameter(
    "Procurations par porteur",
    "procurations",
    "CGCT L2121-20 ; lois n° 2020-290, 2020-1379 et 2021-1465",
    "V legif LEGIARTI000006389878 ; " + _HEALTH_EMERGENCY_SOURCE,
    tuple((since, 1 if divisor == 2 else 2) for since, divisor in QUORUM_DIVISOR.values),
)
SITTINGS_PER_PROXY = Parameter(
    "Séances consécutives pour lesquelles vaut une même procuration, sauf maladie constatée",
    "séances",
    "CGCT L2121-20",
    "V legif LEGIARTI000006389878",
    ((CODIFIED_ON, 3),),
)
IN_CAMERA_REQUEST = Parameter(
    "Membres qui peuvent demander le huis clos dans une commune",
    "membres",
    "CGCT L2121-18",
    "V doctrine",
    ((CODIFIED_ON, 3),),
)
IN_CAMERA_REQUEST_EPCI = Parameter(
    "Membres qui peuvent demander le huis clos dans un EPCI",
    "membres",
    "CGCT L5211-11",
    "S amf-40890",
    ((CODIFIED_ON, 5),),
)
ROLL_CALL_DIVISOR = Parameter(
    "Part des membres présents qui peut demander le scrutin public : le quart (4)",
    "diviseur",
    "CGCT L2121-21",
    "V idcite, senat",
    ((CODIFIED_ON, 4),),
)
SECRET_DIVISOR = Parameter(
    "Part des membres présents qui peut demander le scrutin secret : le tiers (3)",
    "diviseur",
    "CGCT L2121-21",
    "V idcite, senat",
    ((CODIFIED_ON, 3),),
)
LIST_POSTING_DAYS = Parameter(
    "Affichage de la liste des délibérations examinées",
    "jours",
    "CGCT L2121-25",
    "S cdg77, paysdolmes, maires63",
    ((PUBLICITY_REFORM_ON, 7),),
)
PREFECT_MONTHS = Parameter(
    "Déféré du préfet",
    "mois",
    "CGCT L2131-6",
    "S coussy, rjc, fbl",
    ((CODIFIED_ON, 2),),
)
CHALLENGE_MONTHS = Parameter(
    "Recours des tiers",
    "mois",
    "CJA R421-1",
    "V tricoteuses",
    ((date(2001, 1, 1), 2),),
)

RULED_COMMUNE = Parameter(
    "Population à partir de laquelle un tiers des membres peut demander une réunion, et un "
    "règlement intérieur est dû",
    "habitants",
    "CGCT L2121-8 et L2121-9 ; loi n° 2015-991 du 7 août 2015, art. 82",
    "V lexbase, vendargues ; S landot-2019-05-28, itineraires-avocats-2020-08-19",
    ((CODIFIED_ON, 3500), (date(2020, 3, 1), 1000)),
)
PROPORTIONAL_COMMISSIONS = Parameter(
    "Population à partir de laquelle les commissions suivent la représentation proportionnelle",
    "habitants",
    "CGCT L2121-22",
    "S apgl64, svp-2014-04-11",
    ((CODIFIED_ON, 3500), (date(2014, 3, 23), 1000)),
)
REQUESTED_SITTING_DAYS = Parameter(
    "Réunion du conseil après une demande motivée",
    "jours",
    "CGCT L2121-9 ; CE, Soldani",
    "V lexbase ; S neuville",
    ((CODIFIED_ON, 30),),
)
COMMISSION_DAYS = Parameter(
    "Première convocation d’une commission après sa nomination",
    "jours",
    "CGCT L2121-22",
    "S apgl64",
    ((CODIFIED_ON, 8),),
)
PROCEDURE_RULES_MONTHS = Parameter(
    "Règlement intérieur après l’installation du conseil",
    "mois",
    "CGCT L2121-8",
    "V vendargues",
    ((CODIFIED_ON, 6),),
)
MUNICIPAL_INFORMATION_MONTHS = Parameter(
    "Envoi de la liste des délibérations et du procès-verbal aux conseillers municipaux",
    "mois",
    "CGCT L5211-40-2",
    "V tricoteuses a8a87a9",
    ((PUBLICITY_REFORM_ON, 1),),
)
NEW_COMMUNE_SITTINGS = Parameter(
    "Réunions annuelles à la mairie d’une commune nouvelle qui se réunit dans ses annexes",
    "réunions",
    "CGCT L2121-7",
    "V fbl-L2121-7",
    ((CODIFIED_ON, 2),),
)
DEPUTIES_PERCENT = Parameter(
    "Adjoints au maire, en part de l’effectif légal",
    "%",
    "CGCT L2122-2",
    "K",
    ((CODIFIED_ON, 30),),
)

COMPLETE_COUNCILS: tuple[tuple[date, tuple[tuple[int, int], ...]], ...] = (
    (CODIFIED_ON, ()),
    (date(2019, 12, 28), ((100, 5), (500, 9))),
    (date(2026, 3, 15), ((100, 5), (500, 9), (1_000, 13))),
)
"""From a day, (population below, members who are enough for the council to be deemed complete):
CGCT L2121-2-1, of loi n° 2019-1461, art. 38 [S landot-2020-02-07], and loi n° 2025-444, art. 5
[V juriblio-2025-444], applied from the general renewal of March 2026 [K]."""

COMPLETE_COUNCIL_REFORM_ON = date(2025, 5, 22)
"""Publication of loi n° 2025-444: between it and the renewal of 2026, which table applies is
not known for sure."""


def deemed_complete_from(population: int, day: date) -> int | None:
    """Members from which a council is deemed complete on that day; None: all its seats.

    Raises LookupError before the oldest text held.

    >>> deemed_complete_from(99, date(2026, 4, 1)), deemed_complete_from(1_000, date(2026, 4, 1))
    (5, None)
    """
    tables = [table for since, table in COMPLETE_COUNCILS if since <= day]
    if not tables:
        raise LookupError(f"Conseil réputé complet : aucune règle connue au {day.isoformat()}.")
    return next((enough for below, enough in tables[-1] if population < below), None)


COUNCIL_SIZES: tuple[tuple[int, int], ...] = (
    (0, 7),
    (100, 11),
    (500, 15),
    (1_500, 19),
    (2_500, 23),
    (3_500, 27),
    (5_000, 29),
    (10_000, 33),
    (20_000, 35),
    (30_000, 39),
    (40_000, 43),
    (50_000, 45),
    (60_000, 49),
    (80_000, 53),
    (100_000, 55),
    (150_000, 59),
    (200_000, 61),
    (250_000, 65),
    (300_000, 69),
)
"""(population from, legal number of municipal councillors): CGCT L2121-2 [V fbl, legif-2021-12]."""


def legal_council_size(population: int) -> int:
    """Legal number of municipal councillors (CGCT L2121-2) for a population of 0 or more.

    Paris, Lyon, Marseille and communes nouvelles have their own rules, not held here.

    >>> legal_council_size(5169)
    29
    """
    if population < 0:
        raise ValueError("Une population ne peut pas être négative.")
    return COUNCIL_SIZES[bisect_right([start for start, _ in COUNCIL_SIZES], population) - 1][1]


ALSACE_MOSELLE = frozenset({"57", "67", "68", "6AE"})
"""Departments whose councils follow L2541-1 ff. instead of several articles checked here."""

MINUTES_PUBLICATION_DAYS = Parameter(
    "Publication du procès-verbal, après la séance qui l’a arrêté",
    "jours",
    "CGCT L2121-15",
    "V fbl-L2121-15",
    ((PUBLICITY_REFORM_ON, 7),),
)
ONLINE_PUBLICATION = Parameter(
    "Population à partir de laquelle les actes sont publiés sous forme électronique",
    "habitants",
    "CGCT L2131-1, III et IV",
    "V juriblio R2131-1",
    ((PUBLICITY_REFORM_ON, 3500),),
)
POSTING_MONTHS = Parameter(
    "Durée de la mise à disposition d’un acte publié sous forme électronique",
    "mois",
    "CGCT R2131-1",
    "V juriblio R2131-1",
    ((PUBLICITY_REFORM_ON, 2),),
)
INDIVIDUAL_TRANSMISSION_DAYS = Parameter(
    "Transmission des décisions individuelles, après leur signature",
    "jours",
    "CGCT L2131-2",
    "V ancien L2131-1 ; place actuelle K",
    ((CODIFIED_ON, 15),),
)
CONTRACT_TRANSMISSION_DAYS = Parameter(
    "Transmission d’un contrat, après sa signature",
    "jours",
    "CGCT L2131-13 et L1411-9",
    "S hautes-pyrenees",
    ((CODIFIED_ON, 15),),
)
ELECTRONIC_TRANSMISSION = Parameter(
    "Population au-delà de laquelle la transmission électronique est obligatoire",
    "habitants",
    "CGCT L2131-1 (ancien), place actuelle à confirmer",
    "K",
    ((CODIFIED_ON, 50_000),),
)
STATE_REQUEST_MONTHS = Parameter(
    "Demande par le préfet d’un acte non transmissible, et son déféré après communication",
    "mois",
    "CGCT L2131-3",
    "V fbl",
    ((CODIFIED_ON, 2),),
)
SILENCE_MONTHS = Parameter(
    "Silence qui vaut rejet d’un recours gracieux",
    "mois",
    "CRPA L231-4 et L411-2",
    "K",
    ((date(2001, 1, 1), 2),),
)
SMALL_REGISTER = Parameter(
    "Population au-dessous de laquelle le registre se relie tous les cinq ans",
    "habitants",
    "CGCT R2121-9",
    "V juriblio, fbl",
    ((PUBLICITY_REFORM_ON, 1000),),
)
SMALL_REGISTER_YEARS = Parameter(
    "Reliure du registre d’une petite commune",
    "années",
    "CGCT R2121-9",
    "V juriblio, fbl",
    ((PUBLICITY_REFORM_ON, 5),),
)

CHOICE_ON_EPCI_SITE_ON = date(2024, 8, 1)
"""Décret n° 2024-719, of July 2024 (the day of its entry into force is not held): a commune without
a website has its choice of publicity published on the site of its EPCI."""

"""One sitting, its procurations told in every way: the same people each time."""

from __future__ import annotations

import pytest

from levier.council.domain.reading import read_text

HEAD = """COMMUNE DE MONTBRUN
EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS
Séance du 27 juin 2023
L'an deux mille vingt-trois, le vingt-sept juin, le conseil municipal s'est réuni
sous la présidence de Mme Lise MOREL, Maire.
"""
TAIL = """
Secrétaire de séance : Omar HADDAD
Objet : Voirie
Le conseil, à l'unanimité, DÉCIDE d'approuver.
"""
TELLINGS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        """Présents : Mmes Lise MOREL, Ana RUIZ, MM. Omar HADDAD, Guy LE ROUX, formant la majorité des membres en exercice.
Excusés : M. Luc PAGES qui a donné pouvoir à Mme Ana RUIZ, Mme Éva KLEIN""",
        ("Luc PAGES>Ana RUIZ",),
        ("Luc PAGES", "Éva KLEIN"),
    ),
    (
        """Étaient présents : Lise MOREL, Ana RUIZ, Omar HADDAD
Procurations : M. Luc PAGES en faveur de Mme Ana RUIZ, Mme Éva KLEIN en faveur de M. Omar HADDAD""",
        ("Luc PAGES>Ana RUIZ", "Éva KLEIN>Omar HADDAD"),
        (),
    ),
    (
        """Présents : Lise MOREL, Ana RUIZ, Omar HADDAD
Absents ayant donné procuration : Luc PAGES (à Ana RUIZ), Éva KLEIN (à Omar HADDAD)
Absent : Tom VIAL""",
        ("Luc PAGES>Ana RUIZ", "Éva KLEIN>Omar HADDAD"),
        ("Luc PAGES", "Éva KLEIN", "Tom VIAL"),
    ),
    (
        """Présents : Lise MOREL, Ana RUIZ, Omar HADDAD
Mme Éva KLEIN, absente excusée, a donné pouvoir à M. Omar HADDAD.""",
        ("Éva KLEIN>Omar HADDAD",),
        ("Éva KLEIN",),
    ),
    (
        """Présents : Lise MOREL, Ana RUIZ, Omar HADDAD
Absents représentés : Luc PAGES par Ana RUIZ ; Éva KLEIN par Omar HADDAD
Absents non représentés : Tom VIAL""",
        ("Luc PAGES>Ana RUIZ", "Éva KLEIN>Omar HADDAD"),
        ("Luc PAGES", "Éva KLEIN", "Tom VIAL"),
    ),
    (
        """Présents : Lise MOREL, Ana RUIZ, Omar HADDAD
Pouvoirs : de M. Luc PAGES à Mme Ana RUIZ – de Mme Éva KLEIN à M. Omar HADDAD""",
        ("Luc PAGES>Ana RUIZ", "Éva KLEIN>Omar HADDAD"),
        (),
    ),
    (
        """Présents : Lise MOREL, Ana RUIZ, Omar HADDAD
Absents : M. Luc PAGES (pouvoir Mme Ana RUIZ), Mme Éva KLEIN (pouvoir M. Omar HADDAD), M. Tom VIAL""",
        ("Luc PAGES>Ana RUIZ", "Éva KLEIN>Omar HADDAD"),
        ("Luc PAGES", "Éva KLEIN", "Tom VIAL"),
    ),
    (
        """Tous les membres du conseil étaient présents sauf M. Luc PAGES (pouvoir à Ana RUIZ) et Mme Éva KLEIN excusée.""",
        ("Luc PAGES>Ana RUIZ",),
        ("Luc PAGES", "Éva KLEIN"),
    ),
    (
        """Étaient présents tous les membres en exercice à l'exception de : M. Luc PAGES, excusé, ayant donné procuration à Mme Ana RUIZ ; Mme Éva KLEIN, excusée.""",
        ("Luc PAGES>Ana RUIZ",),
        ("Luc PAGES", "Éva KLEIN"),
    ),
    (
        """PRESENTS : Mme MOREL Lise, Mme RUIZ Ana, M. HADDAD Omar
ABSENTS EXCUSES :
- M. PAGES Luc donne procuration à Mme RUIZ Ana
- Mme KLEIN Éva donne procuration à M. HADDAD Omar
ABSENTS NON EXCUSES : M. VIAL Tom""",
        ("Luc PAGES>Ana RUIZ", "Éva KLEIN>Omar HADDAD"),
        ("Luc PAGES", "Éva KLEIN", "Tom VIAL"),
    ),
    (
        """Présents : Lise MOREL, Ana RUIZ, Omar HADDAD, Guy LE ROUX (départ à 20 h 15, donne pouvoir à Ana RUIZ)
Absent excusé : Luc PAGES""",
        ("Guy LE ROUX>Ana RUIZ",),
        ("Luc PAGES",),
    ),
    (
        """Membres présents :
Lise MOREL
Ana RUIZ
Omar HADDAD

Membres absents :
Luc PAGES (pouvoir donné à Ana RUIZ)
Éva KLEIN

Votants : 4""",
        ("Luc PAGES>Ana RUIZ",),
        ("Luc PAGES", "Éva KLEIN"),
    ),
    (
        """Étaient présents : Lise Morel, Ana Ruiz, Omar Haddad. Avaient donné mandat de vote : Luc Pages à Ana Ruiz. Était absente : Éva Klein.""",
        ("Luc Pages>Ana Ruiz",),
        ("Éva Klein",),
    ),
    (
        """| Nom | Prénom | Présent(e) | Excusé(e) | Absent(e) | Procuration |
|---|---|---|---|---|---|
| MOREL | Lise | X | | | |
| RUIZ | Ana | X | | | |
| PAGES | Luc | | X | | Ana RUIZ |
| VIAL | Tom | | | X | |""",
        ("Luc PAGES>Ana RUIZ",),
        ("Luc PAGES", "Tom VIAL"),
    ),
)


@pytest.mark.parametrize(("told", "proxies", "absent"), TELLINGS)
def test_who_votes_for_whom(told: str, proxies: tuple[str, ...], absent: tuple[str, ...]) -> None:
    sitting = read_text(HEAD + told + TAIL).sitting
    assert tuple(f"{one.giver}>{one.holder}" for one in sitting.proxies) == proxies
    assert set(sitting.absent) == set(absent)
    assert not set(sitting.present) & {one.giver for one in sitting.proxies}

"""The three documents of a sitting: what they print, what they miss, and that they agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    Movement,
    MovementEvent,
    Outcome,
    Proxy,
    Record,
    Sitting,
    Vote,
    VoteMode,
)
from levier.council.writers.extracts import extract_pdf
from levier.council.writers.minutes import (
    deliberation_list_pdf,
    minutes_pdf,
    missing_from_minutes,
)
from levier.council.writers.view import sitting_view
from tests.unit.council.records import BIG, LOISON
from tests.unit.documents.pdf_reading import printed_pages, printed_text, structure_types

_EMPTY = Record(deliberations=(Deliberation(subject=""),))
_OUTCOME_WORDS = {
    Outcome.ADOPTED: "Adoptée",
    Outcome.REJECTED: "Rejetée",
    Outcome.POSTPONED: "Reportée",
    None: "non renseigné",
}


def _flat(text: str) -> str:
    return " ".join(text.split())


@cache
def _extract_text(record: Record, position: int = 0) -> str:
    return printed_text(extract_pdf(record, position))


@cache
def _minutes_text(record: Record) -> str:
    return printed_text(minutes_pdf(record))


@cache
def _list_text(record: Record) -> str:
    return printed_text(deliberation_list_pdf(record))


def _in_order(text: str, *passages: str) -> bool:
    return re.search(".*".join(map(re.escape, passages)), text, re.DOTALL) is not None


def _with_sitting(record: Record, **changes: object) -> Record:
    return replace(record, sitting=replace(record.sitting, **changes))


# --- The extract -------------------------------------------------------------------------------


def test_the_extract_of_loison_prints_the_facts_of_the_act_in_order() -> None:
    assert _in_order(
        _extract_text(LOISON),
        "Loison-sous-Lens",
        "Extrait du registre des délibérations du conseil municipal",
        "Séance du mardi 11 juin 2024",
        "L’an deux mille vingt-quatre, le onze juin, le conseil municipal s’est réuni "
        "sous la présidence de Daniel KRUSZKA.",
        "Convocation : 5 juin 2024, affichée ou publiée",
        "Secrétaire de séance : Emmanuel DONDELA",
        "Étaient présents tous les membres en exercice, à l’exception des membres nommés",
        "Membre absent donne procuration à",
        "Françoise TOULOUSE Jacky LELONG",
        "Catherine WILLE Sandrine WABLE",
        "Corinne LEFEBVRE Daniel KRUSZKA",
        "Robert UNTERFRANC Jean-Rémy FERRANT",
        "Naséra BENSLIMANE David GUIDE",
        "Dorine CORROYEZ David PENETTICOBRA",
        "Objet : Signature du Contrat de Ville 2024-2030",
        "Rapporteur : Khadija LANNABI",
        "Vu la délibération du conseil communautaire du 28 mars 2024,",
        "Considérant que le contrat précédent a pris fin le 31 décembre 2023 ;",
        "Considérant que la concertation a réuni 550 personnes ;",
        "Vote : Adoptée à l’unanimité",
        "Le conseil municipal, à l’unanimité, décide :",
        "Article 1er. Approuve le contrat de ville intitulé « Engagement quartiers 2030 ».",
        "Article 2. Engage la ville",
        "Article 3. Autorise le maire",
        "Fait et délibéré les jour, mois et an susdits.",
        "Le 20 juin 2024",
        "Le maire,",
        "Le secrétaire de séance,",
        "tribunal administratif compétent dans un délai de deux mois",
        "page 1 / 1",
    )


def test_what_the_act_of_loison_does_not_say_is_not_made_up() -> None:
    text = _extract_text(LOISON)
    assert "n° d’ordre : non renseigné" in text
    for unknown in (
        "Membres en exercice",
        "Pour :",
        "Transmise",
        "Reçue",
        "Publiée le",
        "Lieu",
        " h ",
    ):
        assert unknown not in text


def test_each_sheet_bears_the_commune_the_date_the_order_and_a_place_for_its_number() -> None:
    # CGCT R2121-9.
    pages = _extract_text(BIG, 17).count("feuillet n°")
    assert pages >= 2
    assert _extract_text(BIG, 17).count("· séance du 21 mars 2025 · délibération n° 18") == pages


def test_the_extract_says_who_moved_and_who_kept_out() -> None:
    text = _extract_text(BIG, 17)
    assert "François QUÉMÉNER 6 quitte la séance à 20 h 15, avant l’examen du point n° 18." in text
    assert "Cécile NOËL 3 (article L1111-6, II, du CGCT)" in text
    assert "Denis D'HAEYER 4 (intérêt personnel à l’affaire)" in text
    assert "quitte la séance" not in _extract_text(BIG, 18)


def test_dates_of_transmission_and_publication_are_printed_when_known() -> None:
    assert _in_order(
        _extract_text(BIG, 0),
        "Transmise au représentant de l’État le 28 mars 2025.",
        "Reçue par le représentant de l’État le 28 mars 2025.",
        "Publiée le 31 mars 2025.",
    )


def test_a_postponed_matter_bears_no_means_of_appeal() -> None:
    assert BIG.deliberations[2].vote.outcome is Outcome.POSTPONED
    assert "tribunal administratif" not in _extract_text(BIG, 2)
    assert "reporte l’examen de la proposition suivante :" in _extract_text(BIG, 2)


def test_the_assembly_of_a_group_of_communes_is_named_as_such() -> None:
    text = _extract_text(BIG, 0)
    assert "délibérations du conseil communautaire" in text
    assert "Le président," in text
    assert "Le maire," not in text
    assert "sous la présidence d’Anne LE GOFF 1." in text


def test_a_second_convocation_is_mentioned_on_acts() -> None:
    # CGCT L2121-17: the council then deliberates without quorum, which acts must say.
    again = _with_sitting(LOISON, second_convocation=True)
    for text in (_extract_text(again), _minutes_text(again)):
        assert "Seconde convocation, le quorum n’ayant pas été atteint" in text
    assert "Quorum Sans condition de quorum" in _minutes_text(again)
    assert "le quorum" not in missing_from_minutes(again)


@pytest.mark.parametrize("position", [-1, 1, 40])
def test_there_is_no_extract_of_a_deliberation_that_is_not_there(position: int) -> None:
    with pytest.raises(IndexError):
        extract_pdf(LOISON, position)


@pytest.mark.parametrize(
    ("decisions", "labels"),
    [
        (("Décide.",), ["Article unique"]),
        (("A.", "B.", "C."), ["Article 1er", "Article 2", "Article 3"]),
        (("Article 1er : A.", "Article 2 : B."), [None, None]),
        (("A.", "  "), ["Article unique"]),
        ((), []),
    ],
)
def test_decisions_are_numbered_once(decisions: tuple[str, ...], labels: list[str | None]) -> None:
    record = Record(deliberations=(Deliberation(subject="x", decisions=decisions),))
    (deliberation,) = sitting_view(record)["deliberations"]
    assert [article["label"] for article in deliberation["articles"]] == labels


def test_dashed_lines_of_a_text_are_tagged_as_a_list() -> None:
    text = "Les enjeux :\n- la santé ;\n- l'emploi.\nIls sont partagés.\n- fin"
    item = Deliberation("Objet", recitals=(text,), decisions=(text,))
    pdf = extract_pdf(Record(deliberations=(item,)), 0)
    prose = "Les enjeux : – la santé ; – l'emploi. Ils sont partagés. – fin"
    assert printed_text(pdf).count(prose) == 2
    assert structure_types(pdf)["L"] == 4
    assert structure_types(pdf)["LI"] == 6


def test_the_tags_tell_headings_and_the_table_of_procurations() -> None:
    types = structure_types(extract_pdf(LOISON, 0))
    assert (types["H1"], types["H2"], types["Table"], types["TH"]) == (1, 1, 1, 2)
    assert types["TD"] == 12
    minutes = structure_types(minutes_pdf(BIG))
    assert (minutes["H1"], minutes["H3"]) == (1, 40)
    assert minutes["LI"] >= 57 + 6


# --- The minutes -------------------------------------------------------------------------------


def test_each_sheet_of_the_minutes_says_that_they_are_not_adopted() -> None:
    mark = "Projet de procès-verbal, non arrêté"
    for record in (LOISON, BIG):
        pages = printed_pages(minutes_pdf(record))
        assert [number for number, page in enumerate(pages, 1) if mark not in page] == []
        assert pages[0].count(mark) == 2
    assert mark not in _extract_text(LOISON) + _list_text(LOISON)


def test_the_minutes_follow_the_order_of_the_law() -> None:
    # CGCT L2121-15, third paragraph.
    assert _in_order(
        _minutes_text(BIG),
        "Date : vendredi 21 mars 2025",
        "Heure : 18 h 30",
        "Président de séance : Anne LE GOFF 1",
        "Membres présents et représentés",
        "Membres en exercice : 69",
        "Présents : 57",
        "Procurations : 6",
        "Étaient présents :",
        "Avaient donné procuration :",
        "Secrétaire de séance Bénédicte MAËS-DUPŒUVRE 2",
        "Quorum 35 membres présents au moins sur 69 en exercice ; 57 présents à l’ouverture : "
        "quorum atteint.",
        "Ordre du jour 1. Affaire 1",
        "40. Affaire 40",
        "Délibérations et rapports",
        "Délibération n° 1 :",
        "Délibération n° 40 :",
        "Demandes de scrutin particulier",
        "Scrutin secret : délibération n° 7",
        "Teneur des discussions",
        "Éléments à compléter avant l’arrêté du procès-verbal",
        "le résultat du scrutin : délibérations n° 4, 9, 14, 19, 24, 29, 34 et 39",
        "les demandes de scrutin particulier",
        "la teneur des discussions",
    )


def test_every_mandatory_element_missing_from_an_empty_record_is_listed() -> None:
    assert missing_from_minutes(Record()) == [
        "le nom de la collectivité",
        "la date de la séance",
        "l’heure de la séance",
        "le nom du président",
        "les noms des membres présents",
        "le nom du secrétaire de séance",
        "le quorum",
        "l’ordre du jour",
        "les délibérations",
        "les demandes de scrutin particulier",
        "la teneur des discussions",
    ]


def test_what_is_listed_as_missing_is_printed_as_unknown() -> None:
    text = _minutes_text(LOISON)
    for element in missing_from_minutes(LOISON):
        assert element in text
    assert missing_from_minutes(LOISON) == [
        "l’heure de la séance",
        "le quorum",
        "l’ordre du jour",
        "les demandes de scrutin particulier",
        "la teneur des discussions",
    ]
    for heading in ("Heure :", "Quorum", "Ordre du jour", "Teneur des discussions"):
        assert f"{heading} non renseigné" in text


@pytest.mark.parametrize(
    ("vote", "missing"),
    [
        (Vote(), "le résultat du scrutin"),
        (Vote(outcome=Outcome.ADOPTED), "le décompte des voix"),
        (Vote(outcome=Outcome.REJECTED, in_favour=3), "le décompte des voix"),
        (
            Vote(Outcome.ADOPTED, unanimous=True, mode=VoteMode.ROLL_CALL),
            "le nom des votants et le sens de leur vote",
        ),
        (Vote(outcome=Outcome.ADOPTED, unanimous=True), None),
        (Vote(outcome=Outcome.ADOPTED, in_favour=3, against=0), None),
        (Vote(outcome=Outcome.POSTPONED), None),
    ],
)
def test_a_ballot_must_say_its_result(vote: Vote, missing: str | None) -> None:
    item = Deliberation("Objet", 4, recitals=("motif",), decisions=("texte",), vote=vote)
    found = [line for line in missing_from_minutes(Record(deliberations=(item,))) if " : " in line]
    assert found == ([f"{missing} : délibération n° 4"] if missing else [])


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([1, 2, 3, 5], "l’objet : délibérations n° 1 à 3"),
        ([None, None, None, None], "l’objet : délibérations de rang 1 à 3"),
        ([4, 4, 5, 6], "l’objet : délibérations de rang 1 à 3"),
        ([9, 2, 7, 8], "l’objet : délibérations n° 2, 7 et 9"),
    ],
)
def test_missing_elements_name_their_deliberations(numbers: list[int | None], words: str) -> None:
    subjects = ["", " ", "", "connu"]
    items = tuple(
        Deliberation(subject, number) for subject, number in zip(subjects, numbers, strict=True)
    )
    assert words in missing_from_minutes(Record(deliberations=items))


def test_numbers_that_disagree_with_names_are_shown_and_to_be_settled() -> None:
    record = _with_sitting(BIG, present_count=60)
    assert "Présents : 60 selon le nombre énoncé, 57 nommés" in _minutes_text(record)
    assert "l’accord entre les nombres énoncés et les noms des membres" in missing_from_minutes(
        record
    )


def test_absent_members_with_a_procuration_are_named_once() -> None:
    attendance = sitting_view(BIG)["attendance"]
    assert len(attendance["absent"]) == 6
    assert not set(attendance["absent"]) & {proxy["giver"] for proxy in attendance["proxies"]}
    reordered = _with_sitting(
        LOISON, absent=("TOULOUSE Françoise", "Éva NOUVELLE"), proxies=LOISON.sitting.proxies[:1]
    )
    assert sitting_view(reordered)["attendance"]["absent"] == ["Éva NOUVELLE"]


def test_names_without_latin_letters_are_not_taken_for_one_another() -> None:
    record = Record(sitting=Sitting(absent=("Αννα", "Πέτρος"), proxies=(Proxy("Αννα", "Νίκος"),)))
    assert sitting_view(record)["attendance"]["absent"] == ["Πέτρος"]


@pytest.mark.parametrize(
    ("movement", "sentence"),
    [
        (
            Movement("Anne A", MovementEvent.ARRIVES, 3),
            "Anne A arrive avant l’examen du point n° 3.",
        ),
        (Movement("Anne A", MovementEvent.LEAVES, at=time(20)), "Anne A quitte la séance à 20 h."),
        (
            Movement("Anne A", MovementEvent.LEAVES),
            "Anne A quitte la séance à un moment non renseigné.",
        ),
    ],
)
def test_movements_say_when(movement: Movement, sentence: str) -> None:
    view = sitting_view(Record(sitting=Sitting(movements=(movement,))))
    assert [_flat(text) for text in view["attendance"]["movements"]] == [sentence]


# --- The list, and the agreement of the three ----------------------------------------------------


def test_the_list_gives_every_subject_with_its_outcome() -> None:
    text = _list_text(BIG)
    assert "Séance du vendredi 21 mars 2025" in text
    rows = (
        f"{item.number} {_flat(item.subject)} {_OUTCOME_WORDS[item.vote.outcome]}"
        for item in BIG.deliberations
    )
    assert _in_order(text.replace("N° Objet Suite donnée ", ""), *rows)


def test_the_list_of_a_sitting_without_deliberation_says_so() -> None:
    assert "ne contient aucune délibération" in _list_text(replace(LOISON, deliberations=()))


def test_the_three_documents_give_the_same_outcome_of_each_deliberation() -> None:
    sections = re.split(r"Délibération n° \d+ : ", _minutes_text(BIG))[1:]
    assert len(sections) == len(BIG.deliberations)
    for position, (item, section) in enumerate(zip(BIG.deliberations, sections, strict=True)):
        subject, outcome = _flat(item.subject), _OUTCOME_WORDS[item.vote.outcome]
        extract = _extract_text(BIG, position)
        assert section.startswith(subject)
        assert f"Objet : {subject}" in extract
        assert f"Vote : {outcome}" in section
        assert f"Vote : {outcome}" in extract
        assert f"{item.number} {subject} {outcome}" in _list_text(BIG)
        if item.vote.in_favour is not None:
            assert f"Pour : {item.vote.in_favour} Contre : 20 Abstentions : 3" in section
            assert f"Pour : {item.vote.in_favour} Contre : 20 Abstentions : 3" in extract
        for rank, decision in enumerate(item.decisions, start=1):
            words = f"Article {'1er' if rank == 1 else rank}. {decision}"
            assert words in section
            assert words in extract


@pytest.mark.parametrize("record", [LOISON, BIG], ids=["loison", "big"])
def test_extract_and_minutes_name_the_same_members(record: Record) -> None:
    sitting = record.sitting
    people = [*sitting.present, *sitting.absent, sitting.president, sitting.secretary]
    people += [name for proxy in sitting.proxies for name in (proxy.giver, proxy.holder)]
    for name in people:
        assert name
        assert name in _extract_text(record)
        assert name in _minutes_text(record)


# --- Any record ----------------------------------------------------------------------------------

_WRITERS: list[Callable[[Record], bytes]] = [
    lambda record: extract_pdf(record, 0),
    minutes_pdf,
    deliberation_list_pdf,
]


@pytest.mark.parametrize("write", _WRITERS, ids=["extract", "minutes", "list"])
@pytest.mark.parametrize("record", [LOISON, BIG, _EMPTY], ids=["loison", "big", "empty"])
def test_the_same_record_gives_the_same_bytes(
    write: Callable[[Record], bytes], record: Record
) -> None:
    assert write(record) == write(record)


@pytest.mark.parametrize("blank", ["", "  ", "\x00", "\u200d\ufe0f", "\u2028\t"])
def test_a_text_of_which_nothing_would_be_seen_is_unknown(blank: str) -> None:
    record = Record(
        assembly=blank, sitting=Sitting(present=(blank,)), deliberations=(Deliberation(blank),)
    )
    assert "Délibérations et rapports non renseigné" in _minutes_text(record)
    assert "Collectivité non renseignée" in _list_text(record)


def test_an_empty_record_makes_documents_that_say_what_they_lack() -> None:
    assert "Objet : non renseigné" in _extract_text(_EMPTY)
    assert "Séance de date non renseignée" in _extract_text(_EMPTY)
    assert "Collectivité non renseignée" in _list_text(Record())
    assert "None" not in _extract_text(_EMPTY) + _minutes_text(Record()) + _list_text(Record())


def test_a_sitting_of_91_members_and_200_items_is_written_whole() -> None:
    record = Record(
        assembly="Paris",
        assembly_kind=AssemblyKind.COMMUNE,
        sitting=Sitting(date=date(2025, 1, 1), present=tuple(f"Élu N{n}" for n in range(1, 92))),
        deliberations=tuple(
            Deliberation("Objet très long " * (1 + 40 * (n % 50 == 0)) + f"fin{n}.", n)
            for n in range(1, 201)
        ),
    )
    text = _minutes_text(record)
    assert all(f"Élu N{n} " in text for n in range(1, 92))
    assert all(f"fin{n}." in text and f"fin{n}." in _list_text(record) for n in range(1, 201))


@given(st.from_type(Record))
@example(Record(deliberations=(Deliberation("\x00"),)))
@settings(max_examples=60, deadline=None)
def test_any_record_makes_its_documents(record: Record) -> None:
    assert minutes_pdf(record).startswith(b"%PDF-")
    assert deliberation_list_pdf(record).startswith(b"%PDF-")
    for position in range(len(record.deliberations)):
        assert extract_pdf(record, position).startswith(b"%PDF-")

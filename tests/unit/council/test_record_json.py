"""The exchange format: what goes out comes back, and each refusal says where and what."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.record import (
    AssemblyKind,
    Movement,
    MovementEvent,
    Outcome,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    VoteMode,
)
from levier.council.record_json import dump_record, load_record
from tests.unit.council.record_strategies import records
from tests.unit.council.records import BIG, LOISON

GREATEST = 2**31 - 1


@given(
    records(
        counts=st.integers(0, GREATEST),
        president_votes=st.sampled_from(("for", "against", "abstention")),
        days=st.dates(),
    )
)
@settings(max_examples=200)
def test_what_is_written_is_read_back(what: Record) -> None:
    text = json.dumps(dump_record(what), ensure_ascii=False)
    assert load_record(text) == what
    assert load_record(text.encode()) == what


@pytest.mark.parametrize("what", [LOISON, BIG], ids=["Loison", "sixty-nine members"])
def test_whole_sittings_are_read_back(what: Record) -> None:
    assert load_record(json.dumps(dump_record(what))) == what


def test_keys_of_the_public_interface() -> None:
    plain = json.loads(json.dumps(dump_record(LOISON)))
    assert plain["assembly_kind"] == "commune"
    assert plain["sitting"]["date"] == "2024-06-11"
    assert plain["sitting"]["in_office"] is None
    assert plain["sitting"]["present"] == []
    assert plain["sitting"]["proxies"][0] == {
        "giver": "Françoise TOULOUSE",
        "holder": "Jacky LELONG",
    }
    vote = plain["deliberations"][0]["vote"]
    assert set(vote) == {
        "outcome",
        "unanimous",
        "for",
        "against",
        "abstentions",
        "blank",
        "mode",
        "president_vote",
    }
    assert vote["for"] is None
    assert plain["signed_on"] == "2024-06-20"


def test_record_written_by_hand() -> None:
    """Every key of the extended interface, the others left out."""
    what = load_record(
        json.dumps(
            {
                "assembly_kind": "epci",
                "population": 240000,
                "sitting": {
                    "date": "2024-06-11",
                    "opens_at": "18:30:00",
                    "in_office": 91,
                    "present": ["A B", "C D"],
                    "second_convocation": True,
                    "urgency": False,
                    "proxies": [{"giver": "E F", "holder": "A B"}],
                },
                "deliberations": [
                    {
                        "subject": "Subvention",
                        "present_changes": [{"member": "C D", "event": "leaves", "before_item": 2}],
                        "recused": [{"member": "A B", "ground": "L1111-6-II"}],
                        "vote": {
                            "mode": "secret",
                            "for": 3,
                            "against": 2,
                            "abstentions": 1,
                            "blank": 0,
                            "president_vote": "abstention",
                            "outcome": "adopted",
                        },
                        "transmitted_on": "2024-06-14",
                        "published_on": "2024-06-18",
                    }
                ],
            }
        )
    )
    assert (what.assembly_kind, what.population) == (AssemblyKind.EPCI, 240000)
    assert (what.sitting.date, what.sitting.opens_at) == (date(2024, 6, 11), time(18, 30))
    assert what.sitting.proxies == (Proxy("E F", "A B"),)
    item = what.deliberations[0]
    assert item.present_changes == (Movement("C D", MovementEvent.LEAVES, 2),)
    assert item.recused == (Recusal("A B", RecusalGround.L1111_6_II),)
    assert (item.vote.in_favour, item.vote.mode) == (3, VoteMode.SECRET)
    assert item.vote.outcome is Outcome.ADOPTED
    assert (item.transmitted_on, item.published_on) == (date(2024, 6, 14), date(2024, 6, 18))


@pytest.mark.parametrize(
    "plain",
    [
        {"sitting": None, "deliberations": None, "unread": None},
        {"sitting": {}, "assembly": None},
        {
            "sitting": dict.fromkeys(
                ("present", "absent", "proxies", "movements", "agenda", "all_present_except_absent")
            )
        },
    ],
)
def test_null_is_unknown(plain: dict[str, Any]) -> None:
    assert load_record(json.dumps(plain)) == Record()


def test_null_inside_a_deliberation_is_unknown() -> None:
    keys = ("visas", "recitals", "vote", "decisions", "present_changes", "recused", "published_on")
    given_nulls = {"subject": "Tarifs", **dict.fromkeys(keys)}
    assert load_record(json.dumps({"deliberations": [given_nulls]})) == load_record(
        json.dumps({"deliberations": [{"subject": "Tarifs"}]})
    )


def deliberation(**fields: Any) -> dict[str, Any]:
    return {"deliberations": [{"subject": "Tarifs", **fields}]}


ABSTAINED = deliberation(vote={"abstentions": -6})
POSITIVE = "un nombre entier positif ou nul, d'au plus 2147483647"


@pytest.mark.parametrize(
    ("plain", "place", "expected", "value"),
    [
        ({"sitting": {"date": "11/06/2024"}}, "sitting.date", "une date AAAA-MM-JJ", "11/06/2024"),
        ({"sitting": {"date": "2024-02-30"}}, "sitting.date", "une date AAAA-MM-JJ", "2024-02-30"),
        ({"sitting": {"date": 20240611}}, "sitting.date", "une date AAAA-MM-JJ", "20240611"),
        ({"sitting": {"opens_at": "18h30"}}, "sitting.opens_at", "une heure HH:MM:SS", "18h30"),
        ({"sitting": {"in_office": "27"}}, "sitting.in_office", "un nombre entier", '"27"'),
        ({"sitting": {"in_office": 2.5}}, "sitting.in_office", "un nombre entier", "2.5"),
        ({"sitting": {"in_office": True}}, "sitting.in_office", "un nombre entier", "true"),
        ({"sitting": {"present": "A, B"}}, "sitting.present", "une liste", "A, B"),
        ({"sitting": {"present": ["A", 3]}}, "sitting.present[1]", "un texte", "3"),
        ({"sitting": {"urgency": "oui"}}, "sitting.urgency", "true ou false", "oui"),
        ({"sitting": 3}, "sitting", "un objet", "3"),
        ({"deliberations": {"subject": "x"}}, "deliberations", "une liste", "subject"),
        ({"deliberations": [None]}, "deliberations[0]", "un objet", "null"),
        (deliberation(vote=[]), "deliberations[0].vote", "un objet", "[]"),
        (deliberation(vote={"for": "3"}), "deliberations[0].vote.for", "un nombre entier", '"3"'),
        (deliberation(subject=None), "deliberations[0].subject", "un texte", "null"),
        # Closed lists.
        ({"assembly_kind": "ville"}, "assembly_kind", "« commune » ou « epci »", "ville"),
        ({"document_kind": "avis", "sitting": {}}, "document_kind", "« extract »", "avis"),
        (
            deliberation(vote={"outcome": "oui"}),
            "deliberations[0].vote.outcome",
            "« adopted », « rejected » ou « postponed »",
            "oui",
        ),
        (deliberation(vote={"mode": "levée"}), "deliberations[0].vote.mode", "« public »", "levée"),
        (
            deliberation(recused=[{"member": "A", "ground": "ami"}]),
            "deliberations[0].recused[0].ground",
            "« L1111-6-II » ou « personal »",
            "ami",
        ),
        (
            {"sitting": {"movements": [{"member": "A", "event": "in"}]}},
            "sitting.movements[0].event",
            "« arrives » ou « leaves »",
            "in",
        ),
        (
            deliberation(vote={"president_vote": "pour"}),
            "deliberations[0].vote.president_vote",
            "« for », « against » ou « abstention »",
            "pour",
        ),
        # Counts below zero, or beyond what anything counts.
        ({"population": -1, "sitting": {}}, "population", POSITIVE, "-1"),
        ({"sitting": {"in_office": -1}}, "sitting.in_office", POSITIVE, "-1"),
        ({"sitting": {"present_count": -2}}, "sitting.present_count", POSITIVE, "-2"),
        ({"sitting": {"represented_count": -3}}, "sitting.represented_count", POSITIVE, "-3"),
        (deliberation(vote={"for": -4}), "deliberations[0].vote.for", POSITIVE, "-4"),
        (deliberation(vote={"against": -5}), "deliberations[0].vote.against", POSITIVE, "-5"),
        (ABSTAINED, "deliberations[0].vote.abstentions", POSITIVE, "-6"),
        (deliberation(vote={"blank": -7}), "deliberations[0].vote.blank", POSITIVE, "-7"),
        ({"population": GREATEST + 1, "sitting": {}}, "population", POSITIVE, "2147483648"),
        ({"sitting": {"in_office": 10**400}}, "sitting.in_office", POSITIVE, "1000"),
    ],
)  # fmt: skip
def test_refusal_names_the_place_the_value_and_what_was_expected(
    plain: dict[str, Any], place: str, expected: str, value: str
) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        load_record(json.dumps(plain))
    message = str(refusal.value)
    assert message.startswith(f"{place} : attendu ")
    head, _, tail = message.partition(", reçu ")
    assert expected in head
    assert value in tail
    assert len(message) < 300


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        (
            deliberation(recused=[{"member": "A"}]),
            "deliberations[0].recused[0] : il manque « ground ».",
        ),
        ({"deliberations": [{}]}, "deliberations[0] : il manque « subject »."),
        (
            {"sitting": {"proxies": [{"giver": "A"}]}},
            "sitting.proxies[0] : il manque « holder ».",
        ),
    ],
)  # fmt: skip
def test_missing_keys_are_named(plain: dict[str, Any], message: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        load_record(json.dumps(plain))
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "ligne 1, colonne 1"),
        ('{"sitting": {\n"date": }}', "ligne 2, colonne 9"),
        ("[1, 2]", "objet JSON"),
        ("null", "objet JSON"),
        ('{"name": "x"}', "n'est pas un relevé"),
        ("[" * 100_000, "trop de niveaux"),
        ('{"population": ' + "9" * 5_000 + "}", "nombre trop long"),
        (b'{"assembly": "\xff\xfe"}', "encodage inconnu"),
    ],
)
def test_what_is_no_record_is_told_in_one_french_sentence(text: str | bytes, words: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        load_record(text)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def refused(text: str | bytes) -> str:
    """The refusal, or nothing when the text is read. Any other error fails the test."""
    try:
        load_record(text)
    except UnreadableInput as refusal:
        return str(refusal)
    return ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("sitting", "deliberations", "vote", "for", "subject", "present", "date", "proxies")
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=300)
def test_any_json_is_read_or_refused_in_french(plain: Any) -> None:
    message = refused(json.dumps(plain))
    assert "Expected" not in message
    assert "Invalid" not in message


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_read_or_refused(text: str | bytes) -> None:
    assert "\n" not in refused(text)


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ({"sitting": {"present": ["A B"] * 401}}, "sitting.present"),
        ({"sitting": {"proxies": [{"giver": "A", "holder": "B"}] * 401}}, "sitting.proxies"),
        ({"deliberations": [{"subject": "A"}] * 301}, "deliberations"),
    ],
)
def test_lists_that_no_council_has_are_refused(plain: dict[str, object], path: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        load_record(json.dumps(plain))
    assert str(refusal.value).startswith(f"{path} : attendu au plus ")


def test_half_a_character_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnreadableInput, match="aucun texte ne peut porter"):
        load_record('{"sitting": {"president": "A \\ud800"}}')

"""OParl: every object that can be reached from the entry point, against the facts of the standard.

Transcribed from the JSON schemas of OParl 1.1 (github.com/OParl/spec, folder schema):
which properties are required, and the type of each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from levier.accounts.actors import OPERATOR
from levier.council.domain.record import Ballot, BallotChoice, Outcome, Record, Vote, VoteMode
from levier.council.models import Assembly
from levier.council.services.sittings import set_public
from tests.integration.council.test_exchange import _act
from tests.web.council_cases import record, stored

pytestmark = pytest.mark.django_db
ROOT = "http://testserver/decider/oparl/v1.1/"
SCHEMA = "https://schema.oparl.org/1.1/"

COMMON = {
    "id": "url",
    "type": "string",
    "license": "string",
    "keyword": "list",
    "created": "date-time",
    "modified": "date-time",
    "web": "url",
    "deleted": "boolean",
}
LISTS = (
    "organization",
    "person",
    "meeting",
    "paper",
    "agendaItem",
    "consultation",
    "file",
    "locationList",
    "legislativeTermList",
    "membership",
)
PROPERTIES: dict[str, dict[str, str]] = {
    "System": {
        "oparlVersion": "string", "otherOparlVersions": "list", "body": "url", "name": "string",
        "contactEmail": "string", "contactName": "string", "website": "url", "vendor": "url",
        "product": "url",
    },
    "Body": {
        "system": "url", "shortName": "string", "name": "string", "website": "url",
        "legislativeTerm": "objects", "classification": "string", "location": "object",
        **dict.fromkeys(LISTS, "url"),
    },
    "LegislativeTerm": {"body": "url", "name": "string", "startDate": "date", "endDate": "date"},
    "Organization": {
        "body": "url", "name": "string", "shortName": "string", "membership": "urls",
        "meeting": "url", "organizationType": "string", "classification": "string",
        "startDate": "date", "endDate": "date", "website": "url",
    },
    "Person": {
        "body": "url", "name": "string", "familyName": "string", "givenName": "string",
        "membership": "objects",
    },
    "Membership": {
        "person": "url", "organization": "url", "role": "string", "votingRight": "boolean",
        "startDate": "date", "endDate": "date", "onBehalfOf": "url",
    },
    "Meeting": {
        "name": "string", "meetingState": "string", "cancelled": "boolean", "start": "date-time",
        "end": "date-time", "location": "object", "organization": "urls", "participant": "urls",
        "agendaItem": "objects", "invitation": "object", "resultsProtocol": "object",
    },
    "AgendaItem": {
        "meeting": "url", "number": "string", "order": "integer", "name": "string",
        "public": "boolean", "consultation": "url", "result": "string", "resolutionText": "string",
        "resolutionFile": "object",
    },
    "Paper": {
        "body": "url", "name": "string", "reference": "string", "date": "date",
        "paperType": "string", "mainFile": "object", "originatorOrganization": "urls",
        "consultation": "objects",
    },
    "Consultation": {
        "paper": "url", "agendaItem": "url", "meeting": "url", "organization": "urls",
        "authoritative": "boolean", "role": "string",
    },
    "File": {
        "name": "string", "fileName": "string", "mimeType": "string", "date": "date",
        "size": "integer", "accessUrl": "url", "downloadUrl": "url", "paper": "urls",
        "agendaItem": "urls", "sha512Checksum": "string",
    },
    "Location": {"description": "string", "meetings": "urls"},
}  # fmt: skip
REQUIRED = {
    "System": ("oparlVersion", "body"),
    "Body": ("name", "legislativeTerm", *LISTS),
    "File": ("accessUrl",),
    "AgendaItem": ("order",),
}
_URL = re.compile(r"https?://[^ ]+\Z")


def _is(kind: str, value: Any) -> bool:
    if kind in ("urls", "objects", "list"):
        inner = {"urls": "url", "objects": "object", "list": "string"}[kind]
        return isinstance(value, list) and all(_is(inner, one) for one in value)
    if kind == "url":
        return isinstance(value, str) and _URL.match(value) is not None
    if kind == "date":
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    if kind == "date-time":
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    types = {"string": str, "boolean": bool, "integer": int, "object": dict}
    return isinstance(value, types[kind])


def _checked(found: dict[str, Any]) -> None:
    name = found["type"].removeprefix(SCHEMA)
    assert found["type"] == f"{SCHEMA}{name}"
    assert _is("url", found["id"])
    if not found.get("deleted"):
        missing = set(REQUIRED.get(name, ())) - found.keys()
        assert not missing, (name, missing)
    for key, value in found.items():
        if key.startswith("levier:"):
            continue
        kind = (COMMON | PROPERTIES[name]).get(key)
        assert kind is not None, f"{name} has no property {key}"
        assert _is(kind, value), f"{name}.{key} is no {kind}: {value!r}"


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for inner in value.values() for one in _addresses(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _addresses(inner)]
    return [value] if isinstance(value, str) and value.startswith(ROOT) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects held in an answer, embedded ones included."""
    found = []
    if isinstance(value, dict):
        if str(value.get("type", "")).startswith(SCHEMA):
            found.append(value)
        found += [one for inner in value.values() for one in _objects(inner)]
    elif isinstance(value, list):
        found += [one for inner in value for one in _objects(inner)]
    return found


def _crawled() -> dict[str, Any]:
    """Every answer that can be reached from the entry point, by address."""
    client, waiting, seen = Client(), [ROOT], {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address.removeprefix("http://testserver"))
        assert answer.status_code == HTTPStatus.OK, address
        assert answer["Content-Type"] == "application/json"
        seen[address] = answer.json()
        waiting += _addresses(seen[address])
    return seen


@pytest.fixture
def public(council: Assembly) -> Record:
    """A public sitting with a roll call, a secret ballot and a matter put off; and a draft."""
    acts = (
        _act(
            1,
            vote=Vote(
                Outcome.ADOPTED,
                in_favour=2,
                against=1,
                abstentions=0,
                mode=VoteMode.ROLL_CALL,
                ballots=(
                    Ballot("Daniel KRUSZKA", BallotChoice.FOR),
                    Ballot("Emmanuel DONDELA", BallotChoice.FOR),
                    Ballot("Khadija LANNABI", BallotChoice.AGAINST),
                ),
            ),
        ),
        _act(2, vote=Vote(Outcome.ADOPTED, in_favour=3, against=0, blank=1, mode=VoteMode.SECRET)),
        _act(None, subject="Voirie", vote=Vote(Outcome.POSTPONED)),
    )
    given = replace(record(in_office=5, opens_at=time(18, 30), place="mairie"), deliberations=acts)
    stored(council, given=given, public=True)
    stored(
        council,
        given=replace(
            record(date(2024, 9, 3)), deliberations=(_act(7, subject="Affaire secrète"),)
        ),
    )
    return given


def test_everything_reachable_follows_the_standard(public: Record) -> None:
    answers = _crawled()
    objects = [one for answer in answers.values() for one in _objects(answer)]
    for one in objects:
        _checked(one)
        assert one["id"] in answers, f"nothing leads to {one['id']}"
    assert {one["type"].removeprefix(SCHEMA) for one in objects} == set(PROPERTIES)
    for address, answer in answers.items():
        if "data" not in answer:
            assert answer["id"] == address


def test_drafts_are_nowhere(public: Record) -> None:
    assert "secrète" not in str(_crawled())


def test_votes_quorum_and_procurations_are_extensions(public: Record) -> None:
    client = Client()
    answers = _crawled()
    (meeting,) = (one for one in answers.values() if one.get("type") == f"{SCHEMA}Meeting")
    assert meeting["start"] == "2024-06-11T18:30:00+02:00"
    assert len(meeting["participant"]) == 3
    (procuration,) = meeting["levier:procurations"]
    giver = client.get(procuration["giver"].removeprefix("http://testserver")).json()
    assert (giver["name"], giver["familyName"]) == ("Catherine WILLE", "WILLE")
    called, secret, put_off = meeting["agendaItem"]
    assert called["levier:vote"]["for"] == 2
    assert [one["choice"] for one in called["levier:vote"]["ballots"]] == ["for", "for", "against"]
    assert called["levier:quorum"] == {"required": 3, "present": 3, "status": "ok"}
    assert secret["levier:vote"] == {
        "mode": "secret", "outcome": "adopted", "for": 3, "against": 0, "blank": 1,
    }  # fmt: skip
    assert put_off["result"] == "reportée"
    assert "number" not in put_off


def test_lists_are_paged_and_keep_their_filters(
    public: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("levier.council.views.oparl.PAGE_SIZE", 2)
    client = Client()
    body = client.get("/decider/oparl/v1.1/bodies").json()["data"][0]
    since = quote("2020-01-01T00:00:00+01:00")
    address = f"{body['paper']}?created_since={since}".removeprefix("http://testserver")
    first = client.get(address).json()
    assert first["pagination"] == {
        "totalElements": 3, "elementsPerPage": 2, "currentPage": 1, "totalPages": 2,
    }  # fmt: skip
    assert "prev" not in first["links"]
    second = client.get(first["links"]["next"].removeprefix("http://testserver")).json()
    assert len(second["data"]) == 1
    assert "created_since=2020" in second["links"]["prev"]
    assert "next" not in second["links"]


def test_changes_since_a_moment_and_tombstones(public: Record, council: Assembly) -> None:
    client = Client()
    stored(
        council,
        given=replace(record(date(2024, 11, 5)), deliberations=(_act(9),)),
        public=True,
    )
    lists = f"/decider/oparl/v1.1/body/{council.pk}"
    meetings = client.get(f"{lists}/meetings").json()["data"]
    withdrawn = meetings[0]["id"].removeprefix("http://testserver")
    set_public(OPERATOR, int(withdrawn.rpartition("/")[2]), False)
    assert len(client.get(f"{lists}/meetings").json()["data"]) == 1
    since = f"{lists}/meetings?modified_since={quote('2000-01-01T00:00:00+01:00')}"
    changed = client.get(since).json()["data"]
    assert [one.get("deleted", False) for one in changed] == [True, False]
    assert set(changed[0]) == {"id", "type", "created", "modified", "deleted"}
    assert client.get(withdrawn).json() == changed[0]
    papers = client.get(f"{lists}/papers?modified_since=2000-01-01").json()["data"]
    assert sum(one.get("deleted", False) for one in papers) == 3
    for paper in papers:
        _checked(paper)
    none = client.get(f"{lists}/meetings?modified_since={quote('2999-01-01T00:00:00Z')}").json()
    assert none["data"] == []


def test_unchanged_object_is_not_sent_again(public: Record) -> None:
    client = Client()
    paper = next(one for one in _crawled().values() if one.get("type") == f"{SCHEMA}Paper")
    address = paper["id"].removeprefix("http://testserver")
    answer = client.get(address)
    for header, value in (
        ("if-none-match", answer["ETag"]),
        ("if-modified-since", answer["Last-Modified"]),
    ):
        again = client.get(address, headers={header: value})
        assert again.status_code == HTTPStatus.NOT_MODIFIED


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("meeting/999999", HTTPStatus.NOT_FOUND),
        ("meeting/999999999999999999999", HTTPStatus.NOT_FOUND),
        ("legislative-term/1-19990101", HTTPStatus.NOT_FOUND),
        ("legislative-term/x", HTTPStatus.NOT_FOUND),
        ("body/999999/meetings", HTTPStatus.NOT_FOUND),
        ("bodies?page=0", HTTPStatus.NOT_FOUND),
        ("bodies?page=x", HTTPStatus.BAD_REQUEST),
    ],
)
def test_failures(public: Record, address: str, status: HTTPStatus) -> None:
    answer = Client().get(f"/decider/oparl/v1.1/{address}")
    assert answer.status_code == status
    if address != "legislative-term/x":
        assert answer.json()["type"] == f"{SCHEMA}Error"


def test_moment_that_is_none(public: Record, council: Assembly) -> None:
    answer = Client().get(f"/decider/oparl/v1.1/body/{council.pk}/papers?modified_since=hier")
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "modified_since : « hier »" in answer.json()["message"]


def test_nothing_public_yet(db: None) -> None:
    answer = Client().get("/decider/oparl/v1.1/bodies").json()
    assert (answer["data"], answer["pagination"]["totalElements"]) == ([], 0)

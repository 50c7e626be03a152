"""What keeps a record from being stored: missing essentials and contradictions.

An irregular sitting can be stored, since rules tell what is wrong with it. What is refused here
cannot be true of any sitting. Each problem names the path of the field, so that a form shows it in
its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from typing import Any, TypeVar

from levier.common.domain.french import date_in_words
from levier.council.domain.record import (
    Deliberation,
    Record,
    Recusal,
    Sitting,
    Vote,
    VoteMode,
    name_key,
)

Part = TypeVar("Part")
LONGEST_NAME = 200
GREATEST_NUMBER = 2_147_483_647
PRESIDENT_VOTES = ("for", "against", "abstention")
TALLIES_ONLY = "Un scrutin secret ne garde que des nombres de voix : retirez les votes nominatifs."
SITTING_IS_CLOSED = (
    "La séance est close : sa date, sa présidence, ses présences, ses procurations, ses arrivées "
    "et ses départs ne se modifient plus."
)
ACT_IS_LOCKED = (
    "La séance est close et cette affaire a été votée : elle ne se modifie plus. Une erreur se "
    "corrige par une nouvelle délibération."
)
# NUL and lone surrogates are invisible leftovers of PDF or of broken encodings; no database
# stores them as text.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_COUNTS = ("present_count", "represented_count")
_BALLOTS = (
    *("in_favour", "against", "abstentions", "blank", "not_voting"),
    *("roll_call_requests", "secret_requests"),
)
# The State's classification has up to three levels, such as 7.10 or 2.1.2.
_MATTER_CODE = re.compile(r"\d(\.\d{1,2}){0,2}")
_LONGEST_CODE = 5


def tidied(part: Part) -> Part:
    """The same record, or part of one, without spaces around texts, empty texts or invisible
    characters.
    """
    return _tidied(part)  # type: ignore[no-any-return]


def _tidied(value: Any) -> Any:
    if type(value) is str:
        return _UNSTORABLE.sub("", value).strip()
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    if isinstance(value, tuple):
        return tuple(item for item in map(_tidied, value) if item != "")
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in fields(value):
            tidy = _tidied(getattr(value, field.name))
            changes[field.name] = None if tidy == "" and field.default is None else tidy
        return replace(value, **changes)
    return value


def names_in_office(record: Record) -> Iterator[tuple[str, str]]:
    """(path, name) of each member whom the record shows in office on the day of the sitting."""
    sitting = record.sitting
    for path, name in (
        ("sitting.president", sitting.president),
        ("sitting.secretary", sitting.secretary),
    ):
        if name is not None:
            yield path, name
    for kind, names in (("present", sitting.present), ("absent", sitting.absent)):
        for index, name in enumerate(names):
            yield f"sitting.{kind}[{index}]", name
    for index, proxy in enumerate(sitting.proxies):
        yield f"sitting.proxies[{index}].giver", proxy.giver
        yield f"sitting.proxies[{index}].holder", proxy.holder
    for index, movement in enumerate(sitting.movements):
        yield f"sitting.movements[{index}].member", movement.member
    for rank, deliberation in enumerate(record.deliberations):
        yield from _names_in_act(f"deliberations[{rank}]", deliberation)


def _names_in_act(here: str, act: Deliberation) -> Iterator[tuple[str, str]]:
    for field, name in (("rapporteur", act.rapporteur), ("president", act.president)):
        if name is not None:
            yield f"{here}.{field}", name
    for index, movement in enumerate(act.present_changes):
        yield f"{here}.present_changes[{index}].member", movement.member
    for index, recusal in enumerate(act.recused):
        yield f"{here}.recused[{index}].member", recusal.member
    for index, ballot in enumerate(act.vote.ballots):
        yield f"{here}.vote.ballots[{index}].member", ballot.member
        if ballot.cast_by is not None:
            yield f"{here}.vote.ballots[{index}].cast_by", ballot.cast_by


def names_in(record: Record) -> Iterator[tuple[str, str]]:
    """(path, name) of everyone named; the signatory may be someone outside the assembly."""
    yield from names_in_office(record)
    if record.signatory is not None:
        yield "signatory", record.signatory


def renamed(record: Record, spelling: Callable[[str], str]) -> Record:
    """The same record with each name in the given spelling."""

    def optional(name: str | None) -> str | None:
        return None if name is None else spelling(name)

    sitting = record.sitting
    return replace(
        record,
        signatory=optional(record.signatory),
        sitting=replace(
            sitting,
            president=optional(sitting.president),
            secretary=optional(sitting.secretary),
            present=tuple(map(spelling, sitting.present)),
            absent=tuple(map(spelling, sitting.absent)),
            proxies=tuple(
                replace(p, giver=spelling(p.giver), holder=spelling(p.holder))
                for p in sitting.proxies
            ),
            movements=tuple(replace(m, member=spelling(m.member)) for m in sitting.movements),
        ),
        deliberations=tuple(
            replace(
                act,
                rapporteur=optional(act.rapporteur),
                present_changes=tuple(
                    replace(m, member=spelling(m.member)) for m in act.present_changes
                ),
                recused=tuple(replace(r, member=spelling(r.member)) for r in act.recused),
                president=optional(act.president),
                vote=replace(
                    act.vote,
                    ballots=tuple(
                        replace(b, member=spelling(b.member), cast_by=optional(b.cast_by))
                        for b in act.vote.ballots
                    ),
                ),
            )
            for act in record.deliberations
        ),
    )


def problems(record: Record) -> dict[str, str]:
    """French sentence by path of the field at fault; empty when the record can be stored."""
    found: dict[str, str] = {}
    for path, sentence in (
        *_names(record),
        *_sitting(record.sitting),
        *_attendance(record.sitting),
        *_signature(record),
        *(
            problem
            for rank, deliberation in enumerate(record.deliberations)
            for problem in _deliberation(
                f"deliberations[{rank}]", deliberation, record.sitting.date
            )
        ),
    ):
        found.setdefault(path, sentence)
    return found


_Problems = Iterator[tuple[str, str]]


def _names(record: Record) -> _Problems:
    for path, name in names_in(record):
        if not name_key(name):
            yield path, f"« {name} » n’est pas un nom de personne."
        elif len(name) > LONGEST_NAME:
            yield path, f"Ce nom dépasse {LONGEST_NAME} caractères : « {name[:40]}… »."


def _sitting(sitting: Sitting) -> _Problems:
    if sitting.date is None:
        yield (
            "sitting.date",
            "La date de la séance manque : sans elle, rien ne peut être enregistré.",
        )
    elif sitting.convocation_date is not None and sitting.convocation_date > sitting.date:
        yield (
            "sitting.convocation_date",
            (
                f"La convocation, datée du {date_in_words(sitting.convocation_date)}, ne peut pas "
                f"être postérieure à la séance du {date_in_words(sitting.date)}."
            ),
        )
    yield from _number("sitting.in_office", sitting.in_office, least=1)
    for name in _COUNTS:
        yield from _number(f"sitting.{name}", getattr(sitting, name))
    for index, movement in enumerate(sitting.movements):
        yield from _number(f"sitting.movements[{index}].before_item", movement.before_item)
    for index, item in enumerate(sitting.agenda):
        yield from _number(f"sitting.agenda[{index}].number", item.number)
        if not item.subject:
            yield f"sitting.agenda[{index}].subject", "Ce point de l’ordre du jour n’a pas d’objet."


def _attendance(sitting: Sitting) -> _Problems:
    listed: dict[frozenset[str], str] = {}
    for kind, names in (("present", sitting.present), ("absent", sitting.absent)):
        for index, name in enumerate(names):
            key, path = name_key(name), f"sitting.{kind}[{index}]"
            if key not in listed:
                listed[key] = kind
            elif listed[key] == kind:
                yield path, f"{name} est nommé deux fois dans la même liste."
            else:
                yield path, f"{name} est à la fois parmi les présents et parmi les absents."
    givers: set[frozenset[str]] = set()
    for index, proxy in enumerate(sitting.proxies):
        path = f"sitting.proxies[{index}]"
        if name_key(proxy.giver) == name_key(proxy.holder):
            yield f"{path}.holder", f"{proxy.giver} ne peut pas se donner procuration."
        if name_key(proxy.giver) in givers:
            yield f"{path}.giver", f"{proxy.giver} donne deux procurations pour la même séance."
        givers.add(name_key(proxy.giver))
        for name in ("sittings_used", "revoked_before_item"):
            yield from _number(f"{path}.{name}", getattr(proxy, name))


def _signature(record: Record) -> _Problems:
    held_on = record.sitting.date
    if held_on is not None and record.signed_on is not None and record.signed_on < held_on:
        yield (
            "signed_on",
            (
                f"L’acte, signé le {date_in_words(record.signed_on)}, ne peut pas l’être avant la "
                f"séance du {date_in_words(held_on)}."
            ),
        )


def _deliberation(path: str, deliberation: Deliberation, held_on: date | None) -> _Problems:
    if not deliberation.subject:
        yield f"{path}.subject", "L’objet de la délibération manque."
    yield from _number(f"{path}.number", deliberation.number)
    for name, deed in (
        ("transmitted_on", "transmise"),
        ("received_on", "reçue"),
        ("published_on", "publiée"),
    ):
        day: date | None = getattr(deliberation, name)
        if day is not None and held_on is not None and day < held_on:
            yield (
                f"{path}.{name}",
                (
                    f"La délibération ne peut pas être {deed} le {date_in_words(day)}, avant la "
                    f"séance du {date_in_words(held_on)}."
                ),
            )
    sent, received = deliberation.transmitted_on, deliberation.received_on
    if sent is not None and received is not None and received < sent:
        yield (
            f"{path}.received_on",
            "La délibération ne peut pas être reçue par l’État avant d’être transmise.",
        )
    code = deliberation.matter_code
    if code is not None and (len(code) > _LONGEST_CODE or not _MATTER_CODE.fullmatch(code)):
        yield (
            f"{path}.matter_code",
            f"« {code} » n’est pas un code de matière : attendu par exemple « 7.5 ».",
        )
    yield from _vote(f"{path}.vote", deliberation.vote)
    for index, movement in enumerate(deliberation.present_changes):
        yield from _number(f"{path}.present_changes[{index}].before_item", movement.before_item)
    yield from _recusals(path, deliberation.recused)


def _vote(path: str, vote: Vote) -> _Problems:
    for name in _BALLOTS:
        yield from _number(f"{path}.{name}", getattr(vote, name))
    if vote.president_vote not in (None, *PRESIDENT_VOTES):
        yield (
            f"{path}.president_vote",
            (
                f"« {vote.president_vote} » n’est pas un vote : attendu "
                "« for », « against » ou « abstention »."
            ),
        )
    if vote.mode is VoteMode.SECRET and vote.ballots:
        yield f"{path}.ballots", TALLIES_ONLY
    voters: set[frozenset[str]] = set()
    for index, ballot in enumerate(vote.ballots):
        if name_key(ballot.member) in voters:
            yield f"{path}.ballots[{index}].member", f"{ballot.member} vote deux fois."
        voters.add(name_key(ballot.member))
    for rank, held in enumerate(vote.rounds):
        yield from _number(f"{path}.rounds[{rank}].blank", held.blank)
        for index, candidate in enumerate(held.candidates):
            yield from _number(f"{path}.rounds[{rank}].candidates[{index}].votes", candidate.votes)


def _recusals(path: str, recusals: tuple[Recusal, ...]) -> _Problems:
    recused: set[frozenset[str]] = set()
    for index, recusal in enumerate(recusals):
        if name_key(recusal.member) in recused:
            yield f"{path}.recused[{index}].member", f"{recusal.member} est déporté deux fois."
        recused.add(name_key(recusal.member))
        if len(recusal.body or "") > LONGEST_NAME:
            yield (
                f"{path}.recused[{index}].body",
                f"Le nom de cet organisme dépasse {LONGEST_NAME} caractères.",
            )


def _number(path: str, value: int | None, *, least: int = 0) -> _Problems:
    if value is not None and not least <= value <= GREATEST_NUMBER:
        yield path, f"{value} n’est pas possible ici : attendu un nombre entier, au moins {least}."

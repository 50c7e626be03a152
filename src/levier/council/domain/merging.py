"""A second extract of one sitting: what it adds to what is stored, and what it says otherwise.

Towns file one extract per act, so that one sitting is read several times. What is stored was
reviewed by a person: it always stays, and where the act read says something else, a sentence says
so. What is unknown is filled, and deliberations that are not there yet are added.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from enum import StrEnum
from typing import Any

from levier.common.domain.french import (
    date_in_words,
    enumerate_in_words,
    fold,
    group_thousands,
    time_in_words,
)
from levier.council.domain.record import (
    Deliberation,
    Movement,
    Outcome,
    Proxy,
    Record,
    Recusal,
    Sitting,
    Vote,
    VoteMode,
    name_key,
)

_SITTING_FACTS = {
    "date": "Date de la séance",
    "opens_at": "Heure d’ouverture",
    "place": "Lieu",
    "convocation_date": "Date de la convocation",
    "convocation_posted": "Convocation affichée",
    "urgency": "Convocation en urgence",
    "second_convocation": "Seconde convocation",
    "president": "Présidence de la séance",
    "secretary": "Secrétaire de séance",
    "in_office": "Membres en exercice",
    "present_count": "Présents annoncés",
    "represented_count": "Représentés annoncés",
    "closes_at": "Heure de clôture",
}
_ACT_FACTS = {
    "rapporteur": "Rapporteur",
    "matter_code": "Matière",
    "president": "Présidence pour cette affaire",
    "transmitted_on": "Transmission à l’État",
    "received_on": "Réception par l’État",
    "published_on": "Publication",
}
_VOTE_FACTS = {
    "outcome": "Résultat du vote",
    "unanimous": "Unanimité",
    "in_favour": "Pour",
    "against": "Contre",
    "abstentions": "Abstentions",
    "blank": "Blancs ou nuls",
    "not_voting": "Ne prennent pas part au vote",
    "mode": "Mode de scrutin",
    "president_vote": "Vote de la présidence",
}
_OTHER_MOVEMENTS = "Les arrivées et départs ne sont pas les mêmes dans l’acte lu."
_ACT_LISTS = {
    "visas": "Les visas ne sont pas les mêmes dans l’acte lu.",
    "recitals": "L’exposé des motifs n’est pas le même dans l’acte lu.",
    "decisions": "Les décisions ne sont pas les mêmes dans l’acte lu.",
    "present_changes": _OTHER_MOVEMENTS,
    "recused": "Les déports ne sont pas les mêmes dans l’acte lu.",
}
# What no act prints as such: taken from the act read where nothing is known yet, and not compared.
_QUIET_OF_ACT = ("nature", "debate", "corrects")
_QUIET_OF_VOTE = (
    *("roll_call_requests", "secret_requests", "secret_waived", "ballots", "rounds", "elected"),
)
_NAMES = {"president", "secretary", "rapporteur", "signatory"}
_WORDS: dict[StrEnum | str | bool, str] = {
    True: "oui",
    False: "non",
    Outcome.ADOPTED: "adoptée",
    Outcome.REJECTED: "rejetée",
    Outcome.POSTPONED: "reportée",
    VoteMode.PUBLIC: "scrutin ordinaire",
    VoteMode.ROLL_CALL: "scrutin public",
    VoteMode.SECRET: "scrutin secret",
    "for": "pour",
    "against": "contre",
    "abstention": "abstention",
}
Sentences = list[str]


def merge(stored: Record, read: Record) -> tuple[Record, tuple[str, ...]]:
    """The stored record completed by the one read, and what the two say differently, in French.

    Merging the same act twice changes nothing more.
    """
    said: Sentences = []
    sitting = _merged_sitting(stored.sitting, read.sitting, said)
    signature = _filled(
        stored, read, {"signed_on": "Acte signé le", "signatory": "Signataire"}, said
    )
    if stored.assembly_kind and read.assembly_kind not in (None, stored.assembly_kind):
        said.append("L’acte lu est celui d’une assemblée d’une autre nature.")
    merged = replace(
        stored,
        **signature,
        assembly=stored.assembly or read.assembly,
        assembly_kind=stored.assembly_kind or read.assembly_kind,
        document_kind=stored.document_kind or read.document_kind,
        population=read.population if stored.population is None else stored.population,
        sitting=sitting,
        deliberations=_merged_acts(stored.deliberations, read.deliberations, said),
        unread=tuple(dict.fromkeys([*stored.unread, *read.unread])),
    )
    return merged, tuple(dict.fromkeys(said))


def _merged_sitting(stored: Sitting, read: Sitting, said: Sentences) -> Sitting:
    facts = _filled(stored, read, _SITTING_FACTS, said)
    if _lists_attendance(stored):
        said.extend(_attendance_told_otherwise(stored, read))
    else:
        facts |= {
            "present": read.present,
            "absent": read.absent,
            "all_present_except_absent": read.all_present_except_absent,
        }
    facts["formalities"] = _known_or(stored.formalities, read.formalities)
    for name, sentence, key in _SITTING_LISTS:
        facts[name] = _list_filled(getattr(stored, name), getattr(read, name), sentence, key, said)
    return replace(stored, **facts)


def _lists_attendance(sitting: Sitting) -> bool:
    return bool(sitting.present or sitting.absent or sitting.all_present_except_absent)


def _attendance_told_otherwise(stored: Sitting, read: Sitting) -> Iterator[str]:
    """Who is present for one and absent for the other, or named by one list only."""
    present, absent = _keys(stored.present), _keys(stored.absent)
    for name in read.present:
        if name_key(name) in absent:
            yield f"{name} : absence dans la séance enregistrée, présence dans l’acte lu."
        elif name_key(name) not in present and not stored.all_present_except_absent:
            yield f"{name} : présence dans l’acte lu, rien dans la séance enregistrée."
    for name in read.absent:
        if name_key(name) in present:
            yield f"{name} : présence dans la séance enregistrée, absence dans l’acte lu."
        elif name_key(name) not in absent:
            yield f"{name} : absence dans l’acte lu, rien dans la séance enregistrée."
    seen = _keys((*read.present, *read.absent))
    for names, listed, word in (
        (stored.present, read.present, "présence"),
        (stored.absent, read.absent, "absence"),
    ):
        missing = [name for name in names if name_key(name) not in seen] if listed else []
        if missing:
            yield (
                f"{enumerate_in_words(missing)} : {word} dans la séance enregistrée, rien dans "
                "l’acte lu."
            )


def _keys(names: Sequence[str]) -> set[frozenset[str]]:
    return {name_key(name) for name in names}


def _proxy_key(proxy: Proxy) -> object:
    return name_key(proxy.giver), name_key(proxy.holder)


def _movement_key(movement: Movement) -> object:
    return name_key(movement.member), movement.event, movement.before_item, movement.at


def _recusal_key(recusal: Recusal) -> object:
    return name_key(recusal.member), recusal.ground


_SITTING_LISTS: Sequence[tuple[str, str, Callable[[Any], object]]] = (
    ("proxies", "Les procurations ne sont pas les mêmes dans l’acte lu.", _proxy_key),
    ("movements", _OTHER_MOVEMENTS, _movement_key),
    (
        "agenda",
        "L’ordre du jour n’est pas le même dans l’acte lu.",
        lambda item: (item.number, fold(item.subject)),
    ),
)
_LIST_KEYS: dict[str, Callable[[Any], object]] = {
    "present_changes": _movement_key,
    "recused": _recusal_key,
}


def _merged_acts(
    stored: tuple[Deliberation, ...], read: tuple[Deliberation, ...], said: Sentences
) -> tuple[Deliberation, ...]:
    acts = list(stored)
    for act in read:
        there = _where(acts, act)
        if not there:
            _tell_number_taken(acts, act, said)
            acts.append(act)
        elif len(there) == 1:
            acts[there[0]] = _merged_act(acts[there[0]], act, said)
        else:
            said.append(
                f"Plusieurs délibérations enregistrées ont l’objet « {act.subject} » : rien n’y a "
                "été ajouté."
            )
    return tuple(acts)


def _where(acts: Sequence[Deliberation], act: Deliberation) -> list[int]:
    """The ranks of the acts that this one may be: same subject, and same number where known."""
    same = [
        rank
        for rank, known in enumerate(acts)
        if fold(known.subject) == fold(act.subject)
        and (known.number is None or act.number is None or known.number == act.number)
    ]
    exact = [rank for rank in same if act.number is not None and acts[rank].number == act.number]
    return exact[:1] or same


def _tell_number_taken(acts: Sequence[Deliberation], act: Deliberation, said: Sentences) -> None:
    if act.number is None:
        return
    for known in acts:
        if known.number == act.number:
            said.append(
                f"Le numéro {act.number} est déjà celui de la délibération « {known.subject} »."
            )


def _merged_act(stored: Deliberation, read: Deliberation, said: Sentences) -> Deliberation:
    about: Sentences = []
    values = _filled(stored, read, _ACT_FACTS, about)
    values["number"] = read.number if stored.number is None else stored.number
    for name, sentence in _ACT_LISTS.items():
        values[name] = _list_filled(
            getattr(stored, name),
            getattr(read, name),
            sentence,
            _LIST_KEYS.get(name, fold),
            about,
        )
    values["vote"] = _merged_vote(stored.vote, read.vote, about)
    values["formalities"] = _known_or(stored.formalities, read.formalities)
    values |= {name: getattr(stored, name) or getattr(read, name) for name in _QUIET_OF_ACT}
    said.extend(f"Délibération « {stored.subject} », {_lowered(sentence)}" for sentence in about)
    return replace(stored, **values)


def _merged_vote(stored: Vote, read: Vote, said: Sentences) -> Vote:
    """One ballot: figures of two different ones are never put together."""
    told: Sentences = []
    values = _filled(stored, read, _VOTE_FACTS, told)
    said.extend(told)
    if told:
        return stored
    for name in _QUIET_OF_VOTE:
        known = getattr(stored, name)
        values[name] = getattr(read, name) if known in (None, ()) else known
    return replace(stored, **values)


def _known_or(stored: Any, read: Any) -> Any:
    return read if stored == type(stored)() else stored


# What the form of a sitting does not show, and so keeps.
_ACT_KEPT = ("corrects", "formalities")
_VOTE_KEPT = (
    *("roll_call_requests", "secret_requests", "secret_waived", "ballots", "rounds", "elected"),
)
_PROXY_KEPT = ("written", "signed_on", "sittings_used", "illness", "revoked_before_item")


def completed(typed: Record, base: Record) -> Record:
    """What was typed in the form of a sitting, with what the form does not show of `base`.

    A procuration stays the same as long as its giver and holder do, a déport as long as its member
    does, and the names of a roll call as long as the vote is not secret.
    """
    sitting = replace(
        typed.sitting,
        closes_at=base.sitting.closes_at,
        formalities=base.sitting.formalities,
        proxies=tuple(
            _with_facts(proxy, base.sitting.proxies, _proxy_key, _PROXY_KEPT)
            for proxy in typed.sitting.proxies
        ),
    )
    places = pairing(_marks(base), _marks(typed))
    return replace(
        typed,
        sitting=sitting,
        deliberations=tuple(
            act if place is None else _completed_act(act, base.deliberations[place])
            for act, place in zip(typed.deliberations, places, strict=True)
        ),
    )


def _completed_act(typed: Deliberation, base: Deliberation) -> Deliberation:
    vote = replace(typed.vote, **{name: getattr(base.vote, name) for name in _VOTE_KEPT})
    if vote.mode is VoteMode.SECRET:
        vote = replace(vote, ballots=())
    return replace(
        typed,
        vote=vote,
        recused=tuple(
            _with_facts(recusal, base.recused, _member_key, ("took_part", "body"))
            for recusal in typed.recused
        ),
        **{name: getattr(base, name) for name in _ACT_KEPT},
    )


def _member_key(recusal: Recusal) -> object:
    return name_key(recusal.member)


def _with_facts(
    item: Any, known: Sequence[Any], key: Callable[[Any], object], names: Sequence[str]
) -> Any:
    """The item, with these facts of the known one that has the same key."""
    same = next((other for other in known if key(other) == key(item)), None)
    return item if same is None else replace(item, **{n: getattr(same, n) for n in names})


Mark = tuple[str, int | None]


def _marks(record: Record) -> list[Mark]:
    return [(act.subject, act.number) for act in record.deliberations]


def pairing(known: Sequence[Mark], wanted: Sequence[Mark]) -> list[int | None]:
    """For each (subject, number) wanted, the place of the known one that it continues, or None.

    By subject and number first, then by subject, by number, and by rank: an act that is renamed or
    moved stays the same act.

    >>> pairing([("a", 1), ("b", 2)], [("b", 2), ("A", None), ("c", None)])
    [1, 0, None]
    """
    found: list[int | None] = [None] * len(wanted)
    free = set(range(len(known)))
    ways: Sequence[Callable[[Mark, int], Hashable]] = (
        lambda mark, _: mark,
        lambda mark, _: fold(mark[0]),
        lambda mark, _: mark[1],
        lambda _, rank: rank,
    )
    for way in ways:
        places: dict[Hashable, list[int]] = {}
        for place in sorted(free, reverse=True):
            places.setdefault(way(known[place], place), []).append(place)
        for rank, mark in enumerate(wanted):
            key = way(mark, rank)
            if found[rank] is None and key is not None and places.get(key):
                place = places[key].pop()
                found[rank] = place
                free.discard(place)
    return found


def _filled(stored: Any, read: Any, labels: dict[str, str], said: Sentences) -> dict[str, Any]:
    """Each fact as stored, or as read where it was unknown; differences are told."""
    values: dict[str, Any] = {}
    for name, label in labels.items():
        known, new = getattr(stored, name), getattr(read, name)
        values[name] = new if known is None else known
        if known is not None and new is not None and not _is_same(name, known, new):
            said.append(
                f"{label} : {_in_words(known)} dans la séance enregistrée, {_in_words(new)} dans "
                "l’acte lu."
            )
    return values


def _is_same(name: str, known: Any, new: Any) -> bool:
    if name in _NAMES:
        return name_key(known) == name_key(new)
    if name == "place":
        return fold(known) == fold(new)
    return bool(known == new)


def _list_filled(
    stored: tuple[Any, ...],
    read: tuple[Any, ...],
    sentence: str,
    key: Callable[[Any], object],
    said: Sentences,
) -> tuple[Any, ...]:
    if stored and read and {key(item) for item in stored} != {key(item) for item in read}:
        said.append(sentence)
    return stored or read


def _in_words(value: Any) -> str:
    if isinstance(value, bool | StrEnum):
        return _WORDS[value]
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, time):
        return time_in_words(value)
    if isinstance(value, int):
        return group_thousands(value)
    return _WORDS.get(value, str(value))


def _lowered(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"

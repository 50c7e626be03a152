"""What the minutes of a sitting must hold (CGCT L2121-15): one checklist for every door."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from levier.common.domain.french import enumerate_in_words
from levier.council.domain.record import (
    Deliberation,
    MatterNature,
    Outcome,
    Record,
    Sitting,
    Vote,
    VoteMode,
    name_key,
)

# Nominations are secret by law (L2121-21): no member has to ask for it.
_SECRET_BY_LAW = frozenset(
    {
        MatterNature.NOMINATION,
        MatterNature.MAYOR_ELECTION,
        MatterNature.DEPUTIES_ELECTION,
        MatterNature.DELEGATES_ELECTION,
    }
)


def missing_elements(record: Record) -> tuple[str, ...]:
    """Elements of CGCT L2121-15 (wording of 1 July 2022) that the record does not hold.

    In the order of the article, as noun phrases in French, each with the deliberations concerned
    where it is an element of each: « le résultat du scrutin : délibérations n° 2 et 5 ».
    """
    found = [words for words, is_held in _OF_SITTING if not is_held(record)]
    for words, is_missing in _OF_EACH_DELIBERATION:
        concerned = [is_missing(item) for item in record.deliberations]
        if any(concerned):
            found.append(f"{words} : {references(record.deliberations, concerned)}")
    for words, is_missing in _OF_THE_DISCUSSION:
        concerned = [is_missing(item) for item in record.deliberations]
        if all(concerned):
            found.append(words)
        elif any(concerned):
            found.append(f"{words} : {references(record.deliberations, concerned)}")
    return tuple(found)


def names_and_numbers_agree(sitting: Sitting) -> bool:
    """Whether the numbers of members that the record states are those of the names it gives."""
    return not (
        _differ(sitting.present_count, len(_texts(sitting.present)))
        or _differ(sitting.represented_count, len(sitting.proxies))
    )


def references(deliberations: Sequence[Deliberation], chosen: Sequence[bool]) -> str:
    """« délibérations n° 1 à 3 et 7 », by number when all bear a different one, else by rank.

    >>> references((Deliberation("a", 4), Deliberation("b", 5)), (True, False))
    'délibération n° 4'
    """
    if all(chosen) and len(chosen) > 1:
        return "toutes les délibérations"
    numbers = [item.number for item in deliberations if item.number is not None]
    numbered = len(set(numbers)) == len(deliberations)
    ranks = numbers if numbered else list(range(1, len(deliberations) + 1))
    kept = sorted(rank for rank, is_chosen in zip(ranks, chosen, strict=True) if is_chosen)
    noun = "délibération" if len(kept) == 1 else "délibérations"
    means = "n°" if numbered else "de rang"
    return f"{noun} {means} {enumerate_in_words(ranges(kept))}"


def ranges(numbers: Sequence[int]) -> Iterator[str]:
    """1, 2, 3, 7 as « 1 à 3 », « 7 »; the numbers come sorted."""
    breaks = [index for index, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1]
    for start, end in zip([0, *breaks], [*breaks, len(numbers)], strict=True):
        first, last = numbers[start], numbers[end - 1]
        yield str(first) if first == last else f"{first} à {last}"


def _text(value: str | None) -> str:
    return (value or "").strip()


def _texts(values: Sequence[str]) -> list[str]:
    return [text for value in values if (text := _text(value))]


def _named(name: str | None) -> bool:
    return bool(name and name_key(name))


def _differ(stated: int | None, named: int) -> bool:
    """A number beside a list says how many names there must be; alone, it says enough."""
    return stated is not None and named > 0 and stated != named


def _knows_present(record: Record) -> bool:
    return bool(_texts(record.sitting.present)) or record.sitting.all_present_except_absent


def _knows_represented(record: Record) -> bool:
    """Procurations by name, or the statement that there is none."""
    sitting = record.sitting
    return bool(sitting.proxies) or sitting.represented_count == 0 or not sitting.absent


def _knows_quorum(record: Record) -> bool:
    sitting = record.sitting
    if sitting.second_convocation:
        return True  # no quorum is required (L2121-17)
    counted = sitting.present_count is not None or _knows_present(record)
    return bool(sitting.in_office) and counted


_OF_SITTING: tuple[tuple[str, Callable[[Record], object]], ...] = (
    ("le nom de la collectivité", lambda record: _text(record.assembly)),
    ("la date de la séance", lambda record: record.sitting.date),
    ("l’heure de la séance", lambda record: record.sitting.opens_at is not None),
    ("le nom du président", lambda record: _named(record.sitting.president)),
    ("les noms des membres présents", _knows_present),
    ("les noms des membres représentés", _knows_represented),
    (
        "l’accord entre les nombres énoncés et les noms des membres",
        lambda record: names_and_numbers_agree(record.sitting),
    ),
    ("le nom du secrétaire de séance", lambda record: _named(record.sitting.secretary)),
    ("le quorum", _knows_quorum),
    ("l’ordre du jour", lambda record: record.sitting.agenda),
    ("les délibérations", lambda record: record.deliberations),
)


def _lacks_result(item: Deliberation) -> bool:
    return item.vote.outcome is None and not item.vote.elected


def _lacks_counts(item: Deliberation) -> bool:
    vote = item.vote
    decided = vote.outcome in (Outcome.ADOPTED, Outcome.REJECTED)
    return (
        decided
        and not vote.unanimous
        and not vote.rounds
        and None in (vote.in_favour, vote.against)
    )


def _lacks_names(item: Deliberation) -> bool:
    return item.vote.mode is VoteMode.ROLL_CALL and not item.vote.ballots


def _lacks_requests(item: Deliberation) -> bool:
    """An ordinary ballot tells that nobody asked for another one; the others say who asked."""
    vote: Vote = item.vote
    if vote.outcome is Outcome.POSTPONED or vote.mode is VoteMode.PUBLIC:
        return False
    if vote.mode is VoteMode.SECRET:
        return vote.secret_requests is None and item.nature not in _SECRET_BY_LAW
    return vote.roll_call_requests is None


_OF_EACH_DELIBERATION: tuple[tuple[str, Callable[[Deliberation], bool]], ...] = (
    ("l’objet", lambda item: not _text(item.subject)),
    ("le rapport au vu duquel elle a été prise", lambda item: not _texts(item.recitals)),
    ("le texte", lambda item: not _texts(item.decisions)),
    ("le résultat du scrutin", _lacks_result),
    ("le décompte des voix", _lacks_counts),
    ("le nom des votants et le sens de leur vote", _lacks_names),
)
_OF_THE_DISCUSSION: tuple[tuple[str, Callable[[Deliberation], bool]], ...] = (
    ("les demandes de scrutin particulier", _lacks_requests),
    ("la teneur des discussions", lambda item: not _text(item.debate)),
)

"""The documents of a sitting, from its record: extract, minutes, list of deliberations.

The three are typeset from one view of one record (`sitting_view`), so that they cannot disagree.
What the record does not hold is None in the view: the documents print « non renseigné » where the
law asks for it and leave it out elsewhere; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from levier.common.domain.findings import Status
from levier.common.domain.french import (
    date_in_full_words,
    date_in_words,
    enumerate_in_words,
    fold,
    plural,
    time_in_words,
)
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    Movement,
    MovementEvent,
    Outcome,
    Record,
    RecusalGround,
    Sitting,
    Vote,
    VoteMode,
    name_key,
)
from levier.council.domain.rules import quorum_at_opening
from levier.council.plain_text import OUTCOME_WORDS
from levier.documents.typesetting import is_blank, render

Plain = dict[str, Any]

# The assembly as subject and as complement, then the capacity in which its head signs.
_BODIES = {
    AssemblyKind.COMMUNE: ("le conseil municipal", "du conseil municipal", "Le maire"),
    AssemblyKind.EPCI: ("le conseil communautaire", "du conseil communautaire", "Le président"),
    None: ("l’assemblée délibérante", "de l’assemblée délibérante", "L’autorité territoriale"),
}
_MODES = {
    VoteMode.PUBLIC: "scrutin ordinaire",
    VoteMode.ROLL_CALL: "scrutin public, avec appel nominal",
    VoteMode.SECRET: "scrutin secret",
}
_RECUSAL_GROUNDS = {
    RecusalGround.L1111_6_II: "article L1111-6, II, du CGCT",
    RecusalGround.PERSONAL: "intérêt personnel à l’affaire",
}
_QUORUM_WORDS = {Status.OK: "atteint", Status.IRREGULAR: "non atteint"}
_MOVES = {MovementEvent.ARRIVES: "arrive", MovementEvent.LEAVES: "quitte la séance"}


def extract_pdf(record: Record, position: int) -> bytes:
    """Extract of the register for one deliberation (CGCT L2121-23 and R2121-9), as PDF/UA-1.

    `position` is the place of the deliberation in `record.deliberations`, from 0. Raises
    IndexError when there is none at that place.
    """
    if not 0 <= position < len(record.deliberations):
        raise IndexError(f"No deliberation at position {position}.")
    view = sitting_view(replace(record, deliberations=(record.deliberations[position],)))
    heading = f"Extrait du registre des délibérations {view['of_body']}"
    return _typeset("council_extract", record, view, heading)


def minutes_pdf(record: Record) -> bytes:
    """Minutes of the sitting with every element of CGCT L2121-15, as PDF/UA-1.

    An element that the record does not hold is printed « non renseigné » and listed at the end.
    """
    view = sitting_view(record)
    view["missing"] = missing_from_minutes(record)
    heading = f"Procès-verbal de la séance {view['of_body']}"
    return _typeset("council_minutes", record, view, heading)


def deliberation_list_pdf(record: Record) -> bytes:
    """List of the deliberations examined, posted within a week (CGCT L2121-25), as PDF/UA-1."""
    view = sitting_view(record)
    heading = f"Liste des délibérations examinées par {view['body']}"
    return _typeset("council_deliberation_list", record, view, heading)


def _typeset(template: str, record: Record, view: Plain, heading: str) -> bytes:
    held_on = f"séance du {view['short_date']}" if view["short_date"] else None
    title = ", ".join(filter(None, (heading, view["assembly"], held_on)))
    day = record.signed_on or record.sitting.date
    return render(template, view | {"heading": heading}, title=title, date=day)


def sitting_view(record: Record) -> Plain:
    """What the three documents show of a record: texts, lists, and None for the unknown."""
    body, of_body, head = _BODIES[record.assembly_kind]
    sitting = record.sitting
    return {
        "assembly": _text(record.assembly),
        "body": body,
        "of_body": of_body,
        "date": _day(sitting.date, weekday=True),
        "short_date": _day(sitting.date),
        "time": time_in_words(sitting.opens_at) if sitting.opens_at else None,
        "opening": _opening(sitting, body),
        "place": _text(sitting.place),
        "convocation": _convocation(sitting),
        "convocation_notes": _convocation_notes(sitting),
        "president": _text(sitting.president),
        "secretary": _text(sitting.secretary),
        "attendance": _attendance_view(sitting),
        "quorum": _quorum(record),
        "agenda": [
            {"number": _number(item.number), "subject": _text(item.subject)}
            for item in sitting.agenda
        ],
        "deliberations": [
            _deliberation_view(deliberation, body, sitting.movements)
            for deliberation in record.deliberations
        ],
        "particular_ballots": _particular_ballots(record.deliberations),
        "signed_on": _day(record.signed_on),
        "signatures": [
            {"label": f"{head},", "name": _text(record.signatory)},
            {"label": "Le secrétaire de séance,", "name": _text(sitting.secretary)},
        ],
    }


def _text(value: str | None) -> str | None:
    return None if value is None or is_blank(value) else value.strip()


def _texts(values: Iterable[str]) -> list[str]:
    return [text for value in values if (text := _text(value))]


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _day(day: date | None, *, weekday: bool = False) -> str | None:
    return date_in_words(day, weekday=weekday) if day else None


# --- The sitting ---------------------------------------------------------------------------------


def _opening(sitting: Sitting, body: str) -> str:
    words = []
    if sitting.date:
        words.append(date_in_full_words(sitting.date))
        if sitting.opens_at:
            words.append(f"à {time_in_words(sitting.opens_at)}")
    words.append(f"{body} s’est réuni" + ("e" if body.startswith("l’") else ""))
    sentence = ", ".join(words)
    if president := _text(sitting.president):
        sentence += f" sous la présidence {_of(president)}"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _of(name: str) -> str:
    """« de Daniel », « d’Éric »; h and y are left unelided, being aspirated or not by usage."""
    return f"d’{name}" if fold(name)[:1] in tuple("aeiou") else f"de {name}"


def _convocation(sitting: Sitting) -> str | None:
    if sitting.convocation_date is None:
        return None
    posting = {True: ", affichée ou publiée", False: ", ni affichée ni publiée", None: ""}
    return f"{date_in_words(sitting.convocation_date)}{posting[sitting.convocation_posted]}"


def _convocation_notes(sitting: Sitting) -> list[str]:
    notes = []
    if sitting.urgency:
        notes.append("Convocation en urgence.")
    if sitting.second_convocation:
        notes.append(
            "Seconde convocation, le quorum n’ayant pas été atteint à la première : "
            "le conseil délibère sans condition de quorum (article L2121-17 du code général "
            "des collectivités territoriales)."
        )
    return notes


def _attendance_view(sitting: Sitting) -> Plain:
    present = _texts(sitting.present)
    givers = {_person(proxy.giver) for proxy in sitting.proxies}
    return {
        "in_office": _number(sitting.in_office),
        "present_count": _stated_and_named(sitting.present_count, len(present)),
        "represented_count": _stated_and_named(sitting.represented_count, len(sitting.proxies)),
        "everyone_but_absent": sitting.all_present_except_absent,
        "present": present,
        "absent": _texts(name for name in sitting.absent if _person(name) not in givers),
        "proxies": [
            {"giver": _text(proxy.giver), "holder": _text(proxy.holder)}
            for proxy in sitting.proxies
        ],
        "movements": _movements(sitting.movements),
    }


def _person(name: str) -> object:
    # A name without any Latin letter folds to nothing: it then stands for itself.
    return name_key(name) or name


def _stated_and_named(stated: int | None, named: int) -> str | None:
    """The number that the act states, or that of the names it gives; both when they differ."""
    if _differ(stated, named):
        return f"{stated} selon le nombre énoncé, {plural(named, 'nommé')}"
    return _number(stated if stated is not None else named or None)


def _differ(stated: int | None, named: int) -> bool:
    return stated is not None and named > 0 and stated != named


def _movements(movements: Iterable[Movement]) -> list[str]:
    return [_movement(movement) for movement in movements]


def _movement(movement: Movement) -> str:
    moments = []
    if movement.at:
        moments.append(f"à {time_in_words(movement.at)}")
    if movement.before_item is not None:
        moments.append(f"avant l’examen du point n° {movement.before_item}")
    when = ", ".join(moments) or "à un moment non renseigné"
    return f"{movement.member} {_MOVES[movement.event]} {when}."


def _quorum(record: Record) -> str | None:
    """The quorum at the opening, as rule Q1 judges it: the minutes cannot say otherwise."""
    sitting = record.sitting
    if sitting.second_convocation:
        return "Sans condition de quorum, la séance étant tenue sur seconde convocation."
    verdict = quorum_at_opening(record, as_of=sitting.date or date.max)
    if verdict.status not in _QUORUM_WORDS:
        return None
    required, present = verdict.inputs["quorum_required"], verdict.inputs["quorum_present"]
    return (
        f"{plural(required, 'membre présent', 'membres présents')} au moins sur "
        f"{sitting.in_office} en exercice ; {plural(present, 'présent')} à l’ouverture : "
        f"quorum {_QUORUM_WORDS[verdict.status]}."
    )


# --- One deliberation ----------------------------------------------------------------------------


def _deliberation_view(
    deliberation: Deliberation, body: str, sitting_movements: Sequence[Movement]
) -> Plain:
    vote = deliberation.vote
    own_movements = [item for item in deliberation.present_changes if item not in sitting_movements]
    return {
        "number": _number(deliberation.number),
        "subject": _text(deliberation.subject),
        "rapporteur": _text(deliberation.rapporteur),
        "visas": _texts(deliberation.visas),
        "recitals": _texts(deliberation.recitals),
        "movements": _movements(own_movements),
        "recused": [
            f"{recusal.member} ({_RECUSAL_GROUNDS[recusal.ground]})"
            for recusal in deliberation.recused
        ],
        "outcome": OUTCOME_WORDS[vote.outcome].capitalize() if vote.outcome else None,
        "unanimous": bool(vote.unanimous),
        "mode": _MODES[vote.mode] if vote.mode else None,
        "counts": _counts(vote),
        "ruling": _ruling(vote, body),
        "articles": _articles(_texts(deliberation.decisions)),
        "final": vote.outcome is not Outcome.POSTPONED,
        "dates": _act_dates(deliberation),
    }


def _counts(vote: Vote) -> list[Plain]:
    votes = {"for": "pour", "against": "contre", "abstention": "abstention"}
    counts = (
        ("Pour", vote.in_favour),
        ("Contre", vote.against),
        ("Abstentions", vote.abstentions),
        ("Blancs ou nuls", vote.blank),
    )
    shown = [{"label": label, "value": str(count)} for label, count in counts if count is not None]
    if vote.president_vote:
        sense = votes.get(vote.president_vote, vote.president_vote)
        shown.append({"label": "Voix du président", "value": sense})
    return shown


def _ruling(vote: Vote, body: str) -> str:
    """What introduces the numbered decisions, according to what became of the proposal."""
    unanimity = ", à l’unanimité," if vote.unanimous else ""
    sentence = {
        Outcome.ADOPTED: f"{body}{unanimity} décide :",
        Outcome.REJECTED: f"{body}{unanimity} rejette la proposition suivante :",
        Outcome.POSTPONED: f"{body}{unanimity} reporte l’examen de la proposition suivante :",
        None: f"Proposition soumise {_to(body)} :",
    }[vote.outcome]
    return sentence[0].upper() + sentence[1:]


def _to(body: str) -> str:
    return f"au {body.removeprefix('le ')}" if body.startswith("le ") else f"à {body}"


def _articles(decisions: Sequence[str]) -> list[Plain]:
    """Decisions under « Article 1er », « Article 2 »…; those that bear such a number keep it."""
    if any(fold(text).startswith("article ") for text in decisions):
        return [{"label": None, "text": text} for text in decisions]
    if len(decisions) == 1:
        return [{"label": "Article unique", "text": decisions[0]}]
    return [
        {"label": f"Article {'1er' if rank == 1 else rank}", "text": text}
        for rank, text in enumerate(decisions, start=1)
    ]


def _act_dates(deliberation: Deliberation) -> list[Plain]:
    dates = (
        ("Transmise au représentant de l’État le", deliberation.transmitted_on),
        ("Reçue par le représentant de l’État le", deliberation.received_on),
        ("Publiée le", deliberation.published_on),
    )
    return [{"label": label, "value": date_in_words(day)} for label, day in dates if day]


# --- What the minutes must hold ------------------------------------------------------------------


def _particular_ballots(deliberations: Sequence[Deliberation]) -> list[str]:
    """Ballots held otherwise than by the ordinary mode, each with its deliberations."""
    return [
        f"{_MODES[mode].capitalize()} : {_references(deliberations, held)}"
        for mode in (VoteMode.ROLL_CALL, VoteMode.SECRET)
        if any(held := [item.vote.mode is mode for item in deliberations])
    ]


def missing_from_minutes(record: Record) -> list[str]:
    """Elements of CGCT L2121-15 that the record does not hold, in the order of the article."""
    sitting, deliberations = record.sitting, record.deliberations
    present = _texts(sitting.present)
    disagree = _differ(sitting.present_count, len(present)) or _differ(
        sitting.represented_count, len(sitting.proxies)
    )
    expected: tuple[tuple[object, str], ...] = (
        (_text(record.assembly), "le nom de la collectivité"),
        (sitting.date, "la date de la séance"),
        (sitting.opens_at, "l’heure de la séance"),
        (_text(sitting.president), "le nom du président"),
        (present, "les noms des membres présents"),
        (not disagree, "l’accord entre les nombres énoncés et les noms des membres"),
        (_text(sitting.secretary), "le nom du secrétaire de séance"),
        (_quorum(record), "le quorum"),
        (sitting.agenda, "l’ordre du jour"),
        (deliberations, "les délibérations"),
    )
    missing = [words for value, words in expected if not value]
    missing += _missing_by_deliberation(deliberations)
    # A record holds neither the requests that members made nor what was said.
    return [*missing, "les demandes de scrutin particulier", "la teneur des discussions"]


def _missing_by_deliberation(deliberations: Sequence[Deliberation]) -> Iterator[str]:
    checks: tuple[tuple[str, Callable[[Deliberation], bool]], ...] = (
        ("l’objet", lambda item: not _text(item.subject)),
        ("le rapport au vu duquel elle a été prise", lambda item: not _texts(item.recitals)),
        ("le texte", lambda item: not _texts(item.decisions)),
        ("le résultat du scrutin", lambda item: item.vote.outcome is None),
        ("le décompte des voix", lambda item: _lacks_counts(item.vote)),
        (
            "le nom des votants et le sens de leur vote",
            lambda item: item.vote.mode is VoteMode.ROLL_CALL,
        ),
    )
    for words, is_missing in checks:
        concerned = [is_missing(item) for item in deliberations]
        if any(concerned):
            yield f"{words} : {_references(deliberations, concerned)}"


def _lacks_counts(vote: Vote) -> bool:
    decided = vote.outcome in (Outcome.ADOPTED, Outcome.REJECTED)
    return decided and not vote.unanimous and None in (vote.in_favour, vote.against)


def _references(deliberations: Sequence[Deliberation], chosen: Sequence[bool]) -> str:
    """« délibérations n° 1 à 3 et 7 », by number when all bear a different one, else by rank."""
    if all(chosen) and len(chosen) > 1:
        return "toutes les délibérations"
    numbers = [item.number for item in deliberations if item.number is not None]
    numbered = len(set(numbers)) == len(deliberations)
    ranks = numbers if numbered else list(range(1, len(deliberations) + 1))
    kept = sorted(rank for rank, is_chosen in zip(ranks, chosen, strict=True) if is_chosen)
    noun = "délibération" if len(kept) == 1 else "délibérations"
    means = "n°" if numbered else "de rang"
    return f"{noun} {means} {enumerate_in_words(_ranges(kept))}"


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """1, 2, 3, 7 as « 1 à 3 », « 7 »."""
    breaks = [index for index, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1]
    for start, end in zip([0, *breaks], [*breaks, len(numbers)], strict=True):
        first, last = numbers[start], numbers[end - 1]
        yield str(first) if first == last else f"{first} à {last}"

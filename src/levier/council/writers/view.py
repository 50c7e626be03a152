"""One view of one record, from which every document of the sitting is typeset.

Minutes, extracts, list and register draw votes, presence and outcomes from here alone, so that they
cannot disagree. What the record does not hold is None in the view: the documents print « non
renseigné » where the law asks for it and leave it out elsewhere; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from levier.common.domain.findings import Status
from levier.common.domain.french import (
    date_in_full_words,
    date_in_words,
    enumerate_in_words,
    plural,
    time_in_words,
)
from levier.council.domain.minutes_content import references
from levier.council.domain.parameters import ALSACE_MOSELLE
from levier.council.domain.record import (
    Movement,
    MovementEvent,
    Record,
    Sitting,
    VoteMode,
    name_key,
)
from levier.council.domain.rules import quorum_at_opening
from levier.council.writers.item_view import item_view
from levier.council.writers.wording import (
    BODIES,
    MODES,
    Plain,
    day_text,
    known_text,
    known_texts,
    number_text,
    of_name,
)
from levier.documents.typesetting import render

_QUORUM_WORDS = {Status.OK: "atteint", Status.IRREGULAR: "non atteint"}
_MOVES = {MovementEvent.ARRIVES: "arrive", MovementEvent.LEAVES: "quitte la séance"}


def sitting_view(record: Record, *, only: Iterable[int] | None = None) -> Plain:
    """What the documents show of a record: texts, lists, and None for the unknown.

    `only` restricts the deliberations to those at these positions, from 0; their places, numbers
    and presence stay those of the whole sitting.
    """
    body, of_body, head = BODIES[record.assembly_kind]
    sitting = record.sitting
    positions = range(len(record.deliberations)) if only is None else only
    return {
        "assembly": known_text(record.assembly),
        "body": body,
        "of_body": of_body,
        "head": head,
        "date": day_text(sitting.date, weekday=True),
        "short_date": day_text(sitting.date),
        "time": time_in_words(sitting.opens_at) if sitting.opens_at else None,
        "closing_time": time_in_words(sitting.closes_at) if sitting.closes_at else None,
        "opening": _opening(sitting, body),
        "place": known_text(sitting.place),
        "remote_places": known_texts(sitting.formalities.remote_places),
        "convocation": _convocation(sitting),
        "convocation_notes": _convocation_notes(sitting, follows_local_law(record)),
        "conduct": list(_conduct(sitting)),
        "president": known_text(sitting.president),
        "secretary": known_text(sitting.secretary),
        "attendance": _attendance_view(sitting),
        "quorum": _quorum(record),
        "agenda": [
            {"number": number_text(item.number), "subject": known_text(item.subject)}
            for item in sitting.agenda
        ],
        "deliberations": [
            item_view(record, position, body, movement_sentence) for position in positions
        ],
        "particular_ballots": _particular_ballots(record),
        "adopted_on": day_text(sitting.formalities.minutes.adopted_on),
        "signed_on": day_text(record.signed_on),
        "signatures": [
            {"label": f"{head},", "name": known_text(record.signatory)},
            {"label": "Le secrétaire de séance,", "name": known_text(sitting.secretary)},
        ],
    }


def typeset_paper(template: str, record: Record, view: Plain, heading: str) -> bytes:
    """The document of that template, as PDF/UA-1, and PDF/A-3a when the sitting is dated."""
    return render(**paper_arguments(template, record, view, heading))


def paper_arguments(template: str, record: Record, view: Plain, heading: str) -> Plain:
    """The arguments of `render` for a document of the sitting."""
    held_on = f"séance du {view['short_date']}" if view["short_date"] else None
    return {
        "template": template,
        "data": view | {"heading": heading},
        "title": ", ".join(filter(None, (heading, view["assembly"], held_on))),
        "date": record.signed_on or record.sitting.date,
    }


def follows_local_law(record: Record) -> bool:
    """Whether the council sits in Alsace-Moselle: the articles cited elsewhere are not its own."""
    return (record.department or "").strip().upper() in ALSACE_MOSELLE


def _opening(sitting: Sitting, body: str) -> str:
    words = []
    if sitting.date:
        words.append(date_in_full_words(sitting.date))
        if sitting.opens_at:
            words.append(f"à {time_in_words(sitting.opens_at)}")
    words.append(f"{body} s’est réuni" + ("e" if body.startswith("l’") else ""))
    sentence = ", ".join(words)
    if president := known_text(sitting.president):
        sentence += f" sous la présidence {of_name(president)}"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _convocation(sitting: Sitting) -> str | None:
    if sitting.convocation_date is None:
        return None
    posting = {True: ", affichée ou publiée", False: ", ni affichée ni publiée", None: ""}
    return f"{date_in_words(sitting.convocation_date)}{posting[sitting.convocation_posted]}"


def _convocation_notes(sitting: Sitting, local_law: bool) -> list[str]:
    notes = []
    if sitting.urgency:
        notes.append("Convocation en urgence.")
    if sitting.second_convocation:
        article = (
            ""
            if local_law
            else " (article L2121-17 du code général des collectivités territoriales)"
        )
        notes.append(
            "Seconde convocation, le quorum n’ayant pas été atteint à la première : "
            f"le conseil délibère sans condition de quorum{article}."
        )
    return notes


def _conduct(sitting: Sitting) -> Iterator[str]:
    """What happened to the sitting as a whole, one sentence each."""
    known = sitting.formalities
    if sitting.urgency and known.convocation.urgency_approved is not None:
        verb = "approuve" if known.convocation.urgency_approved else "n’approuve pas"
        yield f"Le conseil {verb} l’urgence de la convocation."
    if places := known_texts(known.remote_places):
        yield f"Séance tenue par visioconférence en plusieurs lieux : {enumerate_in_words(places)}."
    for substitute in known.substitutes:
        yield f"{substitute.substitute} supplée {substitute.titular}."
    if known.in_camera is not None:
        asked = [
            plural(known.in_camera.requested_by, "membre") if known.in_camera.requested_by else "",
            "la présidence" if known.in_camera.by_president else "",
        ]
        request = enumerate_in_words(filter(None, asked))
        counts = ", ".join(
            f"{count} {word}"
            for count, word in (
                (known.in_camera.in_favour, "pour"),
                (known.in_camera.against, "contre"),
            )
            if count is not None
        )
        yield (
            "Huis clos"
            + (f" demandé par {request}" if request else "")
            + (f" ; vote sans débat : {counts}" if counts else "")
            + "."
        )
    for suspension in known.suspensions:
        resumed = (
            f" ; {plural(suspension.present_count, 'présent')} à la reprise"
            if suspension.present_count is not None
            else ""
        )
        yield f"Séance suspendue avant l’examen du point n° {suspension.before_item}{resumed}."


def _attendance_view(sitting: Sitting) -> Plain:
    present = known_texts(sitting.present)
    givers = {_person(proxy.giver) for proxy in sitting.proxies}
    return {
        "in_office": number_text(sitting.in_office),
        "present_count": _stated_and_named(sitting.present_count, len(present)),
        "represented_count": _stated_and_named(sitting.represented_count, len(sitting.proxies)),
        "everyone_but_absent": sitting.all_present_except_absent,
        "present": present,
        "absent": known_texts(name for name in sitting.absent if _person(name) not in givers),
        "proxies": [
            {"giver": known_text(proxy.giver), "holder": known_text(proxy.holder)}
            for proxy in sitting.proxies
        ],
        "movements": [movement_sentence(movement) for movement in sitting.movements],
    }


def _person(name: str) -> object:
    # A name without any Latin letter folds to nothing: it then stands for itself.
    return name_key(name) or name


def _stated_and_named(stated: int | None, named: int) -> str | None:
    """The number that the act states, or that of the names it gives; both when they differ."""
    if stated is not None and named > 0 and stated != named:
        return f"{stated} selon le nombre énoncé, {plural(named, 'nommé')}"
    return number_text(stated if stated is not None else named or None)


def movement_sentence(movement: Movement) -> str:
    """« Anne A quitte la séance à 20 h, avant l’examen du point n° 3. »"""
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


def _particular_ballots(record: Record) -> list[str]:
    """Ballots held otherwise than by the ordinary mode, each with its deliberations."""
    return [
        f"{MODES[mode].capitalize()} : {references(record.deliberations, held)}"
        for mode in (VoteMode.ROLL_CALL, VoteMode.SECRET)
        if any(held := [item.vote.mode is mode for item in record.deliberations])
    ]

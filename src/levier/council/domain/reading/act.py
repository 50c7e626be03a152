"""The whole act, put together."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from levier.council.domain.reading.assembly import assembly_kind, assembly_name
from levier.council.domain.reading.attendance import Attendance, read_attendance
from levier.council.domain.reading.bodies import read_body
from levier.council.domain.reading.closing import Stamps, read_closing, read_stamps
from levier.council.domain.reading.items import (
    Item,
    as_title,
    document_kind,
    read_items,
    subitems,
)
from levier.council.domain.reading.movements import all_movements
from levier.council.domain.reading.printed import Printed, clean
from levier.council.domain.reading.recognition import require_an_act
from levier.council.domain.reading.sitting import SittingFacts, read_president, read_sitting
from levier.council.domain.reading.votes import VoteStatement, find_votes, vote_mode
from levier.council.domain.record import (
    AgendaItem,
    Deliberation,
    DocumentKind,
    Movement,
    Outcome,
    Record,
    Sitting,
    Vote,
)


def read_text(text: str) -> Record:
    """The record of the sitting that `text` reports.

    Raises UnreadableInput, with a French sentence, when the text is no act of a council.
    """
    printed = clean(text)
    require_an_act(printed)
    kind = assembly_kind(printed)
    attendance = read_attendance(printed, read_president(printed))
    facts = read_sitting(printed, attendance.end)
    agenda, items = read_items(printed, attendance.end)
    document = document_kind(printed)
    body_start = items[0].start if items else attendance.end
    found = _deliberations(printed, items, attendance, facts, document)
    deliberations, loose = _with_movements(printed, found, items, attendance)
    closing = read_closing(printed, body_start)
    role = attendance.directory.role
    return Record(
        assembly=assembly_name(printed, kind, body_start),
        assembly_kind=kind,
        document_kind=document,
        sitting=Sitting(
            date=facts.day,
            opens_at=facts.opens_at,
            place=facts.place,
            convocation_date=facts.convocation_date,
            convocation_posted=facts.convocation_posted,
            president=role(facts.president),
            secretary=role(facts.secretary),
            in_office=facts.in_office,
            present=tuple(attendance.present),
            absent=tuple(attendance.absent),
            all_present_except_absent=attendance.all_except,
            present_count=facts.present_count,
            represented_count=facts.represented_count,
            proxies=tuple(attendance.proxies),
            movements=tuple(loose),
            agenda=tuple(AgendaItem(item.number, as_title(item.subject)) for item in agenda),
        ),
        deliberations=tuple(deliberations),
        signed_on=closing.signed_on,
        signatory=role(closing.signatory),
        unread=tuple(dict.fromkeys([*attendance.unread, *facts.unread])),
    )


def _deliberations(
    printed: Printed,
    items: list[Item],
    attendance: Attendance,
    facts: SittingFacts,
    document: DocumentKind | None,
) -> list[tuple[Deliberation, Item]]:
    everywhere = _common_stamps(printed, items, facts.day)
    if not items and document is not DocumentKind.MINUTES:
        whole = _whole_act(printed, attendance.end)
        items = [whole] if whole else []
    found: list[tuple[Deliberation, Item]] = []
    for item in items:
        parts = subitems(printed, item)
        first_end = parts[0].start if parts else item.end
        for part in [replace(item, end=first_end), *parts]:
            is_part = part in parts
            found += _of_item(printed, part, attendance, facts, everywhere, is_part)
    return found


def _whole_act(printed: Printed, start: int) -> Item | None:
    """An extract that prints no "Objet": its title is the first line that is one."""
    for match in re.compile(r"(?:^|\n)[ \t]*(?P<title>[^\n]{6,200})").finditer(printed.text, start):
        flat = printed.flat[match.start("title") : match.end("title")]
        if re.search(
            r"secretaire|quorum|present|absent|pouvoir|procuration|convocation|exercice|l'an\s"
            r"|conformement|votants",
            flat,
        ):
            continue
        return Item(
            None,
            printed.cut(match.start("title"), match.end("title")),
            match.start("title"),
            match.end("title"),
            len(printed.text),
        )
    return None


def _of_item(
    printed: Printed,
    item: Item,
    attendance: Attendance,
    facts: SittingFacts,
    everywhere: Stamps,
    is_part: bool,
) -> list[tuple[Deliberation, Item]]:
    votes = [
        vote
        for vote in find_votes(printed.flat, item.body, item.end)
        if _plausible(vote.vote, attendance, facts)
    ]
    strong = [vote for vote in votes if vote.strong] or votes[-1:]
    groups = _distinct(strong)
    found: list[tuple[Deliberation, Item]] = []
    start = item.body
    for index, (vote, group) in enumerate(groups or [(Vote(), [])]):
        end = item.end if index >= len(groups) - 1 else group[-1].end
        body = read_body(printed, start, end, group or votes, attendance.directory)
        if not group and (not body.decisions or is_part):
            continue
        if vote.mode is None:
            vote = replace(vote, mode=vote_mode(_vote_window(printed, start, end, group)))
        refused = vote.outcome in (Outcome.REJECTED, Outcome.POSTPONED)
        stamps = read_stamps(printed.flat, start, end, facts.day)
        subject = item.subject if index == 0 else _part_subject(item.subject, printed, start, end)
        found.append(
            (
                Deliberation(
                    subject=as_title(subject),
                    number=item.number if index == 0 else None,
                    rapporteur=body.rapporteur,
                    visas=tuple(body.visas),
                    recitals=tuple(body.recitals),
                    vote=vote,
                    decisions=() if refused else tuple(body.decisions),
                    transmitted_on=stamps.transmitted_on or everywhere.transmitted_on,
                    received_on=stamps.received_on or everywhere.received_on,
                    published_on=stamps.published_on or everywhere.published_on,
                ),
                replace(item, body=start, end=end),
            )
        )
        start = end
    return found


def _plausible(vote: Vote, attendance: Attendance, facts: SittingFacts) -> bool:
    """Counts far above the members known are those of a survey of residents, or an election."""
    named = len({*attendance.present, *attendance.absent, *(p.giver for p in attendance.proxies)})
    listed = max(named, facts.in_office or 0, facts.present_count or 0)
    cast = sum(count or 0 for count in (vote.in_favour, vote.against, vote.abstentions))
    return attendance.all_except or listed < 3 or cast <= 2 * listed


def _vote_window(printed: Printed, start: int, end: int, group: list[VoteStatement]) -> str:
    if not group:
        return ""
    return printed.flat[max(start, group[0].start - 200) : min(end, group[-1].end + 100)]


def _part_subject(subject: str, printed: Printed, start: int, end: int) -> str:
    line = next((line.strip() for line in printed.text[start:end].split("\n") if line.strip()), "")
    return f"{as_title(subject)} : {line[:120]}" if line else subject


def _distinct(votes: list[VoteStatement]) -> list[tuple[Vote, list[VoteStatement]]]:
    """Statements put together as long as they may report the same ballot."""
    groups: list[tuple[Vote, list[VoteStatement]]] = []
    for statement in votes:
        if groups and _compatible(statement.vote, groups[-1][0]):
            merged, statements = groups[-1]
            statements.append(statement)
            groups[-1] = (_merged(merged, statement.vote), statements)
        else:
            groups.append((statement.vote, [statement]))
    return groups


def _compatible(one: Vote, other: Vote) -> bool:
    pairs = (
        (one.in_favour, other.in_favour),
        (one.against, other.against),
        (one.abstentions, other.abstentions),
        (one.outcome, other.outcome),
        (one.unanimous, other.unanimous),
    )
    return all(a is None or b is None or a == b for a, b in pairs)


def _merged(one: Vote, other: Vote) -> Vote:
    """What two reports of one ballot say together; the first one wins."""
    return Vote(
        outcome=one.outcome or other.outcome,
        unanimous=other.unanimous if one.unanimous is None else one.unanimous,
        in_favour=other.in_favour if one.in_favour is None else one.in_favour,
        against=other.against if one.against is None else one.against,
        abstentions=other.abstentions if one.abstentions is None else one.abstentions,
        blank=other.blank if one.blank is None else one.blank,
        mode=one.mode or other.mode,
    )


def _common_stamps(printed: Printed, items: list[Item], held_on: date | None) -> Stamps:
    """Stamps printed before the first matter, or anywhere when there is only one."""
    end = items[0].body if items else len(printed.flat)
    return read_stamps(printed.flat, 0, end, held_on)


def _with_movements(
    printed: Printed,
    deliberations: list[tuple[Deliberation, Item]],
    items: list[Item],
    attendance: Attendance,
) -> tuple[list[Deliberation], list[Movement]]:
    """Give each deliberation the movements placed before it; the others belong to the sitting."""
    moves = all_movements(printed, items, attendance)
    numbers = {deliberation.number for deliberation, _ in deliberations if deliberation.number}
    changed = [
        replace(
            deliberation,
            present_changes=tuple(
                move
                for move in moves
                if deliberation.number and move.before_item == deliberation.number
            ),
        )
        for deliberation, _ in deliberations
    ]
    return changed, [move for move in moves if move.before_item not in numbers]

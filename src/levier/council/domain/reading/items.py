"""The matters of a sitting: its agenda, and where each of them is treated in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from levier.common.domain.french import fold
from levier.council.domain.reading.numbers import read_roman
from levier.council.domain.reading.printed import Printed
from levier.council.domain.reading.votes import find_votes
from levier.council.domain.record import AgendaItem, DocumentKind

_NUMBERED = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:[•*]\s*)?"
    r"(?:(?P<word>question|point|deliberation|affaire|rapport|dossier|sujet)s?\s*(?:n\s?[°o]\s?"
    r"|numero\s)?)?"
    r"(?P<number>\d{1,3}|[ivx]{1,6})(?![\w°%€])?(?P<mark>\s?°\s?\)?|\s?[.)]+-?|\s?[-:/]+|(?=\s))"
    r"(?P<gap>[ \t]*(?:[:-][ \t]*)?(?:\n[ \t]*){0,2})(?=\S)"
)
_ORDINAL_ACT = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?P<number>\d{1,2})\s?(?:ere?|eme|e|nde?)\s+deliberation\s*[:-]\s*(?=\S)"
)
_SUBNUMBERED = re.compile(
    r"(?:^|(?<=\n))[ \t]*\d{1,2}[.-]\d{1,2}(?:[.-]\d{1,2})?[ \t.)-]+(?=[a-z])"
)
_OBJECT = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;)] ))[ \t]*(?:[•*-]\s*)?(?:\d{1,3}\s*[-./]\s*)?objet"
    r"(?:\s+de\s+la\s+deliberation)?\s*[:=-]+\s*"
)
_ACT_NUMBER = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:[•*-]\s*)?(?:deliberation|delib\.?|del\.?)\s*(?:n\s?[°o]\s?"
    r"|numero\s*|num\.?\s*)?[ ]*:?[ ]*(?P<number>[a-z]{0,6}[\d][\w./-]*)\s*(?:[:-]\s*|(?=\n))"
)
_AGENDA = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;)] ))[ \t]*(?:[•*+-]\s*)?(?:l')?ordre\s+du\s+jour\b(?:\s+"
    r"(?:de\s+la\s+seance|etant\s+le\s+suivant|suivant|est\s+le\s+suivant"
    r"|:))*\s*[:.-]?[ \t]*(?:\n|$|(?=\d|-))"
)
_BULLET = re.compile(r"(?:^|(?<=\n))[ \t]*[-•*–]\s*(?=\S)")
_EXTRACT = re.compile(
    r"\bextraits?\s+d(?:u|es)\s+(?:registre|proces|deliberation|minute)"
    r"|registre\s+des\s+deliberations"
)
_MINUTES = re.compile(
    r"\bproces[- ]verb|\bcompte[- ]\s?rendu|(?:^|\n)\W*(?:cr|c-r|pv)\s+d[ue]|\breleve\s+d"
)
_NOT_A_TITLE = re.compile(
    r"^(?:[ivx]{1,6}|\d{1,3})\s*(?:\n|$)|^\W*(?:present|absent|excuse|pouvoir|procuration"
    r"|secretaire|quorum|votant|pour\b|contre\b"
    r"|abstention|vote\b|resultat|date|heures?\b|h\b"
    r"|janvier|fevrier|mars\b|avril|mai\b|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|euros?|%|voix|conseillers?\b|membres?\b|annee|ans\b|m2|km\b|jours?\b)"
)
_LONGEST_TITLE = 320
_MOST_ITEMS = 400
_MOST_ENTRIES = 5_000
_NUMBER_THEN_NAME = re.compile(r"\d{1,3},? [A-ZÀ-Ýa-z][a-zà-ÿ]{3,}")
_KEEPS_ITS_STOP = re.compile(r"(?:\.\.\.|\betc\.|\b\w\.)$")


@dataclass(frozen=True, slots=True)
class Item:
    """One matter: its heading from `start` to `body`, its text to `end`."""

    number: int | None
    subject: str
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    style: str
    start: int
    title: int


def document_kind(printed: Printed) -> DocumentKind | None:
    """Extract of the register or minutes, by the title printed at the head."""
    head = printed.flat[:1_500]
    extract, minutes = _EXTRACT.search(head), _MINUTES.search(head)
    if extract and (not minutes or extract.start() < minutes.start()):
        return DocumentKind.EXTRACT
    if minutes:
        return DocumentKind.MINUTES
    if len(_OBJECT.findall(printed.flat)) == 1 or _ACT_NUMBER.search(head):
        return DocumentKind.EXTRACT
    return (
        DocumentKind.MINUTES
        if re.search(
            r"conseil\s+municipal\s+du\b|reunion\s+du\s+conseil|seance\s+du\b|s'est\s+reuni", head
        )
        else None
    )


def read_items(printed: Printed, after_lists: int) -> tuple[list[AgendaItem], list[Item]]:
    """The agenda as printed, and the matters found in the body with their bounds."""
    flat = printed.flat
    objects = list(_OBJECT.finditer(flat))
    entries = _numbered(printed)
    agenda, agenda_end = _agenda(printed, entries)
    if objects and (len(objects) >= 2 or not agenda) and not _is_head_object(flat, objects):
        return agenda, _bounded(printed, _object_items(printed, objects))
    items: list[Item] = []
    if agenda:
        items = _matched(printed, agenda, entries, agenda_end)
    if not items:
        start = max(after_lists, agenda_end)
        items = _best_chain(printed, [entry for entry in entries if entry.title > start])
    if not items and agenda_end and not agenda:
        items = _best_chain(printed, [entry for entry in entries if entry.title > agenda_end])
    items = _untitled_before(printed, items, max(after_lists, agenda_end)) + items
    items = _bounded(printed, items)
    if not agenda:
        agenda = [
            AgendaItem(item.number, item.subject) for item in items if item.number is not None
        ]
    return agenda, items


def _is_head_object(flat: str, objects: list[re.Match[str]]) -> bool:
    """ "Objet : réunion du conseil" at the head of a letter or of minutes is no matter."""
    first = flat[objects[0].end() : objects[0].end() + 60]
    return len(objects) == 1 and bool(
        re.match(r"(?:reunion|conseil\s+municipal|compte[- ]rendu|proces|convocation)", first)
    )


def _numbered(printed: Printed) -> list[_Entry]:
    """All lines that begin with a number and may be a title."""
    entries = [
        _Entry(int(match["number"]), "ordinal", match.start(), match.end())
        for match in islice(_ORDINAL_ACT.finditer(printed.flat), _MOST_ITEMS)
    ]
    for match in _NUMBERED.finditer(printed.flat):
        raw = printed.text[match.start("number") : match.end("number")]
        roman = not raw.isdecimal()
        number = read_roman(match["number"]) if roman else int(raw)
        if not number or number > _MOST_ITEMS or (roman and not raw.isupper()):
            continue
        mark = match["mark"].replace(" ", "")[:1]
        if _is_title(printed, match, mark):
            style = f"{match['word'] or ''}{'roman' if roman else ''}{mark}"
            entries.append(_Entry(number, style, match.start(), match.end()))
        if len(entries) >= _MOST_ENTRIES:
            break
    return sorted(entries, key=lambda entry: entry.start)


def _is_title(printed: Printed, match: re.Match[str], mark: str) -> bool:
    """Not an amount ("12.000 €"), a date, an hour, nor a count ("2 personnes")."""
    title, flat = match.end(), printed.flat
    if _NOT_A_TITLE.match(flat[title : title + 30]):
        return False
    if mark in (".", "/") and flat[match.end("mark") : match.end("mark") + 1].isdecimal():
        return False
    if flat[title : title + 1].isdecimal():  # "11 - 1, boulevard…": a title, unlike "11.1"
        return bool(match["gap"]) or bool(_NUMBER_THEN_NAME.match(printed.text, title))
    return bool(mark or match["word"] or printed.text[title].isupper() or "\n" in match["gap"])


def _agenda(printed: Printed, entries: list[_Entry]) -> tuple[list[AgendaItem], int]:
    """Entries under "Ordre du jour"; none when what follows is the body itself."""
    for heading in _AGENDA.finditer(printed.flat):
        following = [entry for entry in entries if entry.title >= heading.end()]
        chain = _first_run(following, heading.end())
        if chain:
            texts = [
                _title(printed, entry.title, chain[i + 1].start if i + 1 < len(chain) else None)
                for i, entry in enumerate(chain)
            ]
            end = chain[-1].title + len(texts[-1]) + 1
            if _is_body(printed, chain, texts):
                return [], heading.end()
            return [AgendaItem(e.number, t) for e, t in zip(chain, texts, strict=True)], end
        bullets, end = _bulleted(printed, heading.end())
        if bullets:
            return bullets, end
    return [], 0


def _first_run(entries: list[_Entry], start: int) -> list[_Entry]:
    run: list[_Entry] = []
    for entry in entries:
        if run and entry.start <= run[-1].title:
            continue  # the title itself begins with a number
        if not run:
            if entry.start - start > 400:
                return []
            if entry.number == 1:
                run.append(entry)
            continue
        if entry.start - run[-1].start > 900 or (entry.number == 1 and entry.style == run[0].style):
            break
        if entry.number == run[-1].number + 1 and _same_family(entry.style, run[0].style):
            run.append(entry)
    return run


def _same_family(one: str, other: str) -> bool:
    return ("roman" in one) == ("roman" in other)


def _is_body(printed: Printed, chain: list[_Entry], titles: list[str]) -> bool:
    """True when text and votes stand between the entries."""
    wordy = 0
    for i in range(len(chain) - 1):
        between = chain[i + 1].start - (chain[i].title + len(titles[i]))
        wordy += between > 150
        if find_votes(printed.flat, chain[i].title + len(titles[i]), chain[i + 1].start):
            return True
    return len(chain) > 1 and wordy * 3 >= len(chain)


def _bulleted(printed: Printed, start: int) -> tuple[list[AgendaItem], int]:
    items: list[AgendaItem] = []
    place = start
    while len(items) < 100:
        match = _BULLET.search(printed.flat, place, min(len(printed.flat), place + 250))
        if not match or printed.flat[place : match.start()].strip():
            break
        following = _BULLET.search(printed.flat, match.end())
        title = _title(printed, match.end(), following.start() if following else None)
        if not title:
            break
        items.append(AgendaItem(None, title))
        place = match.end() + len(title)
        place = _line_end(printed.flat, place)
    return items, place


def _line_end(flat: str, place: int) -> int:
    end = flat.find("\n", place)
    return len(flat) if end < 0 else end


def as_title(text: str) -> str:
    """A subject without the full stop that closes its line; "S.A." and "etc." keep theirs."""
    return text if _KEEPS_ITS_STOP.search(text) else text.removesuffix(".").rstrip()


def _title(printed: Printed, start: int, before: int | None) -> str:
    """A title from `start`: its line, and the lines that plainly go on with it."""
    end = min(len(printed.text), start + _LONGEST_TITLE, before if before is not None else 10**9)
    blank = re.compile(r"\n[ \t]*\n").search(printed.text, start, end)
    if blank:
        end = blank.start()
    lines = printed.text[start:end].split("\n")
    kept = [lines[0]]
    for line in lines[1:]:
        wraps = before is not None and len(kept[-1].strip()) >= 60 > len(line.strip())
        if not (_goes_on(kept[-1], line) or wraps):
            break
        kept.append(line)
    return " ".join(" ".join(kept).split())


def _goes_on(line: str, following: str) -> bool:
    stripped = following.strip()
    if not stripped or (
        line.rstrip().endswith((".", ":", ";", "!", "?")) and not line.rstrip().endswith("...")
    ):
        return False
    if stripped[0].islower() or line.rstrip().endswith(("-", ",", "–", "'", "’", "/")):
        return True
    return bool(
        re.search(
            r"\b(?:de|du|des|la|le|les|et|à|au|aux|en|par|pour|sur|d|l|avec)$", line.rstrip(), re.I
        )
    )


def _matched(
    printed: Printed, agenda: list[AgendaItem], entries: list[_Entry], start: int
) -> list[Item]:
    """Find each line of the agenda again, in order, in the body."""
    found: list[Item] = []
    place = start
    body = [entry for entry in entries if entry.title > start]
    lines = None
    for line in agenda:
        item = next(
            (
                found_item
                for entry in body
                if entry.start >= place
                and entry.number == line.number
                and (found_item := _item_like(printed, entry, line))
            ),
            None,
        )
        if item is None and len(fold(line.subject)) >= 12:
            lines = lines if lines is not None else _line_starts(printed.flat, start)
            item = _by_words(printed, line, [at for at in lines if at >= place])
        if item:
            found.append(item)
            place = item.body
    if len(found) * 2 < len(agenda):
        return []
    return found + _continued(printed, body, found)


def _item_like(printed: Printed, entry: _Entry, line: AgendaItem) -> Item | None:
    wanted = fold(line.subject)
    longest = min(len(printed.text), entry.title + len(line.subject) + 120)
    ends = [m.start() for m in re.compile(r"\n").finditer(printed.text, entry.title, longest)][
        :4
    ] or [longest]
    score, end = 0.0, ends[0]
    for line_end in ends:
        title = fold(printed.text[entry.title : line_end])
        better = SequenceMatcher(None, wanted, title, autojunk=False).ratio()
        if not wanted.startswith(title) and better < score + 0.1:
            break
        score, end = better, line_end
        if wanted == title:
            break
    first = fold(printed.text[entry.title : ends[0]])
    starts_alike = len(first) >= 4 and (wanted.startswith(first) or first.startswith(wanted))
    if starts_alike and not wanted.startswith(fold(printed.text[entry.title : end])):
        end = ends[0]
    if score < 0.62 and not starts_alike:
        return None
    return Item(line.number, printed.cut(entry.title, end).rstrip(" :-"), entry.start, end, end)


def _line_starts(flat: str, start: int) -> list[int]:
    return [
        match.end() for match in re.compile(r"(?:^|\n)[ \t]*(?:[-•*]\s*)?").finditer(flat, start)
    ]


def _by_words(printed: Printed, line: AgendaItem, starts: list[int]) -> Item | None:
    wanted = fold(line.subject)
    head = wanted[:24]
    for at in starts:
        if fold(printed.text[at : at + 40])[: len(head)] == head:
            entry = _Entry(line.number or 0, "", at, at)
            if item := _item_like(printed, entry, line):
                return item
    return None


def _continued(printed: Printed, body: list[_Entry], found: list[Item]) -> list[Item]:
    """Matters added in the sitting: the numbering goes on after the last line of the agenda."""
    last = found[-1]
    if last.number is None:
        return []
    style = next((entry.style for entry in body if entry.start == last.start), None)
    more: list[Item] = []
    number = last.number
    for entry in body:
        if entry.start > last.start and entry.number == number + 1 and entry.style == style:
            more.append(_entry_item(printed, entry))
            number += 1
    return more


def _entry_item(printed: Printed, entry: _Entry) -> Item:
    subject = _title(printed, entry.title, None)
    body = _after_words(printed, entry.title, subject)
    return Item(entry.number, subject.rstrip(" :-"), entry.start, body, body)


def _object_items(printed: Printed, objects: list[re.Match[str]]) -> list[Item]:
    items: list[Item] = []
    floor = 0
    for match in objects:
        title = _title(printed, match.end(), None)
        number = _number_between(printed.flat, floor, match.start())
        body = _after_words(printed, match.end(), title)
        items.append(Item(number, title.rstrip(), match.start(), body, body))
        floor = body
    return items


def _after_words(printed: Printed, start: int, title: str) -> int:
    """Place in the text after the words of `title`, whatever the spaces between them."""
    place = start
    for word in title.split():
        found = printed.text.find(word, place, place + len(word) + 40)
        if found < 0:
            break
        place = found + len(word)
    return place


def _number_between(flat: str, start: int, end: int) -> int | None:
    """ "Délibération n° 3" printed above; a composite number tells no place in the sitting."""
    numbers = list(_ACT_NUMBER.finditer(flat, start, end))
    if numbers and numbers[-1]["number"].isdecimal() and len(numbers[-1]["number"]) <= 3:
        return int(numbers[-1]["number"])
    return None


def _best_chain(printed: Printed, entries: list[_Entry]) -> list[Item]:
    """The numbering that best divides the body: the one with most votes between its numbers."""
    best: tuple[int, list[_Entry]] = (0, [])
    for style in dict.fromkeys(entry.style for entry in entries):
        chain: list[_Entry] = []
        for entry in entries:
            if entry.style != style:
                continue
            if (not chain and entry.number <= 2) or (
                chain and entry.number == chain[-1].number + 1
            ):
                chain.append(entry)
            if len(chain) >= _MOST_ITEMS:
                break
        if not chain:
            continue
        voted = 0
        for i, entry in enumerate(chain):
            end = chain[i + 1].start if i + 1 < len(chain) else len(printed.flat)
            voted += bool(find_votes(printed.flat, entry.title, min(end, entry.title + 60_000)))
        if voted and voted * 4 >= len(chain) and (voted, len(chain)) > (best[0], len(best[1])):
            best = (voted, chain)
    return [_entry_item(printed, entry) for entry in best[1]]


_COLON_TITLE = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:[-•*]\s*)?(?P<title>[A-ZÀ-Ý][^\n:]{8,150}?)\s*:[ \t]*(?=\n)"
)
_CAPITAL_TITLE = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:[-•*]\s*)?(?P<title>[A-ZÀ-Ý0-9][^\na-zà-ÿ]{9,150})[ \t]*(?=\n)"
)
_NO_MATTER = re.compile(
    r"present|absent|excuse|pouvoir|procuration|secretaire|quorum|ordre du jour|decide|propose\b"
    r"|vote\b|resultat|convocation|conseil municipal\b.{0,12}$"
    r"|considerant|^vu\b|article|unanimit|adopte|seance du|debut|ouverture de|suivant|ci-dessous"
    r"|ci-apres|expose|delibere|republique|departement|extrait|^(?!appro|adopt).*(?:proces"
    r"|compte[- ]rendu)"
)


def _untitled_before(printed: Printed, items: list[Item], start: int) -> list[Item]:
    """Matters without a number, printed before the numbered ones or instead of them."""
    end = items[0].start if items else len(printed.text)
    titles: list[re.Match[str]] = list(_COLON_TITLE.finditer(printed.text, start, end))
    if not items and len(titles) < 2:
        titles = sorted(
            [*titles, *_CAPITAL_TITLE.finditer(printed.text, start, end)], key=lambda m: m.start()
        )
    titles = [
        m
        for m in titles[:_MOST_ITEMS]
        if not _NO_MATTER.search(printed.flat[m.start("title") : m.end("title")])
    ]
    found: list[Item] = []
    for i, match in enumerate(titles):
        limit = titles[i + 1].start() if i + 1 < len(titles) else end
        if find_votes(printed.flat, match.end(), limit):
            subject = printed.cut(match.start("title"), match.end("title"))
            found.append(Item(None, subject, match.start(), match.end(), limit))
    return found


def _bounded(printed: Printed, items: list[Item]) -> list[Item]:
    """Each matter ends where the next one begins."""
    items = sorted(items, key=lambda item: item.start)
    ends = [item.start for item in items[1:]] + [len(printed.text)] * bool(items)
    return [
        Item(item.number, item.subject, item.start, min(item.body, end), end)
        for item, end in zip(items, ends, strict=True)
    ]


def subitems(printed: Printed, item: Item) -> list[Item]:
    """Matters numbered 6.1, 6.2… inside one, for the "questions diverses"."""
    starts = list(_SUBNUMBERED.finditer(printed.flat, item.body, item.end))[:_MOST_ITEMS]
    found: list[Item] = []
    for i, match in enumerate(starts):
        end = starts[i + 1].start() if i + 1 < len(starts) else item.end
        title = _title(printed, match.end(), None)
        body = min(end, _after_words(printed, match.end(), title))
        found.append(Item(None, title, match.start(), body, end))
    return found

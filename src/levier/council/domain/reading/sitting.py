"""The sitting: when, where, called when, chaired by whom, with which secretary and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from levier.council.domain.reading.moments import (
    PrintedDate,
    date_at,
    find_dates,
    find_hour,
    first_date,
)
from levier.council.domain.reading.names import CIVILITY, SINGLE_CIVILITY, Name, leading_name
from levier.council.domain.reading.numbers import NUMBER, NUMBER_IN_WORDS, read_number
from levier.council.domain.reading.printed import Printed

_YEAR_FIRST = re.compile(
    rf"\bl[' ]?\s?an\s+(?P<year>\d{{4}}|{NUMBER_IN_WORDS})\s*(?:,|;|-|et)?\s*(?:et\s+)?(?:le\s+"
    r"|ce\s+)?"
)
_SITTING_DATE = re.compile(
    r"(?:seance|reunion|session|conseil\s+(?:municipal|communautaire|metropolitain|d'agglomeration)"
    r"|conseil\s+de\s+(?:la\s+)?communaute(?:\s+d'agglomeration|\s+de\s+communes)?|assemblee)"
    r"(?:\s+(?:ordinaire|extraordinaire|publique|du\s+conseil(?:\s+(?:municipal|communautaire))?"
    r"|municipale?|n°\s?\d+))*"
    r"(?:\s+(?:de|d')\s*[a-z' -]{2,40}?)?\s*(?:[-:•|]\s*)?\s*(?:en\s+date\s+)?(?:du\s+|le\s+"
    r"|de\s+)?\s*$"
)
_MET_ON = re.compile(
    r"(?:s'|s )?(?:est|etant|sont|etaient)?\s*(?:legalement\s+)?(?:reunis?e?"
    r"|assembles?e?)\b[^.]{0,160}?\b(?:le|du)\s+$"
)
_NOT_THIS_SITTING = re.compile(
    r"(?:approbation|adoption|approuv\w*|dernier\w*|precedent\w*"
    r"|compte[- ]rendu\s+de\s+la\s+seance\s+precedente"
    r"|convo\w+|vu\s+la|deliberation|depuis|prochain\w*|anterieur\w*|lors\s+d\w*)\b[^.\n]{0,90}$"
)
_CONVOCATION = re.compile(
    r"\b(?:date\s+(?:d'envoi\s+)?(?:de\s+(?:la\s+)?|des\s+)?convocations?|convocations?"
    r"|convoques?\b|convoquee?s?\b|lettre\s+de\s+convocation)"
)
_STRICT_CONVOCATION = re.compile(
    r"date\s+(?:d'envoi\s+)?(?:de|des)|en\s+date|convocations?\s*(?:du|le|:|en)"
)
_CONVOCATION_END = re.compile(
    r"\.\s|\n\s*\n|s'est\s+reuni|s est reuni|a\s+se\s+reunir|seance\s+(?:qui|du)"
    r"|sous\s+la\s+presidence|affichage|afficheee?s?\s+le|en\s+exercice|pour\s+(?:la"
    r"|une)\s+(?:seance|reunion)"
)
_POSTED = re.compile(r"\baffich\w+")
_OPENED = re.compile(
    r"(?:(?:ouvre|ouverte|ouvert|ouverture\s+de|declare\s+ouverte"
    r"|debut\s+de)\s*(?:la\s+)?(?:seance|reunion)?\s*(?:est\s+)?(?:ouverte\s*)?"
    r"|seance\s+(?:est\s+)?ouverte)\s*(?:a|:|vers)?\s*$"
)
_PLACE = re.compile(
    r"(?:\breunis?e?s?|\bassembles?e?s?|\btenue?|\bsiege\w*)\b[^.;]{0,120}?[\s,]"
    r"(?P<place>(?:a\s+(?:la|l')\s*|au\s+|aux\s+|en\s+(?=mairie)|dans\s+|(?=salle\b)"
    r"|sur\s+le\s+site\s+)[^.;\n,]*?(?:\n[^.;\n,]*?)?)"
    r"(?=\s*(?:,|;|\.|\n\s*\n|\n\s*l'an\b|sous\s+la|sur\s+(?:la\s+)?convocation|en\s+suite"
    r"|a\s+la\s+suite|apres|legalement|regulierement|dument|en\s+seance|en\s+session"
    r"|au\s+nombre|$))"
)
_PLACE_LINE = re.compile(
    r"(?:^|\n)[ \t]*(?:[-•+*]\s*)?(?:lieu\s*(?:de\s+(?:la\s+)?(?:seance"
    r"|reunion)\s*)?:\s*(?P<at>[^\n]{4,100})"
    r"|(?P<room>salle\s+[^\n.]{4,80}))"
)
_NOT_A_PLACE = re.compile(
    r"nombre\s+(?:prescrit|legal)|suite|seance|session|convo|ordre|nombre|nom\b|fin|demande"
    r"|heures|effet|jour|delib|moins|presidence|vertu|conform|code|membres|date"
    r"|conseil\s+municipal"
)
_PRESIDENT = re.compile(
    r"\b(?:sous\s+la\s+presidence\s+(?:de\s+|d'|du\s+)?|presidee?\s+par\s+"
    r"|president(?:e)?(?:\s+de\s+(?:la\s+)?seance)?\s*:\s*"
    r"|(?:^|(?<=\n))[ \t]*presidence(?:\s+de\s+(?:la\s+)?seance)?\s*:\s*)"
)
_TITLE = re.compile(rf"(?<![a-z']){SINGLE_CIVILITY.pattern}")
_OPENS = re.compile(
    r",?\s*(?:le|la)?\s*(?:maire|presidente?)\s*,?\s*(?:ouvre|declare\s+ouverte?|procede\s+a"
    r"\s+l'ouverture)\b"
)
_TITLE_BEFORE_NAME = re.compile(
    r"(?:(?:monsieur|madame|m\.?|mme\.?)\s+)?(?:(?:le|la|son|du)\s+)?(?:maire|presidente?"
    r"|vice-presidente?)\b(?:\s+(?:de|d'|du)\s*[\w'-]+)?\s*[,:-]?\s*(?=(?:m\.|mme|monsieur"
    r"|madame|[a-z]))"
)
_OFFICE_FUNCTION = (
    r"(?:secretaires?(?:\s+de\s+(?:la\s+)?seance)?"
    r"|secretariat(?:\s+de\s+(?:la\s+)?seance)?)(?![a-z])"
)
_NAMED = (
    r"(?:(?:est|a\s+ete|ont\s+ete|sont|fut|ayant\s+ete|etant|s'est\s+(?:vu|propose)|accepte)\s+)?"
    r"(?:(?:ete|d'etre|a\s+l'unanimite)\s*,?\s+)?(?:designee?s?|elue?s?|nommee?s?|choisie?s?"
    r"|proclamee?|appelee?|proposee?)"
)
_SECRETARY_AFTER = re.compile(
    rf"{_NAMED}[^.;\n]{{0,60}}?\s+(?:(?:comme|en\s+qualite\s+de|en\s+tant\s+que"
    r"|aux\s+fonctions\s+de|a\s+la\s+fonction\s+de|pour\s+(?:etre"
    r"|remplir\s+les\s+fonctions\s+de)|au\s+poste\s+de|pour|la|le"
    rf"|du)\s+)?(?:la\s+fonction\s+de\s+|les\s+fonctions\s+de\s+)?{_OFFICE_FUNCTION}"
    r"|(?:assure|assurera|remplit|remplissait|exerce|a\s+assure|occupe)\s+(?:le\s+"
    rf"|les\s+fonctions\s+de\s+|la\s+fonction\s+de\s+|la\s+charge\s+de\s+)?{_OFFICE_FUNCTION}"
    rf"|{_NAMED}\s+pour\s+(?:remplir|assurer|exercer)\s+(?:ces|cette|les)\s+fonctions?"
    rf"|,?\s+(?:est\s+)?secretaire\s+de\s+seance"
)
_SECRETARY_BEFORE = re.compile(
    rf"{_OFFICE_FUNCTION}\s*(?:\(s\)|s)?\s*(?::|=|-"
    rf"|\.\s*:)?\s*(?:{_NAMED}\s*:?\s*)?(?:a\s+l'unanimite\s*)?"
    rf"|(?:{_NAMED}|designe|nomme|elit|choisit|a\s+(?:designe|nomme|elu|choisi))\s+(?:comme\s+"
    rf"|en\s+qualite\s+de\s+|pour\s+)?(?:la\s+|le\s+)?{_OFFICE_FUNCTION}\s*:?\s*"
    rf"|secretariat\s+(?:de\s+(?:la\s+)?seance\s+)?(?:a\s+ete\s+|est\s+)?assure\s+par\s+"
)
_ELECTED_TO_DUTIES = re.compile(
    r"(?:election|nomination|designation)\s+d'un[e]?\s+secretaire[^.]{0,120}\.\s*"
)
_COUNT = rf"(?P<n>{NUMBER})\b(?!\s*(?:[/-]\s*\d|h\b|heures|[.)]\s))"
_WHO = r"(?:membres|conseillers?|delegues|elus)(?:\s+(?:municipaux|communautaires|titulaires))?"
_NOT_IN_OFFICE = r"(?<!exercice )(?<!exercice: )(?<!exercice : )"  # "en exercice 31 présents 25"
_IN_OFFICE = (
    re.compile(
        rf"en\s+exercice[ \t]*(?:(?:[:=…]|\.{(2,)})\s*|est\s+de\s+|\([ \t]*)?[ \t]*{_COUNT}"
        r"(?!\s*(?:presents|votants))"
    ),
    re.compile(rf"(?<!\d)(?P<n>{NUMBER})[ \t]+{_WHO}\s+(?:\w+\s+)?en\s+exercice"),
    re.compile(rf"en\s+exercice[ \t]*[:=]?[ \t]*{_COUNT}"),
    re.compile(
        r"(?:nombre\s+de\s+(?:conseillers|membres|delegues|sieges)|composant\s+le\s+conseil"
        rf"|effectif\s+legal)[^.:\d\n]{{0,50}}:\s*(?P<n>{NUMBER})\b"
    ),
)
_BRACKETED = rf"[ \t]*\([ \t]*(?P<n>{NUMBER})[ \t]*\)"  # "Présents (22) :"
_PRESENT_COUNT = (
    re.compile(rf"\bpresents?{_BRACKETED}"),
    re.compile(
        rf"{_NOT_IN_OFFICE}(?<![\dh] )(?<!\d)(?P<n>{NUMBER})[ \t]+(?:{_WHO}\s+)?"
        r"(?:etaient\s+|sont\s+)?presents?\b(?![ \t]*:)"
    ),
    re.compile(
        r"\bpresents?(?:\s?\(e?s\)|\(e\)s)?[ \t]*(?:a\s+la\s+seance[ \t]*)?[:=…]?[ \t]*\(?"
        rf"[ \t]*{_COUNT}"
    ),
)
_REPRESENTED_COUNT = (
    re.compile(rf"\b(?:procurations?|pouvoirs?|representee?s?){_BRACKETED}"),
    re.compile(rf"(?<!\d)(?P<n>{NUMBER})[ \t]+(?:procurations?|pouvoirs?|mandats?)\b(?![ \t]*:)"),
    re.compile(rf"presents?[^.\n]{{0,40}}?\b(?P<n>{NUMBER})\s+representes?\b"),
    re.compile(
        r"\b(?:procurations?|pouvoirs?|representee?s?|ayant\s+donne\s+(?:pouvoir|procuration)"
        rf"|mandats?)[ \t]*[:=.…][ \t]*{_COUNT}"
    ),
)
_HEAD = 12_000
_LARGEST_COUNCIL = 250
_COUNTS_AFTER_LISTS = 400


@dataclass(slots=True)
class SittingFacts:
    """What the head of the act says of the sitting, attendance set aside."""

    day: date | None = None
    opens_at: time | None = None
    place: str | None = None
    convocation_date: date | None = None
    convocation_posted: bool | None = None
    president: str | None = None
    secretary: str | None = None
    in_office: int | None = None
    present_count: int | None = None
    represented_count: int | None = None
    unread: list[str] = field(default_factory=list)


def read_sitting(printed: Printed, head_end: int) -> SittingFacts:
    """Read the facts of the sitting; `head_end` is where its business begins."""
    facts = SittingFacts()
    head = min(len(printed.flat), max(head_end, 1_500), _HEAD)
    printed_day = _sitting_day(printed, head, facts)
    _read_hour(printed, head, printed_day, facts)
    _read_convocation(printed, head, facts)
    facts.president = read_president(printed)
    facts.secretary = _secretary(printed, min(len(printed.flat), head + 2_000))
    facts.place = _place(printed, head)
    counted = head + _COUNTS_AFTER_LISTS
    facts.in_office = _count(printed.flat, _IN_OFFICE, counted)
    facts.present_count = _count(printed.flat, _PRESENT_COUNT, counted)
    facts.represented_count = _count(printed.flat, _REPRESENTED_COUNT, counted)
    return facts


def _sitting_day(printed: Printed, head: int, facts: SittingFacts) -> PrintedDate | None:
    flat = printed.flat
    for match in _YEAR_FIRST.finditer(flat, 0, head):
        year = read_number(match["year"])
        found = first_date(flat, match.end(), match.end() + 60)
        if not found or year is None:
            continue
        day = found.in_year(found.year or year)
        if day is None:
            facts.unread.append(printed.cut(match.start(), found.end))
            continue
        facts.day = day
        return PrintedDate(match.start(), found.end, day.day, day.month, day.year)
    for found in _dates_with_role(flat, head):
        if found.value:
            facts.day = found.value
            return found
        if found.year is not None:
            facts.unread.append(printed.cut(max(0, found.start - 30), found.end))
    for running in printed.running_heads:
        day = next((d.value for d in find_dates(running.lower()) if d.value), None)
        if day and facts.day is None:
            facts.day = day
    return None


def _dates_with_role(flat: str, head: int) -> Iterator[PrintedDate]:
    """Dates that a formula ties to this sitting; then the first date of a title."""
    dates = list(find_dates(flat, 0, head))
    for found in dates:
        before = flat[max(0, found.start - 200) : found.start]
        line = before[before.rfind("\n") + 1 :]
        if _NOT_THIS_SITTING.search(before[-120:]):
            continue
        if _SITTING_DATE.search(before) or _MET_ON.search(before) or not line.strip(" +•-*|"):
            yield found


def _read_hour(printed: Printed, head: int, day: PrintedDate | None, facts: SittingFacts) -> None:
    flat = printed.flat
    for match in re.finditer(r"ouv(?:re|erte|ert|erture)|debut\s+de", flat[: head + 1_500]):
        found = find_hour(flat, match.start(), match.start() + 90)
        if found is None or re.search(r"[,;(]|\.\s", flat[match.start() : found[1]]):
            continue
        if re.search(r"seance|reunion|conseil", flat[max(0, match.start() - 40) : found[1]]):
            facts.opens_at = found[0]
            return
    starts = [day.end] if day else []
    starts += [d.end for d in find_dates(flat, 0, head) if facts.day and d.value == facts.day]
    for start in starts:
        found = find_hour(flat, start, start + 60)
        if found and not re.search(r"\.\s|\n\s*\n", flat[start : found[1]]):
            facts.opens_at = found[0]
            return


def _read_convocation(printed: Printed, head: int, facts: SittingFacts) -> None:
    flat = printed.flat
    for match in _CONVOCATION.finditer(flat, 0, head):
        limit = match.end() + 160
        stop = _CONVOCATION_END.search(flat, match.end(), limit)
        window_end = stop.start() if stop else limit
        group = _dates_together(flat, match.end(), window_end)
        days = [day for found in group if (day := _with_year(found, group, facts.day))]
        if group and not days and group[0].year is not None:
            facts.unread.append(printed.cut(match.start(), group[-1].end))
        strict = _STRICT_CONVOCATION.search(flat[match.start() : match.end() + 12])
        usable = [
            d for d in days if facts.day is None or d < facts.day or (strict and d == facts.day)
        ]
        if usable and facts.convocation_date is None:
            facts.convocation_date = max(usable)
        posted = _POSTED.search(flat, match.start(), min(len(flat), match.end() + 330))
        if posted and not re.search(r"\n\s*\n", flat[match.end() : posted.start()]):
            on = first_date(flat, posted.end(), posted.end() + 30)
            if not (on and on.value and facts.day and on.value > facts.day):
                facts.convocation_posted = True
    for match in re.finditer(
        r"date\s+d['e ]\s?\s*affichage\s*(?:de\s+la\s+convocation\s*)?:?\s*", flat[:head]
    ):
        on = first_date(flat, match.end(), match.end() + 25)
        if on and on.value and facts.day and on.value <= facts.day:
            facts.convocation_posted = True


def _dates_together(flat: str, start: int, end: int) -> list[PrintedDate]:
    """The first dates of a window, as long as only "et", "puis" or a comma divides them."""
    group: list[PrintedDate] = []
    place = start
    while place < end:
        found = first_date(flat, place, end)
        if found is None or (
            group
            and flat[place : found.start].strip(" ,\n") not in ("et", "", "puis", "et du", "et le")
        ):
            break
        group.append(found)
        place = found.end
    return group


def _with_year(found: PrintedDate, group: list[PrintedDate], day: date | None) -> date | None:
    """A date without a year takes that of the next one in its list, or of the sitting."""
    if found.year is not None:
        return found.value
    later = next((other.year for other in group[group.index(found) :] if other.year), None)
    year = later or (day.year if day else None)
    value = found.in_year(year)
    if value and day and not later and value > day:
        value = found.in_year(day.year - 1)
    return value


def read_president(printed: Printed) -> str | None:
    """The person under whose presidency the act says that the council sat."""
    for match in _PRESIDENT.finditer(printed.flat, 0, _HEAD):
        name = _name_at(printed, match.end())
        if name:
            return name.text
    return _who_opens(printed)


def _who_opens(printed: Printed) -> str | None:
    """ "M. Paul MARCHAND, Maire, ouvre la séance" names who presides."""
    for match in _OPENS.finditer(printed.flat, 0, _HEAD):
        begin = max(0, match.start() - 60)
        titles = list(_TITLE.finditer(printed.flat, begin, match.start()))
        if not titles:
            continue
        name, tail = leading_name(printed.text[titles[-1].start() : match.start()])
        if name and name.form == "full" and not tail.strip(" ,\n"):
            return name.text
    return None


def _name_at(printed: Printed, start: int) -> Name | None:
    """The name printed at a place, a title before it set aside."""
    flat = printed.flat
    title = _TITLE_BEFORE_NAME.match(flat, start)
    if title:
        start = title.end()
    name = leading_name(_name_window(printed.text, start))[0]
    civil = re.compile(CIVILITY).match(flat, start)
    return name if name and (name.form != "given" or civil or len(name.text) > 2) else None


def _name_window(text: str, start: int) -> str:
    window = text[start : start + 90]
    for stop in ("\n\n", ";", "(", " - ", ","):
        window = window.split(stop)[0]
    lines = window.split("\n")
    if len(lines) > 1:
        first = leading_name(lines[0])[0]
        if first and first.form == "full":
            joined = leading_name(" ".join(lines[:2]))[0]
            after = re.match(r"\s*[A-ZÀ-Ý'’-]{2,}\b", lines[1])
            if not (
                joined and after and not first.surname_first and lines[1].strip().isupper() is False
            ):
                return lines[0]
        elif first and lines[0].rstrip().endswith("."):
            return lines[0]
    return window.replace("\n", " ")


def _secretary(printed: Printed, head: int) -> str | None:
    flat = printed.flat
    duties = _ELECTED_TO_DUTIES.search(flat, 0, head)
    if duties and (name := _name_at(printed, duties.end())) and name.form != "given":
        return name.text
    for match in _SECRETARY_BEFORE.finditer(flat, 0, head):
        if re.match(r"\s*(?:de\s+mairie|general)", flat[match.end() : match.end() + 14]):
            continue
        name = _name_at(printed, match.end())
        if name and (
            ":" in match[0] or name.form == "full" or re.match(CIVILITY, flat[match.end() :])
        ):
            return name.text
    for match in _SECRETARY_AFTER.finditer(flat, 0, head):
        name = _name_before(printed, match.start())
        if name:
            return name.text
    return None


def _name_before(printed: Printed, end: int) -> Name | None:
    """The person who is the subject of the sentence that goes on at `end`."""
    start = max(0, end - 160)
    window = printed.flat[start:end]
    cut = max(
        window.rfind("\n\n"),
        window.rfind(". ") if not re.search(r"\bm\. \S+(?: \S+){0,4}$", window) else -1,
    )
    civilities = list(
        re.finditer(
            r"(?<![a-z])(?:monsieur|madame|mademoiselle|mme|mlle|mr|m)\b\.?\s+(?!l[ea]\s)", window
        )
    )
    for match in reversed(civilities):
        if match.start() < cut:
            break
        name, _ = leading_name(printed.text[start + match.start() : end])
        if name:
            return name
    tail = printed.text[start + max(cut, 0) : end]
    line = tail[tail.rfind("\n") + 1 :] or tail
    name, rest = leading_name(line.lstrip(" .:-"))
    return name if name and name.form in ("full", "plain") and len(rest.strip()) < 60 else None


def _place(printed: Printed, head: int) -> str | None:
    for match in _PLACE.finditer(printed.flat, 0, head):
        if _NOT_A_PLACE.search(match["place"]) and not re.match(
            r"(?:au|dans)\s+(?:le\s+|son\s+)?lieu", match["place"]
        ):
            continue
        place = printed.cut(match.start("place"), match.end("place")).strip(" ,")
        if 4 <= len(place) <= 140:
            return place
    line = _PLACE_LINE.search(printed.flat, 0, min(head, 1_200))
    if line:
        group = "at" if line["at"] else "room"
        return printed.cut(line.start(group), line.end(group)).strip(" .,")
    return None


def _count(flat: str, patterns: tuple[re.Pattern[str], ...], head: int) -> int | None:
    for pattern in patterns:
        for match in pattern.finditer(flat, 0, head):
            number = read_number(match["n"])
            if match["n"] in ("un", "une"):
                continue  # "donne un pouvoir" counts nobody
            if number is not None and number <= _LARGEST_COUNCIL:
                return number
    return None


__all__ = ["SittingFacts", "date_at", "read_sitting"]

"""The people under one heading: their names, procurations, arrivals and departures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from levier.council.domain.reading import formulas
from levier.council.domain.reading.formulas import PrintedMovement, read_movement
from levier.council.domain.reading.fragments import BLANK, HARD, PERIOD, Piece, cut_list, mend
from levier.council.domain.reading.headings import Heading, Zone
from levier.council.domain.reading.names import (
    OFFICE,
    SINGLE_CIVILITY,
    leading_name,
    read_name,
    strip_civility,
)
from levier.council.domain.reading.printed import Printed, flatten

CHAIR = "@chair"
_BRACKETS = re.compile(r"\(([^()]{0,240})\)")
_BORN = re.compile(r"^\s*(?:n[ée]e?|[ée]p(?:ouse|se)?\.?)\s", re.I)
_LABEL = re.compile(r"^\s*([^:;\n]{2,70}?)\s*:\s*(?=\S)")
_ONLY_OFFICE = re.compile(rf"^[\s,(-]*{OFFICE.pattern}[^.]*$")
_COMMENT = re.compile(
    r"^\s*(?:(?:est|sont|etait|etaient|tou(?:s|te|tes)|non|et|qui|a|ont|avec|sans|en|pour|ayant|donne|,|-|ainsi que)\s+)*"
    r"(?:absente?s?|excuse?e?s?|presente?s?|represente?e?s?|conges?|vacances|malade|maladie|retard|empeche?e?s?"
    r"|pouvoirs?|procurations?|neant|aucune?|suivante?s?|municipaux|membres?|visio\w*|distanciel|motif|raisons?|demissionnaire"
    r"|justifie?e?s?|deplacement|formation|conseillers?|x|formant.*|reserve.*|arrive?e?s?|depart)\b[^A-Z]{0,60}$"
)
_OFFICIALS = re.compile(
    r"\b(?:directeur|directrice|dgs|dga|secretaire\s+(?:generale?|de\s+mairie)|tresorier|comptable|redacteur|attache)\b"
)
_SMALL_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ'’-])[a-zà-ÿ]{2,}(?![A-Za-zÀ-ÿ'’-])")
_LIST_OF_INITIALS = re.compile(r"(?<![\w.])[A-LN-Z]\.(?:\s?-?[A-Z]\.)*\s*[A-ZÀ-Ý][A-Za-zÀ-ÿ]")
_ANOTHER_PART = re.compile(
    r"(?:^|\n|(?<=[.;:])[ ])[ \t]*(?:[-•*]\s*)?(?:"
    r"secretai?r\w+|a\s+ete\s+(?:nomme|elu|designe)|ordre\s+du\s+jour|l'ordre\s+du|date\s+d|convocation|nombre\s+d|nbre|votants?\b"
    r"|(?:le\s+)?quorum|formant\s+la|lesquels|objet\b|deliberation|vu\s|considerant|apres\s|il\s+a\s+ete|il\s+est"
    r"|assist|etaient\s+(?:egalement|aussi)|invite|rapporteur|questions?\s|points?\s|approbation|compte[- ]rendu"
    r"|proces[- ]verbal|pour\s+extrait|fait\s|republique|departement|conformement|constatant|le\s+conseil|la\s+seance"
    r"|l'an\s|l'assemblee|l'appel|le\s+(?:maire|president|proces|compte|nombre|secretaire)|conseillers?\s+en\s+exercice"
    r"|membres?\s+en\s+exercice|en\s+exercice|majorite|la\s+(?:presidente|convocation|majorite)|les\s+conditions"
    r"|\d+\s+(?:presents?|procurations?|pouvoirs?|votants?|absents?)\b|nota\b|decide|vote\b|i\s*[-–.)]"
    r"|(?:m\.?|mme\.?|monsieur|madame)\s+(?:le|la)\s+(?:maire|presidente?)\s+(?!,)[a-z]"
    r"|(?:m\.?|mme\.?|monsieur|madame)\s+[a-z' -]{2,50}?\b(?:est|a|ont|sont)\s+(?:ete\s+)?(?:designe|elu|nomme|choisi)"
    r")"
)
_LONGEST_ZONE = 25_000


@dataclass(slots=True)
class Person:
    """One person of a list, with what is printed beside the name."""

    name: str
    form: str
    holder: str | None = None
    gave_to_unknown: bool = False
    gives_from: str | None = None
    mark: str | None = None
    movement: PrintedMovement | None = None
    absent: bool = False


@dataclass(slots=True)
class Roster:
    """The people under a heading, and the passages that could not be understood."""

    zone: Zone
    people: list[Person] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    end: int = 0


def zone_end(printed: Printed, heading: Heading, limit: int) -> int:
    """Where the list under a heading stops at the latest."""
    end = min(limit, heading.end + _LONGEST_ZONE)
    match = _ANOTHER_PART.search(printed.flat, heading.end, end)
    while (
        match
        and not printed.flat[heading.end : match.start()].strip()
        and match.start() == heading.end
    ):
        if not re.match(r"\s*(?:m\.?|mme\.?|monsieur|madame)\s+l[ea]\s", match[0]):
            break
        match = _ANOTHER_PART.search(printed.flat, match.end(), end)
    return match.start() if match else end


def read_roster(printed: Printed, heading: Heading, end: int) -> Roster:
    """Understand the list that stands between a heading and `end`."""
    pieces = cut_list(printed.text, printed.flat, heading.end, end)
    if len(pieces) > 1:
        pieces = mend(pieces, formulas.GIVES)
    initials = len(_LIST_OF_INITIALS.findall(printed.text, heading.end, end)) >= 2
    return _Reader(heading, pieces, initials, end).read()


class _Reader:
    def __init__(self, heading: Heading, pieces: list[Piece], initials: bool, end: int) -> None:
        self._heading = heading
        self._pieces = pieces
        self._keep_initials = initials
        self._roster = Roster(heading.zone, end=end)
        self._people = self._roster.people
        self._link_of_last = False
        named = [name for piece in pieces if (name := read_name(_bare(piece.text)))]
        self._mostly_full = sum(name.form in ("full", "plain") for name in named) * 2 >= len(named)
        civil = sum(bool(SINGLE_CIVILITY.match(piece.flat.strip(" -•"))) for piece in pieces)
        self._with_civilities = civil >= 3 and civil * 2 >= len(named)

    def read(self) -> Roster:
        for index, piece in enumerate(self._pieces):
            if not self._take(piece, index):
                self._roster.end = piece.start
                break
        return self._roster

    def _take(self, piece: Piece, index: int) -> bool:
        """Understand one piece; False when it belongs to another part of the act."""
        text = piece.text.strip().strip("•*+").strip(" -–—\n")
        if not any(char.isalpha() for char in text):
            return True
        text, comments = self._open_brackets(text)
        text = self._without_label(text)
        flat = flatten(text)
        if formulas.NO_POWER.search(flat):
            text = text[: formulas.NO_POWER.search(flat).start()]  # type: ignore[union-attr]
            flat = flatten(text)
        before = len(self._people)
        understood = self._formula(text, flat, piece) or self._plain(text, flat, piece, index)
        if understood is None:
            return False
        if comments and (len(self._people) > before or (before and not text.strip(" .,;:-"))):
            self._comment(self._people[-1], comments)
        return True

    def _open_brackets(self, text: str) -> tuple[str, list[str]]:
        comments: list[str] = []

        def set_aside(match: re.Match[str]) -> str:
            if _BORN.match(match[1]):
                return match[0]
            if re.fullmatch(r"e?s?|es|ee", match[1]):
                return match[0]
            comments.append(match[0])
            return " "

        text = _BRACKETS.sub(set_aside, text)
        stars = formulas.MARK.search(text.rstrip())
        if stars and stars["bare"]:
            comments.append(stars["bare"])
            text = text[: stars.start()]
        return text, comments

    def _without_label(self, text: str) -> str:
        """ "Adjoints : A, B", "HARNES : M. A": what stands before the colon is no person."""
        label = _LABEL.match(text)
        if not label:
            return text
        flat = flatten(label[1])
        rest = text[label.end() :]
        if formulas.GIVES.search(flatten(text)) and not OFFICE.match(flat):
            giver = formulas.GIVES.search(flatten(text))
            if giver and giver.start() <= label.end() + 2:
                return text
        stripped, stripped_flat, civil = strip_civility(label[1], flat)
        if not stripped.strip() or OFFICE.match(stripped_flat) or not read_name(label[1]):
            return rest
        if self._heading.zone is Zone.PROXY and not civil and leading_name(rest)[0] is None:
            return text
        following = leading_name(rest)[0]
        if self._heading.zone is Zone.PROXY and following and following.form in ("full", "plain"):
            return text
        name = read_name(label[1])
        return (
            rest if following and name and name.form in ("surname", "given") and not civil else text
        )

    def _formula(self, text: str, flat: str, piece: Piece) -> bool | None:
        """A procuration in words; False when the piece prints none, None when it ends the list."""
        receives = formulas.RECEIVES.search(flat)
        gives = formulas.GIVES.search(flat)
        if receives and not (gives and gives.start() < receives.start()):
            return self._received(text, receives, piece)
        if gives is None and self._proxies_expected():
            gives = self._bare_link(text, flat)
        if gives is None:
            return False
        head, tail = text[: gives.start()], text[gives.end() :]
        if not head.strip(" ,;:-–") or _COMMENT.match(flatten(head)):
            if not self._people:
                self._roster.unread.append(_one_line(text))
                return True
            givers = [self._people[-1]]
        else:
            head = re.sub(r"[\s,;:-]+$", "", head)
            giver = self._person(_drop_status(head), piece)
            if giver is None:
                if _is_prose(head):
                    return None
                self._roster.unread.append(_one_line(text))
                return True
            givers = [giver]
        if (
            formulas.PLURAL_GIVERS.search(gives[0])
            and piece.before == HARD
            and len(self._people) > 1
        ):
            other = self._people[-2]
            if other.holder is None and not other.absent:
                givers.insert(0, other)
        self._hold(givers, tail, text)
        return True

    def _proxies_expected(self) -> bool:
        return self._heading.zone is not Zone.PRESENT

    def _bare_link(self, text: str, flat: str) -> re.Match[str] | None:
        """ "Denis ESCLAINE à Marylène FOLCHER", with a name on each side."""
        links = [formulas.BARE_TO.search(flat)]
        if self._heading.zone is Zone.PROXY:
            links.append(re.compile(r"\s*:\s*(?:a\s+)?").search(flat))
        for link in links:
            if not link or text[link.start() : link.end()].strip() == "A":
                continue
            left = read_name(_drop_status(text[: link.start()]))
            right = leading_name(text[link.end() :])[0]
            if left and (right or formulas.THE_CHAIR.match(flat, link.end())):
                return link
        return None

    def _received(self, text: str, receives: re.Match[str], piece: Piece) -> bool | None:
        head, tail = text[: receives.start()], text[receives.end() :]
        giver = leading_name(tail)[0]
        holder = self._person(head, piece) if head.strip(" ,;:-") else None
        if holder is None and self._people and not head.strip(" ,;:-"):
            holder = self._people[-1]
        if holder is None or giver is None:
            if _is_prose(text):
                return None
            self._roster.unread.append(_one_line(text))
        else:
            holder.gives_from = giver.text
        return True

    def _hold(self, givers: list[Person], tail: str, passage: str) -> None:
        flat = flatten(tail.lstrip())
        holder: str | None = None
        if formulas.THE_CHAIR.match(flat) or flat.startswith("maire"):
            holder = CHAIR
        else:
            name = leading_name(tail, keep_initial=self._keep_initials)[0]
            holder = name.text if name else None
        for giver in givers:
            if holder is None:
                giver.gave_to_unknown = True
            else:
                giver.holder = holder
        if holder is None:
            self._roster.unread.append(_one_line(passage))
        movement = read_movement(flat)
        if movement and givers[-1].movement is None:
            givers[-1].movement = movement

    def _person(self, text: str, piece: Piece) -> Person | None:
        name, rest = leading_name(text, keep_initial=self._keep_initials)
        if name is None or (rest.strip(" .,;:-–—") and not _COMMENT.match(flatten(rest))):
            return None
        person = Person(name.text, name.form)
        self._people.append(person)
        return person

    def _plain(self, text: str, flat: str, piece: Piece, index: int) -> bool | None:
        """A name, an office, a comment; None when the piece belongs to what follows the list."""
        bare = text.strip(" .,;:-–—\n")
        flat = flatten(bare)
        if not bare:
            return True
        if formulas.THE_CHAIR.fullmatch(flat.strip()):
            self._people.append(Person(CHAIR, "full"))
            return True
        if self._people and (movement := read_movement(flat)) and not leading_name(bare)[0]:
            self._people[-1].movement = self._people[-1].movement or movement
            return True
        if formulas.SUBSTITUTE.match(flat) or _COMMENT.match(flat):
            self._status(flat)
            return True
        name, rest = leading_name(bare, keep_initial=self._keep_initials)
        rest_flat = flatten(rest)
        if name is None:
            return self._nameless(bare, flat, piece)
        if _OFFICIALS.search(rest_flat):
            return True
        civil = strip_civility(bare, flat)[2]
        if self._is_outside(name.form, civil, piece, index):
            return None if piece.before in (BLANK, PERIOD) else self._set_aside(bare, index)
        remainder = rest_flat.strip(" .,;:-–—")
        if remainder and not (_COMMENT.match(remainder) or _ONLY_OFFICE.match(remainder)):
            movement = read_movement(remainder)
            if movement is None and not formulas.SUBSTITUTE.match(remainder):
                if _is_prose(rest) or piece.before in (BLANK, PERIOD):
                    return None
                self._roster.unread.append(_one_line(bare))
                return True
        person = Person(name.text, name.form, movement=read_movement(remainder))
        if formulas.STATUS_ABSENT.match(remainder) and person.movement is None:
            person.absent = True
        self._people.append(person)
        return True

    def _is_outside(self, form: str, civil: bool, piece: Piece, index: int) -> bool:
        """Capitals among full names, or after the end of the list: a place or a title."""
        if civil or form in ("full", "plain"):
            return form == "plain" and piece.before in (BLANK, PERIOD) and self._with_civilities
        if piece.before in (BLANK, PERIOD):
            return index > 0 and self._mostly_full
        return (
            self._mostly_full
            and (form == "surname" or self._with_civilities)
            and len(self._pieces) > 2
        )

    def _set_aside(self, bare: str, index: int) -> bool:
        following = self._pieces[index + 1] if index + 1 < len(self._pieces) else None
        announces = following is not None and SINGLE_CIVILITY.match(following.flat.strip(" -•\n"))
        if not (self._with_civilities and announces):
            self._roster.unread.append(_one_line(bare))
        return True

    def _nameless(self, bare: str, flat: str, piece: Piece) -> bool | None:
        if _ONLY_OFFICE.match(flat) and len(flat) < 90 and not _is_verbal(flat):
            return True
        if bare[:1].islower() and len(bare) < 60 and piece.before == HARD and not _is_verbal(flat):
            return True  # the rest of an office cut at a comma or at "et"
        if _is_prose(bare) or piece.before in (BLANK, PERIOD):
            return None
        if re.match(r"^(?:neant|aucune?|personne|sans objet|ras|0|nul)\b", flat):
            return True
        self._roster.unread.append(_one_line(bare))
        return True

    def _status(self, flat: str) -> None:
        if self._people and formulas.STATUS_ABSENT.match(flat):
            self._people[-1].absent = self._heading.zone is Zone.PRESENT

    def _comment(self, person: Person, comments: list[str]) -> None:
        for comment in comments:
            flat = flatten(comment)
            mark = formulas.MARK.fullmatch(flat.strip())
            if mark:
                person.mark = mark["mark"] or mark["stars"] or mark["bare"] or mark["note"]
                continue
            inner, inner_flat = comment.strip("() "), flat.strip("() ")
            if formulas.NO_POWER.search(inner_flat) or formulas.SUBSTITUTE.search(inner_flat):
                continue
            person.movement = person.movement or read_movement(inner_flat)
            receives = formulas.RECEIVES.search(inner_flat)
            gives = formulas.GIVES.search(inner_flat)
            if receives and not (gives and gives.start() <= receives.start()):
                name = leading_name(inner[receives.end() :])[0]
                person.gives_from = name.text if name else None
                if name is None:
                    self._roster.unread.append(_one_line(comment))
            elif gives:
                self._hold([person], inner[gives.end() :], comment)
            elif self._proxies_expected() and (
                link := re.match(r"(?:a|à|par|->|=>|→)\s+", inner_flat)
            ):
                self._hold([person], inner[link.end() :], comment)
            elif self._heading.with_proxies or self._heading.zone is Zone.PROXY:
                name = read_name(inner)
                if name and name.form in ("full", "plain"):
                    person.holder = name.text
            elif formulas.STATUS_ABSENT.match(inner_flat) and person.movement is None:
                person.absent = self._heading.zone is Zone.PRESENT


def _bare(text: str) -> str:
    text = _BRACKETS.sub(" ", text)
    link = formulas.GIVES.search(flatten(text))
    return text[: link.start()] if link else text


def _drop_status(text: str) -> str:
    flat = flatten(text)
    match = re.search(r"[\s,(-]+(?:absente?|excusee?|represente?e?|et)\b[\s,)]*$", flat)
    return text[: match.start()] if match else text


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def _is_verbal(flat: str) -> bool:
    return bool(
        re.search(
            r"\b(?:est|sont|a|ont|informe|propose|declare|ouvre|rappelle|indique|donne|expose|constate|remercie)\b",
            flat,
        )
    )


def _is_prose(text: str) -> bool:
    """Three small words or more: a sentence, not a person."""
    small = [word for word in _SMALL_WORD.findall(text)]
    return len(small) >= 3 or _is_verbal(flatten(text))

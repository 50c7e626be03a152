"""The people under one heading: their names, procurations, arrivals and departures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from levier.council.domain.reading import formulas
from levier.council.domain.reading.comings import PrintedMovement, read_movement
from levier.council.domain.reading.fragments import (
    BLANK,
    HARD,
    PERIOD,
    Piece,
    cut_list,
    mend,
)
from levier.council.domain.reading.headings import Heading, Zone
from levier.council.domain.reading.names import (
    OFFICE,
    SINGLE_CIVILITY,
    Name,
    leading_name,
    read_name,
    strip_civility,
)
from levier.council.domain.reading.printed import Printed, flatten

CHAIR = "@chair"
_BRACKETS = re.compile(r"\(([^()]{0,240})\)")
_KEPT_BRACKETS = re.compile(r"\s*(?:n[ée]e?\s|[ée]p(?:ouse|se)?\.?\s|(?:e?s?|es|ee)$)", re.I)
_LABEL = re.compile(r"^\s*([^:;\n]{2,70}?)\s*:\s*(?=\S)")
_ONLY_OFFICE = re.compile(rf"^[\s,(-]*{OFFICE.pattern}[^.]*$")
_EDGES = " .,;:-–—\n"
_COMMENT = re.compile(
    r"^\s*(?:(?:est|sont|etait|etaient|tou(?:s|te|tes)|non|et|qui|a|ont|avec|sans|en|pour|ayant"
    r"|donne|,|-|ainsi que)\s+)*"
    r"(?:absente?s?|excuse?e?s?|presente?s?|represente?e?s?|conges?|vacances|malade|maladie"
    r"|retard|empeche?e?s?|pouvoirs?|procurations?|neant|aucune?|suivante?s?|municipaux|membres?"
    r"|visio\w*|distanciel|motif|raisons?|demissionnaire|justifie?e?s?|deplacement|formation"
    r"|conseillers?|x|formant.*|reserve.*|arrive?e?s?|depart)\b[^A-Z]{0,60}$"
)
_OFFICIALS = re.compile(
    r"\b(?:directeur|directrice|dgs|dga|secretaire\s+(?:generale?|de\s+mairie)|tresorier"
    r"|comptable|redacteur|attache)\b"
)
_SMALL_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ'’-])[a-zà-ÿ]{2,}(?![A-Za-zÀ-ÿ'’-])")
_VERB = re.compile(
    r"(?<![\w'’-])(?:est|sont|a|ont|était|étaient|informe|propose|déclare|ouvre|rappelle|indique"
    r"|donne|expose|constate|remercie|souhaite|demande|précise)(?![\w'’-])"
)
_NOBODY = re.compile(r"^(?:neant|aucune?|personne|sans\s+objet|ras|nul|rien)\b")
_FROM_PLACE = re.compile(
    r"^\s*(?:de|du|d['’]|pour|\()\s*(?:la\s+|le\s+|les\s+|l['’])?[A-ZÀ-Ý][\w'’ -]{2,40}\)?\s*$"
)
_LIST_OF_INITIALS = re.compile(r"(?<![\w.])[A-LN-Z]\.(?:\s?-?[A-Z]\.)*\s*[A-ZÀ-Ý][A-Za-zÀ-ÿ]")
_ANOTHER_PART = re.compile(
    r"(?:^|\n|(?<=[.;:])(?<!\sm\.)(?<!\smme\.)(?<!\smr\.)[ ])[ \t]*(?:[-•*]\s*)?(?:"
    r"secretai?r\w+|a\s+ete\s+(?:nomme|elu|designe)|ordre\s+du\s+jour|l'ordre\s+du|date\s+d"
    r"|convocation|nombre\s+d|nbre|votants?\b|(?:le\s+)?quorum|formant\s+la|lesquels|objet\b"
    r"|deliberation|vu\s|considerant|apres\s|il\s+a\s+ete|il\s+est|assist|invite|rapporteur"
    r"|etaient\s+(?:egalement|aussi)|questions?\s|points?\s|approbation|compte[- ]rendu"
    r"|proces[- ]verbal|pour\s+extrait|fait\s|republique|departement|conformement|constatant"
    r"|le\s+conseil|la\s+seance|l'an\s|l'assemblee|l'appel|le\s+(?:maire|president)\s+(?!,)[a-z]"
    r"|le\s+(?:proces|compte|nombre|secretaire)|(?:conseillers?|membres?)\s+en\s+exercice"
    r"|en\s+exercice|majorite|la\s+(?:presidente|convocation|majorite)|les\s+conditions"
    r"|\d+\s+(?:presents?|procurations?|pouvoirs?|votants?|absents?)\b|nota\b|decide|vote\b"
    r"|i\s*[-)]|(?:m\.?|mme\.?|monsieur|madame)\s+(?:le|la)\s+(?:maire|presidente?)\s+(?!,)[a-z]"
    r"|(?:m\.?|mme\.?|monsieur|madame)\s+[a-z' -]{2,50}?\b(?:est|a|ont|sont)\s+(?:ete\s+)?"
    r"(?:designe|elu|nomme|choisi)"
    r")|\bsecretai?res?\s+(?:de\s+(?:la\s+)?)?seance\b|\bordre\s+du\s+jour\b"
    r"|\b(?:date|nombre)\s+de\s+(?:la\s+)?(?:convocation|conseillers|membres|votants)\b"
    r"|\b(?:conseillers|membres)\s+en\s+exercice\s*:|\bformant\s+la\s+majorite\b"
)
_LONGEST_ZONE = 25_000
_LONGEST_PIECE = 600


class Reading(Enum):
    """What became of a piece of the list."""

    DONE = auto()  # understood, or kept as unread
    NOT_ONE = auto()  # not of the kind looked for
    LIST_ENDS = auto()  # belongs to the part of the act that follows the list


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
    return match.start() if match else end


def read_roster(printed: Printed, heading: Heading, end: int) -> Roster:
    """Understand the list that stands between a heading and `end`."""
    pieces = cut_list(printed.text, heading.end, end)
    if len(pieces) > 1:
        pieces = mend(pieces, formulas.GIVES)
    initials = len(_LIST_OF_INITIALS.findall(printed.text, heading.end, end)) >= 2
    return _Reader(heading, pieces, initials, end).read()


class _Reader:
    """Goes through the pieces of one list with the people read so far in mind."""

    def __init__(self, heading: Heading, pieces: list[Piece], initials: bool, end: int) -> None:
        self._heading = heading
        self._pieces = pieces
        self._keep_initials = initials
        self._roster = Roster(heading.zone, end=end)
        self._people = self._roster.people
        named = [name for piece in pieces if (name := read_name(_bare(piece.text)))]
        self._mostly_full = sum(name.form in ("full", "plain") for name in named) * 2 >= len(named)
        civil = sum(_has_civility(piece) for piece in pieces)
        self._with_civilities = civil >= 3 and civil * 2 >= len(named)
        self._numbered = bool(pieces) and pieces[0].numbered

    def read(self) -> Roster:
        for index, piece in enumerate(self._pieces):
            if self._take(piece, index) is Reading.LIST_ENDS:
                self._roster.end = piece.start
                break
        return self._roster

    def _take(self, piece: Piece, index: int) -> Reading:
        if len(piece.text) > _LONGEST_PIECE or (piece.numbered and not self._numbered):
            return Reading.LIST_ENDS  # "1 - Budget": the first matter, not a member
        text = re.sub(r"^\s*(?:et|&)\s+", "", piece.text.strip(" -–—•*+\n\t"))
        if not any(char.isalpha() for char in text):
            return Reading.DONE
        text, comments = _open_brackets(text)
        text = self._without_label(text)
        without = formulas.NO_POWER.search(flatten(text))
        text = text[: without.start()] if without else text
        before = len(self._people)
        reading = self._formula(text, piece)
        if reading is Reading.NOT_ONE:
            reading = self._plain(text, piece, index)
        commented = len(self._people) > before or (before and not text.strip(_EDGES))
        if reading is Reading.DONE and comments and commented:
            for comment in comments:
                self._comment(self._people[-1], comment)
        return reading

    def _without_label(self, text: str) -> str:
        """ "Adjoints : A, B", "HARNES : M. A": what stands before the colon is no person."""
        label = _LABEL.match(text)
        if not label:
            return text
        gives = formulas.GIVES.search(flatten(text))
        office = OFFICE.match(flatten(label[1]))
        if gives and gives.start() <= label.end() + 2 and not office:
            return text
        rest = text[label.end() :]
        bare, bare_flat, civil = strip_civility(label[1], flatten(label[1]))
        name = read_name(label[1])
        if not bare.strip() or OFFICE.match(bare_flat) or name is None:
            return rest
        following = leading_name(rest)[0]
        gives_by_colon = self._heading.zone is Zone.PROXY and (
            following is None or following.form in ("full", "plain") or civil
        )
        lone_word = name.form in ("surname", "given")
        return rest if following and lone_word and not (civil or gives_by_colon) else text

    def _formula(self, text: str, piece: Piece) -> Reading:
        """A procuration told in words."""
        flat = flatten(text)
        receives = formulas.RECEIVES.search(flat)
        gives = formulas.GIVES.search(flat)
        if receives and not (gives and gives.start() < receives.start()):
            return self._received(text, receives)
        if gives is None and self._heading.zone is not Zone.PRESENT:
            gives = self._bare_link(text, flat)
        if gives is None:
            return Reading.NOT_ONE
        head, tail = text[: gives.start()], text[gives.end() :]
        if not head.strip(_EDGES) or _COMMENT.match(flatten(head)):
            givers = self._people[-1:]
        else:
            giver = self._person(_drop_status(head.rstrip(" ,;:-\n")))
            if giver is None and _is_prose(head):
                return Reading.LIST_ENDS
            givers = [giver] if giver else []
        if not givers:
            return self._unread(text)
        if formulas.PLURAL_GIVERS.search(gives[0]) and len(self._people) > 1 and piece.linked:
            other = self._people[-2]
            givers += [other] if other.holder is None and not other.absent else []
        self._hold(givers, tail, text)
        return Reading.DONE

    def _bare_link(self, text: str, flat: str) -> re.Match[str] | None:
        """ "Denis ESCLAINE à Marylène FOLCHER", with a name on each side."""
        patterns = [formulas.BARE_TO]
        if self._heading.zone is Zone.PROXY:
            patterns.append(formulas.BARE_COLON)
        for pattern in patterns:
            link = pattern.search(flat)
            if not link or text[link.start() : link.end()].strip() == "A":
                continue
            left = read_name(_drop_status(text[: link.start()]))
            right = leading_name(text[link.end() :])[0]
            if left and (right or formulas.THE_CHAIR.match(flat, link.end())):
                return link
        return None

    def _received(self, text: str, receives: re.Match[str]) -> Reading:
        head, tail = text[: receives.start()], text[receives.end() :]
        giver = leading_name(tail)[0]
        if head.strip(_EDGES):
            holder = self._person(head)
        else:
            holder = self._people[-1] if self._people else None
        if holder is None or giver is None:
            return Reading.LIST_ENDS if _is_prose(text) else self._unread(text)
        holder.gives_from = giver.text
        return Reading.DONE

    def _hold(self, givers: list[Person], tail: str, passage: str) -> None:
        flat = flatten(tail.lstrip())
        if formulas.THE_CHAIR.match(flat) or flat.startswith(("maire", "president")):
            holder: str | None = CHAIR
        else:
            name = leading_name(tail, keep_initial=self._keep_initials)[0]
            holder = name.text if name else None
        if holder is None:
            self._unread(passage)
        for giver in givers:
            giver.holder = holder
            giver.gave_to_unknown = holder is None
        givers[0].movement = givers[0].movement or read_movement(flat)

    def _person(self, text: str) -> Person | None:
        name, rest = leading_name(text, keep_initial=self._keep_initials)
        if name is None or (rest.strip(_EDGES) and not _COMMENT.match(flatten(rest))):
            return None
        return self._add(name)

    def _add(self, name: Name) -> Person:
        person = Person(name.text, name.form)
        self._people.append(person)
        return person

    def _plain(self, text: str, piece: Piece, index: int) -> Reading:
        """A name, an office, a comment."""
        bare = text.strip(_EDGES)
        flat = flatten(bare)
        if not bare:
            return Reading.DONE
        if formulas.THE_CHAIR.fullmatch(flat):
            self._people.append(Person(CHAIR, "full"))
            return Reading.DONE
        name, rest = leading_name(bare, keep_initial=self._keep_initials)
        if name is None or formulas.SUBSTITUTE.match(flat) or _COMMENT.match(flat):
            return self._nameless(bare, flat, piece)
        if self._is_outside(name, strip_civility(bare, flat)[2], piece, index):
            ends = piece.before in (BLANK, PERIOD)
            return Reading.LIST_ENDS if ends else self._place_or_unread(bare, index)
        return self._named(name, rest, bare, piece)

    def _named(self, name: Name, rest: str, bare: str, piece: Piece) -> Reading:
        remainder = flatten(rest).strip(_EDGES)
        if _OFFICIALS.search(remainder):
            return Reading.DONE
        movement = read_movement(remainder)
        if movement and piece.before in (BLANK, PERIOD) and _is_verbal(rest):
            return Reading.LIST_ENDS  # "Mme X est arrivée à …" tells of someone already listed
        second, after = leading_name(rest) if remainder else (None, "")
        if second and second.form == name.form == "full":  # a dash lost at the end of a line
            self._add(name)
            return self._named(second, after, bare, replace(piece, before=HARD))
        explained = (
            not remainder
            or movement is not None
            or _COMMENT.match(remainder)
            or _ONLY_OFFICE.match(remainder)
            or formulas.SUBSTITUTE.match(remainder)
            or _FROM_PLACE.match(rest)
        )
        if not explained:
            ends = _is_prose(rest) or piece.before in (BLANK, PERIOD)
            return Reading.LIST_ENDS if ends else self._unread(bare)
        person = self._add(name)
        person.movement = movement
        person.absent = bool(
            self._heading.zone is Zone.PRESENT
            and formulas.STATUS_ABSENT.match(remainder)
            and movement is None
        )
        return Reading.DONE

    def _is_outside(self, name: Name, civil: bool, piece: Piece, index: int) -> bool:
        """Capitals among full names, or after the end of the list: a place or a title."""
        ended = piece.before in (BLANK, PERIOD)
        if civil:
            return False
        if name.form in ("full", "plain"):
            return name.form == "plain" and ended and self._with_civilities
        if ended:
            return index > 0 and self._mostly_full
        odd = name.form == "surname" or self._with_civilities
        return self._mostly_full and odd and len(self._pieces) > 2

    def _place_or_unread(self, bare: str, index: int) -> Reading:
        """In a list by communes, a line in capitals above "M. X" is a place."""
        following = self._pieces[index + 1 : index + 4]
        if self._with_civilities and any(_has_civility(piece) for piece in following):
            return Reading.DONE
        return self._unread(bare)

    def _nameless(self, bare: str, flat: str, piece: Piece) -> Reading:
        bare, flat, civil = strip_civility(bare, flat)
        movement = read_movement(flat)
        if self._people and movement and piece.before == HARD and len(flat) < 120:
            self._people[-1].movement = self._people[-1].movement or movement
            return Reading.DONE
        if _COMMENT.match(flat) or formulas.SUBSTITUTE.match(flat) or _NOBODY.match(flat):
            if self._people and formulas.STATUS_ABSENT.match(flat) and piece.before == HARD:
                self._people[-1].absent = self._heading.zone is Zone.PRESENT
            return Reading.DONE
        if not bare or (_ONLY_OFFICE.match(flat) and len(flat) < 90 and not _is_verbal(bare)):
            return Reading.DONE
        small = bare[:1].islower() and len(bare) < 60 and not _is_verbal(bare)
        if small and piece.before == HARD and not civil:
            return Reading.DONE  # the rest of an office cut at a comma or at "et"
        if _is_prose(bare) or piece.before in (BLANK, PERIOD):
            return Reading.LIST_ENDS
        return self._unread(bare)

    def _unread(self, passage: str) -> Reading:
        self._roster.unread.append(" ".join(passage.split())[:300])
        return Reading.DONE

    def _comment(self, person: Person, comment: str) -> None:
        """What stands in brackets after a name."""
        flat = flatten(comment)
        mark = formulas.MARK.fullmatch(flat.strip())
        if mark:
            person.mark = mark["mark"] or mark["stars"] or mark["bare"] or mark["note"]
            return
        inner, flat = comment.strip("() "), flat.strip("() ")
        if formulas.NO_POWER.search(flat) or formulas.SUBSTITUTE.search(flat):
            return
        person.movement = person.movement or read_movement(flat)
        receives = formulas.RECEIVES.search(flat)
        gives = formulas.GIVES.search(flat)
        if not receives and not gives:
            gives = formulas.POWER_THEN_NAME.match(flat)
        link = re.match(r"(?:a|par|->|=>|→)\s+", flat)
        if receives and not (gives and gives.start() <= receives.start()):
            giver = leading_name(inner[receives.end() :])[0]
            person.gives_from = giver.text if giver else None
            if giver is None:
                self._unread(comment)
        elif gives:
            self._hold([person], inner[gives.end() :], comment)
        elif link and self._heading.zone is not Zone.PRESENT:
            self._hold([person], inner[link.end() :], comment)
        elif formulas.STATUS_ABSENT.match(flat):
            person.absent = self._heading.zone is Zone.PRESENT and person.movement is None
        elif self._heading.with_proxies or self._heading.zone is Zone.PROXY:
            name = read_name(inner)
            if name and name.form in ("full", "plain"):
                person.holder = name.text


def _open_brackets(text: str) -> tuple[str, list[str]]:
    """Text without its brackets, and the brackets; a maiden name stays in place."""
    comments: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        if _KEPT_BRACKETS.match(match[1]):
            return match[0]
        comments.append(match[0])
        return " "

    text = _BRACKETS.sub(set_aside, text)
    stars = formulas.MARK.search(text.rstrip())
    if stars and stars["bare"]:
        comments.append(stars["bare"])
        text = text[: stars.start()]
    return text, comments


def _has_civility(piece: Piece) -> bool:
    return bool(SINGLE_CIVILITY.match(piece.flat.strip(" -•*\n")))


def _bare(text: str) -> str:
    text = _BRACKETS.sub(" ", text)
    link = formulas.GIVES.search(flatten(text))
    return text[: link.start()] if link else text


def _drop_status(text: str) -> str:
    match = re.search(r"[\s,(-]+(?:absente?|excusee?|represente?e?|et)\b[\s,)]*$", flatten(text))
    return text[: match.start()] if match else text


def _is_verbal(text: str) -> bool:
    """A verb in small letters: an initial "A." is none."""
    return bool(_VERB.search(text))


def _is_prose(text: str) -> bool:
    """Three small words or more, or a verb: a sentence, not a person."""
    return len(_SMALL_WORD.findall(text)) >= 3 or _is_verbal(text)

"""What a printed name looks like, and how it is stored: given name, then surname.

A name is only accepted on typographic evidence; anything else is left to the caller, who keeps it
as unread rather than as a wrong name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from levier.council.domain.reading.printed import flatten, vocabulary
from levier.council.domain.record import name_key

_CIVILITY_WORD = (
    r"(?:mesdames|messieurs|mesdemoiselles|madame|monsieur|mademoiselle|docteur|docteure|maitre"
    r"|professeure?|mmes?|melles?|mles?|mlles?|mrs?|mm|dr|pr|me|m)"
)
_LONE_LETTERS = ("m", "me", "pr", "dr", "mm", "mr")
CIVILITY = (
    rf"(?:{_CIVILITY_WORD}(?![a-z'])\.?(?:\s*(?:,|et|&|/|-)\s*(?={_CIVILITY_WORD}(?![a-z'])))?\s*)+"
)
_CIVILITIES = re.compile(CIVILITY)
SINGLE_CIVILITY = re.compile(
    r"(?:madame|monsieur|mademoiselle|docteur|maitre|mme|melle|mlle|mr|dr|m)(?![a-z'])\.?\s+"
)
PARTICLES = vocabulary(
    """de du des d' le la les l' van von vom vander den der di da do dos del della dalla ben bel ait
    el al ten ter y saint sainte st ste mc mac"""
)
_BORN = vocabulary("nee ne epouse ep ep. epse veuve vve dit dite")
_OFFICE_WORD = (
    r"(?:maire|maires|adjointe?s?|conseill\w+|presidente?s?|vice|deleguee?s?|deputee?|senat\w+"
    r"|doyenn?e?|suppleante?s?|titulaires?|rapporteure?|secretaire|echevin|tresorier\w*|membres?"
    r"|directe\w+|dgs|dga|bureau|questeur)"
)
OFFICE = re.compile(
    r"(?:(?:le|la|les|l'|en qualite de|en tant que|ancien(?:ne)?)\s*)?"
    r"(?:\d{1,2}\s?(?:ere?|eme|e|er|nde?|de)?\s+|premi\w+\s+|second\w*\s+|deuxieme\s+|troisieme\s+"
    r"|quatrieme\s+|cinquieme\s+|sixieme\s+|septieme\s+|huitieme\s+|neuvieme\s+|dixieme\s+)?"
    rf"{_OFFICE_WORD}(?![a-z])"
)
_NEVER_IN_NAMES = vocabulary(
    """conseil conseils conseiller conseillers conseillere conseilleres municipal municipale
    municipaux municipales communautaire communautaires commune communes ville mairie seance
    seances quorum present presents presente presentes absent absents absente absentes excuse
    excuses excusee excusees pouvoir pouvoirs procuration procurations secretaire secretariat
    ordre objet deliberation deliberations membre membres exercice vote votes votant votants date
    convocation affichage majorite compte comptes rendu rendus extrait registre departement
    arrondissement canton republique prefecture question questions article articles code
    collectivites lundi mardi mercredi jeudi vendredi samedi dimanche general generale services
    dgs liste nombre neant aucun aucune sans avec tous toutes que qui dont lors sur par pour dans
    aux est etait etaient sont ont ayant donne adopte approuve unanimite public publics budget
    subvention subventions tarif tarifs approbation communaute agglomeration metropole syndicat
    proces verbal reunion ouverture arrivee depart pv cr elu elus elue elues invite invites
    assistaient observation observations rapport rapports decision decisions finances travaux
    urbanisme convention conventions marche marches represente represente representes representee
    representees proposition information informations diverses divers monsieur madame delegation
    designation election creation modification vu considerant quand cette cet ces nous vous etant
    donne presidence habituel lieu salle au ce cela il ils elle elles on ne pas plus a en un une
    je lui leur leurs son sa ses notre nos votre"""
)
_WORD = re.compile(r"[^\W\d_]+(?:(?:['’.-]|\.-)[^\W\d_]+)*['’.]?")
_INITIAL = re.compile(r"(?:[A-ZÀ-Ý][a-z]?(?:\.-?|-))*[A-ZÀ-Ý][a-z]?\.|[A-ZÀ-Ý](?:-[A-ZÀ-Ý])?")
_ELISION = re.compile(
    r"(?:[cj]|qu|lorsqu|puisqu|jusqu)'|s'(?:est|et|agi)"
)  # "C'est", "qu'il": never in a name
_OF = re.compile(r"(?:de|du)\s+|d['’]\s*")
_MAX_WORDS = 9
_EDGES = " \t\n.,;:-–—•*/|()[]{}\"'’«»+_=>&"


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, stored order, and what it is made of.

    `form` is "full" (given name and surname told apart by type), "surname" (capitals only),
    "given" (one word in lower case but for its first letter) or "plain" (several such words).
    """

    text: str
    form: str
    surname_first: bool = False


def strip_civility(text: str, flat: str) -> tuple[str, str, bool]:
    """Text without "M.", "Mme", "Mmes et MM."…; True when there was one."""
    match = _CIVILITIES.match(flat)
    if not match:
        return text, flat, False
    head = flat[: match.end()].strip()
    if head in _LONE_LETTERS and not text[: len(head)][:1].isupper():
        return text, flat, False
    return text[match.end() :], flat[match.end() :], True


def read_name(printed: str) -> Name | None:
    """The name that a fragment prints, civility and office set aside; None when it is no name.

    >>> read_name("M. TELLIER Jean-Marc, Maire").text
    'Jean-Marc TELLIER'
    >>> read_name("VERNACK née WILLERVAL Christelle").text
    'Christelle VERNACK née WILLERVAL'
    >>> read_name("la suite du débat") is None
    True
    """
    name, rest = leading_name(printed)
    return name if name and not rest.strip(_EDGES) else None


def leading_name(printed: str, *, keep_initial: bool = False) -> tuple[Name | None, str]:
    """The name at the head of a fragment, and what follows it (office excepted).

    `keep_initial` reads "M. DUPONT" as an initial and a surname, for lists made of initials.
    """
    text = re.sub(r"\(\s*(n[ée]e?|[ée]p(?:ouse|se|\.)?)\s+([^()]{2,40}?)\s*\)", r"\1 \2 ", printed)
    text = re.sub(r"(?<=[^\W\d_])-\s+(?=[A-ZÀ-Ý])", "-", text)
    text = re.sub(r"(?<=\b[DdLlNn]['’])\s+(?=[^\W\d_])", "", text.lstrip(_EDGES))
    text = _without_of(text)
    flat = flatten(text)
    if not keep_initial:
        text, flat, _ = strip_civility(text, flat)
    words, place = _name_words(text, flat)
    name, used = _assemble(words)
    if name is None:
        return None, text
    rest = text[words[used - 1].end :] if used else text[place:]
    return name, _without_office(rest)


def _without_of(text: str) -> str:
    """ "de M. PAGES", "de Luc PAGES": the word that leads to a name and is no part of it."""
    lead = _OF.match(text)
    if not lead:
        return text
    rest = text[lead.end() :]
    if strip_civility(rest, flatten(rest))[2]:
        return rest
    name, _ = leading_name(rest)
    return rest if name and name.form == "full" and not name.surname_first else text


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    flat: str
    shape: str
    end: int


def _name_words(text: str, flat: str) -> tuple[list[_Word], int]:
    words: list[_Word] = []
    place = 0
    while len(words) < _MAX_WORDS:
        gap = re.compile(r"\s*").match(text, place)
        start = gap.end() if gap else place
        match = _WORD.match(text, start)
        if not match or text[match.end() : match.end() + 1].isalnum():
            break  # "R1my": a letter was misread as a figure, half a word is no name
        word, flat_word = match[0], flat[start : match.end()]
        end = match.end()
        if word.endswith(".") and not _INITIAL.fullmatch(word) and flat_word not in ("ep.", "st."):
            word, flat_word, end = word[:-1], flat_word[:-1], end - 1
        shape = _shape(word, flat_word)
        if not shape or _is_office(text, flat, start, words):
            break
        words.append(_Word(word, flat_word, shape, end))
        place = end
        if match.end() != end:
            break
    return words, place


def _is_office(text: str, flat: str, start: int, words: Sequence[_Word]) -> bool:
    """ "Maire" after a name is an office; "Jean MAIRE", with no other surname, is a person."""
    match = OFFICE.match(flat, start)
    if not match:
        return False
    shapes = [word.shape for word in words]
    capitals = text[start : match.end()].isupper()
    return not (words and capitals and "U" not in shapes)


def _shape(word: str, flat: str) -> str:
    """U capitals, C capitalised, I initial, p particle, n née; "" when it is no part of a name."""
    if flat in _BORN and word[0].islower():
        return "n"
    letters = [char for char in word if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    if _INITIAL.fullmatch(word) and (word.endswith(".") or (len(letters) == 2 and "-" in word)):
        return "I"
    if flat.rstrip(".") in _NEVER_IN_NAMES or _ELISION.match(flat):
        return ""
    if len(letters) == 1 and upper:
        return "I"
    if upper == len(letters):
        return "U"
    if flat in PARTICLES and not upper:
        return "p"
    if word[0].isupper():
        return "U" if len(letters) > 3 and upper > len(letters) / 2 else "C"
    # d'HAESE, l'HOSTIS: a lower-case elision before a surname in capitals
    head, mark, tail = word.partition("'" if "'" in word else "’")
    if mark and head.lower() in ("d", "l", "m", "n") and tail[:1].isupper():
        return "U" if tail.isupper() else "C"
    return ""


def _assemble(words: Sequence[_Word]) -> tuple[Name | None, int]:
    """Fit the longest head of the words to one of the ways in which names are printed."""
    words = _trimmed(words)
    if not words:
        return None, 0
    first = next((word.shape for word in words if word.shape != "p"), "p")
    if first == "p" or (words[0].shape == "n"):
        return None, 0
    return _surname_first(words) if first == "U" else _given_first(words)


def _trimmed(words: Sequence[_Word]) -> Sequence[_Word]:
    end = len(words)
    while end and words[end - 1].shape in ("p", "n"):
        end -= 1
    return words[:end]


def _take(words: Sequence[_Word], start: int, shapes: str) -> int:
    while start < len(words) and words[start].shape in shapes:
        start += 1
    return start


def _surname_end(words: Sequence[_Word], start: int) -> int:
    """End of a surname in capitals, particles and maiden name included."""
    end = _take(words, start, "Up")
    while end < len(words) and words[end].shape == "n":
        maiden = _take(words, end + 1, "Up")
        if maiden == end + 1:
            maiden = _take(words, end + 1, "C") if end + 1 < len(words) else end
        if maiden <= end + 1:
            break
        end = maiden
    while end > start and words[end - 1].shape in "pn":
        end -= 1
    return end


def _surname_first(words: Sequence[_Word]) -> tuple[Name | None, int]:
    surname = _surname_end(words, 0)
    given = _take(words, surname, "CI")
    surname_text = _join(words[:surname])
    if given == surname:
        form = "surname" if surname < 6 else ""
        return (Name(surname_text, form), surname) if form else (None, 0)
    given_text = _join(words[surname:given])
    # TISON Sandrine née CARON: the maiden name may also close the name
    end = given
    if given < len(words) and words[given].shape == "n":
        end = max(_surname_end(words, given), given)
    tail = f" {_join(words[given:end])}" if end > given else ""
    return Name(f"{given_text} {surname_text}{tail}", "full", True), end


def _given_first(words: Sequence[_Word]) -> tuple[Name | None, int]:
    given = _take(words, 0, "CIp")
    while given and words[given - 1].shape == "p":
        given -= 1
    end = _surname_end(words, given) if given < len(words) else given
    if end > given:
        return Name(_join(words[:end]), "full"), end
    if given < len(words) and words[given].shape == "n":
        maiden = _take(words, given + 1, "C")
        given = maiden if maiden > given + 1 else given
    if given > 6:
        return None, 0
    shapes = [word.shape for word in words[:given]]
    if shapes == ["I"]:
        return None, 0
    if "I" in shapes:
        return Name(_join(words[:given]), "full"), given
    return Name(_join(words[:given]), "given" if given == 1 else "plain"), given


def _join(words: Iterable[_Word]) -> str:
    return " ".join(word.text for word in words)


def _without_office(rest: str) -> str:
    """What follows a name once a title such as "Maire" or "1er adjoint" is set aside."""
    flat = flatten(rest)
    match = re.compile(rf"[\s,:(–-]*{OFFICE.pattern}").match(flat)
    return rest[match.end() :] if match else rest


class Directory:
    """The members that an act lists: gives one form to a name printed in several ways."""

    def __init__(self, names: Iterable[str], president: str | None = None) -> None:
        self._keys = [(name_key(name), name) for name in dict.fromkeys(names)]
        self.president = president

    def form_of(self, name: str) -> str:
        """The form of the member list when exactly one member can be meant, else the name."""
        key = name_key(name)
        same = [listed for listed_key, listed in self._keys if listed_key == key]
        if same:
            return same[0]
        wider = [listed for listed_key, listed in self._keys if key < listed_key]
        if len(wider) == 1:
            return wider[0]
        narrower = [
            listed
            for listed_key, listed in self._keys
            if listed_key < key and len(listed.split()) > 1
        ]
        return narrower[0] if len(narrower) == 1 else name

    def role(self, name: str | None) -> str | None:
        """Form for one who presides, signs or reports: the print that tells the surname apart.

        A list without capitals ("Dupont Jean") does not say which word is the surname; "Jean
        DUPONT", printed elsewhere, does.
        """
        if name is None:
            return None
        listed = self.form_of(name)
        plain = not any(word.isupper() and len(word) > 1 for word in listed.split())
        printed = leading_name(name)[0]
        told_apart = printed is not None and printed.form == "full"
        return name if plain and told_apart and name_key(listed) == name_key(name) else listed

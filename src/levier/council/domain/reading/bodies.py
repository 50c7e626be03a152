"""The inside of one matter: who reports, what it rests on, what was decided."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from levier.council.domain.reading.comings import MOVES
from levier.council.domain.reading.formulas import THE_CHAIR
from levier.council.domain.reading.names import CIVILITY, Directory, leading_name
from levier.council.domain.reading.printed import Printed, flatten
from levier.council.domain.reading.votes import VoteStatement

_BULLET = re.compile(r"^[ \t]*(?:[-–—•*+>]+|\d{1,2}\s?[.)°-]+(?!\d)|[a-z]\s?\))\s*")
_LONE_BULLET = re.compile(r"^[ \t]*[-–—•*]\s*$")
_VISA = re.compile(
    r"^(?:-\s*)?vus?\b(?!\s+(?:avec|par|sur|dans)\b)(?!\s+que\s+(?:le|la|les)\s+\w+\s+(?:est|sont))"
)
_RECITAL = re.compile(
    r"^(?:considerant|attendu|entendu|sur\s+(?:le\s+)?(?:rapport|proposition)|oui\b)"
)
_ARTICLE = re.compile(
    r"^(?:article|art\.?)\s*(?:\d{1,2}|1er|premier|unique|[ivx]+)\b\s*(?:er)?\s*[-:.–]*"
)
_VERBS = (
    r"(?:approuve|autorise|accepte|adopte|donne|emet|fixe|vote|charge|designe|prend|dit|precise"
    r"|valide|decide|sollicite"
    r"|s'engage|attribue|accorde|cree|supprime|modifie|confirme|mandate|nomme|elit|refuse"
    r"|ratifie|alloue|habilite|arrete"
    r"|constate|inscrit|impute|instaure|institue|proclame|rappelle|retire|abroge|affecte|delegue"
    r"|demande|desaffecte"
    r"|emettent|maintient|octroie|opte|ouvre|procede|reconduit|renouvelle|souhaite|soutient"
    r"|transfere|verse)(?:nt)?"
)
_DECIDES = re.compile(
    r"\b(?:decide(?:nt)?|delibere(?:nt)?\s*(?=:|$)|a\s+decide|ont\s+decide|propose\s+(?:au"
    r"|aux\s+membres\s+du)\s+conseil[^:]{0,60}(?=:)"
    r"|(?:est|sont)\s+(?:donc\s+)?(?:propose|demande)\w*\s+(?:au|aux\s+membres\s+du"
    r"|a\s+l'assemblee|au\s+present)\b[^:]{0,80}(?=:))\s*"
)
_COUNCIL_ACTS = re.compile(
    r"^(?:(?:apres|et\s+apres|ayant|le\s+conseil|les\s+membres|l'assemblee|oui|entendu"
    rf"|considerant|a\s+l'unanimite|par\s+\d+)[^:]{{0,300}}?[\s,])??(?P<verb>{_VERBS})\b"
)
_COUNCIL = re.compile(r"conseil|assemblee|membres|delibere|unanimite")
_INFINITIVE = re.compile(
    r"^(?:d'|de\s+(?!la\b|l'|plus\b|ce\b|fait\b|facto\b|meme\b|nombreu))(?=[a-z'-]+)"
)
_ORDER_WITH_OBJECT = re.compile(
    rf"^{_VERBS}\s+(?:l[ae]s?\s|l'(?!unanim)|une?\s|des\s|ces?t?t?e?\s|a\s+(?!l'unanim|la\s+major))"
)
_CAPITAL_ORDER = re.compile(
    r"^(?:D['’E]\s?[A-ZÀ-Ý]{3,}|DE\s+(?:S['’]\s?|SE\s+)?[A-ZÀ-Ý]{3,}|[A-ZÀ-Ý'’]{3,}\b)"
)
_CAPITAL_INFINITIVE = re.compile(
    r"^D(?:['’]\s?|E\s+(?:S['’]\s?|SE\s+)?)[A-ZÀ-Ý]{2,}(?:ER|IR|RE|OIR)\b"
)
_ANNOUNCES = re.compile(
    r"^[^.:]{3,70}\s(?:expose|rapporte|presente|explique|informe)\s*:$"
    r"|^rapporteure?\s*:[^.:]{3,70}$|^apres\s+en\s+avoir\s+delibere\s*,?$"
)
_FIGURE = re.compile(r"^[\d.,%€+/()-]+$")
_EXPOSES = re.compile(
    r"(?P<colon>\b(?:expose|rapporte|presente)\s*(?:au\s+conseil[^:.]{0,40})?\s*:)|\b(?:expose"
    r"|rappelle|presente|rapporte|explique|informe|propose|donne\s+lecture|fait\s+(?:part"
    r"|lecture)|indique|precise)\b"
)
_RAPPORTEUR = re.compile(
    r"\b(?:rapporteure?s?|rapport\s+presente\s+par|sur\s+(?:le\s+)?rapport\s+de|expose\s+de"
    r"|presente(?:e)?\s+par|sur\s+(?:la\s+)?proposition\s+de)\s*[:–-]?\s*"
)
_NAMED_RAPPORTEUR = re.compile(r",?\s*(?:en\s+qualite\s+de\s+|[^,.\n]{0,60},\s*)?rapporteure?\b")
_STARTS_PARAGRAPH = re.compile(
    r"^(?:vus?\s|considerant|attendu|article\s|art\.|(?:le|les)\s+(?:conseil|membres)\b"
    r"|il\s+est\s+(?:propose|demande)|apres\s+en\s+avoir|decide"
    r"|(?:monsieur|madame|m\.|mme)\s|ainsi\s+fait|fait\s+et\s+delibere|pour\s+extrait|adopte"
    r"|vote\b|rapporteur|departs?\b|arrivees?\b)"
)
_CLOSING = re.compile(
    r"^(?:ainsi\s+(?:fait|delibere)|fait\s+(?:et\s+delibere|en\s+seance|a\s)|pour\s+(?:extrait"
    r"|copie|expedition|ampliation)|la\s+seance\s+est\s+levee|l'ordre\s+du\s+jour\s+etant"
    r"|suivent\s+les\s+signatures|acte\s+rendu\s+executoire|certifie\s+(?:exact|executoire"
    r"|conforme)|la\s+presente\s+deliberation\s+(?:peut|pourra)|le\s+maire\s*[,:]?$"
    r"|la\s+maire\s*[,:]?$|le\s+presidente?\s*[,:]?$"
    r"|ont\s+signe|recu\s+en\s+(?:sous-)?prefecture|publie\s+le|affiche\s+le|delais?\s+et\s+voies)"
)


@dataclass(slots=True)
class Body:
    """What one matter's text says, vote aside."""

    rapporteur: str | None = None
    visas: list[str] = field(default_factory=list)
    recitals: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    start: int
    end: int
    bullet: bool

    @property
    def flat(self) -> str:
        return flatten(self.text)


def read_body(
    printed: Printed, start: int, end: int, votes: list[VoteStatement], directory: Directory
) -> Body:
    """Sort the paragraphs of a matter into visas, recitals and decisions."""
    paragraphs = _paragraphs(printed, start, end, votes)
    body = Body(rapporteur=_rapporteur(paragraphs, directory))
    _Sorter(body, votes).sort(paragraphs)
    return body


def _paragraphs(
    printed: Printed, start: int, end: int, votes: list[VoteStatement]
) -> list[_Paragraph]:
    """Lines put back into paragraphs; a bullet begins one, a blank line ends one."""
    paragraphs: list[_Paragraph] = []
    lines: list[str] = []
    first, place = start, start
    bullet = pending_bullet = False
    vote_edges = {vote.start for vote in votes} | {vote.end + 1 for vote in votes}

    def close() -> None:
        if text := " ".join(" ".join(lines).split()):
            paragraphs.append(_Paragraph(text, first, place, bullet))
        lines.clear()

    for line in printed.text[start:end].split("\n"):
        flat = flatten(line).strip()
        if not flat or _LONE_BULLET.match(line):
            close()
            pending_bullet = bool(flat)  # a mark alone: its text is on the next line
        else:
            mark = _BULLET.match(line)
            is_bullet = pending_bullet or bool(mark and line[mark.end() :].strip())
            if is_bullet or place in vote_edges or _begins(lines, line, flat):
                close()
            if not lines:
                first, bullet = place, is_bullet
                line = line[mark.end() :] if mark and is_bullet else line
            lines.append(line)
            pending_bullet = False
        place = min(end, _next_line(printed.text, place, end))
    close()
    return paragraphs


def _next_line(text: str, place: int, end: int) -> int:
    found = text.find("\n", place, end)
    return end if found < 0 else found + 1


def _begins(lines: list[str], line: str, flat: str) -> bool:
    """True when a line opens a paragraph of its own."""
    if not lines:
        return True
    stripped = line.strip()
    if _STARTS_PARAGRAPH.match(flat) and stripped[0].isupper():
        return True
    if _CAPITAL_INFINITIVE.match(stripped):
        return True
    goes_on = lines[-1].rstrip().endswith((",", " de", " la", " le", " et"))
    if _CAPITAL_ORDER.match(stripped) and re.match(_VERBS, flat) and not goes_on:
        return True
    return lines[-1].rstrip().endswith((":", ";", ".")) and stripped[0].isupper()


def _rapporteur(paragraphs: list[_Paragraph], directory: Directory) -> str | None:
    window = [p for p in paragraphs if not _VISA.match(p.flat)][:6]
    for paragraph in window[:4]:
        flat = paragraph.flat
        named = _RAPPORTEUR.search(flat)
        if named and (
            named.start() < 4 or ":" in named[0] or "par" in named[0] or "sur" in named[0]
        ):
            person = _person(paragraph.text[named.end() :], directory)
            if person:
                return person
        title = re.search(r"\brapporteure?\b", flat)
        if title:
            person = _person(paragraph.text, directory)
            if person and _NAMED_RAPPORTEUR.match(flat, flat.find(",")):
                return person
    for strong in (True, False):
        for paragraph in window if strong else window[:2]:
            exposes = _EXPOSES.search(paragraph.flat[:160])
            if exposes and (exposes["colon"] or not strong):
                person = _person(paragraph.text, directory)
                if person:
                    return person
    return None


def _person(text: str, directory: Directory) -> str | None:
    flat = flatten(text)
    if THE_CHAIR.match(flat):
        after = re.match(r"[^,]{4,30},\s*", flat)
        name = leading_name(text[after.end() :])[0] if after else None
        return directory.form_of(name.text) if name and name.form == "full" else directory.president
    if not re.match(CIVILITY, flat):
        name = leading_name(text)[0]
        return directory.form_of(name.text) if name and name.form == "full" else None
    name = leading_name(text)[0]
    return directory.form_of(name.text) if name else None


class _Sorter:
    """Walks through the paragraphs with one memory: have decisions begun?"""

    def __init__(self, body: Body, votes: list[VoteStatement]) -> None:
        self._body = body
        self._vote_starts = [vote.start for vote in votes if vote.strong]
        self._vote_ends = [vote.end for vote in votes if vote.strong]
        self._deciding = False
        self._open_visa = False  # a visa cut before a dash: the rest comes as a bullet
        self._visas_follow = False  # "Vu :" above a list

    def sort(self, paragraphs: list[_Paragraph]) -> None:
        for paragraph in paragraphs:
            flat = paragraph.flat
            if _CLOSING.match(flat):
                break
            if self._deciding and paragraph.bullet and _ORDER_WITH_OBJECT.match(flat):
                self._decide(paragraph.text)
            elif not self._is_vote(paragraph) and not MOVES.match(flat):
                self._place(paragraph, flat)

    def _is_vote(self, paragraph: _Paragraph) -> bool:
        index = bisect_right(self._vote_starts, paragraph.start + 1) - 1
        if index < 0 or paragraph.end > self._vote_ends[index] + 2:
            return False
        return not _tells_decision(paragraph.flat)

    def _place(self, paragraph: _Paragraph, flat: str) -> None:
        text = paragraph.text
        if _VISA.match(flat) and text[:1] == "V":
            self._visas_follow = not re.sub(r"^vus?\s*:?\s*", "", flat)
            if not self._visas_follow:
                self._body.visas.append(_trim(text))
                self._open_visa = text[-1] not in ".,;:"
        elif _RECITAL.match(flat) and not self._body.decisions:
            self._recital(paragraph)
        elif article := _ARTICLE.match(flat):
            self._decide(text[article.end() :].lstrip() or text)
        elif self._opens(paragraph, flat):
            pass
        elif self._deciding and self._is_order(paragraph, flat):
            self._decide(text)
        elif self._goes_on(paragraph):
            self._continue(paragraph)
        elif (
            _CAPITAL_ORDER.match(text)
            and (_INFINITIVE.match(flat) or re.match(_VERBS, flat))
            and not paragraph.text.isupper()
        ):
            self._decide(text)
        elif self._body.decisions or self._deciding:
            self._deciding = self._deciding and not self._body.decisions and len(text) < 60
        else:
            self._recital(paragraph)

    def _recital(self, paragraph: _Paragraph) -> None:
        recitals, visas = self._body.recitals, self._body.visas
        if paragraph.bullet and self._open_visa:
            visas[-1] = _trim(f"{visas[-1]} - {paragraph.text}")
        elif paragraph.bullet and self._visas_follow:
            visas.append(_trim(paragraph.text))
        elif paragraph.bullet and recitals and _introduces(recitals[-1]):
            recitals[-1] += f"\n- {paragraph.text}"
        elif _says_something(paragraph):
            recitals.append(_trim(paragraph.text))
        self._open_visa = False
        self._visas_follow = self._visas_follow and paragraph.bullet

    def _opens(self, paragraph: _Paragraph, flat: str) -> bool:
        """ "Le conseil décide :", alone or with the decision in the same sentence."""
        decides = _DECIDES.search(flat)
        short_enough = decides is not None and decides.start() < 400
        if (
            decides
            and short_enough
            and (
                _COUNCIL.search(flat[: decides.end()]) or decides.start() < 12 or flat.endswith(":")
            )
        ):
            after = paragraph.text[decides.end() :].strip(" :,-–")
            after_flat = flatten(after)
            vote_only = re.match(
                r"^(?:a\s+l'unanimite|par\s+\d|a\s+la\s+majorite)[^:]{0,80}:?\s*$", after_flat
            )
            self._deciding = True
            if after and not vote_only and len(after) > 3:
                after = re.sub(r"^(?:à|A|À) l['’]unanimité[^:,]{0,60}[,:]?\s*(?=d)", "", after)
                self._body.decisions.append(_trim(after))
            return True
        acts = _COUNCIL_ACTS.match(flat)
        if acts and _COUNCIL.search(flat[: acts.start("verb")]):
            self._deciding = True
            self._body.decisions.append(_trim(paragraph.text[acts.start("verb") :]))
            return True
        if re.match(
            r"^(?:le\s+conseil|les\s+membres|apres\s+en\s+avoir"
            r"|ayant\s+entendu)[^.]{0,260}[:,]\s*$",
            flat,
        ) and not re.search(r"\bvote\b", flat):
            self._deciding = True
            return True
        return False

    def _is_order(self, paragraph: _Paragraph, flat: str) -> bool:
        decisions = self._body.decisions
        if paragraph.bullet and not (decisions and _introduces(decisions[-1])):
            return True
        return bool(_INFINITIVE.match(flat) or re.match(rf"{_VERBS}\b", flat))

    def _goes_on(self, paragraph: _Paragraph) -> bool:
        decisions = self._body.decisions
        return bool(decisions) and paragraph.bullet and _introduces(decisions[-1])

    def _continue(self, paragraph: _Paragraph) -> None:
        self._body.decisions[-1] += f"\n- {paragraph.text}"

    def _decide(self, text: str) -> None:
        self._deciding = True
        self._body.decisions.append(_trim(text))


def _tells_decision(flat: str) -> bool:
    return bool(re.search(rf"\bdecide\b|\bconseil\b.*\b{_VERBS}\b|\bautorise\b|^approuve\b", flat))


def _introduces(text: str) -> bool:
    """The text ends on a colon, or already carries a list."""
    return text.endswith(":") or "\n" in text


def _says_something(paragraph: _Paragraph) -> bool:
    """Not a scrap of a table, nor the mere announcement of a speech."""
    words = paragraph.text.split()
    figures = sum(bool(_FIGURE.match(word)) for word in words)
    scrap = len(words) < 4 and not paragraph.text.endswith((".", ":", ";", ","))
    return not (scrap or figures * 4 > len(words) or _ANNOUNCES.match(paragraph.flat))


def _trim(text: str) -> str:
    return text if text.endswith(":") else text.rstrip(" ;,")

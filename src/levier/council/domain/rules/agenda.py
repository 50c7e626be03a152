"""What the convocation announces: the agenda, the special mention, the draft contracts.

Words are compared leniently (accents, plurals, one line holding the other, shared words), since an
agenda and an act seldom word a matter alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from levier.common.domain.dates import clear_days
from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words, fold, plural
from levier.council.domain.parameters import CODIFIED_ON
from levier.council.domain.record import AssemblyKind, MatterNature, name_key
from levier.council.domain.rules.assembly_facts import elections, notice_required, seats_on
from levier.council.domain.rules.convocation import follows_large_rule
from levier.council.domain.rules.facts import Case, Item
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    at_risk,
    irregular,
    not_applicable,
    nothing_known,
    ok,
    unverifiable,
)

_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")
_RISK = "Risque : annulation de la délibération."

# A line that announces nothing in particular covers no matter.
_VAGUE = re.compile(
    r"(?:(?:questions?|affaires?|informations?|points?|sujets?|communications?)\s+)+"
    r"(?:et\s+\w+\s+)?divers(?:es?)?|divers"
)
# What every sitting does without announcing it.
_HOUSEKEEPING = re.compile(
    r"\bsecretaires? de (?:la )?seance\b|\bproces ?verb(?:al|aux)\b.*\bseances?\b"
    r"|\b(?:approbation|adoption|arrete) du (?:dernier )?(?:proces verbal|compte rendu|pv)\b"
    r"|\bmodification de l ordre du jour\b|\bhuis clos\b|\burgence de la seance\b"
)
_COMMON = frozenset(
    {
        *("avec", "dans", "pour", "sans", "sous", "entre", "cette", "ainsi", "leur", "leurs"),
        *("annee", "annees", "commune", "communes", "communal", "communale", "municipal"),
        *("municipale", "municipaux", "conseil", "communautaire", "communaute", "ville", "maire"),
        *("deliberation", "approbation", "autorisation", "signature", "signer", "projet"),
        *("demande", "relative", "relatif", "relatives", "relatifs", "concernant", "titre"),
    }
)
_SHORTEST_WORD = 4


def _words(text: str) -> frozenset[str]:
    """Significant words of a folded text, without the plural's mark."""
    return frozenset(
        word.rstrip("sx")
        for word in text.split()
        if len(word) >= _SHORTEST_WORD and word not in _COMMON and not word.isdigit()
    )


@dataclass(frozen=True, slots=True)
class _Announced:
    """The lines of one agenda that announce a matter, found by any of their significant words."""

    by_word: dict[str, list[tuple[str, frozenset[str]]]]
    without_word: list[tuple[str, frozenset[str]]]
    has_vague_line: bool

    def near(self, words: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
        """Lines that share a word with these, and those that have none of their own; else all."""
        for word in words or self.by_word:
            yield from self.by_word.get(word, ())
        yield from self.without_word


@lru_cache(maxsize=64)
def _announced(subjects: tuple[str, ...]) -> _Announced:
    lines = dict.fromkeys(line for subject in subjects if (line := fold(subject)))
    vague = {line for line in lines if _VAGUE.fullmatch(line)}
    by_word: dict[str, list[tuple[str, frozenset[str]]]] = {}
    without_word = []
    for line in lines:
        if line in vague:
            continue
        told = (line, _words(line))
        for word in told[1]:
            by_word.setdefault(word, []).append(told)
        if not told[1]:
            without_word.append(told)
    return _Announced(by_word, without_word, bool(vague))


def is_housekeeping(subject: str) -> bool:
    """Whether every sitting does it without announcing it: secretary, minutes of the last one."""
    return _HOUSEKEEPING.search(fold(subject)) is not None


def announces(subjects: tuple[str, ...], subject: str) -> bool:
    """Whether a line of the agenda may announce that subject.

    >>> announces(("Subventions aux associations",), "Subvention à l’association des parents")
    True
    >>> announces(("Questions diverses",), "Emprunt")
    False
    """
    text = fold(subject)
    words = _words(text)
    lines = _announced(subjects).near(words)
    return any(_alike(text, words, line, told) for line, told in lines)


def _alike(text: str, words: frozenset[str], line: str, told: frozenset[str]) -> bool:
    """Half of the significant words of the shorter wording, or one wording inside the other."""
    if words and told and 2 * len(words & told) >= min(len(words), len(told)):
        return True
    return f" {line} " in f" {text} " or f" {text} " in f" {line} "


def on_the_agenda(item: Item) -> Verdict:
    """K9. CGCT L2121-10: the council deliberates on what the agenda announced in time.

    A matter added later needs the whole delay again (CAA Marseille, 27 November 2008); « questions
    diverses » announces nothing (CAA Marseille, 24 February 1998). Wordings differ: a matter that
    is not found is at risk, never a breach by itself.
    """
    case, subject = item.case, item.deliberation.subject
    if not fold(subject):
        return unverifiable("L’acte ne donne pas l’objet de la délibération.")
    if is_housekeeping(subject):
        return not_applicable(
            "Cette affaire se traite à chaque séance sans figurer à l’ordre du jour."
        )
    sent = case.sitting.formalities.convocation.agendas
    if sent:
        return _sent_in_time(item, subject)
    printed = tuple(line.subject for line in case.sitting.agenda)
    if not printed:
        return nothing_known("l’ordre du jour adressé aux membres", "la fiche de la séance")
    facts = {"agenda_lines": len(printed)}
    if announces(printed, subject):
        return ok("L’affaire figure à l’ordre du jour de la séance.", **facts)
    if case.record.unread:
        return unverifiable(
            "L’affaire ne se lit pas à l’ordre du jour, dont des passages n’ont pas été compris : "
            "complétez-le.",
            **facts,
        )
    return at_risk(_not_announced(printed), **facts)


def _not_announced(*agendas: tuple[str, ...]) -> str:
    vague = any(_announced(subjects).has_vague_line for subjects in agendas)
    hint = " « Questions diverses » n’annonce aucune affaire." if vague else ""
    return (
        "L’affaire ne se retrouve pas à l’ordre du jour adressé aux membres ; vérifiez-en les "
        f"termes.{hint} {_RISK}"
    )


def _sent_in_time(item: Item, subject: str) -> Verdict:
    case = item.case
    agendas = case.sitting.formalities.convocation.agendas
    announcing = [one for one in agendas if announces(one.subjects, subject)]
    facts = {"agendas_sent": [one.sent_on for one in agendas]}
    if not announcing:
        return at_risk(_not_announced(*(one.subjects for one in agendas)), **facts)
    first = min(one.sent_on for one in announcing)
    held = case.held_on
    if held is None or first > held:
        return unverifiable(
            "La date de la séance ou celle de l’ordre du jour est à corriger : le délai ne peut "
            "pas être compté.",
            **facts,
        )
    return _notice_of_item(case, first, held)


def _notice_of_item(case: Case, sent: date, held: date) -> Verdict:
    days = clear_days(sent, held)
    least, most = notice_required(case)
    facts = {
        "agenda_sent_on": sent,
        "sitting_date": held,
        "clear_days": days,
        "clear_days_required": most,
    }
    told = (
        f"Affaire annoncée le {date_in_words(sent)} : {plural(days, 'jour franc', 'jours francs')} "
        "avant la séance"
    )
    if days >= most:
        return ok(f"{told}, pour {most} exigé{'s' if most > 1 else ''}.", **facts)
    if days >= least:
        return unverifiable(
            f"{told} ; {least} ou {most} sont exigés selon la population et la nature de "
            "l’assemblée : indiquez-les.",
            **facts,
        )
    return irregular(
        f"{told}, pour {least} exigé{'s' if least > 1 else ''} : un ordre du jour complété doit "
        f"respecter de nouveau le délai entier. Reportez l’affaire à une autre séance. {_RISK}",
        **facts,
    )


def draft_contracts(case: Case) -> Verdict:
    """K10. CGCT L2121-12, second paragraph: a councillor who asks may read the draft contract.

    It holds for public-service contracts, in the communes of L2121-12 and in EPCI.
    """
    requests = case.sitting.formalities.convocation.contract_requests
    if not requests:
        return not_applicable("Aucune demande de consultation d’un projet de contrat n’est connue.")
    if follows_large_rule(case) is False:
        return not_applicable(
            "Cette consultation est due à partir de 3 500 habitants et dans les EPCI."
        )
    held = case.held_on
    refused, unknown = [], []
    for one in requests:
        if one.shown_on is None or held is None:
            unknown.append(one.member)
        elif one.shown_on > held and not (one.asked_on and one.asked_on > held):
            refused.append(one.member)
    facts = {"contract_requests": len(requests), "not_shown_in_time": refused}
    if refused and follows_large_rule(case):
        return irregular(
            "Le projet de contrat n’a été montré qu’après la séance à "
            f"{enumerate_in_words(refused)}, qui l’avait demandé. {_RISK}",
            **facts,
        )
    if refused or unknown:
        return unverifiable(
            "Indiquez quand le projet de contrat a été montré à "
            f"{enumerate_in_words([*refused, *unknown])}, la date de la séance et la population.",
            **facts,
        )
    return ok("Chaque membre qui l’a demandé a pu lire le projet de contrat.", **facts)


def special_mention(case: Case) -> Verdict:
    """K12. CGCT L2122-8: the convocation announces the election of the mayor or of deputies.

    The eldest member presides over the election of the mayor.
    """
    held = elections(case)
    if not held:
        return not_applicable("La séance n’élit ni le maire ni d’adjoint.")
    if case.kind is AssemblyKind.EPCI:
        return not_applicable(
            "L’élection du président et des vice-présidents d’un EPCI suit l’article L5211-2."
        )
    convocation = case.sitting.formalities.convocation
    mentioned = convocation.special_mention
    if mentioned is None and convocation.agendas:
        mentioned = any(
            "election" in fold(line).split() for one in convocation.agendas for line in one.subjects
        )
    facts = {"special_mention": mentioned}
    if mentioned is False:
        return irregular(
            "La convocation n’annonçait pas l’élection par une mention spéciale. Risque : "
            "annulation de l’élection ; convoquez de nouveau le conseil.",
            **facts,
        )
    if MatterNature.MAYOR_ELECTION in held and (elder := _elder_than_president(case)):
        return at_risk(
            f"{elder}, membre présent, est plus âgé que la personne qui a présidé l’élection du "
            "maire : le doyen d’âge devait présider. Risque : annulation de l’élection.",
            **facts,
            eldest=elder,
        )
    if mentioned is None:
        chaired = (
            ", et que le doyen d’âge a présidé celle du maire"
            if MatterNature.MAYOR_ELECTION in held
            else ""
        )
        return unverifiable(
            f"Vérifiez que la convocation annonçait l’élection par une mention spéciale{chaired}.",
            **facts,
        )
    return ok("La convocation annonçait l’élection par une mention spéciale.", **facts)


def _elder_than_president(case: Case) -> str | None:
    """The eldest member present when someone younger presided over the mayor's election."""
    if case.held_on is None:
        return None
    born = {
        name_key(seat.member): (seat.born_on, seat.member)
        for seat in seats_on(case, case.held_on)
        if seat.born_on is not None
    }
    present = [born[key] for name in case.sitting.present if (key := name_key(name)) in born]
    chairs = [
        deliberation.president or case.sitting.president
        for deliberation in case.record.deliberations
        if deliberation.nature is MatterNature.MAYOR_ELECTION
    ]
    chair = born.get(name_key(chairs[0] or "")) if chairs else None
    if chair is None or not present:
        return None
    eldest = min(present)
    return eldest[1] if eldest[0] < chair[0] else None


RULES: tuple[Rule, ...] = (
    Rule(
        id="K9",
        article="CGCT L2121-10",
        title="Ordre du jour",
        description=(
            "Chaque affaire figure à un ordre du jour envoyé dans le délai ; un ordre du jour "
            "complété respecte de nouveau le délai entier."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        source="gaz-2142 (CAA Marseille, 24 février 1998 et 27 novembre 2008) ; touspolitiques",
        facts=(
            "deliberations.subject",
            "sitting.agenda",
            "sitting.formalities.convocation.agendas",
        ),
        versions=(_CODIFICATION,),
        local_law=True,
        judge_item=on_the_agenda,
    ),
    Rule(
        id="K10",
        article="CGCT L2121-12",
        title="Consultation d’un projet de contrat de service public",
        description=(
            "Tout membre qui le demande peut lire à la mairie le projet de contrat et ses pièces."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        source="admi ; fbl",
        facts=("sitting.formalities.convocation.contract_requests",),
        versions=(_CODIFICATION,),
        judge_sitting=draft_contracts,
    ),
    Rule(
        id="K12",
        article="CGCT L2122-8",
        title="Convocation pour l’élection du maire ou d’adjoints",
        description=(
            "La convocation annonce l’élection par une mention spéciale ; le doyen d’âge préside "
            "celle du maire."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        source="fbl-L2122-8",
        facts=(
            "deliberations.nature",
            "sitting.formalities.convocation.special_mention",
            "circumstances.seats",
        ),
        versions=(_CODIFICATION,),
        judge_sitting=special_mention,
    ),
)

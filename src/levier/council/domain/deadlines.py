"""What is due around a sitting, by whom and by when: read from the verdicts of the rules.

No delay is computed here a second time: each line takes its dates from the facts of one rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from levier.common.domain.findings import Finding, Status
from levier.council.domain.parameters import PUBLICITY_REFORM_ON
from levier.council.domain.record import AssemblyKind, Record, deliberation_names
from levier.council.domain.rules import check
from levier.council.domain.rules.facts import Case, plausible
from levier.council.domain.rules.publicity import posted_until, publishes_online
from levier.council.domain.rules.register import binding_due_on, end_of_next_quarter, volume_of

_SITTING = "séance"


class DeadlineState(StrEnum):
    """Where a deadline stands on the day of the look."""

    DONE = "done"
    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The words that a person reads."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    DeadlineState.DONE: "fait",
    DeadlineState.OPEN: "à venir",
    DeadlineState.OVERDUE: "dépassée",
    DeadlineState.CLOSED: "expiré",
    DeadlineState.UNKNOWN: "départ inconnu",
}


class Nature(StrEnum):
    """A duty is done by someone; a window is a time during which others may act."""

    DUTY = "duty"
    WINDOW = "window"


class Who(StrEnum):
    """Who must act, or may."""

    EXECUTIVE = "executive"
    SECRETARY = "secretary"
    STATE = "state"
    ANYONE = "anyone"


_WHO_LABELS = {
    Who.SECRETARY: "le secrétariat",
    Who.STATE: "le préfet",
    Who.ANYONE: "toute personne intéressée",
}
_EXECUTIVE_LABELS = {
    AssemblyKind.COMMUNE: "le maire",
    AssemblyKind.EPCI: "la présidence",
    None: "le maire ou la présidence",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing due, or one delay that runs.

    `key` names the thing in every record (« list », « prefect »). `due_on` is None where no delay
    is set by law, or where it has not begun. `deliberation` is the index of the act in the record,
    None for the sitting. A duty that nothing tells to be done is overdue once its day is past.
    """

    key: str
    what: str
    article: str
    due_on: date | None
    done_on: date | None
    state: DeadlineState
    nature: Nature
    who: str
    scope: str = _SITTING
    deliberation: int | None = None

    @property
    def is_late(self) -> bool:
        """Whether it was done after its day."""
        return self.due_on is not None and self.done_on is not None and self.done_on > self.due_on


@dataclass(frozen=True, slots=True)
class _Clock:
    """Which facts of a rule make a deadline."""

    key: str
    rule: str
    what: str
    due: str
    done: str | None
    who: Who
    nature: Nature = Nature.DUTY


_CLOCKS = (
    *(
        _Clock(
            "convocation",
            rule,
            "Envoi de la convocation, dernier jour",
            "latest_sending_day",
            "convocation_date",
            Who.EXECUTIVE,
        )
        for rule in ("K7", "K8")
    ),
    _Clock(
        "list",
        "R1",
        "Affichage et mise en ligne de la liste des délibérations",
        "due_on",
        "done_on",
        Who.SECRETARY,
    ),
    _Clock("minutes", "R3", "Publication du procès-verbal", "due_on", "done_on", Who.SECRETARY),
    _Clock(
        "delegated",
        "R7",
        "Compte rendu au conseil des décisions prises par délégation",
        "due_on",
        "done_on",
        Who.EXECUTIVE,
    ),
    _Clock(
        "individual",
        "X7",
        "Transmission de la décision individuelle",
        "due_on",
        "done_on",
        Who.EXECUTIVE,
    ),
    _Clock("contract", "X8", "Transmission du contrat signé", "due_on", "done_on", Who.EXECUTIVE),
    _Clock(
        "request",
        "X9",
        "Fin du contrôle du préfet sur un acte non transmissible",
        "challenge_deadline",
        None,
        Who.STATE,
        Nature.WINDOW,
    ),
    _Clock(
        "prefect",
        "X10",
        "Fin du contrôle du préfet",
        "challenge_deadline",
        None,
        Who.STATE,
        Nature.WINDOW,
    ),
    _Clock(
        "challenge",
        "X11",
        "Fin du recours des tiers",
        "challenge_deadline",
        None,
        Who.ANYONE,
        Nature.WINDOW,
    ),
)
_RULES_READ = frozenset({clock.rule for clock in _CLOCKS} | {"X1"})


def deadlines(
    record: Record, *, as_of: date, department: str | None = None
) -> tuple[Deadline, ...]:
    """Everything due around one sitting, on the day of the look: the sitting first, then each act.

    Within each, in the order in which things happen. Acts of a sitting to come await nothing yet.
    """
    case, names = Case(record, as_of, department or record.department), deliberation_names(record)
    findings = check(record, as_of=as_of, department=department, only=_RULES_READ)
    by_rule = {(finding.rule, finding.scope): finding for finding in findings}
    found: list[Deadline] = []
    acts = enumerate(names) if _is_held(record, as_of) else ()
    for index, scope in [(None, _SITTING), *acts]:
        found += _from_clocks(record, by_rule, scope, index, as_of)
        if index is None:
            found += _of_sitting(case, by_rule)
        else:
            found += _to_take_effect(case, by_rule["X1", scope], index)
            found += _to_stay_online(case, scope, index)
    return tuple(found)


def _from_clocks(
    record: Record,
    by_rule: dict[tuple[str, str], Finding],
    scope: str,
    index: int | None,
    as_of: date,
) -> list[Deadline]:
    found: dict[str, Deadline] = {}
    for clock in _CLOCKS:
        finding = by_rule.get((clock.rule, scope))
        if finding is None or finding.status is Status.NOT_APPLICABLE:
            continue
        if clock.due not in finding.inputs:
            continue
        made = _deadline(clock, finding, record, index, as_of)
        if clock.key == "convocation" and made.done_on is None and _is_held(record, as_of):
            continue  # Nobody convenes a sitting that was held; the rule tells what is missing.
        earlier = found.get(clock.key)
        # Where the population is unknown both delays of convocation may apply: the longer is safe.
        if earlier is None or _sooner(made, earlier):
            found[clock.key] = made
    return list(found.values())


def _is_held(record: Record, as_of: date) -> bool:
    return record.sitting.date is not None and record.sitting.date <= as_of


def _sooner(one: Deadline, other: Deadline) -> bool:
    return one.due_on is not None and (other.due_on is None or one.due_on < other.due_on)


def _deadline(
    clock: _Clock, finding: Finding, record: Record, index: int | None, as_of: date
) -> Deadline:
    due_on = finding.inputs[clock.due]
    done_on = finding.inputs.get(clock.done) if clock.done else None
    return Deadline(
        key=clock.key,
        what=clock.what,
        article=finding.article,
        due_on=due_on,
        done_on=done_on,
        state=_state(clock.nature, due_on, done_on, as_of),
        nature=clock.nature,
        who=_who(clock.who, record),
        scope=finding.scope,
        deliberation=index,
    )


def _state(nature: Nature, due_on: date | None, done_on: date | None, as_of: date) -> DeadlineState:
    if done_on is not None and done_on <= as_of:
        return DeadlineState.DONE
    if due_on is None:
        return DeadlineState.UNKNOWN
    if as_of <= due_on:
        return DeadlineState.OPEN
    return DeadlineState.OVERDUE if nature is Nature.DUTY else DeadlineState.CLOSED


def _who(who: Who, record: Record) -> str:
    return _WHO_LABELS.get(who) or _EXECUTIVE_LABELS[record.assembly_kind]


def _of_sitting(case: Case, by_rule: dict[tuple[str, str], Finding]) -> list[Deadline]:
    """Minutes not adopted yet, next sitting, binding: what follows from the sitting being held."""
    record, held_on, minutes = case.record, case.held_on, by_rule["R3", _SITTING]
    if held_on is None or held_on > case.as_of:
        return []
    found = []
    if held_on >= PUBLICITY_REFORM_ON and "due_on" not in minutes.inputs:
        found.append(
            Deadline(
                key="minutes",
                what="Publication du procès-verbal, dans la semaine de la séance qui l’arrête",
                article=minutes.article,
                due_on=None,
                done_on=None,
                state=DeadlineState.UNKNOWN,
                nature=Nature.DUTY,
                who=_who(Who.SECRETARY, record),
            )
        )
    later = [
        other.date
        for other in record.circumstances.other_sittings
        if plausible(other.date) and other.date > held_on
    ]
    volume = volume_of(case)
    epci = record.assembly_kind is AssemblyKind.EPCI
    for key, what, article, due_on, done_on, who in (
        (
            "next",
            "Prochaine réunion obligatoire, une par trimestre",
            "CGCT L5211-11" if epci else "CGCT L2121-7",
            end_of_next_quarter(held_on),
            min(later, default=None),
            Who.EXECUTIVE,
        ),
        (
            "register",
            f"Reliure du registre de {held_on.year}, avec ses deux tables",
            "CGCT R2121-9",
            binding_due_on(case),
            plausible(volume.bound_on) if volume else None,
            Who.SECRETARY,
        ),
    ):
        if due_on is None:
            continue
        found.append(
            Deadline(
                key=key,
                what=what,
                article=article,
                due_on=due_on,
                done_on=done_on,
                state=_state(Nature.DUTY, due_on, done_on, case.as_of),
                nature=Nature.DUTY,
                who=_who(who, record),
            )
        )
    return found


def _to_stay_online(case: Case, scope: str, index: int) -> list[Deadline]:
    """Two months of posting at least, where acts are published electronically (R2131-1)."""
    until = posted_until(case.item(index))
    if until is None or not publishes_online(case):
        return []
    return [
        Deadline(
            key="posting",
            what="Maintien de l’acte en ligne, au moins jusqu’à ce jour",
            article="CGCT R2131-1",
            due_on=until,
            done_on=None,
            state=_state(Nature.WINDOW, until, None, case.as_of),
            nature=Nature.WINDOW,
            who=_who(Who.SECRETARY, case.record),
            scope=scope,
            deliberation=index,
        )
    ]


def _to_take_effect(case: Case, finding: Finding, index: int) -> list[Deadline]:
    """Transmission and publication: no law dates them, and the act has no effect until then."""
    if finding.status is Status.NOT_APPLICABLE or "executory_on" not in finding.inputs:
        return []
    facts: dict[str, Any] = dict(finding.inputs)
    sent_on = facts.get("received_on") or facts.get("transmitted_on")
    told_on = facts.get("notified_on") if "notified_on" in facts else facts.get("published_on")
    publicity = "Notification" if "notified_on" in facts else "Publication"
    steps = [("publication", f"{publicity} de l’acte, qui sans elle n’a pas d’effet", told_on)]
    if facts.get("transmissible") is not False:
        steps.insert(
            0,
            (
                "transmission",
                "Transmission de l’acte à l’État, sans laquelle il n’a pas d’effet",
                sent_on,
            ),
        )
    return [
        Deadline(
            key=key,
            what=what,
            article=finding.article,
            due_on=None,
            done_on=done_on,
            state=DeadlineState.DONE if done_on and done_on <= case.as_of else DeadlineState.OPEN,
            nature=Nature.DUTY,
            who=_who(Who.EXECUTIVE, case.record),
            scope=finding.scope,
            deliberation=index,
        )
        for key, what, done_on in steps
    ]

"""What the cockpit says: what awaits a decision, what falls due, and how much is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from levier.accounts.domain.actors import Actor
from levier.common.domain.findings import Finding, Severity, Status, worst_status
from levier.common.domain.french import plural
from levier.council.models import Deliberation, Sitting
from levier.council.policies import visible_to
from levier.council.queries.calendar import due
from levier.council.queries.sittings import SITTINGS_IN_COCKPIT, Attention, cockpit_attention
from levier.council.views.calendar import Line as DueLine
from levier.council.views.calendar import lines_of

# A clock tells when an act takes effect or until when it may be challenged; the rest asks someone
# to look at the act itself.
_CLOCKS = (Severity.EFFECT, Severity.DEADLINE)
_DAYS_AHEAD = 30
_DUES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Line:
    """An act, or a sitting, and the findings for which it is listed, gravest first."""

    sitting: Sitting
    deliberation: Deliberation | None
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """What is listed."""
        if self.deliberation is None:
            return "La séance entière, pour toutes ses délibérations"
        return str(self.deliberation.subject)

    @property
    def address(self) -> str:
        """The page of what is listed."""
        if self.deliberation is None:
            return reverse("council:sitting", args=[self.sitting.pk])
        return reverse("council:deliberation", args=[self.deliberation.pk])

    @property
    def worst(self) -> Status:
        """The gravest status of the findings kept."""
        return worst_status(self.findings)

    @property
    def first(self) -> Finding:
        """The finding shown in full."""
        return self.findings[0]

    @property
    def others(self) -> int:
        """How many more findings the page of the act shows."""
        return len(self.findings) - 1


@dataclass(frozen=True, slots=True)
class Cockpit:
    """The state of the installation for one person at one date."""

    headline: str
    sitting_count: int
    deliberation_count: int
    decisions: tuple[Line, ...]
    clocks: tuple[Line, ...]
    dues: tuple[DueLine, ...]

    @property
    def is_partial(self) -> bool:
        """Whether older sittings exist that are not judged here."""
        return self.sitting_count > SITTINGS_IN_COCKPIT

    @property
    def finding_count(self) -> int:
        """Findings that someone should look at, over the latest sittings."""
        return sum(
            finding.status is not Status.OK
            for line in (*self.decisions, *self.clocks)
            for finding in line.findings
        )


def cockpit_of(actor: Actor, as_of: date) -> Cockpit:
    """Everything the cockpit shows, in a number of queries that does not grow with the records."""
    sittings = Sitting.objects.filter(visible_to(actor), date__lte=as_of)
    deliberations = Deliberation.objects.filter(
        visible_to(actor, path="sitting__"), sitting__date__lte=as_of
    )
    attention = cockpit_attention(actor, as_of)
    decisions = tuple(_lines(attention, clocks=False))
    sitting_count = sittings.count()
    return Cockpit(
        headline=_headline(sitting_count, decisions),
        sitting_count=sitting_count,
        deliberation_count=deliberations.count(),
        decisions=decisions,
        clocks=tuple(_lines(attention, clocks=True)),
        dues=_dues(actor, as_of),
    )


def _dues(actor: Actor, as_of: date) -> tuple[DueLine, ...]:
    """What is overdue or falls due within thirty days, the earliest first."""
    lines = lines_of(due(actor, as_of=as_of, until=as_of + timedelta(days=_DAYS_AHEAD)))
    return tuple(line for line in lines if line.deadline.due_on)[:_DUES_SHOWN]


def _lines(attention: Iterable[Attention], *, clocks: bool) -> Iterable[Line]:
    for act in attention:
        kept = tuple(
            finding
            for finding in act.findings
            # A delay that runs is told with its day, among what falls due.
            if (finding.severity in _CLOCKS) is clocks
            and not (clocks and finding.status is Status.OK)
        )
        if kept:
            yield Line(act.sitting, act.deliberation, kept)


def _headline(sitting_count: int, decisions: tuple[Line, ...]) -> str:
    if not sitting_count:
        return "Aucune séance n’est encore enregistrée"
    for status, singular, plural_form in (
        (Status.IRREGULAR, "est à corriger", "sont à corriger"),
        (Status.AT_RISK, "présente un risque", "présentent un risque"),
        (Status.UNVERIFIABLE, "reste à vérifier", "restent à vérifier"),
    ):
        concerned = [line for line in decisions if line.worst is status]
        acts = sum(line.deliberation is not None for line in concerned)
        if acts:
            return plural(acts, f"acte {singular}", f"actes {plural_form}")
        if concerned:
            return plural(len(concerned), f"séance {singular}", f"séances {plural_form}")
    return "Aucun acte n’attend de décision"

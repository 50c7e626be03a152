"""What the frame and the cockpit show of the whole installation; reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from levier.accounts.models import Organisation, OrganisationKind
from levier.common.domain.french import fold
from levier.council.domain.statements import Topic
from levier.council.models import ActStatement


@dataclass(frozen=True, slots=True)
class Territory:
    """The intercommunality that carries the contract, and the contract as an act states it."""

    name: str
    contract: str
    is_demo: bool


def territory(as_of: date) -> Territory | None:
    """What the header names, from public acts up to `as_of`; two queries.

    None when no intercommunality is recorded. Where there are several, the header names them all:
    nothing says that one of them carries the contract.
    """
    organisations = list(
        Organisation.objects.filter(Q(kind=OrganisationKind.EPCI.value) | Q(is_demo=True))
        .order_by("name", "id")
        .values_list("kind", "name", "is_demo")
    )
    names = [name for kind, name, _ in organisations if kind == OrganisationKind.EPCI.value]
    if not organisations:
        return None
    return Territory(
        name=", ".join(names),
        contract=_contract(as_of),
        is_demo=any(is_demo for _, _, is_demo in organisations),
    )


def _contract(as_of: date) -> str:
    """Title and period of the contract by the latest public act that states them."""
    stated = (
        ActStatement.objects.filter(
            topic__in=[Topic.CONTRACT_TITLE.value, Topic.CONTRACT_PERIOD.value],
            deliberation__sitting__is_public=True,
            deliberation__sitting__date__lte=as_of,
        )
        .order_by("-deliberation__sitting__date", "-id")
        .values_list("topic", "text")[:8]
    )
    latest: dict[str, str] = {}
    for topic, text in stated:
        latest.setdefault(topic, text)
    title = latest.get(Topic.CONTRACT_TITLE.value, "")
    period = latest.get(Topic.CONTRACT_PERIOD.value, "")
    if title and not fold(title).startswith("contrat"):
        title = f"Contrat de ville « {title} »"
    return ", ".join(part for part in (title, period) if part)

"""What the papers of a council are made from: a sitting, or the register of a year."""

from __future__ import annotations

from datetime import date

from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.common.domain.errors import NotFound
from levier.council.known_members import seen_by
from levier.council.models import Assembly, Deliberation, Mandate, Sitting
from levier.council.policies import can_view_drafts, open_to, visible_to
from levier.council.queries.sittings import sitting_detail

EARLIEST_YEAR, LATEST_YEAR = 1800, 2200


def sitting_for_drafts(actor: Actor, sitting_id: int) -> Sitting:
    """A sitting whose working papers the person may read. Raises NotFound, or Refused."""
    sitting = sitting_detail(actor, sitting_id)
    require(can_view_drafts, actor, sitting.assembly)
    return sitting


def member_names_on(actor: Actor, sitting: Sitting) -> tuple[str, ...]:
    """Names of the members known to the person to be in office on the day of the sitting."""
    mandates = Mandate.objects.filter(member__assembly_id=sitting.assembly_id)
    known = seen_by(actor, mandates, on=sitting.date).filter(is_in_office=True)
    return tuple(known.order_by("member__name").values_list("member__name", flat=True).distinct())


def register_of(
    actor: Actor, assembly_id: int, year: int, *, as_of: date
) -> tuple[Assembly, list[Deliberation]]:
    """The assembly and the deliberations of its sittings held in a year, in their order.

    Those that the person may see, of sittings held on `as_of` at the latest; two queries. Raises
    NotFound when nothing of the assembly is open to the person.
    """
    visible = Sitting.objects.filter(visible_to(actor), assembly_id=assembly_id)
    found = (
        Assembly.objects.filter(pk=assembly_id).filter(pk__in=visible.values("assembly"))
        | Assembly.objects.filter(open_to(actor), pk=assembly_id)
    ).first()
    if found is None or not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotFound("Ce registre n’existe pas, ou n’a aucune séance publique.")
    deliberations = (
        Deliberation.objects.filter(
            visible_to(actor, path="sitting__"),
            sitting__assembly_id=assembly_id,
            sitting__date__year=year,
            sitting__date__lte=as_of,
        )
        .select_related("sitting", "vote")
        .order_by("sitting__date", "sitting__opens_at", "sitting_id", "position")
    )
    return found, list(deliberations)


def register_years(actor: Actor, assembly_id: int, *, as_of: date) -> list[int]:
    """The years of the visible sittings held, the latest first."""
    years = (
        Sitting.objects.filter(visible_to(actor), assembly_id=assembly_id, date__lte=as_of)
        .order_by()
        .values_list("date__year", flat=True)
        .distinct()
    )
    return sorted(years, reverse=True)

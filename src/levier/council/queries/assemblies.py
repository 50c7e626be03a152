"""What those who keep an assembly see of it: all its mandates, past and to come."""

from __future__ import annotations

from django.db.models import QuerySet

from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.common.domain.errors import NotFound
from levier.council.models import Assembly, Mandate
from levier.council.policies import can_edit_assembly


def assembly_kept(actor: Actor, assembly_id: int) -> Assembly:
    """An assembly that the person keeps. Raises NotFound, or Refused."""
    assembly = Assembly.objects.select_related("organisation").filter(pk=assembly_id).first()
    if assembly is None:
        raise NotFound("Cette assemblée n’existe pas.")
    require(can_edit_assembly, actor, assembly)
    return assembly


def mandates_kept(actor: Actor, assembly: Assembly) -> QuerySet[Mandate]:
    """Every mandate of the assembly, by name then in time; one query."""
    require(can_edit_assembly, actor, assembly)
    return (
        Mandate.objects.filter(member__assembly=assembly)
        .select_related("member", "source")
        .order_by("member__name", "member_id", "starts_on", "attested_on", "id")
    )


def mandate_kept(actor: Actor, mandate_id: int) -> Mandate:
    """A mandate of an assembly that the person keeps. Raises NotFound, or Refused."""
    mandate = (
        Mandate.objects.select_related("member__assembly__organisation", "source")
        .filter(pk=mandate_id)
        .first()
    )
    if mandate is None:
        raise NotFound("Ce mandat n’existe pas.")
    require(can_edit_assembly, actor, mandate.member.assembly)
    return mandate

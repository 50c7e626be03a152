"""Published acts as anyone reads them, and the files as they were posted."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from levier.accounts.domain.actors import Actor
from levier.common.domain.errors import NotFound
from levier.common.domain.french import fold
from levier.council.domain.record import Record
from levier.council.domain.terms import in_office
from levier.council.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Deliberation,
    Mandate,
    Member,
    Movement,
    Procuration,
    PublishedFile,
    Recusal,
    Sitting,
)
from levier.council.models.assemblies import MandateFunction
from levier.council.policies import can_view_drafts, visible_to
from levier.council.rebuilding import record_from

NO_ACT = "Cette délibération n’existe pas, ou n’est pas publique."
NO_FILE = "Aucun fichier de cet acte n’est en ligne."


def current_file(deliberation_id: int) -> PublishedFile | None:
    """The file of the act that is online now; None when there is none.

    No permission is asked: the caller has shown that the person may read the act.
    """
    return PublishedFile.objects.filter(
        deliberation_id=deliberation_id, withdrawn_on__isnull=True
    ).first()


def is_online(deliberation_id: int) -> bool:
    """Whether the act has a page of its own among the acts online."""
    return PublishedFile.objects.filter(
        deliberation_id=deliberation_id, withdrawn_on__isnull=True
    ).exists()


def online_files(
    *,
    text: str = "",
    assembly_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[PublishedFile]:
    """The files online, without their bytes, the latest posting first, each with its act.

    The same for everybody: only acts of public sittings. `text` keeps those whose act holds each of
    its words; `since` and `until` bound the date of posting.
    """
    files = PublishedFile.objects.filter(
        withdrawn_on__isnull=True, deliberation__sitting__is_public=True
    )
    if assembly_id is not None:
        files = files.filter(deliberation__sitting__assembly_id=assembly_id)
    if since is not None:
        files = files.filter(posted_on__gte=since)
    if until is not None:
        files = files.filter(posted_on__lte=until)
    for word in fold(text).split():
        files = files.filter(
            Q(deliberation__search_text__startswith=word)
            | Q(deliberation__search_text__contains=f" {word}")
        )
    return (
        files.defer("content")
        .select_related("deliberation__sitting__assembly__organisation", "deliberation__vote")
        .order_by("-posted_on", "-deliberation__sitting__date", "deliberation__position", "-id")
    )


def publishing_assemblies() -> list[tuple[int, str]]:
    """The assemblies that have an act online, by name."""
    return sorted(
        online_files()
        .order_by()
        .values_list("deliberation__sitting__assembly_id", "deliberation__sitting__assembly__name")
        .distinct(),
        key=lambda pair: pair[1],
    )


def act_alone(actor: Actor, deliberation_id: int) -> tuple[Deliberation, Record]:
    """An act with its sitting, and the record of that act without the others nor who attended.

    A sitting of two hundred acts is not read to show one. Raises NotFound.
    """
    acts = Deliberation.objects.filter(pk=deliberation_id).select_related(
        "rapporteur", "president", "vote", "agenda_item"
    )
    sitting = (
        Sitting.objects.filter(visible_to(actor), deliberations=deliberation_id)
        .select_related("assembly__organisation", "president", "secretary", "signatory")
        .prefetch_related(
            Prefetch("agenda_items", AgendaItem.objects.none()),
            Prefetch("attendances", Attendance.objects.none()),
            Prefetch("procurations", Procuration.objects.none()),
            Prefetch("movements", Movement.objects.none()),
            Prefetch("deliberations", acts),
            "deliberations__clauses",
            Prefetch("deliberations__recusals", Recusal.objects.select_related("member")),
            Prefetch("deliberations__ballots", Ballot.objects.select_related("member", "cast_by")),
        )
        .first()
    )
    if sitting is None:
        raise NotFound(NO_ACT)
    (act,) = sitting.deliberations.all()
    act.sitting = sitting
    return act, record_from(sitting)


def files_of(actor: Actor, deliberation: Deliberation) -> list[PublishedFile]:
    """Every file of an act, the latest first, without their bytes, as the person may know them.

    The public knows the file that is online; the organisation keeps those that it withdrew.
    """
    files = PublishedFile.objects.filter(deliberation=deliberation).defer("content")
    if not can_view_drafts(actor, deliberation.sitting.assembly):
        files = files.filter(withdrawn_on__isnull=True)
    return list(files.select_related("created_by"))


def file_to_read(actor: Actor, deliberation_id: int, file_id: int | None = None) -> PublishedFile:
    """The bytes of the file that is online, or of one that was, with the act and its sitting.

    Raises NotFound when there is none, or when the person may not read it: a file that was
    withdrawn is kept for the organisation alone.
    """
    files = PublishedFile.objects.filter(
        visible_to(actor, path="deliberation__sitting__"), deliberation_id=deliberation_id
    ).select_related("deliberation__sitting__assembly")
    files = files.filter(withdrawn_on__isnull=True) if file_id is None else files.filter(pk=file_id)
    found = files.first()
    if found is None or (
        found.withdrawn_on is not None
        and not can_view_drafts(actor, found.deliberation.sitting.assembly)
    ):
        raise NotFound(NO_FILE)
    return found


def published_under(sha256: str) -> tuple[PublishedFile, ...]:
    """The files of public sittings that have this digest, without their bytes; withdrawn ones too.

    Anyone who holds the file already may ask whether it was published here.
    """
    return tuple(
        PublishedFile.objects.filter(sha256=sha256.lower(), deliberation__sitting__is_public=True)
        .defer("content")
        .select_related("deliberation__sitting__assembly")
    )


def is_mayor_on(member: Member, day: date) -> bool:
    """Whether a mandate of mayor is known to hold that day; no other capacity has one wording."""
    return any(
        in_office(
            day,
            starts_on=mandate.starts_on,
            attested_on=mandate.attested_on,
            ends_on=mandate.ends_on,
        )
        for mandate in Mandate.objects.filter(member=member, function=MandateFunction.MAYOR.value)
    )

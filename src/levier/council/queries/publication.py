"""Published acts as anyone reads them, and the files as they were posted."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from levier.accounts.domain.actors import Actor
from levier.common.domain.errors import NotFound
from levier.common.domain.french import fold
from levier.council.models import Deliberation, PublishedFile
from levier.council.policies import can_view_drafts, visible_to

NO_FILE = "Aucun fichier de cet acte n’est en ligne."


def current_file(deliberation_id: int) -> PublishedFile | None:
    """The file of the act that is online now; None when there is none.

    No permission is asked: the caller has shown that the person may read the act.
    """
    return PublishedFile.objects.filter(
        deliberation_id=deliberation_id, withdrawn_on__isnull=True
    ).first()


def published_acts(
    *,
    text: str = "",
    assembly_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Deliberation]:
    """Acts online, the latest posting first, each with its file in `online` (without its bytes).

    The same for everybody: only acts of public sittings whose file has not been withdrawn. `text`
    keeps those that hold each of its words; `since` and `until` bound the date of posting.
    """
    online = Q(published_files__withdrawn_on__isnull=True)
    if since is not None:
        online &= Q(published_files__posted_on__gte=since)
    if until is not None:
        online &= Q(published_files__posted_on__lte=until)
    acts = Deliberation.objects.filter(
        online, published_files__isnull=False, sitting__is_public=True
    )
    if assembly_id is not None:
        acts = acts.filter(sitting__assembly_id=assembly_id)
    for word in fold(text).split():
        acts = acts.filter(Q(search_text__startswith=word) | Q(search_text__contains=f" {word}"))
    files = PublishedFile.objects.filter(withdrawn_on__isnull=True).defer("content")
    return (
        acts.select_related("sitting__assembly", "vote")
        .prefetch_related(Prefetch("published_files", files, to_attr="online"))
        .order_by("-published_files__posted_on", "-sitting__date", "position", "id")
    )


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

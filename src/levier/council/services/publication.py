"""Posting the file of an act, for ever the same, and withdrawing it (CGCT L2131-1, R2131-1)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from levier.accounts import audit
from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.accounts.writing import writing
from levier.common.domain.dates import add_months
from levier.common.domain.errors import Invalid, NotFound, UnreadableInput
from levier.common.domain.french import date_in_words, fold
from levier.common.validation import checked
from levier.council.domain.formalities import ActFormalities, PublicityMode
from levier.council.domain.parameters import POSTING_MONTHS, PUBLICITY_REFORM_ON
from levier.council.domain.record import Outcome
from levier.council.models import Deliberation, PublishedFile, Sitting
from levier.council.policies import can_publish_act, can_view_sitting
from levier.council.queries.publication import NO_ACT, NO_FILE, current_file
from levier.council.readers.texts import text_of
from levier.council.rebuilding import record_from, with_rows
from levier.council.record_json import dump_part, load_part
from levier.documents.signature import sign_pdf, verify_pdf

# What an extract prints of its own transmission and publication: it changes, the act does not. Read
# without spaces, since a word that moves may be divided at the end of its line.
_DATES_OF_THE_ACT = re.compile(
    r"(?:transmiseaurepresentantdeletat|recueparlerepresentantdeletat|publiee)"
    r"le\d{1,2}(?:er)?[a-z]+\d{4}"
)


def publish_act(
    actor: Actor,
    deliberation_id: int,
    *,
    posted_on: date,
    author_name: str,
    author_capacity: str,
    signed_pdf: bytes | None = None,
    on_own_site: bool | None = None,
    as_example: bool = False,
) -> PublishedFile:
    """Post the extract of an act, or its signed version, in the place of the file online.

    The act becomes published on `posted_on`, unless it was already: that date stays as long as the
    file holds the same text, and starts again with another text, since nobody could challenge
    what was not shown. `on_own_site` tells whether these pages are the assembly's own website.
    `as_example` posts a file without dating the act, whose publication is another's fact.
    Posting the same bytes again changes nothing. Raises Invalid by field, NotFound, or Refused.
    """
    with writing(actor):
        sitting, act = _locked(actor, deliberation_id)
        _require_postable(sitting, act, posted_on, author_name, author_capacity)
        before = current_file(act.pk)
        published_on = min(filter(None, (act.published_on, posted_on)))
        content = signed_pdf or _extract(sitting, act, published_on)
        if signed_pdf is not None:
            _require_signed(signed_pdf)
            extracts = (_extract(sitting, act, day) for day in (act.published_on, published_on))
            _require_same_act(signed_pdf, extracts)
        if before is not None:
            if bytes(before.content) == content:
                return before
            _require_later(before, posted_on)
            if not _same_text(content, bytes(before.content)):
                published_on = posted_on
                content = signed_pdf or _extract(sitting, act, published_on)
            before.withdrawn_on = posted_on
            before.save(update_fields=["withdrawn_on"])
        posted = PublishedFile(
            deliberation=act,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            posted_on=posted_on,
            author_name=" ".join(author_name.split()),
            author_capacity=" ".join(author_capacity.split()),
            is_signed=signed_pdf is not None,
            created_by_id=actor.person_id,
        )
        checked(posted).save()
        changes: dict[str, tuple[object, object]] = {
            "sha256": (before and before.sha256, posted.sha256),
            "posted_on": (before and before.posted_on, posted.posted_on),
            "author": (None, f"{posted.author_name}, {posted.author_capacity}"),
            "is_signed": (before and before.is_signed, posted.is_signed),
        }
        if not as_example:
            if act.published_on != published_on:
                changes["published_on"] = (act.published_on, published_on)
            act.published_on = published_on
            _keep_formalities(sitting, act, on_own_site=on_own_site, until=None)
        audit.write(actor, "act.posted", act, changes)
    return posted


def withdrawal_from(file: PublishedFile) -> date:
    """The first day on which the file may leave: two months after its posting (R2131-1)."""
    months = POSTING_MONTHS.at(max(file.posted_on, PUBLICITY_REFORM_ON))
    return add_months(file.posted_on, months)


def withdraw_file(actor: Actor, file_id: int, *, withdrawn_on: date) -> PublishedFile:
    """Take the file of an act offline, two months after its posting at the earliest (R2131-1).

    The organisation keeps it, with its dates. Raises Invalid, NotFound, or Refused.
    """
    with writing(actor):
        known = PublishedFile.objects.defer("content").filter(pk=file_id).first()
        if known is None:
            raise NotFound(NO_FILE)
        sitting, act = _locked(actor, known.deliberation_id)
        file = PublishedFile.objects.defer("content").get(pk=file_id)
        if file.withdrawn_on is not None:
            raise NotFound(NO_FILE)
        earliest = withdrawal_from(file)
        if withdrawn_on < earliest:
            raise Invalid(
                {
                    "withdrawn_on": "Un acte reste en ligne deux mois au moins : celui-ci peut "
                    f"être retiré à partir du {date_in_words(earliest)} (article R2131-1 du CGCT). "
                    "Pour corriger le fichier, publiez-en un autre à sa place."
                }
            )
        if withdrawn_on > timezone.localdate():
            raise Invalid({"withdrawn_on": "Cette date est à venir : retirez l’acte ce jour-là."})
        file.withdrawn_on = withdrawn_on
        file.save(update_fields=["withdrawn_on"])
        _keep_formalities(sitting, act, until=withdrawn_on)
        audit.write(actor, "act.withdrawn", act, {"withdrawn_on": (None, withdrawn_on)})
    return file


def require_no_act_due_online(sitting: Sitting) -> None:
    """Raise Invalid when an act of the sitting was published less than two months ago."""
    files = PublishedFile.objects.defer("content").filter(
        deliberation__sitting=sitting,
        deliberation__published_on__isnull=False,
        withdrawn_on__isnull=True,
    )
    latest = files.order_by("-posted_on", "id").first()
    if latest is not None and timezone.localdate() < withdrawal_from(latest):
        raise Invalid(
            {
                "": "Un acte de cette séance est en ligne depuis le "
                f"{date_in_words(latest.posted_on)} : il y reste deux mois au moins, jusqu’au "
                f"{date_in_words(withdrawal_from(latest))} (article R2131-1 du CGCT)."
            }
        )


def extract_to_sign(actor: Actor, deliberation_id: int) -> bytes:
    """The extract as it would be posted; the very file that is online when the act is the same.

    Raises NotFound, Refused, or Invalid when the act cannot be published.
    """
    sitting = with_rows(Sitting.objects.filter(deliberations=deliberation_id)).first()
    if sitting is None or not can_view_sitting(actor, sitting):
        raise NotFound(NO_ACT)
    require(can_publish_act, actor, sitting)
    act = _act_of(sitting, deliberation_id)
    _require_decided(act)
    extract = _extract(sitting, act, act.published_on)
    online = current_file(act.pk)
    if online is not None and _same_text(extract, bytes(online.content)):
        return bytes(online.content)
    return extract


def sign_extract(
    actor: Actor,
    deliberation_id: int,
    *,
    pkcs12: bytes,
    passphrase: str,
    author_name: str,
    signed_at: datetime,
) -> bytes:
    """The extract of an act, signed with the person's certificate; nothing of it is stored.

    Raises what `extract_to_sign` and `sign_pdf` do.
    """
    extract = extract_to_sign(actor, deliberation_id)
    act = Deliberation.objects.select_related("sitting__assembly").get(pk=deliberation_id)
    return sign_pdf(
        extract,
        pkcs12=pkcs12,
        passphrase=passphrase,
        reason="Extrait du registre des délibérations",
        location=act.sitting.assembly.name,
        name=author_name,
        signed_at=signed_at,
    )


# --- What may be posted --------------------------------------------------------------------------


def _locked(actor: Actor, deliberation_id: int) -> tuple[Sitting, Deliberation]:
    """The act and its sitting with its rows, locked for the time of the transaction."""
    sittings = Sitting.objects.select_for_update(of=("self",))
    sitting = with_rows(sittings.filter(deliberations=deliberation_id)).first()
    if sitting is None or not can_view_sitting(actor, sitting):
        raise NotFound(NO_ACT)
    require(can_publish_act, actor, sitting)
    return sitting, _act_of(sitting, deliberation_id)


def _act_of(sitting: Sitting, deliberation_id: int) -> Deliberation:
    act = next(row for row in sitting.deliberations.all() if row.pk == deliberation_id)
    act.sitting = sitting
    return act


def _require_decided(act: Deliberation) -> None:
    if act.vote.outcome not in (Outcome.ADOPTED, Outcome.REJECTED):
        raise Invalid(
            {
                "": "Cette affaire n’a pas de résultat de vote, ou elle est ajournée : il n’y a "
                "pas encore d’acte à publier."
            }
        )


def _require_postable(
    sitting: Sitting, act: Deliberation, posted_on: date, author_name: str, author_capacity: str
) -> None:
    _require_decided(act)
    found = {}
    if not sitting.is_public:
        found[""] = "Rendez d’abord la séance publique : un acte en ligne se lit sans compte."
    if posted_on < sitting.date:
        found["posted_on"] = (
            "Un acte n’est pas publié avant la séance qui l’a pris "
            f"({date_in_words(sitting.date)})."
        )
    elif posted_on > timezone.localdate():
        found["posted_on"] = "Cette date est à venir : publiez l’acte ce jour-là."
    if len(author_name.split()) < 2:
        found["author_name"] = "Donnez le prénom et le nom de l’auteur (article R2131-1 du CGCT)."
    if not author_capacity.strip():
        found["author_capacity"] = "Donnez la qualité de l’auteur : maire, président, adjointe…"
    if found:
        raise Invalid(found)


def _require_later(before: PublishedFile, posted_on: date) -> None:
    if posted_on < before.posted_on:
        raise Invalid(
            {
                "posted_on": "Un autre fichier de cet acte est en ligne depuis le "
                f"{date_in_words(before.posted_on)} : celui-ci ne peut pas le précéder."
            }
        )


def _require_signed(signed_pdf: bytes) -> None:
    reports = verify_pdf(signed_pdf, trusted=None, at=timezone.now())
    if not reports:
        raise Invalid({"signed_pdf": "Ce PDF ne porte aucune signature électronique."})
    for report in reports:
        if not report.holds:
            raise Invalid({"signed_pdf": " ".join(report.sentences)})


def _require_same_act(signed_pdf: bytes, extracts: Iterable[bytes]) -> None:
    """The file prints what one of these extracts does, whatever was added to its bytes."""
    if not any(_same_text(signed_pdf, extract) for extract in extracts):
        raise Invalid(
            {
                "signed_pdf": "Ce fichier n’est pas l’extrait produit par Levier : son texte en "
                "diffère. Téléchargez l’extrait à signer, signez-le sans le modifier, puis "
                "déposez-le."
            }
        )


# --- The file and the act ------------------------------------------------------------------------


def _extract(sitting: Sitting, act: Deliberation, published_on: date | None) -> bytes:
    from levier.council.writers.extracts import extract_pdf

    record = record_from(sitting)
    position = [row.pk for row in sitting.deliberations.all()].index(act.pk)
    acts = list(record.deliberations)
    acts[position] = replace(acts[position], published_on=published_on)
    return extract_pdf(replace(record, deliberations=tuple(acts)), position)


def _same_text(one: bytes, other: bytes) -> bool:
    """Whether two files print the same act, but for the dates of its transmission and posting."""
    return _printed(one) == _printed(other)


def _printed(pdf: bytes) -> str:
    try:
        text = text_of(pdf)
    except UnreadableInput:  # no text at all: it prints nothing of the act
        return ""
    return _DATES_OF_THE_ACT.sub("", "".join(fold(text).split()))


def _keep_formalities(
    sitting: Sitting, act: Deliberation, *, until: date | None, on_own_site: bool | None = None
) -> None:
    """Write in the act what its posting makes true, and let no open form overwrite it unseen."""
    known = load_part(act.formalities, ActFormalities)
    publication = replace(
        known.publication,
        mode=PublicityMode.ONLINE,
        until=until,
        whole_text=True,
        fixed_format=True,
        downloadable=True,
        author_named=True,
    )
    if on_own_site is not None:
        publication = replace(publication, on_own_site=on_own_site)
    act.formalities = dump_part(replace(known, publication=publication))
    act.save(update_fields=["published_on", "formalities"])
    sitting.version += 1
    sitting.save(update_fields=["version"])

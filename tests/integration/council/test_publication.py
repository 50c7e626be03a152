"""Posting an act: what becomes true, what never changes, what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from levier.accounts.actors import ANONYMOUS, OPERATOR
from levier.accounts.models import AuditEntry, Organisation
from levier.common.domain.errors import Invalid, NotFound, Refused, UnreadableInput
from levier.common.domain.findings import Status
from levier.council.domain.formalities import ActFormalities, PublicityMode
from levier.council.domain.record import Outcome, Vote
from levier.council.models import Assembly, Deliberation, PublishedFile
from levier.council.queries.publication import (
    current_file,
    file_to_read,
    files_of,
    online_files,
    published_under,
)
from levier.council.queries.sittings import findings_of_deliberation
from levier.council.record_json import load_part
from levier.council.services.publication import (
    extract_to_sign,
    publish_act,
    sign_extract,
    withdraw_file,
)
from levier.council.services.sittings import save_sitting, set_public
from levier.documents.signature import sign_pdf
from tests.conftest import Someone
from tests.unit.documents.certificates import PASSPHRASE, make, mayor
from tests.unit.documents.forging import rewritten
from tests.web.council_cases import record, stored

POSTED_ON = date(2024, 6, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_25_june_2024() -> Iterator[None]:
    with time_machine.travel(datetime(2024, 6, 25, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def act(council: Assembly) -> Deliberation:
    """An adopted act of a public sitting."""
    return stored(council, public=True).deliberations.get()


def publish(act: Deliberation, by: Any = OPERATOR, **changes: Any) -> PublishedFile:
    values = {
        "posted_on": POSTED_ON,
        "author_name": "Daniel  KRUSZKA",
        "author_capacity": "maire",
    } | changes
    return publish_act(by, act.pk, **values)


def signed(act: Deliberation) -> bytes:
    return sign_extract(
        OPERATOR,
        act.pk,
        pkcs12=mayor().pkcs12,
        passphrase=PASSPHRASE,
        author_name="Daniel KRUSZKA",
        signed_at=datetime(2024, 6, 20, 9, tzinfo=UTC),
    )


def fresh(act: Deliberation) -> Deliberation:
    return Deliberation.objects.get(pk=act.pk)


def formalities(act: Deliberation) -> ActFormalities:
    return load_part(fresh(act).formalities, ActFormalities)


def test_a_posted_act_is_published_and_only_what_is_a_fact_is_noted(
    act: Deliberation, alice: Someone
) -> None:
    version = act.sitting.version
    file = publish(act, alice.actor)
    assert bytes(file.content).startswith(b"%PDF-")
    assert file.sha256 == hashlib.sha256(file.content).hexdigest()
    assert (file.size, file.author_name) == (len(file.content), "Daniel KRUSZKA")
    assert fresh(act).published_on == POSTED_ON
    noted = formalities(act).publication
    assert (noted.mode, noted.fixed_format, noted.author_named) == (
        PublicityMode.ONLINE,
        True,
        True,
    )
    assert (noted.on_own_site, noted.until) == (None, None)
    assert fresh(act).sitting.version == version + 1
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.person_id) == ("act.posted", alice.person.pk)
    assert entry.changes["sha256"] == [None, file.sha256]
    assert entry.changes["published_on"] == [None, "2024-06-20"]


def test_what_was_noted_answers_the_rule_of_electronic_publication(act: Deliberation) -> None:
    """X3 asks for the site, the text, the format, the download and the author."""
    publish(act, on_own_site=True)
    found = findings_of_deliberation(ANONYMOUS, act.pk, date(2024, 6, 25))
    statuses = {finding.rule: finding.status for finding in found}
    assert statuses["X3"] is not Status.IRREGULAR
    with time_machine.travel(datetime(2024, 8, 20, 10, tzinfo=UTC)):
        withdraw_file(OPERATOR, PublishedFile.objects.get().pk, withdrawn_on=date(2024, 8, 20))
    found = findings_of_deliberation(ANONYMOUS, act.pk, date(2024, 8, 25))
    statuses = {finding.rule: finding.status for finding in found}
    assert statuses["X3"] is Status.OK


def test_an_example_is_posted_without_dating_the_act(act: Deliberation) -> None:
    publish(act, as_example=True)
    assert current_file(act.pk) is not None
    assert fresh(act).published_on is None
    assert formalities(act) == ActFormalities()


def test_the_same_bytes_again_change_nothing(act: Deliberation) -> None:
    first = publish(act)
    lines = AuditEntry.objects.count()
    assert publish(act) == first
    assert (PublishedFile.objects.count(), AuditEntry.objects.count()) == (1, lines)


def test_a_signed_version_takes_the_place_of_the_first_and_keeps_the_date(
    act: Deliberation,
) -> None:
    first = publish(act, posted_on=date(2024, 6, 13))
    second = publish(act, signed_pdf=signed(act), on_own_site=True)
    assert bytes(second.content).startswith(bytes(first.content))
    assert current_file(act.pk) == second
    first.refresh_from_db()
    assert first.withdrawn_on == POSTED_ON
    assert fresh(act).published_on == date(2024, 6, 13)
    assert formalities(act).publication.on_own_site is True
    assert second.is_signed


def test_another_text_starts_the_delay_again(act: Deliberation, council: Assembly) -> None:
    publish(act, posted_on=date(2024, 6, 13))
    before = record()
    other = replace(before.deliberations[0], decisions=("Le contrat est refusé.",))
    _save(act, council, replace(before, deliberations=(other,)))
    publish(act)
    assert fresh(act).published_on == POSTED_ON


def _save(act: Deliberation, council: Assembly, changed: Any) -> None:
    sitting = fresh(act).sitting
    kept = changed.deliberations[0]
    known = fresh(act)
    kept = replace(
        kept,
        published_on=known.published_on,
        formalities=load_part(known.formalities, ActFormalities),
    )
    save_sitting(
        OPERATOR,
        replace(changed, deliberations=(kept,)),
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )


def test_transmission_after_the_posting_does_not_make_another_text(
    act: Deliberation, council: Assembly
) -> None:
    publish(act, posted_on=date(2024, 6, 13))
    sent = replace(
        record().deliberations[0],
        transmitted_on=date(2024, 6, 14),
        received_on=date(2024, 6, 14),
    )
    _save(act, council, replace(record(), deliberations=(sent,)))
    publish(act, signed_pdf=signed(act))
    assert fresh(act).published_on == date(2024, 6, 13)


def test_a_date_of_publication_known_before_stays(act: Deliberation) -> None:
    Deliberation.objects.filter(pk=act.pk).update(published_on=date(2024, 6, 12))
    publish(act)
    assert fresh(act).published_on == date(2024, 6, 12)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"posted_on": date(2024, 6, 10)}, "posted_on", "avant la séance"),
        ({"posted_on": date(2024, 6, 26)}, "posted_on", "à venir"),
        ({"author_name": "KRUSZKA"}, "author_name", "prénom"),
        ({"author_capacity": " "}, "author_capacity", "qualité"),
    ],
)
def test_what_the_public_must_read_is_asked(
    act: Deliberation, changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as caught:
        publish(act, **changes)
    assert list(caught.value.by_field) == [field]
    assert not PublishedFile.objects.exists()
    assert fresh(act).published_on is None


def test_an_act_of_a_sitting_that_is_not_public_is_not_posted(council: Assembly) -> None:
    draft = stored(council).deliberations.get()
    with pytest.raises(Invalid, match="publique"):
        publish(draft)


@pytest.mark.parametrize("outcome", [None, Outcome.POSTPONED])
def test_what_was_not_decided_is_not_posted(council: Assembly, outcome: Outcome | None) -> None:
    item = replace(record().deliberations[0], vote=Vote(outcome=outcome))
    sitting = stored(council, public=True, given=replace(record(), deliberations=(item,)))
    with pytest.raises(Invalid, match="pas encore d’acte"):
        publish(sitting.deliberations.get())


def test_who_may_post_sign_and_withdraw(
    act: Deliberation, alice: Someone, bruno: Someone, chloe: Someone, emile: Someone
) -> None:
    file = publish(act, alice.actor, posted_on=date(2024, 6, 11))
    for actor in (ANONYMOUS, bruno.actor, chloe.actor, emile.actor):
        with pytest.raises(Refused):
            publish(act, actor)
        with pytest.raises(Refused):
            extract_to_sign(actor, act.pk)
        with pytest.raises(Refused):
            withdraw_file(actor, file.pk, withdrawn_on=date(2024, 6, 25))
    assert PublishedFile.objects.get().withdrawn_on is None


def test_a_draft_of_another_town_does_not_exist(council: Assembly, chloe: Someone) -> None:
    draft = stored(council).deliberations.get()
    with pytest.raises(NotFound):
        publish(draft, chloe.actor)
    with pytest.raises(NotFound):
        extract_to_sign(chloe.actor, draft.pk)


# --- Signed files --------------------------------------------------------------------------------


def test_a_file_that_is_not_the_act_is_refused(act: Deliberation, council: Assembly) -> None:
    other = stored(council, public=True, given=record(date(2024, 6, 4))).deliberations.get()
    with pytest.raises(Invalid, match="n’est pas l’extrait produit par Levier"):
        publish(act, signed_pdf=signed(other))
    assert not PublishedFile.objects.exists()


def test_a_file_without_signature_or_changed_since_is_refused(act: Deliberation) -> None:
    with pytest.raises(Invalid, match="aucune signature"):
        publish(act, signed_pdf=extract_to_sign(OPERATOR, act.pk))
    good = signed(act)
    changed = good[:2_000] + bytes([good[2_000] ^ 1]) + good[2_001:]
    with pytest.raises(Invalid, match="ne vaut plus"):
        publish(act, signed_pdf=changed)
    with pytest.raises(UnreadableInput):
        publish(act, signed_pdf=b"rien")
    assert not PublishedFile.objects.exists()


def test_a_page_rewritten_before_the_signature_is_refused(act: Deliberation) -> None:
    """It starts with the bytes of the extract and its signature holds: only its text betrays it."""
    forged = sign_pdf(
        rewritten(extract_to_sign(OPERATOR, act.pk)),
        pkcs12=mayor().pkcs12,
        passphrase=PASSPHRASE,
        reason="",
        location="",
        name="",
        signed_at=datetime(2024, 6, 20, 9, tzinfo=UTC),
    )
    assert forged.startswith(extract_to_sign(OPERATOR, act.pk))
    with pytest.raises(Invalid, match="n’est pas l’extrait produit par Levier"):
        publish(act, signed_pdf=forged)


def test_nothing_of_the_certificate_is_stored(act: Deliberation) -> None:
    who = make("Daniel KRUSZKA")
    content = sign_extract(
        OPERATOR,
        act.pk,
        pkcs12=who.pkcs12,
        passphrase=PASSPHRASE,
        author_name="Daniel KRUSZKA",
        signed_at=datetime(2024, 6, 25, 9, tzinfo=UTC),
    )
    publish(act, signed_pdf=content)
    written = " ".join(str(entry.changes) for entry in AuditEntry.objects.order_by("id"))
    assert PASSPHRASE not in written
    assert who.pkcs12 not in content


# --- What was posted stays -----------------------------------------------------------------------


def test_a_file_stays_two_months_at_least(act: Deliberation) -> None:
    file = publish(act)
    with pytest.raises(Invalid, match="à partir du 20 août 2024"):
        withdraw_file(OPERATOR, file.pk, withdrawn_on=date(2024, 6, 25))
    with time_machine.travel(datetime(2024, 8, 20, 10, tzinfo=UTC)):
        with pytest.raises(Invalid):
            withdraw_file(OPERATOR, file.pk, withdrawn_on=date(2024, 8, 19))
        with pytest.raises(Invalid, match="à venir"):
            withdraw_file(OPERATOR, file.pk, withdrawn_on=date(2024, 8, 21))
        withdraw_file(OPERATOR, file.pk, withdrawn_on=date(2024, 8, 20))
        with pytest.raises(NotFound):
            withdraw_file(OPERATOR, file.pk, withdrawn_on=date(2024, 8, 20))
    assert current_file(act.pk) is None
    assert formalities(act).publication.until == date(2024, 8, 20)
    assert fresh(act).published_on == POSTED_ON


@pytest.mark.parametrize(
    "change",
    [
        {"content": b"%PDF-autre"},
        {"sha256": "0" * 64},
        {"posted_on": date(2024, 6, 1)},
        {"author_name": "Un Autre"},
        {"is_signed": True},
        {"created_at": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
def test_the_database_itself_keeps_a_published_file(
    act: Deliberation, change: dict[str, Any]
) -> None:
    file = publish(act)
    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic():
        PublishedFile.objects.filter(pk=file.pk).update(**change)
    with pytest.raises(IntegrityError, match="ne s’efface pas"), transaction.atomic():
        PublishedFile.objects.filter(pk=file.pk).delete()
    PublishedFile.objects.filter(pk=file.pk).update(withdrawn_on=date(2024, 8, 20))
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedFile.objects.filter(pk=file.pk).update(withdrawn_on=None)


# --- What people read ----------------------------------------------------------------------------


def test_the_public_reads_the_file_online_and_the_organisation_the_others(
    act: Deliberation, alice: Someone, chloe: Someone
) -> None:
    first = publish(act, posted_on=date(2024, 6, 13))
    second = publish(act, signed_pdf=signed(act))
    assert files_of(alice.actor, act) == [second, first]
    assert files_of(chloe.actor, act) == [second]
    assert file_to_read(ANONYMOUS, act.pk) == second
    assert file_to_read(alice.actor, act.pk, first.pk) == first
    with pytest.raises(NotFound):
        file_to_read(ANONYMOUS, act.pk, first.pk)
    assert list(online_files()) == [second]
    assert published_under(first.sha256.upper()) == (first,)


def test_what_leaves_the_public_pages_is_no_longer_read(act: Deliberation, alice: Someone) -> None:
    file = publish(act)
    with time_machine.travel(datetime(2024, 9, 1, 10, tzinfo=UTC)):
        set_public(OPERATOR, act.sitting_id, False)
    assert not online_files().exists()
    assert published_under(file.sha256) == ()
    with pytest.raises(NotFound):
        file_to_read(ANONYMOUS, act.pk)
    assert file_to_read(alice.actor, act.pk) == file


def test_a_sitting_stays_public_while_its_acts_must_stay_online(act: Deliberation) -> None:
    publish(act)
    with pytest.raises(Invalid, match="jusqu’au 20 août 2024"):
        set_public(OPERATOR, act.sitting_id, False)
    act.sitting.refresh_from_db()
    assert act.sitting.is_public
    with time_machine.travel(datetime(2024, 8, 20, 10, tzinfo=UTC)):
        set_public(OPERATOR, act.sitting_id, False)


def test_an_example_does_not_hold_its_sitting_public(act: Deliberation) -> None:
    publish(act, as_example=True)
    assert not set_public(OPERATOR, act.sitting_id, False).is_public


def test_acts_online_are_found_by_words_assembly_and_date(
    act: Deliberation, council: Assembly, harnes: Organisation
) -> None:
    file = publish(act)
    assert list(online_files(text="contrat ville")) == [file]
    assert list(online_files(text="piscine")) == []
    assert list(online_files(assembly_id=council.pk)) == [file]
    assert list(online_files(assembly_id=council.pk + 1)) == []
    assert list(online_files(since=POSTED_ON, until=POSTED_ON)) == [file]
    assert list(online_files(since=date(2024, 6, 21))) == []
    assert list(online_files(until=date(2024, 6, 19))) == []

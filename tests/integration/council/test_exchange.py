"""Packages from stored acts, answers of the State filed on the right act, open data counted."""

from __future__ import annotations

import hashlib
import io
import tarfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from levier.accounts.actors import OPERATOR, actor_of
from levier.accounts.models import AuditEntry
from levier.common.domain.errors import Invalid, NotFound, Refused
from levier.council.domain.formalities import ActFormalities, Channel
from levier.council.domain.matters import ActNature
from levier.council.domain.record import Deliberation as Act
from levier.council.domain.record import Outcome, Record, Vote
from levier.council.domain.state_messages import MessageKind
from levier.council.domain.transmission import act_identifier
from levier.council.models import Assembly, Deliberation, PublishedFile
from levier.council.queries.exchange import number_of
from levier.council.readers.actes import NAMESPACE
from levier.council.readers.actes_package import check_package
from levier.council.readers.scdl import check_open_data
from levier.council.record_json import load_part
from levier.council.services.exchange import (
    SendingOptions,
    build_act_package,
    build_cancellation,
    mark_transmitted,
    missing_for_package,
    record_acknowledgement,
    sender_of,
)
from levier.council.services.open_data import open_data, open_data_summary
from tests.conftest import Someone
from tests.shared_data import SHARED, needs_shared
from tests.web.council_cases import record, stored

pytestmark = pytest.mark.django_db
OPTIONS = SendingOptions(
    emails=("actes@loison.example.fr",), classification_dated_on=date(2017, 4, 19)
)
DAY = date(2024, 6, 20)
SIRET = "21620523700011"  # made up, its key is right


def _record(*acts: Act) -> Record:
    base = record(in_office=29)
    return replace(base, deliberations=acts or (_act(1),))


def _act(number: int | None, **changes: object) -> Act:
    values: dict[str, object] = {
        "subject": f"Affaire {number}",
        "number": number,
        "matter_code": "8.5",
        "decisions": ("Le contrat est approuvé.",),
        "vote": Vote(Outcome.ADOPTED, in_favour=3, against=1, abstentions=0),
    }
    return Act(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def town(council: Assembly) -> Assembly:
    """Loison, with what the prefecture gave it."""
    council.siren, council.siret = "216205237", SIRET
    council.department, council.state_district, council.state_nature = "62", "3", "31"
    council.save()
    return council


def _stored(town: Assembly, *acts: Act, public: bool = False) -> Deliberation:
    sitting = stored(town, given=_record(*acts), public=public)
    return sitting.deliberations.select_related("sitting__assembly", "vote").first()  # type: ignore[return-value]


def _acknowledgement(
    act: Deliberation, *, number: str = "", received: str = "2024-06-21", subject: str = "Autre"
) -> bytes:
    number = number or number_of(act)
    day = act.sitting.date
    sender = sender_of(act.sitting.assembly, OPTIONS)
    identifier = act_identifier(sender, day, number, ActNature.DELIBERATION)
    return (
        f'<a:ARActe xmlns:a="{NAMESPACE}" a:DateReception="{received}" a:IDActe="{identifier}">'
        f'<a:ActeRecu a:Date="{day}" a:NumeroInterne="{number}" a:CodeNatureActe="1">'
        f"<a:Objet>{subject}</a:Objet></a:ActeRecu></a:ARActe>"
    ).encode()


def _formalities(act: Deliberation) -> ActFormalities:
    act.refresh_from_db()
    return load_part(act.formalities, ActFormalities)


@needs_shared
def test_package_of_a_stored_act_is_valid_by_the_schema(town: Assembly) -> None:
    act = _stored(town)
    package = build_act_package(OPERATOR, act.pk, OPTIONS, on=DAY)
    report = check_package(package.content, package.name, SHARED / "data/schemas/actes")
    assert (report.faults, report.unverifiable) == ((), ())
    declared = next(message.act for message in report.messages if message.act)
    assert (declared.decided_on, declared.number) == (date(2024, 6, 11), "20240611_1")
    again = build_act_package(OPERATOR, act.pk, OPTIONS, on=DAY)
    assert again.content == package.content


def test_package_holds_the_extract_of_the_record(town: Assembly) -> None:
    act = _stored(town)
    package = build_act_package(OPERATOR, act.pk, OPTIONS, on=DAY)
    with tarfile.open(fileobj=io.BytesIO(package.content)) as archive:
        pdf = archive.extractfile(archive.getmembers()[2])
        assert pdf is not None
        assert pdf.read().startswith(b"%PDF-")


def test_package_holds_the_file_that_is_online(town: Assembly) -> None:
    act = _stored(town)
    signed = b"%PDF-1.7 signed"
    PublishedFile.objects.create(
        deliberation=act,
        content=signed,
        sha256=hashlib.sha256(signed).hexdigest(),
        size=len(signed),
        posted_on=DAY,
        author_name="Daniel KRUSZKA",
        author_capacity="maire",
    )
    package = build_act_package(OPERATOR, act.pk, OPTIONS, on=DAY)
    assert package.files[2][1] == signed


def test_locked_act_takes_its_acknowledgement(town: Assembly) -> None:
    act = _stored(town)
    Deliberation.objects.filter(pk=act.pk).update(locked_at=timezone.now())
    (filed,) = record_acknowledgement(OPERATOR, _acknowledgement(act))
    assert filed.is_stored


def test_what_is_missing_is_told_by_field(council: Assembly) -> None:
    council.siren = council.department = council.insee_code = ""
    council.save()
    act = _stored(council, _act(1, matter_code=None))
    found = {fault.field for fault in missing_for_package(OPERATOR, act.pk, OPTIONS, on=DAY)}
    assert found == {"siren", "department", "district", "sender_nature", "matter_code"}
    with pytest.raises(Invalid) as refusal:
        build_act_package(OPERATOR, act.pk, OPTIONS, on=DAY)
    assert set(refusal.value.by_field) == found


def test_siren_and_department_follow_from_siret_and_insee_code(town: Assembly) -> None:
    town.siren = town.department = ""
    town.insee_code = "62523"
    sender = sender_of(town, OPTIONS)
    assert (sender.siren, sender.department_code) == ("216205237", "062")
    town.insee_code = "97105"
    assert sender_of(town, OPTIONS).department_code == "971"


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.POSTPONED])
def test_what_was_not_adopted_is_no_act(town: Assembly, outcome: Outcome) -> None:
    act = _stored(town, _act(1, vote=Vote(outcome)))
    with pytest.raises(Invalid, match="pas été adoptée"):
        build_act_package(OPERATOR, act.pk, OPTIONS, on=DAY)


def test_two_acts_of_one_number_are_not_confused(town: Assembly) -> None:
    act = _stored(town, _act(1), _act(1, subject="Autre affaire"))
    with pytest.raises(Invalid, match="portent le numéro 1"):
        build_act_package(OPERATOR, act.pk, OPTIONS, on=DAY)


def test_acknowledgement_dates_its_act_and_leaves_a_line(town: Assembly) -> None:
    act = _stored(town, _act(1), _act(2))
    version = act.sitting.version
    (filed,) = record_acknowledgement(OPERATOR, _acknowledgement(act), "ar.xml")
    assert (filed.is_stored, filed.act) == (True, act)
    known = _formalities(act)
    assert act.received_on == date(2024, 6, 21)
    assert known.state_identifier == "062-216205237-20240611-20240611_1-DE"
    assert known.channel is Channel.ELECTRONIC
    act.sitting.refresh_from_db()
    assert act.sitting.version == version + 1
    line = AuditEntry.objects.filter(object_type="council.deliberation").latest("id")
    assert line.changes["received_on"] == [None, "2024-06-21"]
    (again,) = record_acknowledgement(OPERATOR, _acknowledgement(act), "ar.xml")
    assert (again.is_stored, again.sentence) == (
        False,
        "Cet accusé de réception était déjà enregistré.",
    )


@pytest.mark.parametrize(
    ("number", "subject", "rank"),
    [("2024_06_2", "x", 2), ("D17", "AFFAIRE 1", 1), ("20240611_2", "x", 2)],
)
def test_acts_numbered_otherwise_by_the_operator(
    town: Assembly, number: str, subject: str, rank: int
) -> None:
    first = _stored(town, _act(1), _act(2))
    data = _acknowledgement(first, number=number, subject=subject)
    (filed,) = record_acknowledgement(OPERATOR, data)
    assert filed.act is not None
    assert filed.act.number == rank


def test_acknowledgement_of_an_unknown_act_stores_nothing(town: Assembly) -> None:
    act = _stored(town)
    before = AuditEntry.objects.count()
    (filed,) = record_acknowledgement(OPERATOR, _acknowledgement(act, number="99"))
    assert (filed.act, filed.is_stored) == (None, False)
    assert "ne porte le numéro « 99 »" in filed.sentence
    other = _acknowledgement(act).replace(b"216205237", b"216205230")
    assert "SIREN 216205230" in record_acknowledgement(OPERATOR, other)[0].sentence
    assert AuditEntry.objects.count() == before
    assert _formalities(act).state_identifier is None


def test_second_identifier_does_not_replace_the_first(town: Assembly) -> None:
    act = _stored(town)
    record_acknowledgement(OPERATOR, _acknowledgement(act))
    (filed,) = record_acknowledgement(OPERATOR, _acknowledgement(act, number="X1"))
    assert not filed.is_stored
    assert "porte déjà l’accusé" in filed.sentence
    assert _formalities(act).state_identifier == "062-216205237-20240611-20240611_1-DE"


def test_reception_before_the_sitting_is_refused_and_told(town: Assembly) -> None:
    act = _stored(town)
    (filed,) = record_acknowledgement(OPERATOR, _acknowledgement(act, received="2024-06-01"))
    assert not filed.is_stored
    assert "précède la séance" in filed.sentence
    assert _formalities(act).state_identifier is None


def test_anomaly_is_told_and_not_stored(town: Assembly) -> None:
    act = _stored(town)
    data = (
        f'<a:AnomalieActe xmlns:a="{NAMESPACE}"><a:Date>2024-06-21</a:Date><a:Nature>002</a:Nature>'
        '<a:ActeRecu a:Date="2024-06-11" a:NumeroInterne="20240611_1" a:CodeNatureActe="1"/>'
        "</a:AnomalieActe>"
    ).encode()
    (filed,) = record_acknowledgement(OPERATOR, data)
    assert (filed.act, filed.is_stored) == (act, False)
    assert filed.message.kind is MessageKind.ACT_ANOMALY
    act.refresh_from_db()
    assert act.received_on is None


def test_request_for_pieces_gives_its_date(town: Assembly) -> None:
    act = _stored(town)
    record_acknowledgement(OPERATOR, _acknowledgement(act))
    data = (
        f'<a:DemandePieceComplementaire xmlns:a="{NAMESPACE}" a:DateCourrierPref="2024-07-01" '
        'a:IDActe="062-216205237-20240611-20240611_1-DE">'
        "<a:DescriptionPieces>Le plan</a:DescriptionPieces></a:DemandePieceComplementaire>"
    ).encode()
    (filed,) = record_acknowledgement(OPERATOR, data)
    assert filed.is_stored
    assert _formalities(act).missing_pieces_asked_on == date(2024, 7, 1)


def test_only_those_who_keep_the_register_transmit(
    town: Assembly, alice: Someone, chloe: Someone
) -> None:
    act = _stored(town, public=True)
    today = timezone.localdate()
    neighbour, secretary = actor_of(chloe.person, today), actor_of(alice.person, today)
    with pytest.raises(Refused):
        build_act_package(neighbour, act.pk, OPTIONS, on=DAY)
    with pytest.raises(Refused):
        mark_transmitted(neighbour, act.pk, DAY)
    (filed,) = record_acknowledgement(neighbour, _acknowledgement(act))
    assert (filed.act, filed.is_stored) == (None, False)
    mark_transmitted(secretary, act.pk, DAY)
    (filed,) = record_acknowledgement(secretary, _acknowledgement(act))
    assert filed.is_stored


def test_day_of_transmission(town: Assembly) -> None:
    act = _stored(town)
    with pytest.raises(Invalid, match="à venir"):
        mark_transmitted(OPERATOR, act.pk, timezone.localdate() + timedelta(days=1))
    with pytest.raises(Invalid, match="précède la séance"):
        mark_transmitted(OPERATOR, act.pk, date(2024, 6, 10))
    mark_transmitted(OPERATOR, act.pk, DAY)
    act.refresh_from_db()
    assert (act.transmitted_on, act.matter_code) == (DAY, "8.5")
    with pytest.raises(NotFound):
        mark_transmitted(OPERATOR, 10**9, DAY)


def test_cancellation_wants_an_acknowledgement(town: Assembly) -> None:
    act = _stored(town)
    with pytest.raises(Invalid, match="Aucun accusé"):
        build_cancellation(OPERATOR, act.pk, OPTIONS, on=DAY)
    record_acknowledgement(OPERATOR, _acknowledgement(act))
    package = build_cancellation(OPERATOR, act.pk, OPTIONS, on=DAY)
    assert check_package(package.content, package.name).faults == ()
    assert package.name != build_act_package(OPERATOR, act.pk, OPTIONS, on=DAY).name


def test_open_data_hold_public_adopted_acts_alone(town: Assembly) -> None:
    _stored(
        town,
        _act(1),
        _act(2, matter_code=None),
        _act(3, vote=Vote(Outcome.REJECTED, in_favour=1, against=3, abstentions=0)),
        public=True,
    )
    stored(
        town,
        given=replace(
            _record(_act(4)),
            sitting=replace(_record().sitting, date=date(2024, 9, 1), convocation_date=None),
        ),
    )
    written = open_data(address_of=lambda pk: f"https://l.fr/{pk}")
    report = check_open_data(written.content, "x.csv")
    assert (report.rows, report.remarks) == (1, ())
    assert "Affaire 1" in written.content.decode()
    assert sum(written.left_out.values()) == 2
    (summary,) = open_data_summary()
    assert (summary.rows, summary.left_out) == (written.rows, written.left_out)


def test_open_data_without_siret(council: Assembly) -> None:
    council.siret = ""
    council.save()
    _stored(council, public=True)
    written = open_data()
    assert (written.rows, list(written.left_out)) == (
        0,
        ["le numéro SIRET de la collectivité n’est pas enregistré"],
    )

"""From an act that a person deposits to the sitting stored: reading, review, saving, conflict."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import date, timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from levier.accounts.actors import OPERATOR
from levier.accounts.models import AuditEntry
from levier.common.models import Source
from levier.council.forms.record_form import data_of_record
from levier.council.forms.rows import add_row
from levier.council.models import Assembly, Sitting
from levier.council.queries import sittings as queries
from levier.council.services.sittings import save_sitting
from tests.conftest import Someone
from tests.shared_data import SHARED, needs_shared
from tests.web.council_cases import ACT, HOSTILE, record, stored

pytestmark = pytest.mark.django_db
DEPOSIT, BLANK, CHECK = "/decider/deposer/", "/decider/seances/nouvelle/", "/decider/controler/"
_HIDDEN = re.compile(r'<input type="hidden" name="reading" value="([^"]*)">')


@pytest.fixture
def client(council: Assembly, alice: Someone) -> Client:
    """Alice's browser."""
    browser = Client()
    browser.force_login(alice.person)
    return browser


def act_file(content: bytes = ACT.encode(), name: str = "extrait.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(form: QueryDict, **more: str) -> dict[str, object]:
    """The data as a browser sends them, with the button pressed."""
    return {name: form.getlist(name) for name in form} | dict(more)


def signed_reading(page: str) -> str:
    found = _HIDDEN.search(page)
    assert found
    return unescape(found[1])


def test_an_act_is_shown_for_review_and_nothing_is_stored(client: Client) -> None:
    answer = client.post(DEPOSIT, {"document": act_file()})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert "Rien n’est encore enregistré" in page
    assert 'value="2024-04-09"' in page
    assert 'value="Anne LEROY"' in page
    assert "Tarifs de la cantine scolaire" in page
    assert "le nombre de membres en exercice" in page
    assert "Contrôle de cette saisie" in page
    assert "Texte de l’acte" in page
    assert Sitting.objects.count() == Source.objects.filter(dataset="extrait.txt").count() == 0
    assert AuditEntry.objects.filter(action__startswith="sitting").count() == 0


def test_the_whole_path_from_the_file_to_the_extract(client: Client, council: Assembly) -> None:
    page = client.post(DEPOSIT, {"document": act_file()}).content.decode()
    from levier.council.domain.reading import read_text

    read = read_text(ACT)
    form = data_of_record(read, council.pk)
    saved = client.post(
        DEPOSIT, sent(form, reading=signed_reading(page), action="save"), follow=True
    )
    assert saved.status_code == HTTPStatus.OK, saved.content.decode()[:2000]
    assert "La séance est enregistrée." in saved.content.decode()
    sitting = Sitting.objects.get()
    assert sitting.date == date(2024, 4, 9)
    assert sitting.is_public is False
    assert sitting.source is not None
    assert sitting.source.publisher == "Loison-sous-Lens"
    assert sitting.source.dataset == "extrait.txt"
    assert sitting.source.vintage == "séance du 9 avril 2024"
    assert sitting.source.sha256 == hashlib.sha256(ACT.encode()).hexdigest()
    stored_record = queries.record_of(OPERATOR, sitting.pk)
    assert stored_record.sitting.present == read.sitting.present
    assert stored_record.deliberations[0].decisions == read.deliberations[0].decisions
    act = sitting.deliberations.get()
    pdf = client.get(f"/decider/deliberations/{act.pk}/extrait.pdf")
    assert pdf.content.startswith(b"%PDF-")


def test_a_pasted_text_is_read_too(client: Client) -> None:
    page = client.post(DEPOSIT, {"text": ACT}).content.decode()
    assert "texte collé" in page
    assert 'value="2024-04-09"' in page


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "vide.txt", "est vide"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02\x03" * 40, "image.png", "n’est pas un texte"),
        (b"%PDF-1.7 abime", "abime.pdf", "PDF endommagé"),
        (_zip("autre.txt"), "archive.docx", "pas un document DOCX"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 64, "ancien.doc", "ancien document Word"),
        (b'{"sitting": {"date": "hier"}}', "releve.json", "date"),
        ("Bonjour à tous, voici une recette de cuisine.".encode(), "recette.txt", ""),
    ],
)
@pytest.mark.parametrize("address", [DEPOSIT, CHECK])
def test_what_cannot_be_read_is_told_in_french_and_stores_nothing(
    client: Client, address: str, content: bytes, name: str, sentence: str
) -> None:
    answer = client.post(address, {"document": act_file(content, name)})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="id_document_error"' in page
    assert sentence in page
    assert Sitting.objects.count() == 0
    assert not Source.objects.filter(dataset=name).exists()


@pytest.mark.parametrize("address", [DEPOSIT, CHECK])
def test_nothing_given_and_too_much_given_are_told(client: Client, address: str) -> None:
    nothing = client.post(address, {})
    assert nothing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choisissez un fichier, ou collez le texte" in nothing.content.decode()
    both = client.post(address, {"document": act_file(), "text": "autre texte gardé"})
    assert both.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "pas les deux" in both.content.decode()
    assert "autre texte gardé" in both.content.decode()


def test_a_file_too_big_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.post(CHECK, {"document": act_file(b"a" * (6 * 1024 * 1024), "gros.txt")})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ce fichier pèse 6 Mo" in answer.content.decode()


def test_what_was_refused_stays_typed(client: Client) -> None:
    form = data_of_record(record(), "")
    form["place"] = "Salle des fêtes"
    form["in_office"] = "beaucoup"
    form["deliberations-0-decisions"] = "Première.\n\nSeconde."
    answer = client.post(BLANK, sent(form, action="save"))
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#id_assembly_id"' in page
    assert 'href="#id_in_office"' in page
    assert 'id="id_in_office_error"' in page
    assert 'aria-describedby="id_in_office_helptext id_in_office_error"' in page
    assert 'value="Salle des fêtes"' in page
    assert 'value="beaucoup"' in page
    assert "Première.\n\nSeconde." in page
    assert Sitting.objects.count() == 0


def test_a_blank_form_becomes_a_sitting(client: Client, council: Assembly) -> None:
    assert f'<option value="{council.pk}" selected>' in client.get(BLANK).content.decode()
    form = data_of_record(record(), council.pk)
    answer = client.post(BLANK, sent(form, action="save"))
    sitting = Sitting.objects.get()
    assert answer.headers["Location"] == f"/decider/seances/{sitting.pk}/"
    assert sitting.source is None
    assert AuditEntry.objects.get(action="sitting.added").actor_label
    page = client.get(answer.headers["Location"]).content.decode()
    assert "data-draft-saved" in page
    assert "Saisi à la main" in page
    assert "data-draft-saved" not in client.get(answer.headers["Location"]).content.decode()


def test_a_preview_stores_nothing(client: Client, council: Assembly) -> None:
    answer = client.post(BLANK, sent(data_of_record(record(), council.pk), action="preview"))
    assert "Contrôle de cette saisie" in answer.content.decode()
    assert Sitting.objects.count() == 0


def test_a_preview_judges_by_the_law_of_the_department(client: Client, council: Assembly) -> None:
    Assembly.objects.filter(pk=council.pk).update(department="57", population=900)
    form = data_of_record(record(convocation_date=date(2024, 6, 9)), council.pk)
    page = client.post(BLANK, sent(form, action="preview")).content.decode()
    assert "ont leur propre régime" in page
    assert "jour franc, pour" not in page


def test_rows_are_added_and_removed_without_javascript(client: Client, council: Assembly) -> None:
    form = data_of_record(record(), council.pk)
    added = client.post(BLANK, sent(form, add="attendance")).content.decode()
    assert 'name="attendance-4-name"' in added
    assert 'value="Catherine WILLE"' in added
    assert 'role="alert"' not in added
    assert re.search(r'id="id_attendance-4-name"[^>]*autofocus|autofocus[^>]*attendance-4', added)
    removed = client.post(BLANK, sent(form, remove="attendance-0")).content.decode()
    assert 'name="attendance-0-name"' not in removed
    assert 'value="Emmanuel DONDELA"' in removed
    act = client.post(BLANK, sent(form, add="deliberations")).content.decode()
    assert 'name="deliberations-1-subject"' in act
    nested = client.post(BLANK, sent(form, add="deliberations-0-recusals")).content.decode()
    assert 'name="deliberations-0-recusals-0-member"' in nested
    assert Sitting.objects.count() == 0


def test_members_without_mention_are_noted_present_at_once(
    client: Client, council: Assembly
) -> None:
    form = data_of_record(record(), council.pk)
    form["attendance-0-state"] = form["attendance-1-state"] = ""
    page = client.post(BLANK, sent(form, action="all-present")).content.decode()
    for key in (0, 1):
        select = page.partition(f'name="attendance-{key}-state"')[2].partition("</select>")[0]
        assert '<option value="present" selected>' in select
    absent = page.partition('name="attendance-3-state"')[2].partition("</select>")[0]
    assert '<option value="absent" selected>' in absent


def test_members_known_in_office_are_offered(client: Client, council: Assembly) -> None:
    stored(council)
    page = client.get(f"{BLANK}?au=2024-07-01").content.decode()
    assert 'value="Khadija LANNABI"' in page
    form = QueryDict(mutable=True)
    form["assembly_id"], form["date"] = str(council.pk), "2024-09-01"
    page = client.post(BLANK, sent(form, action="members")).content.decode()
    assert page.count('value="Khadija LANNABI"') >= 1


def test_saving_twice_by_two_people_keeps_both_views(
    client: Client, council: Assembly, alice: Someone
) -> None:
    sitting = stored(council)
    address = f"/decider/seances/{sitting.pk}/modifier/"
    assert f'name="version" value="{sitting.version}"' in client.get(address).content.decode()
    save_sitting(
        OPERATOR,
        record(place="Salle des fêtes"),
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    form = data_of_record(record(place="Mairie annexe"), council.pk)
    answer = client.post(address, sent(form, action="save", version=str(sitting.version)))
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Rien n’a été écrasé" in page
    assert "Salle des fêtes" in page
    assert 'value="Mairie annexe"' in page
    assert Sitting.objects.get().place == "Salle des fêtes"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    assert int(version[1]) == Sitting.objects.get().version
    client.post(address, sent(form, action="save", version=version[1]))
    assert Sitting.objects.get().place == "Mairie annexe"


@pytest.mark.parametrize("version", ["", "x", "9" * 30])
def test_a_form_that_brings_no_version_back_overwrites_nothing(
    client: Client, council: Assembly, version: str
) -> None:
    sitting = stored(council)
    form = data_of_record(record(place="Mairie annexe"), council.pk)
    address = f"/decider/seances/{sitting.pk}/modifier/"
    answer = client.post(address, sent(form, action="save", version=version))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert Sitting.objects.get().place == ""


def test_an_edit_shown_and_saved_untouched_changes_nothing(
    client: Client, council: Assembly
) -> None:
    sitting = stored(council)
    before = queries.record_of(OPERATOR, sitting.pk)
    form = data_of_record(before, council.pk)
    answer = client.post(
        f"/decider/seances/{sitting.pk}/modifier/",
        sent(form, action="save", version=str(sitting.version)),
    )
    assert answer.status_code == HTTPStatus.FOUND
    assert queries.record_of(OPERATOR, sitting.pk) == before
    assert Sitting.objects.get().version == sitting.version


def test_refusals_of_the_law_of_storage_stand_beside_their_field(
    client: Client, council: Assembly
) -> None:
    form = data_of_record(record(convocation_date=date(2024, 7, 1)), council.pk)
    answer = client.post(BLANK, sent(form, action="save"))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="id_convocation_date_error"' in answer.content.decode()
    assert Sitting.objects.count() == 0


def test_who_may_not_write_is_told_so(council: Assembly, bruno: Someone, chloe: Someone) -> None:
    for address in (DEPOSIT, BLANK):
        browser = Client()
        assert browser.get(address).status_code == HTTPStatus.FOUND
        browser.force_login(bruno.person)
        refused = browser.get(address)
        assert refused.status_code == HTTPStatus.FORBIDDEN
        assert "secrétariat général" in refused.content.decode()


def test_a_secretary_cannot_write_for_another_town(council: Assembly, chloe: Someone) -> None:
    browser = Client()
    browser.force_login(chloe.person)
    answer = browser.post(BLANK, sent(data_of_record(record(), council.pk), action="save"))
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert Sitting.objects.count() == 0


@pytest.mark.parametrize("token", ["faux", "a:b:c", "é", "x" * 5000])
def test_a_reading_that_was_altered_is_not_believed(
    client: Client, council: Assembly, token: str
) -> None:
    form = data_of_record(record(), council.pk)
    answer = client.post(DEPOSIT, sent(form, action="save", reading=token), follow=True)
    assert "déposez l’acte à nouveau" in answer.content.decode()
    assert Sitting.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {"attendance": ["x", "-1", "99999999", "0", "0"]},
        {"add": "../../etc"},
        {"remove": "----"},
        {"version": "12345678901234567890"},
        {"action": "save", "deliberations": ["0"], "deliberations-0-number": "1e99"},
        {"action": "members", "assembly_id": "99999999999999999999"},
        {"action": "save", "date": "2024-06-11\x00"},
    ],
)
def test_a_form_made_by_hand_never_breaks_the_page(
    client: Client, council: Assembly, data: dict[str, object]
) -> None:
    assert client.post(BLANK, data).status_code in (
        HTTPStatus.OK,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def test_hostile_texts_are_shown_literally_in_the_review(client: Client) -> None:
    act = ACT.replace("Tarifs de la cantine", HOSTILE).replace("Denis", HOSTILE)
    page = client.post(DEPOSIT, {"document": act_file(act.encode(), f"{HOSTILE}.txt")})
    assert HOSTILE not in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_anyone_may_have_an_act_checked_and_nothing_is_kept(council: Assembly) -> None:
    answer = Client().post(CHECK, {"text": ACT, "population": "5169", "kind": "commune"})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert "Rien n’a été enregistré" in page
    assert "L2121-12" in page
    assert Sitting.objects.count() == 0
    assert not AuditEntry.objects.filter(action__startswith="sitting").exists()


def test_the_check_uses_the_population_that_is_given(council: Assembly) -> None:
    few = Client().post(CHECK, {"text": ACT, "population": "800", "kind": "commune"})
    many = Client().post(CHECK, {"text": ACT, "population": "5169", "kind": "commune"})
    assert few.context["record"].population == 800
    assert {f.rule: f.status for f in few.context["findings"]} != {
        f.rule: f.status for f in many.context["findings"]
    }


@needs_shared
def test_the_act_of_11_june_is_matched_with_its_assembly(client: Client, council: Assembly) -> None:
    act = (SHARED / "reference" / "loison-2024-06-11.txt").read_bytes()
    page = client.post(DEPOSIT, {"document": act_file(act, "loison.txt")}).content.decode()
    assert f'<option value="{council.pk}" selected>' in page
    for name in ("Daniel KRUSZKA", "Emmanuel DONDELA", "Khadija LANNABI", "David PENETTICOBRA"):
        assert f'value="{name}"' in page


@pytest.mark.parametrize(("days_ahead", "is_saved"), [(10, True), (0, True), (-10, False)])
def test_a_sitting_to_come_is_prepared_before_anyone_is_present(
    client: Client, council: Assembly, days_ahead: int, is_saved: bool
) -> None:
    day = timezone.localdate() + timedelta(days=days_ahead)
    form = data_of_record(record(day, present=(), absent=(), proxies=(), president=None,
                                 secretary=None, convocation_date=None), council.pk)  # fmt: skip
    key = add_row(form, "attendance")
    form[f"attendance-{key}-name"] = "Khadija LANNABI"
    answer = client.post(BLANK, sent(form, action="save"))
    assert Sitting.objects.filter(date=day).exists() is is_saved
    assert ("Choisissez présence ou absence" in answer.content.decode()) is not is_saved

"""What is due, as a page and as calendars: who sees what, and feeds that calendars can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from levier.accounts.actors import ANONYMOUS, OPERATOR
from levier.accounts.models import Appointment
from levier.council.domain.deadlines import DeadlineState, deadlines
from levier.council.domain.record import AgendaItem, Record
from levier.council.models import Assembly
from levier.council.queries.calendar import SITTINGS_WATCHED, due
from levier.council.queries.sittings import sitting_detail
from levier.council.rebuilding import record_from
from levier.council.services.sittings import save_sitting
from tests.conftest import Someone
from tests.web.council_cases import HOSTILE, record, stored

pytestmark = pytest.mark.django_db
PAGE = "/decider/echeances/"
FEED = "/decider/echeances/seances.ics"
LOOKED_AT = date(2024, 6, 16)
PARIS = ZoneInfo("Europe/Paris")


def signed_in(someone: Someone | None) -> Client:
    client = Client()
    if someone:
        client.force_login(someone.person)
    return client


def page(someone: Someone | None, day: date = LOOKED_AT, **query: str) -> str:
    answer = signed_in(someone).get(PAGE, {"au": day.isoformat()} | query)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def heading(html: str) -> str:
    return html.partition("<h1")[2].partition(">")[2].partition("</h1>")[0].strip()


def published(day: date = date(2024, 6, 11), **dates: date) -> Record:
    plain = record(day)
    return replace(plain, deliberations=(replace(plain.deliberations[0], **dates),))


def own_addresses(html: str) -> list[str]:
    return [
        part.partition('"')[0]
        for part in html.split('href="')[1:]
        if part.partition('"')[0].endswith("/echeances.ics")
    ]


def test_the_title_is_the_finding(council: Assembly, alice: Someone) -> None:
    """On 16 June 2024: the list is due on the 18th; on the 20th it is overdue."""
    stored(council)
    assert heading(page(alice)) == "1 échéance dans les trente jours"
    assert heading(page(alice, date(2024, 6, 20))) == (
        "Aucune échéance dans les trente jours, 1 dépassée"
    )
    # The next compulsory sitting, by 30 September, is within the year; so is the register.
    assert heading(page(alice, jours="366")) == "3 échéances dans un an"
    assert heading(page(alice, jours="-1")) == "1 échéance dans les trente jours"


def test_an_empty_page_says_what_it_is_made_of(alice: Someone) -> None:
    html = page(alice)
    assert heading(html) == "Aucune échéance dans les trente jours"
    assert "séances enregistrées depuis un an" in html


def test_each_line_leads_to_its_sitting_or_its_act(council: Assembly, alice: Someone) -> None:
    sitting = stored(council)
    html = page(alice)
    assert f'href="/decider/seances/{sitting.pk}/"' in html
    assert f'href="/decider/deliberations/{sitting.deliberations.get().pk}/"' in html
    assert "CGCT L2121-25" in html
    assert "Transmission de l’acte à l’État" in html


def test_duties_are_told_to_those_who_act_and_delays_to_all(
    council: Assembly, alice: Someone, chloe: Someone, emile: Someone
) -> None:
    act = published(published_on=date(2024, 6, 18), received_on=date(2024, 6, 18))
    stored(council, public=True, given=act)
    for someone in (alice, emile):
        html = page(someone, date(2024, 6, 20), jours="90")
        assert "Affichage et mise en ligne" in html
        assert "Fin du recours des tiers" in html
    for outsider in (None, chloe):
        html = page(outsider, date(2024, 6, 20), jours="90")
        assert "Affichage et mise en ligne" not in html
        assert "19 août 2024" in html  # 18 August, then one day more: Monday 19 August
        assert "Fin du contrôle du préfet" in html


def test_a_draft_is_due_to_nobody_else(
    council: Assembly, alice: Someone, chloe: Someone, diane: Someone
) -> None:
    stored(council, given=published(published_on=date(2024, 6, 18)))
    day = date(2024, 6, 20)
    assert due(alice.actor, as_of=day, until=date(2024, 12, 31))
    for outsider in (ANONYMOUS, chloe.actor, diane.actor):
        assert due(outsider, as_of=day, until=date(2024, 12, 31)) == ()


def test_acts_of_one_day_stand_on_one_line(council: Assembly, alice: Someone) -> None:
    plain = published(published_on=date(2024, 6, 18), received_on=date(2024, 6, 18))
    (act,) = plain.deliberations
    twelve = tuple(replace(act, subject=f"Objet {rank}", number=rank) for rank in range(1, 13))
    stored(council, given=replace(plain, deliberations=twelve))
    html = page(alice, date(2024, 6, 20), jours="90")
    assert html.count("Fin du recours des tiers") == 1
    assert "12\u00a0délibérations" in html


def test_one_next_sitting_and_one_register_for_an_assembly(
    council: Assembly, alice: Someone
) -> None:
    for day in (date(2024, 2, 6), date(2024, 4, 9), date(2024, 6, 11)):
        stored(council, given=record(day))
    found = due(alice.actor, as_of=LOOKED_AT, until=date(2025, 1, 31))
    kinds = [one.deadline.key for one in found]
    assert kinds.count("next") == kinds.count("register") == 1
    (following,) = [one for one in found if one.deadline.key == "next"]
    assert (following.sitting.date, following.deadline.due_on) == (
        date(2024, 6, 11),
        date(2024, 9, 30),
    )


def test_a_sitting_to_come_awaits_its_convocation(council: Assembly, alice: Someone) -> None:
    ahead = record(date(2024, 9, 24), convocation_date=None)
    stored(council, given=ahead)
    (one,) = due(alice.actor, as_of=LOOKED_AT, until=date(2024, 12, 31))[:1]
    assert (one.deadline.key, one.deadline.due_on) == ("convocation", date(2024, 9, 18))
    assert one.deadline.state is DeadlineState.OPEN


def test_the_cost_does_not_grow_with_sittings(council: Assembly, alice: Someone) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(alice, jours="366")
        return len(queries)

    stored(council)
    with_one = cost()
    for month in range(1, 6):
        stored(council, given=record(date(2024, month, 9)))
    assert cost() == with_one


def test_only_the_latest_sittings_are_watched(
    council: Assembly, alice: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SITTINGS_WATCHED >= 24  # two a month for a year
    monkeypatch.setattr("levier.council.queries.calendar.SITTINGS_WATCHED", 1)
    for day in (date(2024, 4, 9), date(2024, 6, 11)):
        stored(council, given=record(day))
    found = due(alice.actor, as_of=LOOKED_AT, until=date(2025, 1, 31))
    assert {one.sitting.date for one in found} == {date(2024, 6, 11)}


def test_a_hostile_subject_is_shown_as_text(council: Assembly, alice: Someone) -> None:
    plain = record()
    hostile = replace(plain, deliberations=(replace(plain.deliberations[0], subject=HOSTILE),))
    stored(council, given=hostile)
    assert "<script>alert" not in page(alice)


# --- The public feed -----------------------------------------------------------------------------


def full_sitting() -> Record:
    long_subject = "Approbation de la convention d’objectifs ; avenant n° 2, annexes comprises " * 3
    return replace(
        record(
            opens_at=time(18, 30),
            closes_at=time(20, 15),
            place="Salle des fêtes ; 1er étage, porte B",
            agenda=(AgendaItem(1, long_subject.strip()), AgendaItem(2, "Budget \\ décision 1")),
        )
    )


def test_the_feed_of_sittings_is_read_back_by_a_calendar(council: Assembly) -> None:
    sitting = stored(council, public=True, given=full_sitting())
    answer = Client().get(FEED)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    (event,) = calendar.walk("VEVENT")
    assert event["uid"].startswith(f"seance-{sitting.pk}@")
    assert event.decoded("dtstart") == datetime(2024, 6, 11, 18, 30, tzinfo=PARIS)
    assert event.decoded("dtend") == datetime(2024, 6, 11, 20, 15, tzinfo=PARIS)
    assert event["dtstart"].params["TZID"] == "Europe/Paris"
    assert str(event["location"]) == "Salle des fêtes ; 1er étage, porte B"
    assert "2. Budget \\ décision 1" in str(event["description"])
    assert str(event["url"]) == f"http://testserver/decider/seances/{sitting.pk}/"
    # RFC 5545, 3.2.19: a TZID is described by a VTIMEZONE.
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Paris"
    described = zone.to_tz(lookup_tzid=False)
    for month, hours in ((1, 1), (6, 2), (12, 1)):
        noon = datetime(2024, month, 11, 12, tzinfo=described)
        assert noon.utcoffset() == timedelta(hours=hours)


def test_lines_end_with_crlf_and_are_folded(council: Assembly) -> None:
    """RFC 5545, 3.1: lines of 75 octets at most, each ended by CRLF."""
    stored(council, public=True, given=full_sitting())
    content = Client().get(FEED).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\r\n " in content


def test_the_feed_changes_with_the_data_only(council: Assembly) -> None:
    with time_machine.travel(datetime(2024, 6, 20, 10, 0, tzinfo=PARIS)):
        sitting = stored(council, public=True)
        first = Client().get(FEED).content
    with time_machine.travel(datetime(2024, 7, 20, 10, 0, tzinfo=PARIS)):
        assert Client().get(FEED).content == first
        sitting.refresh_from_db()
        save_sitting(
            OPERATOR,
            record(place="Mairie"),
            assembly_id=council.pk,
            sitting_id=sitting.pk,
            expected_version=sitting.version,
        )
        second = Client().get(FEED).content
    before, after = (Calendar.from_ical(one).walk("VEVENT")[0] for one in (first, second))
    assert before["uid"] == after["uid"]
    assert before.decoded("last-modified") < after.decoded("last-modified")
    assert before["sequence"] < after["sequence"]
    assert after.decoded("dtstamp") == datetime(2024, 7, 20, 8, 0, tzinfo=ZoneInfo("UTC"))


def test_a_sitting_without_hour_takes_the_whole_day_and_a_draft_is_not_there(
    council: Assembly,
) -> None:
    stored(council, given=record(date(2024, 9, 24)))
    stored(council, public=True)
    (event,) = Calendar.from_ical(Client().get(FEED).content).walk("VEVENT")
    assert event.decoded("dtstart") == date(2024, 6, 11)
    assert event.decoded("dtend") == date(2024, 6, 12)


@pytest.mark.parametrize("chosen", ["abc", "-1", "99999999999999999999", "²"])
def test_the_feed_of_one_assembly(council: Assembly, chosen: str) -> None:
    stored(council, public=True)
    mine = Client().get(FEED, {"assemblee": council.pk}).content
    other = Client().get(FEED, {"assemblee": council.pk + 1}).content
    assert (mine.count(b"BEGIN:VEVENT"), other.count(b"BEGIN:VEVENT")) == (1, 0)
    assert Client().get(FEED, {"assemblee": chosen}).status_code == HTTPStatus.OK


# --- One's own feed ------------------------------------------------------------------------------


@time_machine.travel(datetime(2024, 6, 16, 12, 0, tzinfo=PARIS))
def test_one_s_own_feed_needs_its_secret_address_and_no_session(
    council: Assembly, alice: Someone
) -> None:
    sitting = stored(council)
    (address,) = own_addresses(page(alice))
    answer = Client().get(address)
    assert answer.status_code == HTTPStatus.OK
    assert "no-store" in answer["Cache-Control"]
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    found = {str(event["uid"]).partition("@")[0]: event for event in events}
    assert found[f"list-seance-{sitting.pk}"].decoded("dtstart") == date(2024, 6, 18)
    assert all(event["transp"] == "TRANSPARENT" for event in events)
    assert own_addresses(page(None)) == []


@time_machine.travel(datetime(2024, 6, 16, 12, 0, tzinfo=PARIS))
def test_rights_are_those_of_the_day_of_the_request(council: Assembly, alice: Someone) -> None:
    stored(council)
    (address,) = own_addresses(page(alice))
    assert b"BEGIN:VEVENT" in Client().get(address).content
    appointment = Appointment.objects.get(person=alice.person)
    appointment.ends_on = date(2024, 6, 15)
    appointment.save()
    assert b"BEGIN:VEVENT" not in Client().get(address).content


@time_machine.travel(datetime(2024, 6, 16, 12, 0, tzinfo=PARIS))
def test_a_new_password_and_a_closed_account_close_the_address(
    council: Assembly, alice: Someone
) -> None:
    stored(council)
    (address,) = own_addresses(page(alice))
    alice.person.set_password("un-tout-autre-mot-62")
    alice.person.save()
    assert Client().get(address).status_code == HTTPStatus.NOT_FOUND
    (address,) = own_addresses(page(alice))
    assert Client().get(address).status_code == HTTPStatus.OK
    alice.person.is_active = False
    alice.person.save()
    assert Client().get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "salt", ["levier.council.calendar", "another purpose"], ids=["a guessed mark", "another salt"]
)
def test_a_forged_address_opens_nothing(alice: Someone, salt: str) -> None:
    mark = alice.person.get_session_auth_hash()[:16]
    known = mark if salt == "another purpose" else "0" * 16
    for token in (signing.dumps([alice.person.pk, known], salt=salt), "n-importe-quoi"):
        answer = Client().get(f"/decider/echeances/{token}/echeances.ics")
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_home_and_cockpit_lead_to_it(council: Assembly, alice: Someone) -> None:
    stored(council)
    for address in ("/", "/decider/"):
        assert f'href="{PAGE}"' in signed_in(alice).get(address).content.decode()


@pytest.mark.parametrize("visa", ["Vu l’article L. 2121-29,", "Vu l’article L. 2541-12,"])
def test_what_is_left_unread_changes_no_deadline(
    council: Assembly, alice: Someone, visa: str
) -> None:
    """The calendar loads neither names nor texts; the whole record gives the same days."""
    act = published(published_on=date(2024, 10, 25), received_on=date(2024, 10, 25))
    act = replace(act, deliberations=(replace(act.deliberations[0], visas=(visa,)),))
    sitting = stored(council, given=act)
    whole = deadlines(record_from(sitting_detail(alice.actor, sitting.pk)), as_of=date(2024, 11, 1))
    found = due(alice.actor, as_of=date(2024, 11, 1), until=date(2025, 6, 30))
    pending = (DeadlineState.OPEN, DeadlineState.OVERDUE)
    told = {(one.deadline.key, one.deadline.due_on) for one in found if one.deadline.due_on}
    assert told == {(one.key, one.due_on) for one in whole if one.due_on and one.state in pending}
    # 26 December is a holiday in Moselle only.
    local = date(2024, 12, 27) if "2541" in visa else date(2024, 12, 26)
    assert ("challenge", local) in told


def test_the_cockpit_tells_what_falls_due_once_with_its_day(
    council: Assembly, alice: Someone
) -> None:
    stored(council, given=published(published_on=date(2024, 6, 18), received_on=date(2024, 6, 18)))
    answer = signed_in(alice).get("/", {"au": "2024-08-01"})
    _, _, falls_due, *_ = answer.content.decode().split('class="question"')
    assert falls_due.count("Fin du recours des tiers") == 1
    assert "19 août 2024" in falls_due
    assert "reste possible" not in falls_due
    assert "dépassée" in falls_due  # the list of deliberations, since 18 June

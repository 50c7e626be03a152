"""Events as an iCalendar feed (RFC 5545), the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event as Component

PRODUCT = "-//Levier//Calendrier du conseil//FR"
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a calendar. `starts` is a day, or an instant with its time zone.

    `changed_at` is when its data were last written, and `version` how many times: a calendar that
    subscribes replaces what it holds under the same `uid`.
    """

    uid: str
    title: str
    starts: date | datetime
    changed_at: datetime
    version: int
    ends: datetime | None = None
    place: str = ""
    details: str = ""
    address: str = ""
    category: str = ""
    is_busy: bool = True


def feed(name: str, events: Iterable[Event]) -> bytes:
    """A calendar of that name: CRLF, folded lines, time zones described."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    years = set()
    for event in events:
        calendar.add_component(_component(event))
        years.add(event.starts.year)
    if years:
        # Only the changes of hour that the events may need, rather than those of seventy years.
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 1, 12, 31))
    return bytes(calendar.to_ical())


def _component(event: Event) -> Component:
    from icalendar import Event as Made

    component = Made()
    component.add("uid", event.uid)
    component.add("dtstamp", event.changed_at.astimezone(UTC).replace(microsecond=0))
    component.add("last-modified", event.changed_at.astimezone(UTC).replace(microsecond=0))
    component.add("sequence", event.version)
    component.add("summary", event.title)
    component.add("dtstart", event.starts)
    if not isinstance(event.starts, datetime):
        component.add("dtend", event.starts + timedelta(days=1))
    elif event.ends is not None and event.ends > event.starts:
        component.add("dtend", event.ends)
    for key, value in (
        ("location", event.place),
        ("description", event.details),
        ("url", event.address),
        ("categories", event.category),
    ):
        if value:
            component.add(key, [value] if key == "categories" else value)
    component.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    component.add("class", "PUBLIC")
    return component

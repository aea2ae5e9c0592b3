"""The agenda as an iCalendar file (RFC 5545): whole days, the same UID each time, so that programmes update."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from domain.agenda import AGENDA_NAMES, AgendaItem
from domain.permissions import ROLE_NAMES

DAY = timedelta(days=1)
SAMPLE = "Dữ liệu mẫu, chờ cơ quan xác nhận."


def agenda_file(items: Iterable[AgendaItem], host: str, now: datetime) -> bytes:
    """The file; `host` makes the UIDs unique in the world, `now` (aware UTC) is when it was made."""
    calendar = Calendar()
    calendar.add("prodid", "-//THADS//Trung tam dieu hanh//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Lịch thi hành án")
    calendar.add("x-published-ttl", "PT6H")
    for item in items:
        calendar.add_component(_event(item, host, now))
    written: bytes = calendar.to_ical()
    return written


def _event(item: AgendaItem, host: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{item.uid}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", item.on)
    event.add("dtend", item.on + DAY)
    event.add("summary", item.title)
    whose = ROLE_NAMES[item.role] if item.role is not None else "Mọi người"
    event.add("description", "\n".join(filter(None, (f"{whose}. {item.basis}.", SAMPLE if item.is_sample else ""))))
    event.add("categories", [AGENDA_NAMES[item.kind]])
    event.add("transp", "TRANSPARENT")
    return event

"""Days are entered and taken back on record; a secret address shows its owner's days and dies with the account."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from people_support import CHIEF, UNITS, a_person

from access.principal import NotAllowed, Principal
from actions.edit_agenda import (
    EntryRefused,
    agenda_of_feed,
    close_agenda_feed,
    enter_day,
    open_agenda_feed,
    withdraw_day,
)
from actions.manage_users import disable_user
from data_access.agenda import agenda_between
from data_access.scope import NotFound
from data_access.session import Database
from domain.permissions import Role

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SPAN = (TODAY, TODAY + timedelta(days=90))
LEADER = Principal(Role.LEADER, "lead", "lanhdao")


def enter(database: Database, title: str = "Họp giao ban", on: date = TODAY, **how: str) -> str:
    said = {"role": "", "unit": "", "basis": "Kế hoạch", **how}
    return enter_day(database, LEADER, on, title, said["role"], said["unit"], tuple(UNITS), said["basis"], NOW).uid


def titles(database: Database, principal: Principal) -> list[str]:
    with database.reading() as session:
        return [item.title for item in agenda_between(session, principal, SPAN)]


def test_a_day_is_entered_for_whom_it_concerns_and_taken_back(database: Database) -> None:
    head = a_person(database, "truong.phuvang", NOW)
    uid = enter(database, unit="PHUVANG")
    enter(database, "Việc của Phú Lộc", unit="PHULOC")
    assert "Họp giao ban" in titles(database, head) and "Việc của Phú Lộc" not in titles(database, head)
    assert {"Họp giao ban", "Việc của Phú Lộc"} <= set(titles(database, LEADER))
    withdraw_day(database, LEADER, uid, NOW)
    assert "Họp giao ban" not in titles(database, head)
    with pytest.raises(NotFound):
        withdraw_day(database, LEADER, uid, NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"title": " "}, {"title": "x" * 161}, {"on": TODAY - timedelta(days=1)}, {"on": date(2031, 1, 1)}]
    + [{"role": "screen"}, {"unit": "NOWHERE"}, {"basis": "x" * 301}],
)
def test_what_cannot_be_a_day_is_refused(sqlite_database: Database, wrong: dict[str, object]) -> None:
    with pytest.raises(EntryRefused):
        enter(sqlite_database, **wrong)  # type: ignore[arg-type]


def test_only_a_leader_enters_days(sqlite_database: Database) -> None:
    head = a_person(sqlite_database, "truong.phuvang", NOW)
    with pytest.raises(NotAllowed):
        enter_day(sqlite_database, head, TODAY, "x", "", "", tuple(UNITS), "", NOW)


def test_the_secret_address_gives_the_owners_days_until_it_dies(database: Database) -> None:
    head = a_person(database, "truong.phuvang", NOW)
    enter(database, "Ngày của lãnh đạo", role="leader")
    own = enter(database, unit="PHUVANG")
    first = open_agenda_feed(database, head, NOW)
    read = Calendar.from_ical(agenda_of_feed(database, first, "thads.example", NOW))
    events = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert f"{own}@thads.example" in events and len(events) > 1
    assert "Ngày của lãnh đạo" not in {str(event["summary"]) for event in events.values()}
    assert events[f"{own}@thads.example"].decoded("dtstart") == TODAY
    second = open_agenda_feed(database, head, NOW)
    with pytest.raises(NotFound):
        agenda_of_feed(database, first, "x", NOW)
    assert agenda_of_feed(database, second, "x", NOW)
    close_agenda_feed(database, head, NOW)
    third = open_agenda_feed(database, head, NOW)
    disable_user(database, CHIEF, head.public_id, NOW)
    for secret in (second, third, "", "x" * 500):
        with pytest.raises(NotFound):
            agenda_of_feed(database, secret, "x", NOW)


def test_reading_the_calendar_writes_once_an_hour(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = open_agenda_feed(database, a_person(database, "truong.phuvang", NOW), NOW)
    write, times = database.writing, []
    monkeypatch.setattr(database, "writing", lambda: times.append(1) or write())
    for minutes in (0, 5, 59, 60, 61, 62):
        assert agenda_of_feed(database, secret, "x", NOW + timedelta(minutes=minutes))
    assert len(times) == 2

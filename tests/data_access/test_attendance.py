"""Attendance in the database: no order and no repetition leaves another end, and a dead terminal blames nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attendance_support import (
    ALUOI,
    DAY,
    PHUVANG,
    STATED_AT,
    a_person,
    a_punch,
    a_terminal,
    at,
    heard,
    touched,
    two_offices,
)
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from data_access.attendance import (
    known_pins,
    presence_on,
    save_absences,
    save_contact,
    save_correction,
    save_punches,
    save_staff,
    save_terminals,
    staff_days,
    staff_month,
)
from data_access.attendance.shifts import load_shifts
from data_access.models.attendance import AbsenceRow, PunchRow, StaffRow, TerminalContact, TerminalRow
from data_access.session import Database
from data_access.versions import versions
from domain.attendance import AbsenceRecord, Correction, DayStatus, LeaveKind, Overlay, OverlayKind, StaffRole
from domain.permissions import Role
from domain.units import Organisation

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
KEPT = {
    TerminalRow: ("serial", "unit", "name", "allowed_network", "is_allowed", "last_seen_at", "stated_at", "row_hash"),
    TerminalContact: ("serial", "from_at", "to_at"),
    PunchRow: ("serial", "pin", "punched_at", "kind", "method"),
    StaffRow: ("unit", "code", "pin", "role", "valid_from", "valid_from_stated_at", "valid_to", "stated_at"),
    AbsenceRow: ("unit", "code", "kind", "leave", "from_on", "to_on", "reference", "is_withdrawn", "stated_at"),
}
Delivery = Callable[[Session], object]


def end_state(database: Database) -> list[Any]:
    with database.reading() as session:
        return [
            sorted((tuple(getattr(row, name) for name in names) for row in session.scalars(select(model))), key=repr)
            for model, names in KEPT.items()
        ]


def empty(database: Database) -> None:
    with database.writing() as session:
        for model in (TerminalContact, PunchRow, StaffRow, AbsenceRow, TerminalRow):
            session.query(model).delete()


def days_of(database: Database, organisation: Organisation, now: datetime, day: date = DAY) -> dict[str, DayStatus]:
    with database.reading() as session:
        found = staff_days(session, WORKER, organisation, day, now)
        return {f"{each.unit}/{each.code}": each.status for each in found}


def an_absence(
    kind: OverlayKind = OverlayKind.LEAVE, from_on: date = DAY, to_on: date = DAY, **changes: Any
) -> AbsenceRecord:
    overlay = Overlay(kind, from_on, to_on, LeaveKind.ANNUAL if kind is OverlayKind.LEAVE else None)
    return AbsenceRecord(**{"code": "CHV-02", "unit": "PHUVANG", "overlay": overlay, "reference": "12/NP", **changes})


def deliveries() -> list[Delivery]:
    """Everything that can arrive, each at its own instant, some of it contradicting other parts."""
    later = STATED_AT + timedelta(days=1)
    withdrawn = an_absence(is_withdrawn=True)
    moved = a_person(1, valid_from=date(2026, 11, 1), role=StaffRole.HEAD)
    return [
        lambda s: save_terminals(s, [a_terminal(name="Cổng phụ")], later, later),
        lambda s: save_terminals(s, [a_terminal(is_allowed=False)], later, later),
        lambda s: save_staff(s, [a_person(1), a_person(2)], STATED_AT, later),
        lambda s: save_staff(s, [moved], STATED_AT, later),
        lambda s: save_staff(s, [a_person(1, valid_to=date(2027, 1, 1))], later, later),
        lambda s: save_staff(s, [a_person(1, valid_from=date(2026, 10, 1))], later, later),
        lambda s: save_absences(s, [an_absence(), an_absence(OverlayKind.FIELD_DUTY)], STATED_AT, later),
        lambda s: save_absences(s, [withdrawn], later, later),
        lambda s: save_absences(s, [an_absence()], later - timedelta(hours=1), later),
        lambda s: save_punches(s, [a_punch("07:20"), a_punch("11:35")], at("12:00")),
        lambda s: save_punches(s, [a_punch("11:35"), a_punch("07:20"), a_punch("07:20")], at("12:01")),
        *(lambda s, clock=clock: save_contact(s, PHUVANG, at(clock), at(clock)) for clock in CLOCKS),
    ]


CLOCKS = ("07:00", "07:04", "07:09", "07:30", "08:10", "07:33", "08:14")


def test_any_order_and_any_repetition_of_deliveries_ends_in_the_same_state(database: Database) -> None:
    ends = []
    for seed in range(25):
        empty(database)
        with database.writing() as session:
            save_terminals(session, [a_terminal()], STATED_AT, STATED_AT)
        order = [*deliveries(), *deliveries()] if seed % 2 else deliveries()
        Random(seed).shuffle(order)
        for delivery in order:
            with database.writing() as session:
                delivery(session)
        ends.append(end_state(database))
    assert all(end == ends[0] for end in ends)
    stretches = [(row[1], row[2]) for row in ends[0][1]]
    assert stretches == [(at("07:00"), at("07:09")), (at("07:30"), at("07:33")), (at("08:10"), at("08:14"))]


@given(st.lists(st.integers(0, 90), min_size=1, max_size=12), st.integers(0, 1000))
def test_stretches_are_the_same_whatever_order_contacts_are_told_in(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, minutes: list[int], seed: int
) -> None:
    path = tmp_path_factory.mktemp("contacts") / "thads.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}", audit_key=b"a key for tests, never for an agency")
    ends = []
    for order in (minutes, Random(seed).sample(minutes, len(minutes)), sorted(minutes)):
        empty(database)
        with database.writing() as session:
            save_terminals(session, [a_terminal()], STATED_AT, STATED_AT)
            for minute in order:
                moment = at("07:00") + timedelta(minutes=minute)
                save_contact(session, PHUVANG, moment, moment)
        ends.append(end_state(database))
    database.close()
    assert ends[0] == ends[1] == ends[2]


def test_a_morning_is_derived_and_an_unknown_number_becomes_somebody_when_the_roster_says_so(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    two_offices(database)
    for serial in (PHUVANG, ALUOI):
        heard(database, serial, at("06:30"), at("09:40"))
    touched(database, [a_punch("07:20", 1), a_punch("08:05", 2), a_punch("07:25", 9)], now)
    found = days_of(database, organisation, now)
    assert found["PHUVANG/CHV-01"] is DayStatus.PRESENT
    assert found["PHUVANG/CHV-02"] is DayStatus.LATE
    assert found["PHUVANG/CHV-03"] is DayStatus.UNEXPLAINED
    with database.writing() as session:
        assert "9" not in known_pins(session, "PHUVANG", DAY)
        save_staff(session, [a_person(9)], STATED_AT, now)
    assert days_of(database, organisation, now)["PHUVANG/CHV-09"] is DayStatus.PRESENT


def test_a_dead_terminal_makes_its_own_unit_unknown_and_no_other(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    two_offices(database)
    heard(database, PHUVANG, at("06:30"), at("07:22"))
    heard(database, ALUOI, at("06:30"), at("09:40"))
    touched(database, [a_punch("07:20", 1)], now)
    with database.reading() as session:
        presence = presence_on(session, WORKER, organisation, DAY, now)
    phuvang, aluoi = presence.units["PHUVANG"], presence.units["ALUOI"]
    assert phuvang and aluoi and presence.total
    assert (phuvang.present, phuvang.unknown, phuvang.staff) == (1, 2, 3)
    assert (aluoi.present, aluoi.unknown, aluoi.staff) == (0, 0, 3)
    assert presence.unexplained == 3
    assert presence.units["TPHUE"] is None
    assert not hasattr(phuvang, "unexplained")


def test_unknown_is_not_zero(database: Database, organisation: Organisation, now: datetime) -> None:
    two_offices(database)
    with database.reading() as session:
        presence = presence_on(session, WORKER, organisation, DAY, now)
    assert presence.total and presence.total.present is None and presence.total.unknown == 6
    assert presence.unexplained is None
    assert set(days_of(database, organisation, now).values()) == {DayStatus.UNKNOWN}


def test_without_a_roster_nothing_is_counted(database: Database, organisation: Organisation, now: datetime) -> None:
    with database.reading() as session:
        presence = presence_on(session, WORKER, organisation, DAY, now)
    assert presence.total is None and presence.unexplained is None
    assert set(presence.units.values()) == {None}


def test_what_was_delivered_after_a_silence_tells_of_it(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    two_offices(database)
    heard(database, PHUVANG, at("06:30"), at("07:10"))
    heard(database, PHUVANG, at("09:00"), at("09:40"))
    assert days_of(database, organisation, now)["PHUVANG/CHV-02"] is DayStatus.UNKNOWN
    touched(database, [a_punch("07:20", 1)], now)
    assert days_of(database, organisation, now)["PHUVANG/CHV-02"] is DayStatus.UNEXPLAINED


def test_a_terminal_of_today_that_delivers_its_log_tells_of_this_morning_and_not_of_a_day_without_touches(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    two_offices(database)
    heard(database, PHUVANG, at("09:30"), at("09:40"))
    friday, thursday = date(2026, 11, 20), date(2026, 11, 19)
    touched(database, [a_punch("07:20", 1), a_punch("07:10", 1, day=friday), a_punch("17:02", 1, day=friday)], now)
    assert days_of(database, organisation, now)["PHUVANG/CHV-02"] is DayStatus.UNEXPLAINED
    assert days_of(database, organisation, now, friday)["PHUVANG/CHV-02"] is DayStatus.UNEXPLAINED
    assert days_of(database, organisation, now, thursday)["PHUVANG/CHV-02"] is DayStatus.UNKNOWN


def test_known_absences_and_corrections_stand_above_punches(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    two_offices(database)
    heard(database, PHUVANG, at("06:30"), at("09:40"))
    with database.writing() as session:
        trip = an_absence(OverlayKind.BUSINESS_TRIP, DAY - timedelta(days=3), DAY + timedelta(days=1), code="CHV-03")
        save_absences(session, [an_absence(), trip], STATED_AT, now)
        for hour, status in ((2, DayStatus.UNEXPLAINED), (1, DayStatus.PRESENT)):
            said = Correction(status, "quên chấm", now - timedelta(hours=hour))
            save_correction(session, "PHUVANG", "CHV-01", DAY, said, "truong")
    found = days_of(database, organisation, now)
    assert found["PHUVANG/CHV-01"] is DayStatus.PRESENT
    assert found["PHUVANG/CHV-02"] is DayStatus.ON_LEAVE
    assert found["PHUVANG/CHV-03"] is DayStatus.BUSINESS_TRIP
    with database.reading() as session:
        counts = presence_on(session, HEAD, organisation, DAY, now).total
    assert counts and (counts.leave, counts.trip, counts.expected, counts.present) == (1, 1, 1, 1)


@pytest.mark.parametrize("seed", range(4))
def test_a_month_asked_at_once_is_the_same_as_its_days_asked_one_by_one(
    sqlite_database: Database, organisation: Organisation, now: datetime, seed: int
) -> None:
    """Three weeks of a unit whose terminal is silent for hours and days, with people who come and go."""
    chance, first = Random(seed), DAY - timedelta(days=22)
    two_offices(sqlite_database)
    with sqlite_database.writing() as session:
        leaving = a_person(8, valid_to=DAY - timedelta(days=9))
        save_staff(session, [leaving, a_person(9, valid_from=DAY - timedelta(days=4))], STATED_AT, now)
        trips = [
            an_absence(OverlayKind.BUSINESS_TRIP, DAY - timedelta(days=12), DAY - timedelta(days=6), code="CHV-03")
        ]
        save_absences(session, [*trips, an_absence(code="CHV-02")], STATED_AT, now)
        said = Correction(DayStatus.PRESENT, "quên chấm", now)
        save_correction(session, "PHUVANG", "CHV-01", DAY - timedelta(days=2), said, "truong")
        for day in (first + timedelta(days=number) for number in range(23)):
            until = chance.choice(["05:00", "07:22", "11:00", "23:50"])
            save_contact(session, PHUVANG, at("06:30", day), at("06:30", day))
            if until > "06:30":
                save_contact(session, PHUVANG, at(until, day), at(until, day))
        touches = [
            a_punch(chance.choice(["07:05", "07:40", "08:30", "17:10"]), pin, day=first + timedelta(days=number))
            for number in range(23)
            for pin in (1, 2, 3, 8, 9)
            if chance.random() < 0.7
        ]
        save_punches(session, touches, now)
    with sqlite_database.reading() as session:
        month = staff_month(session, WORKER, organisation, "PHUVANG", DAY.replace(day=1), now)
        for number, day in enumerate(each for each in (DAY.replace(day=1) + timedelta(days=n) for n in range(23))):
            alone = {
                one.code: one.status
                for one in staff_days(session, WORKER, organisation, day, now)
                if one.unit == "PHUVANG"
            }
            assert {one.code: one.days[number] for one in month if one.days[number] is not None} == alone, day
    assert {status for one in month for status in one.days} >= {DayStatus.BUSINESS_TRIP, DayStatus.UNEXPLAINED, None}


def test_a_head_sees_the_own_unit_and_no_screen_sees_a_person(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    two_offices(database)
    with database.reading() as session:
        assert {each.unit for each in staff_days(session, HEAD, organisation, DAY, now)} == {"PHUVANG"}
        assert list(presence_on(session, HEAD, organisation, DAY, now).units) == ["PHUVANG"]
        for role in (Role.SCREEN, Role.IOC):
            with pytest.raises(NotAllowed):
                staff_days(session, Principal(role, "x", "x"), organisation, DAY, now)
        wall = presence_on(session, Principal(Role.SCREEN, "x", "x", "ALUOI"), organisation, DAY, now)
    assert list(wall.units) == ["ALUOI"]
    assert "CHV" not in repr(wall)


def test_a_version_is_new_only_when_something_is(database: Database, now: datetime) -> None:
    two_offices(database)

    def version() -> int:
        with database.reading() as session:
            return versions(session)["attendance"]

    touched(database, [a_punch("07:20")], now)
    heard(database, PHUVANG, at("07:00"), at("07:03"))
    before = version()
    two_offices(database)
    assert touched(database, [a_punch("07:20")], now) == 0
    heard(database, PHUVANG, at("07:01"), at("07:04"))
    assert version() == before
    heard(database, PHUVANG, at("07:30"), at("07:31"))
    assert version() == before + 1


def test_time_alone_changes_the_answer_when_a_terminal_falls_silent(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    two_offices(database)
    heard(database, PHUVANG, at("06:30"), at("09:38"))
    with database.reading() as session:
        assert presence_on(session, WORKER, organisation, DAY, now).changes_at == at("09:43")


def test_a_new_number_leaves_the_old_days_right(database: Database, organisation: Organisation, now: datetime) -> None:
    two_offices(database, 1)
    with database.writing() as session:
        old = a_person(1, valid_from=date(2026, 1, 1), valid_to=DAY - timedelta(days=1))
        save_staff(session, [old, a_person(1, pin="51", valid_from=DAY)], now, now)
    touched(database, [a_punch("07:20", 51), a_punch("07:20", 1, day=date(2026, 11, 20))], now)
    for day in (DAY, date(2026, 11, 20)):
        found = days_of(database, organisation, at("18:00"), day)
        assert found["PHUVANG/CHV-01"] is DayStatus.PRESENT


def test_the_shifts_that_ship_are_in_order(tmp_path: Path) -> None:
    assert [shift.begins.hour for shift in load_shifts()] == [7, 13]
    (tmp_path / "shifts.csv").write_text("from,to,late_minutes,early_minutes,status\n07:30,11:30,-1,0,x\n")
    with pytest.raises(ValueError, match="negative"):
        load_shifts(tmp_path)

"""A morning of attendance that tests talk about: two units with a terminal each, people under codes, their touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from data_access.attendance import save_absences, save_contact, save_punches, save_staff, save_terminals
from data_access.session import Database
from data_access.sources import save_source_success
from domain.attendance import (
    AbsenceRecord,
    LeaveKind,
    Overlay,
    OverlayKind,
    Punch,
    PunchKind,
    PunchRecord,
    StaffRecord,
    StaffRole,
    TerminalRecord,
    VerifyMethod,
)
from domain.local_time import LOCAL

DAY = date(2026, 11, 23)
STATED_AT = datetime(2026, 11, 20, 8, tzinfo=LOCAL)
PHUVANG, ALUOI = "TA1", "TB2"
LOOPBACK = "127.0.0.0/8"


def at(clock: str, day: date = DAY) -> datetime:
    """A time of day in Huế."""
    return datetime.combine(day, time.fromisoformat(clock), LOCAL)


def a_terminal(serial: str = PHUVANG, unit: str = "PHUVANG", **changes: Any) -> TerminalRecord:
    """The terminal at the gate of Phú Vang."""
    return TerminalRecord(
        **{"serial": serial, "unit": unit, "name": "Cổng chính", "allowed_network": LOOPBACK, **changes}
    )


def a_person(number: int = 7, unit: str = "PHUVANG", **changes: Any) -> StaffRecord:
    """CHV-07 with the user number 7."""
    values = {"code": f"CHV-{number:02d}", "unit": unit, "pin": str(number), "role": StaffRole.ENFORCER}
    return StaffRecord(**{**values, **changes})


def a_punch(clock: str, pin: int | str = 7, serial: str = PHUVANG, day: date = DAY) -> PunchRecord:
    """A finger on the terminal."""
    return PunchRecord(Punch(serial, str(pin), at(clock, day)), PunchKind.IN, VerifyMethod.FINGER)


def two_offices(database: Database, people: int = 3) -> None:
    """Terminals and staff of Phú Vang and A Lưới, as their sheets state them."""
    with database.writing() as session:
        save_terminals(session, [a_terminal(), a_terminal(ALUOI, "ALUOI")], STATED_AT, STATED_AT)
        staff = [a_person(number, unit) for unit in ("PHUVANG", "ALUOI") for number in range(1, people + 1)]
        save_staff(session, staff, STATED_AT, STATED_AT)


def heard(database: Database, serial: str, from_at: datetime, until_at: datetime) -> None:
    """A terminal that asked for orders every minute from one instant to another."""
    moment = from_at
    with database.writing() as session:
        while moment <= until_at:
            save_contact(session, serial, moment, moment)
            moment += timedelta(minutes=1)


def touched(database: Database, punches: Sequence[PunchRecord], now: datetime) -> int:
    """Punches as a terminal delivers them; how many were new."""
    with database.writing() as session:
        return save_punches(session, punches, now)


def a_staffed_morning(
    database: Database,
    units: Sequence[str],
    now: datetime,
    missing: int = 2,
    silent: str = "",
    heard_at: datetime | None = None,
) -> None:
    """Every unit with a terminal and a dozen people, in the first three one on leave and one on a trip.

    `missing` of the first unit and two of each later one did not come; the terminal of `silent` says nothing since six
    o'clock. Known since `heard_at`.
    """
    day = now.astimezone(LOCAL).date()
    with database.writing() as session:
        save_terminals(session, [a_terminal(f"T{unit}", unit) for unit in units], STATED_AT, STATED_AT)
        save_staff(session, [a_person(pin, unit) for unit in units for pin in range(1, 13)], STATED_AT, STATED_AT)
        sheets = [
            AbsenceRecord(f"CHV-{pin:02d}", unit, Overlay(kind, day, day, leave), f"{unit}{pin}")
            for unit in units[:3]
            for pin, kind, leave in ((11, OverlayKind.LEAVE, LeaveKind.ANNUAL), (12, OverlayKind.BUSINESS_TRIP, None))
        ]
        save_absences(session, sheets, STATED_AT, STATED_AT)
        for unit in units:
            until = at("06:00", day) if unit == silent else now
            moment = at("05:50" if unit == silent else "07:10", day)
            while moment <= until:
                save_contact(session, f"T{unit}", moment, moment)
                moment += timedelta(minutes=4)
            absent = range(1, missing + 1) if unit == units[0] else ()
            if unit != silent:
                touches = [a_punch("07:22", pin, f"T{unit}", day) for pin in range(1, 11) if pin not in absent]
                save_punches(session, touches, now)
        save_source_success(session, "attendance", heard_at or now, now)

"""Administrative judgments that tests talk about: one, a sheet's row, a register of some units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from connectors.administrative_judgments import COLUMNS
from data_access.administrative_judgments import save_judgments
from data_access.session import Database
from data_access.sources import save_source_success
from domain.administrative_judgments import AdministrativeJudgment, DatedEvent, DebtorKind, JudgmentEvent
from domain.local_time import local_day

HEAD = [each.headers[0] for each in COLUMNS.values()]


def a_judgment(registered_on: date, number: int = 1, unit: str = "PHUVANG", **events: date) -> AdministrativeJudgment:
    """A judgment registered on a day against a commune; events by kind, `received=`, `completed=` ..."""
    return AdministrativeJudgment(
        unit=unit,
        reference=f"{number:02d}/2026/HC-ST",
        judged_on=registered_on - timedelta(days=5),
        registered_on=registered_on,
        debtor=DebtorKind.COMMUNE,
        events=tuple(DatedEvent(JudgmentEvent(kind), on) for kind, on in events.items()),
    )


def a_row(**cells: str) -> list[str]:
    """A row of a sheet in the order of its columns, good but for the cells given by our names of columns."""
    good = {
        "unit": "Phú Vang",
        "number": "15/2026/HC-ST",
        "judged_on": "05/10/2026",
        "debtor": "UBND cấp xã",
        "registered_on": "12/10/2026",
    }
    values: dict[str, Any] = {**good, **cells}
    return [values.get(name, "") for name in COLUMNS]


def a_register(database: Database, units: Sequence[str], now: datetime, told_at: datetime | None = None) -> None:
    """Of every unit but the last: one carried over and done this year, one new and overdue, one compelled and paused,
    one of last year that was done then; the first unit has one more, of which nobody knows when it was received."""
    today = local_day(now)
    first = date(today.year, 10, 1)
    judgments = []
    for unit in units[:-1]:
        old, new = first - timedelta(days=90), first + timedelta(days=4)
        judgments += [
            a_judgment(old, 1, unit, noticed=old, received=old, worked=old, completed=first + timedelta(days=9)),
            a_judgment(new, 2, unit, noticed=new + timedelta(days=3), received=new, worked=new + timedelta(days=20)),
            a_judgment(old, 3, unit, noticed=old, received=old, compelled=first, postponed=first + timedelta(days=2)),
            a_judgment(first - timedelta(days=380), 4, unit, completed=first - timedelta(days=340)),
        ]
    judgments.append(a_judgment(first + timedelta(days=1), 5, units[0], noticed=first + timedelta(days=3)))
    with database.writing() as session:
        save_judgments(session, judgments, told_at or now, now)
        save_source_success(session, "administrative_judgments", told_at or now, told_at or now, len(judgments))

"""Field reports that tests talk about: records as a source states them, and a morning of them in the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from actions.take_in_reports import ReportJudge, take_in_judged
from data_access.field_report_rules import load_report_rules
from data_access.session import Database
from data_access.sources import save_source_success
from domain.field_reports import ReportRecord
from domain.units import Organisation

RECEIVED_AT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


class Nowhere:
    """A map that knows no place."""

    def place(self, _latitude: float, _longitude: float, _day: date) -> tuple[str | None, str | None]:
        """Outside every outline."""
        return None, None


def a_record(number: int | str = 1, **changes: Any) -> ReportRecord:
    """A question about a payment, received at 07:30 and still open, due the same afternoon."""
    values: dict[str, Any] = {
        "external_id": str(number),
        "service_code": "payout_question",
        "state_word": "open",
        "requested_at": RECEIVED_AT,
        "updated_at": RECEIVED_AT,
        "expected_at": RECEIVED_AT + timedelta(hours=8),
        "agency": "PHUVANG",
        "description": "Lời của người dân",
    }
    return ReportRecord(**{**values, **changes})


def a_judge(organisation: Organisation, locator: Any = None) -> ReportJudge:
    """Judges by the rules that ship."""
    return ReportJudge(organisation, load_report_rules(), lambda: locator or Nowhere())


def a_writer(organisation: Organisation, locator: Any = None) -> Callable[..., int]:
    """Judges and stores records in a session."""
    judge = a_judge(organisation, locator)
    return lambda session, records, now: take_in_judged(session, judge(records), now)


def store_reports(
    database: Database, organisation: Organisation, records: Sequence[ReportRecord], now: datetime
) -> None:
    """Take records in as the worker would, and call the source fresh."""
    with database.writing() as session:
        a_writer(organisation)(session, records, now)
        save_source_success(session, "field_reports", now, now, len(records))


def quiet_reports(units: Sequence[str], now: datetime) -> list[ReportRecord]:
    """Open reports with more than a day left: nothing to act on."""
    return [a_record(f"days{at}", agency=unit, expected_at=now + timedelta(hours=30)) for at, unit in enumerate(units)]


def a_morning(units: Sequence[str], now: datetime) -> list[ReportRecord]:
    """An urgent report and one that is overdue in the first unit, three due soon, later ones, and closed ones."""
    first, *others = units
    due = [timedelta(minutes=48), timedelta(hours=2, minutes=10), timedelta(hours=3, minutes=20)]
    records = [
        a_record("urgent", service_code="crowd_at_gate", agency=first, expected_at=now - timedelta(minutes=15)),
        a_record("late", service_code="boundary_moved", agency=first, expected_at=now - timedelta(minutes=26)),
        *(
            a_record(f"soon{at}", agency=others[at % len(others)], expected_at=now + left)
            for at, left in enumerate(due)
        ),
        *(
            a_record(f"later{at}", agency=units[at % len(units)], expected_at=now + timedelta(hours=5 + at * 0.8))
            for at in range(23)
        ),
        *(
            a_record(f"days{at}", agency=units[at % len(units)], expected_at=now + timedelta(hours=30 + at))
            for at in range(8)
        ),
    ]
    for at in range(60):
        received = now - timedelta(days=1 + at % 29, hours=at % 7)
        closed = a_record(
            f"closed{at}",
            agency=units[at % len(units)],
            requested_at=received,
            updated_at=received + timedelta(hours=3),
            expected_at=received + timedelta(hours=2 if at == 7 else 8),
            state_word="closed",
            satisfaction=5 if at % 12 else 2,
        )
        records.append(closed)
    return records

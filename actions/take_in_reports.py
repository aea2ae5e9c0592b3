"""Takes in field reports: applies the agency's rules, finds the unit, stores. Nothing here knows who reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from data_access.field_reports import JudgedReport, save_reports
from domain.field_report_rules import ReportRules
from domain.field_reports import ReportRecord, ReportState
from domain.local_time import local_day
from domain.units import Organisation

SOURCE = "field_reports"


class Locator(Protocol):
    """Whatever can say where a point lies (data_access/area_locator.py)."""

    def place(self, latitude: float, longitude: float, day: date) -> tuple[str | None, str | None]:
        """The area and the unit at a point on a day."""
        ...


def take_in_judged(session: Session, judged: Sequence[JudgedReport], now: datetime) -> int:
    """Store reports inside the caller's transaction; returns how many were new or changed."""
    saved = save_reports(session, SOURCE, judged, now)
    return saved.new + saved.changed


class ReportJudge:
    """Says of each record what it is about, by when it is due, and whose it is: call it with records, before the
    transaction that stores them, for reading the map takes seconds."""

    def __init__(self, organisation: Organisation, rules: ReportRules, locator: Callable[[], Locator]) -> None:
        self._organisation = organisation
        self._rules = rules
        self._locator = locator

    def __call__(self, records: Sequence[ReportRecord]) -> list[JudgedReport]:
        """The records, judged."""
        return [self._judged(record) for record in records]

    def _judged(self, record: ReportRecord) -> JudgedReport:
        rules = self._rules
        due_at, due_by = rules.due_of(record)
        area, unit, unit_by = self._place(record)
        return JudgedReport(
            record=record,
            subject=rules.subject_of(record.service_code).code,
            urgency=rules.urgency_of(record),
            # A word nobody has explained must not close a report: it counts as open until somebody says what it means.
            state=rules.state_of(record.state_word) or ReportState.RECEIVED,
            unit=unit,
            unit_by=unit_by,
            area=area,
            due_at=due_at,
            due_by=due_by,
        )

    def _place(self, record: ReportRecord) -> tuple[str | None, str | None, str]:
        """The unit the source names, else the one whose territory holds the point, else none."""
        day = local_day(record.requested_at)
        area: str | None = None
        on_map: str | None = None
        if record.latitude is not None and record.longitude is not None:
            area, on_map = self._locator().place(record.latitude, record.longitude, day)
        named = self._organisation.unit_on(record.agency, day)
        if named is None and record.agency:
            named = self._organisation.unit_by_name(record.agency, day)
        if named is not None and named.handles_cases:
            return area, named.code, "agency"
        return area, on_map, "map" if on_map is not None else ""

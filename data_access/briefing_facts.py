"""What a briefing asks beside the cases: what came and went, what burns, how pledges are kept; each with its age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from access.principal import Principal
from data_access.alarms import alarms_listed, closed_alarms, raised_since
from data_access.attendance import presence_on, staff_days
from data_access.cameras import CameraStanding, camera_standing
from data_access.directives import directives
from data_access.field_reports import handled_by_code, open_reports
from data_access.field_reports.questions import scope_of
from data_access.limits import wall_limits_in_force
from data_access.models.field_reports import FieldReportRow
from data_access.reception import reception_month
from data_access.scope import visible_units
from data_access.sources import source_by_name
from domain.alarms import SYSTEM_SOURCE, SYSTEM_TITLE
from domain.briefing import (
    ROWS_KEPT,
    BriefingChanges,
    Burning,
    OverdueClocks,
    Pledge,
    Stated,
    burning_alarms,
    burning_directives,
    burning_reports,
)
from domain.briefing_schedule import BriefingKind, told_since
from domain.cameras import count_coverage, coverage_by_unit
from domain.cameras.availability import DOWN
from domain.field_reports import count_open
from domain.freshness import own_facts
from domain.local_time import local_day
from domain.participation import Participation, participation_by_unit
from domain.units import Organisation
from domain.working_days import WorkingCalendar

ATTENDANCE, CAMERAS, FIELD_REPORTS, RECEPTION = "attendance", "cameras", "field_reports", "reception"
MOST_CLOSED = 100_000


class BriefingQuestions:
    """The questions of one principal at one moment; `names` are short names of units by code."""

    def __init__(
        self, principal: Principal, organisation: Organisation, names: Mapping[str, str], now: datetime
    ) -> None:
        self._principal, self._organisation, self._names, self._now = principal, organisation, names, now
        self._today = local_day(now)

    def changes(self, session: Session, begins_at: datetime) -> BriefingChanges:
        """What came and went since then."""
        asked = (session, self._principal, self._organisation)
        reports, cameras = self._stated(session, FIELD_REPORTS), self._stated(session, CAMERAS)
        received, closed, opened, overdue = self._reports(session, begins_at) if reports.is_known else (None,) * 4
        failing, lost, unknown = self._cameras(session, begins_at) if cameras.is_known else (None,) * 3
        return BriefingChanges(
            alarms=self._own(),
            raised=raised_since(*asked, begins_at, self._now),
            closed=len(closed_alarms(*asked, begins_at, self._now, MOST_CLOSED)),
            reports=reports,
            reports_received=received,
            reports_closed=closed,
            reports_open=opened,
            reports_overdue=overdue,
            cameras=cameras,
            cameras_failing=failing,
            cameras_lost=lost,
            cameras_unknown=unknown,
        )

    def burning(self, session: Session, clocks: OverdueClocks) -> Burning:
        """What needs somebody today."""
        asked, names, now = (session, self._principal, self._organisation), self._names, self._now
        alarms = burning_alarms(alarms_listed(*asked, now), names)
        stated = self._stated(session, FIELD_REPORTS)
        reports = burning_reports(open_reports(*asked, self._today), names, now) if stated.is_known else []
        owed = burning_directives(directives(*asked, now), names, now)
        return Burning(
            stated=self._own(),
            alarms=tuple(alarms[:ROWS_KEPT]),
            alarm_count=len(alarms),
            clocks=clocks,
            reports=tuple(reports[:ROWS_KEPT]),
            report_count=len(reports) if stated.is_known else None,
            reports_stated=stated,
            directives=tuple(owed[:ROWS_KEPT]),
            directive_count=len(owed),
        )

    def pledges(self, session: Session, calendar: WorkingCalendar) -> tuple[Pledge, ...]:
        """The commitments of the programme that the product can tell, in its order."""
        return (
            self._camera_pledge(session),
            self._reception_pledge(session),
            self._attendance_pledge(session, calendar),
            self._participation_pledge(session),
        )

    def _reports(self, session: Session, since: datetime) -> tuple[int, int, int, int]:
        row, scope = FieldReportRow, scope_of(self._principal, self._organisation, self._today)

        def counted(at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]) -> int:
            question = select(func.count()).select_from(row).where(at > since, at <= self._now, *scope)
            return int(session.scalar(question) or 0)

        soon = wall_limits_in_force(session, self._today).report_soon
        reports = open_reports(session, self._principal, self._organisation, self._today)
        found = count_open(reports, soon, self._now)
        return counted(row.requested_at), counted(row.closed_at), found.open, found.overdue

    def _cameras(self, session: Session, since: datetime) -> tuple[int, int, int]:
        standing = self._standing(session)
        coverage = count_coverage(standing.cameras, standing.verdicts, standing.findings.hidden_cameras)
        lost = sum(
            standing.since.get(camera.code, since) > since and standing.state_of(camera) in DOWN
            for camera in standing.cameras
        )
        return coverage.failing, lost, coverage.unknown

    def _camera_pledge(self, session: Session) -> Pledge:
        name, what, stated = "Trụ sở có camera an ninh hoạt động", "đơn vị", self._stated(session, CAMERAS)
        if not stated.is_known:
            return Pledge(name, what, None, None, stated)
        standing, units = self._standing(session), self._case_units()
        hidden = standing.findings.hidden_cameras
        by_unit = coverage_by_unit(standing.cameras, units, standing.verdicts, hidden)
        unclear = sum(not found.is_confirmed and found.unknown > 0 for found in by_unit.values())
        note = f"{unclear} đơn vị chưa rõ, không tính là có" if unclear else ""
        return Pledge(name, what, sum(found.is_confirmed for found in by_unit.values()), len(units), stated, note)

    def _reception_pledge(self, session: Session) -> Pledge:
        first, stated = self._today.replace(day=1), self._stated(session, RECEPTION)
        name, what = f"Lượt tiếp công dân có giám sát, tháng {first:%m/%Y}", "lượt"
        if not stated.is_known:
            return Pledge(name, what, None, None, stated)
        counts = reception_month(session, self._principal, self._organisation, first, self._now).total
        if counts is None:
            return Pledge(name, what, None, None, stated)
        note = f"{_dotted(counts.unknown)} lượt chưa rõ, không tính" if counts.unknown else ""
        return Pledge(name, what, counts.watched, counts.watched + counts.unwatched, stated, note)

    def _attendance_pledge(self, session: Session, calendar: WorkingCalendar) -> Pledge:
        """Of the last working day, which is over: in the morning nobody is due yet."""
        name, what, stated = "Cán bộ được quản lý bằng chấm công", "người", self._stated(session, ATTENDANCE)
        if not stated.is_known:
            return Pledge(name, what, None, None, stated)
        day = local_day(told_since(BriefingKind.MORNING, calendar, self._now))
        total = presence_on(session, self._principal, self._organisation, day, self._now).total
        if total is None or total.unknown == total.staff:
            return Pledge(name, what, None, None, stated)
        note = f"Ngày {day:%d/%m/%Y}" + (
            f"; {_dotted(total.unknown)} người chưa rõ do máy chấm công" if total.unknown else ""
        )
        return Pledge(name, what, total.staff - total.unknown, total.staff, stated, note)

    def _participation_pledge(self, session: Session) -> Pledge:
        name, what, stated = (
            "Cán bộ tham gia phản ánh hiện trường, 30 ngày",
            "người",
            self._stated(session, FIELD_REPORTS),
        )
        if not stated.is_known:
            return Pledge(name, what, None, None, stated)
        asked = (session, self._principal, self._organisation)
        staff: dict[str, frozenset[str]] = {}
        for person in staff_days(*asked, self._today, self._now):
            staff[person.unit] = staff.get(person.unit, frozenset()) | {person.code}
        found = participation_by_unit(staff, handled_by_code(*asked, self._now))
        known = [each for each in found.values() if each is not None]
        if not known:
            return Pledge(name, what, None, None, stated)
        whole = sum(known, Participation(0, 0))
        unknown = len(found) - len(known)
        note = f"{unknown} đơn vị chưa có số liệu, không tính" if unknown else ""
        return Pledge(name, what, whole.took_part, whole.staff, stated, note)

    def _standing(self, session: Session) -> CameraStanding:
        return camera_standing(session, self._principal, self._organisation, self._now)

    def _own(self) -> Stated:
        return Stated.of(own_facts(SYSTEM_SOURCE, SYSTEM_TITLE, self._now), self._now)

    def _stated(self, session: Session, source: str) -> Stated:
        return Stated.of(source_by_name(session, source), self._now)

    def _case_units(self) -> list[str]:
        seen = visible_units(self._principal, self._organisation, self._today)
        units = self._organisation.case_units_on(self._today)
        return [unit.code for unit in units if seen is None or unit.code in seen]


def _dotted(count: int) -> str:
    return f"{count:,}".replace(",", ".")

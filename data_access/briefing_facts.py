"""What a briefing asks beside the cases: what came and went, what burns, how pledges are kept; each with its age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from access.principal import Principal
from data_access.alarms import alarms_listed, closed_alarms, raised_since
from data_access.cameras import CameraStanding, camera_standing
from data_access.directives import directives
from data_access.field_reports import open_reports
from data_access.field_reports.questions import scope_of
from data_access.limits import wall_limits_in_force
from data_access.models.field_reports import FieldReportRow
from data_access.pledge_evidence import EvidenceQuestions
from data_access.programme import pledges_in_force
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
from domain.cameras import count_coverage
from domain.cameras.availability import DOWN
from domain.field_reports import count_open
from domain.freshness import own_facts
from domain.local_time import local_day
from domain.programme import PledgeEvidence, PledgeRule
from domain.units import Organisation
from domain.working_days import WorkingCalendar

CAMERAS, FIELD_REPORTS = "cameras", "field_reports"
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
        """The commitments of the programme, in its order."""
        questions = EvidenceQuestions(session, self._principal, self._organisation, calendar, self._now)
        return tuple(self._pledge(rule, questions.of(rule)) for rule in pledges_in_force(session, self._today))

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

    def _pledge(self, rule: PledgeRule, evidence: PledgeEvidence) -> Pledge:
        total = evidence.total
        part = None if total is None else int(total.part)
        whole = None if total is None or total.whole is None else int(total.whole)
        return Pledge(rule.name, rule.what, part, whole, Stated.of(evidence.source, self._now), evidence.note)

    def _standing(self, session: Session) -> CameraStanding:
        return camera_standing(session, self._principal, self._organisation, self._now)

    def _own(self) -> Stated:
        return Stated.of(own_facts(SYSTEM_SOURCE, SYSTEM_TITLE, self._now), self._now)

    def _stated(self, session: Session, source: str) -> Stated:
        return Stated.of(source_by_name(session, source), self._now)

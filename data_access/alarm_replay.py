"""What a changed rule or limit would have raised yesterday: only from what is on record; what is not, is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.alarm_rules import limits_in_force, rules_in_force
from data_access.alarms import record_of_row
from data_access.cases import overdue_clocks
from data_access.deadlines import deadline_rules
from data_access.limits import wall_limits_in_force
from data_access.models.alarms import AlarmRecordRow, AlarmRow
from data_access.models.field_reports import FieldReportRow
from data_access.reception import visits_on
from data_access.source_connections import certificates
from domain.alarms import AlarmRecord, AlarmRule, AlarmStep, Holding, Replay, holdings_of, missing_for, times_raised
from domain.field_reports import Urgency
from domain.local_time import LOCAL, local, local_day
from domain.permissions import Permission
from domain.reception import VisitRecord
from domain.units import Organisation

NOT_KEPT = "Không đủ dữ liệu để tính lại vì chỉ lưu khi cảnh báo được phát."
RAISES_NOTHING = "Ngưỡng này không quyết định cảnh báo nào được phát."
# The rule whose alarms a limit decides about, where nothing but their records tells of the past.
_RULES_OF = {
    "unexplained_absences": "absence",
    "fall_points": "cases_below_last_year",
    "screen_dark": "screen_dark",
    "software_silent": "software_silent",
    "software_together": "software_link",
}
# Records of alarms that ended so long before a day may still touch it through their off-delay.
_MARGIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class _Period:
    words: str
    first_at: datetime
    before: datetime

    @property
    def day(self) -> date:
        return local_day(self.first_at)


def replay_rule(session: Session, principal: Principal, wanted: AlarmRule, now: datetime) -> Replay:
    """Replay yesterday's recorded alarms of a rule under other delays; needs EDIT_ALARM_RULES."""
    principal.require(Permission.EDIT_ALARM_RULES)
    period = _period(session, now)
    if period is None:
        return Replay("", 0, None, ("Chưa có bản ghi cảnh báo nào để tính lại.",))
    before = rules_in_force(session, period.day)[wanted.code]
    records, keys, flapping = _records(session, wanted.code, period, now)
    as_it_is = _raised(records, period)
    if not wanted.is_on:
        return Replay(period.words, as_it_is, 0, ("Quy tắc tắt: cảnh báo vẫn được ghi, ẩn theo nguyên nhân.",))
    missing = missing_for(wanted, before)
    if missing:
        return Replay(period.words, as_it_is, None, tuple(f"Không đủ dữ liệu để tính lại: {why}." for why in missing))
    holdings = holdings_of(records, keys, before)
    count = times_raised(holdings, wanted.on_delay, wanted.off_delay, period.first_at, period.before)
    notes = []
    if wanted.hysteresis != before.hysteresis:
        notes.append("Chưa tính khoảng trễ của ngưỡng: số đo theo thời gian không được lưu.")
    if flapping:
        notes.append("Có cảnh báo chập chờn: số tính lại là gần đúng.")
    return Replay(period.words, as_it_is, count, tuple(notes))


def replay_limit(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    code: str,
    value: Decimal,
    now: datetime,
    is_sample: bool,
) -> Replay:
    """Replay yesterday under another limit: visits, reports and cases are on record day by day, other figures only
    where an alarm was raised; needs EDIT_ALARM_RULES."""
    principal.require(Permission.EDIT_ALARM_RULES)
    yesterday = local_day(now) - timedelta(days=1)
    if code in {"waiting", "delegation_people"}:
        visits = [visit.record for visit in visits_on(session, principal, organisation, yesterday, now)]
        return _replayed_visits(session, visits, code, value, yesterday)
    if code == "overdue_clocks":
        rules = deadline_rules(session, is_sample)
        by_unit = overdue_clocks(session, principal, organisation, yesterday, rules).by_unit
        if by_unit is None:
            return Replay("", 0, None, ("Chưa có thời hạn hiệu lực nào để đếm việc quá hạn.",))
        current = wall_limits_in_force(session, yesterday).overdue_clocks
        counts = [sum(count >= limit for count in by_unit.values()) for limit in (current, value)]
        return Replay("Hôm qua", counts[0], counts[1], counted="đơn vị")
    if code == "report_soon":
        return _replayed_reports(session, timedelta(hours=float(value)), yesterday)
    if code == "certificate_soon":
        return _replayed_certificates(session, timedelta(days=float(value)), yesterday)
    if code not in _RULES_OF:
        return Replay("", 0, None, (RAISES_NOTHING,))
    return _bounded(session, code, value, now)


def _replayed_visits(session: Session, visits: list[VisitRecord], code: str, value: Decimal, day: date) -> Replay:
    if not visits:
        return Replay("", 0, None, ("Hôm qua không có lượt tiếp công dân nào được ghi.",))
    limits = wall_limits_in_force(session, day).reception
    if code == "delegation_people":
        many = [sum(visit.people >= limit for visit in visits) for limit in (limits.delegation_people, value)]
        return Replay("Hôm qua", many[0], many[1])
    rule = rules_in_force(session, day)["reception_queue"]
    first_at = datetime.combine(day, time(0), LOCAL)

    def raised(limit: timedelta) -> int:
        holdings = [one for visit in visits if (one := _waiting(visit, limit)) is not None]
        return times_raised(holdings, rule.on_delay, rule.off_delay, first_at, first_at + timedelta(days=1))

    return Replay("Hôm qua", raised(limits.waiting), raised(timedelta(minutes=float(value))))


def _replayed_reports(session: Session, wanted: timedelta, day: date) -> Replay:
    """How many reports that are not urgent came so near to their due time on a day, by the due times now on record."""
    row = FieldReportRow
    first_at = datetime.combine(day, time(0), LOCAL)
    before = first_at + timedelta(days=1)
    current = wall_limits_in_force(session, day).report_soon
    near = select(row).where(
        row.urgency != Urgency.URGENT.value, row.due_at >= first_at, row.due_at < before + max(current, wanted)
    )
    reports = list(session.scalars(near))
    if not reports:
        return Replay("", 0, None, ("Không có phản ánh nào có hạn trong khoảng này.",))

    def comes_near(report: FieldReportRow, soon: timedelta) -> bool:
        if report.due_at is None:
            return False
        at = max(report.requested_at, report.due_at - soon)
        is_open = report.closed_at is None or report.closed_at > at
        return first_at <= at < before and at <= report.due_at and is_open

    counts = [sum(comes_near(report, soon) for report in reports) for soon in (current, wanted)]
    return Replay("Hôm qua", counts[0], counts[1])


def _replayed_certificates(session: Session, wanted: timedelta, day: date) -> Replay:
    """How many certificates, as they are known now, were so near to their end on a day."""
    ends = list(certificates(session).values())
    if not ends:
        return Replay("", 0, None, ("Chưa đọc được chứng thư nào.",))
    before = datetime.combine(day + timedelta(days=1), time(0), LOCAL)
    current = wall_limits_in_force(session, day).certificate_soon
    counts = [sum(end - before <= limit for end in ends) for limit in (current, wanted)]
    return Replay("Hôm qua", counts[0], counts[1], counted="chứng thư")


def _waiting(visit: VisitRecord, limit: timedelta) -> Holding | None:
    """While somebody of a unit waited over the limit."""
    begins_at, ends_at = visit.ticketed_at + limit, visit.called_at or visit.ended_at
    return Holding(visit.unit, begins_at, ends_at) if ends_at is None or ends_at > begins_at else None


def _bounded(session: Session, code: str, value: Decimal, now: datetime) -> Replay:
    """Between which numbers it would have been, from the last figure of each alarm that was raised."""
    period = _period(session, now)
    if period is None:
        return Replay("", 0, None, (NOT_KEPT,))
    asked = select(AlarmRow.measure).where(
        AlarmRow.rule == _RULES_OF[code], AlarmRow.raised_at >= period.first_at, AlarmRow.raised_at < period.before
    )
    measures = [Decimal(measure) for measure in session.scalars(asked) if measure]
    raised = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    current = wall_limits_in_force(session, period.day)
    known: dict[str, Callable[[], Decimal]] = {
        "unexplained_absences": lambda: Decimal(current.unexplained_absences),
        "fall_points": lambda: current.fall_points,
    }
    if code not in known or value < known[code]():
        return Replay(period.words, raised, None, (NOT_KEPT,))
    sure = sum(measure >= value for measure in measures)
    note = f"Chắc chắn từ {sure} lần, nhiều nhất {raised} lần: chỉ lưu số đo cuối của mỗi cảnh báo."
    return Replay(period.words, raised, None if sure != raised else raised, () if sure == raised else (note,))


def _period(session: Session, now: datetime) -> _Period | None:
    """Yesterday; where alarms are on record only since later, from then on, and today so far if only today is."""
    earliest = session.scalar(select(func.min(AlarmRecordRow.at)))
    midnight = datetime.combine(local_day(now), time(0), LOCAL)
    first_at = midnight - timedelta(days=1)
    if earliest is None or earliest > now:
        return None
    if earliest <= first_at:
        return _Period("Hôm qua", first_at, midnight)
    if earliest < midnight:
        return _Period(f"Hôm qua từ {local(earliest):%H:%M}", earliest, midnight)
    return _Period(f"Hôm nay từ {local(earliest):%H:%M}", earliest, now)


def _records(
    session: Session, rule: str, period: _Period, now: datetime
) -> tuple[list[AlarmRecord], dict[str, str], bool]:
    """The records of a rule's alarms that touch a period, their keys, and whether one of them was flapping."""
    row = AlarmRow
    touching = select(row).where(
        row.rule == rule,
        row.raised_at < period.before,
        row.closed_at.is_(None) | (row.closed_at >= period.first_at - _MARGIN),
    )
    rows = list(session.scalars(touching))
    keys = {each.public_id: "/".join((each.source, each.rule, each.unit, each.subject)) for each in rows}
    records = session.scalars(
        select(AlarmRecordRow)
        .join(row, row.public_id == AlarmRecordRow.alarm)
        .where(
            row.rule == rule,
            row.raised_at < period.before,
            row.closed_at.is_(None) | (row.closed_at >= period.first_at - _MARGIN),
        )
        .order_by(AlarmRecordRow.id)
    )
    limit = limits_in_force(session, period.day).flap_count
    is_flapping = any(each.activations.count(",") + 1 >= limit for each in rows)
    return [record_of_row(each) for each in records], keys, is_flapping


def _raised(records: list[AlarmRecord], period: _Period) -> int:
    return sum(record.step is AlarmStep.RAISED and period.first_at <= record.at < period.before for record in records)

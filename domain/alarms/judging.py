"""The rules that find conditions in figures that are already known. Pure; what becomes of a condition is elsewhere.

Cảnh báo exist only where somebody must act: a source that is silent ages on the screen and is no alarm by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from domain.alarms.conditions import ATTENDANCE, CAMERAS, FIELD_REPORTS, Condition, Priority
from domain.cameras import CameraFinding, FindingKind, Findings
from domain.field_reports import FieldReport, Urgency
from domain.limits import WallLimits
from domain.rates import RateComparison

# What leaves the picture as it is.
LIGHT_FINDINGS = frozenset({FindingKind.CLOCK, FindingKind.RECORDING})
CAMERA_TITLES = {
    FindingKind.LINK: "Camera mất tín hiệu",
    FindingKind.CONFIGURATION: "Camera sai cấu hình",
    FindingKind.STREAM: "Camera không có hình",
    FindingKind.PICTURE: "Camera hỏng hình",
    FindingKind.CLOCK: "Camera sai giờ",
    FindingKind.RECORDING: "Camera không ghi hình",
}


@dataclass(frozen=True, slots=True)
class UnitRates:
    """What the rules look at for one unit, or for the whole; `overdue_clocks` None where it cannot be counted."""

    code: str
    name: str
    cases: RateComparison
    money: RateComparison
    overdue_clocks: int | None = None


def rate_alarms(unit: UnitRates, with_money: bool = False) -> list[Condition]:
    """Behind the pace, or fallen against the same day last year; money only where it is shown."""
    found = []
    if unit.cases.is_behind:
        found.append(_about(unit, "cases_behind_pace", "Xong về việc chậm tiến độ", unit.cases.points_to_pace))
    elif unit.cases.has_fallen:
        fallen = unit.cases.points_to_last_year
        found.append(_about(unit, "cases_below_last_year", "Xong về việc giảm so cùng kỳ", fallen))
    if with_money and unit.money.is_behind:
        found.append(_about(unit, "money_behind_pace", "Xong về tiền chậm tiến độ", unit.money.points_to_pace))
    return found


def clock_alarms(unit: UnitRates, limits: WallLimits) -> list[Condition]:
    """One alarm for all overdue statutory clocks of a unit, from the limit up; below it they are shown, not alarmed."""
    overdue = unit.overdue_clocks
    if overdue is None or overdue < limits.overdue_clocks:
        return []
    title = "Thời hạn luật định quá hạn"
    return [Condition("clocks_overdue", Priority.HIGH, unit.code, unit.name, title, overdue, "việc")]


def held_file_alarm(unit: str, unit_name: str, held: int, oldest_received_at: datetime | None) -> list[Condition]:
    """Files whose loss of cases is suspicious wait for a decision: the last good figures stand meanwhile."""
    if held == 0:
        return []
    title = "Số liệu nghi ngờ, chờ duyệt"
    return [Condition("import_held", Priority.HIGH, unit, unit_name, title, held, "tệp", oldest_received_at)]


def report_priority(report: FieldReport, soon: timedelta, now: datetime) -> Priority:
    """How an open report is marked wherever it stands; what is not ordinary is an alarm."""
    if report.urgency is Urgency.URGENT:
        return Priority.URGENT
    return Priority.HIGH if report.is_overdue(now) or report.is_due_within(soon, now) else Priority.ORDINARY


def report_alarms(
    reports: Iterable[FieldReport], names: Mapping[str, str], whole: str, soon: timedelta, now: datetime
) -> list[Condition]:
    """An urgent report from the moment it is received; any other when it is overdue or due within `soon`.

    `names` are the short names of units by code; a report that lies in no unit's territory is for `whole`.
    """
    found = []
    for report in reports:
        unit = report.unit if report.unit is not None and report.unit in names else whole
        about = partial(Condition, unit=unit, unit_name=names[unit], title=report.title, source=FIELD_REPORTS)
        priority = report_priority(report, soon, now)
        if not report.is_open or priority is Priority.ORDINARY:
            continue
        rule = "report_overdue" if report.is_overdue(now) else "report_due_soon"
        found.append(
            about(
                "report_urgent" if priority is Priority.URGENT else rule,
                priority,
                subject=report.public_id,
                due_at=report.due_at,
                since_at=None if report.due_at else report.requested_at,
            )
        )
    return found


def absence_alarm(unexplained: int | None, unit: str, unit_name: str, limits: WallLimits) -> list[Condition]:
    """One alarm for everybody who is missing without a reason, of the whole: of no single unit and nobody by name."""
    if unexplained is None or unexplained < limits.unexplained_absences:
        return []
    title = "Vắng chưa rõ lý do"
    return [Condition("absence", Priority.HIGH, unit, unit_name, title, unexplained, "người", source=ATTENDANCE)]


def camera_alarms(
    findings: Findings, names: Mapping[str, str], since: Mapping[str, datetime], whole: str
) -> list[Condition]:
    """A site whose line is cut is one alarm; single cameras that fail are one of their unit, since the first of them.

    A clock or a recording that is wrong is work for today, not for this shift.
    """
    found = []
    for site in findings.sites:
        unit = site.unit if site.unit in names else whole
        begins = min((since[camera.code] for camera in site.cameras if camera.code in since), default=None)
        about = Condition("camera_site", Priority.HIGH, unit, names[unit], "Mất liên kết camera", len(site.cameras))
        title = about.title if site.hides_cameras else "Camera cả cơ sở cùng lỗi"
        members = tuple(sorted(camera.code for camera in site.cameras))
        hides = ("camera_",) if site.hides_cameras else ()
        subject = f"{site.site}:{site.kind}"
        about = replace(about, subject=subject, members=members, hides=hides)
        found.append(replace(about, title=title, measure_words="camera", since_at=begins, source=CAMERAS))
    by_unit: dict[tuple[str, FindingKind], list[CameraFinding]] = {}
    for finding in findings.cameras:
        unit = finding.camera.unit if finding.camera.unit in names else whole
        by_unit.setdefault((unit, finding.kind), []).append(finding)
    for (unit, kind), those in by_unit.items():
        begins = min((since[one.camera.code] for one in those if one.camera.code in since), default=None)
        priority = Priority.ORDINARY if kind in LIGHT_FINDINGS else Priority.HIGH
        about = Condition(f"camera_{kind}", priority, unit, names[unit], CAMERA_TITLES[kind], len(those), "camera")
        members = tuple(sorted(one.camera.code for one in those))
        found.append(replace(about, since_at=begins, source=CAMERAS, members=members))
    return found


def with_terminals(
    found: Iterable[Condition], terminals: Mapping[str, int], single: Collection[str]
) -> list[Condition]:
    """Where the line of a unit's only site is cut, its silent attendance terminals are part of it: '6 camera, 1 máy
    chấm công'. Of several sites nobody knows behind which a terminal hangs. `single` are the units of one site."""
    said = []
    for one in found:
        is_whole = one.rule == "camera_site" and bool(one.hides) and one.unit in single
        count = terminals.get(one.unit, 0) if is_whole else 0
        if count:
            words = f"{one.measure_words}, {count} máy chấm công"
            said.append(replace(one, hides=(*one.hides, "terminal_"), measure_words=words))
        else:
            said.append(one)
    return said


def figure_alarms(units: Sequence[UnitRates], whole: UnitRates, limits: WallLimits) -> list[Condition]:
    """What the figures of cases say: of every unit and of the whole. No units: `whole` is one.

    The money of a single unit is work for today, for only that unit's own wall shows it.
    """
    found: list[Condition] = []
    for unit in units:
        found += rate_alarms(unit) + clock_alarms(unit, limits) + _money_of_one_unit(unit)
    found += rate_alarms(whole, with_money=True)
    if not units:
        found += clock_alarms(whole, limits)
    return found


def _money_of_one_unit(unit: UnitRates) -> list[Condition]:
    money = [alarm for alarm in rate_alarms(unit, with_money=True) if alarm.rule == "money_behind_pace"]
    return [replace(alarm, priority=Priority.ORDINARY) for alarm in money]


def _about(unit: UnitRates, rule: str, title: str, points: Decimal | None) -> Condition:
    return Condition(rule, Priority.HIGH, unit.code, unit.name, title, abs(points or Decimal(0)), "điểm")

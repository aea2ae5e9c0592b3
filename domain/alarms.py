"""What needs a person now: rules over figures that are already known, worst first. Pure; nothing is acknowledged here.

Cảnh báo exist only where somebody must act: a source that is silent ages on the screen and is no alarm by itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from functools import partial

from domain.cameras import CameraFinding, FindingKind, Findings
from domain.field_reports import FieldReport, Urgency
from domain.limits import WallLimits
from domain.rates import RateComparison

FIELD_REPORTS = "field_reports"
ATTENDANCE = "attendance"
CAMERAS = "cameras"
RECEPTION = "reception"
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


class Priority(IntEnum):
    """Mức độ: 1 act within minutes, 2 act this shift, 3 act today (screens.md 1.4)."""

    URGENT = 1
    HIGH = 2
    ORDINARY = 3


PRIORITY_NAMES = {Priority.URGENT: "Khẩn cấp", Priority.HIGH: "Cao", Priority.ORDINARY: "Thường"}


@dataclass(frozen=True, slots=True)
class OpenAlarm:
    """Cảnh báo: one thing that needs a person. `unit` is the code of the unit that must act.

    `measure` is the number that says how bad it is, `measure_words` what it counts. `since_at` (aware UTC) is known
    only where the source states it; `due_at` is that of a field report. `source` is what the alarm is judged from: it
    lights up only while that source is not old.
    """

    rule: str
    priority: Priority
    unit: str
    unit_name: str
    title: str
    measure: Decimal | int | None = None
    measure_words: str = ""
    since_at: datetime | None = None
    due_at: datetime | None = None
    source: str = "cases"


@dataclass(frozen=True, slots=True)
class UnitRates:
    """What the rules look at for one unit, or for the whole; `overdue_clocks` None where it cannot be counted."""

    code: str
    name: str
    cases: RateComparison
    money: RateComparison
    overdue_clocks: int | None = None


def rate_alarms(unit: UnitRates, with_money: bool = False) -> list[OpenAlarm]:
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


def clock_alarms(unit: UnitRates, limits: WallLimits) -> list[OpenAlarm]:
    """One alarm for all overdue statutory clocks of a unit, from the limit up; below it they are shown, not alarmed."""
    overdue = unit.overdue_clocks
    if overdue is None or overdue < limits.overdue_clocks:
        return []
    title = "Thời hạn luật định quá hạn"
    return [OpenAlarm("clocks_overdue", Priority.HIGH, unit.code, unit.name, title, overdue, "việc")]


def held_file_alarm(unit: str, unit_name: str, held: int, oldest_received_at: datetime | None) -> list[OpenAlarm]:
    """Files whose loss of cases is suspicious wait for a decision: the last good figures stand meanwhile."""
    if held == 0:
        return []
    title = "Số liệu nghi ngờ, chờ duyệt"
    return [OpenAlarm("import_held", Priority.HIGH, unit, unit_name, title, held, "tệp", oldest_received_at)]


def report_priority(report: FieldReport, soon: timedelta, now: datetime) -> Priority:
    """How an open report is marked wherever it stands; what is not ordinary is an alarm."""
    if report.urgency is Urgency.URGENT:
        return Priority.URGENT
    return Priority.HIGH if report.is_overdue(now) or report.is_due_within(soon, now) else Priority.ORDINARY


def report_alarms(
    reports: Iterable[FieldReport], names: Mapping[str, str], whole: str, soon: timedelta, now: datetime
) -> list[OpenAlarm]:
    """An urgent report from the moment it is received; any other when it is overdue or due within `soon`.

    `names` are the short names of units by code; a report that lies in no unit's territory is for `whole`.
    """
    found = []
    for report in reports:
        unit = report.unit if report.unit is not None and report.unit in names else whole
        about = partial(OpenAlarm, unit=unit, unit_name=names[unit], title=report.title, source=FIELD_REPORTS)
        priority = report_priority(report, soon, now)
        if not report.is_open or priority is Priority.ORDINARY:
            continue
        rule = "report_overdue" if report.is_overdue(now) else "report_due_soon"
        found.append(
            about(
                "report_urgent" if priority is Priority.URGENT else rule,
                priority,
                due_at=report.due_at,
                since_at=None if report.due_at else report.requested_at,
            )
        )
    return found


def absence_alarm(unexplained: int | None, unit: str, unit_name: str, limits: WallLimits) -> list[OpenAlarm]:
    """One alarm for everybody who is missing without a reason, of the whole: of no single unit and nobody by name."""
    if unexplained is None or unexplained < limits.unexplained_absences:
        return []
    title = "Vắng chưa rõ lý do"
    return [OpenAlarm("absence", Priority.HIGH, unit, unit_name, title, unexplained, "người", source=ATTENDANCE)]


def camera_alarms(
    findings: Findings, names: Mapping[str, str], since: Mapping[str, datetime], whole: str
) -> list[OpenAlarm]:
    """A site whose line is cut is one alarm; single cameras that fail are one of their unit, since the first of them.

    A clock or a recording that is wrong is work for today, not for this shift.
    """
    found = []
    for site in findings.sites:
        unit = site.unit if site.unit in names else whole
        begins = min((since[camera.code] for camera in site.cameras if camera.code in since), default=None)
        about = OpenAlarm("camera_site", Priority.HIGH, unit, names[unit], "Mất liên kết camera", len(site.cameras))
        title = about.title if site.hides_cameras else "Camera cả cơ sở cùng lỗi"
        found.append(replace(about, title=title, measure_words="camera", since_at=begins, source=CAMERAS))
    by_unit: dict[tuple[str, FindingKind], list[CameraFinding]] = {}
    for finding in findings.cameras:
        unit = finding.camera.unit if finding.camera.unit in names else whole
        by_unit.setdefault((unit, finding.kind), []).append(finding)
    for (unit, kind), those in by_unit.items():
        begins = min((since[one.camera.code] for one in those if one.camera.code in since), default=None)
        priority = Priority.ORDINARY if kind in LIGHT_FINDINGS else Priority.HIGH
        about = OpenAlarm("camera", priority, unit, names[unit], CAMERA_TITLES[kind], len(those), "camera", begins)
        found.append(replace(about, source=CAMERAS))
    return found


def figure_alarms(units: Sequence[UnitRates], whole: UnitRates, limits: WallLimits) -> list[OpenAlarm]:
    """What the figures of cases say: of every unit and of the whole. No units: `whole` is one."""
    found: list[OpenAlarm] = []
    for unit in units:
        found += rate_alarms(unit) + clock_alarms(unit, limits)
    found += rate_alarms(whole, with_money=True)
    if not units:
        found += clock_alarms(whole, limits)
    return found


def worst_first(alarms: Iterable[OpenAlarm]) -> tuple[OpenAlarm, ...]:
    """The one order of the list: by priority, then by rule, then what is due first, the larger measure, what has
    stood longest."""
    return tuple(sorted(alarms, key=_urgency))


def count_by_priority(alarms: Iterable[OpenAlarm]) -> dict[Priority, int]:
    """How many of each priority; none is 0."""
    counted = Counter(alarm.priority for alarm in alarms)
    return {priority: counted[priority] for priority in Priority}


def signs_by_unit(alarms: Iterable[OpenAlarm]) -> Mapping[str, tuple[Priority, int]]:
    """Per unit code: its worst priority and how many urgent and high alarms it has; units with neither are absent."""
    signs: dict[str, tuple[Priority, int]] = {}
    for alarm in alarms:
        if alarm.priority is not Priority.ORDINARY:
            worst, count = signs.get(alarm.unit, (alarm.priority, 0))
            signs[alarm.unit] = (min(worst, alarm.priority), count + 1)
    return signs


_ORDER = (
    "import_held",
    "report_urgent",
    "delegation",
    "report_overdue",
    "clocks_overdue",
    "petitions_overdue",
    "report_due_soon",
    "security",
    "reception_queue",
    "camera_site",
    "camera",
    "absence",
    "cases_behind_pace",
    "money_behind_pace",
)
_RANK = {rule: rank for rank, rule in enumerate(_ORDER)}


def _urgency(alarm: OpenAlarm) -> tuple[int, int, float, Decimal, float, str]:
    """Within a priority: what makes other figures doubtful, citizens who wait, duties of law, then pace, comparison."""
    due = alarm.due_at.timestamp() if alarm.due_at else math.inf
    since = alarm.since_at.timestamp() if alarm.since_at else math.inf
    rank = _RANK.get(alarm.rule, len(_RANK))
    return (alarm.priority, rank, due, -Decimal(alarm.measure or 0), since, alarm.unit)


def _about(unit: UnitRates, rule: str, title: str, points: Decimal | None) -> OpenAlarm:
    return OpenAlarm(rule, Priority.HIGH, unit.code, unit.name, title, abs(points or Decimal(0)), "điểm")

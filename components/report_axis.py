"""Every open report as one mark on an axis of the time it has left: overdue, under the limit, today, later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components import svg
from domain.alarms import Priority, report_priority
from domain.field_reports import FieldReport, Urgency
from domain.freshness import SourceFacts

# Tenths of a rem, as large as its place on the wall.
WIDTH, HEIGHT = 1226.0, 304.0
FLOOR = 254.0
LATE_LEFT, ZERO, SOON_RIGHT, DAY_RIGHT, LATER_LEFT, LATER_RIGHT = 14.0, 174.0, 490.0, 1044.0, 1066.0, 1226.0
LATE_SHOWN = timedelta(hours=4)
DAY = timedelta(hours=24)
TICKS = (8, 12, 16, 20)
STEP = 42.0
RADIUS = 13.5
ROOM = 176.0


def report_axis(reports: Sequence[FieldReport], soon: timedelta, now: datetime, source: SourceFacts) -> Component:
    """The panel; reports without a due time have no place on the axis and are counted beside it."""
    placed = [report for report in reports if report.is_open and report.due_at is not None]
    without = sum(report.is_open and report.due_at is None for report in reports)
    note = f"{without} chưa có hạn · mỗi dấu là một phản ánh" if without else "mỗi dấu là một phản ánh"
    title = f"Thời gian còn lại của {len(placed)} phản ánh"
    drawn = svg.drawing("axis", _drawing(placed, soon, now), viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}")
    return panels.panel([panels.heading(title, note, panels.age(wording="head")), drawn], source, "panel--axis")


def _drawing(reports: Sequence[FieldReport], soon: timedelta, now: datetime) -> list[Component]:
    late = [report for report in reports if report.is_overdue(now)]
    near = [report for report in reports if report.is_due_within(soon, now)]
    later = sum(report.due_at is not None and report.due_at - now > DAY for report in reports)
    rest = len(reports) - len(late) - len(near) - later
    hours = text.hours(soon)
    parts = [
        svg.rectangle(_class_of("axis-zone", late), LATE_LEFT, 6, ZERO - LATE_LEFT, FLOOR - 6),
        svg.rectangle(_class_of("axis-zone", near), ZERO, 6, SOON_RIGHT - ZERO, FLOOR - 6),
        svg.rectangle("axis-zone", LATER_LEFT, 6, LATER_RIGHT - LATER_LEFT, FLOOR - 6),
        svg.words(_class_of("axis-count", late), LATE_LEFT + 12, 40, f"Quá hạn: {len(late)}"),
        svg.words(_class_of("axis-count", near), ZERO + 14, 40, f"Dưới {hours} giờ: {len(near)}"),
        svg.words("axis-count", SOON_RIGHT + 14, 40, f"{hours} đến 24 giờ: {rest}"),
        svg.words("axis-count", LATER_LEFT + 14, 40, str(later)),
        svg.line("axis-floor", LATE_LEFT, FLOOR, DAY_RIGHT, FLOOR),
        svg.line("axis-floor", LATER_LEFT, FLOOR, LATER_RIGHT, FLOOR),
        svg.line("axis-zero", ZERO, 6, ZERO, FLOOR + 2),
        svg.words("axis-tick", ZERO, FLOOR + 38, "đến hạn"),
        svg.words("axis-tick", _x(soon / 2, soon), FLOOR + 38, f"{text.hours(soon / 2)} giờ"),
        svg.words("axis-tick", SOON_RIGHT, FLOOR + 38, f"{hours} giờ"),
        *(svg.words("axis-tick", _x(timedelta(hours=at), soon), FLOOR + 38, str(at)) for at in TICKS if at > 5),
        svg.words("axis-tick axis-tick--end", DAY_RIGHT, FLOOR + 38, "24"),
        svg.words("axis-tick", (LATER_LEFT + LATER_RIGHT) / 2, FLOOR + 38, "trên 24 giờ"),
    ]
    return parts + _marks(reports, soon, now)


def _class_of(name: str, reports: Sequence[FieldReport]) -> str:
    """In the colour of the worst alarm that stands there."""
    if not reports:
        return name
    return f"{name} {name}--{'urgent' if any(report.urgency is Urgency.URGENT for report in reports) else 'high'}"


def _x(left: timedelta, soon: timedelta) -> float:
    """Where a time left stands; the hours before the limit get more room than those after it."""
    if left < timedelta(0):
        return max(ZERO + (ZERO - LATE_LEFT - 24) * (left / LATE_SHOWN), LATE_LEFT + 20)
    if left < soon:
        return ZERO + (SOON_RIGHT - ZERO) * (left / soon)
    if left <= DAY:
        return SOON_RIGHT + (DAY_RIGHT - SOON_RIGHT) * ((left - soon) / (DAY - soon))
    return LATER_LEFT


def _marks(reports: Sequence[FieldReport], soon: timedelta, now: datetime) -> list[Component]:
    """Marks fall into columns and stand on each other; a column too high for its room is pushed together."""
    columns: dict[float, list[FieldReport]] = {}
    later: list[FieldReport] = []
    for report in sorted(reports, key=lambda item: (item.due_at or now, item.public_id)):
        left = (report.due_at or now) - now
        if left > DAY:
            later.append(report)
        else:
            columns.setdefault(_middle(left, soon), []).append(report)
    parts: list[Component] = []
    for middle, standing in columns.items():
        parts += _column(middle, standing, soon, now)
    across = 4
    for number in range(across):
        parts += _column(LATER_LEFT + 24 + number * 37, later[number::across], soon, now)
    return parts


def _middle(left: timedelta, soon: timedelta) -> float:
    """The middle of the column a time left falls into; columns are a step apart and keep to their zone."""
    low, high = _zone(left, soon)
    return low + min(max(round((_x(left, soon) - low) / STEP), 0), int((high - low) / STEP)) * STEP


def _zone(left: timedelta, soon: timedelta) -> tuple[float, float]:
    """Between which lines the middle of a mark must lie, so that none stands on the wrong side of its limit."""
    if left < timedelta(0):
        return LATE_LEFT + 18, ZERO - 20
    if left < soon:
        return ZERO + 20, SOON_RIGHT - 20
    return SOON_RIGHT + 18, DAY_RIGHT - 18


def _column(x: float, standing: Sequence[FieldReport], soon: timedelta, now: datetime) -> list[Component]:
    step = min(STEP, ROOM / max(len(standing), 1))
    return [_mark(report, x, FLOOR - 24 - number * step, soon, now) for number, report in enumerate(standing)]


def _mark(report: FieldReport, x: float, y: float, soon: timedelta, now: datetime) -> Component:
    priority = report_priority(report, soon, now)
    if priority is Priority.ORDINARY:
        return svg.circle("axis-mark", x, y, RADIUS)
    size = 21.0
    if priority is Priority.URGENT:
        shape = f"M{x:.1f},{y - size:.1f}l{size},{size}l-{size},{size}l-{size},-{size}Z"
    else:
        shape = f"M{x:.1f},{y - size:.1f}l{size + 2},{2 * size - 3}h-{2 * size + 4}Z"
    return svg.path(f"axis-mark axis-mark--{priority.value}", shape)

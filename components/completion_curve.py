"""Lũy kế: this year's rate day by day against pace and last year, on an axis that shows the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components import svg
from components.bullet import SCALES, scale_name
from domain.freshness import SourceFacts
from domain.statistics import StatisticalYear, pace, same_day_last_year

Points = tuple[tuple[date, Decimal], ...]

TITLE = "Lũy kế xong về việc, %"
# Tenths of a rem: the drawing is as large as its place on the wall, so its letters are those of the wall.
WIDTH, HEIGHT = 955.0, 316.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 135.0, 18.0, 38.0
SHOWN_AHEAD = timedelta(days=75)
SHORTEST_SPAN = 150
LABEL_GAP = 30.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Rates in percent at the end of days since the statistical year began; last year's days are moved to this one.

    `pace` is (day, percent) at the ends of what is shown; empty without a target. `breaks` are the days on which the
    organisation changed: what stands before them was other units'.
    """

    begins_on: date
    today: date
    ends_on: date
    this_year: tuple[tuple[date, Decimal], ...]
    last_year: tuple[tuple[date, Decimal], ...]
    pace: tuple[tuple[date, Decimal], ...]
    pace_today: Decimal | None
    target: Decimal | None
    breaks: tuple[date, ...] = ()


def shown_until(begins_on: date, today: date, year_ends_on: date) -> date:
    """The last day on the axis: some weeks ahead of today, at least five months, at most the year."""
    return min(max(today + SHOWN_AHEAD, begins_on + timedelta(days=SHORTEST_SPAN)), year_ends_on)


def completion_curve(curve: Curve, source: SourceFacts, coverage: str = "") -> Component:
    """The panel; raises ValueError for a curve without a single rate this year."""
    scale = curve_scale(curve)
    target = f"chỉ tiêu năm {text.percent(curve.target)}" if curve.target is not None else "chưa có chỉ tiêu"
    return panels.panel(
        [
            panels.heading(
                TITLE, f"thang {scale_name(scale)} · {target}", panels.age(wording="head", coverage=coverage)
            ),
            curve_drawing(curve),
        ],
        source,
        "panel--curve",
    )


def curve_scale(curve: Curve) -> int:
    """The end of the axis, in percent; raises ValueError for a curve without a single rate this year."""
    if not curve.this_year:
        raise ValueError("a curve needs a rate")
    shown = [rate for points in (curve.this_year, curve.last_year, curve.pace) for _, rate in points]
    return next((step for step in SCALES if max(shown) <= step), SCALES[-1])


def curve_between(
    this_year: Points,
    before: Points,
    year: StatisticalYear,
    today: date,
    target: Decimal | None,
    breaks: Sequence[date] = (),
) -> Curve | None:
    """The curve of a year from its rates and those of the year before; None without a rate this year."""
    if not this_year:
        return None
    ends_on = shown_until(year.first_on, today, year.last_on)
    shift = year.first_on - same_day_last_year(year.first_on)
    return Curve(
        begins_on=year.first_on,
        today=today,
        ends_on=ends_on,
        this_year=this_year,
        last_year=tuple((day + shift, rate) for day, rate in before if day + shift <= ends_on),
        pace=((year.first_on, Decimal(0)), (ends_on, pace(target, ends_on))) if target is not None else (),
        pace_today=None if target is None else pace(target, today),
        target=target,
        breaks=tuple(day for day in breaks if year.first_on < day <= ends_on),
    )


def curve_drawing(curve: Curve) -> Component:
    """The lines without a frame; raises ValueError for a curve without a single rate this year."""
    scale = curve_scale(curve)
    plot = CurvePlot(curve.begins_on, curve.ends_on, scale)
    now_on, now_rate = curve.this_year[-1]
    x, y = plot.at(now_on, now_rate)
    parts: list[Component | None] = [
        *grid_marks(plot, scale),
        *month_marks(plot, curve.begins_on, curve.today, curve.ends_on),
    ]
    parts.append(svg.line("curve-today", x, TOP, x, HEIGHT - BOTTOM))
    parts += _breaks(plot, curve)
    if curve.last_year:
        parts.append(svg.polyline("curve-last-year", plot.points(curve.last_year)))
    if curve.pace:
        parts.append(svg.polyline("curve-pace", plot.points(curve.pace)))
    parts.append(svg.polyline("curve-this-year", plot.points(curve.this_year)))
    parts += _ends(plot, curve)
    above = curve.pace_today is None or now_rate >= curve.pace_today
    if curve.pace_today is not None:
        parts += _pace_mark(plot, curve, x, above)
    parts.append(svg.circle("curve-now", x, y, 8))
    parts.append(_now_value(x, y, above, text.decimal(now_rate)))
    return svg.drawing("curve", parts, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}")


class CurvePlot:
    """From days and rates to the drawing; the desk draws its forecast on the same one."""

    def __init__(self, first: date, last: date, scale: int) -> None:
        self.first, self.days, self.scale = first, max((last - first).days, 1), scale

    def at(self, day: date, rate: Decimal) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / self.days
        y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(rate) / self.scale
        return x, y

    def points(self, points: Sequence[tuple[date, Decimal]]) -> list[tuple[float, float]]:
        return [self.at(day, rate) for day, rate in points]


def grid_marks(plot: CurvePlot, scale: int) -> list[Component]:
    """Lines across at every ten or twenty points, with their values."""
    step = 10 if scale <= 50 else 20
    parts: list[Component] = []
    for tick in range(0, scale + 1, step):
        _, y = plot.at(plot.first, Decimal(tick))
        parts.append(svg.line("curve-grid", LEFT, y, WIDTH - RIGHT, y))
        parts.append(svg.words("curve-tick curve-tick--y", LEFT - 12, y + 8, str(tick)))
    return parts


def month_marks(plot: CurvePlot, begins_on: date, today: date, ends_on: date) -> list[Component]:
    """Today's day, and the first days of months that stand clear of it and of each other."""
    x_today, _ = plot.at(today, Decimal(0))
    parts = [svg.words("curve-tick curve-tick--today", x_today, HEIGHT - 8, f"{today:%d/%m}")]
    taken = [x_today]
    day = begins_on
    while day <= ends_on:
        x, _ = plot.at(day, Decimal(0))
        if all(abs(x - other) >= 105 for other in taken) and x <= WIDTH - RIGHT:
            parts.append(svg.words("curve-tick", max(x, LEFT + 34), HEIGHT - 8, f"{day:%m/%Y}"))
            taken.append(x)
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return parts


def _ends(plot: CurvePlot, curve: Curve) -> list[Component]:
    named = (
        (curve.last_year, "curve-name", "Năm trước"),
        (curve.pace, "curve-name curve-name--pace", "Tiến độ"),
    )
    return end_names(plot, [(*points[-1], name, words) for points, name, words in named if points])


def end_names(
    plot: CurvePlot, named: Sequence[tuple[date, Decimal, str, str]], gap: float = LABEL_GAP
) -> list[Component]:
    """The names of lines (last day, its rate, class, words) at their right ends, kept apart."""
    parts: list[Component] = []
    lowest = -gap
    for y, name, words in sorted((plot.at(day, rate)[1], name, words) for day, rate, name, words in named):
        lowest = max(y + 7, lowest + gap)
        parts.append(svg.words(name, WIDTH - RIGHT + 14, lowest, words))
    return parts


def _breaks(plot: CurvePlot, curve: Curve) -> list[Component]:
    """A line where the organisation changed, with the day."""
    parts: list[Component] = []
    for day in curve.breaks:
        x, _ = plot.at(day, Decimal(0))
        parts.append(svg.line("curve-break", x, TOP, x, HEIGHT - BOTTOM))
        parts.append(svg.words("curve-break-name", x + 8, TOP + 16, f"đổi cơ cấu {day:%d/%m/%Y}"))
    return parts


def _pace_mark(plot: CurvePlot, curve: Curve, x: float, above: bool) -> list[Component]:
    assert curve.pace_today is not None
    _, y = plot.at(curve.today, curve.pace_today)
    words = f"tiến độ {text.decimal(curve.pace_today)}"
    return [
        svg.circle("curve-pace-now", x, y, 6),
        svg.words("curve-pace-value", x + 14, y + 26, words)
        if above
        else svg.words("curve-pace-value curve-pace-value--above", x - 14, y - 14, words),
    ]


def _now_value(x: float, y: float, above: bool, words: str) -> Component:
    """Above its end where the line lies above the pace, below and ahead of it where it lies below."""
    if above:
        return svg.words("curve-value", x - 14, y - 16, words)
    return svg.words("curve-value curve-value--below", x + 14, y + 36, words)

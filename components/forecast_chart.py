"""The year drawn to its end: this year, last year, the way to the target, the forecast with its bounds. Names stand at
the lines; the axis is that of the wall's curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dash.development.base_component import Component

from components import format as text
from components import svg
from components.completion_curve import BOTTOM, HEIGHT, TOP, WIDTH, CurvePlot, end_names, grid_marks, month_marks
from domain.forecast import Forecast

SCALE = 100
# At the size of a desk letters are smaller than on the wall, so that names may stand closer.
NAME_GAP = 18.0


@dataclass(frozen=True, slots=True)
class ForecastLines:
    """Rates in percent by day of this year; last year's days are moved to it. None and empty where not known. `more` is
    what the scenario adds a week, in words."""

    begins_on: date
    ends_on: date
    this_year: Sequence[tuple[date, Decimal]]
    last_year: Sequence[tuple[date, Decimal]]
    forecast: Forecast | None
    target: Decimal | None
    what_if: Decimal | None
    more: str


def forecast_chart(lines: ForecastLines) -> Component:
    """The drawing; raises ValueError without a single rate this year."""
    if not lines.this_year:
        raise ValueError("a chart needs a rate")
    plot = CurvePlot(lines.begins_on, lines.ends_on, SCALE)
    now = lines.this_year[-1]
    x, y = plot.at(*now)
    parts: list[Component | None] = [*grid_marks(plot, SCALE)]
    parts += month_marks(plot, lines.begins_on, now[0], lines.ends_on)
    parts.append(svg.line("curve-today", x, TOP, x, HEIGHT - BOTTOM))
    parts.append(_band(plot, now, lines))
    if lines.last_year:
        parts.append(svg.polyline("curve-last-year", plot.points(lines.last_year)))
    ahead = (
        ("curve-pace", lines.target),
        ("forecast-line", lines.forecast.rate if lines.forecast else None),
        ("forecast-line forecast-line--if", lines.what_if if lines.more else None),
    )
    for name, rate in ahead:
        if rate is not None and now[0] < lines.ends_on:
            parts.append(svg.polyline(name, plot.points([now, (lines.ends_on, rate)])))
    parts.append(svg.polyline("curve-this-year", plot.points(lines.this_year)))
    parts.append(svg.circle("curve-now", x, y, 5))
    parts.append(svg.words("curve-value", x - 8, y - 12, text.percent(now[1])))
    parts += end_names(plot, _names(lines), NAME_GAP)
    spoken = {"aria-label": f"Lũy kế tỷ lệ xong của năm, nay {text.percent(now[1])}, và dự báo đến hết năm"}
    return svg.drawing("curve forecast-chart", parts, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", role="img", **spoken)


def _band(plot: CurvePlot, now: tuple[date, Decimal], lines: ForecastLines) -> Component | None:
    bounds = lines.forecast.bounds if lines.forecast else None
    if bounds is None:
        return None
    corners = [plot.at(*now), plot.at(lines.ends_on, bounds[1]), plot.at(lines.ends_on, bounds[0])]
    return svg.path("forecast-band", "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z")


def _names(lines: ForecastLines) -> list[tuple[date, Decimal, str, str]]:
    named = []
    if lines.last_year:
        day, rate = lines.last_year[-1]
        named.append((day, rate, "curve-name", f"Năm trước {text.percent(rate)}"))
    if lines.target is not None:
        named.append(
            (lines.ends_on, lines.target, "curve-name curve-name--pace", f"Chỉ tiêu {text.percent(lines.target)}")
        )
    if lines.forecast is not None:
        words = f"Dự báo {text.percent(lines.forecast.rate)}"
        named.append((lines.ends_on, lines.forecast.rate, "curve-name forecast-name", words))
    if lines.what_if is not None and lines.more:
        words = f"Thêm {lines.more}: {text.percent(lines.what_if)}"
        named.append((lines.ends_on, lines.what_if, "curve-name forecast-name--if", words))
    return named

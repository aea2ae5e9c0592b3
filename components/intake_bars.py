"""Tiếp nhận theo giờ: what each hour of today brought, beside a tick for the mean of the days before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dash.development.base_component import Component

from components import panel as panels
from components import svg
from domain.field_reports import IntakeDay
from domain.freshness import SourceFacts
from domain.local_time import local, midnight

TITLE = "Tiếp nhận theo giờ"
WIDTH, HEIGHT = 1240.0, 170.0
FLOOR = 124.0
STEP = WIDTH / 24
BAR = 40.0
LABELLED = range(0, 24, 4)


def intake_bars(
    day: IntakeDay, now: datetime, source: SourceFacts, warned: Sequence[tuple[datetime, datetime]] | None = ()
) -> Component:
    """The panel; hours to come have a tick and no bar, for nobody knows them yet. `warned` are the spans of the city's
    warnings of today, a line above the hours; None where nobody knows them any more."""
    note = f"vạch: trung bình {day.days} ngày" if day.mean is not None else "chưa có ngày trước để so"
    if warned or warned is None:
        note = f"{'gạch trên: thành phố cảnh báo' if warned else 'mất dữ liệu cảnh báo của thành phố'} · {note}"
    lines = [_warning(span, now) for span in warned or ()]
    drawn = svg.drawing("intake", [*_drawing(day, local(now).hour), *lines], viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}")
    return panels.panel([panels.heading(TITLE, note, panels.age(wording="head")), drawn], source, "panel--intake")


def _warning(span: tuple[datetime, datetime], now: datetime) -> Component:
    """Where in the day of Huế a warning held or will hold."""
    left, right = (min(max((at - midnight(now)) / timedelta(days=1), 0.0), 1.0) * WIDTH for at in span)
    return svg.rectangle("intake-warning", left, 0, max(right - left, 4.0), 5)


def _drawing(day: IntakeDay, hour_now: int) -> list[Component]:
    tallest = max([*day.by_hour, *(day.mean or ()), 1])
    parts: list[Component] = [svg.line("axis-floor", 0, FLOOR, WIDTH, FLOOR)]
    for hour in range(24):
        left = hour * STEP + (STEP - BAR) / 2
        height = (FLOOR - 8) * day.by_hour[hour] / tallest
        if hour <= hour_now and height:
            parts.append(svg.rectangle("intake-bar", left, FLOOR - height, BAR, height))
        if day.mean is not None:
            y = FLOOR - (FLOOR - 8) * day.mean[hour] / tallest
            parts.append(svg.rectangle("intake-mean", left, y - 2, BAR, 4))
        if hour in LABELLED:
            parts.append(svg.words("intake-tick", left, FLOOR + 36, f"{hour:02d}:00"))
    return parts

"""Open alarms on the wall: the strip of counts, the most urgent ones, and the three large ones seen from afar."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.attributes import data
from domain.alarms import PRIORITY_NAMES, OpenAlarm, Priority, count_by_priority

TITLE = "Cần xử lý trước"
NOTHING = "Không có cảnh báo đang mở"
ALARMS_SHOWN = 5
FAR_ALARMS_SHOWN = 3


def alarm_strip(alarms: Sequence[OpenAlarm]) -> Component:
    """How many of each priority, and the worst one in words; the strip stays when the server is lost, with its time."""
    counts = count_by_priority(alarms)
    return html.Div(
        className="panel alarm-strip",
        children=[
            *(_count(priority, counts[priority]) for priority in Priority),
            html.Div(className="alarm-top", children=_top(alarms)),
            html.Span(className="alarm-at", **data(link="at")),
        ],
    )


def urgent_list(alarms: Sequence[OpenAlarm]) -> Component:
    """The worst five of the same list, and of how many they are."""
    shown = alarms[:ALARMS_SHOWN]
    note = f"{len(shown)} trong {len(alarms)} cảnh báo đang mở" if len(alarms) > len(shown) else ""
    rows = [_row(alarm) for alarm in shown] or [html.P(NOTHING, className="alarm-nothing")]
    return panels.panel([panels.heading(TITLE, note), html.Div(rows, className="alarm-rows")], None, "panel--urgent")


def far_alarm_strip(alarms: Sequence[OpenAlarm]) -> Component:
    """The strip in letters for six metres: counts, the worst one and how bad it is."""
    counts = count_by_priority(alarms)
    worst = alarms[0] if alarms else None
    return html.Div(
        className="panel alarm-strip",
        children=[
            *(_count(priority, counts[priority], named=False) for priority in Priority),
            html.Div(
                className="alarm-top",
                children=[html.Span(f"{worst.title} · {worst.unit_name}" if worst else NOTHING)],
            ),
            html.B(_measure(worst), className=_measure_class(worst)) if worst else html.Span(),
            html.Span(className="alarm-at", **data(link="at")),
        ],
    )


def far_alarm_rows(alarms: Sequence[OpenAlarm]) -> Component:
    """The worst three, one large row each, and how many more there are."""
    if not alarms:
        return panels.empty_face("Đang cần xử lý", "panel--far-alarms", NOTHING)
    rest = len(alarms) - FAR_ALARMS_SHOWN
    return html.Div(
        className="far-alarms",
        children=[
            *(_far_row(alarm) for alarm in alarms[:FAR_ALARMS_SHOWN]),
            html.P(f"còn {rest} cảnh báo khác", className="far-rest") if rest > 0 else html.Span(),
        ],
    )


def mark(priority: Priority) -> Component:
    """The shape of a priority: diamond, triangle, hollow square; a mask, so that it greys with its panel."""
    return html.I(className=f"alarm-mark alarm-mark--{priority.value}")


def _count(priority: Priority, count: int, named: bool = True) -> Component:
    state = f"alarm-count alarm-count--{priority.value}" if count else "alarm-count is-none"
    parts = [html.I(className=f"alarm-mark alarm-mark--{priority.value}"), html.B(str(count))]
    return html.Div([*parts, html.Span(PRIORITY_NAMES[priority])] if named else parts, className=state)


def _top(alarms: Sequence[OpenAlarm]) -> list[Component]:
    if not alarms:
        return [html.Span(NOTHING)]
    worst = alarms[0]
    said = " ".join(part for part in (worst.title, _measure(worst), worst.measure_words) if part)
    return [mark(worst.priority), html.Span(f"{said} · {worst.unit_name}")]


def _row(alarm: OpenAlarm) -> Component:
    aged = data(at=text.milliseconds(alarm.since_at), late=10**9, stale=10**9, lost=10**9) if alarm.since_at else {}
    last = html.Small(**data(age="since")) if alarm.since_at else html.Small(alarm.measure_words)
    return html.Div(
        className="alarm-row",
        children=[
            mark(alarm.priority),
            html.Span(alarm.title),
            html.Em(alarm.unit_name),
            html.B(_measure(alarm), className=_measure_class(alarm)),
            last,
        ],
        **aged,
    )


def _far_row(alarm: OpenAlarm) -> Component:
    return html.Div(
        className=f"panel far-alarm far-alarm--{alarm.priority.value}",
        children=[
            mark(alarm.priority),
            html.Div([html.Strong(alarm.title), html.Span(f"{alarm.unit_name} · {alarm.measure_words}")]),
            html.B(_measure(alarm), className=_measure_class(alarm)),
        ],
    )


def _measure(alarm: OpenAlarm) -> str:
    if alarm.measure is None:
        return ""
    return text.decimal(alarm.measure) if isinstance(alarm.measure, Decimal) else text.whole(alarm.measure)


def _measure_class(alarm: OpenAlarm) -> str:
    return f"alarm-measure alarm-measure--{alarm.priority.value}"

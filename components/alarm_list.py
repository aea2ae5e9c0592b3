"""Open alarms on the wall: the strip of counts, the most urgent ones, and the three large ones seen from afar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.attributes import data
from components.due_clock import due_clock, due_words, since_words
from domain.alarms import PRIORITY_NAMES, STATE_NAMES, Alarm, AlarmState, Priority, count_by_priority
from domain.directives import DirectiveCounts
from domain.freshness import SourceFacts

TITLE = "Cần xử lý trước"
NOTHING = "Không có cảnh báo đang mở"
NOT_JUDGED = "chưa có số liệu để xét cảnh báo"
ALARMS_SHOWN = 5
FAR_ALARMS_SHOWN = 3
# None: nothing is known to judge, which is not the same as an empty list.
Alarms = Sequence[Alarm] | None
# By name: each alarm is as old as the source it is judged from.
Sources = Mapping[str, SourceFacts]


def alarm_strip(alarms: Alarms, source: SourceFacts, on_old_figures: int = 0) -> Component:
    """How many of each priority, and the worst one in words, as old as the figures they are judged from.

    `on_old_figures` of them stand on a feed that is out of date. The strip stays when the server is lost, with its
    time.
    """
    old = [html.Span(f"{on_old_figures} theo số liệu cũ", className="is-old-part")] if on_old_figures else []
    # Both do not fit: that a part of the list stands on old figures weighs more.
    state = [] if old else _state(alarms)
    last = html.Div([*state, panels.age(wording="head")], className="alarm-last")
    return _strip(alarms, source, [*_top(alarms), *old], last, named=True)


def urgent_list(
    alarms: Alarms, source: SourceFacts, sources: Sources, directives: DirectiveCounts | None = None
) -> Component:
    """The worst five of the same list, and of how many they are; each as old as what it is judged from. Of directives
    their numbers only."""
    if alarms is None:
        return panels.empty_face(TITLE, "panel--urgent", NOT_JUDGED)
    shown = alarms[:ALARMS_SHOWN]
    of_all = f"{len(shown)} trong {len(alarms)} cảnh báo đang mở" if len(alarms) > len(shown) else ""
    note = of_all
    if directives is not None and directives.open:
        told = f"{directives.open} chỉ đạo" + (f", {directives.overdue} quá hạn" if directives.overdue else "")
        note = " · ".join(part for part in (of_all.removesuffix(" đang mở"), told) if part)
    rows = [_row(alarm, sources) for alarm in shown] or [html.P(NOTHING, className="alarm-nothing")]
    heading = panels.heading(TITLE, note or None, panels.age(wording="head"))
    return panels.panel([heading, html.Div(rows, className="alarm-rows")], source, "panel--urgent")


def far_alarm_strip(alarms: Alarms, source: SourceFacts) -> Component:
    """The strip in letters for six metres: counts, the worst one and how bad it is."""
    worst = alarms[0] if alarms else None
    words = NOT_JUDGED if alarms is None else f"{worst.title} · {worst.unit_name}" if worst else NOTHING
    measure = _how_bad(worst) if worst else html.Span()
    return _strip(alarms, source, [html.Span(words)], measure, named=False)


def far_alarm_rows(alarms: Alarms, sources: Sources) -> Component:
    """The worst three, one large row each, and how many more there are."""
    if not alarms:
        words = NOT_JUDGED if alarms is None else NOTHING
        return panels.empty_face("Đang cần xử lý", "panel--far-alarms", words)
    rest = len(alarms) - FAR_ALARMS_SHOWN
    return html.Div(
        className="far-alarms",
        children=[
            *(_far_row(alarm, sources[alarm.source]) for alarm in alarms[:FAR_ALARMS_SHOWN]),
            html.P(f"còn {rest} cảnh báo khác", className="far-rest") if rest > 0 else html.Span(),
        ],
    )


def mark(priority: Priority) -> Component:
    """The shape of a priority: diamond, triangle, hollow square; a mask, so that it greys with its panel."""
    return html.I(className=f"alarm-mark alarm-mark--{priority.value}")


def _strip(alarms: Alarms, source: SourceFacts, top: Sequence[Component], last: Component, *, named: bool) -> Component:
    counts = None if alarms is None else count_by_priority(alarms)
    # wall.js brings the overview for an urgent one it has not shown yet.
    waiting = [alarm.public_id for alarm in alarms or () if alarm.priority is Priority.URGENT and _is_waiting(alarm)]
    return panels.panel(
        [
            *(_count(priority, None if counts is None else counts[priority], named) for priority in Priority),
            html.Div(className="alarm-top", children=list(top)),
            last,
            html.Span(className="alarm-at", **data(link="at", waiting=" ".join(waiting))),
        ],
        source,
        "alarm-strip",
    )


def _count(priority: Priority, count: int | None, named: bool) -> Component:
    state = f"alarm-count alarm-count--{priority.value}" if count else "alarm-count is-none"
    number = html.B(text.UNKNOWN if count is None else str(count))
    parts = [html.I(className=f"alarm-mark alarm-mark--{priority.value}"), number]
    return html.Div([*parts, html.Span(PRIORITY_NAMES[priority])] if named else parts, className=state)


def _top(alarms: Alarms) -> list[Component]:
    if not alarms:
        return [html.Span(NOT_JUDGED if alarms is None else NOTHING)]
    worst = alarms[0]
    if worst.due_at is not None:
        clock = [due_words(worst.due_at), due_clock(worst.due_at)]
        return [mark(worst.priority), html.Span(f"{worst.title} · {worst.unit_name}"), *clock]
    said = " ".join(part for part in (worst.title, _measure(worst), worst.measure_words) if part)
    return [mark(worst.priority), html.Span(f"{said} · {worst.unit_name}")]


def _state(alarms: Alarms) -> list[Component]:
    """Whether somebody has taken the worst one over: the list of the console says who."""
    if not alarms:
        return []
    urgent = " is-waiting" if _is_waiting(alarms[0]) else ""
    return [html.Span(STATE_NAMES[alarms[0].state].lower(), className=f"alarm-state{urgent}")]


def _is_waiting(alarm: Alarm) -> bool:
    return alarm.state is AlarmState.UNACKNOWLEDGED


def _row(alarm: Alarm, sources: Sources) -> Component:
    return html.Div(
        className="alarm-row",
        children=[
            mark(alarm.priority),
            html.Span(alarm.title),
            html.Em(alarm.unit_name),
            _how_bad(alarm),
            _last_words(alarm),
        ],
        **panels.age_attributes(sources[alarm.source]),
    )


def _how_bad(alarm: Alarm) -> Component:
    """The clock of what has a due time, else the measure."""
    if alarm.due_at is not None:
        return due_clock(alarm.due_at, _measure_class(alarm))
    return html.B(_measure(alarm), className=_measure_class(alarm))


def _last_words(alarm: Alarm) -> Component:
    if alarm.due_at is not None:
        return due_words(alarm.due_at)
    return since_words(alarm.since_at) if alarm.since_at else html.Small(alarm.measure_words)


def _far_row(alarm: Alarm, source: SourceFacts) -> Component:
    return panels.panel(
        [
            mark(alarm.priority),
            html.Div([html.Strong(alarm.title), html.Span([f"{alarm.unit_name} · ", _last_words(alarm)])]),
            _how_bad(alarm),
        ],
        source,
        f"far-alarm far-alarm--{alarm.priority.value}",
    )


def _measure(alarm: Alarm) -> str:
    if alarm.measure is None:
        return ""
    return text.decimal(alarm.measure) if isinstance(alarm.measure, Decimal) else text.whole(alarm.measure)


def _measure_class(alarm: Alarm) -> str:
    return f"alarm-measure alarm-measure--{alarm.priority.value}"

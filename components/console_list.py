"""The list of the console: counts, tabs, rows by urgency, and groups while alarms come in a flood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.alarm_list import mark
from components.attributes import data
from components.due_clock import due_clock, due_words
from domain.alarms import PRIORITY_NAMES, STATE_NAMES, Alarm, AlarmState, Priority, count_by_priority
from domain.console import TAB_NAMES, ConsoleFilter, ConsoleTab, grouped
from domain.freshness import SourceFacts

NOTHING = {
    ConsoleTab.OPEN: "Không có cảnh báo đang mở.",
    ConsoleTab.MINE: "Không có cảnh báo nào bạn đang giữ.",
    ConsoleTab.HIDDEN: "Không có cảnh báo tạm ẩn.",
    ConsoleTab.CLOSED: "Không có cảnh báo nào đóng trong 7 ngày qua.",
}
ROWS_SHOWN = 200
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ConsoleView:
    """What the list is drawn from: the alarms of the tab that are looked for, which one is open, how each unit is
    called, the sources by name, whether alarms come in a flood, and whether who looks may answer them."""

    wanted: ConsoleFilter
    alarms: Sequence[Alarm]
    names: Names
    sources: Mapping[str, SourceFacts]
    is_flood: bool = False
    is_search: bool = False
    may_answer: bool = False


def console_head(alarms: Sequence[Alarm], raised: int, minutes: int) -> Component:
    """Open alarms by priority, and how many come in ten minutes, as the mean of the last `minutes`."""
    counts = count_by_priority(alarm for alarm in alarms if alarm.is_open)
    tags = [
        html.Span(
            [mark(priority), f"{count} {PRIORITY_NAMES[priority].lower()}"],
            className=f"console-tag console-tag--{priority.value}" if count else "console-tag",
        )
        for priority, count in counts.items()
    ]
    rate = text.decimal(Decimal(raised * 10) / minutes)
    rang = [
        one.public_id for one in alarms if one.is_open and one.priority is Priority.URGENT and not one.acknowledged_at
    ]
    words = html.Small(f"{rate} cảnh báo / 10 phút", title=f"Trung bình {minutes} phút qua")
    return html.Div([*tags, words], **data(urgent=" ".join(rang)))


def console_tabs(counts: Mapping[ConsoleTab, int], chosen: ConsoleTab) -> list[Component]:
    """Links, so that each has an address."""
    found: list[Component] = []
    for tab, words in TAB_NAMES.items():
        number = f" {counts[tab]}" if tab in counts else ""
        current: dict[str, str] = {"aria-current": "page"} if tab is chosen else {}
        link = html.A(f"{words}{number}", href=ConsoleFilter(tab).address(), **current | data(choose="tab"))
        found.append(link)
    return found


def console_rows(view: ConsoleView) -> Component:
    """The rows; in a flood those of one unit and source stand together, with how many they are."""
    if not view.alarms:
        words = "Không có cảnh báo nào khớp lời tìm." if view.is_search else NOTHING[view.wanted.tab]
        return html.P(words, className="desk-nothing")
    shown = view.alarms[:ROWS_SHOWN]
    if view.is_flood:
        parts = [part for group in grouped(shown).values() for part in _group(group, view)]
        banner = html.P("Cảnh báo dồn dập: xếp theo đơn vị và nguồn.", className="console-flood", role="status")
        rows = [banner, *parts]
    else:
        rows = _in_two_parts(shown, view)
    rest = len(view.alarms) - len(shown)
    more = [html.P(f"Còn {text.whole(rest)} cảnh báo nữa; tìm để thu hẹp.", className="desk-faint")] if rest else []
    return html.Div([*rows, *more])


def state_words(alarm: Alarm, names: Names) -> str:
    """'Đã giao Phú Lộc', 'Tạm ẩn đến 10:15', or the state."""
    if alarm.state is AlarmState.ACKNOWLEDGED and alarm.assigned_to not in ("", alarm.acknowledged_by):
        return f"Đã giao {names.get(alarm.assigned_to, alarm.assigned_to)}"
    if alarm.state is AlarmState.ACKNOWLEDGED and alarm.acknowledged_by:
        return f"{STATE_NAMES[alarm.state]} · {alarm.acknowledged_by}"
    if alarm.state is AlarmState.SHELVED and alarm.shelved_until:
        return f"Tạm ẩn đến {text.clock_time(alarm.shelved_until)}"
    return STATE_NAMES[alarm.state]


def measure_words(alarm: Alarm) -> str:
    """'5 camera'; '' for what is not counted."""
    if alarm.measure is None:
        return ""
    number = text.decimal(alarm.measure) if isinstance(alarm.measure, Decimal) else text.whole(alarm.measure)
    return f"{number} {alarm.measure_words}".rstrip()


def _in_two_parts(alarms: Sequence[Alarm], view: ConsoleView) -> list[Component]:
    """What needs a person now, then below its own heading what has ended by itself."""
    returned = [alarm for alarm in alarms if alarm.state is AlarmState.RETURNED]
    rows = [console_row(alarm, view) for alarm in alarms if alarm.state is not AlarmState.RETURNED]
    if not returned:
        return rows
    heading = html.H3(f"{STATE_NAMES[AlarmState.RETURNED]} ({len(returned)})", className="console-part")
    return [*rows, heading, *(console_row(alarm, view) for alarm in returned)]


def _group(alarms: Sequence[Alarm], view: ConsoleView) -> list[Component]:
    source = view.sources.get(alarms[0].source)
    if len(alarms) == 1:
        return [console_row(alarms[0], view)]
    words = f"{alarms[0].unit_name} · {source.title if source else alarms[0].source} · {len(alarms)}"
    return [html.H3(words, className="console-part"), *(console_row(alarm, view) for alarm in alarms)]


def console_row(alarm: Alarm, view: ConsoleView, can_pick: bool = True) -> Component:
    """One alarm as a link to itself; what nobody has acknowledged is bold. With a box where it can be answered with
    others."""
    is_new = alarm.state is AlarmState.UNACKNOWLEDGED
    current: dict[str, str] = {"aria-current": "true"} if alarm.public_id == view.wanted.alarm else {}
    source = view.sources.get(alarm.source)
    due: list[Component | str] = (
        [" · ", due_clock(alarm.due_at), " ", due_words(alarm.due_at)] if alarm.due_at and alarm.is_open else []
    )
    measured, said = measure_words(alarm), state_words(alarm, view.names)
    row = html.A(
        [
            mark(alarm.priority),
            html.Span([html.Span(f"{PRIORITY_NAMES[alarm.priority]}. ", className="console-unseen"), alarm.title]),
            html.Time(text.clock_time(alarm.raised_at) if alarm.raised_at else text.UNKNOWN),
            html.Small(
                [
                    f"{alarm.unit_name} · ",
                    f"{measured} · " if measured and not alarm.due_at else "",
                    html.B(said) if is_new else said,
                    *due,
                ]
            ),
        ],
        href=ConsoleFilter(view.wanted.tab, alarm.public_id).address(),
        key=alarm.public_id,
        className="console-row is-new" if is_new else "console-row",
        **current | data(choose="alarm", alarm=alarm.public_id) | (panels.age_attributes(source) if source else {}),
    )
    return html.Div([_pick(alarm), row], className="console-line") if view.may_answer and can_pick else row


def _pick(alarm: Alarm) -> Component:
    """A box that takes the alarm among those that are answered together; keyboard.js keeps which are."""
    words = {"aria-label": f"Chọn thêm {alarm.title}, {alarm.unit_name}", "aria-checked": "false", "role": "checkbox"}
    known = data(pick=alarm.public_id, revision=str(alarm.revision))
    return html.Button(type="button", className="console-pick", tabIndex="-1", **words | known)

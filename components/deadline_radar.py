"""The deadline radar on a desk: figures by when clocks end, a month of due days, units beside each other, the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.desk_parts import desk_figure, desk_figures
from domain.deadline_radar import (
    PAGE_ROWS,
    ClockFilter,
    ClockSort,
    ClockTimes,
    ClockWindow,
    RadarDays,
    RunningClock,
    RunningClocks,
    month_weeks,
)
from domain.deadlines import CLOCK_NAMES, Clock
from domain.freshness import SourceFacts
from domain.working_days import WorkingCalendar

PATH = "/deadlines"
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
Names = Mapping[str, str]
WINDOW_NAMES = {
    ClockWindow.ALL: "Tất cả",
    ClockWindow.OVERDUE: "Quá hạn",
    ClockWindow.SOON: "Sắp quá hạn",
    ClockWindow.WEEK: "Đến hạn tuần này",
    ClockWindow.LATER: "Đến hạn sau tuần này",
}
HEADS: tuple[tuple[str, ClockSort | None], ...] = (
    ("Số quyết định", ClockSort.NUMBER),
    ("Đơn vị", ClockSort.UNIT),
    ("CHV", ClockSort.OFFICER),
    ("Thời hạn", ClockSort.CLOCK),
    ("Tính từ", ClockSort.STARTED),
    ("Hạn cuối", ClockSort.DUE),
    ("Còn lại", None),
)


def clock_title(clock: Clock) -> str:
    """'Xác minh lại': the name of a clock at the head of a line."""
    name = CLOCK_NAMES[clock]
    return name[0].upper() + name[1:]


def radar_figures(times: ClockTimes, days: RadarDays, soon: int, source: SourceFacts) -> Component:
    """Five counts of clocks; only what is over is amber."""
    return desk_figures(
        [
            desk_figure("Đang chạy", text.whole(times.running), "một việc có thể có nhiều thời hạn"),
            desk_figure("Quá hạn", text.whole(times.overdue), "đã qua ngày cuối", is_bad=times.overdue > 0),
            desk_figure(
                "Sắp quá hạn", text.whole(times.soon), f"trong {soon} ngày làm việc, đến {days.soon_until:%d/%m}"
            ),
            desk_figure("Tuần này", text.whole(times.week), f"còn hạn, đến CN {days.week_ends_on:%d/%m}"),
            desk_figure(
                "Sau tuần này", text.whole(times.later), f"từ T2 {days.week_ends_on + timedelta(days=1):%d/%m}"
            ),
        ],
        source,
    )


def radar_notes(clocks: RunningClocks, missing_years: Sequence[int]) -> Component:
    """What must be said beside every count: sample terms, clocks without a rule, years without days off."""
    said: list[Component] = []
    if clocks.sample_clocks:
        names = ", ".join(CLOCK_NAMES[clock] for clock in clocks.sample_clocks)
        said.append(html.P(f"Thời hạn mẫu: {names}; chờ cơ quan nhập quy định đang có hiệu lực."))
    for clock, count in clocks.without_rule.items():
        words = (
            f"Chưa có quy định đang hiệu lực: {CLOCK_NAMES[clock]}, liên quan {text.whole(count)} việc, không tính hạn."
        )
        said.append(html.P(words, className="is-missing"))
    if missing_years:
        years = ", ".join(str(year) for year in missing_years)
        words = (
            f"Chưa có danh sách ngày nghỉ năm {years}: hạn rơi vào ngày nghỉ hoặc tính bằng ngày làm việc có thể sai."
        )
        said.append(html.P(words, className="is-missing"))
    return html.Div(said, className="deadline-notes")


def due_month(by_day: Mapping[date, int], wanted: ClockFilter, today: date, calendar: WorkingCalendar) -> Component:
    """The month as a grid; a day with clocks leads to its list, and once more to all days."""
    first = wanted.shown_month(today)
    before, after = first - timedelta(days=1), (first + timedelta(days=32)).replace(day=1)
    count = sum(number for day, number in by_day.items() if (day.year, day.month) == (first.year, first.month))
    rows = [
        html.Tr([html.Td(_day(day, by_day.get(day, 0), wanted, first, today, calendar)) for day in week])
        for week in month_weeks(first)
    ]
    return html.Div(
        [
            html.Div(
                [
                    _month_link("‹", before, wanted, "Tháng trước"),
                    html.B(f"Tháng {first:%m/%Y}"),
                    _month_link("›", after, wanted, "Tháng sau"),
                    html.Small(f"{text.whole(count)} thời hạn đến hạn trong tháng", className="desk-faint"),
                ],
                className="desk-inline",
            ),
            html.Table(
                [html.Thead(html.Tr([html.Th(name) for name in WEEKDAYS])), html.Tbody(rows)],
                className="deadline-month",
            ),
        ]
    )


def unit_times(by_unit: Mapping[str, ClockTimes], names: Names, wanted: ClockFilter) -> Component:
    """Units beside each other; every number leads to its list."""
    heads = ("Đơn vị", "Quá hạn", "Tuần này", "Sau đó", "Sắp quá hạn")
    windows = (ClockWindow.OVERDUE, ClockWindow.WEEK, ClockWindow.LATER, ClockWindow.SOON)
    total = sum(by_unit.values(), ClockTimes())

    def cells(unit: str, times: ClockTimes) -> list[Component]:
        values = (times.overdue, times.week, times.later, times.soon)
        return [
            html.Td(
                dcc.Link(text.whole(value), href=f"{PATH}{wanted.turned(unit=unit, window=window, day=None).address()}")
                if value
                else html.Span("0", className="desk-faint"),
                className="desk-number is-bad" if window is ClockWindow.OVERDUE and value else "desk-number",
            )
            for window, value in zip(windows, values, strict=True)
        ]

    rows = [
        html.Tr(
            [html.Td(dcc.Link(names.get(unit, unit), href=f"/units/{unit}")), *cells(unit, times)],
            className="is-chosen" if unit == wanted.unit else None,
        )
        for unit, times in by_unit.items()
    ]
    foot = html.Tfoot(html.Tr([html.Td("Cộng"), *cells("", total)])) if len(rows) > 1 else None
    head = [html.Th(words, className="desk-number" if place else None) for place, words in enumerate(heads)]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(rows), foot], className="desk-table")


def clock_table(
    rows: Sequence[RunningClock], number: int, names: Names, wanted: ClockFilter, today: date, samples: Sequence[Clock]
) -> Component:
    """One page of the list and the way to the others; says so when the filter finds nothing."""
    if not rows:
        return html.P("Không có thời hạn nào theo bộ lọc này.", className="desk-nothing")
    body = [_row(row, names, today, row.clock in samples) for row in rows]
    table = html.Table(
        [html.Thead(html.Tr([_head(words, sort, wanted) for words, sort in HEADS])), html.Tbody(body)],
        className="desk-table",
    )
    return html.Div([table, _pages(number, wanted)])


def left_words(due_on: date, today: date) -> str:
    """'quá 12 ngày', 'hôm nay', 'còn 3 ngày': calendar days."""
    left = (due_on - today).days
    return "hôm nay" if left == 0 else f"còn {left} ngày" if left > 0 else f"quá {-left} ngày"


def _month_link(words: str, month: date, wanted: ClockFilter, title: str) -> Component:
    address = wanted.turned(month=f"{month:%Y-%m}", day=None).address()
    return dcc.Link(words, href=f"{PATH}{address}", title=title, className="desk-button desk-button--small")


def _day(day: date, count: int, wanted: ClockFilter, first: date, today: date, calendar: WorkingCalendar) -> Component:
    is_off = not calendar.is_working_day(day)
    marks = {
        "off": is_off,
        "outside": day.month != first.month,
        "today": day == today,
        "chosen": day == wanted.day,
        "overdue": count > 0 and day < today,
    }
    name = " ".join(["deadline-day", *(f"deadline-day--{mark}" for mark, holds in marks.items() if holds)])
    is_holiday = is_off and day.weekday() < 5
    inside = [
        html.Small(f"{day.day} nghỉ" if is_holiday else str(day.day)),
        html.B(text.whole(count)) if count else None,
    ]
    if not count:
        return html.Div(inside, className=name)
    chosen = wanted.turned(day=None if day == wanted.day else day, month=f"{first:%Y-%m}")
    words = f"{text.day(day)}: {text.whole(count)} thời hạn"
    return dcc.Link(inside, href=f"{PATH}{chosen.address()}", title=words, className=name)


def _head(words: str, sort: ClockSort | None, wanted: ClockFilter) -> Component:
    if sort is None:
        return html.Th(words)
    is_sorted = sort is wanted.sort
    turned = wanted.turned(sort=sort, descending=is_sorted and not wanted.descending)
    arrow = (" ↓" if wanted.descending else " ↑") if is_sorted else ""
    said: dict[str, Any] = {"aria-sort": "descending" if wanted.descending else "ascending"} if is_sorted else {}
    link = dcc.Link(f"{words}{arrow}", href=f"{PATH}{turned.address()}", className="is-sorted" if is_sorted else None)
    return html.Th(link, **said)


def _row(row: RunningClock, names: Names, today: date, is_sample: bool) -> Component:
    due_on = row.due_on
    is_over = due_on is not None and due_on < today
    return html.Tr(
        [
            html.Td(dcc.Link(row.decision, href=f"/cases/{row.case}")),
            html.Td(dcc.Link(names.get(row.unit, row.unit), href=f"/units/{row.unit}")),
            html.Td(row.officer or text.UNKNOWN),
            html.Td([clock_title(row.clock), html.Small(" mẫu", className="desk-faint") if is_sample else None]),
            html.Td(text.day(row.started_on), className="desk-time"),
            html.Td(text.day(due_on) if due_on else text.NO_RULE, className="desk-time"),
            html.Td(
                left_words(due_on, today) if due_on else text.UNKNOWN,
                className="desk-time is-bad" if is_over else "desk-time",
            ),
        ]
    )


def _pages(number: int, wanted: ClockFilter) -> Component:
    last = -(-number // PAGE_ROWS)
    first_row = (wanted.page - 1) * PAGE_ROWS + 1
    shown = f"{text.whole(first_row)}–{text.whole(min(number, wanted.page * PAGE_ROWS))} trong {text.whole(number)}"
    steps = [
        dcc.Link(words, href=f"{PATH}{wanted.turned(page=page).address()}", className="desk-button desk-button--small")
        for words, page, is_there in (
            ("‹ Trước", wanted.page - 1, wanted.page > 1),
            ("Sau ›", wanted.page + 1, wanted.page < last),
        )
        if is_there
    ]
    return html.Div([html.Span(shown), *steps], className="deadline-pages")

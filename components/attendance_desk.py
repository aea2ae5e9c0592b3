"""Attendance on a desk: a day by unit, the people of one unit by code, their month. Codes only, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dash import html
from dash.development.base_component import Component

from components import format as text
from domain.attendance import LETTERS, STATUS_NAMES, DayStatus, PersonMonth, UnitCounts
from domain.local_time import local
from domain.participation import Participation

BAD = frozenset({DayStatus.UNEXPLAINED, DayStatus.LATE, DayStatus.LEFT_EARLY})
NO_LIST = "Chưa có danh sách cán bộ của đơn vị này: gửi tệp danh sách vào thư mục chấm công."
NAMES_NOBODY = "nguồn phản ánh không cho biết ai xử lý"
LEGEND = " · ".join(f"{letter} {STATUS_NAMES[status].lower()}" for status, letter in LETTERS.items() if letter)
SUMS = (
    ("Có mặt", (DayStatus.PRESENT, DayStatus.LATE, DayStatus.LEFT_EARLY)),
    ("Muộn, sớm", (DayStatus.LATE, DayStatus.LEFT_EARLY)),
    ("Nghỉ", (DayStatus.ON_LEAVE,)),
    ("Công tác", (DayStatus.BUSINESS_TRIP, DayStatus.FIELD_DUTY)),
    ("Vắng", (DayStatus.UNEXPLAINED,)),
    ("Chưa biết", (DayStatus.UNKNOWN,)),
)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person's day under a code: the status, first and last touch, and why where it is known; how many reports of
    the last thirty days they deal with, None where the source names nobody of the unit."""

    code: str
    status: DayStatus
    first_at: datetime | None
    last_at: datetime | None
    why: str
    reports: int | None = None


def day_table(units: Mapping[str, UnitCounts | None], total: UnitCounts | None, names: Mapping[str, str]) -> Component:
    """Every unit today; a unit whose terminal is silent is unknown, never absent."""
    head = ("Đơn vị", "Danh sách", "Cần có mặt", "Có mặt", "Nghỉ", "Công tác", "trong đó ngoài trụ sở", "Mất dữ liệu")
    rows = [_counts(names.get(code, code), counts) for code, counts in units.items()]
    if total is not None and len(rows) > 1:
        rows.append(_counts("Cộng", total))
    heads = [html.Th(words, className="desk-number" if at else None) for at, words in enumerate(head)]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="desk-table")


def people_table(people: Sequence[PersonLine]) -> Component:
    """The people of one unit today."""
    if not people:
        return html.P(NO_LIST, className="desk-nothing")
    rows = [
        html.Tr(
            [
                html.Td(html.B(person.code)),
                html.Td(html.Span(STATUS_NAMES[person.status], className=_class_of(person.status))),
                html.Td(_clock(person.first_at)),
                html.Td(_clock(person.last_at)),
                html.Td(person.why, className="desk-detail"),
                html.Td(
                    text.UNKNOWN if person.reports is None else text.whole(person.reports), className="desk-number"
                ),
            ]
        )
        for person in people
    ]
    words = ("Mã", "Tình trạng", "Chấm đầu", "Chấm cuối", "Lý do")
    head = html.Tr([*(html.Th(word) for word in words), html.Th("Phản ánh 30 ngày", className="desk-number")])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="desk-table")


def month_table(people: Sequence[PersonMonth], days: Sequence[date]) -> Component:
    """One row per code, one letter per day, and the sums."""
    if not people:
        return html.P(NO_LIST, className="desk-nothing")
    heads = [html.Th("Mã"), *(html.Th(f"{day.day}", className=_weekend(day)) for day in days)]
    heads += [html.Th(words, className="desk-number") for words, _ in SUMS]
    rows = []
    for person in people:
        cells = [
            html.Td("" if status is None else LETTERS[status], className=_letter_class(status, day))
            for status, day in zip(person.days, days, strict=True)
        ]
        sums = [
            html.Td(text.whole(sum(person.counts.get(status, 0) for status in those)), className="desk-number")
            for _, those in SUMS
        ]
        rows.append(html.Tr([html.Td(html.B(person.code)), *cells, *sums]))
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="desk-table month-table")
    return html.Div([table, html.P(LEGEND, className="desk-faint")])


def participation_table(units: Mapping[str, Participation | None], names: Mapping[str, str]) -> Component:
    """How many of each unit's staff deal with field reports; nobody by code."""
    rows = [_participation(names.get(code, code), found) for code, found in units.items()]
    known = [found for found in units.values() if found is not None]
    if len(known) > 1:
        rows.append(_participation("Cộng", sum(known[1:], known[0])))
    head = ("Đơn vị", "Danh sách", "Có tham gia", "Tỷ lệ", "Mã ngoài danh sách")
    heads = [html.Th(words, className="desk-number" if at else None) for at, words in enumerate(head)]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="desk-table")


def _number(count: int | None) -> str:
    return text.UNKNOWN if count is None else text.whole(count)


def _participation(name: str, found: Participation | None) -> Component:
    if found is None:
        return html.Tr([html.Td(name), html.Td(NAMES_NOBODY, colSpan=4, className="desk-faint")])
    share = text.UNKNOWN if found.percent is None else text.percent(found.percent)
    cells = (text.whole(found.staff), text.whole(found.took_part), share, text.whole(found.unlisted))
    return html.Tr([html.Td(html.B(name)), *(html.Td(words, className="desk-number") for words in cells)])


def _counts(name: str, counts: UnitCounts | None) -> Component:
    if counts is None:
        return html.Tr([html.Td(name), html.Td("chưa có danh sách", colSpan=7, className="desk-faint")])
    numbers = (
        counts.staff,
        counts.expected,
        counts.present,
        counts.leave,
        counts.trip + counts.field_duty,
        counts.field_duty,
    )
    cells = [html.Td(text.UNKNOWN if n is None else text.whole(n), className="desk-number") for n in numbers]
    unknown = html.Span(text.whole(counts.unknown), className="is-old" if counts.unknown else None)
    return html.Tr([html.Td(html.B(name)), *cells, html.Td(unknown, className="desk-number")])


def _class_of(status: DayStatus) -> str:
    if status in BAD:
        return "desk-time is-bad"
    return "desk-time is-old" if status is DayStatus.UNKNOWN else "desk-time"


def _letter_class(status: DayStatus | None, day: date) -> str:
    words = [_weekend(day)]
    if status is DayStatus.UNEXPLAINED:
        words.append("is-bad")
    if status is DayStatus.UNKNOWN:
        words.append("is-old")
    return " ".join(filter(None, words))


def _weekend(day: date) -> str:
    return "is-weekend" if day.weekday() >= 5 else ""


def _clock(at: datetime | None) -> Component:
    return html.Span(f"{local(at):%H:%M}" if at else text.UNKNOWN, className="desk-time")

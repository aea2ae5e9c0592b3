"""Who handles the cases of a view: officers of one unit, units where there are several, and the oldest cases of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from callbacks.case_answers import WEEKS_SHOWN, CaseAnswers, measure_of
from callbacks.case_drawing import billions, unit_href
from components import format as text
from components.officer_table import HandlerRow, handler_table
from data_access.cases import ListedCase
from domain.case_filters import NOBODY, NOBODY_NAME
from domain.cases import CASE_CLASS_NAMES, CASE_TYPE_NAMES, decision_name
from domain.funnel import funnel_limits
from domain.indicators import CountedIn
from domain.statistics import Figures

NO_WEEKS = (0,) * WEEKS_SHOWN


def draw_handlers(
    answers: CaseAnswers, names: Mapping[str, str], path: str, opened: str, cases: Sequence[Component]
) -> Component:
    """Officers of the unit looked at, or the units where several are."""
    by_officer = answers.is_one_unit
    counted_in = answers.wanted.measure
    rows = _officer_rows(answers, path, opened, cases) if by_officer else _unit_rows(answers, names)
    title, kind = ("Chấp hành viên", "CHV") if by_officer else ("Đơn vị", "Đơn vị")
    whole = HandlerRow(
        "Cộng",
        measure_of(answers.figures, counted_in),
        _other_amount(answers.figures, counted_in),
        None,
        sum(answers.old.values()),
        (),
        "",
    )
    head = html.Div(
        [
            html.H2([title, html.Span(str(len(rows)), className="desk-tag")]),
            html.Small("chỉ tô màu khi ngoài giới hạn phễu"),
        ],
        className="desk-toolbar",
    )
    if not rows:
        return html.Div([head, html.P("Không có việc nào theo bộ lọc này.", className="desk-nothing")])
    return html.Div([head, html.Div(handler_table(rows, whole, kind, counted_in), className="desk-scroll")])


def draw_units(answers: CaseAnswers, names: Mapping[str, str]) -> Component:
    """Every unit in the table of handlers, each a link to its page."""
    measured = answers.wanted.measure
    figures, old = answers.figures, sum(answers.old.values())
    whole = HandlerRow("Cộng", measure_of(figures, measured), _other_amount(figures, measured), None, old, (), "")
    return html.Div(handler_table(_unit_rows(answers, names), whole, "Đơn vị", measured), className="desk-scroll")


def opened_rows(cases: Sequence[ListedCase], today: date, href: str) -> list[Component]:
    """Rows below an officer: the oldest cases first, and where all of them stand."""
    rows = [
        html.Tr(
            [
                html.Td(
                    dcc.Link(decision_name(case.number, case.decided_on), href=f"/cases/{case.public_id}"), colSpan=2
                ),
                html.Td(f"{CASE_CLASS_NAMES[case.case_class]} từ {text.day(case.since_on)}", colSpan=3),
                html.Td(CASE_TYPE_NAMES[case.case_type], colSpan=2),
                html.Td(billions(case.amount_due), className="desk-number"),
                html.Td(_months(case.docketed_on, today), className="desk-number"),
                html.Td(colSpan=2),
            ],
            className="handler-case",
        )
        for case in cases
    ]
    words = "Xem tất cả trong danh sách" if cases else "Không có việc nào đang thi hành."
    last = html.Td(dcc.Link(words, href=href) if cases else words, colSpan=11)
    return [*rows, html.Tr(last, className="handler-case")]


def _officer_rows(answers: CaseAnswers, path: str, opened: str, cases: Sequence[Component]) -> list[HandlerRow]:
    rows = []
    for place, figures in answers.officers.items():
        code = place.officer or NOBODY
        is_open = code == opened
        query = answers.wanted.without("unit").address(**({} if is_open else {"open": code}))
        weeks = answers.completed_by_week.get(place, NO_WEEKS)
        row = _row(
            answers, place.officer or NOBODY_NAME, figures, answers.old.get(place, 0), weeks, f"{path}{query or '?'}"
        )
        rows.append(replace(row, is_open=is_open, cases=tuple(cases) if is_open else ()))
    return sorted(rows, key=_best_first)


def _unit_rows(answers: CaseAnswers, names: Mapping[str, str]) -> list[HandlerRow]:
    old: dict[str, int] = {}
    weeks: dict[str, Sequence[int]] = {}
    for place, number in answers.old.items():
        old[place.unit] = old.get(place.unit, 0) + number
    for place, row in answers.completed_by_week.items():
        weeks[place.unit] = [one + other for one, other in zip(weeks.get(place.unit, NO_WEEKS), row, strict=True)]
    query = answers.wanted.without("unit").address()
    rows = []
    for code, figures in answers.by_unit.items():
        if figures != Figures():
            href = f"{unit_href(code)}{query}"
            of_unit = (old.get(code, 0), weeks.get(code, NO_WEEKS))
            rows.append(_row(answers, names.get(code, code), figures, *of_unit, href))
    return sorted(rows, key=_best_first)


def _row(answers: CaseAnswers, name: str, figures: Figures, old: int, weeks: Sequence[int], href: str) -> HandlerRow:
    """One handler; limits of chance are of việc only, for a đồng is not one trial."""
    counted_in, whole = answers.wanted.measure, answers.figures.cases
    limits = funnel_limits(whole.completed, whole.enforceable, figures.cases.enforceable)
    return HandlerRow(
        name=name,
        measure=measure_of(figures, counted_in),
        completed_amount=_other_amount(figures, counted_in),
        limits=limits if counted_in is CountedIn.CASES else None,
        old=old,
        weeks=tuple(weeks),
        href=href,
    )


def _best_first(row: HandlerRow) -> tuple[bool, Decimal, str]:
    """By rate, the highest first; those below their limits stand last."""
    return row.side < 0, -(row.measure.completion_rate or Decimal(-1)), row.name


def _other_amount(figures: Figures, counted_in: CountedIn) -> int:
    """Đồng completed beside việc, việc completed beside đồng."""
    return figures.amount.completed if counted_in is CountedIn.CASES else figures.cases.completed


def _months(docketed_on: date, today: date) -> str:
    months = (today.year - docketed_on.year) * 12 + today.month - docketed_on.month - (today.day < docketed_on.day)
    return f"{max(months, 0)} tháng"

"""How the answers about cases become the parts of a page: figures, flow, curve, comparison, who handles them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from callbacks.case_answers import CaseAnswers, measure_of
from components import format as text
from components.case_flow import flow_drawing
from components.case_kpis import clock_kpi, completion_kpi, enforceable_kpi, kpi_cards, old_kpi
from components.case_map import AreaRow, case_map
from components.completion_curve import Points, curve_between, curve_drawing
from components.desk_parts import aged
from components.officer_table import HandlerRow, handler_table
from components.unit_dumbbell import DumbbellRow, unit_dumbbell
from data_access.cases import ListedCase
from data_access.completion_series import completion_series
from data_access.regimes import load_regimes
from domain.case_filters import NOBODY, CaseFilter
from domain.case_flow import FlowDoesNotAddUp, case_flow
from domain.cases import CASE_CLASS_NAMES, CASE_TYPE_NAMES, CaseClass, decision_name, regime_on
from domain.funnel import funnel_limits
from domain.indicators import CountedIn
from domain.statistics import Figures, StatisticalYear, total

UNKNOWN_OFFICER = "chưa phân công"


def draw_kpis(answers: CaseAnswers) -> Component:
    """The figures above everything but the clocks."""
    now, before, wanted = answers.figures, answers.figures_before, answers.wanted
    counted_in = wanted.measure
    unit = answers.scope_code
    rates = [answers.rate(now, before, unit, each) for each in (CountedIn.CASES, CountedIn.AMOUNT)]
    return kpi_cards(
        [
            completion_kpi("Xong về việc", rates[0], wanted.before_words, explained("completion_rate_cases", wanted)),
            completion_kpi("Xong về tiền", rates[1], wanted.before_words, explained("completion_rate_amount", wanted)),
            enforceable_kpi(
                measure_of(now, counted_in),
                measure_of(before, counted_in),
                counted_in,
                wanted.before_words,
                explained(f"enforceable_{counted_in}", wanted),
            ),
            old_kpi(
                sum(answers.old.values()),
                answers.old_before,
                now.cases,
                before.cases,
                wanted.before_words,
                explained("over_twelve_months", wanted),
            ),
        ]
    )


def draw_clocks(answers: CaseAnswers) -> Component:
    """Overdue statutory clocks of the scope, whatever else is asked for."""
    clocks, units = answers.clocks, answers.units
    shown = {
        clock: sum(count for code, count in by_unit.items() if units is None or code in units)
        for clock, by_unit in clocks.overdue.items()
    }
    href = f"/deadlines{_unit_query(answers.wanted)}"
    return clock_kpi(shown, list(clocks.without_rule), _clock_note(answers), href)


def draw_flow(answers: CaseAnswers) -> Component:
    """From thụ lý to xong, in việc or đồng; the reason instead where the parts do not add up."""
    counted_in = answers.wanted.measure
    unit = "việc" if counted_in is CountedIn.CASES else "tỷ đồng"
    try:
        flow = case_flow(measure_of(answers.figures, counted_in))
    except FlowDoesNotAddUp:
        words = "Số liệu nguồn mâu thuẫn: có phần nhỏ hơn 0 hoặc các phần không cộng thành tổng. Xem Nguồn dữ liệu."
        return html.Div([_heading("Từ thụ lý đến thi hành xong", unit), html.P(words, className="desk-nothing")])
    written = text.whole if counted_in is CountedIn.CASES else _billions
    links = [
        dcc.Link(words, href=explained(f"{field}_{counted_in}", answers.wanted))
        for field, words in (
            ("total_docketed", "Thụ lý"),
            ("to_enforce", "Phải thi hành"),
            ("enforceable", "Có điều kiện"),
            ("completed", "Xong"),
        )
    ]
    told = html.P(["Giải thích: ", *_between(links)], className="case-explain")
    return html.Div([_heading("Từ thụ lý đến thi hành xong", unit), flow_drawing(flow, written), told])


def draw_curve(answers: CaseAnswers) -> Component:
    """This year's rate day by day beside last year's and the path to the target."""
    counted_in, wanted = answers.wanted.measure, answers.wanted.without("age", "begins", "ends")
    year, until = answers.year, answers.period.to_on
    target = answers.target(answers.scope_code, counted_in)
    title = "Lũy kế xong về việc" if counted_in is CountedIn.CASES else "Lũy kế xong về tiền"
    points = _series(answers, wanted, StatisticalYear(year.year - 1), until)
    this_year = tuple(point for point in points if point[0] >= year.first_on)
    breaks = answers.organisation.reorganised_on()
    curve = curve_between(this_year, points[: len(points) - len(this_year)], year, until, target, breaks)
    said = f"chỉ tiêu năm {text.percent(target)}" if target is not None else "không có chỉ tiêu cho phần này"
    if curve is None:
        return html.Div([_heading(title, said), html.P(text.NOTHING_ENFORCEABLE, className="desk-nothing")])
    return html.Div([_heading(title, said), curve_drawing(curve)], className="desk-curve")


def draw_compared(answers: CaseAnswers, names: Mapping[str, str]) -> Component:
    """Every unit the person may see, best rate first; the one looked at stands out."""
    counted_in = answers.wanted.measure
    neighbours, before = answers.neighbours, answers.neighbours_before
    whole = measure_of(total(neighbours.values()), counted_in)
    rows: list[DumbbellRow] = []
    for code, figures in neighbours.items():
        if figures == Figures() or code not in names:
            continue
        rate = answers.rate(figures, before.get(code, Figures()), code, counted_in)
        limits = funnel_limits(whole.completed, whole.enforceable, measure_of(figures, CountedIn.CASES).enforceable)
        is_beyond = limits is not None and rate.value is not None and limits.side(rate.value) < 0
        rows.append(
            DumbbellRow(names[code], rate, code in answers.by_unit and answers.is_one_unit, is_beyond, unit_href(code))
        )
    rows.sort(key=lambda row: (row.rate.value is None, -(row.rate.value or Decimal(0)), row.name))
    what = "% xong việc" if counted_in is CountedIn.CASES else "% xong tiền"
    if not rows:
        return html.Div([_heading("So sánh đơn vị", what), html.P(text.NO_FIGURES, className="desk-nothing")])
    root = answers.organisation.root_on(answers.period.to_on)
    expected = answers.rate(Figures(), Figures(), root.code, counted_in).pace if root is not None else None
    return html.Div(
        [
            _heading("So sánh đơn vị", f"{what}, ○ {answers.wanted.before_words}, ┆ tiến độ"),
            unit_dumbbell(rows, expected),
        ]
    )


def draw_areas(answers: CaseAnswers) -> Component:
    """Districts or wards of the scope, by the debtor's address."""
    names = {area.code: area.name for area in answers.organisation.areas_on(answers.period.to_on)}
    rows = [
        AreaRow(code, names.get(code, code), figures.cases, f"/cases{answers.wanted.address(area=code)}")
        for code, figures in answers.areas.items()
        if code is not None
    ]
    nowhere = answers.areas.get(None, Figures()).cases.to_enforce
    drawn = case_map(rows, answers.site.unit_map, answers.figures.cases.completion_rate, nowhere)
    return html.Div([_heading("Theo địa bàn", "việc, theo địa chỉ người phải thi hành"), drawn])


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
                html.Td(_billions(case.amount_due), className="desk-number"),
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


def list_heading(name: str, number: int, wanted: CaseFilter) -> Component:
    """What the list holds: the figure it makes up, and the class it is narrowed to."""
    narrowed = CASE_CLASS_NAMES.get(CaseClass(wanted.case_class)) if wanted.case_class else None
    note = f"chỉ {narrowed.lower()}" if narrowed else f"{text.whole(number)} việc"
    return _heading(f"Danh sách việc: {name[0].lower()}{name[1:]}", note)


def explained(indicator: str, wanted: CaseFilter) -> str:
    """Where a figure is explained, under the same filter."""
    return f"/indicators/{indicator}{wanted.without('figure', 'case_class').address()}"


def unit_href(code: str) -> str:
    """The page of a unit."""
    return f"/units/{code}"


def standing(children: Sequence[Component], answers: CaseAnswers) -> Component:
    """What stands on the cases, as old as they are."""
    return aged(children, answers.source)


def _officer_rows(answers: CaseAnswers, path: str, opened: str, cases: Sequence[Component]) -> list[HandlerRow]:
    counted_in = answers.wanted.measure
    whole = answers.figures.cases
    rows = []
    for place, figures in answers.officers.items():
        code = place.officer or NOBODY
        is_open = code == opened
        query = answers.wanted.without("unit").address(**({} if is_open else {"open": code}))
        rows.append(
            HandlerRow(
                name=place.officer or UNKNOWN_OFFICER,
                measure=measure_of(figures, counted_in),
                completed_amount=_other_amount(figures, counted_in),
                limits=funnel_limits(whole.completed, whole.enforceable, figures.cases.enforceable)
                if counted_in is CountedIn.CASES
                else None,
                old=answers.old.get(place, 0),
                weeks=tuple(answers.completed_by_week.get(place, [0] * 8)),
                href=f"{path}{query or '?'}",
                is_open=is_open,
                cases=tuple(cases) if is_open else (),
            )
        )
    return sorted(rows, key=lambda row: (row.side < 0, -(row.measure.completion_rate or Decimal(-1)), row.name))


def _unit_rows(answers: CaseAnswers, names: Mapping[str, str]) -> list[HandlerRow]:
    counted_in = answers.wanted.measure
    whole = answers.figures.cases
    old: dict[str, int] = {}
    weeks: dict[str, list[int]] = {}
    for place, number in answers.old.items():
        old[place.unit] = old.get(place.unit, 0) + number
    for place, row in answers.completed_by_week.items():
        weeks[place.unit] = [one + other for one, other in zip(weeks.get(place.unit, [0] * 8), row, strict=True)]
    rows = [
        HandlerRow(
            name=names.get(code, code),
            measure=measure_of(figures, counted_in),
            completed_amount=_other_amount(figures, counted_in),
            limits=funnel_limits(whole.completed, whole.enforceable, figures.cases.enforceable)
            if counted_in is CountedIn.CASES
            else None,
            old=old.get(code, 0),
            weeks=tuple(weeks.get(code, [0] * 8)),
            href=f"{unit_href(code)}{answers.wanted.without('unit').address()}",
        )
        for code, figures in answers.by_unit.items()
        if figures != Figures()
    ]
    return sorted(rows, key=lambda row: (row.side < 0, -(row.measure.completion_rate or Decimal(-1)), row.name))


def _other_amount(figures: Figures, counted_in: CountedIn) -> int:
    """Đồng completed beside việc, việc completed beside đồng."""
    return figures.amount.completed if counted_in is CountedIn.CASES else figures.cases.completed


def _series(answers: CaseAnswers, wanted: CaseFilter, year: StatisticalYear, until: date) -> Points:
    regimes = load_regimes()
    points = completion_series(
        answers.session,
        answers.principal,
        answers.organisation,
        year,
        until,
        lambda day: regime_on(regimes, day),
        wanted.measure,
        wanted,
        years=2,
    )
    return tuple((point.day, point.rate) for point in points if point.rate is not None)


def _clock_note(answers: CaseAnswers) -> str:
    return answers.clocks.note if answers.clocks.is_sample else ""


def _unit_query(wanted: CaseFilter) -> str:
    return f"?unit={wanted.unit}" if wanted.unit else ""


def _months(docketed_on: date, today: date) -> str:
    months = (today.year - docketed_on.year) * 12 + today.month - docketed_on.month - (today.day < docketed_on.day)
    return f"{max(months, 0)} tháng"


def _heading(title: str, note: str) -> Component:
    return html.Div([html.H2(title), html.Small(note)], className="desk-toolbar")


def _billions(dong: int) -> str:
    return text.decimal(Decimal(dong) / text.BILLION, 2)


def _between(parts: Sequence[Component]) -> list[Component | str]:
    joined: list[Component | str] = []
    for part in parts:
        joined += [" · ", part] if joined else [part]
    return joined

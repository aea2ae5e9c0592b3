"""How the answers about cases become the parts of a page: figures, flow, curve, comparison, who handles them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from callbacks.case_answers import CaseAnswers, measure_of
from callbacks.restated_drawing import compared_note, curve_note
from components import format as text
from components.case_flow import flow_drawing
from components.case_kpis import clock_kpi, completion_kpi, enforceable_kpi, kpi_cards, old_kpi
from components.case_map import AreaRow, case_map
from components.completion_curve import Points, curve_between, curve_drawing
from components.desk_parts import aged
from components.unit_dumbbell import DumbbellRow, unit_dumbbell
from data_access.completion_series import completion_series
from data_access.regimes import load_regimes
from domain.case_filters import CaseFilter
from domain.case_flow import FlowDoesNotAddUp, case_flow
from domain.cases import CASE_CLASS_NAMES, CaseClass, regime_on
from domain.deadlines import ClockCounts
from domain.funnel import funnel_limits
from domain.indicators import CountedIn
from domain.statistics import Figures, StatisticalYear, total


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
                None if before is None else measure_of(before, counted_in),
                counted_in,
                wanted.before_words,
                explained(f"enforceable_{counted_in}", wanted),
            ),
            old_kpi(
                sum(answers.old.values()),
                answers.old_before,
                now.cases,
                None if before is None else before.cases,
                wanted.before_words,
                explained("over_twelve_months", wanted),
            ),
        ]
    )


def draw_clocks(answers: CaseAnswers) -> Component:
    """Overdue statutory clocks of the scope, whatever else is asked for."""
    counts = answers.clocks.of(answers.units)
    days = (answers.today - counts.oldest_due).days if counts.oldest_due else 0
    return clock_kpi(counts, days, _clock_note(answers, counts), f"/deadlines{_unit_query(answers.wanted)}")


def draw_flow(answers: CaseAnswers) -> Component:
    """From thụ lý to xong, in việc or đồng; the reason instead where the parts do not add up."""
    counted_in = answers.wanted.measure
    unit = "việc" if counted_in is CountedIn.CASES else "tỷ đồng"
    try:
        flow = case_flow(measure_of(answers.figures, counted_in))
    except FlowDoesNotAddUp:
        words = "Số liệu nguồn mâu thuẫn: có phần nhỏ hơn 0 hoặc các phần không cộng thành tổng. Xem Nguồn dữ liệu."
        return html.Div([_heading("Từ thụ lý đến thi hành xong", unit), html.P(words, className="desk-nothing")])
    written = text.whole if counted_in is CountedIn.CASES else billions
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
    parts = [_heading(title, said), curve_drawing(curve), curve_note(answers), _files(answers, "curve")]
    return html.Div(parts, className="desk-curve")


def draw_compared(answers: CaseAnswers, names: Mapping[str, str]) -> Component:
    """Every unit the person may see, best rate first; the one looked at stands out."""
    counted_in = answers.wanted.measure
    neighbours, before = answers.neighbours, answers.neighbours_before
    whole = measure_of(total(neighbours.values()), counted_in)
    rows: list[DumbbellRow] = []
    for code, figures in neighbours.items():
        if figures == Figures() or code not in names:
            continue
        rate = answers.rate(figures, before.get(code), code, counted_in)
        limits = funnel_limits(whole.completed, whole.enforceable, figures.cases.enforceable)
        # A đồng is not one trial: of tiền the pace alone judges.
        is_beyond = counted_in is CountedIn.AMOUNT or (
            limits is not None and rate.value is not None and limits.side(rate.value) < 0
        )
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
            compared_note(answers),
            _files(answers, "units"),
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


def _clock_note(answers: CaseAnswers, counts: ClockCounts) -> str:
    """What the reader would not expect: sample terms, clocks without a rule, and that clocks run today whatever the
    filter asks for."""
    wanted = answers.wanted
    is_narrowed = wanted.is_of_cases or wanted.kind or answers.period.to_on != answers.today
    parts = ["hôm nay, mọi việc" if is_narrowed else "", counts.note]
    return "; ".join(part for part in parts if part)


def _unit_query(wanted: CaseFilter) -> str:
    return f"?unit={wanted.unit}" if wanted.unit else ""


def _heading(title: str, note: str) -> Component:
    return html.Div([html.H2(title), html.Small(note)], className="desk-toolbar")


def billions(dong: int) -> str:
    return text.decimal(Decimal(dong) / text.BILLION, 2)


def _files(answers: CaseAnswers, chart: str) -> Component:
    """The chart above it as a file that says its title, unit, time and source."""
    address = answers.wanted.address(chart=chart)
    links = [html.A(kind.upper(), href=f"/cases/chart.{kind}{address}", download="") for kind in ("png", "svg")]
    return html.P(["Tải biểu đồ: ", *_between(links)], className="case-explain")


def _between(parts: Sequence[Component]) -> list[Component | str]:
    joined: list[Component | str] = []
    for part in parts:
        joined += [" · ", part] if joined else [part]
    return joined

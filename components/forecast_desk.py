"""Forecast and path on a desk: figures, units beside each other, what more a week would change, the back-test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.desk_parts import desk_figure, desk_figures
from domain.forecast import (
    LEAST_TESTS,
    LEAST_YEARS,
    METHOD_NAMES,
    Forecast,
    ForecastMethod,
    HorizonErrors,
    Verdict,
    VerdictReason,
)
from domain.freshness import SourceFacts
from domain.indicators import CountedIn
from domain.year_path import ForecastFilter, Outlook, WhatIf, YearPath

PATH = "/forecast"
TOO_LITTLE = "chưa đủ số liệu để dự báo"
NO_TARGET = "chưa có chỉ tiêu"
Names = Mapping[str, str]


def forecast_figures(
    outlook: Outlook, counted_in: CountedIn, ends_on: date, source: SourceFacts, sample: bool
) -> Component:
    """Five figures; amber where the target will be missed at this pace."""
    path, forecast = outlook.path, outlook.forecast
    target = NO_TARGET if outlook.target is None else text.percent(outlook.target)
    pace = path.pace if path else None
    return desk_figures(
        [
            desk_figure("Đến nay", _percent(outlook.rate), "xong trên số có điều kiện"),
            desk_figure(
                f"Dự báo {ends_on:%d/%m/%Y}",
                text.UNKNOWN if forecast is None else text.percent(forecast.rate),
                TOO_LITTLE if forecast is None else _bounds_words(forecast),
                is_bad=outlook.falls_short,
            ),
            desk_figure(
                "Chỉ tiêu năm", target, "chỉ tiêu mẫu" if sample and outlook.target is not None else "cả năm thống kê"
            ),
            desk_figure(
                "Cần mỗi tuần",
                _weekly(path, counted_in),
                NO_TARGET if path is None else f"còn {text.decimal(path.weeks_left)} tuần làm việc",
            ),
            desk_figure(
                "8 tuần qua",
                text.UNKNOWN if pace is None else _amount(pace, counted_in),
                "bình quân mỗi tuần",
                is_bad=pace is not None and outlook.is_behind,
            ),
        ],
        source,
    )


def unit_outlooks(outlooks: Sequence[Outlook], names: Names, wanted: ForecastFilter) -> Component:
    """Units beside each other, in the order of the organisation; a unit without a target says so."""
    heads = ("Đơn vị", "Đến nay", "Dự báo cuối năm", "Chỉ tiêu", "Còn phải xong", "Cần mỗi tuần", "8 tuần qua")
    rows = [_unit_row(each, names, wanted) for each in outlooks]
    head = [html.Th(words, className="desk-number" if place else None) for place, words in enumerate(heads)]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="desk-table")


def more_words(wanted: ForecastFilter) -> str:
    """So much more a week: '20 việc', '1,5 tỷ'."""
    return _amount(Decimal(wanted.more_a_week), wanted.counted_in, 0)


def what_if_words(outlook: Outlook, found: WhatIf | None, wanted: ForecastFilter, ends_on: date) -> Component:
    """The year's end and the day of the target with so many việc, or so much money, a week more."""
    path, counted_in = outlook.path, wanted.counted_in
    if path is None:
        return html.P(f"{NO_TARGET.capitalize()}, nên chưa có đường tới chỉ tiêu.", className="desk-nothing")
    if found is None or found.rate is None:
        return html.P("Chưa đủ tám tuần số liệu để tính kịch bản.", className="desk-nothing")
    reached = (
        "Đã đạt chỉ tiêu"
        if path.needed == 0
        else f"Đạt chỉ tiêu ngày {text.day(found.reached_on)}"
        if found.reached_on
        else f"Chưa đạt chỉ tiêu trước {text.day(ends_on)}"
    )
    expected = "giữ như hôm nay" if path.is_today else "tăng như năm trước"
    return html.Div(
        [
            html.P(
                [
                    f"Thêm {more_words(wanted)} mỗi tuần: " if wanted.more else "Giữ nhịp 8 tuần qua: ",
                    html.B(f"{_amount(found.weekly, counted_in)} mỗi tuần"),
                    ", cuối năm ",
                    html.B(text.percent(found.rate)),
                    ". ",
                    html.B(f"{reached}.", className=None if found.reached_on or path.needed == 0 else "is-bad"),
                ]
            ),
            html.P(
                f"Số có điều kiện cuối năm {expected}: {_amount(Decimal(path.expected), counted_in, 0)}; "
                f"còn phải xong {_amount(Decimal(path.needed), counted_in, 0)}.",
                className="desk-hint",
            ),
            html.P(
                "Dự báo đi theo dáng đường của năm trước, kịch bản giữ nguyên nhịp tuần: hai số có thể khác nhau.",
                className="desk-hint",
            ),
        ],
        className="forecast-if",
    )


def verdict_words(verdict: Verdict, months: int, years: int) -> Component:
    """Which method ships and why, and why there is no interval."""
    here = verdict.here
    if verdict.reason is VerdictReason.TOO_FEW:
        number = here.number if here else 0
        why = f"chưa đủ lần đối chiếu ở tầm {months} tháng ({number}, cần {LEAST_TESTS}), nên dùng phương pháp nền"
    else:
        word = "sai ít hơn" if verdict.reason is VerdictReason.BETTER else "không sai ít hơn"
        why = f"ở tầm {months} tháng và trên mọi tầm, phương pháp thu về {word} phương pháp nền"
    said = [html.P([html.B(f"Đang dùng: {METHOD_NAMES[verdict.method]}"), f"; {why}."])]
    if years < LEAST_YEARS:
        said.append(html.P(f"Chưa nêu khoảng dự báo: mới có {years} năm để đối chiếu, cần ít nhất {LEAST_YEARS} năm."))
    else:
        said.append(html.P("Khoảng dự báo chứa 8 trên 10 lần sai số đã gặp ở tầm này, của các đơn vị và toàn tỉnh."))
    return html.Div(said, className="deadline-notes")


def back_test_table(horizons: Sequence[HorizonErrors]) -> Component:
    """Mean absolute errors in points of both methods, by horizon; the smaller one is bold."""
    if not horizons:
        words = "Chưa có năm nào trước đó để đối chiếu: cần số liệu của hai năm liền nhau."
        return html.P(words, className="desk-nothing")
    heads = ("Tầm, tháng", "Số lần", "Số năm", "Sai số nền, điểm", "Sai số thu về, điểm")
    rows = []
    for one in horizons:
        least = min(one.mean_errors.values())
        errors = [
            html.Td(
                html.B(text.decimal(value, 2)) if value == least else text.decimal(value, 2), className="desk-number"
            )
            for value in (one.mean_errors[method] for method in ForecastMethod)
        ]
        numbers = [html.Td(text.whole(value), className="desk-number") for value in (one.months, one.number, one.years)]
        rows.append(html.Tr([*numbers, *errors]))
    head = [html.Th(words, className="desk-number") for words in heads]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="desk-table")


def _unit_row(each: Outlook, names: Names, wanted: ForecastFilter) -> Component:
    path, counted_in = each.path, wanted.counted_in
    address = ForecastFilter(each.code, counted_in, wanted.more).address()
    forecast = TOO_LITTLE if each.forecast is None else text.percent(each.forecast.rate)
    bounds = each.forecast.bounds if each.forecast else None
    pace = path.pace if path else None
    cells = [
        html.Td(_percent(each.rate), className="desk-number"),
        html.Td(
            [forecast, html.Small(f" {_between(bounds)}", className="desk-faint") if bounds else None],
            className="desk-number is-bad" if each.falls_short else "desk-number",
        ),
        html.Td(NO_TARGET if each.target is None else text.percent(each.target), className="desk-number"),
        html.Td(
            text.UNKNOWN if path is None else _amount(Decimal(path.needed), counted_in, 0), className="desk-number"
        ),
        html.Td(_weekly(path, counted_in), className="desk-number"),
        html.Td(
            text.UNKNOWN if pace is None else _amount(pace, counted_in),
            className="desk-number is-bad" if pace is not None and each.is_behind else "desk-number",
        ),
    ]
    name = html.Td(dcc.Link(names.get(each.code, each.code), href=f"{PATH}{address}"))
    return html.Tr([name, *cells], className="is-chosen" if each.code == wanted.unit else None)


def _weekly(path: YearPath | None, counted_in: CountedIn) -> str:
    if path is None:
        return text.UNKNOWN
    if path.needed == 0:
        return "đã đạt"
    return "hết tuần" if path.per_week is None else _amount(path.per_week, counted_in)


def _amount(value: Decimal, counted_in: CountedIn, places: int = 1) -> str:
    return text.money(int(value)) if counted_in is CountedIn.AMOUNT else f"{text.decimal(value, places)} việc"


def _percent(rate: Decimal | None) -> str:
    return text.UNKNOWN if rate is None else text.percent(rate)


def _bounds_words(forecast: Forecast) -> str:
    return "chưa đủ năm để nêu khoảng" if forecast.bounds is None else f"khoảng {_between(forecast.bounds)}"


def _between(bounds: tuple[Decimal, Decimal] | None) -> str:
    return "" if bounds is None else f"{text.decimal(bounds[0])}–{text.percent(bounds[1])}"

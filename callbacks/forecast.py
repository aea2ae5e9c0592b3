"""The year's end on /forecast: reckoned from the counters when opened, when cases change and when the slider moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.desk_parts import unknown_yet
from components.forecast_chart import ForecastLines, forecast_chart
from components.forecast_desk import (
    TOO_LITTLE,
    back_test_table,
    forecast_figures,
    unit_outlooks,
    verdict_words,
    what_if_words,
)
from data_access.completion_progress import Progress, progress_by_unit
from data_access.regimes import load_regimes
from data_access.sources import source_by_name
from data_access.working_days import load_working_calendar
from domain.cases import regime_on
from domain.forecast import (
    PastForecast,
    Verdict,
    YearCurve,
    back_test,
    horizons_of,
    months_until,
    recorded_money,
    verdict_of,
    years_behind,
)
from domain.indicators import CountedIn
from domain.local_time import local_day
from domain.permissions import Permission
from domain.statistics import StatisticalYear
from domain.year_path import MOST_MORE, ForecastFilter, Outlook, outlook, what_if

EVERY = "*"
WHOLE = ""
SAMPLE = "Dữ liệu mẫu"


@dataclass(frozen=True, slots=True)
class _Told:
    """All series of one measure with the back-test over them."""

    series: dict[str, list[YearCurve]]
    tests: list[PastForecast]
    verdict: Verdict
    months: int

    @classmethod
    def of(cls, series: dict[str, list[YearCurve]], today: date) -> _Told:
        months, tests = months_until(today, StatisticalYear.of(today).last_on), back_test(series)
        return cls(series, tests, verdict_of(tests, months), months)

    def outlook(self, code: str, counted_in: CountedIn, today: date) -> Outlook:
        target = _target(code, counted_in, today)[0]
        told = (self.tests, self.verdict)
        return outlook(code, self.series[code], told, target, load_working_calendar())


@callback(Output(ids.FORECAST_UNIT, "options"), Input(ids.FORECAST_FILTER, "data"))
@policy(Permission.SEE_CASES)
def offer_forecast_units(_filter: object) -> list[dict[str, str]]:
    """The units the person may see; the whole means all of them."""
    whole = "Toàn tỉnh" if asking().unit is None else "Đơn vị của tôi"
    return options_of([(EVERY, whole), *own_unit_choices()])


@callback(
    Output(ids.FORECAST_ADDRESS, "search"),
    Input(ids.FORECAST_UNIT, "value"),
    Input(ids.FORECAST_MEASURE, "value"),
    State(ids.FORECAST_MORE, "value"),
    State(ids.FORECAST_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def on_forecast_filter(unit: object, counted_in: object, more: object, known: object) -> Any:
    """Another filter is another address; what the slider says goes with it."""
    values = {"unit": plain_text(unit).replace(EVERY, ""), "in": plain_text(counted_in)}
    wanted = replace(ForecastFilter.from_address(values), more=_more(more))
    before = _wanted(known)
    return no_update if replace(wanted, more=before.more) == before else wanted.address()


@callback(
    Output(ids.FORECAST_FIGURES, "children"),
    Output(ids.FORECAST_CHART, "children"),
    Output(ids.FORECAST_WHAT_IF, "children"),
    Output(ids.FORECAST_UNITS, "children"),
    Output(ids.FORECAST_BACK_TEST, "children"),
    changed("cases"),
    changed("alarm_rules"),
    Input(ids.FORECAST_FILTER, "data"),
    Input(ids.FORECAST_MORE, "value"),
)
@policy(Permission.SEE_CASES)
def draw_forecast(_version: object, _rules: object, known: object, more: object) -> tuple[Component, ...]:
    """Figures, chart, scenario, units and back-test of what the address asks for."""
    today = local_day(now())
    wanted = replace(_wanted(known), more=_more(more))
    with site().database.reading() as session:
        source = source_by_name(session, "cases")
        if source.as_of_at is None:
            return tuple(unknown_yet(source) for _ in range(5))
        by_unit, whole = progress_by_unit(session, asking(), site().organisation, today, _regime_of)
    wanted = wanted if wanted.unit in by_unit else replace(wanted, unit=WHOLE)
    all_series = {**by_unit, WHOLE: whole}
    told = _Told.of(_series(all_series, wanted.counted_in), today)
    chosen = told.outlook(wanted.unit, wanted.counted_in, today)
    ends_on = StatisticalYear.of(today).last_on
    is_sample = _target(wanted.unit, wanted.counted_in, today)[1]
    scenario = chosen
    if wanted.counted_in is CountedIn.AMOUNT:
        # The slider speaks of việc, whatever the page counts in.
        scenario = _Told.of(_series({wanted.unit: all_series[wanted.unit]}, CountedIn.CASES), today).outlook(
            wanted.unit, CountedIn.CASES, today
        )
    found = what_if(scenario.path, wanted.more, today, ends_on, load_working_calendar()) if scenario.path else None
    shown_rate = found.rate if found is not None and wanted.counted_in is CountedIn.CASES else None
    return (
        forecast_figures(chosen, wanted.counted_in, ends_on, source, is_sample),
        _chart(told.series[wanted.unit], chosen, shown_rate, wanted.more),
        what_if_words(scenario, found, wanted.more, ends_on),
        unit_outlooks([told.outlook(code, wanted.counted_in, today) for code in by_unit], short_unit_names(), wanted),
        html.Div(
            [
                verdict_words(told.verdict, told.months, years_behind(told.tests, told.months)),
                back_test_table(horizons_of(told.tests)),
            ],
            className="desk-stack",
        ),
    )


def _series(all_series: dict[str, Progress], counted_in: CountedIn) -> dict[str, list[YearCurve]]:
    if counted_in is CountedIn.CASES:
        return {code: list(each.cases) for code, each in all_series.items()}
    return {code: recorded_money(each.cases, each.amount) for code, each in all_series.items()}


def _chart(curves: Sequence[YearCurve], chosen: Outlook, what_if_rate: Decimal | None, more: int) -> Component:
    this_year = [(each.day, each.rate) for each in curves[-1].days] if curves else []
    rates = [(day, rate) for day, rate in this_year if rate is not None]
    if not rates:
        return html.P(f"{TOO_LITTLE.capitalize()}.", className="desk-nothing")
    year = curves[-1].year
    last_year = [curve for curve in curves[:-1] if curve.year.year == year.year - 1]
    shift = year.first_on - last_year[0].year.first_on if last_year else None
    before = [(each.day + shift, each.rate) for each in last_year[0].days] if shift is not None else []
    lines = ForecastLines(
        begins_on=year.first_on,
        ends_on=year.last_on,
        this_year=rates,
        last_year=[(min(day, year.last_on), rate) for day, rate in before if rate is not None],
        forecast=chosen.forecast,
        target=chosen.target,
        what_if=what_if_rate,
        more=more,
    )
    return forecast_chart(lines)


def _target(code: str, counted_in: CountedIn, today: date) -> tuple[Decimal | None, bool]:
    """The annual target of a unit or of all, and whether it is a sample."""
    organisation = site().organisation
    root = organisation.root_on(today)
    unit = code or asking().unit or (root.code if root else "")
    found = organisation.target(unit, StatisticalYear.of(today).year, counted_in.value, today)
    return (None, False) if found is None else (found.value, found.status == SAMPLE)


def _regime_of(day: date) -> Any:
    return regime_on(load_regimes(), day)


def _more(value: object) -> int:
    return min(max(int(value), 0), MOST_MORE) if isinstance(value, int | float) else 0


def _wanted(known: object) -> ForecastFilter:
    return ForecastFilter.from_address(dict(parse_qsl(said(known, "query").removeprefix("?"))))

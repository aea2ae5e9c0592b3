"""The year's end on /forecast: reckoned from the counters when opened, when cases change and when the slider moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.desk_parts import unfed_face
from components.forecast_chart import ForecastLines, forecast_chart
from components.forecast_desk import (
    TOO_LITTLE,
    back_test_table,
    forecast_figures,
    more_words,
    unit_outlooks,
    verdict_words,
    what_if_words,
)
from data_access.sources import source_by_name
from data_access.working_days import load_working_calendar
from data_access.year_outlooks import WHOLE, progress_known, year_outlooks
from domain.forecast import YearCurve, horizons_of, years_behind
from domain.local_time import local_day
from domain.permissions import Permission
from domain.statistics import StatisticalYear
from domain.year_path import MOST_MORE, ForecastFilter, Outlook, what_if

EVERY = "*"


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
    """Another filter is another address; what the slider says goes with it, unless it would mean something else."""
    values = {"unit": plain_text(unit).replace(EVERY, ""), "in": plain_text(counted_in)}
    before, wanted = _wanted(known), ForecastFilter.from_address(values)
    wanted = replace(wanted, more=_more(more) if wanted.counted_in is before.counted_in else 0)
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
def draw_forecast(_version: object, _rules: object, asked: object, more: object) -> tuple[Component | str, ...]:
    """Figures, chart, scenario, units and back-test of what the address asks for."""
    today = local_day(now())
    wanted = replace(_wanted(asked), more=_more(more))
    with site().database.reading() as session:
        source = source_by_name(session, "cases")
        if source.as_of_at is None:
            return (unfed_face(source, "forecast"), *("" for _ in range(4)))
        known = progress_known(session, asking(), site().organisation, today)
    wanted = wanted if wanted.unit in known else replace(wanted, unit=WHOLE)
    told = year_outlooks(known, asking(), site().organisation, wanted.counted_in, today)
    chosen = told.of(wanted.unit)
    ends_on = StatisticalYear.of(today).last_on
    calendar = load_working_calendar()
    found = what_if(chosen.path, wanted.more_a_week, today, ends_on, calendar) if chosen.path else None
    return (
        forecast_figures(chosen, wanted.counted_in, ends_on, source, told.has_sample_target(wanted.unit)),
        _chart(told.series[wanted.unit], chosen, None if found is None else found.rate, wanted),
        what_if_words(chosen, found, wanted, ends_on),
        unit_outlooks([told.of(code) for code in told.units], short_unit_names(), wanted),
        html.Div(
            [
                verdict_words(told.verdict, told.months, years_behind(told.tests, told.months)),
                back_test_table(horizons_of(told.tests)),
            ],
            className="desk-stack",
        ),
    )


def _chart(
    curves: Sequence[YearCurve], chosen: Outlook, what_if_rate: Decimal | None, wanted: ForecastFilter
) -> Component:
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
        more=more_words(wanted) if wanted.more else "",
    )
    return forecast_chart(lines)


def _more(value: object) -> int:
    return min(max(int(value), 0), MOST_MORE) if isinstance(value, int | float) else 0


def _wanted(known: object) -> ForecastFilter:
    return ForecastFilter.from_address(dict(parse_qsl(said(known, "query").removeprefix("?"))))

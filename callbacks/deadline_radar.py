"""Running clocks on /deadlines: the address is the filter; all is drawn from it and from the newest version.

The dated terms themselves are entered on /alarm-rules (callbacks/deadlines.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.deadline_radar import clock_table, due_month, radar_figures, radar_notes, unit_times
from components.desk_parts import unfed_face
from data_access.cases import clocks_listed, running_clocks
from data_access.deadlines import deadline_rules
from data_access.limits import wall_limits_in_force
from data_access.sources import source_by_name
from data_access.working_days import load_working_calendar
from domain.deadline_radar import (
    ClockFilter,
    RadarDays,
    due_by_day,
    times_by_unit,
    times_of,
    years_without_holidays,
)
from domain.local_time import local_day
from domain.permissions import Permission

EVERY = "*"


@callback(Output(ids.RADAR_UNIT, "options"), Input(ids.RADAR_FILTER, "data"))
@policy(Permission.SEE_CASES)
def offer_radar_units(_filter: object) -> list[dict[str, str]]:
    """The units the person may see."""
    return options_of([(EVERY, "Mọi đơn vị"), *own_unit_choices()])


@callback(
    Output(ids.RADAR_ADDRESS, "search"),
    Input(ids.RADAR_UNIT, "value"),
    Input(ids.RADAR_CLOCK, "value"),
    Input(ids.RADAR_WINDOW, "value"),
    State(ids.RADAR_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def on_radar_filter(unit: object, clock: object, window: object, known: object) -> Any:
    """Another filter is another address, from its first page; day, month, officer and order stay."""
    chosen = {"unit": unit, "clock": clock, "window": window}
    values = {name: plain_text(value).replace(EVERY, "") for name, value in chosen.items()}
    asked, before = ClockFilter.from_address(values), _wanted(known)
    wanted = before.turned(unit=asked.unit, clock=asked.clock, window=asked.window)
    return no_update if replace(wanted, page=before.page) == before else wanted.address()


@callback(
    Output(ids.RADAR_FIGURES, "children"),
    Output(ids.RADAR_MONTH, "children"),
    Output(ids.RADAR_UNITS, "children"),
    Output(ids.RADAR_LIST, "children"),
    changed("cases"),
    changed("alarm_rules"),
    Input(ids.RADAR_FILTER, "data"),
)
@policy(Permission.SEE_CASES)
def draw_radar(_version: object, _rules: object, known: object) -> tuple[Component | str, ...]:
    """Figures, month, units and one page of the list, all of one reading."""
    wanted, today, calendar = _wanted(known), local_day(now()), load_working_calendar()
    asked = (asking(), site().organisation)
    with site().database.reading() as session:
        source = source_by_name(session, "cases")
        if source.as_of_at is None:
            return (unfed_face(source, "deadlines"), *("" for _ in range(3)))
        rules = deadline_rules(session, site().is_sample)
        soon = wall_limits_in_force(session, today).deadline_soon
        days = RadarDays.of(today, soon, calendar)
        clocks = running_clocks(session, *asked, rules, wanted, days)
        rows = clocks_listed(session, *asked, clocks, wanted, days)
    names = short_unit_names()
    chosen = clocks.chosen(wanted, days)
    of_units = [group for group in clocks.groups if replace(wanted, window=ClockFilter().window).admits(group, days)]
    by_day = due_by_day(clocks, wanted, days)
    shown = [today, days.soon_until, wanted.shown_month(today), *(group.due_on for group in clocks.groups)]
    figures = html.Div(
        [
            radar_figures(times_of(of_units, days), days, soon, source),
            radar_notes(clocks, years_without_holidays(calendar, shown)),
        ],
        className="desk-stack",
    )
    return (
        figures,
        due_month(by_day, wanted, today, calendar),
        unit_times(times_by_unit(clocks, wanted), names, wanted),
        clock_table(rows, sum(group.count for group in chosen), names, wanted, today, clocks.sample_clocks),
    )


def _wanted(known: object) -> ClockFilter:
    return ClockFilter.from_address(dict(parse_qsl(said(known, "query").removeprefix("?"))))

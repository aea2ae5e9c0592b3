"""The agenda on /agenda: the next ninety days of whoever asks; a leader enters days and takes them back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.edit_agenda import EntryRefused, enter_day, withdraw_day
from callbacks.asking import asking, now, options_of, plain_text, said, short_unit_names, site, unit_choices
from callbacks.pulse import changed
from components import ids
from components.agenda import agenda_table
from data_access.agenda import agenda_between
from data_access.scope import NotFound
from data_access.working_days import load_working_calendar
from domain.local_time import local_day
from domain.permissions import Permission

AHEAD = timedelta(days=90)
EVERY = "all"


@callback(
    Output(ids.AGENDA_LIST, "children"),
    changed("agenda"),
    changed("observations"),
    changed("programme"),
    Input(ids.AGENDA_FILTER, "data"),
)
@policy(Permission.SEE_AGENDA)
def draw_agenda(_version: object, _figures: object, _pledges: object, _known: object) -> Component:
    """What falls due for the person from today on."""
    today = local_day(now())
    with site().database.reading() as session:
        items = agenda_between(session, asking(), (today, today + AHEAD))
    calendar = load_working_calendar()
    missing = [year for year in sorted({today.year, (today + AHEAD).year}) if not calendar.has_holidays_of(year)]
    return agenda_table(items, short_unit_names(), today, asking().may(Permission.EDIT_AGENDA), missing)


@callback(Output(ids.AGENDA_UNIT, "options"), Input(ids.AGENDA_FILTER, "data"))
@policy(Permission.EDIT_AGENDA)
def offer_agenda_units(_known: object) -> list[dict[str, str]]:
    """Every unit, and all of them."""
    return options_of([(EVERY, "Mọi đơn vị"), *unit_choices()])


@callback(
    Output(ids.AGENDA_DONE, "children"),
    Input(ids.AGENDA_ENTER, "n_clicks"),
    State(ids.AGENDA_TITLE, "value"),
    State(ids.AGENDA_DAY, "value"),
    State(ids.AGENDA_ROLE, "value"),
    State(ids.AGENDA_UNIT, "value"),
    State(ids.AGENDA_BASIS, "value"),
    prevent_initial_call=True,
)
@policy(Permission.EDIT_AGENDA)
def on_day_entered(clicks: object, *typed: object) -> Any:
    """Enter the day that was typed."""
    if not clicks:
        return no_update
    title, on, role, unit, basis = (plain_text(value) for value in typed)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return _bad("Chọn ngày.")
    whose, where = ("" if value == EVERY else value for value in (role, unit))
    units = tuple(code for code, _ in unit_choices())
    try:
        item = enter_day(site().database, asking(), day, title, whose, where, units, basis, now())
    except EntryRefused as refused:
        return _bad(str(refused))
    return _good(f"Đã ghi «{item.title}» ngày {item.on:%d/%m/%Y}.")


@callback(
    Output(ids.AGENDA_WITHDRAWN, "children"),
    Input(ids.AGENDA_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.EDIT_AGENDA)
def on_day_withdrawn(pressed: object) -> Component:
    """Take back the day whose button was pressed; its row goes."""
    try:
        withdraw_day(site().database, asking(), said(pressed, "item"), now())
    except NotFound:
        return _bad("Ngày này đã được bỏ.")
    return _good("Đã bỏ.")


def _good(words: str) -> Component:
    return html.P(f"{words} Có ghi nhật ký.", className="desk-verdict desk-verdict--whole", role="status")


def _bad(words: str) -> Component:
    return html.P(words, className="desk-failure", role="alert")

"""The filters of the pages of cases: what they offer, and how another choice becomes another address."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, ctx, no_update
from dash.development.base_component import Component

from access.policy import policy
from callbacks import case_drawing as drawing
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, site, unit_name
from callbacks.case_wishes import said_by, wanted_of
from components import ids
from components.filter_chips import FilterChip, filter_chips
from data_access.cases import officer_codes
from data_access.scope import NotFound
from domain.case_filters import NOBODY, NOBODY_NAME, CaseFilter, periods_offered
from domain.indicators import CATALOGUE
from domain.local_time import local_day
from domain.permissions import Permission

EVERY = "*"
OTHER_DAYS = "days"


@callback(
    Output(ids.CASES_PERIOD, "options"),
    Output(ids.CASES_PERIOD, "value"),
    Output(ids.CASES_UNIT, "options"),
    Output(ids.CASES_OFFICER, "options"),
    Output(ids.CASES_AREA, "options"),
    Input(ids.CASES_FILTER, "data"),
)
@policy(Permission.SEE_CASES)
def offer_filters(known: object) -> tuple[Any, ...]:
    """Periods by name, the units the person may see, officers of the unit asked for, areas of today."""
    wanted, today = wanted_of(known), local_day(now())
    periods = periods_offered(today)
    offered = [(f"{each.begins}|{each.ends}", each.words) for each in periods] + [(OTHER_DAYS, "Từ ngày đến ngày")]
    asked = f"{wanted.begins}|{wanted.ends}"
    officers: list[tuple[str, str]] = []
    if wanted.unit or asking().unit:
        with site().database.reading() as session:
            try:
                codes = officer_codes(session, asking(), site().organisation, wanted.unit, today)
            except NotFound:
                codes = []
        officers = [*((code, code) for code in codes), (NOBODY, NOBODY_NAME)]
    areas = [(area.code, area.name) for area in site().organisation.areas_on(today)]
    return (
        options_of(offered),
        asked if asked in dict(offered) else OTHER_DAYS,
        options_of([(EVERY, "Mọi đơn vị"), *own_unit_choices()]),
        options_of([(EVERY, "Mọi người"), *officers]),
        options_of([(EVERY, "Mọi địa bàn"), *areas]),
    )


@callback(Output(ids.CASES_CHIPS, "children"), Input(ids.CASES_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_chips(known: object) -> Component | str:
    """What the address asks for, each part with the address without it."""
    wanted, here = wanted_of(known), site().organisation
    shown = wanted.without("unit") if said(known, "unit") else wanted
    unit = [("unit", unit_name(shown.unit))] if shown.unit else []
    parts = [*unit, *_days(shown), *shown.parts({area.code: area.name for area in here.areas}).items()]
    if shown.figure:
        parts.append(
            ("figure", f"danh sách: {CATALOGUE[f'{shown.figure}_cases'].name.removesuffix(' về việc').lower()}")
        )
    if shown.is_against_previous:
        parts.append(("against", "so kỳ liền trước"))
    fields = {"unit": ("unit", "officer"), "days": ("begins", "ends")}
    chips = [FilterChip(words, _address(wanted.without(*fields.get(name, (name,))), known)) for name, words in parts]
    bare = CaseFilter(unit=wanted.unit if said(known, "unit") else "", counted_in=wanted.counted_in)
    return filter_chips(chips, _address(bare, known))


def _days(wanted: CaseFilter) -> list[tuple[str, str]]:
    if not (wanted.begins or wanted.ends):
        return []
    period = wanted.period(local_day(now()))
    return [("days", f"{period.from_on:%d/%m/%Y} – {period.to_on:%d/%m/%Y}")]


@callback(
    Output(ids.CASES_ADDRESS, "href"),
    Input(ids.CASES_PERIOD, "value"),
    Input(ids.CASES_BEGINS, "value"),
    Input(ids.CASES_ENDS, "value"),
    Input(ids.CASES_UNIT, "value"),
    Input(ids.CASES_OFFICER, "value"),
    Input(ids.CASES_KIND, "value"),
    Input(ids.CASES_TYPE, "value"),
    Input(ids.CASES_BAND, "value"),
    Input(ids.CASES_CLASS, "value"),
    Input(ids.CASES_AREA, "value"),
    Input(ids.CASES_AGE, "value"),
    Input(ids.CASES_GROUP, "value"),
    Input(ids.CASES_FIGURE, "value"),
    Input(ids.CASES_AGAINST, "value"),
    State(ids.CASES_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def on_filter(*values: object) -> Any:
    """Another filter is another address; another unit on a unit's page is that unit's page."""
    known = values[-1]
    before, chosen = wanted_of(known), ctx.triggered_id
    names = {
        ids.CASES_UNIT: "unit",
        ids.CASES_OFFICER: "officer",
        ids.CASES_KIND: "kind",
        ids.CASES_TYPE: "case_type",
        ids.CASES_BAND: "band",
        ids.CASES_CLASS: "case_class",
        ids.CASES_AREA: "area",
        ids.CASES_AGE: "age",
        ids.CASES_GROUP: "group",
        ids.CASES_FIGURE: "figure",
        ids.CASES_AGAINST: "against",
        ids.CASES_BEGINS: "begins",
        ids.CASES_ENDS: "ends",
    }
    value = plain_text(ctx.triggered[0]["value"]).replace(EVERY, "")
    if chosen == ids.CASES_PERIOD:
        if value == OTHER_DAYS or "|" not in value:
            return no_update
        begins, _, ends = value.partition("|")
        changes = {"begins": begins, "ends": ends}
    elif chosen in names:
        changes = {names[chosen]: value}
    else:
        return no_update
    if "unit" in changes and changes["unit"] != before.unit:
        changes["officer"] = ""
    after = CaseFilter.from_address({**said_by(before), **changes})
    return no_update if after == before else _address(after, known)


def _address(wanted: CaseFilter, known: object) -> str:
    """The whole address of a filter: on a unit's page the unit is the path."""
    unit = said(known, "unit")
    if unit and wanted.unit:
        return f"{drawing.unit_href(wanted.unit)}{wanted.without('unit').address()}"
    if unit:
        return f"/cases{wanted.address()}"
    return f"{said(known, 'path') or '/cases'}{wanted.address()}"

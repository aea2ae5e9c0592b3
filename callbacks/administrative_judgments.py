"""Administrative judgments on /administrative-judgments: the address says unit, year, list and judgment."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import Options, asking, now, options_of, own_unit_choices, plain_text, said, site
from callbacks.pulse import changed
from components import ids
from components.administrative_judgment_desk import (
    PATH,
    JudgmentRow,
    UnitLine,
    judgment_card,
    judgment_figures,
    judgment_flow,
    judgment_table,
    unit_lines,
)
from components.desk_parts import unfed_face, unknown_yet
from data_access.administrative_judgments import JudgmentYear, judgment_by_public_id, judgment_year
from data_access.deadlines import deadline_rules
from data_access.scope import NotFound
from data_access.sources import source_by_name
from data_access.statistical_form import unit_name_on
from data_access.working_days import load_working_calendar
from domain.administrative_judgments import JudgmentFilter, standings, years_offered
from domain.freshness import SourceFacts
from domain.local_time import local_day
from domain.permissions import Permission

EVERY = "*"
SOURCE = "administrative_judgments"
ELSEWHERE = "Không có bản án này trong phạm vi của bạn."
FILES = (
    ("Xuất danh sách", "export.xlsx"),
    ("Biểu Excel", "form.xlsx"),
    ("Biểu Word", "form.docx"),
    ("Biểu PDF", "form.pdf"),
)


@callback(
    Output(ids.JUDGMENTS_UNIT, "options"),
    Output(ids.JUDGMENTS_YEAR, "options"),
    Output(ids.JUDGMENTS_YEAR, "value"),
    Output(ids.JUDGMENTS_EXPORTS, "children"),
    Input(ids.JUDGMENTS_FILTER, "data"),
)
@policy(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
def offer_judgment_filters(known: object) -> tuple[Options, Options, str, list[Component]]:
    """The units the person may see, the years there may be, and the files of what is shown."""
    wanted, today = _wanted(known), local_day(now())
    whole = "Toàn tỉnh" if asking().unit is None else "Đơn vị của tôi"
    years = [(str(year), f"Năm {year} (1/10/{year - 1} – 30/9/{year})") for year in years_offered(today)]
    files: list[Component] = [
        html.A(words, href=f"{PATH}/{name}{wanted.address()}", className="desk-button") for words, name in FILES
    ]
    units = options_of([(EVERY, whole), *own_unit_choices()])
    return units, options_of(years), str(wanted.year_on(today).year), files


@callback(
    Output(ids.JUDGMENTS_ADDRESS, "search"),
    Input(ids.JUDGMENTS_UNIT, "value"),
    Input(ids.JUDGMENTS_YEAR, "value"),
    Input(ids.JUDGMENTS_SHOWING, "value"),
    State(ids.JUDGMENTS_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
def on_judgment_filter(unit: object, year: object, showing: object, known: object) -> Any:
    """Another filter is another address; the running year goes without saying."""
    today, had = local_day(now()), _wanted(known)
    chosen = plain_text(year)
    values = {
        "unit": plain_text(unit).replace(EVERY, ""),
        "year": "" if chosen == str(years_offered(today)[0]) else chosen,
        "showing": plain_text(showing),
    }
    wanted = JudgmentFilter.from_address(values)
    same = (wanted.unit, wanted.year_on(today), wanted.showing) == (had.unit, had.year_on(today), had.showing)
    return no_update if same else wanted.address()


@callback(
    Output(ids.JUDGMENTS_FIGURES, "children"),
    Output(ids.JUDGMENTS_ONE, "children"),
    Output(ids.JUDGMENTS_FLOW, "children"),
    Output(ids.JUDGMENTS_TABLE, "children"),
    Output(ids.JUDGMENTS_LIST, "children"),
    changed(SOURCE),
    changed("alarm_rules"),
    changed("sources"),
    Input(ids.JUDGMENTS_FILTER, "data"),
)
@policy(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
def draw_judgments(_version: object, _rules: object, _sources: object, known: object) -> tuple[Component | str, ...]:
    """Figures, the judgment of the address, the flow, the units and the list of what the address asks for."""
    wanted, today = _wanted(known), local_day(now())
    day = wanted.day_on(today)
    with site().database.reading() as session:
        source = source_by_name(session, SOURCE)
        if source.as_of_at is None:
            return (unfed_face(source, SOURCE.replace("_", "-")), *("" for _ in range(4)))
        asked = (session, asking(), site().organisation, wanted.year_on(today), day, site().is_sample)
        found = judgment_year(*asked)
    whole = _line(found, "", "Cộng")
    chosen = _line(found, wanted.unit, "") if wanted.unit else whole
    names = {unit: unit_name_on(site().organisation, unit, day) for unit in found.units}
    lines = [_line(found, unit, names[unit]) for unit in found.units]
    nothing = unknown_yet(source) if chosen.counts is None else None
    return (
        nothing or judgment_figures(chosen, found.unknown_of(wanted.unit), source),
        _one(said(known, "judgment"), wanted, names),
        nothing or _flow(chosen, source),
        unit_lines(lines, whole, wanted, source),
        judgment_table(_rows(found, wanted), names, _href(wanted, said(known, "judgment")), day, source),
    )


def _flow(line: UnitLine, source: SourceFacts) -> Component:
    assert line.counts is not None
    return judgment_flow(line.counts, source)


def _line(found: JudgmentYear, unit: str, name: str) -> UnitLine:
    return UnitLine(name, unit, found.counts_of(unit), found.overdue_of(unit), found.last_year_of(unit))


def _rows(found: JudgmentYear, wanted: JudgmentFilter) -> list[JudgmentRow]:
    return [
        JudgmentRow(each.standing, _href(wanted, each.public_id))
        for each in found.listed
        if wanted.admits(each.standing, found.day)
    ]


def _href(wanted: JudgmentFilter, public_id: str) -> str:
    return f"{PATH}{wanted.address(judgment=public_id)}"


def _one(public_id: str, wanted: JudgmentFilter, names: dict[str, str]) -> Component | str:
    if not public_id:
        return ""
    day = wanted.day_on(local_day(now()))
    try:
        with site().database.reading() as session:
            judgment, stated_at = judgment_by_public_id(session, asking(), site().organisation, public_id, day)
            rules = deadline_rules(session, site().is_sample)
    except NotFound:
        return html.P(ELSEWHERE, className="desk-nothing")
    found = standings([judgment], rules, load_working_calendar(), day)
    if not found:
        return html.P("Bản án này vào sổ sau năm đang xem.", className="desk-nothing")
    return judgment_card(found[0], names, day, stated_at, f"{PATH}{wanted.address()}")


def _wanted(known: object) -> JudgmentFilter:
    return JudgmentFilter.from_address(dict(parse_qsl(said(known, "query").removeprefix("?"))))

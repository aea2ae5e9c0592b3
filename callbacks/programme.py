"""The scoreboard of pledges on /programme; targets are decided here, from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from access.policy import policy
from actions.keep_pledges import TargetRefused, decide_target
from callbacks.asking import asking, now, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.programme import pledge_counts, pledge_facts, pledge_table, pledge_units, target_words
from data_access.pledge_evidence import EvidenceQuestions
from data_access.programme import pledges_in_force, standings
from data_access.working_days import load_working_calendar
from domain.local_time import local_day
from domain.permissions import Permission

PATH = "/programme"


@callback(
    Output(ids.PROGRAMME_COUNTS, "children"),
    Output(ids.PROGRAMME_PLEDGES, "children"),
    Output(ids.PROGRAMME_DETAIL, "children"),
    changed("programme"),
    changed("observations"),
    Input(ids.PROGRAMME_FILTER, "data"),
)
@policy(Permission.SEE_PROGRAMME)
def draw_programme(_version: object, _observed: object, known: object) -> tuple[Component, Component, Component]:
    """Every pledge, and the chosen one by unit."""
    today, names = local_day(now()), short_unit_names()
    with site().database.reading() as session:
        found = standings(_questions(session))
    code = said(known, "pledge")
    chosen = next((each for each in found if each.rule.code == code), None)
    table = pledge_table(found, names, today, PATH, code)
    if chosen is None:
        words = "Chọn một cam kết để xem từng đơn vị và cách tính."
        return pledge_counts(found), table, html.P(words, className="desk-nothing")
    detail = html.Div(
        [
            html.H3(chosen.rule.name),
            html.Div([pledge_facts(chosen), pledge_units(chosen, names)], className="pledge-one"),
        ]
    )
    return pledge_counts(found), table, detail


@callback(
    Output(ids.PROGRAMME_DECIDED, "children"),
    Input(ids.PROGRAMME_DECIDE, "n_clicks"),
    State(ids.PROGRAMME_FILTER, "data"),
    State(ids.PROGRAMME_TARGET, "value"),
    State(ids.PROGRAMME_FROM, "value"),
    State(ids.PROGRAMME_REASON, "value"),
    prevent_initial_call=True,
)
@policy(Permission.DECIDE_TARGETS)
def on_target_decided(clicks: object, known: object, target: object, from_on: object, reason: object) -> Any:
    """Store the target, or say what is wrong with it."""
    if not clicks:
        return no_update
    try:
        begins = date.fromisoformat(plain_text(from_on))
    except ValueError:
        return html.P("Chọn ngày bắt đầu áp dụng.", className="desk-failure", role="alert")
    code = said(known, "pledge")
    try:
        decide_target(site().database, asking(), code, plain_text(target), begins, plain_text(reason), now())
    except TargetRefused as refused:
        return html.P(str(refused), className="desk-failure", role="alert")
    with site().database.reading() as session:
        rule = next(each for each in pledges_in_force(session, begins) if each.code == code)
    words = f"Từ {begins:%d/%m/%Y}, mức là {target_words(rule)}. Có ghi nhật ký."
    return html.P(words, className="desk-verdict desk-verdict--whole", role="status")


def _questions(session: Session) -> EvidenceQuestions:
    return EvidenceQuestions(session, asking(), site().organisation, load_working_calendar(), now())

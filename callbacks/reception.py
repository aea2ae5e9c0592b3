"""Citizen reception on /reception: the address says unit and month; the form of an office without a system."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, ctx, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from access.principal import NotAllowed
from actions.record_reception import VisitRefused, WantedVisit, call_visit, end_visit, open_visit
from callbacks.asking import (
    address_of,
    asking,
    chosen_month,
    chosen_unit,
    now,
    plain_text,
    site,
    unit_and_month,
    unit_choices,
)
from callbacks.pulse import changed
from components import ids
from components.desk_parts import aged, unknown_yet
from components.reception_desk import (
    STATE_NAMES,
    PetitionLine,
    VisitLine,
    counts_table,
    day_figures,
    register_table,
    visit_table,
)
from data_access.deadlines import deadline_rules
from data_access.limits import wall_limits_in_force
from data_access.reception import Visit, petition_list, reception_month, reception_on, visits_on
from data_access.scope import NotFound
from data_access.sources import source_by_name
from domain.local_time import local_day
from domain.permissions import Permission
from domain.reception import VisitOutcome, VisitPurpose, VisitState, petition_due_on, petition_rule

PATH = "/reception"


@callback(
    Output(ids.RECEPTION_UNIT, "options"),
    Output(ids.RECEPTION_UNIT, "value"),
    Output(ids.RECEPTION_MONTH, "options"),
    Output(ids.RECEPTION_MONTH, "value"),
    Output(ids.RECEPTION_EXPORT, "href"),
    Input(ids.RECEPTION_FILTER, "data"),
)
@policy(Permission.SEE_RECEPTION)
def offer_filters(known: object) -> Any:
    """The units the person may see and the last twelve months; what the address says is chosen, and taken away."""
    return unit_and_month(known, PATH)


@callback(
    Output(ids.RECEPTION_ADDRESS, "search"),
    Input(ids.RECEPTION_UNIT, "value"),
    Input(ids.RECEPTION_MONTH, "value"),
    State(ids.RECEPTION_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_RECEPTION)
def on_filter(unit: object, month: object, known: object) -> Any:
    """Another unit or month is another address."""
    return address_of(unit, month, known) or no_update


@callback(
    Output(ids.RECEPTION_FIGURES, "children"),
    Output(ids.RECEPTION_DAY, "children"),
    changed("reception"),
    changed("sources"),
    changed("alarm_rules"),
)
@policy(Permission.SEE_RECEPTION)
def draw_day(_version: object, _sources: object, _rules: object) -> tuple[Component, Component]:
    """Every unit of the person today."""
    with site().database.reading() as session:
        day = reception_on(session, asking(), site().organisation, now())
        source = source_by_name(session, "reception")
        limit = wall_limits_in_force(session, local_day(now())).reception.waiting
    if source.as_of_at is None or day.total is None:
        return unknown_yet(source), unknown_yet(source)
    figures = day_figures(day.total, len(day.delegations), limit, source)
    return figures, aged([counts_table(day.units, day.total, dict(unit_choices()))], source)


@callback(
    Output(ids.RECEPTION_VISITS, "children"),
    Output(ids.RECEPTION_TABLE, "children"),
    Output(ids.RECEPTION_REGISTER, "children"),
    changed("reception"),
    Input(ids.RECEPTION_FILTER, "data"),
)
@policy(Permission.SEE_RECEPTION)
def draw_unit(_version: object, known: object) -> tuple[Component, Component, Component]:
    """The chosen unit's visits today and its register; every unit's month."""
    unit, first, at = chosen_unit(known), chosen_month(known), now()
    today = local_day(at)
    with site().database.reading() as session:
        visits = _own_visits(visits_on(session, asking(), site().organisation, today, at), unit)
        month = reception_month(session, asking(), site().organisation, first, at)
        petitions = petition_list(session, asking(), site().organisation, today)
        source = source_by_name(session, "reception")
        rules = deadline_rules(session, site().is_sample)
    lines = [VisitLine(visit.record, visit.monitoring) for visit in visits]
    register = []
    for petition in petitions:
        if petition.unit == unit:
            rule = petition_rule(petition, rules, today)
            due_on = petition_due_on(petition, rules, today)
            register.append(PetitionLine(petition, due_on, rule is not None and rule.is_sample))
    table = counts_table(month.units, month.total, dict(unit_choices()))
    if source.as_of_at is None:
        return unknown_yet(source), unknown_yet(source), register_table(register, today)
    return aged([visit_table(lines, at)], source), aged([table], source), register_table(register, today)


@callback(Output(ids.RECEPTION_OPEN, "options"), changed("reception"), Input(ids.RECEPTION_FILTER, "data"))
@policy(Permission.RECORD_RECEPTION)
def offer_open(_version: object, known: object) -> list[dict[str, str]]:
    """The visits of the chosen unit that wait or are being received."""
    with site().database.reading() as session:
        visits = visits_on(session, asking(), site().organisation, local_day(now()), now())
    return [
        {"label": f"{_ticket(visit)}, {STATE_NAMES[visit.record.state]}", "value": visit.public_id}
        for visit in _own_visits(visits, chosen_unit(known))
        if visit.record.state in {VisitState.WAITING, VisitState.SERVING}
    ]


@callback(
    Output(ids.RECEPTION_DONE, "children"),
    Input(ids.RECEPTION_TICKET, "n_clicks"),
    Input(ids.RECEPTION_RECEIVE, "n_clicks"),
    Input(ids.RECEPTION_CALL, "n_clicks"),
    Input(ids.RECEPTION_END, "n_clicks"),
    State(ids.RECEPTION_PURPOSE, "value"),
    State(ids.RECEPTION_PEOPLE, "value"),
    State(ids.RECEPTION_LEADER, "value"),
    State(ids.RECEPTION_OPEN, "value"),
    State(ids.RECEPTION_OUTCOME, "value"),
    State(ids.RECEPTION_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.RECORD_RECEPTION)
def on_step(*sent: object) -> Any:
    """One step of a visit; the tables are drawn anew by themselves."""
    *clicks, purpose, people, leader, visit, outcome, known = sent
    if not any(clicks):
        return no_update
    asked = (site().database, asking(), site().organisation)
    try:
        if ctx.triggered_id in {ids.RECEPTION_TICKET, ids.RECEPTION_RECEIVE}:
            is_called = ctx.triggered_id == ids.RECEPTION_RECEIVE
            wanted = WantedVisit(
                chosen_unit(known), _purpose(purpose), _number(people), plain_text(leader) == "yes", is_called
            )
            return _good(f"Đã ghi lượt {open_visit(*asked, wanted, now())}.")
        if ctx.triggered_id == ids.RECEPTION_CALL:
            call_visit(*asked, plain_text(visit), now())
            return _good("Đã gọi.")
        end_visit(*asked, plain_text(visit), _outcome(outcome), now())
        return _good("Đã kết thúc lượt tiếp.")
    except VisitRefused as refused:
        return html.P(str(refused), className="desk-failure", role="alert")
    except (NotAllowed, NotFound):
        return html.P("Chọn một lượt trong phạm vi của bạn.", className="desk-failure", role="alert")


def _own_visits(visits: list[Visit], unit: str) -> list[Visit]:
    return [visit for visit in visits if visit.record.unit == unit]


def _ticket(visit: Visit) -> str:
    return visit.record.reference.rpartition("/")[2]


def _purpose(value: object) -> VisitPurpose:
    word = plain_text(value)
    return VisitPurpose(word) if word in set(VisitPurpose) else VisitPurpose.OTHER


def _outcome(value: object) -> VisitOutcome:
    word = plain_text(value)
    if word not in set(VisitOutcome):
        raise VisitRefused("Chọn kết quả.")
    return VisitOutcome(word)


def _number(value: object) -> int:
    """A whole number a page sent; 0, which is refused in words, for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _good(words: str) -> Component:
    return html.P(f"{words} Có ghi nhật ký.", className="desk-verdict desk-verdict--whole", role="status")

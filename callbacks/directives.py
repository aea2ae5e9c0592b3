"""Directives on /directives: the address is the filter; every step is written through an action."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from access.principal import NotAllowed
from actions.issue_directive import DirectiveRefused, WantedDirective, WantedStep, issue_directive, take_step
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.directive_desk import directive_card, directive_figures, directive_table
from data_access.directives import Conflict, directive, directive_records, directives
from data_access.scope import NotFound
from domain.directives import DirectiveFilter, DirectiveStep, counted
from domain.local_time import local_day
from domain.permissions import Permission

EVERY = "*"
ELSEWHERE = "Không có chỉ đạo này trong phạm vi của bạn."


@callback(Output(ids.DIRECTIVES_UNIT, "options"), Input(ids.DIRECTIVES_FILTER, "data"))
@policy(Permission.SEE_DIRECTIVES)
def offer_directive_units(_filter: object) -> list[dict[str, str]]:
    """The units the person may see."""
    return options_of([(EVERY, "Mọi đơn vị"), *own_unit_choices()])


@callback(Output(ids.DIRECTIVE_UNIT, "options"), Input(ids.DIRECTIVES_FILTER, "data"))
@policy(Permission.ISSUE_DIRECTIVES)
def offer_addressees(_filter: object) -> list[dict[str, str]]:
    """The units a leader may ask."""
    return options_of(own_unit_choices())


@callback(
    Output(ids.DIRECTIVES_ADDRESS, "search"),
    Input(ids.DIRECTIVES_UNIT, "value"),
    Input(ids.DIRECTIVES_STATE, "value"),
    Input(ids.DIRECTIVES_OVERDUE, "value"),
    State(ids.DIRECTIVES_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_DIRECTIVES)
def on_filter(unit: object, state: object, overdue: object, known: object) -> Any:
    """Another filter is another address."""
    chosen = {"unit": unit, "state": state, "overdue": overdue}
    values = {name: plain_text(value).replace(EVERY, "") for name, value in chosen.items()}
    address = DirectiveFilter.from_address(values).address()
    return no_update if address == _wanted(known).address() else address


@callback(
    Output(ids.DIRECTIVES_FIGURES, "children"),
    Output(ids.DIRECTIVES_LIST, "children"),
    Output(ids.DIRECTIVES_ONE, "children"),
    Output(ids.DIRECTIVES_REVISION, "data"),
    changed("directives"),
    Input(ids.DIRECTIVES_FILTER, "data"),
)
@policy(Permission.SEE_DIRECTIVES)
def draw_directives(_version: object, known: object) -> tuple[Component, Component, Component, int]:
    """Counts of the person's units, the list of the filter, and the directive the address names."""
    at, wanted, names = now(), _wanted(known), short_unit_names()
    today = local_day(at)
    with site().database.reading() as session:
        found = directives(session, asking(), site().organisation, at)
    shown = [each for each in found if wanted.admits(each, today)]
    one, revision = _one(said(known, "directive"), names)
    return directive_figures(counted(found, today)), directive_table(shown, names, wanted, today), one, revision


@callback(
    Output(ids.DIRECTIVE_ISSUED, "children"),
    Input(ids.DIRECTIVE_ISSUE, "n_clicks"),
    State(ids.DIRECTIVE_UNIT, "value"),
    State(ids.DIRECTIVE_TITLE, "value"),
    State(ids.DIRECTIVE_DETAIL, "value"),
    State(ids.DIRECTIVE_DUE, "value"),
    State(ids.DIRECTIVE_ORIGIN, "value"),
    State(ids.DIRECTIVE_REFERENCE, "value"),
    prevent_initial_call=True,
)
@policy(Permission.ISSUE_DIRECTIVES)
def on_issue(clicks: object, *typed: object) -> Any:
    """Write a directive; the list is drawn anew by itself."""
    if not clicks:
        return no_update
    wanted = WantedDirective(*(plain_text(value) for value in typed))
    try:
        issue_directive(site().database, asking(), site().organisation, wanted, now())
    except DirectiveRefused as refused:
        return _failure(str(refused))
    except NotAllowed:
        return _failure("Đơn vị này không thuộc phạm vi của bạn.")
    return html.P("Đã giao chỉ đạo, có ghi nhật ký.", className="desk-verdict desk-verdict--whole", role="status")


@callback(
    Output(ids.DIRECTIVES_TAKEN, "children"),
    Input(ids.DIRECTIVES_TAKE, "n_clicks"),
    State(ids.DIRECTIVES_STEP, "value"),
    State(ids.DIRECTIVES_WORDS, "value"),
    State(ids.DIRECTIVES_REVISION, "data"),
    State(ids.DIRECTIVES_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_DIRECTIVES)
def on_step(clicks: object, step: object, words: object, revision: object, known: object) -> Any:
    """Take a step of the directive in the address; the action asks whether this person may."""
    if not clicks:
        return no_update
    if plain_text(step) not in set(DirectiveStep):
        return _failure("Chọn bước thực hiện.")
    seen = revision if isinstance(revision, int) else 0
    wanted = WantedStep(said(known, "directive"), DirectiveStep(plain_text(step)), seen, plain_text(words))
    try:
        take_step(site().database, asking(), site().organisation, wanted, now())
    except (DirectiveRefused, Conflict) as refused:
        return _failure(str(refused))
    except NotFound:
        return _failure(ELSEWHERE)
    except NotAllowed:
        return _failure("Bạn không có quyền thực hiện bước này.")
    return html.P("Đã ghi, có ghi nhật ký.", className="desk-verdict desk-verdict--whole", role="status")


def _one(public_id: str, names: dict[str, str]) -> tuple[Component, int]:
    if not public_id:
        return html.P("Chọn một chỉ đạo trong danh sách.", className="desk-nothing"), 0
    at = now()
    asked = (asking(), site().organisation, public_id, at)
    try:
        with site().database.reading() as session:
            found = directive(session, *asked)
            records = directive_records(session, *asked)
    except NotFound:
        return html.P(ELSEWHERE, className="desk-nothing"), 0
    return directive_card(found, records, names, local_day(at)), found.revision


def _wanted(known: object) -> DirectiveFilter:
    return DirectiveFilter.from_address({name: said(known, name) for name in ("unit", "state", "overdue")})


def _failure(words: str) -> Component:
    return html.P(words, className="desk-failure", role="alert")

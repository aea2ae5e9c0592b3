"""Duty on /duty: who is on, what would be handed over now, the sheets; every step is written through an action."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, ctx, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.hand_over import close_for, hand_over, take_over
from callbacks.asking import Options, asking, now, options_of, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.duty_desk import duty_now, hand_over_facts, sheet_card, sheet_table
from data_access.duty import facts_of_shift, hand_over_by_id, hand_overs, on_duty, own_shift, receivers
from data_access.duty_limits import load_duty_limits
from data_access.scope import NotFound
from domain.duty import DutyRefused
from domain.local_time import local_day, moment_words
from domain.permissions import Permission

ELSEWHERE = "Không có biên bản này trong phạm vi của bạn."


@callback(
    Output(ids.DUTY_ON, "children"),
    Output(ids.DUTY_SHEETS, "children"),
    changed("duty"),
    Input(ids.DUTY_FILTER, "data"),
)
@policy(Permission.SEE_ALARMS)
def draw_duty(_version: object, _known: object) -> tuple[Component, Component]:
    """Who is on, the newest hand-over, and the list."""
    at, asked = now(), (asking(), site().organisation)
    with site().database.reading() as session:
        shifts = on_duty(session, *asked, at)
        sheets = hand_overs(session, *asked, at)
        received = receivers(session, asking(), [sheet.public_id for sheet in sheets])
    limits = load_duty_limits(local_day(at))
    on = duty_now(shifts, sheets[0] if sheets else None, short_unit_names(), at, limits)
    return on, sheet_table(sheets, received)


@callback(
    Output(ids.DUTY_TAKE_FORM, "hidden"),
    Output(ids.DUTY_CLOSE_FORM, "hidden"),
    Output(ids.DUTY_CLOSE_SHIFT, "options"),
    Output(ids.DUTY_FORM, "hidden"),
    changed("duty"),
    Input(ids.DUTY_FILTER, "data"),
)
@policy(Permission.TAKE_DUTY)
def offer_steps(_version: object, _known: object) -> tuple[bool, bool, Options, bool]:
    """Taking over for whoever is not on; handing over, and closing what is overdue, for whoever is."""
    at = now()
    limits = load_duty_limits(local_day(at))
    with site().database.reading() as session:
        own = own_shift(session, asking())
        shifts = on_duty(session, asking(), site().organisation, at)
    late = [
        (each.public_id, f"{each.person}, từ {moment_words(each.started_at)}")
        for each in shifts
        if own and each.unit == own.unit and each.public_id != own.public_id and each.is_overdue(at, limits)
    ]
    return own is not None, not late, options_of(late), own is None


@callback(
    Output(ids.DUTY_DRAFT, "children"),
    changed("duty"),
    changed("alarms"),
    changed("sources"),
    changed("directives"),
    Input(ids.DUTY_FILTER, "data"),
)
@policy(Permission.TAKE_DUTY)
def draw_draft(*_changed: object) -> Component | None:
    """What the own shift would hand over now."""
    at = now()
    with site().database.reading() as session:
        own = own_shift(session, asking())
        if own is None:
            return None
        facts = facts_of_shift(session, asking(), site().organisation, own, at)
    return hand_over_facts(facts, at)


@callback(Output(ids.DUTY_SHEET, "children"), changed("duty"), Input(ids.DUTY_FILTER, "data"))
@policy(Permission.SEE_ALARMS)
def draw_sheet(_version: object, known: object) -> Component:
    """The sheet the address names."""
    public_id, at = said(known, "sheet"), now()
    try:
        with site().database.reading() as session:
            sheet = hand_over_by_id(session, asking(), site().organisation, public_id, at)
            received = receivers(session, asking(), [public_id])
    except NotFound:
        return html.P(ELSEWHERE, className="desk-nothing")
    return sheet_card(sheet, received.get(public_id, []))


@callback(
    Output(ids.DUTY_SAID, "children"),
    Output(ids.DUTY_NOTE, "value"),
    Output(ids.DUTY_CLOSE_NOTE, "value"),
    Input(ids.DUTY_TAKE, "n_clicks"),
    Input(ids.DUTY_HAND_OVER, "n_clicks"),
    Input(ids.DUTY_CLOSE, "n_clicks"),
    State(ids.DUTY_NOTE, "value"),
    State(ids.DUTY_CLOSE_SHIFT, "value"),
    State(ids.DUTY_CLOSE_NOTE, "value"),
    prevent_initial_call=True,
)
@policy(Permission.TAKE_DUTY)
def on_step(take: object, give: object, close: object, note: object, shift: object, reason: object) -> tuple[Any, ...]:
    """Take over, hand over, or close a colleague's shift; what was typed is emptied only when it is written."""
    button, asked = str(ctx.triggered_id), (site().database, asking(), site().organisation)
    clicks = {ids.DUTY_TAKE: take, ids.DUTY_HAND_OVER: give, ids.DUTY_CLOSE: close}
    if not clicks.get(button):
        return no_update, no_update, no_update
    try:
        if button == ids.DUTY_TAKE:
            begun = take_over(*asked, now())
            return _success(f"Đã nhận ca lúc {moment_words(begun.started_at)}, có ghi nhật ký."), no_update, no_update
        if button == ids.DUTY_HAND_OVER:
            sheet = hand_over(*asked, plain_text(note), now())
            words = f"Đã bàn giao ca lúc {moment_words(sheet.ended_at)}, có ghi nhật ký."
            return _success(words), "", no_update
        close_for(*asked, plain_text(shift), plain_text(reason), now())
    except DutyRefused as refused:
        return _failure(str(refused)), no_update, no_update
    return _success("Đã lập biên bản thay, có ghi nhật ký."), no_update, ""


def _success(words: str) -> Component:
    return html.P(words, className="desk-verdict desk-verdict--whole", role="status")


def _failure(words: str) -> Component:
    return html.P(words, className="desk-failure", role="alert")

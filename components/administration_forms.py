"""The windows of /administration: what is asked before something is changed, and what is shown once afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from domain.permissions import PEOPLE, ROLE_NAMES, ROLES_OF_ONE_UNIT

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Window:
    """The ids of a window's parts: its two buttons and the store that remembers what it is about."""

    confirm: str
    cancel: str
    chosen: str


USERS = Window(ids.USERS_CONFIRM, ids.USERS_CANCEL, ids.USERS_CHOSEN)
SCREENS = Window(ids.SCREENS_CONFIRM, ids.SCREENS_CANCEL, ids.SCREENS_CHOSEN)


def question(
    window: Window,
    title: str,
    words: str,
    chosen: dict[str, str],
    confirm: str,
    fields: Sequence[Component] = (),
    problem: str = "",
    *,
    is_wide: bool = False,
) -> Component:
    """An open window that asks before anything changes; `problem` says why the last try was refused."""
    opened: Component = dbc.Modal(
        is_open=True,
        centered=True,
        backdrop="static",
        dialog_class_name="desk-wide" if is_wide else "",
        children=[
            dcc.Store(id=window.chosen, data=chosen),
            html.H2(title),
            html.P(words, className="desk-words") if words else None,
            *fields,
            html.P(problem, className="desk-failure", role="alert") if problem else None,
            html.Footer(
                [
                    html.Button("Hủy", id=window.cancel, className="desk-button", type="button"),
                    html.Button(
                        confirm, id=window.confirm, className="desk-button desk-button--primary", type="button"
                    ),
                ]
            ),
        ],
    )
    return opened


def secret(window: Window, title: str, words: str, value: str, hint: str) -> Component:
    """An open window with something shown once: a new password. It is kept nowhere else."""
    opened: Component = dbc.Modal(
        is_open=True,
        centered=True,
        backdrop="static",
        children=[
            html.H2(title),
            html.P(words, className="desk-words"),
            html.Div([html.Code(value), dcc.Clipboard(content=value, title="Sao chép")], className="desk-secret"),
            html.P(hint, className="desk-words"),
            html.Footer(
                html.Button("Xong", id=window.cancel, className="desk-button desk-button--primary", type="button")
            ),
        ],
    )
    return opened


def note(words: str) -> Component:
    """What came of the last thing the person did."""
    return html.P(words, className="desk-verdict desk-verdict--whole", role="status")


def name_field(field_id: str, label: str, value: str, example: str, longest: int) -> Component:
    """A short text."""
    entry = dbc.Input(id=field_id, type="text", value=value, maxLength=longest, autocomplete="off", placeholder=example)
    return field(label, entry)


def role_field(value: str) -> Component:
    """The roles a person can hold."""
    options = [{"label": ROLE_NAMES[role], "value": role.value} for role in PEOPLE]
    return field("Vai trò", dbc.Select(id=ids.USERS_ROLE, options=options, value=value))


def user_unit_field(units: Options, value: str, role: str) -> Component:
    """The unit of an account, asked for roles of one unit only."""
    entry = dbc.Select(id=ids.USERS_UNIT, options=select_options([("", "Chọn đơn vị"), *units]), value=value)
    return html.Div(field("Đơn vị", entry), id=ids.USERS_UNIT_FIELD, hidden=not needs_unit(role))


def needs_unit(role: object) -> bool:
    """Whether this role, as a form holds it, is tied to a unit."""
    return role in {each.value for each in ROLES_OF_ONE_UNIT}


def field(label: str, control: Component, hint: str = "") -> Component:
    """A control with its label, and below it what to write."""
    below = html.Small(hint, className="desk-hint") if hint else None
    parts = [part for part in (html.Span(label), control, below) if part is not None]
    return html.Label(parts, className="desk-field")


def select_options(choices: Options) -> list[dict[str, str]]:
    """Choices as a select takes them."""
    return [{"label": name, "value": code} for code, name in choices]

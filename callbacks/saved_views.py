"""Views of the cases that a person keeps: listed, saved, dropped."""

from __future__ import annotations

from dash import Input, Output, State, callback, dcc, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.keep_view import drop_view, keep_view
from callbacks.asking import asking, now, plain_text, said, site
from callbacks.case_wishes import wanted_of
from components import ids
from data_access.saved_views import saved_views
from domain.permissions import Permission
from domain.saved_views import ViewRefused


@callback(Output(ids.CASES_VIEWS, "children"), Input(ids.CASES_FILTER, "data"), Input(ids.CASES_VIEW_SAID, "children"))
@policy(Permission.SEE_CASES)
def draw_views(_filter: object, _said: object) -> list[Component]:
    """The person's own views, each a link and a button that drops it."""
    with site().database.reading() as session:
        views = saved_views(session, asking())
    if not views:
        return [html.Span("chưa có", className="desk-faint")]
    return [
        html.Span(
            [
                dcc.Link(view.name, href=f"/cases{view.address or '?'}", className="desk-tag"),
                html.Button(
                    "×",
                    id=ids.view_button("drop", view.public_id),
                    type="button",
                    className="desk-button desk-button--quiet desk-button--small",
                    title=f"Xóa góc nhìn {view.name}",
                ),
            ]
        )
        for view in views
    ]


@callback(
    Output(ids.CASES_VIEW_SAID, "children"),
    Input(ids.CASES_VIEW_SAVE, "n_clicks"),
    State(ids.CASES_VIEW_NAME, "value"),
    State(ids.CASES_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def on_view_kept(clicks: object, typed: object, known: object) -> object:
    """Keep what is shown."""
    if not clicks:
        return no_update
    try:
        view = keep_view(site().database, asking(), plain_text(typed), wanted_of(known), now())
    except ViewRefused as refusal:
        return str(refusal)
    return f"Đã lưu “{view.name}”."


@callback(
    Output(ids.CASES_VIEW_SAID, "children", allow_duplicate=True),
    Input(ids.CASES_VIEW_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def on_view_dropped(pressed: object) -> object:
    """Drop the view whose button was pressed."""
    return "Đã xóa." if drop_view(site().database, asking(), said(pressed, "view")) else no_update

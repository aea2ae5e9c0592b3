"""/briefing: the newest briefing or the one of the address, making one, those that were made, the schedules."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.briefing_desk import EVERY_SCOPE, EVERY_VALUE
from components.presses import press_stores
from domain.briefing_schedule import BRIEFING_NAMES, BriefingKind
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/briefing"
WAITING = html.P("Đang tải…", className="desk-nothing")

dash.register_page(
    __name__,
    path=PATH,
    name="Bản tin",
    title="Bản tin",
    permission=Permission.SEE_BRIEFING,
    group="Báo cáo",
    icon="briefing",
    order=42,
)


def layout(briefing: str = "", **_address: str) -> Component:
    """The frame; `?briefing=` names the one that is opened."""
    principal = somebody_now()
    content = html.Div(
        [
            dcc.Store(id=ids.BRIEFING_FILTER, data={"briefing": briefing[:64]}),
            press_stores(ids.JOBS_PRESSED),
            _make(),
            html.Section(html.Div(WAITING, id=ids.BRIEFING_ONE), className="desk-card"),
            desk_card("Bản tin đã lập", ids.BRIEFING_MADE, _listed()),
            _schedule() if principal is not None and principal.may(Permission.EDIT_BRIEFING) else None,
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Bản tin", content, topics=("briefing", "jobs"))


def _listed() -> Component:
    everything = [{"label": EVERY_SCOPE, "value": EVERY_VALUE}]
    return desk_filter("Phạm vi", dbc.Select(id=ids.BRIEFING_LISTED, options=everything, value=EVERY_VALUE))


def _make() -> Component:
    kinds = [{"label": BRIEFING_NAMES[kind], "value": kind.value} for kind in BriefingKind]
    fields = [
        desk_filter("Loại", dbc.Select(id=ids.BRIEFING_KIND, options=kinds, value=BriefingKind.MORNING.value)),
        desk_filter("Phạm vi", dbc.Select(id=ids.BRIEFING_UNIT, options=[])),
        html.Button("Lập bản tin", id=ids.BRIEFING_MAKE, className="desk-button desk-button--primary", type="button"),
    ]
    return html.Section(
        [
            html.Div(fields, className="desk-filters"),
            html.Div(id=ids.BRIEFING_SAID),
            html.Div(id=ids.BRIEFING_CANCELLED),
            html.Div(id=ids.BRIEFING_JOBS, **{"aria-live": "polite"}),
            html.Div(id=ids.BRIEFING_PLAN),
        ],
        className="desk-card briefing-tools",
    )


def _schedule() -> Component:
    fields = [
        desk_filter("Lịch của", dbc.Select(id=ids.BRIEFING_PLANNED, options=[])),
        dbc.Switch(id=ids.BRIEFING_MAKES_MORNING, label="Lập bản tin sáng", value=False),
        desk_filter("Giờ, ngày làm việc", dbc.Input(id=ids.BRIEFING_MORNING, type="text", maxlength=5)),
        dbc.Switch(id=ids.BRIEFING_MAKES_WEEKLY, label="Lập bản tin tuần", value=False),
        desk_filter("Giờ, thứ Hai", dbc.Input(id=ids.BRIEFING_WEEKLY, type="text", maxlength=5)),
        html.Button("Lưu lịch", id=ids.BRIEFING_DECIDE, className="desk-button", type="button"),
    ]
    return html.Section(
        [
            html.Div(html.H2("Lịch lập bản tin"), className="desk-toolbar"),
            html.Div(fields, className="desk-filters briefing-form"),
            html.P(
                "Giờ Huế, dạng 07:00; tắt cả hai để không lập tự động. Khi hệ thống ngừng qua giờ này, bản tin được "
                "lập một lần ngay khi chạy lại.",
                className="desk-hint",
            ),
            html.Div(id=ids.BRIEFING_DECIDED),
        ],
        className="desk-card briefing-tools",
    )

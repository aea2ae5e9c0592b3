"""/forms: the statistical form of a period, closing it, its versions, corrections, reconciliation; an empty frame."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from access.principal import Principal
from components import ids
from components.presses import press_stores
from components.statistical_form import kind_options
from domain.indicators import CountedIn
from domain.permissions import Permission
from domain.shown_forms import FormFilter
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/forms"

dash.register_page(
    __name__,
    path=PATH,
    name="Biểu thống kê",
    title="Biểu thống kê",
    permission=Permission.USE_DESK,
    group="Báo cáo",
    icon="forms",
    order=60,
)


def layout(**address: str) -> Component:
    """The frame; period, version, việc or tiền, kind and the opened unit stand in the address."""
    wanted = FormFilter.from_address(address)
    principal = somebody_now()
    closes = principal is not None and principal.unit is None and principal.may(Permission.CLOSE_PERIODS)
    numbers = principal is not None and principal.may(Permission.ADMINISTER)
    known = {
        "period": wanted.period,
        "version": wanted.version,
        "in": wanted.counted_in.value if wanted.counted_in is CountedIn.AMOUNT else "",
        "kind": wanted.kind,
        "unit": wanted.unit,
    }
    kinds = dbc.Select(id=ids.PERIODS_KIND, options=kind_options(), value=wanted.kind or "*")
    filters = [
        desk_filter("Kỳ báo cáo", dbc.Select(id=ids.PERIODS_PERIOD, options=[])),
        desk_filter("Phiên bản", dbc.Select(id=ids.PERIODS_VERSION, options=[])),
        desk_filter("Hình thức", kinds),
        html.Div(id=ids.PERIODS_SWITCH, className="form-filter-switch"),
        html.Div(id=ids.PERIODS_EXPORTS, className="form-exports"),
    ]
    content = html.Div(
        [
            dcc.Location(id=ids.PERIODS_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.PERIODS_FILTER, data=known),
            press_stores(ids.PERIODS_PRESSED),
            html.Div(filters, className="desk-filters"),
            html.Section(
                html.Div(html.P("Đang tải…", className="desk-nothing"), id=ids.PERIODS_FORM), className="desk-card"
            ),
            html.Div([_closing(closes), _log(closes)], className="desk-columns form-columns"),
            _reconciliations(principal),
            _number() if numbers else None,
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Biểu thống kê", content, topics=("cases", "periods"))


def _closing(closes: bool) -> Component:
    hint = "Bản đã chốt không sửa, không xóa được. Sai sót ghi bằng đính chính trong kỳ đang chạy."
    return html.Section(
        [
            html.Div(html.H2("Kỳ đã kết thúc, chưa chốt"), className="desk-toolbar"),
            html.Div(id=ids.PERIODS_WAITING),
            html.P(hint, className="desk-hint") if closes else None,
            html.Div(id=ids.PERIODS_SAID),
        ],
        className="desk-card",
    )


def _log(closes: bool) -> Component:
    fields = [
        desk_filter(
            "Lý do đính chính; không ghi họ tên",
            dbc.Input(id=ids.PERIODS_REASON, type="text", maxlength=500, class_name="form-reason"),
        ),
        html.Button("Ghi đính chính", id=ids.PERIODS_CORRECT, className="desk-button", type="button"),
    ]
    return html.Section(
        [
            html.Div(html.H2("Nhật ký phiên bản"), className="desk-toolbar"),
            html.Div(html.P("Đang tải…", className="desk-nothing"), id=ids.PERIODS_LOG),
            html.Div(id=ids.PERIODS_OFFER),
            html.Div(html.Div(fields, className="desk-filters"), id=ids.PERIODS_CORRECTION, hidden=True)
            if closes
            else None,
        ],
        className="desk-card",
    )


def _reconciliations(principal: Principal | None) -> Component:
    may_upload = principal is not None and principal.unit is None and principal.may(Permission.CLOSE_PERIODS)
    links = [html.A("Gửi tệp đối chiếu", href="/forms/reconcile", className="desk-button")] if may_upload else []
    return desk_card("Đối chiếu với số liệu của ngành", ids.PERIODS_RECONCILED, *links)


def _number() -> Component:
    fields = [
        desk_filter("Số hiệu biểu (để trống: không in)", dbc.Input(id=ids.PERIODS_NUMBER, type="text", maxlength=40)),
        html.Button("Lưu số hiệu", id=ids.PERIODS_NUMBER_SAVE, className="desk-button", type="button"),
    ]
    return html.Section(
        [
            html.Div(html.H2("Số hiệu biểu"), className="desk-toolbar"),
            html.Div(fields, className="desk-filters"),
            html.Div(id=ids.PERIODS_NUMBERED),
        ],
        className="desk-card",
    )

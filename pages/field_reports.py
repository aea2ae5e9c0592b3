"""/field-reports: what citizens reported, by filters that stand in the address; map, list, places, one report."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.presses import press_stores
from domain.permissions import Permission
from domain.report_filters import PERIODS, ReportFilter, Showing
from pages._desk import desk_card, desk_page

PATH = "/field-reports"
SHOWING_NAMES = {
    Showing.OPEN: "Đang mở",
    Showing.OVERDUE: "Quá hạn",
    Showing.CLOSED: "Đã đóng",
    Showing.ALL: "Tất cả",
}

dash.register_page(
    __name__,
    path=PATH,
    name="Phản ánh",
    title="Phản ánh hiện trường",
    permission=Permission.SEE_FIELD_REPORTS,
    group="Phân tích",
    icon="field-reports",
    order=40,
)


def layout(report: str = "", **address: str) -> Component:
    """The frame; callbacks fill it from the filter, which is the address and nothing else."""
    wanted = ReportFilter.from_address(address)
    content = html.Div(
        [
            dcc.Location(id=ids.REPORTS_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.REPORTS_FILTER, data={"query": wanted.address(), "report": report[:40]}),
            html.Div(_filters(wanted), className="desk-filters"),
            html.Div(id=ids.REPORTS_FIGURES),
            html.Div(
                [
                    html.Div([desk_card("Bản đồ", ids.REPORTS_MAP), desk_card("Vị trí lặp lại", ids.REPORTS_PLACES)]),
                    desk_card("Chi tiết phản ánh", ids.REPORTS_ONE),
                ],
                className="desk-columns",
            ),
            desk_card("Danh sách", ids.REPORTS_LIST),
            dcc.Store(id=ids.REPORTS_PLACED),
            press_stores(ids.REPORT_PRESSED),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Phản ánh hiện trường", content, topics=("field_reports", "alarm_rules"))


def _filters(wanted: ReportFilter) -> list[Component]:
    showing = [{"label": words, "value": each.value} for each, words in SHOWING_NAMES.items()]
    days = [{"label": f"{period} ngày", "value": str(period)} for period in PERIODS]
    return [
        _select(ids.REPORTS_SHOWING, "Trạng thái", showing, wanted.showing.value),
        _select(ids.REPORTS_UNIT, "Đơn vị", [], wanted.unit or "*"),
        _select(ids.REPORTS_SUBJECT, "Nội dung", [], wanted.subject or "*"),
        _select(ids.REPORTS_DAYS, "Kỳ (việc đã đóng)", days, str(wanted.days)),
        dcc.Link(f"Vị trí {wanted.place} ×", href=f"{PATH}", className="desk-button") if wanted.place else html.Span(),
        html.A("Xuất Excel", href=f"{PATH}/export.xlsx{wanted.address()}", className="desk-button"),
    ]


def _select(select_id: str, words: str, options: list[dict[str, str]], value: str) -> Component:
    return html.Label(
        [html.Span(words), dbc.Select(id=select_id, options=options, value=value)], className="desk-filter"
    )

"""/directives: what leaders asked of units, how each stands, and the forms to issue, answer, accept and return."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.directive_desk import state_options
from domain.directives import ORIGIN_NAMES, STATED_ORIGINS, DirectiveFilter, DirectiveOrigin
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/directives"

dash.register_page(
    __name__,
    path=PATH,
    name="Chỉ đạo",
    title="Chỉ đạo",
    permission=Permission.SEE_DIRECTIVES,
    group="Theo dõi",
    icon="directives",
    order=22,
)

OVERDUE = [{"label": "Tất cả", "value": "*"}, {"label": "Chỉ quá hạn", "value": "1"}]


def layout(directive: str = "", origin: str = "", reference: str = "", title: str = "", **address: str) -> Component:
    """The frame; the filter in the address and `?directive=` say what callbacks draw, the others fill the form."""
    wanted = DirectiveFilter.from_address(address)
    principal = somebody_now()
    may_issue = principal is not None and principal.may(Permission.ISSUE_DIRECTIVES)
    may_answer = principal is not None and principal.may(Permission.ANSWER_DIRECTIVES)
    known = {"unit": wanted.unit, "state": wanted.state, "overdue": wanted.overdue, "directive": directive[:64]}
    states = [{"label": "Mọi trạng thái", "value": "*"}]
    states += [{"label": words, "value": value} for value, words in state_options()]
    export = html.A(
        "Xuất Excel", id=ids.DIRECTIVES_EXPORT, href=f"{PATH}/export.xlsx{wanted.address()}", className="desk-button"
    )
    filters = [
        desk_filter("Đơn vị", dbc.Select(id=ids.DIRECTIVES_UNIT, options=[], value=wanted.unit or "*")),
        desk_filter("Trạng thái", dbc.Select(id=ids.DIRECTIVES_STATE, options=states, value=wanted.state or "*")),
        desk_filter("Thời hạn", dbc.Select(id=ids.DIRECTIVES_OVERDUE, options=OVERDUE, value=wanted.overdue or "*")),
        export,
    ]
    content = html.Div(
        [
            dcc.Location(id=ids.DIRECTIVES_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.DIRECTIVES_FILTER, data=known),
            dcc.Store(id=ids.DIRECTIVES_REVISION),
            html.Div(filters, className="desk-filters"),
            html.Div(id=ids.DIRECTIVES_FIGURES),
            _issue_form(wanted.unit, origin, reference, title) if may_issue else None,
            _card(may_issue, may_answer, bool(directive)),
            desk_card("Danh sách", ids.DIRECTIVES_LIST),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Chỉ đạo", content, topics=("directives",))


def _card(may_issue: bool, may_answer: bool, is_chosen: bool) -> Component:
    """The form stands beside what is drawn anew, so that words being typed are not lost."""
    steps = [{"label": "Tiếp nhận", "value": "receive"}, {"label": "Trả lời", "value": "answer"}] if may_answer else []
    if may_issue:
        steps += [
            {"label": "Chấp nhận, kết thúc", "value": "accept"},
            {"label": "Trả lại đơn vị", "value": "return"},
            {"label": "Thu hồi", "value": "withdraw"},
        ]
    form = [
        desk_filter("Bước thực hiện", dbc.Select(id=ids.DIRECTIVES_STEP, options=steps)),
        desk_filter(
            "Nội dung, lý do hoặc kết quả; không ghi họ tên",
            dbc.Input(id=ids.DIRECTIVES_WORDS, type="text", maxlength=1000, class_name="desk-wide"),
        ),
        html.Button("Thực hiện", id=ids.DIRECTIVES_TAKE, className="desk-button", type="button"),
    ]
    return html.Section(
        [
            html.Div(html.H2("Chi tiết chỉ đạo"), className="desk-toolbar"),
            html.Div(html.P("Đang tải…", className="desk-nothing"), id=ids.DIRECTIVES_ONE, className="desk-scroll"),
            html.Div(form, className="desk-filters") if is_chosen and steps else None,
            html.Div(id=ids.DIRECTIVES_TAKEN),
        ],
        className="desk-card",
    )


def _issue_form(unit: str, origin: str, reference: str, title: str) -> Component:
    origins = [{"label": ORIGIN_NAMES[kind], "value": kind.value} for kind in STATED_ORIGINS]
    chosen = origin if origin in STATED_ORIGINS else DirectiveOrigin.THOUGHT.value
    titled = dbc.Input(id=ids.DIRECTIVE_TITLE, type="text", maxlength=160, value=title[:160], class_name="desk-wide")
    referred = dbc.Input(id=ids.DIRECTIVE_REFERENCE, type="text", maxlength=160, value=reference[:160])
    detail = dbc.Input(id=ids.DIRECTIVE_DETAIL, type="text", maxlength=1000, class_name="desk-wide")
    due = dbc.Input(id=ids.DIRECTIVE_DUE, type="text", maxlength=10, placeholder="30/11/2026")
    return html.Section(
        [
            html.Div(html.H2("Giao chỉ đạo"), className="desk-toolbar"),
            html.Div(
                [
                    desk_filter("Giao cho đơn vị", dbc.Select(id=ids.DIRECTIVE_UNIT, options=[], value=unit or None)),
                    desk_filter("Tiêu đề", titled),
                    desk_filter("Hạn trả lời", due),
                    desk_filter("Căn cứ", dbc.Select(id=ids.DIRECTIVE_ORIGIN, options=origins, value=chosen)),
                    desk_filter("Mã cảnh báo, số liệu", referred),
                    desk_filter("Nội dung, không ghi họ tên", detail),
                    html.Button("Giao chỉ đạo", id=ids.DIRECTIVE_ISSUE, className="desk-button", type="button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.DIRECTIVE_ISSUED),
        ],
        className="desk-card",
    )

"""Cameras on a desk: figures of a scope, the list, and one camera's ladder with its history. No picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.desk_parts import desk_figure, desk_figures, instant
from domain.cameras import (
    KIND_NAMES,
    ORDER,
    PRIVACY_NAMES,
    PURPOSE_NAMES,
    RUNG_NAMES,
    STATE_NAMES,
    Availability,
    Camera,
    CameraHealth,
    CameraState,
    Coverage,
    RungState,
    StateChange,
    share_up,
)
from domain.freshness import SourceFacts
from domain.local_time import moment_words

PATH = "/cameras"
RUNG_WORDS = {RungState.OK: "đạt", RungState.BAD: "lỗi", RungState.UNKNOWN: "chưa rõ"}
COMPLIANCE = {True: "đạt", False: "không đạt", None: "chưa ai xác nhận"}
BAD = frozenset({CameraState.LOST, CameraState.UNUSABLE, CameraState.MISCONFIGURED})
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CameraLine:
    """One camera of the list: its state since when, the last verified frame, what fails first, the last thirty days."""

    camera: Camera
    state: CameraState
    since: datetime | None
    frame_at: datetime | None
    reason: str
    month: Availability


def camera_figures(coverage: Coverage, lines: Sequence[CameraLine], source: SourceFacts) -> Component:
    """Installed, working, failing and unknown apart; availability of the time that is known."""
    up = sum((line.month.up for line in lines), timedelta(0))
    down = sum((line.month.down for line in lines), timedelta(0))
    percent = share_up(up, down)
    share = text.UNKNOWN if percent is None else text.percent(Decimal(str(percent)))
    seen = text.UNKNOWN if coverage.seen is None else text.whole(coverage.seen)
    figures = [
        desk_figure("Lắp đặt", text.whole(coverage.installed), "theo danh sách camera"),
        desk_figure("Hoạt động", seen, f"{coverage.impaired} sai giờ hoặc không ghi"),
        desk_figure(
            "Không có hình",
            text.whole(coverage.failing),
            "mất tín hiệu, sai cấu hình, hỏng hình",
            coverage.failing > 0,
        ),
        desk_figure("Mất dữ liệu", text.whole(coverage.unknown), "chưa biết, không tính là hỏng"),
        desk_figure("Sẵn sàng 30 ngày", share, "của thời gian biết được"),
    ]
    return desk_figures(figures, source)


def camera_table(lines: Sequence[CameraLine], names: Names, unit: str) -> Component:
    """The list; those that give no picture first, then those nobody knows of."""
    if not lines:
        return html.P("Chưa có camera nào trong danh sách.", className="desk-nothing")
    head = ("Camera", "Đơn vị", "Vị trí", "Trạng thái", "Từ lúc", "Hình xác nhận", "Lỗi đầu tiên", "Sẵn sàng")
    query = f"&unit={unit}" if unit else ""
    ordered = sorted(lines, key=lambda line: (line.state not in BAD, line.state is not CameraState.UNKNOWN))
    rows = [
        html.Tr(
            [
                html.Td(dcc.Link(line.camera.code, href=f"{PATH}?camera={line.camera.code}{query}")),
                html.Td(names.get(line.camera.unit, line.camera.unit)),
                html.Td(line.camera.place),
                html.Td(html.Span(STATE_NAMES[line.state], className=_state_class(line.state))),
                html.Td(instant(line.since)),
                html.Td(instant(line.frame_at)),
                html.Td(line.reason, className="desk-detail"),
                html.Td(_percent(line.month), className="desk-number"),
            ]
        )
        for line in ordered
    ]
    heads = [html.Th(words, className="desk-number" if words == "Sẵn sàng" else None) for words in head]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="desk-table")


def camera_card(
    line: CameraLine, health: CameraHealth, changes: Sequence[StateChange], names: Names, site_title: str
) -> Component:
    """One camera: what it is, its seven rungs with their own times, and every change of state of the month."""
    camera = line.camera
    facts = [
        ("Đơn vị", names.get(camera.unit, camera.unit)),
        ("Vị trí", f"{camera.place} · {KIND_NAMES[camera.kind]} · {PURPOSE_NAMES[camera.purpose]}"),
        ("Đầu ghi", camera.recorder or text.UNKNOWN),
        ("Mức riêng tư", PRIVACY_NAMES[camera.privacy]),
        ("QCVN 11:2026", COMPLIANCE[camera.is_compliant]),
        ("Cả cơ sở", site_title or "không có lỗi chung"),
    ]
    return html.Div(
        [
            html.Div(
                [html.H2(camera.code), html.Span(STATE_NAMES[line.state], className=_state_class(line.state))],
                className="desk-toolbar",
            ),
            html.Dl(
                [part for name, words in facts for part in (html.Dt(name), html.Dd(words))], className="desk-facts"
            ),
            _ladder(health),
            html.H3("Thay đổi trong 30 ngày"),
            _history(changes),
        ]
    )


def _ladder(health: CameraHealth) -> Component:
    rows = []
    for name in ORDER:
        rung = health.rungs.get(name)
        state = RUNG_WORDS[rung.state] if rung else "chưa kiểm tra"
        is_bad = rung is not None and rung.state is RungState.BAD
        rows.append(
            html.Tr(
                [
                    html.Td(RUNG_NAMES[name]),
                    html.Td(html.Span(state, className="desk-time is-bad" if is_bad else "desk-time")),
                    html.Td(instant(rung.at if rung else None)),
                    html.Td(rung.reason if rung else "", className="desk-detail"),
                ]
            )
        )
    head = html.Tr([html.Th(words) for words in ("Bậc", "Kết quả", "Kiểm tra lúc", "Lý do")])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="desk-table")


def _history(changes: Sequence[StateChange]) -> Component:
    if not changes:
        return html.P("Chưa có lượt kiểm tra nào.", className="desk-nothing")
    steps = [
        html.Li([html.Time(moment_words(change.at)), html.Span(STATE_NAMES[change.state])])
        for change in reversed(changes)
    ]
    return html.Ol(steps[:40], className="report-steps")


def _percent(month: Availability) -> str:
    return text.UNKNOWN if month.percent is None else text.percent(Decimal(str(month.percent)))


def _state_class(state: CameraState) -> str:
    if state in BAD:
        return "desk-time is-bad"
    return "desk-time is-old" if state is CameraState.UNKNOWN else "desk-time"

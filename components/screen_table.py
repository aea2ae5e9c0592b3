"""The list of screens on /administration: how each is set up, what it says of itself, what can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import ids
from components.administration_tables import Cell, buttons, nothing, table, tag
from components.attributes import data
from domain.legibility import DENSE_BODY_REM, FAR_TEXT_REM, LEAST_ARC_MINUTES, Layout, arc_minutes, farthest_m
from domain.local_time import local
from domain.screens import ScreenReport, ScreenSettings, scene_titles

LOST_AFTER = timedelta(seconds=90)
NEVER_SECONDS = 10**9
MEGABYTE = 1_000_000
LAYOUT_NAMES = {Layout.DENSE: "chi tiết", Layout.FAR: "xa"}
NO_SIZE = "chưa khai cỡ"
ASKS_SIZE = "khai đường chéo và khoảng cách để biết chữ có đủ lớn."
ACTIONS = (
    ("settings", "Cài đặt"),
    ("goto", "Chuyển cảnh"),
    ("reload", "Tải lại"),
    ("identify", "Nhận diện"),
    ("again", "Ghép lại"),
    ("revoke", "Thu hồi"),
)


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """One screen as listed at `now`; instants are aware UTC. `build` is the one this server runs."""

    public_id: str
    settings: ScreenSettings
    unit_name: str
    is_demo: bool
    is_paired: bool
    is_revoked: bool
    report: ScreenReport | None
    build: str
    now: datetime

    @property
    def is_expired(self) -> bool:
        """Whether the last day of the screen is over."""
        return self.settings.expires_at is not None and self.settings.expires_at <= self.now

    @property
    def is_lost(self) -> bool:
        """Whether a screen that once reported has been silent for too long."""
        return self.report is not None and self.now - self.report.at > LOST_AFTER


def screens_table(rows: Sequence[ScreenRow]) -> Component:
    """Every screen, two lines each."""
    if not rows:
        return nothing("Chưa có màn hình nào. Mở /pairing trên màn hình, rồi bấm Ghép màn hình và nhập mã nó hiện.")
    heads = ("Màn hình", "Phạm vi", "Bố cục", "Trạng thái", "Đang chiếu", "Máy", "")
    return table("screens-table", heads, [_cells(row) for row in rows])


def legibility(settings: ScreenSettings) -> tuple[str, str]:
    """'chữ 18′ ở 3 m', and what is wrong with it in words ('' when nothing is)."""
    if settings.diagonal_inches is None or settings.distance_m is None:
        return NO_SIZE, ""
    whole = settings.diagonal_inches * settings.panels_across
    text_rem = DENSE_BODY_REM if settings.layout is Layout.DENSE else FAR_TEXT_REM
    seen = arc_minutes(text_rem, whole, settings.distance_m)
    said = f"chữ {int(seen)}′ ở {number(settings.distance_m)} m"
    if seen >= LEAST_ARC_MINUTES:
        return said, ""
    farthest = int(farthest_m(Layout.FAR, whole) * 10) / 10
    least = f"{LEAST_ARC_MINUTES:.0f}′"
    return said, f"Dưới {least} không đọc được: đứng trong {number(farthest)} m hoặc dùng màn hình lớn hơn."


def legibility_words(settings: ScreenSettings) -> Component:
    """What the formula says while a screen is being set up."""
    said, problem = legibility(settings)
    layout = LAYOUT_NAMES[settings.layout]
    words = f"Bố cục {layout}: {said}. {problem}" if said != NO_SIZE else f"Bố cục {layout}: {ASKS_SIZE}"
    return html.Span(words, className="is-bad" if problem else None)


def number(value: float) -> str:
    """3.0 -> '3', 3.5 -> '3,5'."""
    return f"{value:g}".replace(".", ",")


def _cells(row: ScreenRow) -> list[Cell]:
    settings = row.settings
    name = html.Span([html.B(settings.name), *([tag("demo", "demo")] if row.is_demo else [])], className="desk-name")
    ends = settings.expires_at
    until = f"đến hết {text.day(local(ends - timedelta(seconds=1)).date())}" if ends else "không hạn"
    said, problem = legibility(settings)
    small = html.Small([said, html.Span(", quá nhỏ", className="is-bad")] if problem else said, title=problem or None)
    return [
        _two(name, settings.place or "chưa ghi nơi đặt"),
        _two(row.unit_name, until),
        _two(LAYOUT_NAMES[settings.layout], small),
        _state(row),
        _glass(row),
        _machine(row),
        buttons(ids.screen_button, row.public_id, () if row.is_revoked else ACTIONS),
    ]


def _state(row: ScreenRow) -> Component:
    if row.is_revoked:
        return _two(tag("Đã thu hồi", "off"), "")
    if row.is_expired:
        return _two(tag("Hết hạn", "off"), "đặt hạn mới trong Cài đặt")
    if not row.is_paired:
        return _two(tag("Chờ", "wait"), "chưa có thiết bị nhận")
    if row.report is None:
        return _two(tag("Chờ", "wait"), "chưa báo lần nào")
    # The page itself says when a report has grown too old: when every screen is silent nothing draws this list again.
    words = [html.Span(tag("Mất liên lạc", "off"), className="screen-lost")]
    if not row.is_lost:
        words.append(html.Span(tag("Đang chạy", "on"), className="screen-runs"))
    before, after = (html.Span(words, className="screen-runs") for words in ("báo ", " trước"))
    spoken = html.Small([before, html.Span(**data(age="chip")), after])
    return html.Div([*words, spoken], className="desk-two screen-state", **_aged(row.report.at, LOST_AFTER))


def _glass(row: ScreenRow) -> Component:
    report = row.report
    if report is None or row.is_revoked:
        return _two(text.UNKNOWN, "")
    shown = scene_titles([report.scene]) or report.scene or text.UNKNOWN
    if report.data_at is None:
        return _two(shown, "chưa có số liệu")
    small = html.Small(
        ["số liệu ", html.Span(**data(age="chip"))],
        title=f"Số liệu lúc {local(report.data_at):%H:%M:%S %d/%m/%Y}",
        **_aged(report.data_at, timedelta(seconds=NEVER_SECONDS)),
    )
    held = html.Span(" · đang giữ", className="desk-faint") if report.is_paused else None
    return _two(html.Span([part for part in (shown, held) if part is not None]), small)


def _machine(row: ScreenRow) -> Component:
    report = row.report
    if report is None or row.is_revoked:
        return _two(text.UNKNOWN, "")
    is_old = bool(row.build) and report.build != row.build
    build = html.Span(
        ["bản cũ " if is_old else "bản ", html.Code(report.build[:8])], className="is-old" if is_old else None
    )
    heap = "" if report.heap_bytes is None else f"{text.whole(round(report.heap_bytes / MEGABYTE))} MB"
    parts = [heap, f"lỡ {text.whole(report.missed)}", "luôn sáng" if report.is_awake else "có thể tự tắt"]
    size = f"{report.width}×{report.height} điểm ảnh"
    return _two(build, html.Small(" · ".join(filter(None, parts)), title=size))


def _aged(at: datetime, lost_for: timedelta) -> dict[str, Any]:
    """What live.js needs to write an age that is either well or lost."""
    limit = round(lost_for.total_seconds())
    return data(at=text.milliseconds(at), late=limit, stale=limit, lost=limit)


def _two(first: Component | str, second: Component | str) -> Component:
    """A cell of two lines."""
    below = html.Small(second) if isinstance(second, str) else second
    return html.Div([first if isinstance(first, Component) else html.Span(first), below], className="desk-two")

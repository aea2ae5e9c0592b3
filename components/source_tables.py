"""What /sources shows: how fresh each source is, and what became of each file that arrived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import ids
from components.format import whole
from domain.freshness import FRESHNESS_NAMES, Freshness
from domain.local_time import local

STATE_NAMES = {
    "staging": "đang nạp",
    "applied": "đã nạp",
    "duplicate": "đã có, bỏ qua",
    "held": "chờ xác nhận",
    "refused": "bị từ chối",
    "released": "đã chấp nhận",
    "interrupted": "bị ngắt",
    "failed": "lỗi khi nạp",
}
MODE_NAMES = {"full": "đầy đủ", "changes": "thay đổi", "sheet": "danh sách", "poll": "lấy tự động"}
# What the page says after a file was handed in or decided about; actions name the code.
RESULT_WORDS = {
    "sent": "Đã nhận tệp. Kết quả hiện ở danh sách bên dưới sau vài giây.",
    "decided": "Tệp này không còn chờ xác nhận.",
    "missing": "Không tìm thấy tệp đã giữ. Hãy gửi lại tệp.",
    "accepted": "Đã chấp nhận. Tệp được nạp lại trong vài giây.",
    "discarded": "Đã bỏ tệp. Số liệu không đổi.",
    "connected": "Đã lưu kết nối. Nguồn được hỏi lại trong vài giây.",
}
BAD_STATES = frozenset({Freshness.STALE, Freshness.LOST})


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source; instants are aware UTC, None where it never happened. `connect` is its address on the form, '' when
    nobody here may change how it is reached."""

    title: str
    freshness: Freshness
    newest_record_at: datetime | None
    last_success_at: datetime | None
    rows_in: int
    rows_refused: int
    message: str
    next_attempt_at: datetime | None = None
    connect: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file that arrived; `may_import` when this person may fetch its refused rows and decide about it."""

    public_id: str
    name: str
    mode: str
    state: str
    received_at: datetime
    as_of_at: datetime
    rows_in: int
    rows_refused: int
    message: str
    may_import: bool


def source_table(rows: Sequence[SourceRow]) -> Component:
    """Every source of the catalogue, connected or not."""
    head = (
        "Nguồn",
        "Tình trạng",
        "Số liệu mới nhất",
        "Lần nhận cuối",
        "Dòng nhận",
        "Dòng từ chối",
        "Việc cần làm",
        "",
    )
    return _table(head, [_source(row) for row in rows], numeric=(4, 5))


def file_table(rows: Sequence[FileRow]) -> Component:
    """The newest files first; says so when none has arrived."""
    if not rows:
        return html.P("Chưa có tệp nào được gửi đến, chưa có bản ghi nào bị từ chối.", className="desk-nothing")
    head = ("Nhận lúc", "Tệp", "Loại", "Kết quả", "Số liệu đến", "Dòng", "Từ chối", "Diễn giải", "")
    return _table(head, [_file(row) for row in rows], numeric=(5, 6))


def result_note(code: str) -> Component | None:
    """What came of the last thing the person did; nothing for an unknown code."""
    words = RESULT_WORDS.get(code)
    good = code in ("sent", "accepted", "discarded", "connected")
    verdict = "whole" if good else "broken"
    return html.P(words, className=f"desk-verdict desk-verdict--{verdict}", role="status") if words else None


def _source(row: SourceRow) -> list[Component | str]:
    words = FRESHNESS_NAMES[row.freshness]
    state = html.Span(words, className="is-old" if row.freshness in BAD_STATES else None)
    is_known = row.freshness is not Freshness.NOT_CONFIGURED
    return [
        html.B(row.title),
        state,
        _instant(row.newest_record_at),
        _instant(row.last_success_at),
        whole(row.rows_in) if is_known else "—",
        whole(row.rows_refused) if is_known else "—",
        _what_to_do(row),
        html.A("Kết nối", href=row.connect, className="desk-button desk-button--small") if row.connect else "",
    ]


def _what_to_do(row: SourceRow) -> Component:
    """What the source said last, when it is asked again, and what a person can do about it."""
    said: list[Component | str] = [row.message] if row.message else []
    if row.next_attempt_at is not None:
        said.append(html.Small(f"Hỏi lại lúc {local(row.next_attempt_at):%H:%M:%S}."))
    if row.freshness is Freshness.LOST and row.connect:
        said.append(html.Small("Kiểm tra địa chỉ và khóa ở nút Kết nối; nếu đúng, báo đơn vị quản lý hệ thống đó."))
    return html.Div(said, className="desk-notes")


def _file(row: FileRow) -> list[Component | str]:
    refused: Component | str = whole(row.rows_refused)
    if row.rows_refused and row.may_import:
        refused = html.A(refused, href=f"/sources/errors/{row.public_id}.xlsx", title="Tải các dòng bị từ chối")
    buttons: list[Component] = []
    if row.state == "held" and row.may_import:
        buttons = [
            html.Button(
                words,
                id=ids.file_button(action, row.public_id),
                className="desk-button desk-button--small",
                type="button",
            )
            for action, words in (("accept", "Chấp nhận"), ("discard", "Bỏ tệp"))
        ]
    is_bad = row.state in ("held", "refused", "interrupted", "failed")
    return [
        _instant(row.received_at),
        row.name,
        html.Span(MODE_NAMES.get(row.mode, row.mode), className="desk-time"),
        html.Span(STATE_NAMES.get(row.state, row.state), className="desk-time is-bad" if is_bad else "desk-time"),
        _instant(row.as_of_at),
        whole(row.rows_in),
        refused,
        row.message,
        html.Div(buttons, className="desk-actions"),
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[Component | str]], numeric: Sequence[int]) -> Component:
    def cell(kind: Callable[..., Component], position: int, content: Component | str) -> Component:
        return kind(content, className="desk-number" if position in numeric else None)

    return html.Table(
        [
            html.Thead(html.Tr([cell(html.Th, position, words) for position, words in enumerate(head)])),
            html.Tbody([html.Tr([cell(html.Td, at, content) for at, content in enumerate(row)]) for row in rows]),
        ],
        className="desk-table",
    )


def _instant(at: datetime | None) -> Component | str:
    return html.Span(f"{local(at):%H:%M:%S %d/%m/%Y}", className="desk-time") if at else "—"

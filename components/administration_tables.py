"""The tables of /administration: people and audit. Plain values in, rows out, worst or newest first as given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import ids
from domain.local_time import local
from domain.permissions import ROLE_NAMES, Role

Cell = Component | str | None

# What an audit row is called on screen; a code that is not here is shown as it is.
ACTION_NAMES = {
    "sign_in": "Đăng nhập",
    "sign_in_refused": "Đăng nhập sai",
    "sign_in_braked": "Tạm chặn đăng nhập",
    "sign_out": "Đăng xuất",
    "user_created": "Thêm người dùng",
    "user_disabled": "Khóa người dùng",
    "user_enabled": "Mở khóa người dùng",
    "password_reset": "Cấp lại mật khẩu",
    "password_changed": "Đổi mật khẩu",
    "role_changed": "Đổi vai trò, đơn vị",
    "service_created": "Thêm tài khoản hệ thống",
    "service_renewed": "Cấp lại khóa tài khoản hệ thống",
    "service_revoked": "Thu hồi tài khoản hệ thống",
    "screen_created": "Thêm màn hình",
    "screen_changed": "Cài đặt màn hình",
    "screen_moved": "Ghép lại màn hình",
    "screen_reload_ordered": "Tải lại màn hình",
    "screen_identify_ordered": "Nhận diện màn hình",
    "screen_scene_ordered": "Chuyển cảnh màn hình",
    "pairing_code_created": "Tạo mã ghép",
    "pairing_refused": "Mã ghép sai",
    "screen_paired": "Ghép màn hình",
    "screen_revoked": "Thu hồi màn hình",
    "demo_accounts_opened": "Mở tài khoản demo",
    "demo_accounts_closed": "Đóng tài khoản demo",
    "demo_screen_opened": "Mở màn hình demo",
    "demo_screen_closed": "Đóng màn hình demo",
    "audit_checked": "Kiểm tra nhật ký",
    "counters_repaired": "Sửa bộ đếm",
    "source_connected": "Kết nối nguồn dữ liệu",
    "demo_source_connected": "Kết nối nguồn của demo",
    "software_added": "Thêm phần mềm của ngành",
    "software_changed": "Sửa phần mềm của ngành",
    "software_retired": "Ngừng phần mềm của ngành",
    "software_tried": "Kiểm tra phần mềm ngay",
    "software_probe_set": "Đặt phép kiểm tra phần mềm",
    "software_probe_retired": "Ngừng phép kiểm tra phần mềm",
    "report_placed": "Chỉ định đơn vị cho phản ánh",
    "field_reports_exported": "Xuất phản ánh ra Excel",
    "cameras_exported": "Xuất camera ra Excel",
    "attendance_exported": "Xuất chấm công ra Excel",
    "attendance_corrected": "Điều chỉnh ngày công",
    "attendance_sheet_imported": "Nạp danh sách chấm công",
    "attendance_sheet_refused": "Từ chối danh sách chấm công",
    "camera_looked_at": "Xem ảnh camera",
    "reception_sheet_imported": "Nạp bảng tiếp công dân",
    "reception_sheet_refused": "Từ chối bảng tiếp công dân",
    "reception_visit_opened": "Ghi lượt tiếp công dân",
    "reception_visit_called": "Gọi lượt tiếp công dân",
    "reception_visit_ended": "Kết thúc lượt tiếp công dân",
    "reception_exported": "Xuất tiếp công dân ra Excel",
    "administrative_judgments_sheet_imported": "Nạp sổ án hành chính",
    "administrative_judgments_sheet_refused": "Từ chối sổ án hành chính",
    "administrative_judgments_exported": "Xuất án hành chính ra Excel",
    "administrative_judgment_form_exported": "Xuất biểu thi hành án hành chính",
    "observations_sheet_imported": "Nạp bảng số liệu theo kỳ",
    "observations_sheet_refused": "Từ chối bảng số liệu theo kỳ",
    "city_alerts_pushed": "Nhận cảnh báo của thành phố",
    "observations_pushed": "Nhận số liệu theo kỳ do phần mềm gửi",
    "observations_exported": "Xuất số liệu theo kỳ ra Excel",
    "agenda_day_entered": "Ghi một ngày vào lịch công tác",
    "agenda_day_withdrawn": "Bỏ một ngày khỏi lịch công tác",
    "agenda_feed_opened": "Tạo địa chỉ lịch riêng",
    "agenda_feed_closed": "Hủy địa chỉ lịch riêng",
    "programme_exported": "Xuất cam kết của Đề án ra Excel",
    "pledge_target_decided": "Đặt mức của một cam kết",
    "observation_recorded": "Nhập một số liệu theo kỳ",
    "observed_indicator_decided": "Thêm, sửa một chỉ tiêu theo kỳ",
    "observation_sender_added": "Đăng ký hệ thống gửi số liệu",
    "observation_key_renewed": "Cấp khóa mới cho hệ thống gửi số liệu",
    "observation_sender_on": "Cho hệ thống gửi số liệu trở lại",
    "observation_sender_off": "Dừng nhận của hệ thống gửi số liệu",
    "webhook_receiver_added": "Đăng ký nơi nhận sự kiện",
    "webhook_key_renewed": "Cấp khóa mới cho nơi nhận sự kiện",
    "webhook_receiver_on": "Gửi sự kiện trở lại cho nơi nhận",
    "webhook_receiver_off": "Dừng gửi sự kiện cho nơi nhận",
    "webhook_receiver_removed": "Gỡ nơi nhận sự kiện",
    "webhook_receiver_tried": "Gửi thử tới nơi nhận sự kiện",
    "embed_granted": "Tạo địa chỉ nhúng",
    "embed_exchanged": "Địa chỉ nhúng được dùng",
    "embed_revoked": "Thu hồi nơi nhúng",
    "webhook_replayed": "Gửi lại sự kiện đã thôi gửi",
    "public_services_sheet_imported": "Nạp bảng dịch vụ công",
    "public_services_sheet_refused": "Từ chối bảng dịch vụ công",
    "public_services_exported": "Xuất dịch vụ công ra Excel",
    "training_sheet_imported": "Nạp bảng đào tạo",
    "training_sheet_refused": "Từ chối bảng đào tạo",
    "training_exported": "Xuất đào tạo ra Excel",
    "equipment_sheet_imported": "Nạp sổ trang thiết bị",
    "equipment_sheet_refused": "Từ chối sổ trang thiết bị",
    "equipment_exported": "Xuất trang thiết bị ra Excel",
    "camera_inventory_imported": "Nạp danh sách camera",
    "cameras_sheet_refused": "Từ chối danh sách camera",
    "guard_log_sheet_imported": "Nạp sổ trực",
    "guard_log_sheet_refused": "Từ chối sổ trực",
    "directive_issued": "Giao chỉ đạo",
    "directive_received": "Tiếp nhận chỉ đạo",
    "directive_answered": "Trả lời chỉ đạo",
    "directive_closed": "Chấp nhận, kết thúc chỉ đạo",
    "directive_returned": "Trả lại chỉ đạo cho đơn vị",
    "directive_withdrawn": "Thu hồi chỉ đạo",
    "directives_exported": "Xuất Excel chỉ đạo",
    "incident_recorded": "Ghi sự kiện an ninh",
    "security_event_ended": "Ghi kết quả xử lý sự kiện an ninh",
    "alarm_acknowledged": "Xác nhận cảnh báo",
    "alarm_assigned": "Giao cảnh báo",
    "alarm_shelved": "Tạm ẩn cảnh báo",
    "alarm_resumed": "Bỏ tạm ẩn cảnh báo",
    "alarm_ended": "Bỏ tạm ẩn cảnh báo đã hết",
    "alarm_noted": "Ghi chú cảnh báo",
    "alarm_called": "Ghi đã gọi trực ban",
    "duty_phone_entered": "Nhập số trực ban đơn vị",
    "cases_exported": "Xuất danh sách việc ra Excel",
    "alarm_settled": "Ghi kết quả xử lý cảnh báo",
    "alarm_rule_changed": "Thay đổi quy tắc cảnh báo",
    "alarm_limit_changed": "Thay đổi ngưỡng",
    "maintenance_announced": "Đặt lịch bảo trì",
    "maintenance_ended": "Kết thúc sớm lịch bảo trì",
    "deadline_entered": "Nhập thời hạn luật định",
    "duty_taken_over": "Nhận ca trực",
    "duty_handed_over": "Bàn giao ca trực",
    "duty_closed_for_other": "Lập biên bản thay cho ca chưa bàn giao",
    "hand_over_exported": "Tải biên bản bàn giao ca",
    "running_clocks_exported": "Xuất thời hạn luật định ra Excel",
    "forecast_exported": "Xuất dự báo cuối năm ra Excel",
    "period_closed": "Chốt số liệu kỳ báo cáo",
    "period_corrected": "Ghi đính chính kỳ đã chốt",
    "form_numbered": "Đổi số hiệu biểu thống kê",
    "form_exported": "Xuất biểu thống kê",
    "form_reconciled": "Đối chiếu biểu với số liệu của ngành",
    "briefing_asked": "Yêu cầu lập bản tin",
    "briefing_made": "Lập bản tin",
    "briefing_exported": "Tải bản tin",
    "briefing_schedule_changed": "Thay đổi lịch lập bản tin",
    "chart_exported": "Tải biểu đồ",
    "case_workbook_asked": "Yêu cầu lập Excel danh sách việc",
    "case_chart_exported": "Tải biểu đồ thi hành án",
    "job_cancelled": "Hủy công việc nền",
    "alarm_quality_exported": "Xuất chất lượng cảnh báo ra Excel",
    "security_exported": "Xuất sự kiện an ninh ra Excel",
    "file_submitted": "Gửi tệp",
    "held_file_accepted": "Chấp nhận tệp chờ duyệt",
    "held_file_discarded": "Bỏ tệp chờ duyệt",
    "import_applied": "Nạp tệp số liệu",
    "import_duplicate": "Tệp đã nạp trước đó",
    "import_held": "Giữ tệp chờ duyệt",
    "import_refused": "Từ chối tệp",
}
DETAIL_NAMES = {
    "address": "từ",
    "place": "nơi đặt",
    "layout": "bố cục",
    "scenes": "cảnh",
    "scene": "cảnh",
    "expires": "hết hạn",
    "sign_in_name": "tên",
    "name": "tên",
    "role": "vai trò",
    "unit": "đơn vị",
    "count": "số lượng",
    "rows": "số dòng",
    "first_wrong": "dòng sai đầu tiên",
    "file": "tệp",
    "differences": "chênh lệch",
    "kind": "loại",
    "host": "máy chủ",
    "enabled": "đang dùng",
    "from": "trước",
    "to": "sau",
    "filter": "bộ lọc",
    "month": "tháng",
    "day": "ngày",
    "status": "tình trạng",
    "reason": "lý do",
    "changed": "thay đổi",
    "refused": "từ chối",
    "cameras": "camera",
    "mode": "cách gửi",
    "people": "số người",
    "outcome": "kết quả",
    "valid_from": "hiệu lực từ",
    "received": "nhận từ biên bản",
    "alarms": "cảnh báo đang mở",
    "shelved": "tạm ẩn",
    "closed": "đã đóng",
    "format": "dạng tệp",
    "period": "khoảng thời gian",
    "version": "phiên bản",
    "hash": "mã kiểm",
    "regime": "chế độ thống kê",
}
ROLE_WORDS = {role.value: name for role, name in ROLE_NAMES.items()}
SYSTEM = "worker"


@dataclass(frozen=True, slots=True)
class UserRow:
    """One account as listed; instants are aware UTC."""

    public_id: str
    name: str
    role: Role
    unit_name: str
    created_at: datetime
    last_sign_in_at: datetime | None
    is_disabled: bool
    is_demo: bool
    is_self: bool


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One audit event as listed; `at` is aware UTC, `detail` the stored JSON."""

    sequence: int
    at: datetime
    actor: str
    role: Role
    action: str
    subject: str
    detail: str


def users_table(rows: Sequence[UserRow]) -> Component:
    """Every account with what can be done to it."""
    if not rows:
        return nothing("Chưa có người dùng nào.")
    heads = ("Tên đăng nhập", "Vai trò", "Đơn vị", "Tạo ngày", "Đăng nhập gần nhất", "Trạng thái", "")
    return table("users-table", heads, [_user_cells(row) for row in rows])


def audit_table(rows: Sequence[AuditRow]) -> Component:
    """The newest events first."""
    if not rows:
        return nothing("Nhật ký chưa có dòng nào.")
    heads = ("Số", "Lúc", "Ai", "Việc", "Đối tượng", "Chi tiết")
    return table("audit-table", heads, [_audit_cells(row) for row in rows])


def audit_verdict(rows: int, anchors: int, wrong: tuple[int, str] | None, at: datetime) -> Component:
    """What a check found: whole, or the first wrong row and why."""
    checked = f"kiểm lúc {moment(at, '', seconds=True)}"
    if wrong is None:
        words = f"Nhật ký toàn vẹn: {text.whole(rows)} dòng, {text.whole(anchors)} dấu neo, {checked}."
        return html.P(words, className="desk-verdict desk-verdict--whole", role="status")
    sequence, reason = wrong
    words = f"Nhật ký sai từ dòng {text.whole(sequence)}: {reason}; {checked}. Giữ nguyên hệ thống và báo quản trị."
    return html.P(words, className="desk-verdict desk-verdict--broken", role="alert")


def _user_cells(row: UserRow) -> list[Cell]:
    state = tag("Đã khóa", "off") if row.is_disabled else tag("Đang dùng", "on")
    name = [html.B(row.name), html.Span("demo", className="desk-tag") if row.is_demo else None]
    return [
        html.Span([part for part in name if part is not None], className="desk-name"),
        ROLE_NAMES[row.role],
        row.unit_name,
        text.day(local(row.created_at).date()),
        moment(row.last_sign_in_at, "chưa lần nào"),
        state,
        buttons(ids.user_button, row.public_id, _user_actions(row)),
    ]


def _user_actions(row: UserRow) -> list[tuple[str, str]]:
    if row.is_disabled:
        return [] if row.is_demo else [("enable", "Mở khóa")]
    actions = [("role", "Vai trò"), ("reset", "Cấp mật khẩu")]
    return actions if row.is_self else [*actions, ("disable", "Khóa")]


def _audit_cells(row: AuditRow) -> list[Cell]:
    return [
        text.whole(row.sequence),
        moment(row.at, "", seconds=True),
        html.Span([html.B(row.actor), f" · {ROLE_NAMES[row.role]}"]) if row.actor != SYSTEM else ROLE_NAMES[row.role],
        ACTION_NAMES.get(row.action, row.action),
        html.Code(row.subject),
        html.Span(_plain_detail(row.detail), className="desk-detail"),
    ]


def _plain_detail(detail: str) -> str:
    """The stored JSON as 'tên: giá trị', or the text itself."""
    try:
        values = json.loads(detail)
    except ValueError:
        return detail
    if not isinstance(values, dict):
        return detail
    spoken = {name: ROLE_WORDS.get(str(value), value) if name == "role" else value for name, value in values.items()}
    return " · ".join(f"{DETAIL_NAMES.get(name, name)}: {value}" for name, value in spoken.items() if value is not None)


def moment(at: datetime | None, never: str, seconds: bool = False) -> str:
    """'08:42, 23/11/2026' on a clock in Huế."""
    if at is None:
        return never
    there = local(at)
    return f"{there:%H:%M:%S}, {text.day(there.date())}" if seconds else f"{there:%H:%M}, {text.day(there.date())}"


def tag(words: str, kind: str) -> Component:
    """A short state in a frame: on, off or wait."""
    return html.Span(words, className=f"desk-tag desk-tag--{kind}")


def buttons(make_id: ids.ButtonId, subject: str, actions: Sequence[tuple[str, str]]) -> Component:
    """What can be done to a row."""
    drawn = [
        html.Button(words, id=make_id(action, subject), className="desk-button desk-button--small", type="button")
        for action, words in actions
    ]
    return html.Div(drawn, className="desk-actions")


def table(table_id: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Component:
    """A table of the desk."""
    return html.Table(
        id=table_id,
        className="desk-table",
        children=[
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows]),
        ],
    )


def nothing(words: str) -> Component:
    """What stands where a table without rows would."""
    return html.P(words, className="desk-nothing")

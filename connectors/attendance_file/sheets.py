"""Which columns each kind of sheet has, and the words its cells may hold. Another word of an agency is added here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from connectors.sheet_rows import Column, column
from domain.attendance import LEAVE_NAMES, ROLE_TITLES, LeaveKind, OverlayKind, PunchKind, StaffRole, VerifyMethod
from domain.vietnamese import normalised


class SheetKind(StrEnum):
    """What a sheet lists."""

    TERMINALS = "terminals"
    STAFF = "staff"
    ABSENCES = "absences"
    PUNCHES = "punches"


TITLES = {
    SheetKind.TERMINALS: "Danh mục máy chấm công",
    SheetKind.STAFF: "Danh sách cán bộ",
    SheetKind.ABSENCES: "Bảng nghỉ, công tác",
    SheetKind.PUNCHES: "Lượt chấm công",
}
_SERIAL = column("Số máy|Số sê-ri|Serial|SN|Máy chấm công|Mã máy")
_UNIT = column("Đơn vị|Cơ quan|Phòng ban")
_CODE = column("Mã cán bộ|Mã công chức|Mã nhân viên|Mã CHV|Mã")
_PIN = column("Số người dùng|Mã chấm công|Số trên máy|PIN|User ID|AC-No")
COLUMNS: Mapping[SheetKind, Mapping[str, Column]] = {
    SheetKind.TERMINALS: {
        "serial": _SERIAL,
        "unit": _UNIT,
        "name": column("Tên máy|Vị trí|Nơi đặt"),
        "network": column("Mạng được phép|Mạng|Địa chỉ mạng"),
        "allowed": column("Được phép|Đang dùng", False),
    },
    SheetKind.STAFF: {
        "code": _CODE,
        "unit": _UNIT,
        "pin": _PIN,
        "role": column("Chức danh|Chức vụ", False),
        "from": column("Từ ngày", False),
        "to": column("Đến ngày", False),
    },
    SheetKind.ABSENCES: {
        "code": _CODE,
        "unit": _UNIT,
        "kind": column("Loại|Lý do|Hình thức|Loại nghỉ"),
        "from": column("Từ ngày|Ngày bắt đầu"),
        "to": column("Đến ngày|Ngày kết thúc"),
        "reference": column("Số văn bản|Quyết định|Giấy đi đường|Lệnh điều động", False),
        "withdrawn": column("Hủy", False),
    },
    SheetKind.PUNCHES: {
        "serial": _SERIAL,
        "pin": _PIN,
        "time": column("Thời điểm|Thời gian|Ngày giờ|DateTime|Time"),
        "kind": column("Phím chấm|Vào ra|Trạng thái|Status", False),
        "method": column("Cách xác thực|Xác thực|Verify", False),
    },
}

# What lies over a day, by the words of a sheet.
ABSENCES: Mapping[str, tuple[OverlayKind, LeaveKind | None]] = {
    **{normalised(name): (OverlayKind.LEAVE, kind) for kind, name in LEAVE_NAMES.items()},
    "phep": (OverlayKind.LEAVE, LeaveKind.ANNUAL),
    "phep nam": (OverlayKind.LEAVE, LeaveKind.ANNUAL),
    "nghi phep nam": (OverlayKind.LEAVE, LeaveKind.ANNUAL),
    "om": (OverlayKind.LEAVE, LeaveKind.SICK),
    "thai san": (OverlayKind.LEAVE, LeaveKind.MATERNITY),
    "khong luong": (OverlayKind.LEAVE, LeaveKind.UNPAID),
    "cong tac": (OverlayKind.BUSINESS_TRIP, None),
    "di cong tac": (OverlayKind.BUSINESS_TRIP, None),
    "xac minh": (OverlayKind.FIELD_DUTY, None),
    "cuong che": (OverlayKind.FIELD_DUTY, None),
    "ngoai tru so": (OverlayKind.FIELD_DUTY, None),
    "di ngoai tru so": (OverlayKind.FIELD_DUTY, None),
    "lam viec ngoai tru so": (OverlayKind.FIELD_DUTY, None),
    "xac minh, cuong che ngoai tru so": (OverlayKind.FIELD_DUTY, None),
}
ROLES: Mapping[str, StaffRole] = {
    **{normalised(title): role for role, title in ROLE_TITLES.items()},
    "lanh dao": StaffRole.HEAD,
    "chv": StaffRole.ENFORCER,
    "thu ky thi hanh an": StaffRole.SECRETARY,
    "ke toan nghiep vu": StaffRole.ACCOUNTANT,
}
KINDS: Mapping[str, PunchKind] = {
    "vao": PunchKind.IN,
    "ra": PunchKind.OUT,
    "0": PunchKind.IN,
    "1": PunchKind.OUT,
    "2": PunchKind.BREAK_OUT,
    "3": PunchKind.BREAK_IN,
    "4": PunchKind.OVERTIME_IN,
    "5": PunchKind.OVERTIME_OUT,
}
METHODS: Mapping[str, VerifyMethod] = {
    "mat khau": VerifyMethod.PASSWORD,
    "van tay": VerifyMethod.FINGER,
    "the": VerifyMethod.CARD,
    "khuon mat": VerifyMethod.FACE,
    "long ban tay": VerifyMethod.PALM,
    "0": VerifyMethod.PASSWORD,
    "1": VerifyMethod.FINGER,
    "4": VerifyMethod.CARD,
    "15": VerifyMethod.FACE,
    "25": VerifyMethod.PALM,
}

"""Which columns each kind of sheet has, and the words its cells may hold. Another word of an agency is added here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from connectors.case_workbook.fields import header_keys
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
HEADER_WITHIN = 15


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the headers it goes by (canonical first), and whether a sheet needs it."""

    headers: tuple[str, ...]
    required: bool = True


def _column(headers: str, required: bool = True) -> Column:
    return Column(tuple(headers.split("|")), required)


_SERIAL = _column("Số máy|Số sê-ri|Serial|SN|Máy chấm công|Mã máy")
_UNIT = _column("Đơn vị|Cơ quan|Phòng ban")
_CODE = _column("Mã cán bộ|Mã công chức|Mã nhân viên|Mã CHV|Mã")
_PIN = _column("Số người dùng|Mã chấm công|Số trên máy|PIN|User ID|AC-No")
COLUMNS: Mapping[SheetKind, Mapping[str, Column]] = {
    SheetKind.TERMINALS: {
        "serial": _SERIAL,
        "unit": _UNIT,
        "name": _column("Tên máy|Vị trí|Nơi đặt"),
        "network": _column("Mạng được phép|Mạng|Địa chỉ mạng"),
        "allowed": _column("Được phép|Đang dùng", False),
    },
    SheetKind.STAFF: {
        "code": _CODE,
        "unit": _UNIT,
        "pin": _PIN,
        "role": _column("Chức danh|Chức vụ", False),
        "from": _column("Từ ngày", False),
        "to": _column("Đến ngày", False),
    },
    SheetKind.ABSENCES: {
        "code": _CODE,
        "unit": _UNIT,
        "kind": _column("Loại|Lý do|Hình thức|Loại nghỉ"),
        "from": _column("Từ ngày|Ngày bắt đầu"),
        "to": _column("Đến ngày|Ngày kết thúc"),
        "reference": _column("Số văn bản|Quyết định|Giấy đi đường|Lệnh điều động", False),
        "withdrawn": _column("Hủy", False),
    },
    SheetKind.PUNCHES: {
        "serial": _SERIAL,
        "pin": _PIN,
        "time": _column("Thời điểm|Thời gian|Ngày giờ|DateTime|Time"),
        "kind": _column("Phím chấm|Vào ra|Trạng thái|Status", False),
        "method": _column("Cách xác thực|Xác thực|Verify", False),
    },
}
# Column -> its place in the row, of one kind of sheet.
Places = Mapping[str, int]


def find_columns(row: Sequence[str]) -> tuple[SheetKind, Places] | None:
    """The kind of sheet that this row heads, with every required column; None when it heads none."""
    keys = [header_keys(text) if text else () for text in row]
    best: tuple[SheetKind, Places] | None = None
    for kind, columns in COLUMNS.items():
        places: dict[str, int] = {}
        for name, column in columns.items():
            wanted = {key for header in column.headers for key in header_keys(header)}
            found = [place for place, own in enumerate(keys) if wanted & set(own) and place not in places.values()]
            if found:
                places[name] = found[0]
        if all(name in places for name, column in columns.items() if column.required) and (
            best is None or len(places) > len(best[1])
        ):
            best = kind, places
    return best


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

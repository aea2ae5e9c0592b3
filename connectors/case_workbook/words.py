"""Cells that choose from a closed list: kinds, types, groups, units and areas, matched without case or diacritics."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from connectors.case_workbook.cells import Cell, CellProblem, is_empty, plain_text, shown_text
from connectors.case_workbook.fields import SheetKind, header_key
from domain.cases import (
    CASE_GROUP_NAMES,
    CASE_KIND_NAMES,
    CASE_TYPE_NAMES,
    DECISION_KIND_NAMES,
    MONEY_KIND_NAMES,
    CaseGroup,
    CaseKind,
    CaseType,
    DecisionKind,
    MoneyKind,
)
from domain.vietnamese import normalised

# Beside the names of domain.cases; words of one member are cut by "|".
_OTHER_WORDS: dict[StrEnum, str] = {
    CaseKind.EX_OFFICIO: "CĐ | Việc chủ động | THA chủ động | Chủ động thi hành | Chủ động thi hành án",
    CaseKind.ON_REQUEST: "YC | TYC | Yêu cầu | Đơn yêu cầu | Theo đơn | Theo đơn yêu cầu | Việc theo yêu cầu",
    CaseType.CIVIL: "DS | Án dân sự",
    CaseType.FAMILY: "HNGĐ | HN&GĐ | Hôn nhân gia đình | Hôn nhân - gia đình | Hôn nhân & gia đình",
    CaseType.COMMERCIAL: "KDTM | KD-TM | Kinh doanh, thương mại | Kinh doanh và thương mại | Kinh tế",
    CaseType.LABOUR: "LĐ | Án lao động",
    CaseType.CRIMINAL: "HS | Án hình sự | Dân sự trong hình sự | Dân sự trong án hình sự",
    CaseType.ADMINISTRATIVE: "HC | Án hành chính | Dân sự trong hành chính | Dân sự trong án hành chính",
    CaseType.BANKRUPTCY: "PS | Án phá sản | Tuyên bố phá sản",
    CaseType.OTHER: "Loại khác | Án khác | Trọng tài | Trọng tài thương mại | Cạnh tranh | Vụ việc cạnh tranh",
    DecisionKind.ENFORCEABLE: "Có điều kiện thi hành | Có điều kiện thi hành án | CĐK | Có ĐK",
    DecisionKind.NOT_ENFORCEABLE: "Chưa có điều kiện thi hành | Chưa có điều kiện thi hành án | CCĐK | Chưa có ĐK",
    DecisionKind.SEPARATE_REGISTER: "Sổ theo dõi riêng | Chuyển sổ riêng | Theo dõi riêng | Sổ riêng",
    DecisionKind.ENTRUSTED: "Ủy thác đi | Ủy thác thi hành án",
    DecisionKind.WITHDRAWN: "Thu hồi quyết định | Thu hồi QĐ | Thu hồi quyết định thi hành án",
    DecisionKind.CANCELLED: "Hủy QĐ | Hủy quyết định thi hành án",
    DecisionKind.TAKEN_UP: "Rút | Rút hồ sơ | Rút hồ sơ lên | Rút hồ sơ lên thi hành | Rút lên thi hành",
    DecisionKind.POSTPONED: "Hoãn thi hành | Hoãn thi hành án",
    DecisionKind.POSTPONED_BY_CONSENT: "Hoãn do thỏa thuận | Hoãn điểm c | Hoãn theo điểm c | "
    "Hoãn theo điểm c khoản 1 Điều 48",
    DecisionKind.SUSPENDED: "TĐC | Tạm đình chỉ thi hành | Tạm đình chỉ thi hành án",
    DecisionKind.RESUMED: "Tiếp tục thi hành | Tiếp tục thi hành án",
    DecisionKind.TERMINATED: "ĐC | Đình chỉ thi hành | Đình chỉ thi hành án",
    DecisionKind.COMPLETED: "Xong | Đã thi hành xong | Thi hành án xong",
    DecisionKind.VERIFIED: "Xác minh điều kiện | Xác minh điều kiện thi hành án",
    DecisionKind.COERCED: "Cưỡng chế thi hành án | Quyết định cưỡng chế",
    DecisionKind.REDUCED: "Miễn, giảm | Miễn | Giảm | Miễn, giảm nghĩa vụ | Miễn, giảm nghĩa vụ thi hành án",
    MoneyKind.COLLECTED: "Thu tiền | Thu tiền thi hành án | Phiếu thu",
    MoneyKind.PAID_OUT: "Chi | Chi tiền | Chi trả tiền | Chi trả đương sự | Phiếu chi",
    MoneyKind.PAID_TO_BUDGET: "Nộp NS | Nộp NSNN | Nộp ngân sách nhà nước",
    MoneyKind.DEPOSITED: "Gửi NH | Gửi tiền ngân hàng | Gửi tiết kiệm",
    MoneyKind.ASSET_IN_SATISFACTION: "Nhận tài sản | Nhận tài sản để trừ tiền | Nhận tài sản để thi hành án | "
    "Nhận tài sản trừ tiền thi hành án",
    CaseGroup.CREDIT: "TD | Tín dụng | Ngân hàng | TDNH",
    CaseGroup.CORRUPTION: "TN | Tham nhũng | Kinh tế | TNKT",
    CaseGroup.BUDGET: "NS | Ngân sách | NSNN | Thu NSNN | Thu ngân sách nhà nước",
    CaseGroup.BUSINESS: "DN | Doanh nghiệp",
}


def _by_word(names: Mapping[Any, str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for member, name in names.items():
        for word in (name, *_OTHER_WORDS.get(member, name).split("|")):
            words.setdefault(header_key(word), member.value)
    return words


_CASE_KINDS = _by_word(CASE_KIND_NAMES)
_CASE_TYPES = _by_word(CASE_TYPE_NAMES)
_DECISION_KINDS = _by_word(DECISION_KIND_NAMES)
_MONEY_KINDS = _by_word(MONEY_KIND_NAMES)
_GROUPS = _by_word(CASE_GROUP_NAMES)


def _choice(words: Mapping[str, str], names: Mapping[Any, str]) -> Callable[[Cell], str]:
    allowed = ", ".join(names.values())

    def read(cell: Cell) -> str:
        if is_empty(cell):
            raise CellProblem("ô bắt buộc bị trống")
        chosen = words.get(header_key(shown_text(cell)))
        if chosen is None:
            raise CellProblem(f"chỉ nhận: {allowed}")
        return chosen

    return read


case_kind = _choice(_CASE_KINDS, CASE_KIND_NAMES)
case_type = _choice(_CASE_TYPES, CASE_TYPE_NAMES)
decision_kind = _choice(_DECISION_KINDS, DECISION_KIND_NAMES)
money_kind = _choice(_MONEY_KINDS, MONEY_KIND_NAMES)

_BETWEEN_GROUPS = re.compile(r"[;,/|+\n]")


def groups(cell: Cell) -> str:
    """Group codes joined by ";" in a fixed order; empty when none. Names are accepted beside codes."""
    if is_empty(cell):
        return ""
    text = plain_text(cell)
    whole = _GROUPS.get(header_key(text))
    if whole is not None:
        return whole
    found: set[str] = set()
    for part in _BETWEEN_GROUPS.split(text) if _BETWEEN_GROUPS.search(text) else text.split():
        if part.strip():
            code = _GROUPS.get(header_key(part))
            if code is None:
                raise CellProblem("chỉ nhận TD, TN, NS, DN, cách nhau bằng dấu ;")
            found.add(code)
    return ";".join(sorted(found))


def reference_key(text: str) -> str:
    """What names and codes of units and areas are looked up by: the usual short forms count as the long ones."""
    key = f" {header_key(text)} "
    for short, long in _SHORT_FORMS:
        key = key.replace(short, long)
    return key.strip()


_SHORT_FORMS = (
    (" thi hanh an dan su ", " thads "),
    (" tp ", " thanh pho "),
    (" tx ", " thi xa "),
    (" h ", " huyen "),
    (" q ", " quan "),
    (" p ", " phuong "),
    (" x ", " xa "),
    (" tt ", " thi tran "),
    (" cc ", " chi cuc "),
    (" ccthads ", " chi cuc thads "),
    (" cthads ", " cuc thads "),
)


def unit_code(codes: Mapping[str, str]) -> Callable[[Cell], str]:
    """A reader of units by code, name or short name."""

    def read(cell: Cell) -> str:
        if is_empty(cell):
            raise CellProblem("ô bắt buộc bị trống")
        text = shown_text(cell)
        code = codes.get(reference_key(text)) or codes.get(normalised(text))
        if code is None:
            raise CellProblem("không có đơn vị này trong cơ cấu tổ chức")
        return code

    return read


def area_code(codes: Mapping[str, str]) -> Callable[[Cell], str]:
    """A reader of wards and communes by GSO code (text, or a number that lost its zeros) or name."""

    def read(cell: Cell) -> str:
        text = shown_text(cell)
        key = reference_key(text)
        code = codes.get(key) or codes.get(normalised(text)) or (codes.get(key.zfill(5)) if key.isdigit() else None)
        if code is None:
            raise CellProblem("không có xã, phường này trong danh mục")
        return code

    return read


def looks_like(kind: SheetKind, cell: Cell) -> bool:
    """Whether a cell of "Loại" speaks of decisions or of money; tells apart two sheets with equal headers."""
    words = _DECISION_KINDS if kind is SheetKind.DECISIONS else _MONEY_KINDS
    return not is_empty(cell) and header_key(shown_text(cell)) in words

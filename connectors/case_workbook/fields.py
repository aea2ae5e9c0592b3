"""The three sheets of the canonical workbook: their columns, which are required, and the headers that name them.

The canonical header of a column is the first of its names; the others are what agencies' exports write, cut by "|".
Names are compared by `header_key`, so case, diacritics, punctuation and notes in brackets do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.vietnamese import normalised


class SheetKind(StrEnum):
    """Which of the three sheets; the value names it in code, SHEET_TITLES on screen."""

    CASES = "cases"
    DECISIONS = "decisions"
    MONEY = "money"


SHEET_TITLES = {SheetKind.CASES: "Việc", SheetKind.DECISIONS: "Quyết định", SheetKind.MONEY: "Thu chi"}

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def header_key(text: str) -> str:
    """What a header or sheet name is compared by: words without diacritics, case or punctuation."""
    return _NOT_A_WORD.sub(" ", normalised(text)).strip()


def header_keys(text: str) -> tuple[str, ...]:
    """The keys a header answers to, the more exact one first: with, then without its notes in brackets."""
    whole, bare = header_key(text), header_key(_IN_BRACKETS.sub(" ", text))
    return (whole,) if bare in ("", whole) else (whole, bare)


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name in code, its headers (canonical first) and whether a file without it is refused."""

    name: str
    headers: tuple[str, ...]
    required: bool = True

    @property
    def header(self) -> str:
        """The canonical header."""
        return self.headers[0]


def _field(name: str, headers: str, *, under: str = "", required: bool = True) -> Field:
    """`under` are the words below a merged "Quyết định thi hành án"."""
    below = [f"{above} {word}" for above in _names(_MERGED_ABOVE) for word in _names(under)]
    return Field(name, (*_names(headers), *below), required)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|") if name.strip())


_MERGED_ABOVE = "Quyết định thi hành án | Quyết định THA | QĐ thi hành án | QĐ THA | QĐTHA | Quyết định | QĐ"

_KEY_FIELDS = (
    _field(
        "unit",
        "Đơn vị ban hành | Đơn vị ban hành quyết định | Đơn vị ra quyết định | Đơn vị ra QĐ | Cơ quan ban hành | "
        "Cơ quan ban hành quyết định | Cơ quan ra quyết định | Cơ quan ra QĐ | Nơi ban hành | Nơi ra quyết định | "
        "Cơ quan thi hành án | Đơn vị",
        under="đơn vị ban hành | cơ quan ban hành | nơi ban hành",
    ),
    _field(
        "number",
        "Số quyết định | Số QĐ | Số quyết định thi hành án | Số quyết định THA | Số QĐ thi hành án | Số QĐ THA | "
        "Số QĐTHA | Số, ký hiệu quyết định | Số và ký hiệu quyết định | Số ký hiệu",
        under="số | số hiệu | số, ký hiệu",
    ),
    _field(
        "decided_on",
        "Ngày quyết định | Ngày QĐ | Ngày ra quyết định | Ngày ra QĐ | Ngày ban hành | Ngày ban hành quyết định | "
        "Ngày quyết định thi hành án | Ngày quyết định THA | Ngày QĐ thi hành án | Ngày QĐ THA | Ngày QĐTHA",
        under="ngày | ngày tháng | ngày, tháng, năm | ngày ban hành | ngày ra",
    ),
)

CASE_FIELDS = (
    *_KEY_FIELDS,
    _field(
        "docketed_on",
        "Ngày thụ lý | Ngày TL | Thụ lý ngày | Ngày vào sổ | Ngày vào sổ thụ lý | Thụ lý",
        required=False,
    ),
    _field(
        "handling_unit",
        "Đơn vị đang thi hành | Đơn vị thi hành | Đơn vị tổ chức thi hành | Đơn vị thụ lý | Đơn vị đang thụ lý | "
        "Đơn vị đang giải quyết | Cơ quan đang thi hành | Cơ quan tổ chức thi hành | Phòng đang thi hành",
        required=False,
    ),
    _field(
        "kind",
        "Hình thức | Hình thức thi hành | Hình thức thi hành án | Hình thức THA | Chủ động / Theo yêu cầu",
    ),
    _field("case_type", "Loại án | Loại bản án | Loại vụ việc | Loại việc | Lĩnh vực"),
    _field(
        "officer",
        "Chấp hành viên | CHV | Mã chấp hành viên | Mã CHV | Chấp hành viên phụ trách | CHV phụ trách",
        required=False,
    ),
    _field(
        "area",
        "Xã, phường | Phường, xã | Xã | Phường | Xã, phường, thị trấn | Phường, xã, thị trấn | Xã, phường, đặc khu | "
        "Mã xã | Mã xã, phường | Địa bàn",
        required=False,
    ),
    _field(
        "amount_due",
        "Số tiền phải thi hành | Tổng số tiền phải thi hành | Số tiền phải thi hành án | Số tiền phải THA | "
        "Tiền phải thi hành | Giá trị phải thi hành | Số tiền theo quyết định | Số tiền thi hành",
        under="số tiền | số tiền phải thi hành | tiền",
    ),
    _field("groups", "Nhóm | Nhóm án | Nhóm việc | Thuộc nhóm", required=False),
)

DECISION_FIELDS = (
    *_KEY_FIELDS,
    _field("kind", "Loại | Loại quyết định | Loại QĐ | Loại sự kiện | Nội dung quyết định | Loại quyết định mới"),
    _field("effective_on", "Ngày | Ngày hiệu lực | Ngày có hiệu lực | Ngày áp dụng | Từ ngày | Ngày sự kiện"),
    _field("amount", "Số tiền | Tiền | Số tiền liên quan", required=False),
    _field("withdrawn", "Hủy | Hủy bỏ | Đã hủy | Hủy dòng này", required=False),
)

MONEY_FIELDS = (
    *_KEY_FIELDS,
    _field("effective_on", "Ngày | Ngày thu | Ngày thu chi | Ngày thu, chi | Ngày giao dịch | Ngày chứng từ"),
    _field("kind", "Loại | Loại thu chi | Loại thu, chi | Loại giao dịch | Nội dung thu chi"),
    _field("amount", "Số tiền | Tiền | Số tiền thu chi | Số tiền thu, chi"),
)

FIELDS = {SheetKind.CASES: CASE_FIELDS, SheetKind.DECISIONS: DECISION_FIELDS, SheetKind.MONEY: MONEY_FIELDS}

# A column that packs "Số; ngày; số tiền" stands in for those of its fields that have no column of their own.
PACKED_HEADERS = _names(
    "Quyết định thi hành án | Quyết định THA | QĐ thi hành án | QĐ THA | QĐTHA | Số; ngày; số tiền | "
    "Số; ngày quyết định | Số; ngày; số tiền quyết định | Quyết định thi hành án: số; ngày; số tiền | "
    "Số, ngày, tháng quyết định | Số; ngày quyết định thi hành án | Số, ngày, tháng quyết định thi hành án"
)
PACKED_FIELDS = ("number", "decided_on", "amount_due")

_SHEET_NAMES = {
    SheetKind.CASES: "Việc | Việc thi hành án | Danh sách việc | Danh sách việc thi hành án | Hồ sơ | "
    "Hồ sơ thi hành án | Danh sách hồ sơ | Sổ thụ lý | Thụ lý",
    SheetKind.DECISIONS: "Quyết định | Các quyết định | Danh sách quyết định | Quyết định, sự kiện | "
    "Quyết định và sự kiện | Sự kiện | QĐ",
    SheetKind.MONEY: "Thu chi | Thu và chi | Thu chi tiền | Tiền thu chi",
}
_KIND_BY_NAME = {header_key(name): kind for kind, names in _SHEET_NAMES.items() for name in _names(names)}


def headers_of(kind: SheetKind) -> tuple[str, ...]:
    """The canonical headers of a sheet, in order; `RejectedRow.cells` follow them."""
    return tuple(field.header for field in FIELDS[kind])


def kind_by_sheet_name(name: str) -> SheetKind | None:
    """The kind a sheet's name says; "Việc 2" and "Việc (2)" continue "Việc"."""
    key = header_key(name)
    return _KIND_BY_NAME.get(key) or _KIND_BY_NAME.get(re.sub(r" \d{1,2}$", "", key))

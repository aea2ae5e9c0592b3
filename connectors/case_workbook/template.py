"""The empty workbook an agency fills in: three sheets with headers, lists to choose from, a page of explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from connectors.case_workbook.fields import FIELDS, SHEET_TITLES, Field, SheetKind
from domain.cases import CASE_GROUP_NAMES, CASE_KIND_NAMES, CASE_TYPE_NAMES, DECISION_KIND_NAMES, MONEY_KIND_NAMES

AS_OF_LABEL = "Số liệu đến ngày"
_LAST_ROW = 150_000
_HEADER_ROW = 2
_DAYS = frozenset({"decided_on", "docketed_on", "effective_on"})
_MONEY = frozenset({"amount_due", "amount"})
_UNITS = frozenset({"unit", "handling_unit"})

_MEANINGS: Mapping[tuple[SheetKind, str], str] = {
    (SheetKind.CASES, "unit"): "Mã hoặc tên ngắn của đơn vị ra quyết định thi hành án.",
    (SheetKind.CASES, "number"): "46/QĐ-CTHADS hoặc 46. Cùng với đơn vị và năm thống kê, số này là khóa của việc.",
    (SheetKind.CASES, "decided_on"): "Ngày ra quyết định thi hành án, dd/mm/yyyy.",
    (SheetKind.CASES, "docketed_on"): "Bỏ trống: lấy ngày quyết định.",
    (SheetKind.CASES, "handling_unit"): "Đơn vị hiện đang thi hành. Bỏ trống: đơn vị ban hành.",
    (SheetKind.CASES, "kind"): "Một trong: {kinds}.",
    (SheetKind.CASES, "case_type"): "Một trong: {types}.",
    (SheetKind.CASES, "officer"): "Mã chấp hành viên, ví dụ CHV-07. Không ghi họ tên.",
    (SheetKind.CASES, "area"): "Mã Tổng cục Thống kê hoặc tên xã, phường.",
    (SheetKind.CASES, "amount_due"): "Đồng, số nguyên; ghi 0 nếu nghĩa vụ không phải là tiền.",
    (SheetKind.CASES, "groups"): "Một hoặc nhiều mã, cách nhau bằng dấu ; — {groups}.",
    (SheetKind.DECISIONS, "unit"): "Ba cột đầu chỉ việc nào: đúng như ở trang Việc.",
    (SheetKind.DECISIONS, "kind"): "Một trong: {decisions}.",
    (SheetKind.DECISIONS, "effective_on"): "Ngày có hiệu lực.",
    (SheetKind.DECISIONS, "amount"): "Số tiền mà quyết định nói đến, nếu có.",
    (SheetKind.DECISIONS, "withdrawn"): "Ghi x khi dòng đã gửi trước đây là sai; dòng đó vẫn giữ trong lịch sử.",
    (SheetKind.MONEY, "unit"): "Ba cột đầu chỉ việc nào: đúng như ở trang Việc.",
    (SheetKind.MONEY, "effective_on"): "Ngày thu, chi.",
    (SheetKind.MONEY, "kind"): "Một trong: {money}.",
    (SheetKind.MONEY, "amount"): "Đồng, số nguyên. Số âm là bút toán đảo của một lần thu, chi ghi sai.",
}
_RULES = (
    "Trang Việc: mỗi quyết định thi hành án là một việc, một dòng. Trang Quyết định, Thu chi chỉ ghi thêm, không sửa.",
    "Có thể chỉ gửi một trang. Thứ tự cột tùy ý; cột lạ được bỏ qua; thiếu cột bắt buộc thì cả tệp bị từ chối.",
    f"Ngày xuất số liệu: ghi vào ô cạnh “{AS_OF_LABEL}”, hoặc đặt tên tệp kiểu viec_den-ngay-2026-11-23.xlsx.",
    "Dòng sai không được nhận; hệ thống trả lại dòng đó cùng cột Lỗi. Dòng Cộng, Tổng cộng được bỏ qua.",
    "Không ghi họ tên đương sự hay chấp hành viên ở bất kỳ cột nào.",
)


def write_template(path: Path, unit_names: Sequence[str] = (), area_names: Sequence[str] = ()) -> None:
    """Write the template; the names, if given, become lists to choose from. Raises OSError."""
    lists: dict[str, list[str]] = {
        "Đơn vị": list(unit_names),
        "Xã, phường": list(area_names),
        "Hình thức": list(CASE_KIND_NAMES.values()),
        "Loại án": list(CASE_TYPE_NAMES.values()),
        "Loại quyết định": list(DECISION_KIND_NAMES.values()),
        "Loại thu chi": list(MONEY_KIND_NAMES.values()),
    }
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        ranges = {title: f"='Danh mục'!${_letter(at)}$2:${_letter(at)}${len(lists[title]) + 1}"
                  for at, title in enumerate(lists)}  # fmt: skip
        for kind in SheetKind:
            _write_sheet(book, kind, {title: ranges[title] for title, values in lists.items() if values})
        _write_lists(book, lists)
        _write_notes(book)


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _write_sheet(book: Any, kind: SheetKind, ranges: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(SHEET_TITLES[kind])
    label = book.add_format({"bold": True})
    required = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#D9E4F2", "text_wrap": True, "valign": "vcenter"}
    )
    optional = book.add_format({"border": 1, "bg_color": "#F2F2F2", "text_wrap": True, "valign": "vcenter"})
    formats = {"day": book.add_format({"num_format": "dd/mm/yyyy"}), "money": book.add_format({"num_format": "#,##0"}),
               "text": book.add_format({"num_format": "@"})}  # fmt: skip
    sheet.write_string(0, 0, AS_OF_LABEL, label)
    sheet.write_blank(0, 1, None, formats["day"])
    for column, field in enumerate(FIELDS[kind]):
        is_day, is_money = field.name in _DAYS, field.name in _MONEY
        sheet.write_string(_HEADER_ROW, column, field.header, required if field.required else optional)
        sheet.set_column(column, column, 20, formats["day" if is_day else "money" if is_money else "text"])
        chosen = _list_of(kind, field)
        if chosen in ranges:
            rule = {"validate": "list", "source": ranges[chosen], "error_title": "Không có trong danh mục",
                    "error_message": "Hãy chọn một giá trị trong danh mục.", "error_type": "warning"}  # fmt: skip
            sheet.data_validation(_HEADER_ROW + 1, column, _LAST_ROW, column, rule)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)


def _list_of(kind: SheetKind, field: Field) -> str:
    if field.name in _UNITS:
        return "Đơn vị"
    if field.name != "kind":
        return {"area": "Xã, phường", "case_type": "Loại án"}.get(field.name, "")
    by_kind = {SheetKind.CASES: "Hình thức", SheetKind.DECISIONS: "Loại quyết định", SheetKind.MONEY: "Loại thu chi"}
    return by_kind[kind]


def _write_lists(book: Any, lists: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_worksheet("Danh mục")
    for column, (title, values) in enumerate(lists.items()):
        sheet.set_column(column, column, 30)
        for row, text in enumerate((title, *values)):
            sheet.write_string(row, column, text)


def _write_notes(book: Any) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 90, wrapped)
    sheet.write_string(0, 0, "Cách ghi sổ gửi về trung tâm điều hành", title)
    row = 2
    for rule in _RULES:
        sheet.merge_range(row, 0, row, 2, rule, wrapped)
        row += 1
    words = {
        "kinds": _listed(CASE_KIND_NAMES.values()),
        "types": _listed(CASE_TYPE_NAMES.values()),
        "decisions": _listed(DECISION_KIND_NAMES.values()),
        "money": _listed(MONEY_KIND_NAMES.values()),
        "groups": _listed(f"{group.value}: {name}" for group, name in CASE_GROUP_NAMES.items()),
    }
    for (kind, name), meaning in _MEANINGS.items():
        field = next(item for item in FIELDS[kind] if item.name == name)
        row += 1
        for column, text in enumerate((SHEET_TITLES[kind], field.header, meaning.format(**words))):
            sheet.write_string(row, column, text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)

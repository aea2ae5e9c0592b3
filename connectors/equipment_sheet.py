"""Sheets of the equipment register (Excel, CSV): one line for each kind, age and state of a unit's pieces."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from connectors.entries import EntryRefused, Texts, Units, code_of, count_of, unit_of, word_of
from connectors.record_sheet import ParsedRecords, SheetForm, parse_records
from connectors.sheet_rows import column, sheet_rows
from domain.equipment import EQUIPMENT_NAMES, EquipmentItem, EquipmentKind
from domain.local_time import local_day
from domain.vietnamese import normalised

MOST_PIECES = 10_000
EARLIEST_YEAR = 1990
_KINDS = {
    "may vi tinh": EquipmentKind.COMPUTER,
    "may tinh xach tay": EquipmentKind.COMPUTER,
    "may tinh de ban": EquipmentKind.COMPUTER,
    "laptop": EquipmentKind.COMPUTER,
    "may scan": EquipmentKind.SCANNER,
    "camera giam sat": EquipmentKind.CAMERA,
    "hoi nghi truyen hinh": EquipmentKind.CONFERENCE,
    "mang": EquipmentKind.NETWORK,
    "duong truyen": EquipmentKind.NETWORK,
}
_YES = frozenset({"co", "x", "1", "true", "tot", "dang dung", "hoat dong", "binh thuong"})
_NO = frozenset({"khong", "0", "false", "hong", "ngung dung", "khong hoat dong", "cho thanh ly"})


class EquipmentSheet(StrEnum):
    """What a sheet lists."""

    REGISTER = "equipment_register"


def item_of(texts: Texts, units: Units, now: datetime) -> EquipmentItem:
    """A line of the register; raises EntryRefused. An age, a state, a network nobody wrote is unknown."""
    kind = word_of(texts.get("kind", ""), EQUIPMENT_NAMES, _KINDS)
    if kind is None:
        raise EntryRefused("kind", f"Ghi một trong: {', '.join(EQUIPMENT_NAMES.values())}.", is_masked=True)
    quantity = count_of(texts, "quantity", 0, MOST_PIECES)
    if quantity is None:
        raise EntryRefused("quantity", "Thiếu số lượng; ghi 0 nếu không có.")
    return EquipmentItem(
        unit=unit_of(texts, units),
        kind=kind,
        quantity=quantity,
        year=count_of(texts, "year", EARLIEST_YEAR, local_day(now).year),
        is_working=_yes_or_no(texts, "is_working"),
        is_networked=_yes_or_no(texts, "is_networked"),
        asset=code_of(texts, "asset", "Mã tài sản chỉ gồm chữ không dấu, số và gạch.") if texts.get("asset") else "",
    )


FORM: SheetForm[EquipmentSheet, EquipmentItem] = SheetForm(
    titles={EquipmentSheet.REGISTER: "Sổ trang thiết bị"},
    columns={
        EquipmentSheet.REGISTER: {
            "unit": column("Đơn vị|Cơ quan"),
            "kind": column("Loại thiết bị|Thiết bị"),
            "quantity": column("Số lượng"),
            "year": column("Năm sử dụng|Năm đưa vào sử dụng", False),
            "is_working": column("Tình trạng|Còn dùng được", False),
            "is_networked": column("Nối mạng|Kết nối mạng", False),
            "asset": column("Mã tài sản|Số tài sản", False),
        }
    },
    readers={EquipmentSheet.REGISTER: item_of},
)


def read_equipment_sheet(path: Path, units: Units, now: datetime) -> ParsedRecords[EquipmentSheet, EquipmentItem]:
    """Read a file in a child process; raises WorkbookRefused (its content) or SourceUnavailable (it is not there)."""
    with sheet_rows(path) as rows:
        return parse_records(rows, FORM, units, now)


def _yes_or_no(texts: Texts, field: str) -> bool | None:
    told = normalised(texts.get(field, ""))
    if not told:
        return None
    if told in _YES or told in _NO:
        return told in _YES
    raise EntryRefused(field, "Ghi “có” (“tốt”) hoặc “không” (“hỏng”), hoặc để trống.", is_masked=True)

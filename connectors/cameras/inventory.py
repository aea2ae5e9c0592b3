"""The inventory of cameras as a CSV file: what each camera is, and where it answers. No password is in it.

An address must be a number of the agency's own network: a name could lead elsewhere tomorrow, and a number outside is
no camera of an agency.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import TypeVar

from connectors.base import Fetched, RefusedRecord, WorkbookRefused
from connectors.cameras.endpoint import CameraEndpoint, RecorderEndpoint, is_path
from connectors.case_workbook.words import reference_key
from domain.cameras import KIND_NAMES, PRIVACY_NAMES, PURPOSE_NAMES, Camera
from domain.vietnamese import normalised

LARGEST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 2000
COLUMNS = {
    "code": "Mã camera",
    "unit": "Đơn vị",
    "site": "Cơ sở",
    "place": "Vị trí",
    "kind": "Kiểu",
    "purpose": "Mục đích",
    "recorder": "Đầu ghi",
    "privacy": "Mức riêng tư",
    "compliant": "Đạt QCVN 11",
    "host": "Địa chỉ",
    "port": "Cổng",
    "path": "Đường dẫn",
    "user": "Tài khoản",
    "onvif_port": "Cổng ONVIF",
    "recorder_host": "Địa chỉ đầu ghi",
    "recorder_port": "Cổng đầu ghi",
    "channel": "Kênh",
}
NEEDED = ("code", "unit", "place", "host", "path")
_CODE = re.compile(r"[0-9A-Za-z._-]{1,40}", re.ASCII)
_PASSWORD_WORDS = ("mat khau", "password", "pass", "secret")
_YES, _NO = {"1", "x", "co", "dat", "yes"}, {"0", "khong", "khong dat", "no"}
Row = Mapping[str, str]
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class InventoryEntry:
    """One row: the camera, where it answers (without a login), and the user whose password is asked for apart."""

    camera: Camera
    endpoint: CameraEndpoint
    user: str


class _CellRefused(ValueError):
    """A cell that cannot be what its column says."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def read_inventory(content: bytes, units: Mapping[str, str]) -> Fetched[InventoryEntry]:
    """The entries of a file and the rows nobody can use; `units` maps codes and names to unit codes
    (reference_of in data_access, as for case workbooks).

    Raises WorkbookRefused for a file that is none, lacks a column, or carries passwords.
    """
    entries: list[InventoryEntry] = []
    refused: list[RefusedRecord] = []
    seen: set[str] = set()
    for number, row in _rows(content):
        try:
            entry = _entry(row, units)
            if entry.camera.code in seen:
                raise _CellRefused("code", "Mã camera bị lặp trong tệp.")
        except _CellRefused as error:
            value = row[error.column][:80]
            refused.append(RefusedRecord(f"dòng {number}", COLUMNS[error.column], value, str(error)))
            continue
        seen.add(entry.camera.code)
        entries.append(entry)
    return Fetched(tuple(entries), tuple(refused), is_whole=True)


def _rows(content: bytes) -> Iterator[tuple[int, Row]]:
    if len(content) > LARGEST_BYTES:
        raise WorkbookRefused(f"Tệp quá {LARGEST_BYTES // 1024 // 1024} MB.")
    try:
        text = content.decode("utf-8-sig")
        first = text.partition("\n")[0]
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","))
    except (UnicodeDecodeError, csv.Error) as error:
        raise WorkbookRefused("Tệp không phải CSV mã UTF-8.") from error
    if not rows:
        raise WorkbookRefused("Tệp rỗng.")
    if len(rows) > MOST_ROWS:
        raise WorkbookRefused(f"Tệp có trên {MOST_ROWS} dòng.")
    places = _places(rows[0])
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            yield (
                number,
                {
                    name: _clean(cells[places[name]]) if name in places and places[name] < len(cells) else ""
                    for name in COLUMNS
                },
            )


def _places(header: list[str]) -> dict[str, int]:
    known = {normalised(title): name for name, title in COLUMNS.items()}
    titles = [normalised(cell) for cell in header]
    if any(title.startswith(_PASSWORD_WORDS) for title in titles):
        raise WorkbookRefused("Tệp có cột mật khẩu: bỏ cột này, mật khẩu được nhập riêng.")
    places = {known[title]: at for at, title in enumerate(titles) if title in known}
    missing = [COLUMNS[name] for name in NEEDED if name not in places]
    if missing:
        raise WorkbookRefused(f"Thiếu cột bắt buộc: {', '.join(missing)}.")
    return places


def _entry(row: Row, units: Mapping[str, str]) -> InventoryEntry:
    code = row["code"]
    if not _CODE.fullmatch(code):
        raise _CellRefused("code", "Mã camera chỉ gồm chữ không dấu, số, dấu chấm và gạch, tối đa 40 ký tự.")
    unit = units.get(reference_key(row["unit"])) or units.get(normalised(row["unit"]))
    if unit is None:
        raise _CellRefused("unit", "Không có đơn vị này trong cơ cấu tổ chức.")
    if not row["place"] or len(row["place"]) > 100:
        raise _CellRefused("place", "Ghi vị trí lắp đặt, tối đa 100 ký tự.")
    camera = Camera(
        code=code,
        unit=unit,
        site=row["site"][:40] or unit,
        place=row["place"],
        kind=_word(row, "kind", KIND_NAMES, "other"),
        purpose=_word(row, "purpose", PURPOSE_NAMES, "other"),
        recorder=row["recorder"][:40],
        privacy=_word(row, "privacy", PRIVACY_NAMES, "restricted"),
        is_compliant=_mark(row, "compliant"),
    )
    return InventoryEntry(camera, _endpoint(row), row["user"][:64])


def _endpoint(row: Row) -> CameraEndpoint:
    if not row["path"].startswith("/") or not is_path(row["path"]):
        raise _CellRefused("path", "Đường dẫn bắt đầu bằng / và không có dấu cách, ví dụ /Streaming/Channels/102.")
    recorder = None
    if row["recorder_host"]:
        channel = _number(row, "channel", 1, 256, None)
        recorder = RecorderEndpoint(_host(row, "recorder_host"), _number(row, "recorder_port", 1, 65_535, 80), channel)
    port, onvif_port = _number(row, "port", 1, 65_535, 554), _number(row, "onvif_port", 0, 65_535, 0)
    return CameraEndpoint(row["code"], _host(row, "host"), port, row["path"], None, onvif_port, recorder)


def _host(row: Row, column: str) -> str:
    try:
        address = ip_address(row[column])
    except ValueError as error:
        raise _CellRefused(column, "Ghi địa chỉ IP bằng số, ví dụ 10.1.2.3.") from error
    is_odd = address.is_link_local or address.is_multicast or address.is_unspecified
    if is_odd or not (address.is_private or address.is_loopback):
        raise _CellRefused(column, "Địa chỉ không thuộc mạng nội bộ.")
    return str(address)


def _number(row: Row, column: str, least: int, most: int, otherwise: int | None) -> int:
    text = row[column]
    if not text and otherwise is not None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and least <= int(text) <= most):
        raise _CellRefused(column, f"Ghi số nguyên từ {least} đến {most}.")
    return int(text)


def _word(row: Row, column: str, names: Mapping[Word, str], otherwise: str) -> Word:
    """A value by its Vietnamese name or its code; empty means `otherwise`."""
    told = normalised(row[column] or otherwise)
    for word, name in names.items():
        if told in {normalised(name), normalised(word.value)}:
            return word
    raise _CellRefused(column, f"Ghi một trong: {', '.join(names.values())}.")


def _mark(row: Row, column: str) -> bool | None:
    told = normalised(row[column])
    if told in _YES:
        return True
    if told in _NO:
        return False
    if not told:
        return None
    raise _CellRefused(column, "Ghi “có”, “không” hoặc để trống.")


def _clean(cell: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())

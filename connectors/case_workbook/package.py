"""Looks through an .xlsx before anything opens it: sizes as they really unpack, forbidden parts, DTDs, error cells.

The zip directory is only a claim, so every part is inflated here once, in bounded pieces, and measured.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from connectors.base import WorkbookRefused
from connectors.case_workbook.parsed import Limits

_PIECE = 1 << 20
_LONGEST_TAG_GAP = 4 << 20
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_END_OF_DIRECTORY = b"PK\x05\x06"
_SMALL_PART = 1_000_000

_MACRO_PARTS = re.compile(r"vbaproject|/macrosheets/|/dialogsheets/|/activex/|vbadata", re.IGNORECASE)
_OPEN_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*\bt\s*=\s*[\"']e[\"'][^<>]*)>")
_CELL_REF = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^<>]*)>")

_HARMFUL = "Tệp bị từ chối vì có cấu trúc nguy hiểm: {}."
_BROKEN = "Tệp hỏng hoặc không phải tệp Excel (.xlsx): {}."
_TOO_BIG = "Tệp bung ra quá lớn ({}); hãy tách thành nhiều tệp nhỏ hơn."


@dataclass(slots=True)
class ErrorCells:
    """Where formulas failed, by sheet position in the workbook: (row, column) from 0. Calamine shows them as blank."""

    by_sheet: dict[int, set[tuple[int, int]]] = field(default_factory=dict)


def inspect_package(path: Path, limits: Limits) -> ErrorCells:
    """Raise WorkbookRefused for anything but a plain .xlsx within limits; else say which cells hold errors."""
    try:
        with path.open("rb") as file:
            entries = _entries(file, path.stat().st_size, limits)
            errors: dict[str, set[tuple[int, int]]] = {}
            unpacked = 0
            for entry in entries:
                unpacked += _inspect_part(file, entry, limits, unpacked, errors)
            return ErrorCells(_by_sheet(file, entries, errors) if errors else {})
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise WorkbookRefused(_BROKEN.format("không mở được tệp nén"), detail=type(error).__name__) from error


def _entries(file: BinaryIO, size: int, limits: Limits) -> list[zipfile.ZipInfo]:
    """The parts of the package, checked by name, number, kind and claimed size."""
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    # Read by hand first: a directory of a million entries would already cost memory.
    if at >= 0 and len(tail) >= at + 12 and struct.unpack_from("<H", tail, at + 10)[0] > limits.parts:
        raise WorkbookRefused(_HARMFUL.format("có quá nhiều thành phần"))
    with zipfile.ZipFile(file) as package:
        entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(names) > limits.parts:
        raise WorkbookRefused(_HARMFUL.format("có quá nhiều thành phần"))
    if len({name.lower() for name in names}) != len(names):
        raise WorkbookRefused(_HARMFUL.format("có thành phần trùng tên"))
    for entry in entries:
        _check_entry(entry, size)
    if sum(entry.compress_size for entry in entries) > size:
        raise WorkbookRefused(_HARMFUL.format("các thành phần chồng lên nhau"))
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        known = "xl/workbook.bin" in names
        raise WorkbookRefused(_BROKEN.format("định dạng .xlsb không nhận" if known else "thiếu thành phần của Excel"))
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise WorkbookRefused(_TOO_BIG.format(f"quá {limits.unpacked_bytes // 1_000_000} MB"))
    return entries


def _check_entry(entry: zipfile.ZipInfo, size: int) -> None:
    name = entry.orig_filename
    if name.startswith("/") or ".." in name.split("/") or re.search(r"[\\:\x00]", name):
        raise WorkbookRefused(_HARMFUL.format("tên thành phần trỏ ra ngoài tệp"))
    if entry.flag_bits & 0x1:
        raise WorkbookRefused("Tệp đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise WorkbookRefused(_HARMFUL.format("kiểu nén lạ"))
    if _MACRO_PARTS.search("/" + name):
        raise WorkbookRefused("Tệp có macro; hãy lưu lại thành .xlsx không macro rồi gửi lại.")
    if not 0 <= entry.header_offset < size:
        raise WorkbookRefused(_BROKEN.format("mục lục tệp nén sai"))


def _inspect_part(
    file: BinaryIO, entry: zipfile.ZipInfo, limits: Limits, before: int, errors: dict[str, set[tuple[int, int]]]
) -> int:
    """Inflate one part in pieces; returns its true size. Fills `errors` for worksheets."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = is_xml and entry.filename.startswith("xl/worksheets/")
    scan = _XmlScan(entry.filename)
    size = 0
    for piece in _pieces(file, entry):
        if size == 0 and piece[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"):
            raise WorkbookRefused(_HARMFUL.format("có tệp nén hoặc tài liệu khác lồng bên trong"))
        size += len(piece)
        if before + size > limits.unpacked_bytes:
            raise WorkbookRefused(_TOO_BIG.format(f"quá {limits.unpacked_bytes // 1_000_000} MB"))
        if size > _SMALL_PART and size > limits.ratio * max(1, entry.compress_size):
            raise WorkbookRefused(_TOO_BIG.format(f"gấp hơn {limits.ratio} lần cỡ nén"))
        if is_xml:
            scan.take(piece, cells=is_sheet)
    if is_xml:
        scan.finish(cells=is_sheet)
        if scan.errors:
            errors[entry.filename] = scan.errors
    return size


def _pieces(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked content, at most 1 MB at a time, until the compressed stream itself ends."""
    file.seek(entry.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if signature != b"PK\x03\x04":
        raise zipfile.BadZipFile("local header")
    file.seek(name_length + extra_length, 1)
    left = entry.compress_size
    if entry.compress_type == zipfile.ZIP_STORED:
        while left > 0:
            piece = file.read(min(_PIECE, left))
            if not piece:
                raise EOFError
            left -= len(piece)
            yield piece
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting = b""
    while not inflate.eof:
        if not waiting:
            waiting = file.read(min(1 << 18, left))
            left -= len(waiting)
            if not waiting:
                raise EOFError
        piece = inflate.decompress(waiting, _PIECE)
        waiting = inflate.unconsumed_tail
        if piece:
            yield piece


class _XmlScan:
    """Watches one XML part go by: no DTD, no foreign encoding; worksheets also give up their error cells."""

    def __init__(self, name: str) -> None:
        self.errors: set[tuple[int, int]] = set()
        self._name = name
        self._tail = b""
        self._begun = False

    def take(self, piece: bytes, cells: bool) -> None:
        if not self._begun:
            self._begin(piece)
        data = self._tail + piece
        cut = data.rfind(b"<")
        self._tail = data[cut:] if cut >= 0 else data
        if len(self._tail) > _LONGEST_TAG_GAP:
            raise WorkbookRefused(_HARMFUL.format("một ô hoặc một thẻ dài bất thường"))
        if cut > 0:
            self._look(data[:cut], cells)

    def finish(self, cells: bool) -> None:
        self._look(self._tail, cells)

    def _begin(self, piece: bytes) -> None:
        self._begun = True
        encoding = _ENCODING.search(piece[:200])
        if b"\x00" in piece[:8] or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
            raise WorkbookRefused(_HARMFUL.format("thành phần XML không dùng mã UTF-8"))

    def _look(self, data: bytes, cells: bool) -> None:
        if b"<!D" in data or b"<!E" in data or b"<!d" in data or b"<!e" in data:
            raise WorkbookRefused(_HARMFUL.format("có khai báo DTD hoặc ENTITY"))
        if b"macroEnabled" in data and self._name == "[Content_Types].xml":
            raise WorkbookRefused("Tệp có macro; hãy lưu lại thành .xlsx không macro rồi gửi lại.")
        if cells and (b't="e"' in data or b"t='e'" in data):
            for found in _OPEN_CELL.finditer(data):
                self.errors.add(_position(found[1]))


def _position(attributes: bytes) -> tuple[int, int]:
    found = _CELL_REF.search(attributes)
    if found is None:
        raise WorkbookRefused(_BROKEN.format("có ô lỗi không ghi vị trí"))
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    return int(found[2]) - 1, column - 1


def _by_sheet(
    file: BinaryIO, entries: list[zipfile.ZipInfo], errors: dict[str, set[tuple[int, int]]]
) -> dict[int, set[tuple[int, int]]]:
    """Which position in the workbook each worksheet part has, from workbook.xml and its relations."""
    texts = {}
    for entry in entries:
        if entry.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            texts[entry.filename] = b"".join(_pieces(file, entry)).decode("utf-8")
    targets = {}
    for relation in _RELATION.finditer(texts.get("xl/_rels/workbook.xml.rels", "")):
        named = dict(_ATTRIBUTE.findall(relation[1]))
        target = named.get("Target", "")
        targets[named.get("Id", "")] = target.lstrip("/") if target.startswith("/") else "xl/" + target
    found = {}
    for position, sheet in enumerate(_SHEET.finditer(texts["xl/workbook.xml"])):
        relation_id = next((value for name, value in _ATTRIBUTE.findall(sheet[1]) if name.endswith(":id")), "")
        part = targets.get(relation_id, "")
        if part in errors:
            found[position] = errors[part]
    return found

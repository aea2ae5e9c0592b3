"""Looks through an old .xls before anything opens it: passwords, macros, and the error cells calamine shows as blank.

Reads just enough of the compound file (MS-CFB) and of its BIFF records (MS-XLS) for that.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from connectors.base import WorkbookRefused
from connectors.case_workbook.package import ErrorCells

_BROKEN = "Tệp hỏng hoặc không phải tệp Excel (.xls)."
_PASSWORD = "Tệp đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại."
_MACRO = "Tệp có macro; hãy lưu lại thành .xlsx không macro rồi gửi lại."
_LAST_SECTOR = 0xFFFFFFFA
_BOF, _EOF, _FORMULA, _FILEPASS, _BOUNDSHEET, _BOOLERR = 0x0809, 0x000A, 0x0006, 0x002F, 0x0085, 0x0205


class _CompoundFile:
    """The streams of an OLE compound file; every chain is bounded by the number of sectors."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sector = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._sector not in (512, 4096):
            raise ValueError("sector size")
        fat_sectors = [number for number in struct.unpack_from("<109I", data, 76) if number < _LAST_SECTOR]
        fat_sectors += self._difat(struct.unpack_from("<I", data, 68)[0])
        self._fat: list[int] = []
        for number in fat_sectors:
            self._fat.extend(struct.unpack(f"<{self._sector // 4}I", self._at(number)))
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        self.entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind:
                self.entries[name] = struct.unpack_from("<II", directory, at + 116)

    def stream(self, name: str) -> bytes:
        """A stream by name; the small ones live inside the root's stream."""
        start, size = self.entries[name]
        if size >= 4096:
            return self._chain(start)[:size]
        root = self._chain(self.entries["Root Entry"][0])
        table = self._chain(struct.unpack_from("<I", self._data, 60)[0])
        mini_fat = struct.unpack(f"<{len(table) // 4}I", table)
        pieces: list[bytes] = []
        number = start
        while number < len(mini_fat) and len(pieces) <= len(mini_fat):
            pieces.append(root[number * 64 : number * 64 + 64])
            number = mini_fat[number]
        return b"".join(pieces)[:size]

    def _difat(self, number: int) -> list[int]:
        found: list[int] = []
        for _ in range(len(self._data) // self._sector):
            if number >= _LAST_SECTOR:
                break
            *numbers, number = struct.unpack(f"<{self._sector // 4}I", self._at(number))
            found.extend(item for item in numbers if item < _LAST_SECTOR)
        return found

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        sector = self._data[start : start + self._sector]
        if len(sector) < self._sector:
            raise ValueError("sector outside the file")
        return sector

    def _chain(self, number: int) -> bytes:
        pieces: list[bytes] = []
        while number < _LAST_SECTOR:
            if len(pieces) > len(self._fat):
                raise ValueError("circular chain")
            start = (number + 1) * self._sector
            pieces.append(self._data[start : start + self._sector])
            number = self._fat[number]
        return b"".join(pieces)


def inspect_legacy(data: bytes) -> ErrorCells:
    """Raise WorkbookRefused for anything but a plain .xls; else say which cells hold errors."""
    try:
        file = _CompoundFile(data)
        if {"EncryptedPackage", "EncryptionInfo"} & file.entries.keys():
            raise WorkbookRefused(_PASSWORD)
        if any(name.startswith("_VBA_PROJECT") for name in file.entries):
            raise WorkbookRefused(_MACRO)
        name = next((name for name in ("Workbook", "Book") if name in file.entries), None)
        if name is None:
            raise WorkbookRefused(_BROKEN)
        return ErrorCells(_error_cells(file.stream(name)))
    except (struct.error, ValueError, IndexError, KeyError) as error:
        raise WorkbookRefused(_BROKEN, detail=type(error).__name__) from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, offset and length of each record of one substream, embedded charts skipped."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, at + 4, length
        if depth <= 0:
            return
        at += 4 + length


def _error_cells(stream: bytes) -> dict[int, set[tuple[int, int]]]:
    sheets: list[int] = []
    for kind, at, _length in _records(stream, 0):
        if kind == _FILEPASS:
            raise WorkbookRefused(_PASSWORD)
        if kind == _BOUNDSHEET:
            sheets.append(struct.unpack_from("<I", stream, at)[0])
    found: dict[int, set[tuple[int, int]]] = {}
    for position, start in enumerate(sheets):
        for kind, at, length in _records(stream, start):
            is_error = (kind == _BOOLERR and length >= 8 and stream[at + 7] == 1) or (
                kind == _FORMULA and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2
            )
            if is_error:
                found.setdefault(position, set()).add(struct.unpack_from("<HH", stream, at))
    return found

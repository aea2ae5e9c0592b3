"""Builders of hostile files: honest workbooks with one thing changed, added or claimed falsely. All return bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import xlwt
from payloads.workbooks import CASE_HEADERS, case_row, write_xls, write_xlsx

Build = Callable[[Path], bytes]
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1_000_000
BIG_FOLDER = "xl/media/"


def constant(content: bytes) -> Build:
    """A file of these bytes."""
    return lambda _folder: content


def parts(folder: Path) -> dict[str, bytes]:
    """The parts of an honest workbook."""
    path = write_xlsx(folder / "honest.xlsx", {"Việc": [CASE_HEADERS, case_row(), case_row()]})
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(content: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return file.getvalue()


def honest(method: int = zipfile.ZIP_DEFLATED) -> Build:
    """The honest workbook itself."""
    return lambda folder: zipped(parts(folder), method)


def damaged(find: bytes, replacement: bytes) -> Build:
    """The honest workbook's bytes, changed after zipping."""
    return lambda folder: _replaced(zipped(parts(folder)), find, replacement)


def changed(part: str, find: bytes, replacement: bytes) -> Build:
    """The honest workbook with a text in one part changed."""
    return lambda folder: zipped({**(content := parts(folder)), part: _replaced(content[part], find, replacement)})


def appended(part: str, tail: bytes) -> Build:
    """The honest workbook with something after the end of one part."""
    return lambda folder: zipped({**(content := parts(folder)), part: content[part] + tail})


def with_cells(cells: bytes) -> Build:
    """The honest workbook with more rows."""
    return changed(SHEET, b"</sheetData>", cells + b"</sheetData>")


def with_dtd(part: str, declaration: bytes) -> Build:
    """The honest workbook with a DTD in one part."""
    return changed(part, b"?>", b"?>\n" + declaration)


def plus(extra: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Build:
    """The honest workbook with more parts."""
    return lambda folder: zipped({**parts(folder), **extra}, method)


def only(extra: dict[str, bytes]) -> Build:
    """A zip file without the parts of a workbook."""
    return lambda _folder: zipped(extra)


def _replaced(content: bytes, find: bytes, replacement: bytes) -> bytes:
    assert find in content, "nothing there to change"
    return content.replace(find, replacement, 1)


def spaces(megabytes: int) -> bytes:
    """What compresses a thousand times."""
    return b" " * (megabytes * MEGABYTE)


def utf16_sheet(folder: Path) -> bytes:
    """A sheet in an encoding Excel never writes, in which a search for bytes finds nothing."""
    content = parts(folder)
    return zipped({**content, SHEET: content[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")})


def lying_size(folder: Path) -> bytes:
    """The directory claims ten bytes for a part that unpacks to 400 MB."""
    content = zipped({**parts(folder), BIG_FOLDER + "a.bin": spaces(400)})
    return content.replace(struct.pack("<I", 400 * MEGABYTE), struct.pack("<I", 10))


def overlapping(folder: Path) -> bytes:
    """A hundred and fifty directory entries that share one compressed stream."""
    kernel = spaces(2)
    empty = {f"{BIG_FOLDER}{at:03}.bin": b"" for at in range(150)}
    content = bytearray(zipped({**parts(folder), **empty, "kernel.bin": kernel}))
    kernel_at = content.find(b"PK\x03\x04", content.find(zlib.compress(kernel, 6)[2:50]) - 60)
    entry = content.find(b"PK\x01\x02")
    while entry >= 0:
        if content[entry + 46 :].startswith(BIG_FOLDER.encode()):
            struct.pack_into("<H", content, entry + 10, zipfile.ZIP_DEFLATED)
            struct.pack_into("<III", content, entry + 16, zlib.crc32(kernel), 60_000, len(kernel))
            struct.pack_into("<I", content, entry + 42, max(0, kernel_at))
        entry = content.find(b"PK\x01\x02", entry + 4)
    return bytes(content)


def flagged_encrypted(folder: Path) -> bytes:
    """Every entry says that it is encrypted."""
    content = bytearray(zipped(parts(folder)))
    entry = content.find(b"PK\x01\x02")
    while entry >= 0:
        content[entry + 8] |= 1
        entry = content.find(b"PK\x01\x02", entry + 4)
    return bytes(content)


def doubled_part(folder: Path) -> bytes:
    """Two parts that a file system without case takes for one."""
    return zipped({**parts(folder), SHEET.upper(): b"<worksheet/>"})


def xlsx_of(sheets: int, columns: int) -> Build:
    """Many sheets, or many columns."""
    rows = [[*CASE_HEADERS, *[f"c{at}" for at in range(columns)]]]
    return lambda folder: write_xlsx(folder / "big.xlsx", {f"Trang {at}": rows for at in range(sheets)}).read_bytes()


def compound_file(*names: str) -> bytes:
    """An OLE compound file of empty streams; with EncryptedPackage, what Excel writes for a password."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHH", header, 24, 0x3E, 3, 0xFFFE)
    struct.pack_into("<HH", header, 30, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<I", header, 56, 4096)
    struct.pack_into("<IIII", header, 60, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    directory = bytearray(512)
    for at, name in enumerate(("Root Entry", *names)):
        text = name.encode("utf-16-le")
        directory[at * 128 : at * 128 + len(text)] = text
        struct.pack_into("<HB", directory, at * 128 + 64, len(text) + 2, 5 if at == 0 else 2)
        struct.pack_into("<II", directory, at * 128 + 116, 0xFFFFFFFE, 0)
    return bytes(header) + fat + bytes(directory)


def xls(folder: Path) -> bytes:
    """An honest Excel 97 file."""
    return write_xls(folder / "honest.xls", {"Việc": [CASE_HEADERS, case_row()]}).read_bytes()


def xls_endless_chain(folder: Path) -> bytes:
    """Every sector of the allocation table points to the first."""
    content = bytearray(xls(folder))
    fat_at = (struct.unpack_from("<I", content, 76)[0] + 1) * 512
    content[fat_at : fat_at + 512] = struct.pack("<128I", *([0] * 128))
    return bytes(content)


def xls_password(folder: Path) -> bytes:
    """The globals begin with a FILEPASS record instead of what stands there."""
    content = xls(folder)
    begin = content.find(b"\x09\x08\x10\x00")
    after = begin + 4 + 16
    kind = content[after : after + 2]
    return content[:after] + content[after:].replace(kind, b"\x2f\x00", 1)


def xls_many_sheets(folder: Path) -> bytes:
    """Sixty sheets."""
    book = xlwt.Workbook()
    for at in range(60):
        book.add_sheet(f"Trang {at}")
    book.save(str(folder / "many.xls"))
    return (folder / "many.xls").read_bytes()

"""The corpus of hostile files: bombs, macros, DTDs, lies in the zip directory, passwords, wrong magic, endless text."""

from __future__ import annotations

import zipfile
from typing import NamedTuple

from payloads.hostile_parts import (
    MEGABYTE,
    SHEET,
    Build,
    appended,
    changed,
    compound_file,
    constant,
    damaged,
    doubled_part,
    flagged_encrypted,
    honest,
    lying_size,
    only,
    overlapping,
    plus,
    spaces,
    utf16_sheet,
    with_cells,
    with_dtd,
    xls,
    xls_endless_chain,
    xls_many_sheets,
    xls_password,
    xlsx_of,
    zipped,
)
from payloads.workbooks import CASE_HEADERS, case_row, csv_bytes


class HostileFile(NamedTuple):
    """`reason` is a piece of the Vietnamese refusal."""

    name: str
    suffix: str
    build: Build
    reason: str


WORKBOOK, STRINGS, STYLES, TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml"
EXTERNAL = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = b'<!DOCTYPE w SYSTEM "http://127.0.0.1:9/evil.dtd">'
PARAMETER = b'<!DOCTYPE w [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>'
LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9))
    + b"]>"
)
LONG_COMMENT = b"<!--" + b"a" * 90_000 + b"-->"
CELL_BOMB = (b"<row>" + b"<c><v>1</v></c>" * 16 + b"</row>") * 400_000
FAR_CELLS = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (at, at) for at in range(500_000, 500_500))
ONE_FAR_CELL = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
NO_COLUMN = b'<row r="9"><c r="ZZZZZZ9"><v>1</v></c></row>'
NO_ROW = b'<row r="1048577"><c r="A1048577"><v>1</v></c></row>'
NO_STRING = b'<row r="9"><c r="A9" t="s"><v>99999999</v></c></row>'
MORE_STRINGS = b"<si><t>a</t></si>" * 3_000_000
LETTERS = bytes(range(65, 91))
PLAIN_TYPE = b"spreadsheetml.sheet.main+xml"
MACRO_TYPE = b"spreadsheetml.sheet.macroEnabled.main+xml"
BOOK_BIN = {TYPES: b"<Types/>", "xl/workbook.bin": b"x"}
ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"}
HEADER_LINE = csv_bytes([CASE_HEADERS])
PAGE = b"<html><table><tr><td>1</td></tr></table></html>"
OLE_GARBAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20
BOOK_MACROS = compound_file("_VBA_PROJECT_CUR", "Workbook")
PASSWORD = constant(compound_file("EncryptionInfo", "EncryptedPackage"))
MANY_FILES = {f"xl/media/{at}.bin": b"a" for at in range(1000)}
DIRECTORY_FLOOD = {f"{at}": b"" for at in range(70_000)}


def wide_csv(columns: int) -> Build:
    """Many more columns than anybody's register has."""
    return constant(csv_bytes([[*CASE_HEADERS, *["x"] * columns], [*case_row(), *["y"] * columns]]))


HOSTILE_FILES = [
    HostileFile("cell bomb", ".xlsx", with_cells(CELL_BOMB), "quá lớn"),
    HostileFile("far cells", ".xlsx", with_cells(FAR_CELLS), "bộ nhớ"),
    HostileFile("one far cell", ".xlsx", with_cells(ONE_FAR_CELL), "bộ nhớ"),
    HostileFile("column beyond the grid", ".xlsx", with_cells(NO_COLUMN), "bộ nhớ"),
    HostileFile("row beyond the grid", ".xlsx", with_cells(NO_ROW), "dòng"),
    HostileFile("spaces in the sheet", ".xlsx", appended(SHEET, spaces(300)), "bất thường"),
    HostileFile("spaces in the styles", ".xlsx", appended(STYLES, spaces(60)), "bất thường"),
    HostileFile("tags in the styles", ".xlsx", appended(STYLES, b"<a/>" * 15_000_000), "quá lớn"),
    HostileFile("strings bomb", ".xlsx", changed(STRINGS, b"</sst>", MORE_STRINGS), "quá lớn"),
    HostileFile("one endless string", ".xlsx", changed(STRINGS, b"<t>", b"<t>" + LETTERS * 300_000), "Tệp"),
    HostileFile("unused part bomb", ".xlsx", plus({"xl/media/a.bin": spaces(200)}), "quá lớn"),
    HostileFile("stored giant", ".xlsx", plus({"xl/a.bin": spaces(45)}, zipfile.ZIP_STORED), "lớn hơn"),
    HostileFile("lying size", ".xlsx", lying_size, "quá lớn"),
    HostileFile("overlapping parts", ".xlsx", overlapping, "chồng lên nhau"),
    HostileFile("thousand parts", ".xlsx", plus(MANY_FILES), "quá nhiều thành phần"),
    HostileFile("seventy thousand parts", ".xlsx", plus(DIRECTORY_FLOOD), "quá nhiều thành phần"),
    HostileFile("doubled part", ".xlsx", doubled_part, "trùng tên"),
    HostileFile("nested zip", ".xlsx", plus({"xl/media/a.png": zipped({"a.xml": spaces(5)})}), "lồng bên trong"),
    HostileFile("nested document", ".xlsx", plus({"xl/embeddings/o.bin": compound_file()}), "lồng bên trong"),
    HostileFile("parent folder", ".xlsx", plus({"../../etc/passwd": b"x"}), "ra ngoài"),
    HostileFile("parent folder inside", ".xlsx", plus({"xl/../../x.xml": b"<x/>"}), "ra ngoài"),
    HostileFile("absolute path", ".xlsx", plus({"/etc/passwd": b"x"}), "ra ngoài"),
    HostileFile("backslash path", ".xlsx", plus({"..\\..\\x.xml": b"<x/>"}), "ra ngoài"),
    HostileFile("drive path", ".xlsx", plus({"C:/x.xml": b"<x/>"}), "ra ngoài"),
    HostileFile("laughs in the sheet", ".xlsx", with_dtd(SHEET, LAUGHS), "DTD"),
    HostileFile("laughs in the strings", ".xlsx", with_dtd(STRINGS, LAUGHS), "DTD"),
    HostileFile("external entity in the workbook", ".xlsx", with_dtd(WORKBOOK, EXTERNAL), "DTD"),
    HostileFile("external entity in the relations", ".xlsx", with_dtd("_rels/.rels", EXTERNAL), "DTD"),
    HostileFile("remote dtd in the styles", ".xlsx", with_dtd(STYLES, REMOTE), "DTD"),
    HostileFile("parameter entity", ".xlsx", with_dtd("docProps/core.xml", PARAMETER), "DTD"),
    HostileFile("dtd behind a comment", ".xlsx", with_dtd(SHEET, LONG_COMMENT + EXTERNAL), "DTD"),
    HostileFile("utf-16 part", ".xlsx", utf16_sheet, "UTF-8"),
    HostileFile("utf-7 part", ".xlsx", changed(SHEET, b"UTF-8", b"UTF-7"), "UTF-8"),
    HostileFile("macro project", ".xlsx", plus({"xl/vbaProject.bin": b"\x00" * 100}), "macro"),
    HostileFile("macro project elsewhere", ".xlsx", plus({"xl/x/VBAProject.bin": b"\x00"}), "macro"),
    HostileFile("excel 4 macro sheet", ".xlsx", plus({"xl/macrosheets/sheet1.xml": b"<x/>"}), "macro"),
    HostileFile("activex", ".xlsx", plus({"xl/activeX/activeX1.xml": b"<x/>"}), "macro"),
    HostileFile("macro content type", ".xlsx", changed(TYPES, PLAIN_TYPE, MACRO_TYPE), "macro"),
    HostileFile("macro suffix", ".xlsm", honest(), "macro"),
    HostileFile("binary workbook", ".xlsx", only(BOOK_BIN), ".xlsb"),
    HostileFile("binary workbook by name", ".xlsb", only(BOOK_BIN), "Không nhận"),
    HostileFile("open document", ".xlsx", only(ODS), "thiếu thành phần"),
    HostileFile("plain zip", ".xlsx", only({"readme.txt": b"hello"}), "thiếu thành phần"),
    HostileFile("empty zip", ".xlsx", only({}), "thiếu thành phần"),
    HostileFile("truncated zip", ".xlsx", lambda folder: honest()(folder)[:3000], "không mở được"),
    HostileFile("damaged directory", ".xlsx", damaged(b"PK\x01\x02", b"PK\x01\x03"), "không mở được"),
    HostileFile("encrypted entries", ".xlsx", flagged_encrypted, "mật khẩu"),
    HostileFile("encrypted workbook", ".xlsx", PASSWORD, "mật khẩu"),
    HostileFile("encrypted workbook as xls", ".xls", PASSWORD, "mật khẩu"),
    HostileFile("strange compression", ".xlsx", honest(zipfile.ZIP_LZMA), "kiểu nén"),
    HostileFile("xml cut short", ".xlsx", changed(SHEET, b"</c>", b"</c"), "hỏng"),
    HostileFile("string that is not there", ".xlsx", with_cells(NO_STRING), "hỏng"),
    HostileFile("no sheets", ".xlsx", changed(WORKBOOK, b"<sheet ", b"<nothing "), "Tệp"),
    HostileFile("sixty sheets", ".xlsx", xlsx_of(60, 0), "trang tính"),
    HostileFile("four hundred columns", ".xlsx", xlsx_of(1, 400), "cột"),
    HostileFile("old excel named new", ".xlsx", xls, "đuôi"),
    HostileFile("new excel named old", ".xls", honest(), "đuôi"),
    HostileFile("new excel named csv", ".csv", honest(), "đuôi"),
    HostileFile("text named xlsx", ".xlsx", constant(b"hello, world\n"), "không phải là Excel"),
    HostileFile("web page named xls", ".xls", constant(PAGE), "trang web"),
    HostileFile("web page with a mark", ".xls", constant(b"\xef\xbb\xbf<!DOCTYPE html>" + PAGE), "trang web"),
    HostileFile("spreadsheet xml", ".xls", constant(b'<?xml version="1.0"?><Workbook/>'), "XML"),
    HostileFile("program named xlsx", ".xlsx", constant(b"\x7fELF" + bytes(200)), "không phải là Excel"),
    HostileFile("picture named csv", ".csv", constant(b"\x89PNG\r\n\x1a\n" + bytes(200)), "nhị phân"),
    HostileFile("program", ".exe", constant(b"MZ"), "Không nhận"),
    HostileFile("nothing", ".xlsx", constant(b""), "rỗng"),
    HostileFile("empty compound file", ".xls", constant(compound_file()), "hỏng"),
    HostileFile("compound file with macros", ".xls", constant(BOOK_MACROS), "macro"),
    HostileFile("compound file without end", ".xls", xls_endless_chain, "hỏng"),
    HostileFile("xls with a password", ".xls", xls_password, "mật khẩu"),
    HostileFile("truncated xls", ".xls", lambda folder: xls(folder)[:2000], "hỏng"),
    HostileFile("xls of garbage", ".xls", constant(OLE_GARBAGE), "hỏng"),
    HostileFile("sixty xls sheets", ".xls", xls_many_sheets, "trang tính"),
    HostileFile("million columns", ".csv", wide_csv(1_000_000), "cột"),
    HostileFile("three hundred columns", ".csv", wide_csv(300), "cột"),
    HostileFile("open quote", ".csv", constant(HEADER_LINE + b'"46,PHUVANG\n' * 51), "nháy"),
    HostileFile("endless cell", ".csv", constant(HEADER_LINE + b"a" * 2 * MEGABYTE), "CSV hỏng"),
    HostileFile("endless file", ".csv", constant(b"a\n" * 21 * MEGABYTE), "lớn hơn"),
    HostileFile("a million lines", ".csv", constant(HEADER_LINE + b"\n" * MEGABYTE), "dòng"),
]

"""Single cells: days, whole đồng, decision numbers, officer codes and marks. Nothing here knows about sheets.

Every reader returns a plain value or raises CellProblem with a Vietnamese reason; whatever a cell holds, nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | date | datetime | time | timedelta

# Excel keeps no whole number beyond this exactly, so a larger one is not what somebody typed.
LARGEST_AMOUNT = 2**53
EARLIEST_YEAR = 1990
MASKED = "(đã che)"
# What stands for an error cell of .xlsx and .xls; CSV files have Excel's own words for it.
ERROR_TEXT = "#LỖI!"
_ERRORS = frozenset(
    {ERROR_TEXT, "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u3000\t\r\n\v\f"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MINUS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_PLAIN = {**_SPACES, **_INVISIBLE, **_FULL_WIDTH, **_MINUS}
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMPTY = frozenset({"", "-", "--", "---", "."})


class CellProblem(ValueError):
    """A cell cannot be what its column says; `str()` is the reason in Vietnamese."""


class PersonalCell(CellProblem):
    """A cell that may hold a person's name: what it held is never repeated."""


def plain_text(cell: Cell) -> str:
    """The cell as one line of NFC text with ordinary spaces, digits and dashes; CellProblem on broken characters."""
    if not isinstance(cell, str):
        return _text_of_value(cell)
    if _BROKEN.search(cell):
        raise CellProblem("ô có ký tự hỏng (sai mã hoặc ký tự điều khiển)")
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    return " ".join(unicodedata.normalize("NFC", cell.translate(_PLAIN)).split())


def shown_text(cell: Cell, longest: int = 200) -> str:
    """What an error report may repeat of a cell: printable, on one line, bounded."""
    text = cell if isinstance(cell, str) else _text_of_value(cell)
    text = _BROKEN.sub("\ufffd", text[: longest + 1])
    text = " ".join(unicodedata.normalize("NFC", text.translate(_SPACES)).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _text_of_value(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else repr(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return f"{cell:%d/%m/}{cell.year:04}" + ("" if midnight else f" {cell:%H:%M}")
    if isinstance(cell, date):
        return f"{cell:%d/%m/}{cell.year:04}"
    return str(cell)


def is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing: blank, spaces, or the dash that accounting formats print."""
    return isinstance(cell, str) and (not cell or cell.translate(_PLAIN).strip() in _EMPTY)


def is_error(cell: Cell) -> bool:
    """Whether a formula failed in this cell."""
    return isinstance(cell, str) and cell.strip() in _ERRORS


_DAY_FIRST = re.compile(r"(?:ngày\s*:?\s*)?(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)(.*)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(.*)", re.ASCII)
_IN_WORDS = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.ASCII)
_CLOCK_TIME = re.compile(r"(?:[t ]\s*\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?)?", re.ASCII)
_UNREADABLE_DAY = "không đọc được ngày; hãy ghi dd/mm/yyyy, ví dụ 23/11/2026"


def day_of_serial(serial: float) -> date:
    """The day of an Excel serial number; day 60, the 29 February 1900 that never was, is refused."""
    whole = int(serial) if -1e9 < serial < 1e9 else -1
    if not 1 <= whole <= 2_958_465 or whole == 60:
        raise CellProblem(_UNREADABLE_DAY)
    return date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole)


def read_day(cell: Cell) -> date:
    """A calendar day from a date cell, an Excel serial, or text (day first, ISO, or in words). Empty is refused."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool | time | timedelta):
        raise CellProblem(_UNREADABLE_DAY)
    if isinstance(cell, float | int):
        # Exports from a database also write 20261123 as a number; it cannot be a serial, the last one has seven digits.
        if 19_000_101 <= cell <= 99_991_231:
            return _day(int(cell) // 10_000, int(cell) // 100 % 100, int(cell) % 100)
        return day_of_serial(cell)
    text = plain_text(cell).lstrip("'").lower()
    if text in _EMPTY:
        raise CellProblem("ô bắt buộc bị trống")
    if len(text) > 60:
        raise CellProblem(_UNREADABLE_DAY)
    if text.isascii() and text.isdigit() and len(text) in (5, 8):
        return read_day(int(text))
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return _timed_day(_year(found[3]), found[2], found[1], found[4])
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _timed_day(int(found[1]), found[2], found[3], found[4])
    found = _IN_WORDS.fullmatch(text)
    if found:
        return _timed_day(int(found[3]), found[2], found[1], "")
    raise CellProblem(_UNREADABLE_DAY)


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _timed_day(year: int, month: str, day: str, rest: str) -> date:
    if not _CLOCK_TIME.fullmatch(rest):
        raise CellProblem(_UNREADABLE_DAY)
    return _day(year, int(month), int(day))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise CellProblem("ngày không có trong lịch") from error


def fact_day(today: date) -> Callable[[Cell], date]:
    """A reader of days on which something happened: from 1990 to tomorrow (a source's clock may run ahead)."""
    latest = today + timedelta(days=1)

    def read(cell: Cell) -> date:
        day = read_day(cell)
        if day.year < EARLIEST_YEAR:
            raise CellProblem(f"ngày trước năm {EARLIEST_YEAR}")
        if day > latest:
            raise CellProblem(f"ngày ở tương lai (hôm nay là {today:%d/%m/%Y})")
        return day

    return read


_CURRENCY = re.compile(r"^(?:₫|đồng|đ|vnđ|vnd|dong)\.?\s*|\s*(?:₫|đồng|đ|vnđ|vnd|dong)\.?$", re.IGNORECASE)
_WHOLE = re.compile(r"\d+(?:[.,]0{1,2})?")
_GROUPED = re.compile(
    r"\d{1,3}(?:\.\d{3})+(?:,0+)?|\d{1,3}(?:,\d{3})+(?:\.0+)?|\d{1,3}(?: \d{3})+(?:[.,]0+)?|\d{1,3}(?:'\d{3})+"
)
_FRACTION = re.compile(r"[\d., ']*\d[.,]\d{1,9}")
_NOT_FINITE = re.compile(r"[-+]?(?:nan|inf(?:inity)?|\d(?:\.\d+)?e[+-]?\d+)", re.IGNORECASE)
_UNREADABLE_MONEY = "không đọc được số tiền; hãy ghi số đồng nguyên, ví dụ 1.234.567"


def read_amount(cell: Cell) -> int:
    """Whole đồng, negative as -1.000 or (1.000); empty, fractional, infinite or absurdly large is refused."""
    if isinstance(cell, bool) or not isinstance(cell, str | float | int):
        raise CellProblem(_UNREADABLE_MONEY)
    if isinstance(cell, str):
        return _bounded(_amount_of_text(plain_text(cell).lstrip("'").strip()))
    if isinstance(cell, float) and not cell.is_integer():
        if cell != cell or cell in (float("inf"), float("-inf")):
            raise CellProblem("số tiền không phải là số hữu hạn")
        raise CellProblem("số tiền lẻ dưới 1 đồng")
    return _bounded(int(cell))


def _bounded(amount: int) -> int:
    if abs(amount) > LARGEST_AMOUNT:
        raise CellProblem("số tiền lớn bất thường")
    return amount


def _amount_of_text(text: str) -> int:
    if text in _EMPTY:
        raise CellProblem("ô bắt buộc bị trống")
    if len(text) > 60:
        raise CellProblem(_UNREADABLE_MONEY)
    if _NOT_FINITE.fullmatch(text):
        raise CellProblem("số tiền không phải là số viết đủ chữ số")
    negative = False
    # The unit may stand on either side of the number, inside or outside the brackets that make it negative.
    text = _CURRENCY.sub("", text, count=1).strip()
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, _CURRENCY.sub("", text[1:-1].strip(), count=1).strip()
    if text.startswith("-") or text.endswith("-"):
        negative, text = True, text.removeprefix("-").removesuffix("-").strip()
    if not text.isascii():
        raise CellProblem(_UNREADABLE_MONEY)
    if _GROUPED.fullmatch(text):
        amount = int(re.sub(r"\D", "", re.sub(r"[.,]0+$", "", text) if _ends_in_zero_fraction(text) else text))
    elif _WHOLE.fullmatch(text):
        amount = int(re.split(r"[.,]", text)[0])
    elif _FRACTION.fullmatch(text):
        raise CellProblem("số tiền lẻ dưới 1 đồng hoặc dấu phân cách không rõ")
    else:
        raise CellProblem(_UNREADABLE_MONEY)
    return -amount if negative else amount


def _ends_in_zero_fraction(text: str) -> bool:
    """Whether the last separator differs from the first, as in 1.234.567,00."""
    separators = re.findall(r"[^\d]", text)
    return bool(separators[-1] != separators[0])


def amount_due(cell: Cell) -> int:
    """Whole đồng that may be 0 but never negative."""
    if type(cell) is float and 0.0 <= cell < LARGEST_AMOUNT and cell.is_integer():
        return int(cell)
    amount = read_amount(cell)
    if amount < 0:
        raise CellProblem("số tiền âm không nhận ở cột này")
    return amount


_USUAL_NUMBER = re.compile(r"([1-9]\d{0,7})(?:/QĐ-[A-ZĐ.-]{1,24})?", re.ASCII)
_NUMBER = re.compile(
    r"(?:quyết định|qđ)?\s*(?:số)?\s*[:.]?\s*"
    r"(?P<digits>\d{1,3}(?:\.\d{3})+|\d{1,8})"
    r"(?P<suffix>bis|[a-zđ](?![a-zđ]))?"
    r"(?P<part>/\d{1,3}(?!\d))?"
    # What may follow: a year, the office, a date in words, the rest of a cell that packs more than the number.
    r"(?:\s*/\s*(?:19|20)\d{2}(?!\d).*|\s*[-/(]\s*(?:\D.*)?|\s*;.*|\s*,\s.*|\s+\D.*|qđ.*)?",
    re.ASCII,
)
_UNREADABLE_NUMBER = "không đọc được số quyết định; hãy ghi như 46/QĐ-CTHADS hoặc 46"


def decision_number(cell: Cell) -> str:
    """The number that enters the key: digits without leading zeros, with a letter or a sub-number where one is written.

    "46/QĐ-CTHADS", "Số: 046", "46/2026/QĐ-THADS" and 46.0 are all "46"; "46a/QĐ-THADS" is "46a", "46/2" is "46/2". The
    issuing office named after the number is left out: the issuing unit is a column of its own.
    """
    if isinstance(cell, str):
        usual = _USUAL_NUMBER.fullmatch(cell)
        if usual:
            return usual[1]
        return _number_of_text(plain_text(cell))
    if isinstance(cell, bool) or not isinstance(cell, float | int) or cell != cell or not 1 <= cell <= 99_999_999:
        raise CellProblem(_UNREADABLE_NUMBER)
    if int(cell) != cell:
        raise CellProblem(_UNREADABLE_NUMBER)
    return str(int(cell))


def _number_of_text(text: str) -> str:
    if text in _EMPTY:
        raise CellProblem("ô bắt buộc bị trống")
    text = text.lower()
    found = _NUMBER.fullmatch(text) if len(text) <= 300 else None
    if found is None or _DAY_FIRST.fullmatch(text):
        raise CellProblem(_UNREADABLE_NUMBER)
    digits = found["digits"].replace(".", "").lstrip("0")
    if not digits:
        raise CellProblem(_UNREADABLE_NUMBER)
    part = (found["part"] or "").replace("/", "").lstrip("0")
    return digits + (found["suffix"] or "") + (f"/{part}" if part else "")


_OFFICER = re.compile(r"(?:[A-ZĐ]{1,5}\d{0,3}[-._/]){0,2}[A-ZĐ]{1,5}[-._/]?\d{1,6}[A-Z]?", re.ASCII)


def officer_code(cell: Cell) -> str:
    """An officer's code such as CHV-07; anything else may be a name and raises PersonalCell, which repeats nothing."""
    try:
        code = plain_text(cell).upper().replace(" ", "-")
    except CellProblem as problem:
        raise PersonalCell(str(problem)) from None
    if len(code) > 20 or not _OFFICER.fullmatch(code):
        raise PersonalCell("chỉ nhận mã chấp hành viên, không nhận họ tên")
    return code


_MARKED = frozenset({"x", "✓", "v", "1", "true", "có", "hủy", "huỷ"})
_UNMARKED = frozenset({"0", "false", "không"})


def read_mark(cell: Cell) -> bool:
    """A cell that is ticked or not."""
    text = plain_text(cell).casefold()
    if text in _MARKED:
        return True
    if text in _UNMARKED or text in _EMPTY:
        return False
    raise CellProblem("cột này chỉ nhận x hoặc để trống")

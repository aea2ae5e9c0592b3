"""One row of a sheet becomes one record, or a refusal with its column and reason. Names of people are never kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from ipaddress import ip_network
from typing import TypeVar

from connectors.attendance_file.sheets import ABSENCES, COLUMNS, KINDS, METHODS, ROLES, SheetKind
from connectors.attendance_push import CLOCK_AHEAD, EARLIEST, NO_NUMBER, NO_TIME, TOO_NEW, TOO_OLD
from connectors.base import RefusedRecord
from connectors.case_workbook.cells import MASKED, CellProblem, PersonalCell, officer_code, read_day, read_mark
from connectors.case_workbook.words import unit_code
from connectors.instants import parsed_instant
from domain.attendance import (
    AbsenceRecord,
    Overlay,
    Punch,
    PunchKind,
    PunchRecord,
    StaffRecord,
    StaffRole,
    TerminalRecord,
    VerifyMethod,
    plain_pin,
)
from domain.vietnamese import normalised

LONGEST_ABSENCE = timedelta(days=400)
LONGEST_REFERENCE = 60
Texts = Mapping[str, str]
Units = Mapping[str, str]
Record = TerminalRecord | StaffRecord | AbsenceRecord | PunchRecord
T = TypeVar("T")


class CellRefused(ValueError):
    """A cell that cannot be what its column says; `column` is its name in code, `is_masked` hides what it held."""

    def __init__(self, column: str, reason: str, is_masked: bool = False) -> None:
        super().__init__(reason)
        self.column = column
        self.is_masked = is_masked


def record_of(kind: SheetKind, texts: Texts, number: int, units: Units, now: datetime) -> Record | RefusedRecord:
    """What a row says; `units` are the codes and names of the organisation."""
    try:
        return _READERS[kind](texts, units, now)
    except CellRefused as refused:
        return _refused(kind, texts, number, refused)


def refused_row(kind: SheetKind, texts: Texts, number: int, column: str, reason: str) -> RefusedRecord:
    """A row that reads well and still cannot be used."""
    return _refused(kind, texts, number, CellRefused(column, reason))


def _terminal(texts: Texts, units: Units, _now: datetime) -> TerminalRecord:
    serial = texts["serial"].strip()
    if not serial.isascii() or not serial.replace("-", "").replace("_", "").isalnum() or len(serial) > 32:
        raise CellRefused("serial", "số máy chỉ gồm chữ không dấu và số")
    networks = " ".join(texts["network"].replace(",", " ").replace(";", " ").split())
    try:
        allowed = [str(ip_network(network, strict=False)) for network in networks.split()]
    except ValueError as error:
        raise CellRefused("network", "mạng phải như 10.1.2.0/24 hoặc 10.1.2.3") from error
    if not allowed or len(networks) > 200:
        raise CellRefused("network", "ghi mạng mà máy này được phép gửi từ đó, như 10.1.2.0/24")
    is_allowed = _cell("allowed", lambda text: text == "" or read_mark(text), texts)
    return TerminalRecord(serial, _unit(texts, units), texts["name"][:100], " ".join(allowed), is_allowed)


def _staff(texts: Texts, units: Units, _now: datetime) -> StaffRecord:
    pin = plain_pin(texts["pin"])
    if pin is None:
        raise CellRefused("pin", "số người dùng chỉ gồm chữ không dấu và số, khác 0")
    from_on, to_on = _day_or_none("from", texts), _day_or_none("to", texts)
    role = _word("role", ROLES, texts) if texts.get("role") else StaffRole.OTHER
    return StaffRecord(_code(texts), _unit(texts, units), pin, from_on, to_on, role)


def _absence(texts: Texts, units: Units, _now: datetime) -> AbsenceRecord:
    kind, leave = _word("kind", ABSENCES, texts)
    from_on, to_on = _cell("from", read_day, texts), _cell("to", read_day, texts)
    if not timedelta(0) <= to_on - from_on <= LONGEST_ABSENCE:
        raise CellRefused("to", "đến ngày phải từ ngày bắt đầu trở đi và không quá 400 ngày")
    reference = texts.get("reference", "")
    if len(reference) > LONGEST_REFERENCE:
        raise CellRefused("reference", "số văn bản quá dài", is_masked=True)
    withdrawn = _cell("withdrawn", lambda text: text != "" and read_mark(text), texts)
    overlay = Overlay(kind, from_on, to_on, leave)
    return AbsenceRecord(_code(texts), _unit(texts, units), overlay, reference, withdrawn)


def _punch(texts: Texts, _units: Units, now: datetime) -> PunchRecord:
    pin = plain_pin(texts["pin"])
    if pin is None:
        raise CellRefused("pin", NO_NUMBER)
    kind = KINDS.get(normalised(texts.get("kind", "")), PunchKind.OTHER)
    method = METHODS.get(normalised(texts.get("method", "")), VerifyMethod.OTHER)
    return PunchRecord(Punch(texts["serial"].strip(), pin, _instant(texts["time"], now)), kind, method)


_READERS: Mapping[SheetKind, Callable[[Texts, Units, datetime], Record]] = {
    SheetKind.TERMINALS: _terminal,
    SheetKind.STAFF: _staff,
    SheetKind.ABSENCES: _absence,
    SheetKind.PUNCHES: _punch,
}


def _instant(text: str, now: datetime) -> datetime:
    at = parsed_instant(text)
    if at is None:
        raise CellRefused("time", NO_TIME)
    if at < EARLIEST:
        raise CellRefused("time", TOO_OLD)
    if at > now + CLOCK_AHEAD:
        raise CellRefused("time", TOO_NEW)
    return at


def _code(texts: Texts) -> str:
    try:
        return officer_code(texts["code"])
    except PersonalCell as problem:
        raise CellRefused("code", "chỉ nhận mã cán bộ như CHV-07, không nhận họ tên", is_masked=True) from problem


def _unit(texts: Texts, units: Units) -> str:
    return _cell("unit", unit_code(units), texts)


def _day_or_none(column: str, texts: Texts) -> date | None:
    return _cell(column, read_day, texts) if texts.get(column) else None


def _word(column: str, words: Mapping[str, T], texts: Texts) -> T:
    found = words.get(normalised(texts.get(column, "")))
    if found is None:
        raise CellRefused(column, "không hiểu từ này trong cột")
    return found


def _cell(column: str, read: Callable[[str], T], texts: Texts) -> T:
    try:
        return read(texts.get(column, ""))
    except CellProblem as problem:
        raise CellRefused(column, str(problem)) from problem


def _refused(kind: SheetKind, texts: Texts, number: int, refused: CellRefused) -> RefusedRecord:
    shown = {name: MASKED if name == refused.column and refused.is_masked else text for name, text in texts.items()}
    if not refused.is_masked and "code" in shown:
        # Another cell was refused first: the code was not looked at, and may be a name.
        shown["code"] = _code_or_mask(texts)
    headers = {name: column.headers[0] for name, column in COLUMNS[kind].items()}
    raw = "; ".join(f"{headers[name]}={text}" for name, text in shown.items() if text)
    value = shown.get(refused.column, "")
    return RefusedRecord(f"dòng {number}", headers[refused.column], value, str(refused), raw)


def _code_or_mask(texts: Texts) -> str:
    try:
        return officer_code(texts["code"])
    except PersonalCell:
        return MASKED

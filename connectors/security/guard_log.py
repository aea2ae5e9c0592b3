"""A guard log as a sheet (Excel, CSV): coded rows of a shift. No other column is read, so no name and no free text
enters; the guard is a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from connectors.base import RefusedRecord
from connectors.case_workbook.cells import MASKED, CellProblem, PersonalCell, officer_code
from connectors.case_workbook.words import unit_code
from connectors.instants import parsed_instant
from connectors.sheet_rows import LIMITS, Row, column, headed_rows, sheet_rows
from domain.security import (
    KIND_NAMES,
    OUTCOME_NAMES,
    SHIFT_NAMES,
    EventOrigin,
    EventOutcome,
    GuardShift,
    SecurityKind,
    SecurityRecord,
    event_key,
)
from domain.vietnamese import normalised

AHEAD_FOR = timedelta(minutes=10)
OLDEST = timedelta(days=400)
COLUMNS = {
    "unit": column("Đơn vị|Cơ quan|Trụ sở"),
    "time": column("Thời điểm|Thời gian|Giờ|Ngày giờ"),
    "shift": column("Ca trực|Ca"),
    "kind": column("Loại|Loại sự việc|Nội dung|Mã nội dung"),
    "outcome": column("Kết quả|Kết quả xử lý|Xử lý"),
    "guard": column("Mã người trực|Mã bảo vệ|Người trực", False),
    "camera": column("Mã camera|Camera", False),
}
_CAMERA = re.compile(r"[0-9A-Za-z._-]{1,40}", re.ASCII)
T = TypeVar("T")


class LogKind(StrEnum):
    """The one kind of sheet there is."""

    GUARD_LOG = "guard_log"


def _words(names: Mapping[T, str], others: Mapping[str, T]) -> dict[str, T]:
    """Members by every word a sheet may use for them: name, code, and what people write."""
    own = {normalised(name): member for member, name in names.items()}
    codes = {normalised(str(member)): member for member in names}
    return {**codes, **own, **others}


KINDS = _words(
    KIND_NAMES,
    {
        "chuyen dong": SecurityKind.MOTION,
        "camera bi che": SecurityKind.TAMPER,
        "xam nhap": SecurityKind.INTRUSION,
        "tu tap": SecurityKind.GATHERING,
        "tu tap dong nguoi": SecurityKind.GATHERING,
        "doan dong nguoi": SecurityKind.GATHERING,
        "gay roi": SecurityKind.DISORDER,
        "chay no": SecurityKind.FIRE,
        "chay": SecurityKind.FIRE,
        "ghi nhan": SecurityKind.REMARK,
        "su viec": SecurityKind.INCIDENT,
    },
)
OUTCOMES = _words(
    OUTCOME_NAMES,
    {
        "tiep nhan": EventOutcome.ACCEPTED,
        "dang xu ly": EventOutcome.ACCEPTED,
        "xong": EventOutcome.HANDLED,
        "chuyen cong an": EventOutcome.REFERRED,
        "bao gia": EventOutcome.FALSE_ALARM,
    },
)
SHIFTS = _words(
    SHIFT_NAMES,
    {"sang": GuardShift.MORNING, "chieu": GuardShift.AFTERNOON, "dem": GuardShift.NIGHT, "toi": GuardShift.NIGHT},
)
_SAID = {"kind": KIND_NAMES.values(), "outcome": OUTCOME_NAMES.values(), "shift": SHIFT_NAMES.values()}
# A shift in which nothing happened says so: the log is kept, and there is no event.
NOTHING = frozenset({"binh thuong", "khong co su viec", "khong co su kien", "khong"})


@dataclass(slots=True)
class GuardLog:
    """What a sheet said: events, quiet shifts (counted), refused rows, and the newest instant it speaks of."""

    records: list[SecurityRecord] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    quiet: int = 0
    rows_read: int = 0
    refused_count: int = 0
    newest_at: datetime | None = None


class _CellRefused(ValueError):
    def __init__(self, column: str, reason: str, is_masked: bool = False) -> None:
        super().__init__(reason)
        self.column, self.is_masked = column, is_masked


def read_guard_log(path: Path, units: Mapping[str, str], now: datetime) -> GuardLog:
    """Read a file in a child process; raises WorkbookRefused (its content) or SourceUnavailable (it is not there)."""
    with sheet_rows(path) as rows:
        return parse_guard_log(rows, units, now)


def parse_guard_log(rows: Iterable[Row], units: Mapping[str, str], now: datetime) -> GuardLog:
    """The records of rows with content; raises WorkbookRefused when none of the first ones is the header."""
    log = GuardLog()
    columns, titles = {LogKind.GUARD_LOG: COLUMNS}, {LogKind.GUARD_LOG: "Sổ trực"}
    _, below = headed_rows(iter(rows), columns, titles)
    for number, cells in below:
        texts = {name: text.strip() for name, text in cells.items()}
        if not any(texts.values()):
            continue
        log.rows_read += 1
        try:
            at, record = _record(texts, units, now)
        except _CellRefused as refused:
            log.refused_count += 1
            if len(log.refused) < LIMITS.rejected_kept:
                log.refused.append(_refusal(number, texts, refused))
            continue
        log.newest_at = max(at, log.newest_at or at)
        if record is None:
            log.quiet += 1
        else:
            log.records.append(record)
    return log


def _record(
    texts: Mapping[str, str], units: Mapping[str, str], now: datetime
) -> tuple[datetime, SecurityRecord | None]:
    unit = _read("unit", texts, unit_code(units))
    at = _instant(texts["time"], now)
    shift = _word("shift", texts, SHIFTS)
    guard = _guard(texts.get("guard", ""))
    if normalised(texts["kind"]) in NOTHING:
        return at, None
    kind, outcome = _word("kind", texts, KINDS), _word("outcome", texts, OUTCOMES)
    camera = texts.get("camera", "")
    if camera and not _CAMERA.fullmatch(camera):
        raise _CellRefused("camera", "mã camera chỉ gồm chữ không dấu, số, dấu chấm và gạch")
    key = event_key(EventOrigin.GUARD_LOG, unit, at.isoformat(), shift, kind, camera)
    return at, SecurityRecord(
        key, kind, EventOrigin.GUARD_LOG, unit, at, camera=camera, shift=shift, guard=guard, outcome=outcome
    )


def _instant(text: str, now: datetime) -> datetime:
    at = parsed_instant(text)
    if at is None:
        raise _CellRefused("time", "ghi ngày và giờ, như 24/11/2026 02:17")
    if at > now + AHEAD_FOR:
        raise _CellRefused("time", "thời điểm ở tương lai")
    if at < now - OLDEST:
        raise _CellRefused("time", "thời điểm quá cũ, hơn 400 ngày")
    return min(at, now)


def _word(column: str, texts: Mapping[str, str], words: Mapping[str, T]) -> T:
    found = words.get(normalised(texts[column]))
    if found is None:
        raise _CellRefused(column, f"ghi một trong: {', '.join(_SAID[column])}")
    return found


def _guard(text: str) -> str:
    if not text:
        return ""
    try:
        return officer_code(text)
    except PersonalCell as problem:
        raise _CellRefused("guard", "chỉ nhận mã như BV-02, không nhận họ tên", is_masked=True) from problem


def _read(column: str, texts: Mapping[str, str], read: Callable[[str], T]) -> T:
    try:
        return read(texts[column])
    except CellProblem as problem:
        raise _CellRefused(column, str(problem)) from problem


def _refusal(number: int, texts: Mapping[str, str], refused: _CellRefused) -> RefusedRecord:
    """The row without its guard: unless it was read as a code, it may be a name."""
    shown = {name: text[:80] for name, text in texts.items() if text}
    if "guard" in shown:
        shown["guard"] = _code_or_mask(texts["guard"])
    raw = "; ".join(f"{COLUMNS[name].headers[0]}={text}" for name, text in shown.items())
    value = MASKED if refused.is_masked else shown.get(refused.column, "")
    return RefusedRecord(f"dòng {number}", COLUMNS[refused.column].headers[0], value, str(refused), raw)


def _code_or_mask(text: str) -> str:
    try:
        return officer_code(text)
    except PersonalCell:
        return MASKED

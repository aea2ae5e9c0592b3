"""The register of administrative judgments as a sheet (Excel, CSV): one row a judgment, its events as days.

The body that has to comply is read as a kind of body, whatever it is called; no other column is read, so whoever won
against it enters nowhere. A cell that could hold a name is refused and not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from connectors.base import RefusedRecord
from connectors.case_workbook.cells import CellProblem, read_day
from connectors.case_workbook.words import unit_code
from connectors.sheet_rows import LIMITS, Row, column, headed_rows, sheet_rows
from domain.administrative_judgments import (
    DEBTOR_NAMES,
    AdministrativeJudgment,
    DatedEvent,
    DebtorKind,
    JudgmentEvent,
    timeline,
)
from domain.local_time import local_day
from domain.vietnamese import normalised

TITLE = "Sổ theo dõi thi hành án hành chính"
# Every column is needed: a newer sheet wins row by row, and one without a column would silently take its days away.
COLUMNS = {
    "unit": column("Đơn vị|Cơ quan|Cơ quan thi hành án"),
    "number": column("Số bản án|Bản án số|Số bản án, quyết định"),
    "judged_on": column("Ngày bản án|Ngày tuyên án|Ngày ra bản án"),
    "debtor": column("Bên phải thi hành|Cơ quan phải thi hành|Người phải thi hành án"),
    "registered_on": column("Ngày vào sổ|Ngày nhận bản án|Ngày thụ lý theo dõi"),
    "received": column("Ngày bên phải thi hành nhận bản án|Ngày tống đạt bản án"),
    "noticed": column("Ngày thông báo tự nguyện|Ngày thông báo tự nguyện thi hành"),
    "worked": column("Ngày làm việc với các bên|Ngày làm việc"),
    "compelled": column("Ngày quyết định buộc thi hành|Ngày QĐ buộc thi hành|Ngày quyết định buộc thi hành án"),
    "postponed": column("Ngày hoãn|Ngày hoãn thi hành"),
    "suspended": column("Ngày tạm đình chỉ"),
    "resumed": column("Ngày tiếp tục|Ngày tiếp tục thi hành"),
    "cancelled": column("Ngày hủy|Ngày hủy bản án"),
    "completed": column("Ngày xong|Ngày thi hành xong"),
}
EARLIEST_YEAR = 1990
MOST_DAYS = 40
LONGEST_VALUE = 80
_NUMBER = re.compile(r"(?=.*\d)[0-9A-ZĐ][0-9A-ZĐ./_-]{0,39}")
# A body of either court case may be named itself, or its head: which one it is goes no further than this table.
_DEBTOR_BEGINNINGS = (
    (r"ubnd (?:cap )?(?:xa|phuong|thi tran)", DebtorKind.COMMUNE),
    (r"ubnd (?:cap )?(?:huyen|quan|thi xa)", DebtorKind.DISTRICT),
    (r"ubnd (?:cap )?tinh", DebtorKind.PROVINCE),
    (r"so", DebtorKind.DEPARTMENT),
)
# What a unit did or wrote down cannot lie before it had the judgment; what others did may.
_BEFORE_REGISTRATION = frozenset({JudgmentEvent.RECEIVED, JudgmentEvent.COMPELLED})
_PAUSES = (JudgmentEvent.POSTPONED, JudgmentEvent.SUSPENDED, JudgmentEvent.RESUMED)


class JudgmentSheet(StrEnum):
    """The one kind of sheet there is."""

    REGISTER = "administrative_judgments"


@dataclass(frozen=True, slots=True)
class JudgmentLine:
    """A judgment as a row of the sheet states it; `reference` is that row."""

    reference: str
    judgment: AdministrativeJudgment


@dataclass(slots=True)
class JudgmentRegister:
    """What a sheet said; `refused` are the first rejected rows, `refused_count` counts all."""

    lines: list[JudgmentLine] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    rows_read: int = 0
    refused_count: int = 0

    def refuse(self, reference: str, name: str, value: str, reason: str) -> None:
        """Leave a row out, by the header of the cell that is to blame."""
        self.refused_count += 1
        if len(self.refused) < LIMITS.rejected_kept:
            self.refused.append(RefusedRecord(reference, COLUMNS[name].headers[0], value, reason))


class _RowRefused(ValueError):
    def __init__(self, column: str, reason: str, is_masked: bool = False) -> None:
        super().__init__(reason)
        self.column, self.is_masked = column, is_masked


def read_judgment_register(path: Path, units: Mapping[str, str], now: datetime) -> JudgmentRegister:
    """Read a file in a child process; raises WorkbookRefused (its content) or SourceUnavailable (it is not there)."""
    with sheet_rows(path) as rows:
        return parse_judgment_register(rows, units, now)


def parse_judgment_register(rows: Iterable[Row], units: Mapping[str, str], now: datetime) -> JudgmentRegister:
    """The judgments of rows with content; raises WorkbookRefused when none of the first ones is the header.

    A number that a unit has twice in one sheet counts once; where the two differ, the later row is refused.
    """
    kind = JudgmentSheet.REGISTER
    _, texts_by_row = headed_rows(iter(rows), {kind: COLUMNS}, {kind: TITLE})
    register = JudgmentRegister()
    seen: dict[tuple[str, str], JudgmentLine] = {}
    for row_number, texts in texts_by_row:
        register.rows_read += 1
        reference = f"dòng {row_number}"
        try:
            judgment = judgment_of(texts, units, local_day(now))
        except _RowRefused as refused:
            value = "" if refused.is_masked else texts.get(refused.column, "")[:LONGEST_VALUE]
            register.refuse(reference, refused.column, value, str(refused))
            continue
        before = seen.setdefault((judgment.unit, judgment.reference), JudgmentLine(reference, judgment))
        if before.reference == reference:
            register.lines.append(before)
        elif before.judgment != judgment:
            reason = f"Số bản án này đã có ở {before.reference} của tệp với nội dung khác."
            register.refuse(reference, "number", judgment.reference, reason)
    return register


def judgment_of(texts: Mapping[str, str], units: Mapping[str, str], today: date) -> AdministrativeJudgment:
    """A row of the register; raises ValueError with the reason in Vietnamese.

    1. without unit, number, kind of body and both days it means nothing; 2. no day lies in the future or before the
    judgment; 3. what ended once does not go on; what goes on was paused before.
    """
    number = texts.get("number", "").upper().replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise _RowRefused("number", "Số bản án chỉ gồm chữ, số và gạch, không ghi họ tên.", is_masked=True)
    judged_on, registered_on = (_needed_day(texts, name, today) for name in ("judged_on", "registered_on"))
    if registered_on < judged_on:
        raise _RowRefused("registered_on", "Ngày vào sổ trước ngày bản án.")
    events = tuple(
        DatedEvent(kind, day)
        for kind in JudgmentEvent
        for day in _event_days(texts, kind, judged_on, registered_on, today)
    )
    found = AdministrativeJudgment(
        unit=_unit(texts, units),
        reference=number,
        judged_on=judged_on,
        registered_on=registered_on,
        debtor=_debtor(texts.get("debtor", "")),
        events=events,
    )
    _require_possible(found)
    return found


def _needed_day(texts: Mapping[str, str], name: str, today: date) -> date:
    days = _days(texts, name, today)
    if len(days) != 1:
        raise _RowRefused(name, "Ghi một ngày.")
    return days[0]


def _event_days(
    texts: Mapping[str, str], kind: JudgmentEvent, judged_on: date, registered_on: date, today: date
) -> list[date]:
    """The days of an event, each once; an event that can happen once has one day."""
    name = kind.value
    days = sorted(set(_days(texts, name, today)))
    is_repeated = kind is JudgmentEvent.WORKED or kind in _PAUSES
    if len(days) > 1 and not is_repeated:
        raise _RowRefused(name, "Chỉ ghi một ngày.")
    earliest = judged_on if kind in _BEFORE_REGISTRATION else registered_on
    if days and days[0] < earliest:
        what = "ngày bản án" if kind in _BEFORE_REGISTRATION else "ngày vào sổ"
        raise _RowRefused(name, f"{COLUMNS[name].headers[0]} trước {what}.")
    return days


def _days(texts: Mapping[str, str], name: str, today: date) -> list[date]:
    parts = [part.strip() for part in re.split("[;,]", texts.get(name, "")) if part.strip(" -.")]
    if len(parts) > MOST_DAYS:
        raise _RowRefused(name, f"Quá {MOST_DAYS} ngày trong một ô.")
    try:
        days = [read_day(part) for part in parts]
    except CellProblem as problem:
        raise _RowRefused(name, f"Ngày không đọc được: {problem}.", is_masked=True) from problem
    for day in days:
        if day.year < EARLIEST_YEAR:
            raise _RowRefused(name, f"Ngày trước năm {EARLIEST_YEAR}.")
        if day > today:
            raise _RowRefused(name, f"Ngày ở tương lai (hôm nay là {today:%d/%m/%Y}).")
    return days


def _require_possible(judgment: AdministrativeJudgment) -> None:
    kinds = {event.kind for event in judgment.events}
    if {JudgmentEvent.CANCELLED, JudgmentEvent.COMPLETED} <= kinds:
        raise _RowRefused("completed", "Vừa hủy vừa xong: giữ một trong hai.")
    is_paused, ended_on = False, judgment.ended_on
    for event in timeline(judgment):
        if event.kind not in _PAUSES:
            continue
        if ended_on is not None and event.on > ended_on:
            raise _RowRefused(event.kind.value, "Sau ngày xong hoặc hủy.")
        if event.kind is JudgmentEvent.RESUMED and not is_paused:
            raise _RowRefused("resumed", "Tiếp tục khi chưa hoãn, tạm đình chỉ.")
        is_paused = event.kind is not JudgmentEvent.RESUMED


def _unit(texts: Mapping[str, str], units: Mapping[str, str]) -> str:
    try:
        return unit_code(units)(texts.get("unit", ""))
    except CellProblem as problem:
        raise _RowRefused("unit", "Không có đơn vị này trong cơ cấu tổ chức.") from problem


def _debtor(text: str) -> DebtorKind:
    """The kind of body; what it is called is dropped."""
    told = normalised(text).removeprefix("chu tich ").replace("uy ban nhan dan", "ubnd")
    by_name = {normalised(name): kind for kind, name in DEBTOR_NAMES.items()}
    if told in by_name:
        return by_name[told]
    for beginning, kind in _DEBTOR_BEGINNINGS:
        if re.match(rf"{beginning}\b", told):
            return kind
    raise _RowRefused("debtor", f"Ghi một trong: {'; '.join(DEBTOR_NAMES.values())}.", is_masked=True)

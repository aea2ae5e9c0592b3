"""Citizen reception: one visit or petition as any source states it, cleaned to a record or refused with its reason.

Queue systems (a list with an agency's map of fields) and sheets both end here. Whoever came is read from nowhere: a
cell that could hold a name is refused or dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from connectors.base import Fetched, RefusedRecord
from connectors.case_workbook.cells import CellProblem, read_mark
from connectors.entries import EntryRefused, Texts, Units, clean, day_of, instant_of, unit_of, word_of
from connectors.mapped_list import FieldMap, entries_of, mapped, read_field_map
from connectors.web_reader import WebReader
from domain.local_time import local_day
from domain.reception import (
    OUTCOME_NAMES,
    PETITION_NAMES,
    PURPOSE_NAMES,
    SUBJECT_NAMES,
    PetitionRecord,
    PetitionSubject,
    VisitPurpose,
    VisitRecord,
)
from domain.vietnamese import normalised

VISIT_TIMES = ("ticketed_at", "called_at", "ended_at", "updated_at")
VISIT_FIELDS = (
    *("unit", "ticket", *VISIT_TIMES),
    *("counter", "purpose", "outcome", "people", "matters", "leader"),
)
VISIT_NEEDED = ("unit", "ticket", "ticketed_at")
MOST_PEOPLE = 2000
LONGEST_TERM = timedelta(days=730)
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z./_-]{0,39}", re.ASCII)
_NUMBER = re.compile(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ./_-]{0,39}")
# Other words an agency's system may use for what we call by one.
_PURPOSES = {"nhan tien": VisitPurpose.PAYOUT, "nop don": VisitPurpose.REQUEST, "hoi dap": VisitPurpose.INFORMATION}
_INSTANCES = {"": 1, "1": 1, "2": 2, "lan dau": 1, "lan 1": 1, "lan hai": 2, "lan 2": 2}
Record = VisitRecord | PetitionRecord


class ReceptionList:
    """The connector of a queue system that gives its visits as one list; every fetch reads all of it."""

    name = "reception"

    def __init__(self, address: str, fields: FieldMap, units: Units, reader: Callable[[], WebReader]) -> None:
        self._address = address
        self._map = fields
        self._units = units
        self._reader = reader

    def fetch(self, watermark: str, still_open: Collection[str], now: datetime) -> Fetched[VisitRecord]:
        """All visits of the list, whatever the watermark."""
        with self._reader() as reader:
            entries = entries_of(reader.read(self._address, {}), self._map)
        said = (mapped(entry, self._map, VISIT_TIMES) for entry in entries)
        texts = ({name: str(value) for name, value in one.items()} for one in said)
        cleaned = [clean(visit_of, one, f"mục {at}", self._units, now) for at, one in enumerate(texts, start=1)]
        records = tuple(one for one in cleaned if isinstance(one, VisitRecord))
        refused = tuple(one for one in cleaned if isinstance(one, RefusedRecord))
        newest = max((record.updated_at for record in records), default=None)
        return Fetched(records, refused, newest, watermark=now.isoformat(), is_whole=True)


def reception_connector(address: str, secret: str, field_map: str, units: Units) -> ReceptionList:
    """The connector of a connection; without a map the list uses our names. Raises FieldMapRefused."""
    return ReceptionList(address, reception_field_map(field_map), units, lambda: WebReader(secret))


def reception_field_map(text: str) -> FieldMap:
    """The map of a list of visits; raises FieldMapRefused."""
    if not text:
        return FieldMap(fields={name: name for name in VISIT_FIELDS})
    return read_field_map(text, VISIT_FIELDS, VISIT_NEEDED)


def visit_of(texts: Texts, units: Units, now: datetime) -> VisitRecord:
    """A visit; raises EntryRefused.

    1. without a unit, a ticket and its time it means nothing; 2. its times must be in order and not in the future;
    3. a purpose or outcome in other words is OTHER, or none.
    """
    ticket = texts.get("ticket", "")
    if not _CODE.fullmatch(ticket):
        raise EntryRefused("ticket", "Số thứ tự chỉ gồm chữ không dấu, số và gạch, không ghi họ tên.", is_masked=True)
    ticketed_at = instant_of(texts, "ticketed_at", now)
    if ticketed_at is None:
        raise EntryRefused("ticketed_at", "Thiếu thời điểm lấy số.")
    called_at, ended_at = instant_of(texts, "called_at", now), instant_of(texts, "ended_at", now)
    if called_at is not None and called_at < ticketed_at:
        raise EntryRefused("called_at", "Giờ gọi trước giờ lấy số.")
    if ended_at is not None and ended_at < (called_at or ticketed_at):
        raise EntryRefused("ended_at", "Giờ kết thúc trước giờ bắt đầu.")
    said_at = max(at for at in (ticketed_at, called_at, ended_at) if at is not None)
    counter = texts.get("counter", "")
    return VisitRecord(
        unit=unit_of(texts, units),
        # Tickets begin anew each day.
        reference=f"{local_day(ticketed_at):%y%m%d}/{ticket}",
        ticketed_at=ticketed_at,
        updated_at=max(said_at, instant_of(texts, "updated_at", now) or said_at),
        called_at=called_at,
        ended_at=ended_at,
        counter=counter if _CODE.fullmatch(counter) else "",
        purpose=word_of(texts.get("purpose", ""), PURPOSE_NAMES, _PURPOSES) or VisitPurpose.OTHER,
        outcome=word_of(texts.get("outcome", ""), OUTCOME_NAMES, {}),
        people=_count(texts, "people"),
        matters=_count(texts, "matters"),
        is_leader=_mark(texts, "leader"),
    )


def petition_of(texts: Texts, units: Units, now: datetime) -> PetitionRecord:
    """A row of the register of complaints and denunciations; raises EntryRefused."""
    number, today = texts.get("number", ""), local_day(now)
    if not _NUMBER.fullmatch(number):
        raise EntryRefused("number", "Số thụ lý chỉ gồm chữ, số và gạch, không ghi họ tên.", is_masked=True)
    kind = word_of(texts.get("kind", ""), PETITION_NAMES, {})
    if kind is None:
        raise EntryRefused("kind", f"Ghi một trong: {', '.join(PETITION_NAMES.values())}.")
    accepted_on = day_of(texts, "accepted_on")
    if accepted_on is None or accepted_on > today:
        raise EntryRefused("accepted_on", "Ghi ngày thụ lý, không sau hôm nay.")
    due_on, resolved_on = day_of(texts, "due_on"), day_of(texts, "resolved_on")
    if due_on is not None and not accepted_on <= due_on <= accepted_on + LONGEST_TERM:
        raise EntryRefused("due_on", "Hạn giải quyết phải từ ngày thụ lý trở đi, trong hai năm.")
    if resolved_on is not None and not accepted_on <= resolved_on <= today:
        raise EntryRefused("resolved_on", "Ngày giải quyết phải từ ngày thụ lý đến hôm nay.")
    instance = _INSTANCES.get(normalised(texts.get("instance", "")))
    if instance is None:
        raise EntryRefused("instance", "Ghi lần đầu hoặc lần hai.")
    subject = word_of(texts.get("subject", ""), SUBJECT_NAMES, {}) or PetitionSubject.BEFORE_MEASURES
    return PetitionRecord(unit_of(texts, units), number, kind, accepted_on, subject, instance, due_on, resolved_on)


def _count(texts: Texts, field: str) -> int:
    text = texts.get(field, "") or "1"
    text = text.removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_PEOPLE):
        raise EntryRefused(field, f"Ghi số nguyên từ 1 đến {MOST_PEOPLE}.")
    return int(text)


def _mark(texts: Texts, field: str) -> bool:
    text = texts.get(field, "")
    if normalised(text) in {"", "false", "0", "khong"}:
        return False
    try:
        return normalised(text) in {"true", "1"} or read_mark(text)
    except CellProblem as problem:
        raise EntryRefused(field, "Ghi “có” hoặc “không”, không ghi họ tên.", is_masked=True) from problem

"""One entry of a list or sheet as texts by our names: read field by field, or refused with the field and the reason.

What feeds with small records (reception, public services, training, equipment) have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar

from connectors.base import RefusedRecord
from connectors.case_workbook.cells import CellProblem, read_day
from connectors.case_workbook.words import unit_code
from connectors.instants import parsed_instant
from connectors.report_cleaning import CLOCK_AHEAD, EARLIEST
from domain.local_time import LOCAL
from domain.vietnamese import normalised

LONGEST_VALUE = 80
Texts = Mapping[str, str]
Units = Mapping[str, str]
R = TypeVar("R")
Word = TypeVar("Word", bound=StrEnum)
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z./_-]{0,39}", re.ASCII)
# A telephone number of Việt Nam, or the twelve digits of an identity card: a person, whatever the column says.
_PERSONAL = re.compile(r"(?:\+?84|0)\d{9}|0\d{11}", re.ASCII)
_WITHIN = re.compile(rf"(?<!\d)(?:{_PERSONAL.pattern})(?!\d)", re.ASCII)


class EntryRefused(ValueError):
    """An entry that means nothing; `field` is ours, the text Vietnamese, `is_masked` hides what it held."""

    def __init__(self, field: str, reason: str, is_masked: bool = False) -> None:
        super().__init__(reason)
        self.field = field
        self.is_masked = is_masked


def clean(
    read: Callable[[Texts, Units, datetime], R], texts: Texts, reference: str, units: Units, now: datetime
) -> R | RefusedRecord:
    """A record, or the refusal of an entry called `reference` at its source."""
    try:
        return read(texts, units, now)
    except EntryRefused as refused:
        value = "" if refused.is_masked else texts.get(refused.field, "")[:LONGEST_VALUE]
        return RefusedRecord(reference, refused.field, value, str(refused))


def holds_person_number(text: str) -> bool:
    """Whether a telephone number or that of an identity card stands anywhere in a text."""
    return bool(_WITHIN.search(re.sub(r"(?<=\d)[ .-](?=\d)", "", text)))


def code_of(texts: Texts, field: str, reason: str) -> str:
    """A code without marks and spaces; anything else may be a person and is refused without being kept."""
    text = texts.get(field, "")
    if not _CODE.fullmatch(text) or _PERSONAL.fullmatch(text.replace(".", "").replace("-", "")):
        raise EntryRefused(field, reason, is_masked=True)
    return text


def unit_of(texts: Texts, units: Units) -> str:
    """The unit by code or name."""
    try:
        return unit_code(units)(texts.get("unit", ""))
    except CellProblem as problem:
        raise EntryRefused("unit", "Không có đơn vị này trong cơ cấu tổ chức.") from problem


def instant_of(texts: Texts, field: str, now: datetime) -> datetime | None:
    """An instant in UTC that has happened; without a zone it is Việt Nam's. None where the field is empty."""
    text = texts.get(field, "")
    return _past(parsed_instant(text), field, now) if text else None


def instant_or_day_of(texts: Texts, field: str, now: datetime) -> datetime | None:
    """The same of a field that may name a day alone, which stands for its beginning."""
    day = lone_day(texts.get(field, ""))
    if day is None:
        return instant_of(texts, field, now)
    return _past(datetime.combine(day, time(0), LOCAL).astimezone(UTC), field, now)


def _past(instant: datetime | None, field: str, now: datetime) -> datetime:
    if instant is None:
        raise EntryRefused(field, "Thời điểm không đọc được.")
    if instant < EARLIEST:
        raise EntryRefused(field, "Thời điểm trước năm 2015.")
    if instant > now + CLOCK_AHEAD:
        raise EntryRefused(field, "Thời điểm ở tương lai: kiểm tra đồng hồ phía nguồn.")
    return min(instant, now)


def day_of(texts: Texts, field: str) -> date | None:
    """A day; None where the field is empty."""
    text = texts.get(field, "")
    try:
        return read_day(text) if text else None
    except CellProblem as problem:
        raise EntryRefused(field, f"Ngày không đọc được: {problem}.") from problem


def lone_day(text: str) -> date | None:
    """The day of a text that names a day and no time of it; None for anything else."""
    if ":" in text or "T" in text:
        return None
    try:
        return read_day(text)
    except CellProblem:
        return None


def count_of(texts: Texts, field: str, least: int, most: int) -> int | None:
    """A whole number from `least` to `most`; None where the field is empty, which is not none."""
    text = texts.get(field, "")
    if not text:
        return None
    text = text.removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
        raise EntryRefused(field, f"Ghi số nguyên từ {least} đến {most}.")
    return int(text)


def word_of(text: str, names: Mapping[Word, str], others: Mapping[str, Word]) -> Word | None:
    """A value by its Vietnamese name, its code, or another word for it; None when it is none of them."""
    told = normalised(text)
    by_name = {normalised(name): word for word, name in names.items()}
    by_code = {word.value: word for word in names}
    return by_name.get(told) or by_code.get(text.strip().lower()) or others.get(told)


def chosen_word(texts: Texts, field: str, names: Mapping[Word, str], others: Mapping[str, Word]) -> Word | None:
    """One of the words of a field, None where it is empty; anything else is refused and not kept: it may be about a
    person."""
    text = texts.get(field, "")
    if not text:
        return None
    word = word_of(text, names, others)
    if word is None:
        raise EntryRefused(field, f"Ghi một trong: {', '.join(names.values())}; hoặc để trống.", is_masked=True)
    return word

"""Figures by indicator, unit and period as other software states them: a sheet (Excel, CSV) or a JSON body it pushes.

Both end in the same check; what it refuses comes back with its place, its field and a Vietnamese reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from connectors.base import RefusedRecord
from connectors.case_workbook.words import reference_key
from connectors.instants import parsed_instant
from connectors.pushed_list import pushed_list
from connectors.sheet_rows import LIMITS, Column, Row, column, headed_rows, sheet_rows
from domain.observations import Observation, ObservationRefused, ObservationRules, checked_observation
from domain.vietnamese import normalised


class ObservationSheet(StrEnum):
    """What a sheet lists."""

    OBSERVATIONS = "observations"


TITLES = {ObservationSheet.OBSERVATIONS: "Số liệu theo kỳ"}
COLUMNS: Mapping[str, Column] = {
    "indicator": column("Chỉ tiêu|Mã chỉ tiêu"),
    "unit": column("Đơn vị|Cơ quan"),
    "period": column("Kỳ|Kỳ số liệu"),
    "numerator": column("Tử số", False),
    "denominator": column("Mẫu số", False),
    "value": column("Giá trị|Số lượng", False),
    "as_of": column("Thời điểm số liệu|Số liệu đến|Lập lúc"),
}
NUMBERS = ("numerator", "denominator", "value")
MOST_PUSHED = 5_000
LONGEST_VALUE = 80
LONGEST_TEXT = 200
Units = Mapping[str, str]

_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_COMMA = re.compile(r"\d+,\d+", re.ASCII)
# Three digits behind one separator: a fraction to one reader, thousands to another.
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_COMMAED = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?", re.ASCII)


@dataclass(slots=True)
class ParsedObservations:
    """What was stated: the accepted observations, the first refused ones and the number of all."""

    observations: list[Observation] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    rows_read: int = 0
    refused_count: int = 0


def read_observation_sheet(path: Path, units: Units, rules: ObservationRules) -> ParsedObservations:
    """Read a file in a child process; raises WorkbookRefused (its content) or SourceUnavailable (it is not there)."""
    with sheet_rows(path) as rows:
        return parse_observation_rows(rows, units, rules)


def parse_observation_rows(rows: Iterable[Row], units: Units, rules: ObservationRules) -> ParsedObservations:
    """The observations of rows with content; raises WorkbookRefused when none of the first ones is a header."""
    _, texts_by_row = headed_rows(iter(rows), {ObservationSheet.OBSERVATIONS: COLUMNS}, TITLES)
    parsed = ParsedObservations()
    for number, texts in texts_by_row:
        said = texts | {name: decimal_text(texts.get(name, "")) for name in NUMBERS}
        _file(parsed, f"dòng {number}", said, units, rules)
    for place, each in enumerate(parsed.refused):
        named = COLUMNS[each.field].headers[0]
        parsed.refused[place] = RefusedRecord(each.reference, named, each.value, each.reason)
    return parsed


def parse_pushed(body: bytes, units: Units, rules: ObservationRules) -> ParsedObservations:
    """The observations of a body `{"observations": [{…}]}`, each with indicator, unit, period, as_of and either
    numerator and denominator or value; numbers are JSON numbers or decimal text with a point. Raises PushUnreadable."""
    parsed = ParsedObservations()
    for number, said in enumerate(pushed_list(body, "observations", MOST_PUSHED, Decimal), start=1):
        texts = {name: _text(said.get(name)) for name in COLUMNS}
        _file(parsed, f"mục {number}", texts, units, rules)
    return parsed


def decimal_text(text: str) -> str:
    """A number typed the Vietnamese or the English way, as decimal text; what can be read in two ways, or not at all,
    stays as it is behind a '?', so that it is refused."""
    plain = text.replace(" ", "")
    if not plain:
        return ""
    if _EITHER.fullmatch(plain):
        return f"?{text}"
    if _PLAIN.fullmatch(plain):
        return plain
    if _COMMA.fullmatch(plain):
        return plain.replace(",", ".")
    if _DOTTED.fullmatch(plain):
        return plain.replace(".", "").replace(",", ".")
    if _COMMAED.fullmatch(plain):
        return plain.replace(",", "")
    return f"?{text}"


def unit_words(organisation_codes: Units, whole: tuple[str, ...]) -> Units:
    """Units by every word a source may use, the unit that holds all others (`whole`: code, name, short name) among
    them."""
    return {**{reference_key(word): whole[0] for word in whole}, **organisation_codes}


def _file(
    parsed: ParsedObservations, reference: str, texts: Mapping[str, str], units: Units, rules: ObservationRules
) -> None:
    parsed.rows_read += 1
    try:
        parsed.observations.append(_observation(texts, units, rules))
    except ObservationRefused as refused:
        parsed.refused_count += 1
        if len(parsed.refused) < LIMITS.rejected_kept:
            value = texts.get(refused.field, "").lstrip("?")[:LONGEST_VALUE]
            parsed.refused.append(RefusedRecord(reference, refused.field, value, str(refused)))


def _observation(texts: Mapping[str, str], units: Units, rules: ObservationRules) -> Observation:
    word = texts.get("unit", "")
    code = units.get(reference_key(word)) or units.get(normalised(word)) or word
    as_of = texts.get("as_of", "")
    as_of_at: datetime | None = parsed_instant(as_of)
    if as_of_at is None:
        raise ObservationRefused(
            "as_of", "Không đọc được thời điểm số liệu; viết như 2026-11-25T09:00 hoặc 25/11/2026 09:00."
        )
    for name in NUMBERS:
        if texts.get(name, "").startswith("?"):
            raise ObservationRefused(name, "Số có thể đọc hai cách hoặc không đọc được; viết 1234 hoặc 12,5.")
    return checked_observation({**texts, "unit": code}, as_of_at, rules)


def _text(value: object) -> str:
    """What a JSON value says, as text; what is neither text nor number says nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    return str(value)[:LONGEST_TEXT]

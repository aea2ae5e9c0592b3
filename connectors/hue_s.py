"""Hue-S, or any other system that gives its reports as one JSON or CSV list: which of its fields is which of ours.

Hue-S has no public description of its interface (UNVERIFIED): the map is text an agency edits on /sources.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from connectors.base import Fetched, RefusedRecord, SourceUnavailable
from connectors.open311_bodies import NOT_A_LIST, UNREADABLE, json_of
from connectors.report_cleaning import FIELDS, clean_report, text_of
from connectors.web_reader import WebReader
from domain.field_reports import ReportRecord
from domain.local_time import LOCAL

TIMES = ("requested_datetime", "updated_datetime", "expected_datetime")
MOST_ROWS = 50_000


class FieldMap(BaseModel):
    """Bảng ghép trường: where the list lies, and the path of each of our fields in one of its entries.

    Paths are names joined by dots. `time_format` (strptime) holds for times without a zone, which are read as Việt Nam
    time. `words` turn a code of theirs into one of ours, by field.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["json", "csv"] = "json"
    items: str = ""
    fields: dict[str, str] = Field(min_length=2)
    time_format: str = ""
    words: dict[str, dict[str, str]] = {}


class FieldMapRefused(ValueError):
    """The map cannot be used; the text is Vietnamese and says where."""


def read_field_map(text: str) -> FieldMap:
    """The map an agency wrote; raises FieldMapRefused."""
    try:
        found = FieldMap.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "nội dung"
        raise FieldMapRefused(f"Bảng ghép trường không dùng được ở «{where}».") from error
    unknown = sorted(set(found.fields) - set(FIELDS))
    if unknown:
        raise FieldMapRefused(f"Bảng ghép trường có tên lạ: {', '.join(unknown)}.")
    missing = sorted({"service_request_id", "requested_datetime"} - set(found.fields))
    if missing:
        raise FieldMapRefused(f"Bảng ghép trường thiếu {', '.join(missing)}.")
    return found


class HueS:
    """The connector of one list; every fetch reads all of it."""

    name = "field_reports"

    def __init__(self, address: str, fields: FieldMap, reader: Callable[[], WebReader]) -> None:
        self._address = address
        self._map = fields
        self._reader = reader

    def fetch(self, watermark: str, still_open: Collection[str], now: datetime) -> Fetched[ReportRecord]:
        """All reports of the list, whatever the watermark."""
        with self._reader() as reader:
            body = reader.read(self._address, {})
        entries = rows_of_csv(body) if self._map.format == "csv" else entries_of_json(body, self._map.items)
        cleaned = [clean_report(mapped(entry, self._map), now) for entry in entries]
        records = tuple(one for one in cleaned if isinstance(one, ReportRecord))
        refused = tuple(one for one in cleaned if isinstance(one, RefusedRecord))
        newest = max((record.updated_at for record in records), default=None)
        return Fetched(records, refused, newest, watermark=now.isoformat(), is_whole=True)


def entries_of_json(body: bytes, path: str) -> list[object]:
    """The list at a path of a JSON body."""
    found = value_at(json_of(body), path)
    if not isinstance(found, list):
        raise SourceUnavailable(NOT_A_LIST)
    return found


def rows_of_csv(body: bytes) -> list[object]:
    """The rows of a CSV body with a heading line, separated by comma, semicolon or tab."""
    try:
        text = body.decode("utf-8-sig")
        heading = text.partition("\n")[0]
        separator = max((",", ";", "\t"), key=heading.count)
        rows: list[object] = []
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise SourceUnavailable(f"Nguồn trả về quá {MOST_ROWS} dòng.")
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceUnavailable(UNREADABLE) from error
    return rows


def mapped(entry: object, fields: FieldMap) -> Mapping[str, object]:
    """One entry under our names."""
    found: dict[str, object] = {}
    for ours, path in fields.fields.items():
        text = text_of(value_at(entry, path))
        text = fields.words.get(ours, {}).get(text, text)
        found[ours] = _with_zone(text, fields.time_format) if ours in TIMES else text
    return found


def value_at(found: object, path: str) -> object:
    """What lies at a path of names joined by dots; None where it ends early. '' is the whole."""
    for name in path.split(".") if path else ():
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _with_zone(text: str, time_format: str) -> str:
    """A time as ISO text with its zone; what cannot be read stays as it was and is refused later, with its value."""
    try:
        # A time without a zone gets ours below.
        instant = datetime.strptime(text, time_format) if time_format else datetime.fromisoformat(text)  # noqa: DTZ007
    except ValueError:
        return text
    return (instant if instant.tzinfo is not None else instant.replace(tzinfo=LOCAL)).isoformat()

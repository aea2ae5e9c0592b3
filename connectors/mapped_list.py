"""Any system that gives what it knows as one JSON or CSV list: which of its fields is which of ours.

The map is text an agency edits on /sources, because few of these systems describe their interface in public.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from connectors.base import SourceUnavailable
from connectors.open311_bodies import NOT_A_LIST, UNREADABLE, json_of
from connectors.report_cleaning import text_of
from domain.local_time import LOCAL

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


def read_field_map(text: str, known: Collection[str], needed: Collection[str]) -> FieldMap:
    """The map an agency wrote, of `known` fields of ours with those `needed`; raises FieldMapRefused."""
    try:
        found = FieldMap.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "nội dung"
        raise FieldMapRefused(f"Bảng ghép trường không dùng được ở «{where}».") from error
    unknown = sorted(set(found.fields) - set(known))
    if unknown:
        raise FieldMapRefused(f"Bảng ghép trường có tên lạ: {', '.join(unknown)}.")
    missing = sorted(set(needed) - set(found.fields))
    if missing:
        raise FieldMapRefused(f"Bảng ghép trường thiếu {', '.join(missing)}.")
    return found


def entries_of(body: bytes, fields: FieldMap) -> list[object]:
    """The entries of a body in the map's format; raises SourceUnavailable when there is no list."""
    return rows_of_csv(body) if fields.format == "csv" else entries_of_json(body, fields.items)


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


def mapped(entry: object, fields: FieldMap, times: Collection[str]) -> Mapping[str, object]:
    """One entry under our names; those of `times` with their zone."""
    found: dict[str, object] = {}
    for ours, path in fields.fields.items():
        text = text_of(value_at(entry, path))
        text = fields.words.get(ours, {}).get(text, text)
        found[ours] = _with_zone(text, fields.time_format) if ours in times else text
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

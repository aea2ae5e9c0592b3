"""Attendance as one list of punches: the city's electronic staff card, or any server that collects terminals.

Each gate it names is a terminal on the agency's own sheet. Only what the list says of a gate itself (`heard_at`, or its
newest punch) counts as a word of that gate: an answering server proves nothing about a reader that is dead behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from connectors.attendance_file import SheetKind
from connectors.attendance_file.rows import record_of
from connectors.base import Fetched, RefusedRecord
from connectors.instants import parsed_instant
from connectors.mapped_list import FieldMap, entries_of, mapped, read_field_map
from connectors.web_reader import WebReader
from domain.attendance import PunchRecord

PUNCH_FIELDS = ("serial", "pin", "time", "kind", "method", "heard_at")
PUNCH_NEEDED = ("serial", "pin", "time")
TIMES = ("time", "heard_at")


@dataclass(frozen=True, slots=True)
class HeardPunch:
    """A punch with when its gate is known to have lived last (aware UTC)."""

    record: PunchRecord
    heard_at: datetime


class PunchList:
    """The connector of one list; every fetch reads all of it."""

    name = "attendance"

    def __init__(self, address: str, fields: FieldMap, reader: Callable[[], WebReader]) -> None:
        self._address = address
        self._map = fields
        self._reader = reader

    def fetch(self, watermark: str, still_open: Collection[str], now: datetime) -> Fetched[HeardPunch]:
        """All punches of the list, whatever the watermark."""
        with self._reader() as reader:
            entries = entries_of(reader.read(self._address, {}), self._map)
        punches: list[HeardPunch] = []
        refused: list[RefusedRecord] = []
        for number, entry in enumerate(entries, start=1):
            said = {name: str(text) for name, text in mapped(entry, self._map, TIMES).items()}
            texts = {**dict.fromkeys(PUNCH_FIELDS, ""), **said}
            found = record_of(SheetKind.PUNCHES, texts, number, {}, now)
            if isinstance(found, PunchRecord):
                heard_at = parsed_instant(texts["heard_at"]) or found.punch.punched_at
                punches.append(HeardPunch(found, min(max(heard_at, found.punch.punched_at), now)))
            elif isinstance(found, RefusedRecord):
                refused.append(found)
        newest = max((item.record.punch.punched_at for item in punches), default=None)
        return Fetched(tuple(punches), tuple(refused), newest, watermark=now.isoformat())


def punch_list_connector(address: str, secret: str, field_map: str) -> PunchList:
    """The connector of a connection; without a map the list uses our names. Raises FieldMapRefused."""
    return PunchList(address, punch_field_map(field_map), lambda: WebReader(secret))


def punch_field_map(text: str) -> FieldMap:
    """The map of a list of punches; raises FieldMapRefused."""
    if not text:
        return FieldMap(fields={name: name for name in PUNCH_FIELDS})
    return read_field_map(text, PUNCH_FIELDS, PUNCH_NEEDED)

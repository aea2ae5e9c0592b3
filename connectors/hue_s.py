"""Hue-S, or any other system that gives its reports as one list, by an agency's map of fields.

Hue-S has no public description of its interface (UNVERIFIED), so which of its fields is which is the agency's data.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from connectors.base import Fetched, RefusedRecord
from connectors.mapped_list import FieldMap, entries_of, mapped
from connectors.report_cleaning import clean_report
from connectors.web_reader import WebReader
from domain.field_reports import ReportRecord

TIMES = ("requested_datetime", "updated_datetime", "expected_datetime")
NEEDED = ("service_request_id", "requested_datetime")


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
        cleaned = [clean_report(mapped(entry, self._map, TIMES), now) for entry in entries_of(body, self._map)]
        records = tuple(one for one in cleaned if isinstance(one, ReportRecord))
        refused = tuple(one for one in cleaned if isinstance(one, RefusedRecord))
        newest = max((record.updated_at for record in records), default=None)
        return Fetched(records, refused, newest, watermark=now.isoformat(), is_whole=True)

"""Whatever bytes a source sends, a reader gives records or SourceUnavailable: 500 for each, HOSTILE=10000 for more."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from payloads.report_bodies import GOOD, hostile_bodies

from connectors.base import RefusedRecord, SourceUnavailable
from connectors.hue_s import TIMES
from connectors.mapped_list import entries_of_json, mapped, rows_of_csv
from connectors.open311_bodies import items_of_json, items_of_xml
from connectors.report_cleaning import clean_report
from connectors.ways import report_field_map
from domain.field_reports import ReportRecord

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NUMBER = int(os.environ.get("HOSTILE", "500"))
OWN_NAMES = report_field_map(
    '{"fields": {' + ", ".join(f'"{name}": "{name}"' for name in GOOD) + '}, "time_format": "%Y-%m-%dT%H:%M:%S%z"}'
)


def mapped_json(body: bytes) -> list[object]:
    return [mapped(entry, OWN_NAMES, TIMES) for entry in entries_of_json(body, "")]


def mapped_csv(body: bytes) -> list[object]:
    return [mapped(row, OWN_NAMES, TIMES) for row in rows_of_csv(body)]


@pytest.mark.parametrize("read", [items_of_json, items_of_xml, mapped_json, mapped_csv])
def test_every_reader_gives_records_or_says_why_not(read: Callable[[bytes], Sequence[object]]) -> None:
    outcomes = {ReportRecord: 0, RefusedRecord: 0, SourceUnavailable: 0}
    for body in hostile_bodies(NUMBER):
        try:
            items = read(body)
        except SourceUnavailable as error:
            assert str(error)
            outcomes[SourceUnavailable] += 1
            continue
        for item in items:
            assert isinstance(item, dict)
            found = clean_report(item, NOW)
            outcomes[type(found)] += 1
            assert not isinstance(found, ReportRecord) or (found.external_id and found.requested_at <= NOW)
    assert outcomes[SourceUnavailable] > 0 and outcomes[RefusedRecord] > 0
    if read is not mapped_csv:
        assert outcomes[ReportRecord] > 0


def test_an_entity_is_never_expanded_nor_a_file_read() -> None:
    bomb = (
        b"<!DOCTYPE a [<!ENTITY b 'cc'>]><service_requests><request><status>&b;</status></request></service_requests>"
    )
    with pytest.raises(SourceUnavailable, match="DTD"):
        items_of_xml(bomb)

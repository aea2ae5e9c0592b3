"""A list of another system, mapped: the city's own in JSON and CSV gives what Open311 gives."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from web_source_support import answering, serving

from connectors.base import SourceUnavailable
from connectors.mapped_list import FieldMapRefused
from connectors.ways import report_connector, report_field_map
from demo_city.citizens import Citizens
from demo_city.moods import MOODS
from demo_city.report_service import report_service
from domain.field_reports import Urgency

NOW = datetime(2026, 11, 24, 3, 0, 5, tzinfo=UTC)
CITY_MAP: dict[str, Any] = {
    "items": "duLieu.danhSach",
    "time_format": "%d/%m/%Y %H:%M:%S",
    "fields": {
        "service_request_id": "maPhanAnh",
        "service_code": "linhVuc",
        "status": "trangThai",
        "requested_datetime": "ngayGui",
        "updated_datetime": "ngayCapNhat",
        "expected_datetime": "hanXuLy",
        "lat": "viDo",
        "long": "kinhDo",
        "description": "noiDung",
    },
}


def fetched_with(address: str, field_map: dict[str, Any]):  # type: ignore[no-untyped-def]
    return report_connector("hue_s", address, "", json.dumps(field_map)).fetch("", [], NOW)


def test_a_mapped_list_gives_what_the_protocol_gives() -> None:
    city = report_service(Citizens(2027, MOODS["calm"], date(2026, 11, 24)), lambda: NOW)
    with serving(city) as address:
        by_json = fetched_with(f"{address}/hue-s/phan-anh.json", CITY_MAP)
        by_csv = fetched_with(f"{address}/hue-s/phan-anh.csv", {**CITY_MAP, "format": "csv", "items": ""})
        by_protocol = report_connector("open311_json", f"{address}/open311/v2", "", "").fetch("", [], NOW)
    assert by_json.refused == by_csv.refused == ()
    assert by_json.records == by_csv.records
    # The list of the city's own says nothing of satisfaction, nor of who handles; everything else is the same.
    by_id = {one.external_id: replace(one, satisfaction=None, handled_by="") for one in by_protocol.records}
    assert {one.external_id: one for one in by_json.records} == by_id


def test_their_words_become_ours() -> None:
    body = [{"id": 5, "loai": "Tụ tập", "muc": "cao", "at": "24/11/2026 08:00"}]
    field_map = {
        "fields": {"service_request_id": "id", "service_code": "loai", "urgency": "muc", "requested_datetime": "at"},
        "time_format": "%d/%m/%Y %H:%M",
        "words": {"service_code": {"Tụ tập": "crowd_at_gate"}, "urgency": {"cao": "urgent"}},
    }
    with answering(lambda _asked: json.dumps(body).encode()) as (address, _):
        (record,) = fetched_with(address, field_map).records
    assert (record.external_id, record.service_code, record.urgency) == ("5", "crowd_at_gate", Urgency.URGENT)
    assert record.requested_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nội dung"),
        ("[]", "nội dung"),
        ('{"fields": {}}', "fields"),
        ('{"fields": {"service_request_id": "a", "requested_datetime": "b"}, "x": 1}', "x"),
        ('{"fields": {"service_request_id": "a", "first_name": "b"}}', "tên lạ: first_name"),
        ('{"fields": {"service_request_id": "a", "status": "b"}}', "thiếu requested_datetime"),
    ],
)
def test_an_unusable_map_is_refused_by_the_name_of_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(FieldMapRefused, match=said):
        report_field_map(text)


def test_a_path_that_leads_nowhere_is_no_list() -> None:
    with (
        answering(lambda _asked: b'{"duLieu": {}}') as (address, _),
        pytest.raises(SourceUnavailable, match="danh sách"),
    ):
        fetched_with(address, CITY_MAP)

"""The demo city's Open311 server asked by a client of others (georeport), and its answers judged by others' schemas.

The schemas (open311/schema-validation, schema/georeport-v2) carry no licence, so they are neither shipped nor fetched:
put request.json, requests.json, service.json and services.json into var/peers/open311 to have them asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from camera_peers import only_loopback
from payloads.open311_forms import OPEN311_ADAPTER, SPECIFICATION
from web_source_support import serving

from connectors.ways import report_connector
from demo_city.citizens import Citizens
from demo_city.moods import MOODS
from demo_city.report_service import report_service

NOW = datetime(2026, 11, 24, 3, 0, 5, tzinfo=UTC)
SCHEMAS = Path(__file__).resolve().parents[2] / "var" / "peers" / "open311"
Peer = Callable[[str], ModuleType]


@pytest.fixture(scope="module")
def city() -> Iterator[str]:
    with serving(report_service(Citizens(2027, MOODS["calm"], date(2026, 11, 24)), lambda: NOW)) as address:
        yield f"{address}/open311/v2"


def georeport(peer: Peer, address: str, form: str) -> Any:
    return peer("georeport").GeoReport(address, output_format=form)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_client_of_others_reads_services_requests_and_one_request(
    peer: Peer, city: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = georeport(peer, city, form)
    with only_loopback(monkeypatch):
        services = client.get_service_list()
        requests = client.get_service_requests(start_date="2026-11-23T00:00:00Z", end_date="2026-11-24T03:00:05Z")
        one = client.get_service_request(requests[0]["service_request_id"])
        same = client.get_service_requests(service_request_id=f"{one['service_request_id']},HS-000000-000")
    assert len(services) == 10 and {str(one["metadata"]).lower() for one in services} == {"false"}
    assert len(requests) > 20 and {item["service_code"] for item in requests} <= {
        item["service_code"] for item in services
    }
    assert one == requests[0]
    assert (same if form == "xml" else same[0]) == one


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_client_of_others_and_our_connector_read_the_same(peer: Peer, city: str, form: str) -> None:
    theirs = georeport(peer, city, form).get_service_requests()
    ours = report_connector(f"open311_{form}", city, "", "").fetch("", [], NOW)
    # The server shows the newest thousand; our connector asks in halves until it has them all.
    told = {item["service_request_id"]: item for item in theirs}
    read = {record.external_id: record for record in ours.records}
    assert len(told) == 1000 and set(told) <= set(read)
    for number, item in told.items():
        assert read[number].state_word == item["status"]
        assert read[number].requested_at == datetime.fromisoformat(item["requested_datetime"])


def violations(peer: Peer, schema: str, body: object) -> set[tuple[str, str]]:
    """Where a body breaks a schema of others, as (field, rule)."""
    if not (SCHEMAS / f"{schema}.json").exists():
        pytest.skip("the Open311 schemas carry no licence and are not shipped: see the head of this file")
    item = json.loads((SCHEMAS / f"{schema.removesuffix('s')}.json").read_text(encoding="utf-8"))
    # requests.json and services.json only say: a list of these. The reference between the files is taken by hand.
    whole = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    assert whole["type"] == "array" and whole["items"]["$ref"] == f"{schema.removesuffix('s')}.json"
    jsonschema = peer("jsonschema")
    checker = jsonschema.Draft4Validator({"type": "array", "items": item}, format_checker=jsonschema.FormatChecker())
    return {(str(error.absolute_path[-1]), error.validator) for error in checker.iter_errors(body)}


def test_the_citys_services_are_valid_by_the_schemas_of_others(peer: Peer, city: str) -> None:
    body = georeport(peer, city, "json").get_service_list()
    assert violations(peer, "services", body) == set()
    assert violations(peer, "services", [{**body[0], "type": "sometimes"}]) == {("type", "enum")}


def test_the_citys_requests_break_the_schemas_of_others_only_by_words_of_their_own_for_a_state(
    peer: Peer, city: str
) -> None:
    body = georeport(peer, city, "json").get_service_requests()
    assert violations(peer, "requests", body) == {("status", "enum")}


def test_what_others_send_breaks_the_schemas_and_is_read_all_the_same(peer: Peer) -> None:
    for body in (OPEN311_ADAPTER, SPECIFICATION):
        assert ("service_request_id", "type") in violations(peer, "requests", json.loads(body))

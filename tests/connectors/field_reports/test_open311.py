"""Open311 against the demo city's server and against servers that behave as the protocol allows, or do not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask, Request, Response, jsonify
from payloads.open311_forms import OPEN311_ADAPTER, SPECIFICATION, SPECIFICATION_XML
from web_source_support import answering, serving

from connectors.base import SourceUnavailable
from connectors.open311 import IDS_AT_ONCE, MOST_ANSWERED, Open311
from connectors.ways import report_connector
from connectors.web_reader import WebReader
from demo_city.citizens import Citizens
from demo_city.moods import MOODS
from demo_city.report_service import report_service

NOW = datetime(2026, 11, 24, 3, 0, 5, tzinfo=UTC)


def the_city(now: datetime = NOW, mood: str = "calm") -> Flask:
    return report_service(Citizens(2027, MOODS[mood], date(2026, 11, 24)), lambda: now)


def entry(number: int, at: datetime = NOW - timedelta(hours=1), **more: object) -> dict[str, object]:
    return {
        "service_request_id": f"R{number}", "status": "open", "requested_datetime": at.isoformat(), **more,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["open311_json", "open311_xml"])
def test_both_bodies_of_the_city_give_the_same_reports(kind: str) -> None:
    with serving(the_city()) as address:
        fetched = report_connector(kind, f"{address}/open311/v2", "", "").fetch("", [], NOW)
        other = report_connector("open311_json", f"{address}/open311/v2", "", "").fetch("", [], NOW)
    assert fetched.records == other.records
    assert len(fetched.records) > 1500
    assert len({record.external_id for record in fetched.records}) == len(fetched.records)
    assert fetched.newest_at is not None and fetched.newest_at <= NOW
    assert any(record.latitude is None for record in fetched.records)
    assert all(record.latitude != 0 for record in fetched.records)


def test_what_is_of_no_use_is_refused_by_its_field_and_the_rest_is_taken_in() -> None:
    # The 17th minute: the city repeats one entry and sends one without an id and one of 1970.
    now = datetime.fromtimestamp(17 * 60 * (int(NOW.timestamp()) // (17 * 60)) + 5, UTC)
    with serving(the_city(now)) as address:
        fetched = report_connector("open311_json", f"{address}/open311/v2", "", "").fetch("", [], now)
    assert {(one.field, one.reason) for one in fetched.refused} == {
        ("service_request_id", "Thiếu mã phản ánh hoặc mã quá dài."),
        ("requested_datetime", "Thời điểm trước năm 2015."),
    }
    assert len(fetched.records) > 1500
    assert all("description" not in one.raw for one in fetched.refused)


def test_a_full_answer_is_asked_for_again_in_halves_until_all_are_there() -> None:
    reports = [entry(number, NOW - timedelta(minutes=number)) for number in range(2600)]

    def answer(asked: Request) -> Response:
        start = datetime.fromisoformat(asked.args["start_date"])
        end = datetime.fromisoformat(asked.args["end_date"])
        inside = [one for one in reports if start <= datetime.fromisoformat(str(one["requested_datetime"])) <= end]
        return jsonify(inside[:MOST_ANSWERED])

    with answering(answer) as (address, asked):
        fetched = Open311(address, False, WebReader).fetch("", [], NOW)
    assert {record.external_id for record in fetched.records} == {f"R{number}" for number in range(2600)}
    assert len(asked) > 3


def test_more_than_a_server_can_give_in_a_minute_is_said_and_not_half_read() -> None:
    full = jsonify_later([entry(number) for number in range(MOST_ANSWERED)])
    with answering(full) as (address, _), pytest.raises(SourceUnavailable, match="trong một phút"):
        Open311(address, False, WebReader).fetch(NOW.isoformat(), [], NOW)


def jsonify_later(entries: list[dict[str, object]]):  # type: ignore[no-untyped-def]
    return lambda _asked: jsonify(entries)


def test_open_ids_are_asked_for_again_in_lists_and_then_one_by_one() -> None:
    def answer(asked: Request) -> Response:
        if asked.path.startswith("/requests/"):
            number = asked.path.removeprefix("/requests/R").removesuffix(".json")
            return jsonify([entry(int(number), status="closed")])
        wanted = asked.args.get("service_request_id", "")
        # A server of the plain protocol that leaves one out of the list.
        return jsonify([entry(int(one[1:]), status="closed") for one in wanted.split(",") if one and one != "R7"])

    ids = [f"R{number}" for number in range(IDS_AT_ONCE + 10)]
    with answering(answer) as (address, asked):
        fetched = Open311(address, False, WebReader).fetch(NOW.isoformat(), ids, NOW)
    assert {record.external_id for record in fetched.records} == set(ids)
    assert {record.state_word for record in fetched.records} == {"closed"}
    lists = [one for one in asked if "service_request_id" in one]
    assert len(lists) == 2 and len(asked) == 4


def test_an_id_that_would_change_the_address_is_not_sent_and_one_that_is_gone_stays_as_it_was() -> None:
    with answering(lambda asked: (b"", 404) if asked.args.get("service_request_id") else b"[]") as (address, asked):
        fetched = Open311(address, False, WebReader).fetch(NOW.isoformat(), ["../x", "a?b", "a,b"], NOW)
        assert len(asked) == 1
        fetched = Open311(address, False, WebReader).fetch(NOW.isoformat(), ["R1"], NOW)
    assert fetched.records == ()


def test_reading_begins_a_day_before_the_watermark_and_ninety_days_back_without_one() -> None:
    spans = []
    with answering(lambda asked: spans.append((asked.args["start_date"], asked.args["end_date"])) or b"[]") as (url, _):
        connector = Open311(url, False, WebReader)
        for watermark in ("", "nonsense", NOW.isoformat(), (NOW + timedelta(days=400)).isoformat()):
            connector.fetch(watermark, [], NOW)
    starts = [datetime.fromisoformat(start) for start, _ in spans]
    whole = NOW.replace(microsecond=0)
    assert starts == [whole - timedelta(days=90)] * 2 + [whole - timedelta(days=1)] * 2


def test_the_key_travels_in_a_header_only() -> None:
    heard = []
    with answering(lambda asked: heard.append(asked.headers.get("Authorization")) or b"[]") as (address, asked):
        report_connector("open311_json", address, "bí-mật-1".encode().hex(), "").fetch(NOW.isoformat(), [], NOW)
    assert heard == [f"Bearer {'bí-mật-1'.encode().hex()}"]
    assert "6269" not in asked[0]


def test_numbers_for_ids_and_no_place_are_read_as_mysocietys_adapter_gives_them() -> None:
    with answering(lambda _asked: OPEN311_ADAPTER) as (address, _):
        fetched = report_connector("open311_json", address, "", "").fetch(NOW.isoformat(), [], NOW)
    (record,) = fetched.records
    assert (record.external_id, record.latitude, record.longitude) == ("1001", None, None)
    assert [refused.field for refused in fetched.refused] == ["service_request_id"]


def test_the_example_of_the_specification_reads_alike_in_json_and_xml() -> None:
    found = []
    for kind, body in (("open311_json", SPECIFICATION), ("open311_xml", SPECIFICATION_XML)):
        with answering(lambda _asked, told=body: told) as (address, _):  # type: ignore[misc]
            found.append(report_connector(kind, address, "", "").fetch(NOW.isoformat(), [], NOW).records)
    assert found[0] == found[1]
    (record,) = found[0]
    assert (record.external_id, record.state_word, record.description) == ("638344", "closed", "")


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_the_city_lists_every_subject_it_gives(kind: str) -> None:
    asked = the_city().test_client()
    listed = asked.get(f"/open311/v2/services.{kind}").get_data(as_text=True)
    used = {str(item["service_code"]) for item in asked.get("/open311/v2/requests.json").get_json()}
    assert len(used) > 8 and all(code in listed for code in used)

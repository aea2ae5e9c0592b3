"""Requests as lists and sheets state them: cleaned, or refused by name; nobody who made one gets through."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from payloads.report_bodies import hostile_bodies
from web_source_support import answering, serving

from connectors.base import RefusedRecord, SourceUnavailable, WorkbookRefused
from connectors.entries import clean
from connectors.mapped_list import FieldMapRefused
from connectors.public_services import REQUEST_FIELDS, request_connector, request_of
from connectors.public_services_sheet import ServiceSheet, parse_services_rows
from demo_city.moods import MOODS
from demo_city.public_service_portal import public_service_portal
from demo_city.service_requests import ServiceRequests
from demo_city.units import Pack
from domain.public_services import Satisfaction, ServiceChannel, ServiceRequest

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
UNITS = {"phuvang": "PHUVANG", "phu vang": "PHUVANG", "aluoi": "ALUOI"}
NUMBER = int(os.environ.get("HOSTILE", "300"))
GOOD = {
    "unit": "Phú Vang",
    "code": "H57.15-261118-0012",
    "service": "THADS-01",
    "received_at": "18/11/2026 08:10",
    "due_at": "24/11/2026",
    "done_at": "23/11/2026 15:00",
    "channel": "Trực tuyến toàn trình",
    "origin": "Ngoài tỉnh",
    "satisfaction": "Hài lòng",
}


def cleaned(**texts: str) -> ServiceRequest | RefusedRecord:
    return clean(request_of, {**GOOD, **texts}, "mục 1", UNITS, NOW)


def test_a_request_is_read_in_local_time_and_in_coded_words() -> None:
    found = cleaned()
    assert isinstance(found, ServiceRequest)
    assert (found.unit, found.code, found.channel) == ("PHUVANG", GOOD["code"], ServiceChannel.FULLY_ONLINE)
    assert found.received_at == datetime(2026, 11, 18, 1, 10, tzinfo=UTC)
    # A day that was promised lasts until its end.
    assert found.due_at == datetime(2026, 11, 24, 16, 59, 59, tzinfo=UTC)
    assert found.updated_at == found.done_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert found.is_outside is True and found.satisfaction is Satisfaction.SATISFIED


def test_what_nobody_said_is_unknown_and_no_zero() -> None:
    found = cleaned(channel="", origin="", satisfaction="", due_at="", done_at="")
    assert isinstance(found, ServiceRequest)
    assert found.channel is found.is_outside is found.satisfaction is found.due_at is found.done_at is None
    for words, is_outside in (("có", True), ("x", True), ("không", False), ("trong tỉnh", False), ("chưa rõ", None)):
        read = cleaned(origin=words)
        assert isinstance(read, ServiceRequest) and read.is_outside is is_outside


def test_a_result_on_the_very_day_without_a_time_lies_after_the_receipt() -> None:
    found = cleaned(done_at="18/11/2026")
    assert isinstance(found, ServiceRequest) and found.done_at == found.received_at


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("unit", "Sở khác", "Không có đơn vị"),
        ("received_at", "", "Thiếu thời điểm"),
        ("received_at", "hôm qua", "không đọc được"),
        ("received_at", "01/01/2063 08:00", "tương lai"),
        ("done_at", "17/11/2026 08:00", "trước ngày tiếp nhận"),
        ("returned_at", "17/11/2026", "trước ngày tiếp nhận"),
        ("due_at", "17/11/2026", "từ lúc tiếp nhận"),
        ("due_at", "24/11/2036", "trong hai năm"),
        ("due_at", "sớm", "không đọc được"),
    ],
)
def test_what_means_nothing_is_refused_by_its_field(field: str, text: str, said: str) -> None:
    refused = cleaned(**{field: text})
    assert isinstance(refused, RefusedRecord) and refused.field == field and said in refused.reason


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("code", "Nguyễn Văn Một"),
        ("code", "Nguyen Van Mot"),
        ("code", "0905123456"),
        ("code", "0905.123.456"),
        ("code", "046085000123"),
        ("code", "mot@hue.vn"),
        ("code", ""),
        ("service", "Ông Hai"),
        ("channel", "12 Lê Lợi, Huế"),
        ("origin", "Ba Đình, Hà Nội"),
        ("satisfaction", "Cán bộ Nguyễn Văn Một rất tốt"),
    ],
)
def test_what_looks_like_a_person_is_refused_and_kept_nowhere(field: str, text: str) -> None:
    refused = cleaned(**{field: text})
    assert isinstance(refused, RefusedRecord) and refused.field == field
    assert refused.value == refused.raw == "" and (not text or text not in refused.reason)


def test_columns_of_applicants_are_dropped_with_all_that_stands_in_them() -> None:
    head = ["Đơn vị", "Mã hồ sơ", "Họ tên", "Mã dịch vụ", "Ngày tiếp nhận", "Số điện thoại", "Hẹn trả", "Ngày trả"]
    row = ["ALUOI", "HS-1", "Nguyễn Văn Một", "THADS-02", "20/11/2026", "0905123456", "27/11/2026", ""]
    sheet = parse_services_rows([(1, head), (2, row)], UNITS, NOW)
    assert sheet.kind is ServiceSheet.REQUESTS and sheet.rows_read == 1
    (request,) = sheet.requests
    assert "Một" not in repr(request) and "0905" not in repr(request) and not sheet.refused


def test_the_catalogue_is_a_sheet_of_its_own_and_bad_rows_leave_the_others() -> None:
    rows = [["Mã dịch vụ", "Tên dịch vụ", "Đang áp dụng"], ["TT-1", "Yêu cầu thi hành án", ""]]
    rows += [["TT-2", "Thủ tục cũ", "không"], ["Tên người", "Gì đó", ""], ["TT-3", "", ""]]
    sheet = parse_services_rows(list(enumerate(rows, start=1)), UNITS, NOW)
    assert [(line.service.code, line.is_used) for line in sheet.catalogue] == [("TT-1", True), ("TT-2", False)]
    assert [(row.reference, row.field) for row in sheet.refused] == [
        ("dòng 4", "Mã dịch vụ"),
        ("dòng 5", "Tên dịch vụ"),
    ]
    with pytest.raises(WorkbookRefused, match="Danh mục dịch vụ công"):
        parse_services_rows([(1, ["Cột lạ"])], UNITS, NOW)


def own_units() -> dict[str, str]:
    units = Pack(Path("data/organisations/hue")).units_on(date(2026, 11, 24))
    return {unit.code.lower(): unit.code for unit in units}


def test_the_citys_system_is_read_whole_with_its_troubles_and_without_its_people() -> None:
    at = NOW.replace(minute=11)
    units = Pack(Path("data/organisations/hue")).units_on(date(2026, 11, 24))
    city = ServiceRequests(units, 2027, MOODS["busy"], date(2026, 11, 24))
    server = Flask("portal")
    server.register_blueprint(public_service_portal(city, lambda: at))
    with serving(server) as address:
        fetched = request_connector(f"{address}/dich-vu-cong/ho-so.json", "", "", own_units()).fetch("", [], at)
    told = city.told(at)
    assert len(told) > 50 and {one.code for one in fetched.records} == {one.code for one in told}
    assert {refused.field for refused in fetched.refused} == {"done_at", "code"}
    assert "0900000000" not in repr(fetched) and "đã che" not in repr(fetched)
    assert fetched.newest_at is not None and fetched.newest_at <= at and fetched.is_whole


def test_a_list_in_other_words_is_mapped_and_speaks_of_now_where_it_says_no_time() -> None:
    body = [{"dv": "phuvang", "ma": "A-1", "tt": "T1", "luc": "18/11/2026 08:00", "kenh": "TT", "ten": "Ai đó"}]
    fields = {
        "fields": {"unit": "dv", "code": "ma", "service": "tt", "received_at": "luc", "channel": "kenh"},
        "time_format": "%d/%m/%Y %H:%M",
        "words": {"channel": {"TT": "fully_online"}},
    }
    with answering(lambda _asked: json.dumps(body).encode()) as (address, _):
        (request,) = request_connector(address, "", json.dumps(fields), UNITS).fetch("", [], NOW).records
    assert (request.code, request.channel, request.updated_at) == ("A-1", ServiceChannel.FULLY_ONLINE, NOW)
    with pytest.raises(FieldMapRefused, match="thiếu received_at"):
        request_connector("http://x", "", '{"fields": {"unit": "a", "code": "b", "service": "c"}}', UNITS)
    with pytest.raises(FieldMapRefused, match="tên lạ: phone"):
        request_connector("http://x", "", '{"fields": {"unit": "a", "phone": "b"}}', UNITS)


def test_hostile_bodies_and_entries_give_records_or_a_reason() -> None:
    outcomes = {"read": 0, "unavailable": 0}
    bodies = iter(hostile_bodies(NUMBER))
    with answering(lambda _asked: next(bodies)) as (address, _):
        connector = request_connector(address, "", "", UNITS)
        for _ in range(NUMBER):
            try:
                connector.fetch("", [], NOW)
                outcomes["read"] += 1
            except SourceUnavailable as error:
                assert str(error)
                outcomes["unavailable"] += 1
    assert outcomes["unavailable"] > 0 and sum(outcomes.values()) == NUMBER
    rng = Random(7)
    words = ["", "x" * 5000, "\x00", "１２", "2026-11-24T08:00:00+99:00", "NaN", "31/02/2026", "😀", *GOOD.values()]
    for _ in range(NUMBER):
        texts = {field: rng.choice(words) for field in REQUEST_FIELDS if rng.random() < 0.9}
        found = clean(request_of, texts, "mục", UNITS, NOW)
        assert isinstance(found, RefusedRecord) or found.received_at <= found.updated_at <= NOW

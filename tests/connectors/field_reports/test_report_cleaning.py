"""One report, whatever a source says of it: a record that can be believed, or a refusal that says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connectors.base import RefusedRecord
from connectors.report_cleaning import clean_report
from domain.field_reports import ReportRecord

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
GOOD = {"service_request_id": "HS-1", "requested_datetime": "2026-11-24T08:00:00+07:00", "status": "OPEN"}


def cleaned(**more: object) -> ReportRecord:
    found = clean_report({**GOOD, **more}, NOW)
    assert isinstance(found, ReportRecord), found
    return found


def refused(**more: object) -> RefusedRecord:
    found = clean_report({**GOOD, **more}, NOW)
    assert isinstance(found, RefusedRecord), found
    return found


def test_nothing_that_tells_who_reported_is_kept() -> None:
    who = {"first_name": "Nguyễn", "last_name": "Văn Không Tên", "phone": "0905", "email": "a@b",
           "account_id": "tài-khoản-7",
           "device_id": "máy-d", "address": "12 Lê Lợi", "media_url": "http://x/y.jpg"}  # fmt: skip
    assert not any(value in repr(cleaned(**who)) for value in who.values())
    told = refused(**who, requested_datetime="1970-01-01T00:00:00Z", description="Tôi là A")
    assert not any(value in repr(told) for value in [*who.values(), "Tôi là A"])


@pytest.mark.parametrize("number", [0, "0", "", None])
def test_a_report_whose_id_its_source_does_not_know_is_refused(number: object) -> None:
    assert refused(service_request_id=number).field == "service_request_id"


@pytest.mark.parametrize(
    ("lat", "long"),
    [(0, 0), ("0", "0.0"), (None, 107), ("NaN", "107"), ("91", "107"), ("16", "181"), ("x", "y"), (True, True)],
)
def test_what_is_no_place_on_earth_is_no_location(lat: object, long: object) -> None:
    record = cleaned(lat=lat, long=long)
    assert (record.latitude, record.longitude) == (None, None)


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("", "không đọc được"),
        ("hôm qua", "không đọc được"),
        ("2026-11-24T08:00:00", "múi giờ"),
        ("1970-01-01T00:00:00Z", "2015"),
        ("2063-01-01T00:00:00Z", "tương lai"),
        ("9999-12-31T23:59:59-14:00", "không đọc được"),
    ],
)
def test_a_time_nobody_can_believe_is_refused(when: str, why: str) -> None:
    assert why in refused(requested_datetime=when).reason
    assert refused(requested_datetime=when).field == "requested_datetime"


def test_a_clock_that_runs_a_little_ahead_is_now() -> None:
    assert cleaned(requested_datetime=(NOW + timedelta(minutes=9)).isoformat()).requested_at == NOW


def test_a_change_before_the_receipt_is_the_receipt_and_an_unbelievable_due_time_is_none() -> None:
    record = cleaned(updated_datetime="2026-11-01T00:00:00Z", expected_datetime="2063-01-01T00:00:00Z")
    assert record.updated_at == record.requested_at
    assert record.expected_at is None
    assert cleaned(expected_datetime="2026-11-24T16:00:00+07:00").expected_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_letters_that_cannot_be_shown_are_gone_and_numbers_are_text() -> None:
    record = cleaned(service_request_id=12345, description="một\x00\u202ehai", satisfaction=5)
    assert (record.external_id, record.description, record.satisfaction) == ("12345", "một  hai", 5)
    assert cleaned(satisfaction=9).satisfaction is None
    assert cleaned().state_word == "open"


@pytest.mark.parametrize("number", [None, "", "x" * 81, [], {}, True, 10**5000], ids=range(7))
def test_without_an_id_it_is_refused(number: object) -> None:
    assert refused(service_request_id=number).field == "service_request_id"

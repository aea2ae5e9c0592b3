"""ATTLOG lines as real terminals write them, and as they should not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads.attlog_bodies import hostile_bodies

from connectors.attendance_push import MOST_REFUSED, NO_NUMBER, NO_TIME, TOO_NEW, TOO_OLD, read_attlog
from domain.attendance import PunchKind, VerifyMethod

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)


def test_lines_become_punches_in_the_time_of_hue() -> None:
    body = b"0007\t2026-11-23 07:20:31\t0\t1\t0\t0\t0\r\n12\t2026-11-23 09:39:00\t1\t15\n\n3\t2026-11-23 07:00:00\n"
    log = read_attlog("T1", body, NOW)
    assert (log.lines, log.refused) == (3, ())
    first, second, third = log.punches
    assert (first.punch.pin, first.punch.punched_at) == ("7", datetime(2026, 11, 23, 0, 20, 31, tzinfo=UTC))
    assert (first.kind, first.method) == (PunchKind.IN, VerifyMethod.FINGER)
    assert (second.kind, second.method) == (PunchKind.OUT, VerifyMethod.FACE)
    assert (third.kind, third.method) == (PunchKind.OTHER, VerifyMethod.OTHER)


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (b"\t2026-11-23 07:20:31\t0\t1", "PIN", NO_NUMBER),
        (b"0\t2026-11-23 07:20:31\t0\t1", "PIN", NO_NUMBER),
        (b"7\t1970-01-01 00:00:00\t0\t1", "time", TOO_OLD),
        (b"7\t2000-01-01 00:00:00\t0\t1", "time", TOO_OLD),
        (b"7\t2063-05-01 07:00:00\t0\t1", "time", TOO_NEW),
        (b"7\t2026-11-23 09:50:01\t0\t1", "time", TOO_NEW),
        (b"7\t2026-11-31 07:00:00\t0\t1", "time", NO_TIME),
        (b"7\t23/11/2026 07:00\t0\t1", "time", NO_TIME),
        (b"7", "time", NO_TIME),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_reason(line: bytes, field: str, reason: str) -> None:
    log = read_attlog("T1", line + b"\n8\t2026-11-23 07:20:31\t0\t1\n", NOW)
    assert (log.lines, len(log.punches)) == (2, 1)
    [refused] = log.refused
    assert (refused.reference, refused.field, refused.reason) == ("T1", field, reason)


def test_five_hundred_hostile_bodies_raise_nothing_and_let_no_nonsense_through() -> None:
    for body in hostile_bodies(500):
        log = read_attlog("T1", body, NOW)
        assert len(log.refused) <= MOST_REFUSED
        for item in log.punches:
            assert item.punch.pin.isascii() and item.punch.pin.isalnum()
            assert datetime(2015, 1, 1, tzinfo=UTC) <= item.punch.punched_at <= NOW + timedelta(minutes=10)
        for refused in log.refused:
            assert len(refused.raw) <= 120 and "\x00" not in refused.raw + refused.value


@given(st.binary(max_size=400))
def test_whatever_the_bytes_every_line_is_a_punch_or_refused(body: bytes) -> None:
    log = read_attlog("T1", body, NOW)
    assert log.lines == len(log.punches) + len(log.refused)

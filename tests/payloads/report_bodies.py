"""Bodies a system of field reports may send although no report is in them, or only half of one; for every reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

GOOD = {
    "service_request_id": "HS-1",
    "service_code": "payout_question",
    "status": "open",
    "requested_datetime": "2026-11-24T08:00:00+07:00",
    "lat": "16.46",
    "long": "107.59",
}
ODD_VALUES: tuple[object, ...] = (
    None, "", " ", 0, -1, 10**400, 1e308, True, [], {}, [[[]]], "\x00", "\ud800", "\u202e", "x" * 100_000,
    "1970-01-01T00:00:00Z", "2063-01-01T00:00:00Z", "2026-11-24", "2026-11-24T08:00:00", "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "NaN", "Infinity", "-999", "1e309", "' OR 1=1", "<b>",
)  # fmt: skip
WHOLE_BODIES = (
    b"", b" ", b"\x00", b"\xff\xfe", b"null", b"{}", b"[]", b"[null]", b"[[]]", b"[1e999]", b"[NaN]", b"[{]",
    b"{" * 5000,
    b"[" * 100_000, b"true", b"\"x\"", b"<", b"<a/>", b"<service_requests/>", b"<service_requests>", b"<?xml?>",
    b"<service_requests><request/></service_requests>",
    b"<service_requests><!-- x --><request><?pi?></request></service_requests>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]><service_requests>&b;</service_requests>",
    b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><service_requests/>",
    b"<?xml version='1.0' encoding='no-such'?><service_requests/>",
    "<service_requests/>".encode("utf-16"), "[]".encode("utf-16"),
    b"\xef\xbb\xbf[]", b"a,b\n1", b'a,"b\n1', b"a;b\n1;2\n3",
)  # fmt: skip


def hostile_bodies(number: int, seed: int = 2027) -> Iterator[bytes]:
    """The fixed ones, then so many mutations of a good answer: odd values, cut and flipped bytes."""
    yield from WHOLE_BODIES
    rng = Random(seed)
    for at in range(number - len(WHOLE_BODIES)):
        report = dict[str, object](GOOD)
        for name in rng.sample(list(report), rng.randint(1, 3)):
            report[name] = rng.choice(ODD_VALUES)
        body = _as_json(report) if at % 2 else _as_xml(report)
        yield _damaged(body, rng) if rng.random() < 0.5 else body


def _as_json(report: dict[str, object]) -> bytes:
    return json.dumps([report, report]).encode()


def _as_xml(report: dict[str, object]) -> bytes:
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in report.items())
    return f"<service_requests><request>{inside}</request></service_requests>".encode("utf-8", "surrogatepass")


def _damaged(body: bytes, rng: Random) -> bytes:
    cut = bytearray(body[: rng.randrange(len(body)) + 1])
    for _ in range(rng.randint(0, 4)):
        cut[rng.randrange(len(cut))] = rng.randrange(256)
    return bytes(cut)

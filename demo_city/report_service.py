"""The city's field reports over HTTP, as an Open311 GeoReport v2 server gives them and as a mapped list of its own.

It misbehaves a little, as real ones do: an entry twice, one without an id, one from 1970, a number where text belongs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Flask, Response, abort, jsonify, request

from demo_city.citizens import Citizens, Report
from demo_city.report_subjects import services

ROOT = "/open311/v2"
MOST = 1000
WINDOW = timedelta(days=90)
# Every so many minutes, for a minute, the answer carries entries nobody can use.
BROKEN_EVERY = 17

Entry = dict[str, object]


def report_service(citizens: Citizens, clock: Callable[[], datetime]) -> Flask:
    """The application; it answers by the clock alone."""
    server = Flask("demo_city")

    @server.get(f"{ROOT}/discovery.json")
    def discovery() -> Response:
        return jsonify({"contact": "Dữ liệu mẫu", "mood": citizens.mood.name, "title": citizens.mood.title})

    @server.get(f"{ROOT}/services.<kind>")
    def subjects(kind: str) -> Response:
        return _answer(kind, services(), "services", "service")

    @server.get(f"{ROOT}/requests.<kind>")
    def requests(kind: str) -> Response:
        now = clock()
        wanted = request.args.get("service_request_id", "")
        if wanted:
            found = [report for number in wanted.split(",") if (report := citizens.by_number(number, now))]
            return _answer(kind, _entries(found[:MOST], now))
        end = _instant(request.args.get("end_date"), now)
        start = _instant(request.args.get("start_date"), end - WINDOW)
        if end - start > WINDOW:
            abort(400)
        entries = _entries(list(citizens.told(start, end, now)), now)
        return _answer(kind, (_troubled(entries, now))[-MOST:])

    @server.get(f"{ROOT}/requests/<number>.<kind>")
    def single(number: str, kind: str) -> Response:
        now = clock()
        report = citizens.by_number(number, now)
        if report is None:
            abort(404)
        return _answer(kind, _entries([report], now))

    @server.get("/hue-s/phan-anh.<kind>")
    def listing(kind: str) -> Response:
        now = clock()
        entries = [_own_names(report, now) for report in citizens.told(now - WINDOW, now, now)]
        if kind == "csv":
            return Response(_csv(entries), mimetype="text/csv")
        return jsonify({"duLieu": {"danhSach": entries}})

    return server


def _entries(reports: Iterable[Report], now: datetime) -> list[Entry]:
    return [_entry(report, now) for report in reports]


def _entry(report: Report, now: datetime) -> Entry:
    entry: Entry = {
        "service_request_id": report.number,
        "service_code": report.subject,
        "status": report.status_at(now),
        "requested_datetime": report.requested_at.isoformat(),
        "updated_datetime": report.changed_at(now).isoformat(),
        "description": report.words,
    }
    if report.due_at is not None:
        entry["expected_datetime"] = report.due_at.isoformat()
    if report.place is not None:
        entry["lat"], entry["long"] = report.place
    if report.rating is not None and now >= report.closed_at:
        entry["satisfaction"] = report.rating
    return entry


def _troubled(entries: list[Entry], now: datetime) -> list[Entry]:
    """Now and then an entry comes twice, and two come that are of no use."""
    if not entries or int(now.timestamp() // 60) % BROKEN_EVERY:
        return entries
    return [
        {"service_code": "other", "status": "received"},
        {"service_request_id": 900001, "status": "received", "requested_datetime": "1970-01-01T00:00:00+07:00"},
        *entries,
        entries[-1],
    ]


def _own_names(report: Report, now: datetime) -> dict[str, object]:
    """The same report under Vietnamese names, times without a zone, as a system of the city might have it."""
    place = report.place or ("", "")
    return {
        "maPhanAnh": report.number,
        "linhVuc": report.subject,
        "trangThai": report.status_at(now),
        "ngayGui": f"{report.requested_at:%d/%m/%Y %H:%M:%S}",
        "ngayCapNhat": f"{report.changed_at(now):%d/%m/%Y %H:%M:%S}",
        "hanXuLy": f"{report.due_at:%d/%m/%Y %H:%M:%S}" if report.due_at else "",
        "viDo": place[0],
        "kinhDo": place[1],
        "noiDung": report.words,
    }


def _answer(kind: str, entries: Sequence[Entry], many: str = "service_requests", one: str = "request") -> Response:
    if kind == "json":
        return jsonify(list(entries))
    if kind != "xml":
        abort(404)
    root = Element(many)
    for entry in entries:
        item = SubElement(root, one)
        for name, value in entry.items():
            SubElement(item, name).text = str(value).lower() if isinstance(value, bool) else str(value)
    return Response(tostring(root, encoding="utf-8", xml_declaration=True), mimetype="text/xml")


def _csv(entries: Sequence[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(entries[0]) if entries else ["maPhanAnh"])
    writer.writeheader()
    writer.writerows(entries)
    return out.getvalue()


def _instant(text: str | None, otherwise: datetime) -> datetime:
    if not text:
        return otherwise
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        abort(400)
    if instant.tzinfo is None:
        abort(400)
    return instant

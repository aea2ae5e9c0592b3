"""The system of public services over HTTP, as one list of what is open and of what ended lately; and the sheets an
office sends of the year before and of its catalogue.

It misbehaves a little, as real ones do: an entry twice, one whose result lies before its receipt, one whose code is
a telephone number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import Blueprint, Response, jsonify

from demo_city.clock import LOCAL
from demo_city.service_requests import Request, ServiceRequests
from demo_city.sheets import deliver_sheet

BROKEN_EVERY = 11
_HISTORY = timedelta(days=372)
_TIME = "%d/%m/%Y %H:%M"
_HEAD = (
    *("Đơn vị", "Mã hồ sơ", "Mã dịch vụ", "Kênh", "Ngoài tỉnh", "Tiếp nhận", "Hạn trả kết quả", "Trả kết quả"),
    *("Trả lại hồ sơ", "Đánh giá"),
)
_CHANNELS = {
    "fully_online": "Trực tuyến toàn trình",
    "partly_online": "Trực tuyến một phần",
    "in_person": "Trực tiếp",
    "postal": "Bưu chính công ích",
}
_RATINGS = {"": "", "satisfied": "Hài lòng", "accepting": "Chấp nhận", "unsatisfied": "Không hài lòng"}
_ORIGINS = {True: "có", False: "không", None: ""}


def public_service_portal(requests: ServiceRequests, clock: Callable[[], datetime]) -> Blueprint:
    """The list at /dich-vu-cong/ho-so.json; it answers by the clock alone."""
    portal = Blueprint("portal", "demo_city", url_prefix="/dich-vu-cong")

    @portal.get("/ho-so.json")
    def told() -> Response:
        now = clock()
        return jsonify(_troubled([one.as_entry(now) for one in requests.told(now)], now))

    return portal


def deliver_service_sheets(inbox: Path, requests: ServiceRequests, now: datetime) -> None:
    """Let the requests of the last year arrive in the inbox, as they stood last night."""
    midnight = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = [_HEAD, *(_row(one, midnight) for one in requests.between(midnight - _HISTORY, midnight))]
    deliver_sheet(inbox, "public_services", f"ho-so_den-ngay-{midnight:%Y-%m-%dT%H%M}.csv", rows)


def _row(one: Request, at: datetime) -> tuple[str, ...]:
    ended = f"{one.ended_at:{_TIME}}" if one.ended_at <= at else ""
    done, returned = ("", ended) if one.is_returned else (ended, "")
    rating = _RATINGS[one.rating] if done else ""
    due = f"{one.due_at:{_TIME}}" if one.due_at else ""
    said = (one.unit, one.code, one.service, _CHANNELS[one.channel], _ORIGINS[one.is_outside])
    return (*said, f"{one.received_at:{_TIME}}", due, done, returned, rating)


def _troubled(entries: list[dict[str, object]], now: datetime) -> list[dict[str, object]]:
    if not entries or now.minute % BROKEN_EVERY:
        return entries
    early = {**entries[-1], "code": "LOI-1", "done_at": "2026-01-05T08:00:00+07:00"}
    person = {**entries[-1], "code": "0900000000"}
    return [*reversed(entries), entries[0], early, person]

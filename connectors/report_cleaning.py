"""One report as any source states it, cleaned: to a record, or to a refusal with its reason. No identity gets through.

Both connectors of field reports end here, so that a report reads alike whichever way it came.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from connectors.base import RefusedRecord
from domain.field_reports import ReportRecord, Urgency

# The fields of our own model, by the names of Open311 GeoReport v2; whatever else a source sends is dropped here:
# account_id, first_name, last_name, phone, email, device_id, media_url, address.
FIELDS = (
    "service_request_id",
    "service_code",
    "status",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "lat",
    "long",
    "agency_responsible",
    "description",
    "urgency",
    "satisfaction",
)
# What a refused record may keep of what arrived: no free text.
KEPT = tuple(name for name in FIELDS if name != "description")
LONGEST_CODE = 80
LONGEST_TEXT = 2000
EARLIEST = datetime(2015, 1, 1, tzinfo=UTC)
LONGEST_TERM = timedelta(days=730)
# How far the clock of a source may run ahead of ours.
CLOCK_AHEAD = timedelta(minutes=10)
URGENT_WORDS = frozenset({"urgent", "high", "1", "true", "khẩn", "khẩn cấp"})
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class FieldRefused(ValueError):
    """A field without which a report means nothing; `field` is its name, the text Vietnamese."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def clean_report(raw: Mapping[str, object], now: datetime) -> ReportRecord | RefusedRecord:
    """A record of what a source said; refused without an id, or without a believable time of receipt.

    1. a coordinate that is missing, 0,0 or off the globe is no location; 2. times ahead of ours by less than the
    tolerance are now, by more are refused; 3. an unbelievable due time is none, so that the agency's own term holds.
    """
    texts = {name: text_of(raw.get(name)) for name in FIELDS}
    try:
        return _record(texts, now)
    except FieldRefused as refused:
        kept = "; ".join(f"{name}={texts[name][:LONGEST_CODE]}" for name in KEPT if texts[name])
        value = texts[refused.field][:LONGEST_CODE]
        return RefusedRecord(texts["service_request_id"][:LONGEST_CODE], refused.field, value, str(refused), kept)


def text_of(value: object) -> str:
    """A scalar as text without control characters; '' for nothing and for what is no scalar."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    # Python refuses to write out a number of more than 4,300 digits; no field of a report is one.
    if isinstance(value, int) and abs(value) >= 10**LONGEST_CODE:
        return ""
    return CONTROL.sub(" ", str(value)).strip()[:LONGEST_TEXT]


def _record(texts: Mapping[str, str], now: datetime) -> ReportRecord:
    external_id = texts["service_request_id"]
    # mySociety's adapter writes 0 for an id it has not got: many reports would become one.
    if external_id in {"", "0"} or len(external_id) > LONGEST_CODE:
        raise FieldRefused("service_request_id", "Thiếu mã phản ánh hoặc mã quá dài.")
    requested_at = _instant(texts["requested_datetime"], "requested_datetime", now)
    updated_at = requested_at
    if texts["updated_datetime"]:
        updated_at = max(requested_at, _instant(texts["updated_datetime"], "updated_datetime", now))
    latitude, longitude = _place(texts["lat"], texts["long"])
    return ReportRecord(
        external_id=external_id,
        service_code=texts["service_code"][:LONGEST_CODE],
        state_word=texts["status"][:LONGEST_CODE].lower(),
        requested_at=requested_at,
        updated_at=updated_at,
        expected_at=_due(texts["expected_datetime"], requested_at),
        latitude=latitude,
        longitude=longitude,
        agency=texts["agency_responsible"][:LONGEST_CODE],
        description=texts["description"],
        urgency=Urgency.URGENT if texts["urgency"].lower() in URGENT_WORDS else None,
        satisfaction=_satisfaction(texts["satisfaction"]),
    )


def _instant(text: str, field: str, now: datetime) -> datetime:
    """An instant with its zone, not before 2015 and not ahead of now."""
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            raise FieldRefused(field, "Thời điểm không ghi múi giờ.")
        instant = instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        if isinstance(error, FieldRefused):
            raise
        raise FieldRefused(field, "Thời điểm không đọc được.") from error
    if instant < EARLIEST:
        raise FieldRefused(field, "Thời điểm trước năm 2015.")
    if instant > now + CLOCK_AHEAD:
        raise FieldRefused(field, "Thời điểm ở tương lai: kiểm tra đồng hồ phía nguồn.")
    return min(instant, now)


def _due(text: str, requested_at: datetime) -> datetime | None:
    try:
        due_at = datetime.fromisoformat(text)
        if due_at.tzinfo is None or not requested_at <= due_at.astimezone(UTC) <= requested_at + LONGEST_TERM:
            return None
        return due_at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _place(latitude_text: str, longitude_text: str) -> tuple[float | None, float | None]:
    try:
        latitude, longitude = float(latitude_text), float(longitude_text)
    except ValueError:
        return None, None
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None, None
    if (latitude == 0 and longitude == 0) or abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    return latitude, longitude


def _satisfaction(text: str) -> int | None:
    """One to five; anything else is no opinion."""
    return int(text) if text in {"1", "2", "3", "4", "5"} else None

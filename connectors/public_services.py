"""Public services: one request as a system or a sheet states it, cleaned to a record or refused with its reason.

Whoever made it is read from nowhere: fields and columns that are not ours are dropped, a code that looks like a person
is refused and not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from connectors.base import Fetched, RefusedRecord
from connectors.entries import (
    EntryRefused,
    Texts,
    Units,
    chosen_word,
    clean,
    code_of,
    instant_of,
    instant_or_day_of,
    lone_day,
    unit_of,
)
from connectors.instants import parsed_instant
from connectors.mapped_list import FieldMap, entries_of, mapped, read_field_map
from connectors.web_reader import WebReader
from domain.local_time import LOCAL, local_day
from domain.public_services import (
    CHANNEL_NAMES,
    ORIGIN_NAMES,
    SATISFACTION_NAMES,
    RequestOrigin,
    Satisfaction,
    ServiceChannel,
    ServiceRequest,
)

REQUEST_TIMES = ("received_at", "due_at", "done_at", "returned_at", "updated_at")
REQUEST_FIELDS = ("unit", "code", "service", *REQUEST_TIMES, "channel", "origin", "satisfaction")
REQUEST_NEEDED = ("unit", "code", "service", "received_at")
LONGEST_TERM = timedelta(days=730)
NO_CODE = "Mã hồ sơ chỉ gồm chữ không dấu, số và gạch; không ghi họ tên, số điện thoại, số định danh."
NO_SERVICE = "Mã dịch vụ chỉ gồm chữ không dấu, số và gạch, như trong danh mục."
# Other words for what we call by one, as an agency's system or sheet may say them.
_CHANNELS = {
    "toan trinh": ServiceChannel.FULLY_ONLINE,
    "truc tuyen": ServiceChannel.FULLY_ONLINE,
    "online": ServiceChannel.FULLY_ONLINE,
    "mot phan": ServiceChannel.PARTLY_ONLINE,
    "buu chinh": ServiceChannel.POSTAL,
    "bcci": ServiceChannel.POSTAL,
    "tai tru so": ServiceChannel.IN_PERSON,
    "truc tiep tai tru so": ServiceChannel.IN_PERSON,
}
# The column is called "Ngoài tỉnh", so that yes and no mean something in it.
_ORIGINS = {
    **dict.fromkeys(("co", "x", "1", "true", "ngoai"), RequestOrigin.OUTSIDE),
    **dict.fromkeys(("khong", "0", "false", "trong"), RequestOrigin.INSIDE),
}
_RATINGS = {
    "rat hai long": Satisfaction.SATISFIED,
    "binh thuong": Satisfaction.ACCEPTING,
    "chua hai long": Satisfaction.UNSATISFIED,
}
_OUTSIDE = {RequestOrigin.OUTSIDE: True, RequestOrigin.INSIDE: False}


class RequestList:
    """The connector of a system of public services that gives one list; every fetch reads all of it."""

    name = "public_services"

    def __init__(self, address: str, fields: FieldMap, units: Units, reader: Callable[[], WebReader]) -> None:
        self._address = address
        self._map = fields
        self._units = units
        self._reader = reader

    def fetch(self, watermark: str, still_open: Collection[str], now: datetime) -> Fetched[ServiceRequest]:
        """All requests of the list, whatever the watermark."""
        with self._reader() as reader:
            entries = entries_of(reader.read(self._address, {}), self._map)
        said = (mapped(entry, self._map, REQUEST_TIMES) for entry in entries)
        texts = ({name: str(value) for name, value in one.items()} for one in said)
        cleaned = [self._cleaned(one, f"mục {at}", now) for at, one in enumerate(texts, start=1)]
        records = tuple(one for one in cleaned if isinstance(one, ServiceRequest))
        refused = tuple(one for one in cleaned if isinstance(one, RefusedRecord))
        newest = max((record.updated_at for record in records), default=None)
        return Fetched(records, refused, newest, watermark=now.isoformat(), is_whole=True)

    def _cleaned(self, texts: Texts, reference: str, now: datetime) -> ServiceRequest | RefusedRecord:
        """One entry; a list that does not say when it changed something says how things stand now."""
        found = clean(request_of, texts, reference, self._units, now)
        if isinstance(found, ServiceRequest) and not texts.get("updated_at"):
            return replace(found, updated_at=now)
        return found


def request_connector(address: str, secret: str, field_map: str, units: Units) -> RequestList:
    """The connector of a connection; without a map the list uses our names. Raises FieldMapRefused."""
    return RequestList(address, request_field_map(field_map), units, lambda: WebReader(secret))


def request_field_map(text: str) -> FieldMap:
    """The map of a list of requests; raises FieldMapRefused."""
    if not text:
        return FieldMap(fields={name: name for name in REQUEST_FIELDS})
    return read_field_map(text, REQUEST_FIELDS, REQUEST_NEEDED)


def request_of(texts: Texts, units: Units, now: datetime) -> ServiceRequest:
    """A request; raises EntryRefused.

    1. without a unit, a code, a service and the time of receipt it means nothing; 2. its times must be in order and,
    but for the promised one, not in the future; 3. what is not said is unknown, what is said in other words is refused.
    """
    code, service = code_of(texts, "code", NO_CODE), code_of(texts, "service", NO_SERVICE)
    received_at = instant_or_day_of(texts, "received_at", now)
    if received_at is None:
        raise EntryRefused("received_at", "Thiếu thời điểm tiếp nhận.")
    done_at = _after(texts, "done_at", received_at, "Ngày trả kết quả trước ngày tiếp nhận.", now)
    returned_at = _after(texts, "returned_at", received_at, "Ngày trả lại hồ sơ trước ngày tiếp nhận.", now)
    said_at = max(at for at in (received_at, done_at, returned_at) if at is not None)
    origin = chosen_word(texts, "origin", ORIGIN_NAMES, _ORIGINS)
    return ServiceRequest(
        unit=unit_of(texts, units),
        code=code,
        service=service,
        received_at=received_at,
        updated_at=max(said_at, instant_of(texts, "updated_at", now) or said_at),
        channel=chosen_word(texts, "channel", CHANNEL_NAMES, _CHANNELS),
        is_outside=None if origin is None else _OUTSIDE.get(origin),
        due_at=_due(texts, received_at),
        done_at=done_at,
        returned_at=returned_at,
        satisfaction=chosen_word(texts, "satisfaction", SATISFACTION_NAMES, _RATINGS),
    )


def _after(texts: Texts, field: str, received_at: datetime, reason: str, now: datetime) -> datetime | None:
    """A later instant; a day alone that is the day of receipt lies after it."""
    found = instant_or_day_of(texts, field, now)
    if found is None:
        return None
    if lone_day(texts[field]) == local_day(received_at):
        return received_at
    if found < received_at:
        raise EntryRefused(field, reason)
    return found


def _due(texts: Texts, received_at: datetime) -> datetime | None:
    """The promised time; a day alone lasts until its end."""
    text = texts.get("due_at", "")
    if not text:
        return None
    day = lone_day(text)
    due_at = datetime.combine(day, time(23, 59, 59), LOCAL).astimezone(UTC) if day else parsed_instant(text)
    if due_at is None:
        raise EntryRefused("due_at", "Hạn trả kết quả không đọc được.")
    if not received_at <= due_at <= received_at + LONGEST_TERM:
        raise EntryRefused("due_at", "Hạn trả kết quả phải từ lúc tiếp nhận trở đi, trong hai năm.")
    return due_at

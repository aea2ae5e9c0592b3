"""Rungs 6 and 7 by Hikvision's ISAPI: the recorder's clock, its disks, and the newest recording of a channel."""

from __future__ import annotations

import re
import time
import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from connectors.cameras.device_web import DeviceWeb
from connectors.cameras.device_xml import all_named, text_at, xml_of
from connectors.cameras.endpoint import RecorderEndpoint
from connectors.cameras.rtsp_wire import WireTrouble
from domain.cameras import CameraLimits, Fault, RecordingFacts, Rung, RungName, judge_clock, judge_recording
from domain.local_time import LOCAL

BUDGET = timedelta(seconds=6)
TIME_PATH = "/ISAPI/System/time"
STORAGE_PATH = "/ISAPI/ContentMgmt/Storage"
SEARCH_PATH = "/ISAPI/ContentMgmt/search"
# Words of the status of a disk; a word that stands in neither set says nothing.
WELL = frozenset({"ok", "idle"})
FAILED = frozenset({"error", "unformatted", "mismatch", "offline", "smartfailed", "notexist"})
MOST_PAGES = 5
PAGE = 40
_SEARCH = (
    '<?xml version="1.0" encoding="utf-8"?><CMSearchDescription><searchID>{id}</searchID>'
    "<trackList><trackID>{track}</trackID></trackList><timeSpanList><timeSpan><startTime>{since}</startTime>"
    "<endTime>{until}</endTime></timeSpan></timeSpanList><maxResults>{most}</maxResults>"
    "<searchResultPostion>{position}</searchResultPostion>"
    "<metadataList><metadataDescriptor>//recordType.meta.std-cgi.com</metadataDescriptor></metadataList>"
    "</CMSearchDescription>"
)


def recorder_clock(recorder: RecorderEndpoint, limits: CameraLimits, now: datetime, budget: timedelta = BUDGET) -> Rung:
    """How far the recorder's clock is off; unknown when it could not be asked. No exception leaves here."""
    began = time.monotonic()
    web = DeviceWeb(recorder.host, recorder.port, began + budget.total_seconds(), recorder.login)
    try:
        told_at = told_time(_asked(web, "GET", TIME_PATH))
    except WireTrouble as trouble:
        return Rung.unknown(RungName.CLOCK, now, f"Chưa đọc được đồng hồ đầu ghi: {trouble.reason}", trouble.fault)
    if told_at is None:
        return Rung.unknown(RungName.CLOCK, now, "Đầu ghi không nêu giờ đọc được.")
    return judge_clock(told_at - now - timedelta(seconds=(time.monotonic() - began) / 2), limits, now)


def recording(recorder: RecorderEndpoint, limits: CameraLimits, now: datetime, budget: timedelta = BUDGET) -> Rung:
    """Whether the channel is being recorded; unknown when the recorder could not be asked. No exception leaves here."""
    web = DeviceWeb(recorder.host, recorder.port, time.monotonic() + budget.total_seconds(), recorder.login)
    try:
        newest_at = newest_recording(web, recorder, limits.recording_gap, now)
        failed, known = _disks(web)
    except WireTrouble as trouble:
        return Rung.unknown(RungName.RECORDING, now, f"Chưa hỏi được đầu ghi: {trouble.reason}", trouble.fault)
    return judge_recording(RecordingFacts(newest_at, failed, known), limits, now)


def newest_recording(web: DeviceWeb, recorder: RecorderEndpoint, gap: timedelta, now: datetime) -> datetime | None:
    """When the newest recording of the channel ends, of those that touch the last `gap`; None when there is none."""
    zone = LOCAL if recorder.times_are_local else UTC
    found: list[datetime] = []
    for page in range(MOST_PAGES):
        question = _SEARCH.format(
            id=uuid.uuid4(), track=recorder.channel * 100 + 1, since=_written(now - gap, zone),
            until=_written(now, zone), most=PAGE, position=page * PAGE,
        )  # fmt: skip
        root = _asked(web, "POST", SEARCH_PATH, question.encode())
        ends = [_instant(text_at(span, "endTime"), zone) for span in all_named(root, "timeSpan")]
        found += [at for at in ends if at is not None]
        if text_at(root, "responseStatusStrg").upper() != "MORE" or not ends:
            break
    return max(found, default=None)


def told_time(root: Any) -> datetime | None:
    """localTime as an instant, by its own offset or by timeZone ('CST-7:00:00' is seven hours AHEAD, as POSIX has it);
    None when neither can be read."""
    told = text_at(root, "localTime")
    posix = re.fullmatch(r"[A-Za-z]{3,10}([+-])(\d{1,2}):(\d\d)(?::\d\d)?.*", text_at(root, "timeZone"))
    zone: timezone | None = None
    if posix is not None and int(posix[2]) < 24:
        ahead = timedelta(hours=int(posix[2]), minutes=int(posix[3]))
        zone = timezone(ahead if posix[1] == "-" else -ahead) if ahead < timedelta(hours=24) else None
    return _instant(told, zone, own_offset=True)


def _asked(web: DeviceWeb, method: str, path: str, body: bytes = b"") -> Any:
    code, content = web.ask(method, path, body)
    if code in {401, 403}:
        raise WireTrouble(Fault.WRONG_PASSWORD, f"Sai tên hoặc mật khẩu đầu ghi ({code}).")
    if code != 200:
        raise WireTrouble(Fault.REFUSED, f"Đầu ghi báo lỗi {code}.")
    return xml_of(content)


def _disks(web: DeviceWeb) -> tuple[int, bool]:
    """How many disks have failed, and whether the recorder said anything of all of them."""
    try:
        root = _asked(web, "GET", STORAGE_PATH)
    except WireTrouble:
        # An account may search recordings and not see disks; what is recorded is known all the same.
        return 0, False
    words = [text_at(disk, "status").lower() for disk in all_named(root, "hdd")]
    return sum(word in FAILED for word in words), bool(words) and all(word in WELL | FAILED for word in words)


def _written(at: datetime, zone: timezone) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%SZ")


def _instant(text: str, zone: timezone | None, own_offset: bool = False) -> datetime | None:
    """An instant as a recorder writes it; a Z counts only where `own_offset` lets it, else `zone` is meant."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    if read.tzinfo is None or not own_offset:
        if zone is None:
            return None
        read = read.replace(tzinfo=zone)
    try:
        return read.astimezone(UTC)
    except (OverflowError, ValueError):
        return None

"""The cameras' recorder over HTTP, as Hikvision's ISAPI has it: its clock, its disks, what a channel recorded, and the
stream of what the cameras notice.

One recorder for the whole city; a camera's number is its channel. Digest login with qop, one nonce per start.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, request

from demo_city.cameras import PASSWORD, USER, CityCameras
from demo_city.clock import LOCAL
from demo_city.disturbances import BOUNDARY, Disturbances, alert_part, heartbeat_part, part_of

REALM = "DVR (du lieu mau)"
_SCHEMA = "http://www.hikvision.com/ver20/XMLSchema"
# Recordings come in pieces; the newest is still being written and ends a little ago.
_PIECE = timedelta(minutes=10)
_FLUSHED = timedelta(seconds=20)
# A listener is let go after a while; it comes back. What is going on is said several times, now and then torn.
_LISTENED_FOR, _BEATS_EVERY, _SAID, _TORN = 120.0, 5, 3, 25


def recorder_service(
    cameras: CityCameras, clock: Callable[[], datetime], disturbances: Disturbances | None = None
) -> Blueprint:
    """The recorder's addresses below /ISAPI; it answers by the clock alone. Without disturbances nobody may listen."""
    recorder = Blueprint("recorder", "demo_city", url_prefix="/ISAPI")
    nonce = secrets.token_hex(16)

    @recorder.before_request
    def ask_for_the_password() -> Response | None:
        if _is_known(nonce):
            return None
        return Response(
            status=401, headers={"WWW-Authenticate": f'Digest realm="{REALM}", nonce="{nonce}", qop="auth"'}
        )

    @recorder.get("/System/deviceInfo")
    def device_info() -> Response:
        return _xml(
            f'<DeviceInfo version="2.0" xmlns="{_SCHEMA}"><deviceName>{REALM}</deviceName>'
            "<deviceID>00000000-0000-0000-0000-000000002027</deviceID><model>DVR-MAU</model>"
            "<serialNumber>DVRMAU2027</serialNumber><deviceType>NVR</deviceType></DeviceInfo>"
        )

    @recorder.get("/System/time")
    def system_time() -> Response:
        here = clock().astimezone(LOCAL).isoformat(timespec="seconds")
        return _xml(
            f"<Time><timeMode>NTP</timeMode><localTime>{here}</localTime><timeZone>CST-7:00:00</timeZone></Time>"
        )

    @recorder.get("/ContentMgmt/Storage")
    def storage() -> Response:
        disks = "".join(f"<hdd><id>{number}</id><status>ok</status></hdd>" for number in (1, 2))
        return _xml(f"<storage><hddList>{disks}</hddList></storage>")

    @recorder.post("/ContentMgmt/search")
    def search() -> Response:
        now = clock()
        track = re.search(rb"<trackID>(\d{3,5})</trackID>", request.get_data())
        camera = cameras.by_channel(int(track[1]) // 100) if track else None
        pieces = [] if camera is None or cameras.doing(camera, now) in {"off", "cut"} else _pieces(now)
        spans = "".join(
            f"<searchMatchItem><timeSpan><startTime>{begins:%Y-%m-%dT%H:%M:%SZ}</startTime>"
            f"<endTime>{ends:%Y-%m-%dT%H:%M:%SZ}</endTime></timeSpan></searchMatchItem>"
            for begins, ends in pieces
        )
        status = "OK" if pieces else "NO MATCHES"
        return _xml(
            f"<CMSearchResult><responseStatusStrg>{status}</responseStatusStrg><numOfMatches>{len(pieces)}</numOfMatches>"
            f"<matchList>{spans}</matchList></CMSearchResult>"
        )

    @recorder.get("/Event/notification/alertStream")
    def alert_stream() -> Response:
        if disturbances is None:
            return Response(status=403)
        return Response(_alerts(disturbances, clock), mimetype=f"multipart/mixed; boundary={BOUNDARY}")

    return recorder


def _alerts(disturbances: Disturbances, clock: Callable[[], datetime]) -> Iterator[bytes]:
    """What is noticed from now on, each thing several times as recorders do; a heartbeat between."""
    told_until, began, beat = clock() - timedelta(seconds=3), time.monotonic(), 0
    while time.monotonic() - began < _LISTENED_FOR:
        now = clock()
        for each in disturbances.between(told_until, now):
            yield from (alert_part(each, count) for count in range(1, _SAID + 1))
            if each.camera.number % _TORN == 0:
                yield part_of("<EventNotificationAlert><eventType>VMD</eventType>")
        told_until = max(told_until, now)
        if beat % _BEATS_EVERY == 0:
            yield heartbeat_part(now)
        beat += 1
        time.sleep(1)


def _pieces(now: datetime) -> list[tuple[datetime, datetime]]:
    begins = now.astimezone(UTC).replace(minute=now.minute // 10 * 10, second=0, microsecond=0)
    return [(begins - _PIECE, begins), (begins, max(begins, now.astimezone(UTC) - _FLUSHED))]


def _is_known(nonce: str) -> bool:
    header = request.headers.get("Authorization", "")
    told = {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,"]+))', header)}

    def hashed(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    first, second = hashed(f"{USER}:{REALM}:{PASSWORD}"), hashed(f"{request.method}:{request.path}")
    right = hashed(f"{first}:{nonce}:{told.get('nc')}:{told.get('cnonce')}:auth:{second}")
    return told.get("nonce") == nonce and secrets.compare_digest(told.get("response", "").encode(), right.encode())


def _xml(body: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>{body}', mimetype="application/xml")

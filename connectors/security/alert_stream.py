"""Hikvision's ISAPI: `Event/notification/alertStream`, an answer that never ends, heard for a while.

Parts are found by their element and not by the boundary: pictures between them are passed over, a part that was cut off
is left out. Nothing a device says here is an address, and none is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from connectors.cameras.device_web import DeviceWeb
from connectors.cameras.device_xml import text_at, xml_of
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.security.heard import MOST_EVENTS, Heard, instant_of
from domain.cameras import Fault
from domain.local_time import LOCAL
from domain.security import SecurityKind

PATH = "/ISAPI/Event/notification/alertStream"
LARGEST_PART = 16 * 1024
# A part that was cut off does not swallow the next one.
_PART = re.compile(
    rb"<EventNotificationAlert[\s>](?:(?!<EventNotificationAlert[\s>]).)*?</EventNotificationAlert>", re.DOTALL
)
# Words of eventType; another word is no event of security (heartbeats, traffic, faces) and is passed over.
KINDS: Mapping[str, SecurityKind] = {
    "vmd": SecurityKind.MOTION,
    "motiondetection": SecurityKind.MOTION,
    "pir": SecurityKind.MOTION,
    "tamperdetection": SecurityKind.TAMPER,
    "shelteralarm": SecurityKind.TAMPER,
    "scenechangedetection": SecurityKind.TAMPER,
    "defocus": SecurityKind.TAMPER,
    "videoloss": SecurityKind.VIDEO_LOST,
    "linedetection": SecurityKind.INTRUSION,
    "fielddetection": SecurityKind.INTRUSION,
    "regionentrance": SecurityKind.INTRUSION,
    "group": SecurityKind.GATHERING,
    "groupdetection": SecurityKind.GATHERING,
    "peoplegathering": SecurityKind.GATHERING,
    "violentmotion": SecurityKind.DISORDER,
    "firedetection": SecurityKind.FIRE,
    "smokedetection": SecurityKind.FIRE,
    "diskfull": SecurityKind.STORAGE,
    "diskerror": SecurityKind.STORAGE,
}


def listen_to(web: DeviceWeb) -> list[Heard]:
    """What a recorder says until the deadline of `web`; raises WireTrouble when it does not let us listen."""
    code, said = web.listen(PATH)
    if code in {401, 403}:
        raise WireTrouble(Fault.WRONG_PASSWORD, f"Sai tên hoặc mật khẩu đầu ghi ({code}).")
    if code != 200:
        raise WireTrouble(Fault.REFUSED, f"Đầu ghi không cho nghe sự kiện, báo lỗi {code}.")
    return list(events_in(said))


def events_in(said: bytes) -> Iterator[Heard]:
    """The events of a stream, at most MOST_EVENTS; what cannot be read is left out."""
    found = 0
    for part in _PART.finditer(said):
        if found >= MOST_EVENTS:
            return
        if len(part[0]) > LARGEST_PART:
            continue
        try:
            event = _event(xml_of(part[0]))
        except WireTrouble:
            continue
        if event is not None:
            found += 1
            yield event


def _event(root: Any) -> Heard | None:
    """None for what is no event: inactive (a heartbeat is an inactive videoloss), or of another kind."""
    kind = KINDS.get(text_at(root, "eventType").lower())
    if kind is None or text_at(root, "eventState").lower() != "active":
        return None
    channel = text_at(root, "dynChannelID") or text_at(root, "channelID")
    number = int(channel) if channel.isascii() and channel.isdigit() and len(channel) <= 4 else 0
    return Heard(kind, number, instant_of(text_at(root, "dateTime"), LOCAL))

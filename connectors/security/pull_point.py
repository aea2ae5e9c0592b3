"""ONVIF events: a subscription is created, its messages are pulled for a while, and it is ended again.

Both addresses a device reports here (of its event service, of the subscription) are cut down to their path: host and
port stay those of the inventory. What a subscription wants to hear back is sent as plain text under its own names only.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from connectors.cameras.device_web import DeviceWeb
from connectors.cameras.device_xml import all_named, text_at, xml_of
from connectors.cameras.endpoint import CameraEndpoint, path_of
from connectors.cameras.onvif_clock import PATH as DEVICE_PATH
from connectors.cameras.onvif_clock import token
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.security.heard import MOST_EVENTS, Heard, instant_of
from domain.cameras import Fault
from domain.security import SecurityKind

EVENTS_PATH = "/onvif/event_service"
PULL_FOR = timedelta(seconds=2)
# What the last pull and the end of a subscription may take.
LEFT_OVER = timedelta(seconds=4)
MOST_PULLS = 20
_KIND = "application/soap+xml; charset=utf-8"
_DEVICE = "http://www.onvif.org/ver10/device/wsdl"
_EVENTS = "http://www.onvif.org/ver10/events/wsdl"
_PULL = f"{_EVENTS}/PullPointSubscription/PullMessagesRequest"
_CREATE = f"{_EVENTS}/EventPortType/CreatePullPointSubscriptionRequest"
_END = "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/UnsubscribeRequest"
_ADDRESSING = "http://www.w3.org/2005/08/addressing"
_ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="{addressing}"><s:Header>'
    '<a:Action s:mustUnderstand="1">{action}</a:Action>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>'
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}", re.ASCII)
_SPACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]{1,200}", re.ASCII)
# The end of a topic, in small letters, and what it is.
_TOPICS: tuple[tuple[str, SecurityKind], ...] = (
    ("cellmotiondetector/motion", SecurityKind.MOTION),
    ("motionregiondetector/motion", SecurityKind.MOTION),
    ("videosource/motionalarm", SecurityKind.MOTION),
    ("videoanalytics/motion", SecurityKind.MOTION),
    ("tamperdetector/tamper", SecurityKind.TAMPER),
    ("globalscenechange", SecurityKind.TAMPER),
    ("imagetoodark", SecurityKind.TAMPER),
    ("imagetooblurry", SecurityKind.TAMPER),
    ("signalloss", SecurityKind.VIDEO_LOST),
    ("fielddetector/objectsinside", SecurityKind.INTRUSION),
    ("linedetector/crossed", SecurityKind.INTRUSION),
    ("storagefailure", SecurityKind.STORAGE),
)
# A line that was crossed has no state; all others say by one of these whether it is so now.
_WITHOUT_STATE = frozenset({SecurityKind.INTRUSION})
_TRUE, _FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})


class Subscription:
    """One camera's pull point; every question ends at the deadline of `web`."""

    def __init__(self, web: DeviceWeb, camera: CameraEndpoint, now: datetime) -> None:
        self._web = web
        self._login = camera.login
        self._now, self._began = now, time.monotonic()
        self._path, self._echo = EVENTS_PATH, ""

    def open(self) -> None:
        """Create it; raises WireTrouble."""
        asked = f'<CreatePullPointSubscription xmlns="{_EVENTS}"/>'
        where = self._events_path()
        root = self._ask(where, _CREATE, asked)
        reference = next(all_named(root, "SubscriptionReference"), None)
        if reference is None:
            raise WireTrouble(Fault.BROKEN_ANSWER, "Thiết bị không nêu nơi nhận sự kiện.")
        self._path = path_of(text_at(reference, "Address"), where) or where
        self._echo = "".join(_echoed(reference))

    def pull(self) -> list[Heard]:
        """The messages of the next seconds; raises WireTrouble."""
        wait = f"PT{int(PULL_FOR.total_seconds())}S"
        asked = (
            f'<PullMessages xmlns="{_EVENTS}"><Timeout>{wait}</Timeout><MessageLimit>100</MessageLimit></PullMessages>'
        )
        return list(messages_in(self._ask(self._path, _PULL, asked)))

    def close(self) -> None:
        """End it; raises WireTrouble, which is nobody's concern: it ends by itself."""
        self._ask(self._path, _END, '<Unsubscribe xmlns="http://docs.oasis-open.org/wsn/b-2"/>')

    def _events_path(self) -> str:
        """Where the device says its events are; the usual place when it does not say."""
        wanted = f'<GetCapabilities xmlns="{_DEVICE}"><Category>Events</Category></GetCapabilities>'
        action = f"{_DEVICE}/GetCapabilities"
        root = self._ask(DEVICE_PATH, action, wanted)
        return path_of(text_at(root, "Events", "XAddr"), DEVICE_PATH) or EVENTS_PATH

    def _ask(self, path: str, action: str, body: str) -> Any:
        header = self._echo
        if self._login is not None:
            # A device refuses a token that is a minute old, and a subscription lives longer than that.
            at = self._now + timedelta(seconds=time.monotonic() - self._began)
            header += token(self._login, at)
        said = _ENVELOPE.format(addressing=_ADDRESSING, action=action, header=header, body=body)
        code, content = self._web.ask("POST", path, said.encode(), _KIND)
        if code in {401, 403}:
            raise WireTrouble(Fault.WRONG_PASSWORD, f"Sai tên hoặc mật khẩu ONVIF ({code}).")
        if code != 200:
            raise WireTrouble(Fault.REFUSED, f"ONVIF báo lỗi {code}.")
        return xml_of(content)


def pull_events(web: DeviceWeb, camera: CameraEndpoint, now: datetime) -> list[Heard]:
    """What a camera says until shortly before the deadline of `web`; raises WireTrouble when it cannot be asked."""
    subscription = Subscription(web, camera, now)
    subscription.open()
    found = subscription.pull()
    with suppress(WireTrouble):
        # What was heard stays heard, whatever comes after it.
        for _ in range(MOST_PULLS):
            if web.until - time.monotonic() <= LEFT_OVER.total_seconds() or len(found) >= MOST_EVENTS:
                break
            found += subscription.pull()
        subscription.close()
    return found[:MOST_EVENTS]


def messages_in(root: Any) -> Iterator[Heard]:
    """The events among the messages of one answer, at most MOST_EVENTS."""
    for number, message in enumerate(all_named(root, "NotificationMessage")):
        if number >= MOST_EVENTS:
            return
        event = _event(message)
        if event is not None:
            yield event


def _event(message: Any) -> Heard | None:
    topic = re.sub(r"\w+:", "", text_at(message, "Topic")).lower()
    kind = next((kind for end, kind in _TOPICS if end in topic), None)
    inner = next((each for each in all_named(message, "Message") if each.get("UtcTime")), None)
    if kind is None or inner is None:
        return None
    if inner.get("PropertyOperation", "").lower() == "deleted":
        return None
    states = [value in _TRUE for name, value in _values(inner).items() if not name.endswith("id")]
    if not (any(states) if states else kind in _WITHOUT_STATE):
        return None
    return Heard(kind, 0, instant_of(inner.get("UtcTime")[:64], UTC))


def _values(message: Any) -> Mapping[str, str]:
    """What the data of a message says by yes or no, by its name in small letters."""
    data = next(all_named(message, "Data"), None)
    items = [] if data is None else list(all_named(data, "SimpleItem"))[:20]
    told = {str(item.get("Name", "")).lower(): str(item.get("Value", "")).lower() for item in items}
    return {name: value for name, value in told.items() if value in _TRUE | _FALSE}


def _echoed(reference: Any) -> Iterator[str]:
    """The reference parameters of a subscription, made anew from their names and texts."""
    parameters = next(all_named(reference, "ReferenceParameters"), None)
    children = [] if parameters is None else [each for each in parameters if isinstance(each.tag, str)]
    for child in children[:4]:
        space, _, name = child.tag.rpartition("}")
        space, text = space.lstrip("{"), (child.text or "").strip()
        if len(child) or len(text) > 256 or not _NAME.fullmatch(name) or not (_SPACE.fullmatch(space) or not space):
            continue
        yield f'<{name} xmlns={quoteattr(space)} a:IsReferenceParameter="true">{escape(text)}</{name}>'

"""One message of CAP 1.2 (or 1.1), read from XML of anybody: what it says, or why it cannot be used.

Its digital signature, if it has one, is not checked: over a feed the line is trusted, a push is signed by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from lxml import etree

from connectors.city_alerts.cleaning import (
    AlertRefused,
    checked,
    circle_of,
    instant_of,
    point_of,
    required_words,
    ring_of,
    words_of,
)
from connectors.safe_xml import XmlRefused, root_of
from domain.city_alerts import (
    AlertArea,
    AlertMessage,
    AlertSeverity,
    AlertText,
    kind_of,
    worst_severity,
)

NAMESPACES = ("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1")
MESSAGES = {"Alert": AlertMessage.ALERT, "Update": AlertMessage.UPDATE, "Cancel": AlertMessage.CANCEL}
# Receipts and faults of systems among themselves warn of nothing.
NO_WARNING = frozenset({"Ack", "Error"})
SEVERITIES = {severity.value.capitalize(): severity for severity in AlertSeverity}
# A message said to be unlikely is one nobody has to act on.
DOUBTED = frozenset({"Unlikely"})
Picked = TypeVar("Picked")


def alert_of_cap(body: bytes, now: datetime) -> AlertText | None:
    """The warning a message speaks of; None where it warns of nothing. Raises AlertRefused.

    Of several `info` those in Vietnamese are read, else those in the language of the first; together they are as severe
    as the worst, hold from the earliest to the latest, and where any of them does.
    """
    try:
        root = root_of(body)
    except XmlRefused as refused:
        raise AlertRefused("alert", f"Nội dung gửi là {refused}") from refused
    tag = etree.QName(root)
    if tag.localname != "alert" or tag.namespace not in NAMESPACES:
        raise AlertRefused("alert", "Không phải bản tin CAP 1.2.", tag.localname)
    kind = _one(root, "msgType")
    if kind in NO_WARNING:
        return None
    if kind not in MESSAGES:
        raise AlertRefused("msgType", "Loại bản tin không có trong CAP.", kind)
    infos = _in_one_language(list(_all(root, "info")))
    sender = required_words(_one(root, "sender"), "sender")
    sent_at = instant_of(_one(root, "sent"), "sent")
    if sent_at is None:
        raise AlertRefused("sent", "Thiếu thời điểm phát.")
    text = AlertText(
        sender=sender,
        identifier=required_words(_one(root, "identifier"), "identifier"),
        sent_at=sent_at,
        message=MESSAGES[kind],
        kind=kind_of(_values(infos, "category"), " ".join(_values(infos, "event"))),
        severity=_severity(infos),
        headline=_headline(infos, kind),
        description=words_of(" ".join(_values(infos, "description"))),
        instruction=words_of(" ".join(_values(infos, "instruction"))),
        onset_at=_picked(min, infos, "onset"),
        expires_at=_picked(max, infos, "expires"),
        areas=tuple(_area(area) for info in infos for area in _all(info, "area")),
        replaces=tuple(_references(_one(root, "references"))),
        is_exercise=_one(root, "status") != "Actual",
        is_past=bool(infos) and all(_one(info, "urgency") == "Past" for info in infos),
    )
    return checked(text, now)


def _in_one_language(infos: list[Any]) -> list[Any]:
    def language(info: Any) -> str:
        return (_one(info, "language") or "en-US").lower()

    ours = [info for info in infos if language(info).startswith("vi")]
    return ours or [info for info in infos if language(info) == language(infos[0])]


def _severity(infos: list[Any]) -> AlertSeverity:
    """The worst of what is not doubted; all doubted is minor at most."""
    believed = [info for info in infos if _one(info, "certainty") not in DOUBTED]
    found = worst_severity(SEVERITIES.get(_one(info, "severity"), AlertSeverity.UNKNOWN) for info in believed)
    return AlertSeverity.MINOR if infos and not believed else found


def _headline(infos: list[Any], kind: str) -> str:
    said = [*_values(infos, "headline"), *_values(infos, "event")]
    if not said and kind == "Alert":
        raise AlertRefused("event", "Bản tin không nói cảnh báo gì.")
    return words_of(said[0] if said else "", 200)


def _picked(choose: Callable[[list[datetime]], datetime], infos: list[Any], name: str) -> datetime | None:
    """The earliest or latest instant; None as soon as one of them leaves it open."""
    found = [instant_of(_one(info, name), name) for info in infos]
    said = [each for each in found if each is not None]
    return choose(said) if said and len(said) == len(found) else None


def _area(area: Any) -> AlertArea:
    words = words_of(_one(area, "areaDesc"), 200)
    rings = tuple(ring_of([_pair(pair) for pair in (each.text or "").split()]) for each in _all(area, "polygon"))
    circles = tuple(_circle(each.text or "") for each in _all(area, "circle"))
    codes = tuple(words_of(_one(code, "value"), 64) for code in _all(area, "geocode"))
    return AlertArea(words, rings, circles, tuple(code for code in codes if code))


def _circle(said: str) -> Any:
    middle, _, radius = " ".join(said.split()).partition(" ")
    return circle_of(_pair(middle), radius)


def _pair(said: str) -> Any:
    latitude, _, longitude = said.partition(",")
    return point_of(latitude, longitude)


def _references(said: str) -> Iterator[tuple[str, str]]:
    """`sender,identifier,sent` of each, apart by blanks."""
    for one in said.split():
        parts = one.split(",")
        if len(parts) == 3:
            yield words_of(parts[0], 200), words_of(parts[1], 200)


def _values(infos: list[Any], name: str) -> list[str]:
    found = [words_of(each.text) for info in infos for each in _all(info, name)]
    return list(dict.fromkeys(words for words in found if words))


def _all(parent: Any, name: str) -> Iterator[Any]:
    yield from parent.iterchildren(f"{{{etree.QName(parent).namespace}}}{name}")


def _one(parent: Any, name: str) -> str:
    found = next(_all(parent, name), None)
    return "" if found is None else " ".join((found.text or "").split())

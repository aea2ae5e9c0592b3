"""A plain list of warnings as a registered system pushes it: JSON for who does not speak CAP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connectors.base import RefusedRecord
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
from connectors.pushed_list import pushed_list
from domain.city_alerts import AlertArea, AlertKind, AlertMessage, AlertSeverity, AlertText

MOST_PUSHED = 200


@dataclass(slots=True)
class ParsedAlerts:
    """What a push said: the messages that can be used, and those that cannot with their reason."""

    alerts: list[AlertText] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)


def parse_pushed_alerts(body: bytes, sender: str, now: datetime) -> ParsedAlerts:
    """The messages of a body `{"alerts": [{…}]}`; an empty list says that the sender lives. Raises PushUnreadable.

    Each has id, sent_at, kind, severity, headline; and may have type (alert, update, cancel), description, instruction,
    onset_at, expires_at, replaces (ids), areas ({name, polygon: [[latitude, longitude], …], circle: {latitude,
    longitude, radius_km}, codes}) and exercise. Instants carry their zone.
    """
    parsed = ParsedAlerts()
    for number, said in enumerate(pushed_list(body, "alerts", MOST_PUSHED), start=1):
        try:
            parsed.alerts.append(_alert(said, sender, now))
        except AlertRefused as refused:
            reference = words_of(said.get("id"), 64) or f"mục {number}"
            parsed.refused.append(RefusedRecord(reference, refused.field, refused.value, str(refused)))
    return parsed


def _alert(said: Mapping[str, Any], sender: str, now: datetime) -> AlertText:
    sent_at = instant_of(said.get("sent_at"), "sent_at")
    if sent_at is None:
        raise AlertRefused("sent_at", "Thiếu thời điểm phát.")
    message = _chosen(AlertMessage, said.get("type", "alert"), "type")
    is_cancel = message is AlertMessage.CANCEL
    text = AlertText(
        sender=sender,
        identifier=required_words(said.get("id"), "id"),
        sent_at=sent_at,
        message=message,
        kind=_chosen(AlertKind, said.get("kind", "other" if is_cancel else None), "kind"),
        severity=_chosen(AlertSeverity, said.get("severity", "unknown" if is_cancel else None), "severity"),
        headline=words_of(said.get("headline"), 200) if is_cancel else required_words(said.get("headline"), "headline"),
        description=words_of(said.get("description")),
        instruction=words_of(said.get("instruction")),
        onset_at=instant_of(said.get("onset_at"), "onset_at"),
        expires_at=instant_of(said.get("expires_at"), "expires_at"),
        areas=tuple(_area(area) for area in _listed(said, "areas")),
        replaces=tuple((sender, words_of(each, 200)) for each in _listed(said, "replaces")),
        is_exercise=_flag(said, "exercise"),
    )
    return checked(text, now)


def _area(said: Any) -> AlertArea:
    area = said if isinstance(said, dict) else {}
    rings = [ring_of([_pair(point) for point in _listed(area, "polygon")])] if area.get("polygon") else []
    circle = area.get("circle")
    circles = []
    if isinstance(circle, dict):
        middle = point_of(circle.get("latitude"), circle.get("longitude"))
        circles.append(circle_of(middle, circle.get("radius_km")))
    codes = tuple(words_of(code, 64) for code in _listed(area, "codes"))
    return AlertArea(
        words_of(area.get("name"), 200), tuple(rings), tuple(circles), tuple(code for code in codes if code)
    )


def _pair(said: Any) -> Any:
    if not isinstance(said, list) or len(said) != 2:
        raise AlertRefused("polygon", "Mỗi đỉnh là [vĩ độ, kinh độ].", words_of(str(said), 60))
    return point_of(*said)


def _listed(said: Mapping[str, Any], name: str) -> list[Any]:
    found = said.get(name, [])
    if not isinstance(found, list):
        raise AlertRefused(name, "Phải là một danh sách.", words_of(str(found), 60))
    return found


def _flag(said: Mapping[str, Any], name: str) -> bool:
    found = said.get(name, False)
    if not isinstance(found, bool):
        raise AlertRefused(name, "Phải là true hoặc false.", words_of(str(found), 60))
    return found


def _chosen(words: Any, said: object, name: str) -> Any:
    """One of the words of a list; raises AlertRefused naming them."""
    try:
        return words(said)
    except ValueError as error:
        known = ", ".join(word.value for word in words)
        raise AlertRefused(name, f"Phải là một trong: {known}.", words_of(said, 60)) from error

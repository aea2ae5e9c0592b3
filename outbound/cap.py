"""Severe alarms as CAP 1.2 (OASIS): every change of state is a message of its own that names those before it.

Only words of the catalogue are in it. Times carry +07:00, because the schema refuses 'Z'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from domain.alarms import PRIORITY_NAMES, STATE_NAMES, AlarmState, Priority
from domain.freshness import FRESHNESS_NAMES, Freshness
from domain.local_time import local
from outbound.rest_feed import CLOSED, PRIORITIES

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
CAP_TYPE, ATOM_TYPE = "application/cap+xml", "application/atom+xml"
# Which alarms leave as CAP: those to act on within minutes, and within the shift.
SEVERE = {PRIORITIES[Priority.URGENT], PRIORITIES[Priority.HIGH]}
URGENCY = {"urgent": "Immediate", "high": "Expected"}
SEVERITY = {"urgent": "Severe", "high": "Moderate"}
# Beginnings of rules, the first that fits; what fits none is Other.
CATEGORIES = (
    ("security_fire", "Fire"),
    ("security_", "Security"),
    ("delegation", "Security"),
    ("camera_", "Infra"),
    ("terminal_", "Infra"),
    ("software_", "Infra"),
    ("source_", "Infra"),
    ("screen_", "Infra"),
)
RESTRICTION = "Chỉ dùng trong Trung tâm IOC, không công bố"
NEWEST = 200


@dataclass(frozen=True, slots=True)
class Sender:
    """Who says it: `id` without blanks and commas, as CAP asks; `is_sample` makes every message a test."""

    id: str
    name: str
    units: Mapping[str, str]
    is_sample: bool


def severe(alarms: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored alarms that leave as CAP, those that changed last first."""
    found = [alarm for alarm in alarms if alarm["priority"] in SEVERE]
    return sorted(found, key=lambda alarm: (alarm["changed_at"], alarm["id"]), reverse=True)


def message_of(alarms: Sequence[dict[str, Any]], name: str) -> tuple[dict[str, Any], int] | None:
    """The severe alarm and the number of the message that a name stands for: 'ID.3', or 'ID' for its last one."""
    for alarm in severe(alarms):
        last = len(alarm["steps"]) - 1
        numbers = {alarm["id"]: last, **{identifier(alarm, number): number for number in range(last + 1)}}
        if name in numbers:
            return alarm, numbers[name]
    return None


def identifier(alarm: Mapping[str, Any], number: int) -> str:
    """The name of one message."""
    return f"{alarm['id']}.{number}"


def alert(alarm: Mapping[str, Any], number: int, told: Mapping[str, Any], sender: Sender) -> bytes:
    """One message; `told` is how old the alarm's source is now (quality, as_of)."""
    step = alarm["steps"][number]
    root = etree.Element(f"{{{CAP}}}alert", nsmap={None: CAP})  # type: ignore[dict-item]
    _add(root, "identifier", identifier(alarm, number))
    _add(root, "sender", sender.id)
    _add(root, "sent", hue_time(step["at"]))
    _add(root, "status", "Test" if sender.is_sample else "Actual")
    _add(root, "msgType", message_type(alarm, number))
    _add(root, "scope", "Restricted")
    _add(root, "restriction", RESTRICTION)
    if sender.is_sample:
        _add(root, "note", "Dữ liệu mẫu")
    if number:
        before = range(number)
        _add(root, "references", " ".join(_reference(alarm, each, sender) for each in before))
    _add(root, "incidents", alarm["id"])
    _info(root, alarm, step["state"], told, sender)
    return _written(root)


def atom(alarms: Sequence[dict[str, Any]], sender: Sender, address: str, drawn_at: str | None) -> bytes:
    """The feed of the last message of every severe alarm; `address` is that of /api/v1, `drawn_at` for an empty one."""
    shown = severe(alarms)[:NEWEST]
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    _add(root, "id", f"urn:{sender.id}:cap")
    _add(root, "title", f"Cảnh báo · {sender.name}" + (" · Dữ liệu mẫu" if sender.is_sample else ""))
    _add(root, "updated", hue_time(shown[0]["changed_at"] if shown else drawn_at or "1970-01-01T00:00:00+00:00"))
    _add(_add(root, "author"), "name", sender.name)
    _add(root, "link", rel="self", href=f"{address}/cap.atom", type=ATOM_TYPE)
    for alarm in shown:
        entry = _add(root, "entry")
        last = len(alarm["steps"]) - 1
        _add(entry, "id", f"urn:{sender.id}:cap:{alarm['id']}")
        _add(entry, "title", headline(alarm, sender))
        _add(entry, "updated", hue_time(alarm["changed_at"]))
        _add(entry, "published", hue_time(alarm["opened_at"]))
        _add(entry, "category", term=message_type(alarm, last))
        _add(entry, "link", rel="alternate", href=f"{address}/cap/{identifier(alarm, last)}.xml", type=CAP_TYPE)
        _add(entry, "summary", f"{state_name(alarm['state'])}, mức {priority_name(alarm['priority']).lower()}")
    return _written(root)


def message_type(alarm: Mapping[str, Any], number: int) -> str:
    """Alert for the first, Cancel for the end, Update for what lies between."""
    if alarm["steps"][number]["state"] == CLOSED:
        return "Cancel"
    return "Update" if number else "Alert"


def headline(alarm: Mapping[str, Any], sender: Sender) -> str:
    """Kind and unit, both of the catalogue."""
    return f"{alarm['kind_name']} · {sender.units.get(alarm['unit'], alarm['unit'])}"


def category(rule: str) -> str:
    """The category of CAP for a rule."""
    return next((found for start, found in CATEGORIES if rule.startswith(start)), "Other")


def state_name(state: str) -> str:
    """The Vietnamese word of a state as the feed writes it."""
    return STATE_NAMES[AlarmState.NORMAL if state == CLOSED else AlarmState(state)]


def priority_name(priority: str) -> str:
    """The Vietnamese word of a priority as the feed writes it."""
    return next(PRIORITY_NAMES[each] for each, word in PRIORITIES.items() if word == priority)


def _info(root: etree._Element, alarm: Mapping[str, Any], state: str, told: Mapping[str, Any], sender: Sender) -> None:
    info = _add(root, "info")
    is_fresh = told["quality"] in {Freshness.LIVE.value, Freshness.LATE.value}
    words = f"{state_name(state)}, mức {priority_name(alarm['priority']).lower()}"
    age = FRESHNESS_NAMES[Freshness(told["quality"])]
    _add(info, "language", "vi-VN")
    _add(info, "category", category(alarm["kind"]))
    _add(info, "event", alarm["kind_name"])
    _add(info, "urgency", "Past" if state == CLOSED else URGENCY[alarm["priority"]])
    _add(info, "severity", SEVERITY[alarm["priority"]])
    _add(info, "certainty", "Observed" if is_fresh else "Unknown")
    _pair(info, "eventCode", "thads:rule", alarm["kind"])
    _add(info, "onset", hue_time(alarm["opened_at"]))
    _add(info, "senderName", sender.name)
    _add(info, "headline", headline(alarm, sender))
    _add(info, "description", f"{words}. Nguồn {told['source']['title']}: {age}.")
    _pair(info, "parameter", "thads:quality", told["quality"])
    if told["as_of"]:
        _pair(info, "parameter", "thads:as_of", hue_time(told["as_of"]))
    area = _add(info, "area")
    _add(area, "areaDesc", sender.units.get(alarm["unit"], alarm["unit"]))
    _pair(area, "geocode", "thads:unit", alarm["unit"])


def hue_time(at: str) -> str:
    """An instant to the second with its zone written as +07:00."""
    return local(datetime.fromisoformat(at)).isoformat(timespec="seconds")


def _reference(alarm: Mapping[str, Any], number: int, sender: Sender) -> str:
    return f"{sender.id},{identifier(alarm, number)},{hue_time(alarm['steps'][number]['at'])}"


def _pair(parent: etree._Element, name: str, value_name: str, value: str) -> None:
    found = _add(parent, name)
    _add(found, "valueName", value_name)
    _add(found, "value", value)


def _add(parent: etree._Element, name: str, words: str | None = None, **attributes: str) -> etree._Element:
    found = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)
    found.text = words
    return found


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

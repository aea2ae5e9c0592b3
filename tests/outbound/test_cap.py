"""CAP 1.2: the order, words and times the OASIS schema asks for, and messages that name those before them.

The schema itself is "all rights reserved" and not shipped; tests/peers holds the same messages against it.
"""

from __future__ import annotations

import re

import pytest
from cap_support import LIFE, NOW, SENDER, TOLD, an_alarm
from lxml import etree

from domain.alarms import Priority
from outbound.cap import ATOM, CAP, Sender, alert, atom, message_of

SENT = re.compile(r"\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")
# The sequences of the schema, and its enumerations for what we write.
ORDER = {
    "alert": "identifier sender sent status msgType source scope restriction addresses code note references incidents "
    "info",
    "info": "language category event responseType urgency severity certainty audience eventCode effective onset "
    "expires senderName headline description instruction web contact parameter resource area",
    "area": "areaDesc polygon circle geocode altitude ceiling",
    "geocode": "valueName value",
    "eventCode": "valueName value",
    "parameter": "valueName value",
}
WORDS = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {"Fire", "Security", "Infra", "Other"},
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}
REQUIRED = {
    "alert": {"identifier", "sender", "sent", "status", "msgType", "scope"},
    "info": {"category", "event", "urgency", "severity", "certainty"},
    "area": {"areaDesc"},
}


def names_of(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def check(element: etree._Element) -> None:
    """What the schema would: names in their order, required ones there, enumerations, times."""
    name = etree.QName(element).localname
    assert etree.QName(element).namespace == CAP
    if name in ORDER:
        order, found = ORDER[name].split(), names_of(element)
        assert found == sorted(found, key=order.index)
        assert REQUIRED.get(name, set()) <= set(found)
        repeated = {"info", "category", "eventCode", "parameter", "area", "geocode"}
        assert all(found.count(each) == 1 for each in set(found) - repeated)
    if name in WORDS:
        assert element.text in WORDS[name]
    if name in {"sent", "onset", "effective", "expires"}:
        assert element.text and SENT.fullmatch(element.text)
    if name in {"identifier", "sender"}:
        assert element.text and not re.search(r"[\s,<&]", element.text)
    for child in element:
        check(child)


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("rule", ["security_fire", "delegation", "camera_site", "report_urgent", "clocks_overdue"])
def test_every_message_has_the_shape_the_schema_asks_for(rule: str, number: int) -> None:
    check(etree.fromstring(alert(an_alarm(*LIFE, rule=rule), number, TOLD, SENDER)))


def test_a_life_is_an_alert_updates_and_a_cancel_each_naming_those_before() -> None:
    alarm, told = an_alarm(*LIFE), []
    for number in range(3):
        root = etree.fromstring(alert(alarm, number, TOLD, SENDER))
        told.append(
            {name: root.findtext(f"{{{CAP}}}{name}") for name in ("identifier", "sent", "msgType", "references")}
        )
        told[-1]["urgency"] = root.findtext(f".//{{{CAP}}}urgency")
    assert [one["msgType"] for one in told] == ["Alert", "Update", "Cancel"]
    assert [one["urgency"] for one in told] == ["Immediate", "Immediate", "Past"]
    assert told[0]["sent"] == "2026-11-23T09:40:07+07:00" and told[0]["references"] is None
    earlier = [f"thads-hue,{one['identifier']},{one['sent']}" for one in told]
    assert told[1]["references"] == earlier[0] and told[2]["references"] == " ".join(earlier[:2])


def test_what_an_old_source_says_was_not_observed_now_and_a_sample_is_a_test() -> None:
    alarm, lost = an_alarm(LIFE[0]), {**TOLD, "quality": "lost", "as_of": None}
    root = etree.fromstring(alert(alarm, 0, lost, Sender("thads-hue", "THADS", {}, is_sample=True)))
    assert root.findtext(f".//{{{CAP}}}certainty") == "Unknown"
    assert (root.findtext(f"{{{CAP}}}status"), root.findtext(f"{{{CAP}}}note")) == ("Test", "Dữ liệu mẫu")


def test_the_feed_holds_the_last_message_of_severe_alarms_only() -> None:
    ordinary = an_alarm(LIFE[0], priority=Priority.ORDINARY)
    alarms = [an_alarm(*LIFE), ordinary]
    root = etree.fromstring(atom(alarms, SENDER, "https://thads.example/api/v1", None))
    (link,) = root.findall(f"{{{ATOM}}}entry/{{{ATOM}}}link")
    assert link.get("href") == "https://thads.example/api/v1/cap/A-1.2.xml"
    assert root.findtext(f"{{{ATOM}}}updated") == "2026-11-23T09:42:07+07:00"
    found = message_of(alarms, "A-1.2")
    assert found == message_of(alarms, "A-1") == (alarms[0], 2)
    assert message_of([ordinary], "A-1") is None and message_of(alarms, "A-1.3") is None
    empty = etree.fromstring(atom([], SENDER, "https://thads.example/api/v1", NOW.isoformat()))
    assert empty.findtext(f"{{{ATOM}}}updated") == "2026-11-23T09:40:07+07:00"

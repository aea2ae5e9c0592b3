"""CAP of anybody: what a message says, and why one is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cap_support import LIFE, SENDER, TOLD, an_alarm
from city_alert_support import LAGOON, NOW, a_message, info
from hypothesis import given
from hypothesis import strategies as st

from connectors.city_alerts import AlertRefused, alert_of_cap
from domain.city_alerts import AlertKind, AlertMessage, AlertSeverity
from outbound.cap import alert


def test_a_message_is_read_whole() -> None:
    body = a_message(
        info(onset="2026-11-23T10:00:00+07:00", description="Nước  lên\nnhanh", instruction="Không đi qua"),
        msgType="Update",
        references="ioc@example,A-0,2026-11-23T08:00:00+07:00 ioc@example,B-0,2026-11-23T08:00:00+07:00",
    )
    said = alert_of_cap(body, NOW)
    assert said is not None
    assert (said.key, said.message, said.kind, said.severity) == (
        ("ioc@example", "A-1"),
        AlertMessage.UPDATE,
        AlertKind.FLOOD,
        AlertSeverity.SEVERE,
    )
    assert said.sent_at == datetime(2026, 11, 23, 2, 20, tzinfo=UTC) and said.onset_at == NOW + timedelta(minutes=20)
    assert said.replaces == (("ioc@example", "A-0"), ("ioc@example", "B-0"))
    assert (said.description, said.instruction) == ("Nước lên nhanh", "Không đi qua")
    (area,) = said.areas
    assert area.words == "Ven phá" and len(area.rings[0]) == len(LAGOON.split()) and not said.is_exercise


def test_of_several_languages_ours_is_read_and_of_several_parts_the_worst() -> None:
    english = info(language="en-US", headline="Flood", severity="Extreme")
    mild = info(
        severity="Minor", headline="Mưa", expires="2026-11-23T20:00:00+07:00", area="<areaDesc>A Lưới</areaDesc>"
    )
    said = alert_of_cap(a_message(english, info(), mild), NOW)
    assert said is not None and said.severity is AlertSeverity.SEVERE and said.headline == "Ngập trên 50 cm"
    assert said.expires_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert [area.words for area in said.areas] == ["Ven phá", "A Lưới"]
    only_english = alert_of_cap(a_message(english), NOW)
    assert only_english is not None and only_english.headline == "Flood"
    open_end = alert_of_cap(a_message(info(), info(expires="")), NOW)
    assert open_end is not None and open_end.expires_at is None, "one part that says no end has none"


def test_what_is_doubted_is_minor_and_what_is_past_says_so() -> None:
    doubted = alert_of_cap(a_message(info(certainty="Unlikely", severity="Extreme")), NOW)
    past = alert_of_cap(a_message(info(urgency="Past")), NOW)
    drill = alert_of_cap(a_message(status="Exercise"), NOW)
    assert doubted is not None and doubted.severity is AlertSeverity.MINOR
    assert past is not None and past.is_past
    assert drill is not None and drill.is_exercise
    assert alert_of_cap(a_message(msgType="Ack"), NOW) is None


def test_a_cancelling_message_needs_no_words() -> None:
    bare = a_message("<info/>", msgType="Cancel", references=f"ioc@example,A-0,{NOW.isoformat()}")
    said = alert_of_cap(bare.replace(b"<info/>", b""), NOW)
    assert said is not None and said.message is AlertMessage.CANCEL and said.headline == ""


MANY = "<areaDesc>x</areaDesc><polygon>" + "16.5,107.6 " * 5_001 + "16,107 17,108</polygon>"
CIRCLE = "<areaDesc>Đập</areaDesc><circle>16.4,107.6 {}</circle>"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"not xml", "alert"),
        (b"<!DOCTYPE alert [<!ENTITY x 'y'>]><alert/>", "alert"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "alert"),
        (b"<alert/>", "alert"),
        (a_message(msgType="Alarm"), "msgType"),
        (a_message(identifier=""), "identifier"),
        (a_message(sender="x" * 201), "sender"),
        (a_message(sent=""), "sent"),
        (a_message(sent="hôm nay"), "sent"),
        (a_message(sent="2026-11-23T09:20:00"), "sent"),
        (a_message(sent="2026-11-23T09:51:00+07:00"), "sent"),
        (a_message(sent="2014-11-23T09:20:00+07:00"), "sent"),
        (a_message(info(headline="", event="")), "event"),
        (a_message(info(expires="2026-11-23T09:00:00+07:00")), "expires"),
        (a_message(info(expires="2027-11-23T09:00:00+07:00")), "expires"),
        (a_message(info(onset="0001-11-23T09:00:00+07:00")), "onset"),
        (a_message(info(area="<areaDesc>x</areaDesc><polygon>16.5,107.6 16.4,107.7</polygon>")), "area"),
        (a_message(info(area="<areaDesc>x</areaDesc><polygon>95,107 16,107 17,108</polygon>")), "area"),
        (a_message(info(area="<areaDesc>x</areaDesc><polygon>16,nan 16,107 17,108</polygon>")), "area"),
        (a_message(info(area=CIRCLE.format("-1"))), "area"),
        (a_message(info(area=CIRCLE.format("20000"))), "area"),
        (a_message(info(area=CIRCLE.format("rộng"))), "area"),
        (a_message(info(area=MANY)), "area"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_which_part_and_why(body: bytes, field: str) -> None:
    with pytest.raises(AlertRefused) as refused:
        alert_of_cap(body, NOW)
    assert refused.value.field == field and str(refused.value)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """As a body, and as the texts of a message."""
    text = "".join(letter for letter in body.decode("latin-1") if letter.isprintable())
    for sent in (body, a_message(identifier=text), a_message(sent=text), a_message(info(area=CIRCLE.format(text)))):
        try:
            alert_of_cap(sent, NOW)
        except AlertRefused as refused:
            assert str(refused)


def test_our_own_messages_are_read_back() -> None:
    """What leaves this house as CAP comes in as CAP: two of these centres could stand beside each other."""
    for number in range(3):
        body = alert(an_alarm(*LIFE), number, TOLD, SENDER)
        said = alert_of_cap(body, NOW + timedelta(hours=1))
        assert said is not None and said.sender == "thads-hue" and said.kind is AlertKind.FIRE
        assert len(said.replaces) == number and said.is_past == (number == 2)
        assert said.areas[0].codes == ("PHUVANG",)

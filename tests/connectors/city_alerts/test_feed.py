"""A feed of CAP over HTTP: each message is read once, a feed of another kind is trouble, nobody is led elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from city_alert_support import NOW, a_message
from flask import Request
from web_source_support import Answer, answering

from connectors.base import Fetched, SourceUnavailable
from connectors.city_alerts import CapFeed
from connectors.city_alerts.feed import ELSEWHERE
from connectors.web_reader import WebReader
from domain.city_alerts import AlertText

RSS = "<rss version='2.0'><channel>{}</channel></rss>"
ITEM = "<item><link>{}</link><pubDate>Mon, 23 Nov 2026 09:20:00 +0700</pubDate></item>"


class City:
    """What the server says: the links of its feed, each with when it changed, and the messages behind them."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []
        self.bodies: dict[str, bytes] = {}
        self.feed: bytes | None = None

    def say(self, name: str, body: bytes | None = None, updated: str = "2026-11-23T09:20:00+07:00") -> None:
        self.entries.append((f"/{name}.xml", updated))
        self.bodies[f"/{name}.xml"] = body or a_message(identifier=name)

    def __call__(self, request: Request) -> Answer:
        if request.path != "/cap.atom":
            body = self.bodies.get(request.path)
            return (b"gone", 404) if body is None else body
        if self.feed is not None:
            return self.feed
        entries = "".join(
            f"<entry><updated>{updated}</updated><link rel='self' href='/no'/>"
            f"<link type='application/cap+xml' href='{link}'/></entry>"
            for link, updated in self.entries
        )
        return f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode()


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def served(city: City) -> Iterator[tuple[str, list[str]]]:
    with answering(city) as found:
        yield found


def fetched(served: tuple[str, list[str]], watermark: str = "") -> Fetched[AlertText]:
    return CapFeed(f"{served[0]}/cap.atom", WebReader).fetch(watermark, [], NOW)


def names(found: Fetched[AlertText]) -> list[str]:
    return [one.identifier for one in found.records]


def test_each_message_is_read_once_and_again_when_it_changes(city: City, served: tuple[str, list[str]]) -> None:
    city.say("A")
    city.say("B")
    first = fetched(served)
    assert names(first) == ["A", "B"] and first.newest_at == NOW - timedelta(minutes=20)
    del served[1][:]
    second = fetched(served, first.watermark)
    assert names(second) == [] and served[1] == ["/cap.atom?"]
    city.entries[0] = (city.entries[0][0], "2026-11-23T09:30:00+07:00")
    assert names(fetched(served, second.watermark)) == ["A"]


def test_more_than_one_turn_can_read_are_read_on_at_the_next(city: City, served: tuple[str, list[str]]) -> None:
    for number in range(45):
        city.say(f"M{number}")
    first = fetched(served)
    second = fetched(served, first.watermark)
    assert len(first.records) == 40 and names(second) == [f"M{number}" for number in range(40, 45)]
    assert names(fetched(served, second.watermark)) == []


def test_a_message_that_is_gone_broken_or_elsewhere_is_refused_and_the_others_stand(
    city: City, served: tuple[str, list[str]]
) -> None:
    city.say("good")
    city.say("broken", b"<alert")
    city.say("gone")
    del city.bodies["/gone.xml"]
    city.entries.append(("http://another.example/x.xml", ""))
    found = fetched(served)
    assert names(found) == ["good"]
    assert sorted(record.field for record in found.refused) == ["alert", "link", "link"]
    assert any("máy chủ khác" in record.reason for record in found.refused)
    assert fetched(served, found.watermark).refused == (), "each is said once"


def test_rss_and_a_single_message_are_read_too(city: City, served: tuple[str, list[str]]) -> None:
    city.say("A")
    city.feed = RSS.format(ITEM.format(f"{served[0]}/A.xml")).encode()
    assert names(fetched(served)) == ["A"]
    city.feed = a_message(identifier="alone")
    assert names(fetched(served)) == ["alone"]


@pytest.mark.parametrize("body", [b"{}", b"<html></html>", b"<alerts/>", b"<!DOCTYPE feed><feed/>"])
def test_anything_else_is_trouble_of_the_source(body: bytes, city: City, served: tuple[str, list[str]]) -> None:
    city.feed = body
    with pytest.raises(SourceUnavailable):
        fetched(served)


@pytest.mark.parametrize("watermark", ["", "no json", "{}", "[1, null]"])
def test_a_watermark_nobody_can_read_begins_anew(watermark: str, city: City, served: tuple[str, list[str]]) -> None:
    city.say("A")
    assert names(fetched(served, watermark)) == ["A"]


def test_one_message_that_cannot_be_had_holds_up_no_other_and_is_asked_for_again(
    city: City, served: tuple[str, list[str]]
) -> None:
    city.say("A")
    city.say("broken", b"<html>login</html>")
    city.say("B")
    city.entries += [("http://[x", ""), ("https://a\u2100b/", "")]
    first = fetched(served)
    assert names(first) == ["A", "B"] and "chưa đọc được" in first.message
    assert [record.reason for record in first.refused] == [ELSEWHERE, ELSEWHERE]
    city.bodies["/broken.xml"] = a_message(identifier="mended")
    second = fetched(served, first.watermark)
    assert names(second) == ["mended"] and second.refused == () and second.message == ""


def test_a_feed_none_of_whose_messages_can_be_had_is_unavailable(city: City, served: tuple[str, list[str]]) -> None:
    city.say("broken", b"<html>login</html>")
    with pytest.raises(SourceUnavailable):
        fetched(served)


def test_an_address_with_a_question_in_it_is_asked_as_it_stands(city: City, served: tuple[str, list[str]]) -> None:
    city.say("A")
    city.entries[0] = ("/A.xml?id=1", "")
    fetched(served)
    assert "/A.xml?id=1" in served[1]

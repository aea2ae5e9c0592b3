"""A feed of CAP: Atom or RSS that leads to the messages, or one message by itself; each is read once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from connectors.base import Fetched, RefusedRecord, SourceUnavailable
from connectors.city_alerts.cap import NAMESPACES, alert_of_cap
from connectors.city_alerts.cleaning import AlertRefused, words_of
from connectors.safe_xml import XmlRefused, root_of
from connectors.web_reader import NotThere, WebReader
from domain.city_alerts import AlertText

ATOM = "{http://www.w3.org/2005/Atom}"
CAP_TYPE = "application/cap+xml"
# Messages read in one turn; a feed with more is read on at the next ones, newest first.
MOST_AT_ONCE = 40
MOST_LISTED = 500
ELSEWHERE = "Bản tin nằm ở máy chủ khác với nguồn: không đọc."


class CapFeed:
    """The connector of one feed."""

    name = "city_alerts"

    def __init__(self, address: str, reader: Callable[[], WebReader]) -> None:
        self._address = address
        self._reader = reader

    def fetch(self, watermark: str, still_open: Collection[str], now: datetime) -> Fetched[AlertText]:
        """Messages that were not read before; the watermark is what was read of those still listed.

        `still_open` is not needed: a message says itself until when it holds, and another one takes it back.
        """
        with self._reader() as reader:
            body = reader.read(self._address, {})
            root = _root(body)
            if etree.QName(root).namespace in NAMESPACES:
                turn = _Turn(now)
                turn.take("", self._address, body)
                return turn.fetched(watermark)
            listed, known = _listed(root, self._address), _known(watermark)
            turn = _Turn(now)
            for mark, address in [one for one in listed if one[0] not in known][:MOST_AT_ONCE]:
                self._read(reader, mark, address, turn)
            if turn.trouble is not None and not turn.read:
                raise turn.trouble
            kept = [mark for mark, _ in listed if mark in known or mark in turn.read]
            return turn.fetched(json.dumps(kept))

    def _read(self, reader: WebReader, mark: str, address: str, turn: _Turn) -> None:
        """One message; one that cannot be had now is asked for again at the next turn and holds up no other."""
        if not _is_beside(address, self._address):
            turn.refuse(mark, address, "link", ELSEWHERE)
            return
        try:
            turn.take(mark, address, reader.read(address, {}))
        except NotThere:
            turn.refuse(mark, address, "link", "Bản tin không còn ở địa chỉ này.")
        except SourceUnavailable as unavailable:
            turn.trouble = unavailable


class _Turn:
    """What one turn read: the messages, what was refused, the marks of both, and the last trouble with one."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._alerts: list[AlertText] = []
        self._refused: list[RefusedRecord] = []
        self.read: set[str] = set()
        self.trouble: SourceUnavailable | None = None

    def refuse(self, mark: str, address: str, field: str, reason: str, value: str = "") -> None:
        """Remember a message that cannot be used; it is not asked for again."""
        self.read.add(mark)
        self._refused.append(RefusedRecord(words_of(address, 200), field, value, reason))

    def take(self, mark: str, address: str, body: bytes) -> None:
        """Read a message."""
        try:
            alert = alert_of_cap(body, self._now)
        except AlertRefused as unusable:
            self.refuse(mark, address, unusable.field, str(unusable), unusable.value)
            return
        self.read.add(mark)
        if alert is not None:
            self._alerts.append(alert)

    def fetched(self, watermark: str) -> Fetched[AlertText]:
        """All of it."""
        newest = max((alert.sent_at for alert in self._alerts), default=None)
        message = "" if self.trouble is None else f"Có bản tin chưa đọc được, đọc lại sau: {self.trouble}"
        return Fetched(tuple(self._alerts), tuple(self._refused), newest, watermark, message=message)


def _is_beside(address: str, feed: str) -> bool:
    """Whether a message lies on the feed's own server."""
    try:
        return urlsplit(address)[:2] == urlsplit(feed)[:2]
    except ValueError:
        return False


def _root(body: bytes) -> Any:
    try:
        return root_of(body)
    except XmlRefused as refused:
        raise SourceUnavailable(f"Nguồn trả về {refused}") from refused


def _listed(root: Any, address: str) -> list[tuple[str, str]]:
    """(what marks this state of an entry, where its message is), in the order of the feed. Raises SourceUnavailable."""
    if root.tag == f"{ATOM}feed":
        entries = [(_said(entry, f"{ATOM}updated"), _atom_link(entry)) for entry in root.iterchildren(f"{ATOM}entry")]
    elif root.tag == "rss":
        entries = [(_said(item, "pubDate"), _said(item, "link")) for item in root.iterfind("channel/item")]
    else:
        raise SourceUnavailable("Nguồn không phải danh sách CAP (Atom, RSS) hay một bản tin CAP.")
    found = []
    for updated, link in entries[:MOST_LISTED]:
        if link:
            try:
                whole = urljoin(address, link)
            except ValueError:
                # Nothing an address is made of; it lies nowhere, and is refused as such.
                whole = link
            found.append((hashlib.sha256(f"{whole} {updated}".encode(errors="replace")).hexdigest()[:16], whole))
    return found


def _atom_link(entry: Any) -> str:
    """The link to the message: the one of CAP's own type, else the first that is no self-reference."""
    links = list(entry.iterchildren(f"{ATOM}link"))
    ours = [link for link in links if link.get("type") == CAP_TYPE]
    others = [link for link in links if link.get("rel", "alternate") == "alternate"]
    return next((link.get("href", "") for link in (*ours, *others)), "")


def _said(parent: Any, name: str) -> str:
    return " ".join((parent.findtext(name) or "").split())


def _known(watermark: str) -> frozenset[str]:
    try:
        found = json.loads(watermark) if watermark else []
    except ValueError:
        return frozenset()
    return frozenset(str(each) for each in found) if isinstance(found, list) else frozenset()

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
from connectors.city_alerts.cleaning import AlertRefused
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
                return _fetched([(self._address, body)], [], watermark, now)
            listed = _listed(root, self._address)
            known = _known(watermark)
            wanted = [(mark, address) for mark, address in listed if mark not in known][:MOST_AT_ONCE]
            found, refused, read = [], [], []
            for mark, address in wanted:
                read.append(mark)
                if urlsplit(address)[:2] != urlsplit(self._address)[:2]:
                    refused.append(RefusedRecord(address[:200], "link", "", ELSEWHERE))
                    continue
                try:
                    found.append((address, reader.read(address, {})))
                except NotThere:
                    refused.append(RefusedRecord(address[:200], "link", "", "Bản tin không còn ở địa chỉ này."))
            kept = [mark for mark, _ in listed if mark in known or mark in read]
            return _fetched(found, refused, json.dumps(kept), now)


def _fetched(
    bodies: list[tuple[str, bytes]], refused: list[RefusedRecord], watermark: str, now: datetime
) -> Fetched[AlertText]:
    alerts = []
    for address, body in bodies:
        try:
            alert = alert_of_cap(body, now)
        except AlertRefused as unusable:
            refused.append(RefusedRecord(address[:200], unusable.field, unusable.value, str(unusable)))
            continue
        if alert is not None:
            alerts.append(alert)
    newest = max((alert.sent_at for alert in alerts), default=None)
    return Fetched(tuple(alerts), tuple(refused), newest, watermark)


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
            whole = urljoin(address, link)
            found.append((hashlib.sha256(f"{whole} {updated}".encode()).hexdigest()[:16], whole))
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

"""What the city's centre warns of, as a CAP 1.2 feed over HTTP: yesterday's thunderstorm, and on a day of storm the
storm and a flood that grows. Invented, the same for the same day.

It misbehaves a little, as real ones do: one entry of the feed leads to a message that is no longer there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, abort, url_for
from lxml import etree

from demo_city.clock import LOCAL
from demo_city.moods import Mood

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
SENDER = "ioc@thanh-pho-mau.example"
NAME = "Trung tâm điều hành đô thị thông minh (mẫu)"
LAGOON = "16.580,107.560 16.520,107.700 16.340,107.880 16.300,107.800 16.440,107.600 16.520,107.520 16.580,107.560"


@dataclass(frozen=True, slots=True)
class CityWarning:
    """One message; `sent_at` and `ends_at` are of Huế, `before` names the messages it stands in place of."""

    id: str
    sent_at: datetime
    kind: str
    category: str
    event: str
    severity: str
    headline: str
    description: str
    ends_at: datetime
    area: str
    polygon: str = ""
    before: tuple[str, ...] = ()


def warnings_until(now: datetime, mood: Mood) -> list[CityWarning]:
    """Every message said by now, the newest first."""
    here = now.astimezone(LOCAL)
    said = [*_thunderstorm(here - timedelta(days=1)), *(_storm(here) if mood.name == "storm_day" else ())]
    return sorted((one for one in said if one.sent_at <= here), key=lambda one: one.sent_at, reverse=True)


def warning_service(mood: Mood, clock: Callable[[], datetime]) -> Blueprint:
    """The feed at /canh-bao/cap.atom and its messages; it answers by the clock alone."""
    service = Blueprint("warnings", "demo_city", url_prefix="/canh-bao")

    @service.get("/cap.atom")
    def feed() -> Response:
        return Response(_atom(warnings_until(clock(), mood), clock()), mimetype="application/atom+xml")

    @service.get("/<name>.xml")
    def message(name: str) -> Response:
        known = {one.id: one for one in warnings_until(clock(), mood)}
        if name not in known:
            abort(404)
        return Response(_cap(known[name], known), mimetype="application/cap+xml")

    return service


def _thunderstorm(day: datetime) -> list[CityWarning]:
    said = _at(day, time(14, 20))
    words = "Mưa dông, có thể kèm lốc, sét và gió giật."
    ends_at = _at(day, time(19, 0))
    where = "Nam Đông"
    return [_said("dong", said, "Met", "Mưa dông", "Moderate", "Mưa dông chiều tối", words, ends_at, where)]


def _storm(day: datetime) -> list[CityWarning]:
    night = _at(day, time(23, 0))
    storm = _said(
        "bao", _at(day, time(6, 30)), "Met", "Bão", "Severe", "Bão gần bờ, gió cấp 8, giật cấp 10",
        "Hạn chế ra ngoài; kiểm tra mái, cửa, kho vật chứng và hồ sơ ở tầng thấp.", night, "Toàn thành phố",
    )  # fmt: skip
    flood = _said(
        "lu-1", _at(day, time(9, 20)), "Met", "Ngập lụt", "Moderate", "Nước đầm phá lên, ngập đường thấp",
        "Nước lên chậm; tuyến đường ven đầm ngập 20 đến 30 cm.", night, "Ven đầm phá", LAGOON,
    )  # fmt: skip
    worse = _said(
        "lu-2", _at(day, time(9, 43)), "Met", "Ngập lụt", "Severe", "Nước đầm phá lên nhanh, ngập trên 50 cm",
        "Nước lên nhanh theo triều; không đi qua tuyến ven đầm.", night, "Ven đầm phá", LAGOON, ("lu-1",),
    )  # fmt: skip
    return [storm, flood, worse]


def _said(
    name: str,
    sent_at: datetime,
    category: str,
    event: str,
    severity: str,
    headline: str,
    description: str,
    ends_at: datetime,
    area: str,
    polygon: str = "",
    before: tuple[str, ...] = (),
) -> CityWarning:
    stamp = f"{sent_at:%Y%m%d}"
    kind = "Update" if before else "Alert"
    earlier = tuple(f"{stamp}-{one}" for one in before)
    about = (category, event, severity, headline, description, ends_at, area, polygon, earlier)
    return CityWarning(f"{stamp}-{name}", sent_at, kind, *about)


def _at(day: datetime, of: time) -> datetime:
    return datetime.combine(day.date(), of, LOCAL)


def _atom(said: list[CityWarning], now: datetime) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    _add(root, "id", "urn:thanh-pho-mau:canh-bao")
    _add(root, "title", "Cảnh báo của thành phố · Dữ liệu mẫu")
    _add(root, "updated", said[0].sent_at.isoformat() if said else now.isoformat(timespec="seconds"))
    for one in said:
        _entry(root, one.id, one.headline, one.sent_at)
    _entry(root, "da-xoa", "Bản tin đã gỡ", now.replace(hour=0, minute=0, second=0, microsecond=0))
    return _written(root)


def _entry(root: Any, name: str, title: str, at: datetime) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", f"urn:thanh-pho-mau:canh-bao:{name}")
    _add(entry, "title", title)
    _add(entry, "updated", at.isoformat())
    _add(entry, "link", rel="alternate", type="application/cap+xml", href=url_for("warnings.message", name=name))


def _cap(one: CityWarning, known: dict[str, CityWarning]) -> bytes:
    root = etree.Element(f"{{{CAP}}}alert", nsmap={None: CAP})  # type: ignore[dict-item]
    _add(root, "identifier", one.id)
    _add(root, "sender", SENDER)
    _add(root, "sent", one.sent_at.isoformat())
    _add(root, "status", "Actual")
    _add(root, "msgType", one.kind)
    _add(root, "scope", "Public")
    if one.before:
        earlier = (f"{SENDER},{name},{known[name].sent_at.isoformat()}" for name in one.before)
        _add(root, "references", " ".join(earlier))
    info = _add(root, "info")
    _add(info, "language", "vi-VN")
    _add(info, "category", one.category)
    _add(info, "event", one.event)
    _add(info, "urgency", "Expected")
    _add(info, "severity", one.severity)
    _add(info, "certainty", "Likely")
    _add(info, "expires", one.ends_at.isoformat())
    _add(info, "senderName", NAME)
    _add(info, "headline", one.headline)
    _add(info, "description", one.description)
    area = _add(info, "area")
    _add(area, "areaDesc", one.area)
    if one.polygon:
        _add(area, "polygon", one.polygon)
    return _written(root)


def _add(parent: Any, name: str, words: str | None = None, **attributes: str) -> Any:
    found = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)
    found.text = words
    return found


def _written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

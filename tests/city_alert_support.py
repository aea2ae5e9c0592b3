"""Warnings of the city as tests state them: a message of CAP by its parts, and one that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from data_access.city_alerts import FEED, AlertOrigin, save_alert_units, save_city_alerts, unplaced_alerts
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success
from domain.city_alerts import SOURCE, AlertArea, AlertKind, AlertMessage, AlertSeverity, AlertText, PlacePoint

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
HOLD = timedelta(hours=24)
SENT = "2026-11-23T09:20:00+07:00"
LAGOON = "16.58,107.56 16.52,107.70 16.34,107.88 16.30,107.80 16.44,107.60 16.58,107.56"


def a_text(identifier: str = "A-1", **changes: Any) -> AlertText:
    """A severe flood from 08:40 to 17:00 in Huế, said by the centre."""
    said = AlertText(
        sender="ioc@example",
        identifier=identifier,
        sent_at=NOW - timedelta(hours=1),
        message=AlertMessage.ALERT,
        kind=AlertKind.FLOOD,
        severity=AlertSeverity.SEVERE,
        headline="Ngập trên 50 cm",
        expires_at=NOW + timedelta(hours=7, minutes=20),
        areas=(AlertArea("Ven phá", codes=("PHUVANG",)),),
    )
    return replace(said, **changes)


def a_flood(database: Database, now: datetime, units: Sequence[str], **changes: Any) -> str:
    """A flood over the lagoon that began now and touches these units, in a source that is connected; its public id."""
    ring = tuple(PlacePoint(*map(float, pair.split(","))) for pair in LAGOON.split())
    said = {
        "sent_at": now,
        "expires_at": None,
        "description": "Nước lên nhanh",
        "areas": (AlertArea("Ven phá", (ring,)),),
    }
    with database.writing() as session:
        save_source_configured(session, SOURCE, True, now)
        save_source_success(session, SOURCE, now, now)
        save_city_alerts(session, [a_text(**{**said, **changes})], AlertOrigin(FEED, "danh sách CAP"), now)
        (kept,) = unplaced_alerts(session)
        save_alert_units(session, kept.public_id, units, now)
    return kept.public_id


def info(**parts: str) -> str:
    """One `info` of CAP; `area` and whatever begins with '<' stand as they are."""
    given = {
        "language": "vi-VN",
        "category": "Met",
        "event": "Ngập lụt",
        "urgency": "Expected",
        "severity": "Severe",
        "certainty": "Likely",
        "expires": "2026-11-23T17:00:00+07:00",
        "headline": "Ngập trên 50 cm",
        "area": f"<areaDesc>Ven phá</areaDesc><polygon>{LAGOON}</polygon>",
    } | parts
    body = "".join(
        f"<{name}>{value if value.startswith('<') else escape(value)}</{name}>"
        for name, value in given.items()
        if value
    )
    return f"<info>{body}</info>"


def a_message(*infos: str, **parts: str) -> bytes:
    """A message of CAP 1.2; a part given as '' is left out."""
    given = {
        "identifier": "A-1",
        "sender": "ioc@example",
        "sent": SENT,
        "status": "Actual",
        "msgType": "Alert",
        "scope": "Public",
    } | parts
    body = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in given.items() if value)
    infos = infos or (info(),)
    return f'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">{body}{"".join(infos)}</alert>'.encode()

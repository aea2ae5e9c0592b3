"""Takes in warnings of the city's centre: polled from a feed of CAP, or pushed by a registered sender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from access.vault import Vault
from actions.known_sender import known_sender, telling
from actions.poll_source import save_refused_records
from connectors.base import RefusedRecord
from connectors.city_alerts import AlertRefused, ParsedAlerts, alert_of_cap, parse_pushed_alerts
from data_access.audit import record_audit
from data_access.city_alerts import FEED, AlertOrigin, SavedAlerts, save_city_alerts
from data_access.observation_senders import Sender, SenderPurpose, save_sender_heard
from data_access.session import Database
from data_access.source_connections import connection_of
from data_access.sources import save_source_configured, save_source_success
from domain.city_alerts import SOURCE, AlertText

CAP_TYPE = "application/cap+xml"
OTHER_WORDS = "Mã bản tin này đã nhận với nội dung khác: gửi bản tin mới thay cho nó (replaces)."


@dataclass(frozen=True, slots=True)
class AlertsTaken:
    """What became of a push of warnings: new, known already, and each that was refused."""

    accepted: int
    unchanged: int
    refused: tuple[RefusedRecord, ...] = ()


def take_in_polled(session: Session, alerts: Sequence[AlertText], now: datetime) -> int:
    """Store what a feed said, inside the caller's writing transaction; how many messages were new."""
    saved = save_city_alerts(session, alerts, AlertOrigin(FEED, "danh sách CAP"), now)
    save_refused_records(session, SOURCE, _contradicting(saved), now)
    return saved.new


def take_in_alert_push(
    database: Database,
    vault: Vault,
    sender_id: str,
    body: bytes,
    headers: Mapping[str, str],
    content_type: str,
    now: datetime,
) -> AlertsTaken:
    """Check the signature, then store what is right: one message of CAP, or a plain list. Repeating changes nothing.

    Raises PushRefused and PushUnreadable; neither stores a warning.
    """
    sender = known_sender(database, vault, sender_id, SenderPurpose.ALERTS, body, headers)
    with telling(database, sender, now):
        parsed = _parsed(body, sender, content_type, now)
    with database.writing() as session:
        saved = save_city_alerts(session, parsed.alerts, AlertOrigin(sender.public_id, sender.name), now)
        refused = (*parsed.refused, *_contradicting(saved))
        newest = max((text.sent_at for text in parsed.alerts), default=None)
        quarantined = save_refused_records(session, SOURCE, refused, now)
        feed = connection_of(session, SOURCE)
        if feed is None or not feed.is_enabled:
            # An empty list says that the sender lives, and that is what the age of this source is; beside a feed it is
            # the feed's, whose silence no sender may hide.
            save_source_configured(session, SOURCE, True, now)
            save_source_success(session, SOURCE, now, newest, saved.new, quarantined)
        message = f"{saved.new} mới, {saved.unchanged} đã có, {len(refused)} không nhận."
        save_sender_heard(session, sender, message, now)
        if saved.new or refused:
            detail = {"new": saved.new, "refused": len(refused)}
            record_audit(session, Principal.worker(), "city_alerts_pushed", sender.public_id, detail, now)
    return AlertsTaken(saved.new, saved.unchanged, refused)


def _contradicting(saved: SavedAlerts) -> tuple[RefusedRecord, ...]:
    return tuple(RefusedRecord(text.identifier, "id", text.identifier, OTHER_WORDS) for text in saved.contradicting)


def _parsed(body: bytes, sender: Sender, content_type: str, now: datetime) -> ParsedAlerts:
    if content_type != CAP_TYPE:
        return parse_pushed_alerts(body, sender.name, now)
    try:
        alert = alert_of_cap(body, now)
    except AlertRefused as refused:
        return ParsedAlerts(refused=[RefusedRecord("CAP", refused.field, refused.value, str(refused))])
    return ParsedAlerts([alert] if alert is not None else [])

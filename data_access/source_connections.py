"""How sources that are asked are reached, as a person set them up on /sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models.sources import SourceConnection
from data_access.versions import bump_version

TOPIC = "sources"


@dataclass(frozen=True, slots=True)
class Connection:
    """One source's connection; `secret` is sealed (access/vault.py) and never printed."""

    source: str
    kind: str
    address: str
    secret: str = ""
    field_map: str = ""
    is_enabled: bool = True
    changed_by: str = ""

    def __repr__(self) -> str:
        return f"Connection({self.source!r}, {self.kind!r})"


def connection_of(session: Session, source: str) -> Connection | None:
    """The connection of a source; None when nobody has set one up."""
    row = session.get(SourceConnection, source)
    if row is None:
        return None
    return Connection(row.source, row.kind, row.address, row.secret, row.field_map, row.is_enabled, row.changed_by)


def save_connection(session: Session, connection: Connection, now: datetime) -> None:
    """Set a source's connection, replacing the one it had."""
    row = session.get(SourceConnection, connection.source)
    if row is None:
        row = SourceConnection(source=connection.source)
        session.add(row)
    row.kind, row.address = connection.kind, connection.address
    row.secret, row.field_map = connection.secret, connection.field_map
    row.is_enabled = connection.is_enabled
    row.changed_at, row.changed_by = now, connection.changed_by
    # Of another address it says nothing.
    row.certificate_until = None
    bump_version(session, TOPIC, now)


def enabled_addresses(session: Session) -> dict[str, str]:
    """Source -> address of what is asked, for the worker."""
    question = select(SourceConnection.source, SourceConnection.address).where(SourceConnection.is_enabled)
    return {row.source: row.address for row in session.execute(question.order_by(SourceConnection.source))}


def certificates(session: Session) -> dict[str, datetime]:
    """Source -> until when its certificate is valid (aware UTC), where one was seen: no data of the sector, so it takes
    no principal."""
    until = SourceConnection.certificate_until
    question = select(SourceConnection.source, until).where(until.is_not(None), SourceConnection.is_enabled)
    return {source: at for source, at in session.execute(question) if at is not None}


def save_certificate(session: Session, source: str, until: datetime, now: datetime) -> None:
    """Write until when the certificate is valid; no new version when that is known."""
    row = session.get(SourceConnection, source)
    if row is not None and row.certificate_until != until:
        row.certificate_until = until
        bump_version(session, TOPIC, now)

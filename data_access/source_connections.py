"""How sources that are asked are reached, as a person set them up on /sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    bump_version(session, TOPIC, now)

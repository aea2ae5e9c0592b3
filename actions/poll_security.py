"""Hears the events of cameras and recorders that an administrator let be heard on /sources; the worker's job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import SystemRandom

import structlog
from sqlalchemy.orm import Session

from access.camera_passwords import CameraPasswords
from access.vault import Vault, VaultRefused
from actions.check_cameras import SOURCE as CAMERAS
from actions.check_cameras import endpoint_of
from actions.poll_source import PolledSource, poll_source
from connectors.security.camera_events import LISTEN_FOR, CameraEvents, Listened
from data_access.cameras import endpoints
from data_access.security import save_security_events
from data_access.security_limits import load_security_limits
from data_access.session import Database
from data_access.source_connections import connection_of
from data_access.sources import save_source_failure
from data_access.working_days import load_working_calendar
from domain.local_time import local_day
from domain.security import SecurityRecord, is_worth_keeping

SOURCE = "security"
log = structlog.get_logger(__name__)


class SecurityPoll:
    """Call it with the time: it listens for `listen_for`, with the inventory and the password of the cameras."""

    def __init__(self, database: Database, vault: Vault, listen_for: timedelta = LISTEN_FOR) -> None:
        self._database = database
        self._vault = vault
        self._listen_for = listen_for
        self._chance = SystemRandom().random

    def __call__(self, now: datetime) -> bool:
        """Listen once, if connected and due; returns whether anybody answered."""
        with self._database.reading() as session:
            connection, cameras = connection_of(session, SOURCE), connection_of(session, CAMERAS)
            rows = endpoints(session) if connection is not None and connection.is_enabled else []
        if connection is None or not connection.is_enabled or not rows:
            return False
        try:
            text = self._vault.unseal(cameras.secret) if cameras is not None else ""
        except VaultRefused as error:
            self._say(str(error), now)
            return False
        passwords = CameraPasswords.read(text)
        heard = [Listened(row.camera.unit, endpoint_of(row, passwords), row.camera.recorder) for row in rows]
        connector = CameraEvents(heard, load_security_limits(local_day(now)), self._listen_for)
        source = PolledSource(connector, write_events, lambda _session, _at: [])
        return poll_source(self._database, source, now, self._chance)

    def _say(self, reason: str, now: datetime) -> None:
        with self._database.writing() as session:
            if save_source_failure(session, SOURCE, now, reason) == 1:
                log.warning("source lost", source=SOURCE, reason=reason)


def write_events(session: Session, records: Sequence[SecurityRecord], now: datetime) -> int:
    """Store what is worth keeping inside the caller's transaction; returns how many are new."""
    calendar = load_working_calendar()
    kept = [record for record in records if is_worth_keeping(record, calendar)]
    return len(save_security_events(session, kept, now, now))

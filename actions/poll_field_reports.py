"""Asks the system of field reports that a person connected on /sources; the worker's job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from secrets import SystemRandom

import structlog

from access.vault import Vault, VaultRefused
from actions.poll_source import PolledSource, poll_source
from actions.take_in_reports import Locator, ReportWriter
from connectors.field_reports import report_connector
from data_access.area_locator import AreaLocator
from data_access.field_report_rules import load_report_rules
from data_access.field_reports import still_open_ids
from data_access.session import Database
from data_access.source_connections import connection_of
from data_access.sources import save_source_failure
from domain.units import Organisation

SOURCE = "field_reports"
log = structlog.get_logger(__name__)


class FieldReportPoll:
    """Call it with the time; it reads the connection anew each time, so that a change on /sources holds at once."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        organisation: Organisation,
        locator: Callable[[], Locator] | None = None,
    ) -> None:
        self._database = database
        self._vault = vault
        ask_map = locator or (lambda: AreaLocator(organisation))
        # The map is read when the first report with a place arrives, and once.
        self._writer = ReportWriter(SOURCE, organisation, load_report_rules(), lru_cache(maxsize=1)(ask_map))
        self._chance = SystemRandom().random

    def __call__(self, now: datetime) -> bool:
        """Ask once, if connected and due; returns whether the source answered."""
        with self._database.reading() as session:
            connection = connection_of(session, SOURCE)
        if connection is None or not connection.is_enabled:
            return False
        try:
            secret = self._vault.unseal(connection.secret)
            connector = report_connector(connection.kind, connection.address, secret, connection.field_map)
        except (VaultRefused, ValueError) as error:
            self._say(str(error), now)
            return False
        source = PolledSource(connector, self._writer, lambda session, at: list(still_open_ids(session, SOURCE, at)))
        return poll_source(self._database, source, now, self._chance)

    def _say(self, reason: str, now: datetime) -> None:
        """A connection that cannot even be tried: a person must change it."""
        with self._database.writing() as session:
            if save_source_failure(session, SOURCE, now, reason) == 1:
                log.warning("source lost", source=SOURCE, reason=reason)

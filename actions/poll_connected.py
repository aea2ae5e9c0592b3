"""Asks the systems that a person connected on /sources (field reports, attendance, citizen reception, public services,
warnings of the city); the worker's jobs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from secrets import SystemRandom
from typing import Any

import structlog
from sqlalchemy.orm import Session

from access.principal import Principal
from access.vault import Vault, VaultRefused
from actions.poll_source import PolledSource, poll_source
from actions.take_in_city_alerts import take_in_polled
from actions.take_in_punches import take_in_listed
from actions.take_in_reports import Locator, ReportJudge, take_in_judged
from connectors.base import Connector
from connectors.case_workbook.reference import reference_of
from connectors.ways import connector_of
from data_access.area_locator import AreaLocator
from data_access.field_report_rules import load_report_rules
from data_access.field_reports import still_open_ids
from data_access.public_services import requests_still_open, save_requests
from data_access.reception import save_visits, visits_on
from data_access.session import Database
from data_access.source_connections import connection_of
from data_access.sources import save_source_failure
from domain.local_time import local_day
from domain.units import Organisation

log = structlog.get_logger(__name__)


class ConnectedPoll:
    """Call it with the time; it reads the connection anew each time, so that a change on /sources holds at once."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        organisation: Organisation,
        source: str,
        polled: Callable[[Connector[Any]], PolledSource[Any]],
    ) -> None:
        self._database = database
        self._vault = vault
        self._organisation = organisation
        self._source = source
        self._polled = polled
        self._chance = SystemRandom().random

    def __call__(self, now: datetime) -> bool:
        """Ask once, if connected and due; returns whether the source answered."""
        with self._database.reading() as session:
            connection = connection_of(session, self._source)
        if connection is None or not connection.is_enabled:
            return False
        try:
            secret = self._vault.unseal(connection.secret)
            units = reference_of(self._organisation, local_day(now)).unit_codes
            connector = connector_of(connection.kind, connection.address, secret, connection.field_map, units)
        except (VaultRefused, ValueError) as error:
            self._say(str(error), now)
            return False
        return poll_source(self._database, self._polled(connector), now, self._chance)

    def _say(self, reason: str, now: datetime) -> None:
        """A connection that cannot even be tried: a person must change it."""
        with self._database.writing() as session:
            if save_source_failure(session, self._source, now, reason) == 1:
                log.warning("source lost", source=self._source, reason=reason)


def field_report_poll(
    database: Database, vault: Vault, organisation: Organisation, locator: Callable[[], Locator] | None = None
) -> ConnectedPoll:
    """Of the system of field reports."""
    source = "field_reports"
    ask_map = locator or (lambda: AreaLocator(organisation))
    # The map is read when the first report with a place arrives, and once.
    judge = ReportJudge(organisation, load_report_rules(), lru_cache(maxsize=1)(ask_map))

    def still_open(session: Session, now: datetime) -> list[str]:
        return list(still_open_ids(session, source, now))

    polled = partial(PolledSource, write=take_in_judged, still_open=still_open, prepare=judge)
    return ConnectedPoll(database, vault, organisation, source, polled)


def attendance_poll(database: Database, vault: Vault, organisation: Organisation) -> ConnectedPoll:
    """Of a list of punches, for agencies whose terminals do not push to the product themselves."""
    polled = partial(PolledSource, write=take_in_listed, still_open=lambda _session, _now: [])
    return ConnectedPoll(database, vault, organisation, "attendance", polled)


def reception_poll(database: Database, vault: Vault, organisation: Organisation) -> ConnectedPoll:
    """Of the queue system: a list that is empty while many visits of today are known is not believed."""

    def still_open(session: Session, now: datetime) -> list[str]:
        visits = visits_on(session, Principal.worker(), organisation, local_day(now), now)
        return [visit.record.reference for visit in visits]

    polled = partial(PolledSource, write=save_visits, still_open=still_open)
    return ConnectedPoll(database, vault, organisation, "reception", polled)


def service_poll(database: Database, vault: Vault, organisation: Organisation) -> ConnectedPoll:
    """Of the system of public services: a list that is empty while many open requests are known is not believed."""
    polled = partial(PolledSource, write=save_requests, still_open=lambda session, _now: requests_still_open(session))
    return ConnectedPoll(database, vault, organisation, "public_services", polled)


def city_alert_poll(database: Database, vault: Vault, organisation: Organisation) -> ConnectedPoll:
    """Of a feed of warnings; one that lists nothing warns of nothing."""
    polled = partial(PolledSource, write=take_in_polled, still_open=lambda _session, _now: [])
    return ConnectedPoll(database, vault, organisation, "city_alerts", polled)

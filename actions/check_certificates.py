"""Looks until when the certificates of connected systems are valid; the worker's, a few times a day."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from connectors.base import SourceUnavailable
from connectors.certificates import certificate_until
from data_access.session import Database
from data_access.source_connections import enabled_addresses, save_certificate

log = structlog.get_logger(__name__)
CERTIFICATES_EVERY = timedelta(hours=6)


def check_certificates(database: Database, now: datetime) -> int:
    """How many were read. One that cannot be read keeps what is known: that the source is silent is told elsewhere."""
    with database.reading() as session:
        addresses = enabled_addresses(session)
    read = 0
    for source, address in addresses.items():
        try:
            until = certificate_until(address)
        except SourceUnavailable as error:
            log.warning("certificate not read", source=source, reason=str(error))
            continue
        if until is not None:
            with database.writing() as session:
                save_certificate(session, source, until, now)
            read += 1
    return read

"""What one installation works with, passed from the entry point to whatever answers a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from access.rate_limits import RateLimit
from data_access.session import Database
from domain.boundaries import UnitMap
from domain.units import Organisation

EXTENSION = "thads_site"
# A person looks, repairs, looks again; every press more is load on somebody else's server.
SOFTWARE_TRIES_PER_MINUTE = 6


@dataclass(frozen=True, slots=True)
class Site:
    """Database, the one clock (aware UTC), organisation, whether figures are samples, audit anchors, inbox, the key of
    the sources' secrets, build, the map of the units of today, the folder below which files of other software may be
    looked at, how many requests a minute one system may send to the feed, the origin that may embed scenes, and the
    brake on asking one software at once."""

    database: Database
    clock: Callable[[], datetime]
    organisation: Organisation
    is_sample: bool
    audit_anchors: Path
    inbox: Path
    sources_key: bytes = field(repr=False)
    build: str = ""
    unit_map: UnitMap | None = None
    watched: Path = Path("var/watched")
    feed_requests_per_minute: int = 120
    embed_origin: str = ""
    software_tries: RateLimit = field(default_factory=lambda: RateLimit(SOFTWARE_TRIES_PER_MINUTE))

"""What one installation works with, passed from the entry point to whatever answers a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from data_access.session import Database
from domain.boundaries import UnitMap
from domain.units import Organisation

EXTENSION = "thads_site"


@dataclass(frozen=True, slots=True)
class Site:
    """Database, the one clock (aware UTC), organisation, whether figures are samples, audit anchors, inbox, the key of
    the sources' secrets, build, the map of the units of today, the folder below which files of other software may be
    looked at, how many requests a minute one system may send to the feed."""

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

"""What the worker drew for the smart-city centre, read once per content: polling asks two indexes and nothing more."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.audience import CENTRE
from data_access.leases import lease_expires_at
from data_access.session import Database
from data_access.snapshots import panel_bodies, shown_panels
from outbound.rest_feed import SOURCES, OwnAge, SourceAges

SCENE = "outbound"
WORKER_LEASE = "worker"
KEPT = 20


class NotDrawn(Exception):
    """The worker has not drawn this yet, or could not: there is nothing to tell, which is not an empty list."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One moment of the feed: its panels by name, and how old each source is. `lives` says whether the worker does."""

    panels: Mapping[str, dict[str, Any]]
    ages: SourceAges
    lives: bool


class FeedReader:
    """Reads the newest panels of the centre's audience; parsed ones are kept by the hash of their content."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, dict[str, Any]] = {}

    def read(self, *panels: str) -> Feed:
        """These panels as they were drawn last, from one view of the data; raises NotDrawn."""
        now = self._clock()
        wanted = (SOURCES, *panels)
        with self._database.reading() as session:
            shown = shown_panels(session, CENTRE.key, SCENE, wanted)
            hashes = {panel: content for panel, (content, _) in shown.items()}
            with self._lock:
                kept = {each: self._kept[each] for each in hashes.values() if each in self._kept}
            missing = [each for each in hashes.values() if each not in kept]
            bodies = panel_bodies(session, CENTRE.key, missing) if missing else {}
            expires_at = lease_expires_at(session, WORKER_LEASE)
        # What was kept a moment ago is held here: another question may make room meanwhile.
        kept |= {name: json.loads(body) for name, body in bodies.items()}
        with self._lock:
            self._kept = kept if len(self._kept) + len(bodies) > KEPT else self._kept | kept
        found = {panel: kept[each] for panel, each in hashes.items() if each in kept}
        for panel in wanted:
            # The failed face of a panel is a drawing, not figures.
            if not {"items", "sources"} & found.get(panel, {}).keys():
                raise NotDrawn(panel)
        lives = expires_at is not None and expires_at > now
        own = OwnAge(shown[SOURCES][1] if lives else expires_at, lives)
        return Feed(found, SourceAges(found[SOURCES], own, now), lives)

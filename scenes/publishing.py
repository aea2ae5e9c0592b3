"""Draws each scene once per data version and audience and stores what changed; only the leading worker does this."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from access.audience import PROVINCE, Audience
from data_access.session import Database
from data_access.snapshots import audiences_seen_since, save_panels
from data_access.versions import versions
from domain.units import Organisation
from scenes.drawing import Question, Scene, draw_scene

# A readout that changes faster than every other second cannot be read (control-room rule for digits).
DRAW_EVERY_SECONDS = 2.0
# A failed panel may have met a passing trouble.
RETRY_FAILED_AFTER = timedelta(seconds=10)
# A unit's scenes are drawn while somebody looks; web processes say so once a minute.
SEEN_FOR = timedelta(minutes=5)


@dataclass(slots=True)
class _Drawing:
    """What was last drawn for one scene and audience."""

    versions: Mapping[str, int]
    redraw_at: datetime
    drawn: float
    hashes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Publisher:
    """Keeps every audience's snapshots true to the data. Not thread-safe: the heart loop owns it."""

    database: Database
    organisation: Organisation
    scenes: Sequence[Scene]
    is_sample: bool
    report_incident: Callable[..., str]
    monotonic: Callable[[], float] = time.monotonic
    _drawings: dict[tuple[str, str], _Drawing] = field(default_factory=dict)
    _incidents: dict[str, tuple[str, str]] = field(default_factory=dict)

    def publish_due(self, now: datetime, guard: Callable[[Session], None]) -> int:
        """Draw what is due and store what changed; returns how many panels changed.

        `guard(session)` runs first in every writing transaction and raises when this process no longer leads.
        """
        with self.database.reading() as session:
            current = versions(session)
            watched = audiences_seen_since(session, now - SEEN_FOR)
        changed = 0
        for audience in (PROVINCE, *watched):
            for scene in self.scenes:
                if self._is_due(scene, audience, current, now):
                    changed += self._publish(scene, audience, now, guard)
        return changed

    def forget(self) -> None:
        """Draw everything again at the next turn: another process may have drawn in between."""
        self._drawings.clear()

    def _is_due(self, scene: Scene, audience: Audience, current: Mapping[str, int], now: datetime) -> bool:
        last = self._drawings.get((scene.name, audience.key))
        if last is None:
            return True
        if self.monotonic() - last.drawn < DRAW_EVERY_SECONDS:
            return False
        return now >= last.redraw_at or _of_scene(scene, current) != last.versions

    def _publish(self, scene: Scene, audience: Audience, now: datetime, guard: Callable[[Session], None]) -> int:
        began, failed = self.monotonic(), []

        def report_failure(panel: str, error: Exception) -> str:
            failed.append(panel)
            return self._incident(scene, audience, panel, error)

        with self.database.reading() as session:
            # The versions are read in the same view of the data as the figures.
            seen = _of_scene(scene, versions(session))
            question = Question(session, audience.principal(), self.organisation, now, self.is_sample)
            drawn = draw_scene(scene, question, report_failure)
        for panel in drawn:
            if panel.panel not in failed:
                self._incidents.pop(_place(scene, audience, panel.panel), None)
        key = (scene.name, audience.key)
        before = self._drawings.get(key)
        hashes = {panel.panel: panel.content_hash for panel in drawn}
        changed: list[str] = []
        if before is None or before.hashes != hashes:
            with self.database.writing() as session:
                guard(session)
                changed = save_panels(session, audience.key, drawn, now)
        redraw_at = now + RETRY_FAILED_AFTER if failed else scene.redraw_at(now)
        self._drawings[key] = _Drawing(seen, redraw_at, began, hashes)
        return len(changed)

    def _incident(self, scene: Scene, audience: Audience, panel: str, error: Exception) -> str:
        # The same trouble keeps its code while it lasts, so that a retry neither blinks nor floods the log.
        place, trouble = _place(scene, audience, panel), f"{type(error).__name__}: {error}"
        known = self._incidents.get(place)
        if known is None or known[0] != trouble:
            code = self.report_incident("panel failed", error, scene=scene.name, audience=audience.key, panel=panel)
            known = self._incidents[place] = (trouble, code)
        return known[1]


def _place(scene: Scene, audience: Audience, panel: str) -> str:
    return f"{scene.name}/{audience.key}/{panel}"


def _of_scene(scene: Scene, current: Mapping[str, int]) -> dict[str, int]:
    return {topic: version for topic, version in current.items() if topic in scene.topics}

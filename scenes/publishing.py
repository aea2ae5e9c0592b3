"""Draws each scene once per data version and audience and stores what changed; only the leading worker does this."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from access.audience import PROVINCE, Audience
from data_access.session import Database
from data_access.snapshots import DrawnPanel, audiences_seen_since, save_panels
from data_access.versions import versions
from domain.boundaries import UnitMap
from domain.units import Organisation
from scenes.drawing import Question, Scene, draw_scene, next_drawing

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


@dataclass(slots=True)
class Publisher:
    """Keeps every audience's snapshots true to the data. Not thread-safe: the heart loop owns it."""

    database: Database
    organisation: Organisation
    scenes: Sequence[Scene]
    is_sample: bool
    report_incident: Callable[..., str]
    monotonic: Callable[[], float] = time.monotonic
    maps: tuple[UnitMap, ...] = ()
    _drawings: dict[tuple[str, str], _Drawing] = field(default_factory=dict)
    _hashes: dict[str, dict[str, str]] = field(default_factory=dict)
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
            due = [scene for scene in self.scenes if self._is_due(scene, audience, current, now)]
            if audience != PROVINCE:
                due = [scene for scene in due if scene.projection is audience.projection]
            if due:
                changed += self._publish(due, audience, now, guard)
        return changed

    def forget(self) -> None:
        """Draw everything again at the next turn: another process may have drawn in between."""
        self._drawings.clear()
        self._hashes.clear()

    def _is_due(self, scene: Scene, audience: Audience, current: Mapping[str, int], now: datetime) -> bool:
        last = self._drawings.get((scene.name, audience.key))
        if last is None:
            return True
        if self.monotonic() - last.drawn < DRAW_EVERY_SECONDS:
            return False
        return now >= last.redraw_at or _of_scene(scene, current) != last.versions

    def _publish(
        self, scenes: Sequence[Scene], audience: Audience, now: datetime, guard: Callable[[Session], None]
    ) -> int:
        """Draw these scenes of one audience from one view of the data and store what changed, as one version."""
        began = self.monotonic()
        failed: set[str] = set()
        drawn: list[DrawnPanel] = []
        again_at: dict[str, datetime] = {}
        with self.database.reading() as session:
            # The versions are read in the same view of the data as the figures.
            current = versions(session)
            question = Question(session, audience.principal(), self.organisation, now, self.is_sample, self.maps)
            for scene in scenes:
                report_failure = partial(self._report_failure, scene, audience, failed)
                drawn += draw_scene(scene, question, report_failure)
                again_at[scene.name] = next_drawing(scene, question, report_failure, now + RETRY_FAILED_AFTER)
        for panel in drawn:
            if panel.panel not in failed:
                self._incidents.pop(_place(panel.scene, audience, panel.panel), None)
        changed = self._store(scenes, audience, drawn, now, guard)
        for scene in scenes:
            has_failed = any(panel.id in failed for panel in scene.panels)
            redraw_at = now + RETRY_FAILED_AFTER if has_failed else again_at[scene.name]
            self._drawings[scene.name, audience.key] = _Drawing(_of_scene(scene, current), redraw_at, began)
        return changed

    def _store(
        self,
        scenes: Sequence[Scene],
        audience: Audience,
        drawn: Sequence[DrawnPanel],
        now: datetime,
        guard: Callable[[Session], None],
    ) -> int:
        """Store what changed, each scene for the eyes it was drawn for; how many panels that were."""
        eyes = {scene.name: replace(audience, projection=scene.projection).key for scene in scenes}
        changed = 0
        for key in sorted(set(eyes.values())):
            panels = [panel for panel in drawn if eyes[panel.scene] == key]
            hashes = {panel.panel: panel.content_hash for panel in panels}
            before = self._hashes.setdefault(key, {})
            if any(before.get(panel) != content for panel, content in hashes.items()):
                with self.database.writing() as session:
                    guard(session)
                    changed += len(save_panels(session, key, panels, now))
            before.update(hashes)
        return changed

    def _report_failure(self, scene: Scene, audience: Audience, failed: set[str], panel: str, error: Exception) -> str:
        failed.add(panel)
        # The same trouble keeps its code while it lasts, so that a retry neither blinks nor floods the log.
        place, trouble = _place(scene.name, audience, panel), f"{type(error).__name__}: {error}"
        known = self._incidents.get(place)
        if known is None or known[0] != trouble:
            code = self.report_incident("panel failed", error, scene=scene.name, audience=audience.key, panel=panel)
            known = self._incidents[place] = (trouble, code)
        return known[1]


def _place(scene: str, audience: Audience, panel: str) -> str:
    return f"{scene}/{audience.key}/{panel}"


def _of_scene(scene: Scene, current: Mapping[str, int]) -> dict[str, int]:
    return {topic: version for topic, version in current.items() if topic in scene.topics}

"""What the panels of every scene ask about cameras, once per drawing: states and times, never a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from data_access.cameras import CameraStanding, camera_changes, camera_standing
from domain.cameras import (
    Availability,
    Camera,
    CameraState,
    Coverage,
    Findings,
    availability,
    count_coverage,
    coverage_by_unit,
    share_up,
)
from domain.freshness import SourceFacts
from scenes.drawing import Question

WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class UnitCameras:
    """One unit: the state of each camera in order, the coverage, interruptions by day (oldest first; None for a day
    before anything was known), how available."""

    states: tuple[CameraState, ...]
    coverage: Coverage
    interruptions: tuple[int | None, ...]
    percent: float | None


class CameraAnswers:
    """Cameras of one audience at one moment; `units` are the units it sees, by code."""

    def __init__(self, question: Question, source: SourceFacts, units: Mapping[str, str]) -> None:
        self._question = question
        self._units = units
        self.source = source
        self.now = question.now

    @property
    def is_known(self) -> bool:
        """Whether a pass has ever ended: before that nothing is known of any camera."""
        return self.source.configured and self.source.as_of_at is not None

    @cached_property
    def _standing(self) -> CameraStanding:
        question = self._question
        return camera_standing(question.session, question.principal, question.organisation, self.now)

    @property
    def cameras(self) -> tuple[Camera, ...]:
        """Every camera of the inventory that this audience sees."""
        return self._standing.cameras if self.is_known else ()

    @property
    def since(self) -> Mapping[str, datetime]:
        """From when on each camera is in its state."""
        return self._standing.since

    @property
    def findings(self) -> Findings:
        """What the last pass found: a whole site as one finding, nothing after a stall of our own."""
        return self._standing.findings if self.is_known else Findings()

    @cached_property
    def coverage(self) -> Coverage:
        """Over all units."""
        return count_coverage(self.cameras, self._standing.verdicts, self.findings.hidden_cameras)

    @cached_property
    def by_unit(self) -> Mapping[str, UnitCameras]:
        """Of every unit of the audience, in its order."""
        codes = [camera.code for camera in self.cameras]
        changes = camera_changes(self._question.session, codes, self.now - WINDOW)
        month = {code: availability(found, self.now, WINDOW) for code, found in changes.items()}
        covered = coverage_by_unit(self.cameras, self._units, self._standing.verdicts, self.findings.hidden_cameras)
        first = {code: found[0].at for code, found in changes.items() if found}
        return {unit: self._unit(unit, coverage, month, first) for unit, coverage in covered.items()}

    def coverage_of(self, unit: str) -> Coverage | None:
        """Of one unit; None while nothing is known, or for what is no unit of this wall."""
        found = self.by_unit.get(unit) if self.is_known else None
        return None if found is None else found.coverage

    def state_of(self, camera: Camera) -> CameraState:
        """The state of one camera; behind a cut line it is unknown."""
        return self._standing.state_of(camera)

    def _unit(
        self, unit: str, coverage: Coverage, month: Mapping[str, Availability], first: Mapping[str, datetime]
    ) -> UnitCameras:
        own = [camera for camera in self.cameras if camera.unit == unit]
        days = [0] * WINDOW.days
        up = down = timedelta(0)
        for camera in own:
            found = month[camera.code]
            up, down = up + found.up, down + found.down
            for cut in found.interruptions:
                days[self._day(cut.from_at)] += 1
        known_from = self._day(min((first[camera.code] for camera in own if camera.code in first), default=self.now))
        known = tuple(None if day < known_from else count for day, count in enumerate(days))
        return UnitCameras(tuple(self.state_of(camera) for camera in own), coverage, known, share_up(up, down))

    def _day(self, at: datetime) -> int:
        """The place of an instant among the days of the window; what lies before it is in the first."""
        return min(max(int((at - (self.now - WINDOW)) / timedelta(days=1)), 0), WINDOW.days - 1)

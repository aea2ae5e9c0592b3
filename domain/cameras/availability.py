"""Interruptions over the last thirty days, and how many cameras are installed, confirmed working, unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.cameras.ladder import CameraState, Verdict
from domain.cameras.records import Camera

WINDOW = timedelta(days=30)
# A share of less known time than this says nothing about a month.
LEAST_KNOWN = timedelta(days=1)
UP = frozenset({CameraState.WORKING, CameraState.IMPAIRED})
# With these a camera gives no picture that anybody can use.
DOWN = frozenset({CameraState.UNUSABLE, CameraState.LOST, CameraState.MISCONFIGURED})


@dataclass(frozen=True, slots=True)
class StateChange:
    """Lần đổi trạng thái: from `at` on (aware UTC) a camera is in `state`."""

    at: datetime
    state: CameraState


@dataclass(frozen=True, slots=True)
class Interruption:
    """Lần gián đoạn: a stretch without a usable picture, within the window; `is_open` while it goes on."""

    from_at: datetime
    to_at: datetime
    is_open: bool

    @property
    def lasted(self) -> timedelta:
        """How long it has been within the window."""
        return self.to_at - self.from_at


@dataclass(frozen=True, slots=True)
class Availability:
    """Độ sẵn sàng of one camera over the window: what is unknown is neither up nor down."""

    interruptions: tuple[Interruption, ...]
    up: timedelta
    down: timedelta
    unknown: timedelta

    @property
    def percent(self) -> float | None:
        """Sẵn sàng, of the time that is known; None where too little of it is."""
        return share_up(self.up, self.down)


def share_up(up: timedelta, down: timedelta) -> float | None:
    """Percent of the known time a camera, or several together, gave a picture; None under a day of it."""
    known = up + down
    return 100 * (up / known) if known >= LEAST_KNOWN else None


def availability(changes: Sequence[StateChange], now: datetime, window: timedelta = WINDOW) -> Availability:
    """Interruptions and times of one camera in the `window` before `now`; before its first change all is unknown."""
    since = now - window
    stretches = list(_stretches(changes, since, now))
    interruptions: list[Interruption] = []
    for begins_at, ends_at, state in stretches:
        if state not in DOWN:
            continue
        last = interruptions[-1] if interruptions else None
        if last is not None and last.to_at == begins_at:
            # From one fault to another is still the same interruption.
            begins_at = interruptions.pop().from_at
        interruptions.append(Interruption(begins_at, ends_at, is_open=ends_at == now))
    return Availability(
        interruptions=tuple(interruptions),
        up=_together(stretches, UP),
        down=_together(stretches, DOWN),
        unknown=_together(stretches, frozenset({CameraState.UNKNOWN})),
    )


Stretch = tuple[datetime, datetime, CameraState]


def _stretches(changes: Sequence[StateChange], since: datetime, now: datetime) -> Iterable[Stretch]:
    """The window cut at every change, in order, without empty parts."""
    state, begins_at = CameraState.UNKNOWN, since
    for change in sorted(changes, key=lambda one: one.at):
        at = min(max(change.at, since), now)
        if at > begins_at:
            yield begins_at, at, state
            begins_at = at
        if change.at <= now:
            state = change.state
    if now > begins_at:
        yield begins_at, now, state


def _together(stretches: Iterable[Stretch], states: frozenset[CameraState]) -> timedelta:
    return sum((ends_at - begins_at for begins_at, ends_at, state in stretches if state in states), timedelta(0))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Độ phủ of one unit or of all. `installed` is what the inventory says; every camera is in exactly one of the
    other four."""

    installed: int = 0
    working: int = 0
    impaired: int = 0
    failing: int = 0
    unknown: int = 0

    @property
    def is_confirmed(self) -> bool:
        """Whether at least one camera was seen to work: installed alone confirms nothing."""
        return self.working > 0

    @property
    def seen(self) -> int | None:
        """How many give a picture; None where none is known to while some are unknown, which is not zero."""
        seen = self.working + self.impaired
        return seen if seen or not self.unknown else None


def count_coverage(
    cameras: Iterable[Camera], verdicts: Mapping[str, Verdict], hidden: frozenset[str] = frozenset()
) -> Coverage:
    """Count cameras by state; one without a verdict, or `hidden` behind a cut line, is unknown."""
    states = [
        verdicts[camera.code].state if camera.code in verdicts and camera.code not in hidden else CameraState.UNKNOWN
        for camera in cameras
    ]
    return Coverage(
        installed=len(states),
        working=states.count(CameraState.WORKING),
        impaired=states.count(CameraState.IMPAIRED),
        failing=sum(state in DOWN for state in states),
        unknown=states.count(CameraState.UNKNOWN),
    )


def coverage_by_unit(
    cameras: Iterable[Camera],
    units: Iterable[str],
    verdicts: Mapping[str, Verdict],
    hidden: frozenset[str] = frozenset(),
) -> Mapping[str, Coverage]:
    """The coverage of every unit named; one without a camera has none installed."""
    grouped: dict[str, list[Camera]] = {unit: [] for unit in units}
    for camera in cameras:
        if camera.unit in grouped:
            grouped[camera.unit].append(camera)
    return {unit: count_coverage(found, verdicts, hidden) for unit, found in grouped.items()}

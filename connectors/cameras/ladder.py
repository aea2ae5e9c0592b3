"""Climbs the ladder: one camera rung by rung, and a pass over all of them that ends in time.

A pass tells of each camera what was found; a rung it had no time for, or that is not due, stays as it was.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from connectors.cameras import frames, isapi, onvif_clock, rtsp
from connectors.cameras.endpoint import CameraEndpoint
from domain.cameras import CameraHealth, CameraLimits, Rung, RungName, RungState, Turn, turns_of

PASS_WITHIN = timedelta(seconds=55)
AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Climb:
    """What all cameras of a pass share: the limits, the decoder (None: not installed), and the time of the pass.

    Rungs are dated by `now` plus what has passed since on the monotonic clock: a device's clock is compared with the
    instant it was asked, not with the beginning of the pass.
    """

    limits: CameraLimits
    ffmpeg: str | None
    now: datetime
    within: timedelta = PASS_WITHIN
    began: float = field(default_factory=time.monotonic)

    def at(self) -> datetime:
        """Now, as the pass goes on."""
        return self.now + timedelta(seconds=time.monotonic() - self.began)

    def has_time_for(self, budget: timedelta) -> bool:
        """Whether something that may take so long would still end within the pass."""
        return time.monotonic() - self.began + budget.total_seconds() <= self.within.total_seconds()


def check_cameras(
    endpoints: Sequence[CameraEndpoint], before: Mapping[str, CameraHealth], climb: Climb
) -> dict[str, CameraHealth]:
    """One pass over all cameras, many at a time; those that were tried longest ago come first."""
    healths = [before.get(one.camera, CameraHealth(one.camera)) for one in endpoints]
    turns = turns_of(healths, climb.now)
    pairs = sorted(zip(endpoints, healths, strict=True), key=lambda pair: _last_tried(pair[1]))
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="cameras") as pool:
        found = pool.map(lambda pair: check_camera(pair[0], pair[1], turns[pair[0].camera], climb), pairs)
        return {health.camera: health for health in found}


def check_camera(endpoint: CameraEndpoint, health: CameraHealth, turn: Turn, climb: Climb) -> CameraHealth:
    """One camera, from the lowest rung up; where one fails, those above are unknown.

    1. port, login and description, each pass; while a login is refused only the port, so that no account is locked;
    2. picture and movement, when it is their turn;
    3. clock, then recording, when it is theirs.
    """
    if not climb.has_time_for(rtsp.BUDGET):
        return health
    if not turn.login:
        return health.with_rung(rtsp.knock(endpoint, climb.at()))
    for rung in rtsp.describe(endpoint, climb.at()).rungs:
        health = health.with_rung(rung)
    if _fails(health, RungName.REACHABLE, RungName.AUTHENTICATED, RungName.DESCRIBED):
        return replace(health, still_samples=0)
    if turn.picture and climb.has_time_for(frames.BUDGET):
        health = _looked_at(endpoint, health, climb)
    if _fails(health, RungName.DECODES, RungName.USABLE):
        return health
    if turn.recorder and climb.has_time_for(onvif_clock.BUDGET + isapi.BUDGET * 2):
        health = _recorder_asked(endpoint, health, climb)
    return health


def _looked_at(endpoint: CameraEndpoint, health: CameraHealth, climb: Climb) -> CameraHealth:
    seen = frames.look(endpoint, climb.ffmpeg, health.still_samples, climb.limits, climb.at())
    for rung in seen.rungs:
        health = health.with_rung(rung)
    if len(seen.rungs) == 1 and seen.rungs[0].state is RungState.UNKNOWN:
        health = health.with_rung(Rung.unknown(RungName.USABLE, seen.rungs[0].at, seen.rungs[0].reason))
    at = seen.rungs[0].at
    return replace(health, still_samples=seen.still_samples, frame_at=at if seen.is_frame else health.frame_at)


def _recorder_asked(endpoint: CameraEndpoint, health: CameraHealth, climb: Climb) -> CameraHealth:
    recorder = endpoint.recorder
    if endpoint.onvif_port:
        health = health.with_rung(onvif_clock.onvif_clock(endpoint, climb.limits, climb.at()))
    elif recorder is not None:
        health = health.with_rung(isapi.recorder_clock(recorder, climb.limits, climb.at()))
    else:
        health = health.with_rung(Rung.unknown(RungName.CLOCK, climb.at(), "Chưa khai báo ONVIF hoặc đầu ghi."))
    if _fails(health, RungName.CLOCK):
        return health
    if recorder is None:
        return health.with_rung(Rung.unknown(RungName.RECORDING, climb.at(), "Chưa khai báo đầu ghi."))
    return health.with_rung(isapi.recording(recorder, climb.limits, climb.at()))


def _fails(health: CameraHealth, *names: RungName) -> bool:
    return any(name in health.rungs and health.rungs[name].state is RungState.BAD for name in names)


def _last_tried(health: CameraHealth) -> float:
    rung = health.rungs.get(RungName.REACHABLE)
    return rung.at.timestamp() if rung is not None else 0.0

"""How often each rung is tried: cheap ones in every pass, pictures and recorders rationed: a pass stays short."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.cameras.ladder import CameraHealth, Fault, RungName

PASS_EVERY = timedelta(minutes=1)
PICTURE_EVERY = timedelta(minutes=5)
RECORDER_EVERY = timedelta(minutes=15)
# Devices lock an account after some wrong logins; a password that was refused is tried again this rarely.
LOGIN_AGAIN_EVERY = timedelta(minutes=10)
# A pass that begins a few seconds early must not put a rung off by a whole pass.
_EARLY = PASS_EVERY / 2
# After a start, or when a site comes back, everything is due at once: this many times the even share is taken.
_CATCH_UP = 2.5
_FEWEST = 8
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Turn:
    """Lượt của một camera: what is tried beside rung 1."""

    login: bool = True
    picture: bool = False
    recorder: bool = False


def turns_of(healths: Iterable[CameraHealth], now: datetime) -> dict[str, Turn]:
    """What each camera's turn is in a pass at `now`: those that waited longest come first, and the rest wait."""
    known = list(healths)
    pictures = _rationed(known, RungName.DECODES, PICTURE_EVERY, now)
    recorders = _rationed(known, RungName.CLOCK, RECORDER_EVERY, now)
    return {
        health.camera: Turn(_may_log_in(health, now), health.camera in pictures, health.camera in recorders)
        for health in known
    }


def _rationed(healths: list[CameraHealth], name: RungName, every: timedelta, now: datetime) -> frozenset[str]:
    share = math.ceil(len(healths) * (PASS_EVERY / every) * _CATCH_UP)
    due = [health for health in healths if _is_due(health, name, every, now)]
    due.sort(key=lambda health: (_tried_at(health, name), health.camera))
    return frozenset(health.camera for health in due[: max(share, _FEWEST)])


def _is_due(health: CameraHealth, name: RungName, every: timedelta, now: datetime) -> bool:
    """Never tried, or not for so long; what was only blocked by a lower rung is due as soon as that one holds."""
    return now - _tried_at(health, name) >= every - _EARLY


def _tried_at(health: CameraHealth, name: RungName) -> datetime:
    rung = health.rungs.get(name)
    return _NEVER if rung is None or rung.is_blocked else rung.at


def _may_log_in(health: CameraHealth, now: datetime) -> bool:
    rung = health.rungs.get(RungName.AUTHENTICATED)
    if rung is None or rung.fault is not Fault.WRONG_PASSWORD:
        return True
    return now - rung.at >= LOGIN_AGAIN_EVERY - _EARLY

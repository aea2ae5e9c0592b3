"""Lượt có giám sát: whether a camera of the reception room gave a usable picture all the while; computed, not typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from domain.cameras import UP, CameraState, StateChange


class Monitoring(StrEnum):
    """YES: every moment lay under a working camera; NO: some moment certainly did not; UNKNOWN: nobody can tell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


MONITORING_NAMES = {Monitoring.YES: "có", Monitoring.NO: "không", Monitoring.UNKNOWN: "chưa rõ"}


def monitoring_of(begins_at: datetime, ends_at: datetime, cameras: Sequence[Sequence[StateChange]]) -> Monitoring:
    """How the time from `begins_at` to `ends_at` was watched by the reception cameras of a unit, given the changes of
    state of each.

    1. at any moment one working camera is enough; 2. a moment at which none works and all are known to fail is NO;
    3. a moment at which none works and one is unknown may have been watched: UNKNOWN, unless another moment is NO;
    4. a room without a camera is not watched.
    """
    edges = {change.at for changes in cameras for change in changes if begins_at < change.at < ends_at}
    # Between two edges no camera changes, so the state at the first of them holds.
    verdicts = {_at_moment(moment, cameras) for moment in {begins_at, *edges}}
    if Monitoring.NO in verdicts:
        return Monitoring.NO
    return Monitoring.UNKNOWN if Monitoring.UNKNOWN in verdicts else Monitoring.YES


def _at_moment(moment: datetime, cameras: Sequence[Sequence[StateChange]]) -> Monitoring:
    states = {_state_at(moment, changes) for changes in cameras}
    if states & UP:
        return Monitoring.YES
    return Monitoring.UNKNOWN if CameraState.UNKNOWN in states else Monitoring.NO


def _state_at(moment: datetime, changes: Sequence[StateChange]) -> CameraState:
    before = [change for change in changes if change.at <= moment]
    # In order of time; of two at the same instant the one stored later holds.
    return sorted(before, key=lambda change: change.at)[-1].state if before else CameraState.UNKNOWN

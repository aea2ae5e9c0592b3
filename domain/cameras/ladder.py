"""Thang kiểm tra: seven rungs from "the port is open" to "the recorder recorded", and what they say of a camera.

A rung is ok, bad or unknown. Unknown is never bad: what could not be asked says nothing about the camera.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.cameras.limits import CameraLimits


class RungName(StrEnum):
    """Bậc kiểm tra, from the lowest to the highest."""

    REACHABLE = "reachable"
    AUTHENTICATED = "authenticated"
    DESCRIBED = "described"
    DECODES = "decodes"
    USABLE = "usable"
    CLOCK = "clock"
    RECORDING = "recording"


RUNG_NAMES = {
    RungName.REACHABLE: "Kết nối được",
    RungName.AUTHENTICATED: "Đăng nhập được",
    RungName.DESCRIBED: "Có luồng hình",
    RungName.DECODES: "Giải mã được hình",
    RungName.USABLE: "Hình dùng được",
    RungName.CLOCK: "Đồng hồ đúng",
    RungName.RECORDING: "Đang ghi hình",
}
ORDER = tuple(RungName)


class RungState(StrEnum):
    """Trạng thái của một bậc."""

    OK = "ok"
    BAD = "bad"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """Lỗi: what is wrong, for rules to decide by; the reason beside it is for people."""

    NO_ANSWER = "no_answer"
    WRONG_PASSWORD = "wrong_password"
    WRONG_PATH = "wrong_path"
    NO_VIDEO = "no_video"
    REDIRECTED = "redirected"
    BROKEN_ANSWER = "broken_answer"
    REFUSED = "refused"
    NO_FRAME = "no_frame"
    BLACK = "black"
    FROZEN = "frozen"
    CLOCK_OFF = "clock_off"
    NOT_RECORDING = "not_recording"
    DISK = "disk"


# Somebody set something wrongly: the camera itself is there, and to send a technician to it is in vain.
MISCONFIGURED = frozenset({Fault.WRONG_PASSWORD, Fault.WRONG_PATH, Fault.NO_VIDEO, Fault.REDIRECTED})
# Without these there is no picture at all.
STREAM_RUNGS = frozenset(ORDER[:4])
# These are asked of device and recorder; a picture may be seen while they fail.
RECORDER_RUNGS = frozenset(ORDER[5:])
NOT_TRIED_BELOW = "Chưa kiểm tra được vì bậc dưới lỗi."


@dataclass(frozen=True, slots=True)
class Rung:
    """Một bậc: its state as of `at` (aware UTC) and, in Vietnamese, why. `warns` is ok with something to look at;
    `is_blocked` means that it was not tried because a lower one failed."""

    name: RungName
    state: RungState
    at: datetime
    reason: str = ""
    fault: Fault | None = None
    warns: bool = False
    is_blocked: bool = False

    @classmethod
    def good(cls, name: RungName, at: datetime, reason: str = "", warns: bool = False) -> Rung:
        """It holds."""
        return cls(name, RungState.OK, at, reason, warns=warns)

    @classmethod
    def bad(cls, name: RungName, at: datetime, fault: Fault, reason: str) -> Rung:
        """It fails, and that is known."""
        return cls(name, RungState.BAD, at, reason, fault)

    @classmethod
    def unknown(cls, name: RungName, at: datetime, reason: str, fault: Fault | None = None) -> Rung:
        """It could not be asked."""
        return cls(name, RungState.UNKNOWN, at, reason, fault)

    @classmethod
    def blocked(cls, name: RungName, at: datetime) -> Rung:
        """It was not tried because a lower one failed."""
        return cls(name, RungState.UNKNOWN, at, NOT_TRIED_BELOW, is_blocked=True)


@dataclass(frozen=True, slots=True)
class CameraHealth:
    """Tình trạng camera: the rungs as they were last tried. `frame_at` is when a usable frame was last seen,
    `still_samples` how many samples in a row did not move."""

    camera: str
    rungs: Mapping[RungName, Rung] = field(default_factory=dict)
    frame_at: datetime | None = None
    still_samples: int = 0

    def in_order(self) -> Iterator[Rung]:
        """The rungs tried so far, from the lowest."""
        return (self.rungs[name] for name in ORDER if name in self.rungs)

    @property
    def first_failing(self) -> Rung | None:
        """The lowest rung that is bad; None where none is."""
        return next((rung for rung in self.in_order() if rung.state is RungState.BAD), None)

    def with_rung(self, rung: Rung) -> CameraHealth:
        """The same with one rung tried anew; a bad one blocks those above it."""
        rungs = {**self.rungs, rung.name: rung}
        if rung.state is RungState.BAD:
            rungs |= {name: Rung.blocked(name, rung.at) for name in ORDER[ORDER.index(rung.name) + 1 :]}
        return replace(self, rungs=rungs)


class CameraState(StrEnum):
    """Trạng thái camera, as the wall counts them. IMPAIRED gives a usable picture, but its clock or recording fails."""

    WORKING = "working"
    IMPAIRED = "impaired"
    UNUSABLE = "unusable"
    LOST = "lost"
    MISCONFIGURED = "misconfigured"
    UNKNOWN = "unknown"


STATE_NAMES = {
    CameraState.WORKING: "có tín hiệu",
    CameraState.IMPAIRED: "có hình, sai giờ hoặc không ghi",
    CameraState.UNUSABLE: "hình không dùng được",
    CameraState.LOST: "mất tín hiệu",
    CameraState.MISCONFIGURED: "sai cấu hình",
    CameraState.UNKNOWN: "mất dữ liệu",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kết luận about a camera: its state, how old the last verified frame is (None: never seen), what fails first."""

    camera: str
    state: CameraState
    frame_age: timedelta | None
    failing: Rung | None


def verdict_of(health: CameraHealth, limits: CameraLimits, now: datetime) -> Verdict:
    """What the rungs say at `now`.

    1. a rung below the clock that fails decides, if tried within `frame_for`: what was seen long ago is not known now;
    2. else the camera works, or is impaired, while its last verified frame is young enough;
    3. else nobody knows.
    """
    age = None if health.frame_at is None else max(now - health.frame_at, timedelta(0))
    failing = health.first_failing
    state = CameraState.UNKNOWN
    if failing is not None and failing.name not in RECORDER_RUNGS:
        if now - failing.at <= limits.frame_for:
            state = _state_of(failing)
    elif age is not None and age <= limits.frame_for:
        state = CameraState.WORKING if failing is None else CameraState.IMPAIRED
    return Verdict(health.camera, state, age, failing)


def _state_of(failing: Rung) -> CameraState:
    if failing.fault in MISCONFIGURED:
        return CameraState.MISCONFIGURED
    return CameraState.LOST if failing.name in STREAM_RUNGS else CameraState.UNUSABLE

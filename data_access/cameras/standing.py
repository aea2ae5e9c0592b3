"""How the cameras of a scope stand at a moment: verdicts by the rungs, findings of the last pass, the state of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.camera_limits import load_camera_limits
from data_access.cameras.questions import camera_changes, camera_day
from data_access.sources import watermark_of
from domain.cameras import (
    PASS_EVERY,
    Availability,
    Camera,
    CameraHealth,
    CameraState,
    Findings,
    PassTimes,
    StateChange,
    Verdict,
    availability,
    findings_of,
    verdict_of,
)
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

SOURCE = "cameras"
WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class CameraStanding:
    """Everything known of a scope's cameras at one moment; `since` is from when on each is in its stored state."""

    cameras: tuple[Camera, ...]
    healths: Mapping[str, CameraHealth]
    since: Mapping[str, datetime]
    verdicts: Mapping[str, Verdict]
    findings: Findings

    def state_of(self, camera: Camera) -> CameraState:
        """The state of one camera; behind a cut line it is unknown."""
        if camera.code in self.findings.hidden_cameras or camera.code not in self.verdicts:
            return CameraState.UNKNOWN
        return self.verdicts[camera.code].state


@dataclass(frozen=True, slots=True)
class CameraMonth:
    """The standing of a scope with the changes and the availability of its last thirty days, by camera."""

    standing: CameraStanding
    changes: Mapping[str, Sequence[StateChange]]
    availability: Mapping[str, Availability]


def camera_month(session: Session, principal: Principal, organisation: Organisation, now: datetime) -> CameraMonth:
    """For a desk; needs SEE_CAMERAS, raises NotAllowed."""
    principal.require(Permission.SEE_CAMERAS)
    standing = camera_standing(session, principal, organisation, now)
    changes = camera_changes(session, [camera.code for camera in standing.cameras], now - WINDOW)
    return CameraMonth(standing, changes, {code: availability(found, now) for code, found in changes.items()})


def camera_standing(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> CameraStanding:
    """The cameras of the principal's units now; nothing is found after a stall of our own loop."""
    on = local_day(now)
    day, limits = camera_day(session, principal, organisation, on), load_camera_limits(on)
    times = _pass_times(watermark_of(session, SOURCE), now)
    return CameraStanding(
        cameras=day.cameras,
        healths=day.healths,
        since=day.since,
        verdicts={code: verdict_of(health, limits, now) for code, health in day.healths.items()},
        findings=findings_of(day.cameras, day.healths, times, limits),
    )


def camera_standing_at(
    session: Session, principal: Principal, organisation: Organisation, at: datetime
) -> CameraStanding:
    """The cameras of the principal's units that are listed now, each in the state that the last pass until a moment
    found it in; one that no pass had looked at has no verdict: it was unknown."""
    cameras = camera_day(session, principal, organisation, local_day(at)).cameras
    before = {
        code: [change for change in changes if change.at <= at]
        for code, changes in camera_changes(session, [camera.code for camera in cameras], at).items()
    }
    last = {code: changes[-1] for code, changes in before.items() if changes}
    return CameraStanding(
        cameras=cameras,
        healths={},
        since={code: change.at for code, change in last.items()},
        # What lay behind a cut line was written down as unknown.
        verdicts={code: Verdict(code, change.state, None, None) for code, change in last.items()},
        findings=Findings(),
    )


def _pass_times(watermark: str, now: datetime) -> PassTimes:
    """When the last pass began and the one before, as the worker wrote them down."""
    began, _, previous = watermark.partition(" ")
    try:
        began_at = datetime.fromisoformat(began)
        return PassTimes(began_at, datetime.fromisoformat(previous) if previous else None, PASS_EVERY)
    except ValueError:
        return PassTimes(now, None, PASS_EVERY)

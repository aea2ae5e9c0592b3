"""What one pass over the cameras found: single cameras that fail, or one finding where a whole site does.

A pass after our own stall finds nothing: what we could not ask in time says nothing about the cameras.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.cameras.ladder import MISCONFIGURED, STREAM_RUNGS, CameraHealth, Fault, Rung, RungName
from domain.cameras.limits import CameraLimits
from domain.cameras.records import Camera


class FindingKind(StrEnum):
    """Loại phát hiện: what failed of a camera or, together, of a site."""

    LINK = "link"
    CONFIGURATION = "configuration"
    STREAM = "stream"
    PICTURE = "picture"
    CLOCK = "clock"
    RECORDING = "recording"


SITE_TITLES = {
    FindingKind.LINK: "Mất liên kết cơ sở",
    FindingKind.CONFIGURATION: "Sai cấu hình camera cả cơ sở",
    FindingKind.STREAM: "Không có hình ở cả cơ sở",
    FindingKind.PICTURE: "Hình không dùng được ở cả cơ sở",
    FindingKind.CLOCK: "Sai đồng hồ cả cơ sở",
    FindingKind.RECORDING: "Không ghi hình ở cả cơ sở",
}
# What a cut line looks like from here; half an answer is one that was cut in the middle.
_SILENT = frozenset({Fault.NO_ANSWER, Fault.BROKEN_ANSWER})
_OF_RUNG = {
    RungName.USABLE: FindingKind.PICTURE,
    RungName.CLOCK: FindingKind.CLOCK,
    RungName.RECORDING: FindingKind.RECORDING,
}


@dataclass(frozen=True, slots=True)
class PassTimes:
    """Lượt kiểm tra: when this pass and the one before began (None: the first), and how often they should."""

    began_at: datetime
    previous_at: datetime | None
    every: timedelta

    @property
    def follows_a_stall(self) -> bool:
        """Whether our own loop slept more than twice its interval, so that this pass is not judged."""
        return self.previous_at is not None and self.began_at - self.previous_at > 2 * self.every


@dataclass(frozen=True, slots=True)
class CameraFinding:
    """Phát hiện về một camera: the lowest rung that fails."""

    camera: Camera
    kind: FindingKind
    failing: Rung


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """Phát hiện về một cơ sở: so many of its cameras fail in the same way that it is one thing, not many."""

    site: str
    unit: str
    kind: FindingKind
    cameras: tuple[Camera, ...]

    @property
    def title(self) -> str:
        """What the alarm list says; which site stands beside it."""
        return f"{SITE_TITLES[self.kind]} ({len(self.cameras)} camera)"

    @property
    def hides_cameras(self) -> bool:
        """Whether it leaves the state of each camera unknown: a cut line says nothing about what is behind it."""
        return self.kind is FindingKind.LINK


@dataclass(frozen=True, slots=True)
class Findings:
    """Kết quả một lượt; `judged` False after a stall of our own, when there are none on purpose."""

    sites: tuple[SiteFinding, ...] = ()
    cameras: tuple[CameraFinding, ...] = ()
    judged: bool = True

    @property
    def hidden_cameras(self) -> frozenset[str]:
        """Codes of the cameras behind a line that is cut."""
        return frozenset(camera.code for site in self.sites if site.hides_cameras for camera in site.cameras)


def findings_of(
    cameras: Iterable[Camera], healths: Mapping[str, CameraHealth], times: PassTimes, limits: CameraLimits
) -> Findings:
    """What a pass found. From `site_cameras` on, those of one site that fail alike are one finding and no single
    ones; a rung tried more rarely than each pass fails until it is tried again."""
    if times.follows_a_stall:
        return Findings(judged=False)
    alike: dict[tuple[str, FindingKind], list[CameraFinding]] = defaultdict(list)
    for camera in cameras:
        failing = healths[camera.code].first_failing if camera.code in healths else None
        if failing is not None:
            kind = kind_of(failing)
            alike[camera.site, kind].append(CameraFinding(camera, kind, failing))
    sites, single = [], []
    for (site, kind), found in alike.items():
        if len(found) >= limits.site_cameras:
            members = tuple(one.camera for one in found)
            sites.append(SiteFinding(site, members[0].unit, kind, members))
        else:
            single += found
    return Findings(tuple(sites), tuple(single))


def kind_of(failing: Rung) -> FindingKind:
    """What kind of finding a failing rung is; what is set wrongly, or answers without a picture, is no lost line."""
    if failing.fault in MISCONFIGURED:
        return FindingKind.CONFIGURATION
    if failing.name in STREAM_RUNGS:
        return FindingKind.LINK if failing.fault in _SILENT else FindingKind.STREAM
    return _OF_RUNG[failing.name]

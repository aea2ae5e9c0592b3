"""Rungs 5 to 7 judged from what was measured: a picture, a clock, a recording. The measuring is the connectors'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.cameras.ladder import Fault, Rung, RungName
from domain.cameras.limits import CameraLimits

# A recorder whose clock runs ahead writes recordings that end in the future; more than this is no recording of ours.
AHEAD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Số đo hình: luma 0 to 255 as mean and standard deviation of the brightest-varied frame of a sample, and the
    largest mean difference of two frames after each other (None where the sample had one frame only)."""

    mean: float
    std: float
    difference: float | None


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """Số đo ghi hình: when the newest recording ends (None: none in the span asked about), and disks that are not
    well by the recorder's own word; `disks_known` False where it would not say."""

    newest_at: datetime | None
    failed_disks: int = 0
    disks_known: bool = True


def judge_picture(facts: PictureFacts, still_before: int, limits: CameraLimits, now: datetime) -> tuple[Rung, int]:
    """Rung 5 and how many samples in a row are still with this one.

    Black is dark AND even: a lamp in a dark yard is dark only. Frozen is still in several samples, minutes apart.
    """
    name = RungName.USABLE
    if facts.mean <= limits.black_mean and facts.std < limits.black_std:
        return Rung.bad(name, now, Fault.BLACK, "Hình đen."), 0
    if facts.difference is None:
        return Rung.unknown(name, now, "Chỉ nhận được một khung hình: chưa biết hình có động không."), still_before
    if facts.difference >= limits.still_difference:
        return Rung.good(name, now), 0
    still = still_before + 1
    if still >= limits.still_samples:
        return Rung.bad(name, now, Fault.FROZEN, f"Hình đứng yên {still} lần kiểm tra liền."), still
    return Rung.good(name, now, f"Hình đứng yên {still}/{limits.still_samples} lần.", warns=True), still


def judge_clock(drift: timedelta, limits: CameraLimits, now: datetime) -> Rung:
    """Rung 6; `drift` is the device's clock less ours."""
    off = abs(drift)
    reason = f"Đồng hồ {'nhanh' if drift > timedelta(0) else 'chậm'} {_spoken(off)}."
    if off > limits.clock_fault:
        return Rung.bad(RungName.CLOCK, now, Fault.CLOCK_OFF, reason)
    if off > limits.clock_warning:
        return Rung.good(RungName.CLOCK, now, reason, warns=True)
    return Rung.good(RungName.CLOCK, now)


def judge_recording(facts: RecordingFacts, limits: CameraLimits, now: datetime) -> Rung:
    """Rung 7; a disk that failed is a fault although something is still being recorded."""
    name = RungName.RECORDING
    if facts.failed_disks:
        return Rung.bad(name, now, Fault.DISK, f"Đầu ghi báo {facts.failed_disks} ổ đĩa lỗi.")
    newest_at = facts.newest_at
    if newest_at is None:
        return Rung.bad(
            name, now, Fault.NOT_RECORDING, f"Không có bản ghi nào mới hơn {_spoken(limits.recording_gap)}."
        )
    if newest_at > now + AHEAD:
        return Rung.unknown(name, now, "Bản ghi mới nhất ở tương lai: kiểm tra giờ và múi giờ của đầu ghi.")
    gap = now - newest_at
    if gap > limits.recording_gap:
        return Rung.bad(name, now, Fault.NOT_RECORDING, f"Bản ghi mới nhất đã {_spoken(gap)} trước.")
    if not facts.disks_known:
        return Rung.good(name, now, "Đang ghi; đầu ghi không cho biết tình trạng ổ đĩa.", warns=True)
    return Rung.good(name, now)


def _spoken(span: timedelta) -> str:
    """A span as people say it: seconds below two minutes, minutes below two hours, then hours and days."""
    seconds = int(span.total_seconds())
    for size, word, until in ((1, "giây", 120), (60, "phút", 7200), (3600, "giờ", 172_800)):
        if seconds < until:
            return f"{seconds // size} {word}"
    return f"{seconds // 86_400} ngày"

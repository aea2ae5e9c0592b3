"""Cameras, rungs and limits for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.cameras import (
    ORDER,
    Camera,
    CameraHealth,
    CameraKind,
    CameraLimits,
    CameraPurpose,
    Fault,
    PrivacyClass,
    Rung,
    RungName,
)

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
LIMITS = CameraLimits(
    black_mean=16, black_std=5, still_difference=0.3, still_samples=3, clock_warning=timedelta(seconds=30),
    clock_fault=timedelta(minutes=5), recording_gap=timedelta(minutes=30), frame_for=timedelta(minutes=15),
    site_cameras=3,
)  # fmt: skip


def a_camera(code: str = "C1", site: str = "S1", unit: str = "U1") -> Camera:
    return Camera(code, unit, site, "Cổng chính", CameraKind.FIXED, CameraPurpose.GATE, "NVR1", PrivacyClass.OPEN, None)


def a_healthy(code: str = "C1", at: datetime = NOW) -> CameraHealth:
    """All seven rungs good, a frame seen at `at`."""
    return CameraHealth(code, {name: Rung.good(name, at) for name in ORDER}, frame_at=at)


def a_failing(
    code: str = "C1", name: RungName = RungName.REACHABLE, fault: Fault = Fault.NO_ANSWER, at: datetime = NOW
) -> CameraHealth:
    return a_healthy(code, at).with_rung(Rung.bad(name, at, fault, "lý do"))

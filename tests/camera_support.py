"""Cameras that tests talk about: an inventory over some units, and a pass that found them well, lost or silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from data_access.camera_limits import load_camera_limits
from data_access.cameras import InventoryRow, Network, save_inventory, save_pass
from data_access.session import Database
from data_access.sources import save_source_success, save_watermark
from domain.cameras import (
    ORDER,
    Camera,
    CameraHealth,
    CameraKind,
    CameraPurpose,
    CameraState,
    Fault,
    PrivacyClass,
    Rung,
    RungName,
    verdict_of,
)
from domain.local_time import local_day


def a_camera(unit: str, number: int) -> Camera:
    """One at the gate of a unit; the second is in its reception room."""
    return Camera(
        code=f"{unit}-{number:02d}",
        unit=unit,
        site=unit,
        place="Cổng trụ sở",
        kind=CameraKind.FIXED,
        purpose=CameraPurpose.RECEPTION if number == 2 else CameraPurpose.GATE,
        recorder=f"NVR-{unit}",
        privacy=PrivacyClass.OPEN,
    )


def an_inventory(sizes: Mapping[str, int]) -> list[InventoryRow]:
    """So many cameras for each unit."""
    return [
        InventoryRow(a_camera(unit, number), Network("127.0.0.1", 8554, f"/{unit}/{number}", "giamsat"))
        for unit, size in sizes.items()
        for number in range(1, size + 1)
    ]


def a_health(code: str, at: datetime, fault: Fault | None = None, rung: RungName = RungName.REACHABLE) -> CameraHealth:
    """Every rung holds, or all below one that fails."""
    health = CameraHealth(code)
    for name in ORDER:
        if fault is not None and name is rung:
            return health.with_rung(Rung.bad(name, at, fault, "Không trả lời."))
        health = health.with_rung(Rung.good(name, at))
    return CameraHealth(code, health.rungs, frame_at=at)


def a_pass(
    database: Database,
    sizes: Mapping[str, int],
    now: datetime,
    lost: Sequence[str] = (),
    before: datetime | None = None,
) -> None:
    """List the cameras and store one pass: the codes of `lost` do not answer, a whole unit of them is a cut line."""
    found = {
        row.camera.code: a_health(row.camera.code, now, Fault.NO_ANSWER if row.camera.code in lost else None)
        for row in an_inventory(sizes)
    }
    limits = load_camera_limits(local_day(now))
    cut = {unit for unit in sizes if all(f"{unit}-{at:02d}" in lost for at in range(1, sizes[unit] + 1))}
    states = {
        code: CameraState.UNKNOWN if code.rpartition("-")[0] in cut else verdict_of(health, limits, now).state
        for code, health in found.items()
    }
    with database.writing() as session:
        save_inventory(session, an_inventory(sizes), now)
        save_pass(session, found, states, now)
        earlier = before or now - timedelta(minutes=1)
        save_watermark(session, "cameras", f"{now.isoformat()} {earlier.isoformat()}")
        save_source_success(session, "cameras", now, now)

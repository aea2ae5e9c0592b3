"""Writes the workbook of the cameras a person looks at; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.cameras import CameraMonth, camera_month
from data_access.session import Database
from data_access.sources import source_by_name
from domain.cameras import PRIVACY_NAMES, PURPOSE_NAMES, STATE_NAMES, Camera
from domain.local_time import local, local_day
from domain.units import Organisation
from reports.cameras import Cell, write_cameras

COMPLIANCE = {True: "đạt", False: "không đạt", None: None}


def save_cameras(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    unit: str,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the cameras of a unit, '' for all the principal sees; raises NotAllowed, OSError."""
    with database.reading() as session:
        month = camera_month(session, principal, organisation, now)
        source = source_by_name(session, "cameras")
    names = {each.code: each.name for each in organisation.case_units_on(local_day(now))}
    cameras = [camera for camera in month.standing.cameras if not unit or camera.unit == unit]
    as_of = f"{local(source.last_success_at):%H:%M %d/%m/%Y}" if source.last_success_at else "chưa có"
    notes = [
        f"Camera: {len(cameras)} camera, {names.get(unit, 'mọi đơn vị')}",
        f"Lượt kiểm tra cuối {as_of}; xuất lúc {local(now):%H:%M %d/%m/%Y}, giờ Việt Nam",
        "Sẵn sàng tính trên thời gian biết được; ô trống là chưa biết.",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_cameras(path, [_row(camera, month, names) for camera in cameras], notes)
    with database.writing() as session:
        record_audit(session, principal, "cameras_exported", unit, {"rows": str(len(cameras))}, now)


def _row(camera: Camera, month: CameraMonth, names: dict[str, str]) -> list[Cell]:
    standing, month_of = month.standing, month.availability[camera.code]
    health = standing.healths[camera.code]
    failing = health.first_failing
    return [
        camera.code,
        names.get(camera.unit, camera.unit),
        camera.place,
        PURPOSE_NAMES[camera.purpose],
        PRIVACY_NAMES[camera.privacy],
        COMPLIANCE[camera.is_compliant],
        STATE_NAMES[standing.state_of(camera)],
        standing.since.get(camera.code),
        health.frame_at,
        failing.reason if failing else None,
        month_of.percent,
        len(month_of.interruptions),
    ]

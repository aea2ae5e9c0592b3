"""Writes the workbook of the cameras a person looks at; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.cameras import camera_month
from data_access.session import Database
from data_access.sources import source_by_name
from domain.local_time import local_day, moment_words
from domain.units import Organisation
from reports.cameras import CameraReport, write_cameras


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
    as_of = moment_words(source.last_success_at) if source.last_success_at else "chưa có"
    notes = [
        f"Camera: {len(cameras)} camera, {names.get(unit, 'mọi đơn vị')}",
        f"Lượt kiểm tra cuối {as_of}; xuất lúc {moment_words(now)}, giờ Việt Nam",
        "Sẵn sàng tính trên thời gian biết được; ô trống là chưa biết.",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    standing = month.standing
    rows = [
        CameraReport(
            camera=camera,
            unit_name=names.get(camera.unit, camera.unit),
            state=standing.state_of(camera),
            since=standing.since.get(camera.code),
            health=standing.healths[camera.code],
            month=month.availability[camera.code],
        )
        for camera in cameras
    ]
    write_cameras(path, rows, notes)
    with database.writing() as session:
        record_audit(session, principal, "cameras_exported", unit, {"rows": str(len(cameras))}, now)

"""A person looks at one camera for a moment: who may, why, written down before anything is seen, marked with who."""

from __future__ import annotations

from datetime import datetime

from access.camera_passwords import CameraPasswords
from access.principal import Principal
from access.vault import Vault, VaultRefused
from actions.check_cameras import SOURCE, endpoint_of
from connectors.base import SourceUnavailable
from connectors.cameras.still import take_still
from data_access.audit import record_audit
from data_access.cameras import camera_seen
from data_access.session import Database
from data_access.source_connections import connection_of
from domain.cameras import Camera, CameraPurpose, PrivacyClass
from domain.local_time import local, local_day
from domain.permissions import Permission
from domain.units import Organisation
from reports.still import png, watermarked

SHORTEST_REASON, LONGEST_REASON = 10, 200
NO_PASSWORD = "Chưa nhập mật khẩu camera ở trang Nguồn dữ liệu."


class LookRefused(ValueError):
    """Nothing was shown; the text is Vietnamese and can be shown."""


def is_guarded(camera: Camera) -> bool:
    """Whether people who come with a matter are likely to be seen, or it is a place of duty: then a reason is owed."""
    return camera.privacy is not PrivacyClass.OPEN or camera.purpose is CameraPurpose.RECEPTION


def look_at_camera(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    vault: Vault,
    asked: tuple[str, str],
    ffmpeg: str | None,
    now: datetime,
) -> bytes:
    """One picture (PNG) of the camera `asked` = (code, reason), with the viewer's name and the time burnt in.
    `ffmpeg` is the decoder; None where the machine has none.

    1. The permission, and the one for guarded places, which also need a reason; the camera must be of the own units.
    2. The look is in the audit, committed, before the camera is asked.
    Raises NotAllowed, NotFound (also for another unit's camera), LookRefused. Nothing is stored.
    """
    principal.require(Permission.LOOK_AT_CAMERAS)
    code, reason = asked[0], " ".join(asked[1].split())
    with database.reading() as session:
        row = camera_seen(session, principal, organisation, code, local_day(now))
        connection = connection_of(session, SOURCE)
    if is_guarded(row.camera):
        principal.require(Permission.LOOK_AT_GUARDED)
        if not len(reason) >= SHORTEST_REASON:
            raise LookRefused(f"Nơi này chỉ xem khi có lý do công vụ: ghi lý do, từ {SHORTEST_REASON} ký tự.")
    if len(reason) > LONGEST_REASON:
        raise LookRefused(f"Lý do tối đa {LONGEST_REASON} ký tự.")
    if connection is None or not connection.is_enabled:
        raise LookRefused(NO_PASSWORD)
    with database.writing() as session:
        detail = {"unit": row.camera.unit, "place": row.camera.place, "reason": reason}
        record_audit(session, principal, "camera_looked_at", code, detail, now)
    try:
        passwords = CameraPasswords.read(vault.unseal(connection.secret))
        picture = take_still(endpoint_of(row, passwords), ffmpeg)
    except (SourceUnavailable, VaultRefused) as error:
        raise LookRefused(str(error)) from error
    return png(watermarked(picture, mark_of(principal, row.camera, now)))


def mark_of(principal: Principal, camera: Camera, now: datetime) -> str:
    """What is burnt in: who, when, which camera."""
    return f"{principal.name[:32]} {local(now):%H:%M:%S %d/%m/%Y} {camera.code[:14]}"

"""One pass over every camera of the inventory: ask, judge, store. Nothing is asked while none is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from access.camera_passwords import CameraPasswords
from access.vault import Vault, VaultRefused
from connectors.cameras.endpoint import CameraEndpoint, Login, RecorderEndpoint
from connectors.cameras.ladder import Climb, check_cameras
from data_access.camera_limits import load_camera_limits
from data_access.cameras import InventoryRow, endpoints, healths, save_pass
from data_access.session import Database
from data_access.source_connections import connection_of
from data_access.sources import save_source_failure, save_source_success, save_watermark, watermark_of
from domain.cameras import (
    PASS_EVERY,
    Camera,
    CameraHealth,
    CameraLimits,
    CameraState,
    PassTimes,
    findings_of,
    verdict_of,
)
from domain.local_time import local_day

SOURCE = "cameras"
NO_DECODER = "Máy chủ chưa có ffmpeg: chỉ biết camera trả lời, không xác nhận được hình."
log = structlog.get_logger(__name__)


class CameraPass:
    """Call it with the time. `ffmpeg` is the decoder; None where the machine has none."""

    def __init__(self, database: Database, vault: Vault, ffmpeg: str | None) -> None:
        self._database = database
        self._vault = vault
        self._ffmpeg = ffmpeg

    def __call__(self, now: datetime) -> int:
        """Check all cameras; returns how many changed state. When each began and the one before is in the watermark."""
        with self._database.reading() as session:
            rows, before = endpoints(session), healths(session)
            connection = connection_of(session, SOURCE)
            watermark = watermark_of(session, SOURCE)
        if not rows or connection is None or not connection.is_enabled:
            return 0
        try:
            passwords = CameraPasswords.read(self._vault.unseal(connection.secret))
        except VaultRefused as error:
            self._say(str(error), now)
            return 0
        climb = Climb(load_camera_limits(local_day(now)), self._ffmpeg, now)
        found = check_cameras([endpoint_of(row, passwords) for row in rows], before, climb)
        ended_at = climb.at()
        states = _states([row.camera for row in rows], found, climb.limits, ended_at)
        with self._database.writing() as session:
            changed = save_pass(session, found, states, ended_at)
            save_watermark(session, SOURCE, f"{now.isoformat()} {watermark.partition(' ')[0]}".strip())
            message = "" if self._ffmpeg else NO_DECODER
            save_source_success(session, SOURCE, ended_at, ended_at, len(found), message=message)
        return changed

    def _say(self, reason: str, now: datetime) -> None:
        with self._database.writing() as session:
            if save_source_failure(session, SOURCE, now, reason) == 1:
                log.warning("source lost", source=SOURCE, reason=reason)


def _states(
    cameras: Sequence[Camera], found: Mapping[str, CameraHealth], limits: CameraLimits, now: datetime
) -> dict[str, CameraState]:
    """What each camera counts as from now on: behind a line that is cut, nobody knows; also after our own stall, when
    nothing is raised."""
    hidden = findings_of(cameras, found, PassTimes(now, None, PASS_EVERY), limits).hidden_cameras
    return {
        code: CameraState.UNKNOWN if code in hidden else verdict_of(health, limits, now).state
        for code, health in found.items()
    }


def endpoint_of(row: InventoryRow, passwords: CameraPasswords) -> CameraEndpoint:
    """Where a camera and its recorder answer, with the password of its unit."""
    network, secret = row.network, passwords.of(row.camera.unit)
    login = Login(network.user_name, secret) if network.user_name and secret else None
    recorder = None
    if network.recorder_host and network.recorder_port:
        recorder = RecorderEndpoint(network.recorder_host, network.recorder_port, network.channel, login)
    return CameraEndpoint(
        row.camera.code, network.host, network.port, network.path, login, network.onvif_port, recorder
    )

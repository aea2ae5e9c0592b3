"""Stores the inventory and what a pass over the cameras found; a change of state is kept, a pass that changes nothing
only moves times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data_access.models.cameras import CameraChangeRow, CameraRow, CameraRungRow
from data_access.versions import bump_version, lock_writers
from domain.cameras import Camera, CameraHealth, CameraState, Rung

TOPIC = "cameras"


@dataclass(frozen=True, slots=True)
class Network:
    """Where a camera and its recorder answer, as the inventory says; ports of 0 where there is none."""

    host: str
    port: int
    path: str
    user_name: str = ""
    onvif_port: int = 0
    recorder_host: str = ""
    recorder_port: int = 0
    channel: int = 0


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One row of the inventory."""

    camera: Camera
    network: Network


def save_inventory(session: Session, rows: Sequence[InventoryRow], now: datetime) -> int:
    """Make these the cameras there are; one that is no longer named stays with its history, not listed. Returns how
    many are new or changed."""
    lock_writers(session, TOPIC)
    stored = {row.code: row for row in session.scalars(select(CameraRow))}
    changed = 0
    for said in rows:
        row = stored.pop(said.camera.code, None)
        if row is None:
            row = CameraRow(code=said.camera.code, still_samples=0, state=CameraState.UNKNOWN.value)
            session.add(row)
        before = _stated(row)
        _state(row, said)
        if before != _stated(row):
            row.recorded_at = now
            changed += 1
    for row in stored.values():
        changed += row.is_listed
        row.is_listed = False
    session.flush()
    if changed:
        bump_version(session, TOPIC, now)
    return changed


def save_pass(
    session: Session, found: Mapping[str, CameraHealth], states: Mapping[str, CameraState], now: datetime
) -> int:
    """Store the rungs as a pass found them, and each camera's state (unknown behind a cut line); returns how many
    changed state."""
    lock_writers(session, TOPIC)
    changed = 0
    rows = {row.code: row for row in session.scalars(select(CameraRow).where(CameraRow.code.in_(sorted(found))))}
    session.execute(delete(CameraRungRow).where(CameraRungRow.camera.in_(sorted(rows))))
    for code, row in rows.items():
        health, state = found[code], states[code].value
        row.frame_at, row.still_samples = health.frame_at, health.still_samples
        if row.state != state or row.state_since is None:
            row.state, row.state_since = state, now
            session.add(CameraChangeRow(camera=code, at=now, state=state))
            changed += 1
        session.add_all(_rung_row(code, rung) for rung in health.in_order())
    session.flush()
    bump_version(session, TOPIC, now)
    return changed


def _rung_row(code: str, rung: Rung) -> CameraRungRow:
    return CameraRungRow(
        camera=code,
        rung=rung.name.value,
        state=rung.state.value,
        at=rung.at,
        reason=rung.reason,
        fault=rung.fault.value if rung.fault else "",
        warns=rung.warns,
        is_blocked=rung.is_blocked,
    )


_STATED = (
    "unit", "site", "place", "kind", "purpose", "recorder", "privacy", "is_compliant", "host", "port", "path",
    "user_name", "onvif_port", "recorder_host", "recorder_port", "channel", "is_listed",
)  # fmt: skip


def _stated(row: CameraRow) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _STATED)


def _state(row: CameraRow, said: InventoryRow) -> None:
    camera, network = said.camera, said.network
    row.unit, row.site, row.place = camera.unit, camera.site, camera.place
    row.kind, row.purpose, row.privacy = camera.kind.value, camera.purpose.value, camera.privacy.value
    row.recorder, row.is_compliant = camera.recorder, camera.is_compliant
    for name in Network.__slots__:
        setattr(row, name, getattr(network, name))
    row.is_listed = True

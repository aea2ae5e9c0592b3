"""What may be asked about cameras: inventory and health of the principal's units, and how they stood for a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cameras.saving import InventoryRow, Network
from data_access.models.cameras import CameraChangeRow, CameraRow, CameraRungRow
from data_access.scope import NotFound, visible_units
from domain.cameras import (
    Camera,
    CameraHealth,
    CameraKind,
    CameraPurpose,
    CameraState,
    Fault,
    PrivacyClass,
    Rung,
    RungName,
    RungState,
    StateChange,
)
from domain.units import Organisation


@dataclass(frozen=True, slots=True)
class CameraDay:
    """The cameras of a scope and how they stand; `since` is from when on each is in its state."""

    cameras: tuple[Camera, ...]
    healths: Mapping[str, CameraHealth]
    since: Mapping[str, datetime]


def camera_day(session: Session, principal: Principal, organisation: Organisation, on: date) -> CameraDay:
    """Every listed camera of the principal's units, by unit and code."""
    rows = _rows(session, principal, organisation, on)
    return CameraDay(
        cameras=tuple(_camera(row) for row in rows),
        healths=_healths(session, rows),
        since={row.code: row.state_since for row in rows if row.state_since is not None},
    )


def camera_changes(session: Session, codes: Sequence[str], since: datetime) -> dict[str, list[StateChange]]:
    """Changes of state by camera from the last one before `since` on; of cameras a scope has let through."""
    row = CameraChangeRow
    found: dict[str, list[StateChange]] = {code: [] for code in codes}
    # The last before the window says how each stood when it began; years of history are not read for every drawing.
    before = select(func.max(row.id)).where(row.camera.in_(sorted(codes)), row.at <= since).group_by(row.camera)
    known = or_(row.at > since, row.id.in_(before))
    question = select(row.camera, row.at, row.state).where(row.camera.in_(sorted(codes)), known)
    for camera, at, state in session.execute(question.order_by(row.at, row.id)):
        found[camera].append(StateChange(at, CameraState(state)))
    return found


def cameras_seen(session: Session, principal: Principal, organisation: Organisation, on: date) -> int:
    """How many cameras the inventory lists for the principal."""
    return len(_rows(session, principal, organisation, on))


def camera_seen(
    session: Session, principal: Principal, organisation: Organisation, code: str, on: date
) -> InventoryRow:
    """One listed camera with where it answers; raises NotFound also for what is another unit's."""
    for row in _rows(session, principal, organisation, on):
        if row.code == code:
            return _inventory_row(row)
    raise NotFound(code)


def endpoints(session: Session) -> list[InventoryRow]:
    """Every listed camera with where it answers. For the worker."""
    rows = session.scalars(select(CameraRow).where(CameraRow.is_listed.is_(True)).order_by(CameraRow.code))
    return [_inventory_row(row) for row in rows]


def healths(session: Session) -> dict[str, CameraHealth]:
    """How every listed camera stood after the last pass. For the worker."""
    rows = session.scalars(select(CameraRow).where(CameraRow.is_listed.is_(True)))
    return _healths(session, list(rows))


def _inventory_row(row: CameraRow) -> InventoryRow:
    return InventoryRow(_camera(row), Network(**{name: getattr(row, name) for name in Network.__slots__}))


def _rows(session: Session, principal: Principal, organisation: Organisation, on: date) -> list[CameraRow]:
    units = visible_units(principal, organisation, on)
    question = select(CameraRow).where(CameraRow.is_listed.is_(True)).order_by(CameraRow.unit, CameraRow.code)
    if units is not None:
        question = question.where(CameraRow.unit.in_(sorted(units)))
    return list(session.scalars(question))


def _healths(session: Session, rows: Sequence[CameraRow]) -> dict[str, CameraHealth]:
    codes = [row.code for row in rows]
    rungs: dict[str, dict[RungName, Rung]] = {code: {} for code in codes}
    question = select(CameraRungRow).where(CameraRungRow.camera.in_(codes))
    for rung in session.scalars(question):
        name = RungName(rung.rung)
        rungs[rung.camera][name] = Rung(
            name,
            RungState(rung.state),
            rung.at,
            rung.reason,
            Fault(rung.fault) if rung.fault else None,
            rung.warns,
            rung.is_blocked,
        )
    return {row.code: CameraHealth(row.code, rungs[row.code], row.frame_at, row.still_samples) for row in rows}


def _camera(row: CameraRow) -> Camera:
    return Camera(
        code=row.code,
        unit=row.unit,
        site=row.site,
        place=row.place,
        kind=CameraKind(row.kind),
        purpose=CameraPurpose(row.purpose),
        recorder=row.recorder,
        privacy=PrivacyClass(row.privacy),
        is_compliant=row.is_compliant,
    )

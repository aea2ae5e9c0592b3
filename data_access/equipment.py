"""The equipment register: a unit's newest sheet is all it has; what a modern office needs is the agency's list."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.equipment import EquipmentRow
from data_access.scope import case_units_seen
from data_access.versions import bump_version, lock_writers
from domain.counted_share import CountedShare
from domain.equipment import (
    EquipmentItem,
    EquipmentKind,
    EquipmentNeed,
    OfficeEquipment,
    equipped_offices,
    office_equipment,
)
from domain.local_time import local_day
from domain.units import Organisation

TOPIC = "equipment"
NEEDS_FILE = Path(__file__).resolve().parent.parent / "data" / "equipment_needs.csv"
SAMPLE = "Dữ liệu mẫu"


@lru_cache(maxsize=4)
def load_equipment_needs(path: Path = NEEDS_FILE) -> tuple[EquipmentNeed, ...]:
    """What a modern office needs, in display order; OSError, KeyError or ValueError when the file is unusable."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            EquipmentNeed(
                kind=EquipmentKind(row["kind"]),
                least=int(row["least"]),
                oldest=int(row["oldest_years"]) if row["oldest_years"] else None,
                must_be_networked=row["must_be_networked"] == "yes",
                is_sample=row["status"].startswith(SAMPLE),
            )
            for row in csv.DictReader(lines)
        )


def save_registers(session: Session, items: Sequence[EquipmentItem], stated_at: datetime, now: datetime) -> int:
    """Let the register of every unit among the items be what they say, as a sheet stated it at `stated_at`; returns how
    many units' registers are not what they were. An older sheet changes nothing."""
    if not items:
        return 0
    lock_writers(session, TOPIC)
    changed = 0
    for unit in sorted({item.unit for item in items}):
        own = [item for item in items if item.unit == unit]
        known = session.scalar(select(func.max(EquipmentRow.stated_at)).where(EquipmentRow.unit == unit))
        if known is not None and known > stated_at:
            continue
        before = sorted(map(repr, _register(session, unit)))
        session.execute(delete(EquipmentRow).where(EquipmentRow.unit == unit))
        session.execute(
            insert(EquipmentRow),
            [
                {each.name: getattr(item, each.name) for each in fields(item)}
                | {"stated_at": stated_at, "recorded_at": now}
                for item in own
            ],
        )
        changed += before != sorted(map(repr, own))
    if changed:
        bump_version(session, TOPIC, now)
    return changed


def equipment_register(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> list[EquipmentItem]:
    """Every line of the registers of the principal's units, in the order of units."""
    return [
        item for unit in case_units_seen(principal, organisation, local_day(now)) for item in _register(session, unit)
    ]


def offices(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    now: datetime,
    needs: Sequence[EquipmentNeed] | None = None,
) -> dict[str, OfficeEquipment | None]:
    """The office of each of the principal's units in display order; None for one that sent no register: unknown."""
    today = local_day(now)
    needs = load_equipment_needs() if needs is None else needs
    units = case_units_seen(principal, organisation, today)
    newest = select(EquipmentRow.unit, func.max(EquipmentRow.stated_at).label("stated_at")).where(
        EquipmentRow.unit.in_(units)
    )
    stated = {row.unit: row.stated_at for row in session.execute(newest.group_by(EquipmentRow.unit))}
    by_unit: dict[str, list[EquipmentItem]] = {unit: [] for unit in stated}
    for row in session.scalars(select(EquipmentRow).where(EquipmentRow.unit.in_(units)).order_by(EquipmentRow.id)):
        by_unit[row.unit].append(_item(row))
    return {
        unit: office_equipment(unit, by_unit[unit], needs, local_day(stated[unit]), today) if unit in stated else None
        for unit in units
    }


def modern_offices(session: Session, principal: Principal, organisation: Organisation, now: datetime) -> CountedShare:
    """Offices with all needed equipment, of the offices of which it is known; the unknown ones beside."""
    return equipped_offices(offices(session, principal, organisation, now))


def _register(session: Session, unit: str) -> list[EquipmentItem]:
    """The lines of one unit that a scope has let through."""
    question = select(EquipmentRow).where(EquipmentRow.unit == unit).order_by(EquipmentRow.id)
    return [_item(row) for row in session.scalars(question)]


def _item(row: EquipmentRow) -> EquipmentItem:
    return EquipmentItem(
        unit=row.unit,
        kind=EquipmentKind(row.kind),
        quantity=row.quantity,
        year=row.year,
        is_working=row.is_working,
        is_networked=row.is_networked,
        asset=row.asset,
    )

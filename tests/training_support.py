"""Training and equipment that tests talk about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from data_access.equipment import save_registers
from data_access.session import Database
from data_access.sources import save_source_success
from data_access.training import save_sessions, save_tests
from domain.equipment import EquipmentItem, EquipmentKind
from domain.local_time import local_day
from domain.training import ProficiencyRecord, SessionKind, SessionRecord

DAY = timedelta(days=1)


def a_part(held_on: date, **changes: Any) -> SessionRecord:
    """A unit's part in a session of training that was held: eight of ten came."""
    values: dict[str, Any] = {"unit": "PHUVANG", "code": "DT-01", "title": "Sử dụng Hue-S", "held_on": held_on}
    return SessionRecord(**{**values, "kind": SessionKind.TRAINING, "invited": 10, "attended": 8, **changes})


def a_test(tested_on: date, **changes: Any) -> ProficiencyRecord:
    """Of twelve, ten were tested and nine passed."""
    values: dict[str, Any] = {"unit": "PHUVANG", "code": "KT-1", "tested_on": tested_on}
    return ProficiencyRecord(**{**values, "staff": 12, "tested": 10, "passed": 9, **changes})


def an_item(kind: EquipmentKind = EquipmentKind.COMPUTER, **changes: Any) -> EquipmentItem:
    """Five computers of 2024, working and on the network."""
    values: dict[str, Any] = {"unit": "PHUVANG", "kind": kind, "quantity": 5, "year": 2024}
    return EquipmentItem(**{**values, "is_working": True, "is_networked": True, **changes})


def a_modern_office(unit: str) -> list[EquipmentItem]:
    """Five of everything, all young."""
    return [an_item(kind, unit=unit) for kind in EquipmentKind]


def a_year_of_training(database: Database, units: Sequence[str], now: datetime) -> None:
    """All units but the last took part and were tested. The first has all equipment, the second old computers, the
    third computers of no stated age, others have nothing; the last sent no register."""
    today = local_day(now)
    parts = [a_part(today - 30 * DAY, unit=unit) for unit in units[:-1]]
    parts += [a_part(today + 9 * DAY, unit=unit, code="DT-02", attended=None) for unit in units[:-1]]
    parts.append(a_part(today - 3 * DAY, unit=units[0], code="DT-03", attended=None))
    tests = [a_test(today - 20 * DAY, unit=unit) for unit in units[:-1]]
    items = a_modern_office(units[0])
    for unit, year in ((units[1], 2005), (units[2], None)):
        items += [item for item in a_modern_office(unit) if item.kind is not EquipmentKind.COMPUTER]
        items.append(an_item(unit=unit, year=year))
    items += [an_item(unit=unit, quantity=0) for unit in units[3:-1]]
    with database.writing() as session:
        save_sessions(session, parts, now, now)
        save_tests(session, tests, now, now)
        save_registers(session, items, now, now)
        for source in ("training", "equipment"):
            save_source_success(session, source, now, now)

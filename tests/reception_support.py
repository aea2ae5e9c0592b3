"""A morning of citizen reception that tests talk about: visits of some units, a delegation, a register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from data_access.reception import save_petitions, save_visits
from data_access.session import Database
from data_access.sources import save_source_success
from domain.local_time import local_day
from domain.reception import PetitionKind, PetitionRecord, PetitionSubject, VisitRecord

MINUTE = timedelta(minutes=1)


def a_visit(came_at: datetime, waited: int | None = 10, took: int | None = 12, **changes: Any) -> VisitRecord:
    """A visit that waited and took so many minutes; None: not yet called, not yet ended."""
    called_at = None if waited is None else came_at + waited * MINUTE
    ended_at = None if called_at is None or took is None else called_at + took * MINUTE
    values: dict[str, Any] = {
        "unit": "PHUVANG",
        "reference": f"{local_day(came_at):%y%m%d}/A{int(came_at.timestamp()) % 10_000:04d}",
        "ticketed_at": came_at,
        "updated_at": max(at for at in (came_at, called_at, ended_at) if at is not None),
        "called_at": called_at,
        "ended_at": ended_at,
    }
    return VisitRecord(**{**values, **changes})


def a_petition(accepted_on: Any, number: int = 1, **changes: Any) -> PetitionRecord:
    """A complaint against a measure of coercion, thirty days by the rule."""
    values = {
        "unit": "PHUVANG",
        "reference": f"{number:02d}/2026",
        "kind": PetitionKind.COMPLAINT,
        "accepted_on": accepted_on,
        "subject": PetitionSubject.COERCION,
    }
    return PetitionRecord(**{**values, **changes})


def a_morning_of_visits(
    database: Database, units: Sequence[str], now: datetime, told_at: datetime | None = None, crowd: bool = True
) -> None:
    """Every unit but the last received three, one waits; the second has somebody over the limit and a delegation."""
    visits = []
    for unit in units[:-1]:
        for place, ago in enumerate((150, 110, 70)):
            came_at = now - ago * MINUTE
            visits.append(a_visit(came_at, waited=6 + 4 * place, unit=unit, reference=f"{now:%y%m%d}/A{place:03d}"))
        visits.append(a_visit(now - 5 * MINUTE, None, unit=unit, reference=f"{now:%y%m%d}/A010"))
    if crowd:
        long = {"unit": units[1], "reference": f"{now:%y%m%d}/A011"}
        many = {"unit": units[1], "reference": f"{now:%y%m%d}/A012", "people": 15}
        visits += [a_visit(now - 25 * MINUTE, None, **long), a_visit(now - 135 * MINUTE, 15, None, **many)]
    today = local_day(now)
    petitions = [
        a_petition(today - timedelta(days=days), number, unit=units[0])
        for number, days in enumerate((3, 12, 25, 45 if crowd else 5), start=1)
    ]
    petitions.append(a_petition(today - timedelta(days=30), 9, unit=units[0], resolved_on=today - timedelta(days=9)))
    with database.writing() as session:
        save_visits(session, visits, now)
        save_petitions(session, petitions, now, now)
        save_source_success(session, "reception", told_at or now, told_at or now, len(visits))

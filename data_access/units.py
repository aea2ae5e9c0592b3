"""Reads an organisation pack: pack.toml and its dated CSV files."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from domain.units import Area, Organisation, Succession, Target, Territory, Unit, UnitKind

T = TypeVar("T")
Row = dict[str, str]


class OrganisationRefused(Exception):
    """The pack cannot be used; the message is Vietnamese and names file, row and reason."""


def load_organisation(folder: Path) -> Organisation:
    """The organisation of a pack folder; raises OrganisationRefused for anything missing or contradictory."""
    try:
        pack = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
        title, banner, name = str(pack["title"]), str(pack.get("banner", "")), str(pack["name"])
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise OrganisationRefused(f"Không đọc được pack.toml trong {folder.name}: {error}") from error
    organisation = Organisation(
        name=name,
        title=title,
        banner=banner,
        units=_rows(folder / "units.csv", _unit),
        areas=_rows(folder / "areas.csv", _area),
        territory=_rows(folder / "territory.csv", _territory),
        successions=_rows(folder / "successions.csv", _succession),
        targets=_rows(folder / "targets.csv", _target),
    )
    problems = organisation.problems()
    if problems:
        raise OrganisationRefused(f"Cơ cấu {folder.name} mâu thuẫn: " + "; ".join(problems[:5]))
    return organisation


def _rows(path: Path, parse: Callable[[Row], T]) -> tuple[T, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OrganisationRefused(f"Không đọc được {path.name}: {error}") from error
    found: list[T] = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            found.append(parse({key: (value or "").strip() for key, value in row.items() if key is not None}))
        except KeyError as error:
            raise OrganisationRefused(f"{path.name}: thiếu cột {error.args[0]}") from error
        except (ValueError, InvalidOperation) as error:
            raise OrganisationRefused(f"{path.name} dòng {number}: giá trị không hợp lệ ({error})") from error
    return tuple(found)


def _unit(row: Row) -> Unit:
    return Unit(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        kind=UnitKind(row["kind"]),
        parent=row["parent"] or None,
        handles_cases=row["handles_cases"] == "1",
        illustrative=row["illustrative"] == "1",
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day_or_open(row["valid_to"]),
    )


def _area(row: Row) -> Area:
    return Area(
        row["code"],
        row["name"],
        row["kind"],
        row["illustrative"] == "1",
        date.fromisoformat(row["valid_from"]),
        _day_or_open(row["valid_to"]),
    )


def _territory(row: Row) -> Territory:
    valid_from = date.fromisoformat(row["valid_from"])
    return Territory(row["unit"], row["area"], valid_from, _day_or_open(row["valid_to"]))


def _succession(row: Row) -> Succession:
    return Succession(row["from_unit"], row["to_unit"], row["area"] or None, date.fromisoformat(row["on"]))


def _target(row: Row) -> Target:
    return Target(
        row["unit"],
        int(row["year"]),
        row["measure"],
        Decimal(row["value"]),
        date.fromisoformat(row["valid_from"]),
        row["source"],
        row["status"],
    )


def _day_or_open(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

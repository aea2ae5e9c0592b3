"""Units, wards and successions, read from an organisation pack's CSV files by the demo city itself."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path


class PackRefused(ValueError):
    """The pack folder lacks a file or a column, or no unit in it handles cases on the day asked about."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as the pack has it on a day: code, names, wards (code, is urban); a central one has no territory of its
    own and takes cases from everywhere."""

    code: str
    name: str
    short_name: str
    is_central: bool
    wards: tuple[tuple[str, bool], ...]

    @property
    def decision_suffix(self) -> str:
        """What stands behind the number of its decisions: Cục, Chi cục and today's bodies sign differently."""
        name = folded(self.name)
        return "QĐ-CCTHADS" if name.startswith("chi cuc") else "QĐ-CTHADS" if name.startswith("cuc") else "QĐ-THADS"


class Pack:
    """The rows of units.csv, areas.csv, territory.csv and successions.csv; dates are inclusive, empty means open."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.resolve().name
        self._units = list(_rows(folder / "units.csv", ("code", "name", "kind", "valid_from", "valid_to")))
        self._areas = {row["code"]: row for row in _rows(folder / "areas.csv", ("code", "name", "kind"))}
        self._territory = list(_rows(folder / "territory.csv", ("unit", "area", "valid_from", "valid_to")))
        successions = folder / "successions.csv"
        self._successions = list(_rows(successions, ("from_unit", "to_unit", "on"))) if successions.exists() else []

    def units_on(self, day: date) -> list[Unit]:
        """The units that handle cases on a day, in the pack's order, with their wards; raises PackRefused if none."""
        valid = [row for row in self._units if _holds(row, day) and _is_yes(row.get("handles_cases", "1"))]
        if not valid:
            raise PackRefused(f"no unit of pack {self.name} handles cases on {day:%d/%m/%Y}")
        wards = {row["code"]: self._wards_of(row["code"], day) for row in valid}
        everywhere = tuple(ward for of_unit in wards.values() for ward in of_unit)
        return [
            Unit(
                code=row["code"],
                name=row["name"],
                short_name=row.get("short_name") or row["name"],
                is_central=not wards[row["code"]],
                wards=wards[row["code"]] or everywhere,
            )
            for row in valid
        ]

    def issuing_unit(self, unit: str, ward: str, decided_on: date, suffixes: dict[str, str]) -> str:
        """The unit that issued a decision on that day for what `unit` handles now; notes its suffix in `suffixes`."""
        row = self._unit_row(unit, decided_on) or self._predecessor(unit, ward, decided_on)
        if row is None:
            return unit
        suffixes[row["code"]] = Unit(row["code"], row["name"], "", False, ()).decision_suffix
        return row["code"]

    def root_on(self, day: date) -> str:
        """The code of the unit above all others on a day; raises PackRefused without one."""
        found = [row["code"] for row in self._units if _holds(row, day) and not row.get("parent")]
        if not found:
            raise PackRefused(f"pack {self.name} has no unit above the others on {day:%d/%m/%Y}")
        return found[0]

    @property
    def beginning(self) -> date | None:
        """The first day the pack knows units of; None when it leaves it open. No decision is older."""
        first = [row["valid_from"] for row in self._units if _is_yes(row.get("handles_cases", "1"))]
        return date.fromisoformat(min(first)) if first and all(first) else None

    def _wards_of(self, unit: str, day: date) -> tuple[tuple[str, bool], ...]:
        """Wards and communes where the pack has them, else whatever areas it has."""
        held = [row["area"] for row in self._territory if row["unit"] == unit and _holds(row, day)]
        known = [(code, self._areas[code]) for code in held if code in self._areas]
        fine = [(code, row) for code, row in known if row["kind"] != "district"] or known
        return tuple((code, not folded(row["name"]).startswith(("xa ", "huyen "))) for code, row in fine)

    def _predecessor(self, unit: str, ward: str, decided_on: date) -> dict[str, str] | None:
        """Who handled the ward then: the succession that names the ward, else the predecessor whose own name lives on
        in the ward with the nearest code (codes run from district to district)."""
        told = [item for item in self._successions if item["to_unit"] == unit]
        named = [item for item in told if item.get("area") == ward]
        codes = [item["from_unit"] for item in named or told if named or not item.get("area")]
        rows = [row for code in codes if (row := self._unit_row(code, decided_on)) is not None]
        namesakes = [
            (abs(int(area) - int(ward)), place)
            for area in {item["area"] for item in self._territory if item["unit"] == unit}
            for place, row in enumerate(rows)
            if area.isdecimal() and ward.isdecimal() and area in self._areas
            if folded(row.get("short_name") or row["name"]) in folded(self._areas[area]["name"])
        ]
        return rows[min(namesakes, default=(0, 0))[1]] if rows else None

    def _unit_row(self, code: str, day: date) -> dict[str, str] | None:
        for row in self._units:
            if row["code"] == code and _holds(row, day) and _is_yes(row.get("handles_cases", "1")):
                return row
        return None


def folded(text: str) -> str:
    """Lower case without diacritics, for comparing names."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


def _is_yes(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "yes", "x")


def _holds(row: dict[str, str], day: date) -> bool:
    first, last = row.get("valid_from", ""), row.get("valid_to", "")
    return (not first or first <= day.isoformat()) and (not last or day.isoformat() <= last)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or [])]
            if missing:
                raise PackRefused(f"{path.name} lacks the column {missing[0]}")
            for row in reader:
                yield {name: (value or "").strip() for name, value in row.items() if name}
    except OSError as error:
        raise PackRefused(f"{path} cannot be read") from error

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
    """One unit as the pack has it on a day: code, the name for its decisions, its wards (code, is urban)."""

    code: str
    name: str
    short_name: str
    is_root: bool
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
        self._areas = list(_rows(folder / "areas.csv", ("code", "name", "kind")))
        self._territory = list(_rows(folder / "territory.csv", ("unit", "area", "valid_from", "valid_to")))
        successions = folder / "successions.csv"
        self._successions = list(_rows(successions, ("from_unit", "to_unit", "on"))) if successions.exists() else []

    def units_on(self, day: date) -> list[Unit]:
        """The units that handle cases on a day, in the pack's order, with their wards; raises PackRefused if none."""
        urban = {row["code"]: not folded(row["name"]).startswith(("xa ", "huyen ")) for row in self._areas}
        valid = [row for row in self._units if _holds(row, day)]
        codes = {row["code"] for row in valid}
        handling = [row for row in valid if _is_yes(row.get("handles_cases", "1"))]
        wards = {row["code"]: list[tuple[str, bool]]() for row in handling}
        for row in self._territory:
            if row["unit"] in wards and _holds(row, day):
                wards[row["unit"]].append((row["area"], urban.get(row["area"], False)))
        everywhere = [ward for of_unit in wards.values() for ward in of_unit]
        if not handling:
            raise PackRefused(f"no unit of pack {self.name} handles cases on {day:%d/%m/%Y}")
        return [
            Unit(
                code=row["code"],
                name=row["name"],
                short_name=row.get("short_name") or row["name"],
                is_root=row.get("parent", "") not in codes,
                wards=tuple(wards[row["code"]] or everywhere),
            )
            for row in handling
        ]

    def issuing_unit(self, unit: str, ward: str, decided_on: date, suffixes: dict[str, str]) -> str:
        """The unit that issued a decision on that day for what `unit` handles now; notes its suffix in `suffixes`."""
        row = self._unit_row(unit, decided_on)
        if row is None:
            predecessors = [
                item
                for item in self._successions
                if item["to_unit"] == unit and self._unit_row(item["from_unit"], decided_on) is not None
            ]
            predecessors.sort(key=lambda item: (item.get("area") != ward, bool(item.get("area"))))
            row = self._unit_row(predecessors[0]["from_unit"], decided_on) if predecessors else None
        if row is None:
            return unit
        suffixes[row["code"]] = Unit(row["code"], row["name"], "", False, ()).decision_suffix
        return row["code"]

    @property
    def beginning(self) -> date | None:
        """The first day the pack knows units of; None when it leaves it open. No decision is older."""
        first = [row["valid_from"] for row in self._units if _is_yes(row.get("handles_cases", "1"))]
        return date.fromisoformat(min(first)) if first and all(first) else None

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

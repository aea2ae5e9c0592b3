"""Reads an organisation pack: pack.toml and its dated CSV files, refused with file, row and reason when unusable."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from domain.units import Area, Organisation, Succession, Target, Territory, Unit, UnitKind

T = TypeVar("T")
AREA_KINDS = ("district", "ward")
SHOWN_PROBLEMS = 5


class OrganisationRefused(Exception):
    """The pack cannot be used; the message is Vietnamese and names file, row and reason."""


class _CellRefused(Exception):
    """A cell that means nothing; the table adds file and row."""


class _Row:
    """One row of a table, read cell by cell; a cell that means nothing says so."""

    def __init__(self, cells: dict[str, str]) -> None:
        self._cells = cells

    def optional(self, column: str) -> str | None:
        return self._cells.get(column) or None

    def text(self, column: str) -> str:
        text = self.optional(column)
        if text is None:
            raise _CellRefused(f'cột "{column}" không được để trống')
        return text

    def day(self, column: str) -> date:
        return _day(column, self.text(column))

    def last_day(self, column: str) -> date | None:
        """Empty, or the year 9999 that some systems write, is open."""
        text = self.optional(column)
        day = _day(column, text) if text is not None else date.max
        return None if day.year == date.max.year else day

    def flag(self, column: str) -> bool:
        return self.one_of(column, ("0", "1")) == "1"

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        text = self.text(column)
        if text not in allowed:
            raise _CellRefused(f'cột "{column}" là "{text}", chỉ nhận {", ".join(allowed)}')
        return text

    def known(self, column: str, codes: Collection[str], what: str) -> str:
        text = self.text(column)
        if text not in codes:
            raise _CellRefused(f'cột "{column}": không có {what} "{text}"')
        return text

    def known_or_empty(self, column: str, codes: Collection[str], what: str) -> str | None:
        return self.known(column, codes, what) if self.optional(column) else None

    def number(self, column: str) -> Decimal:
        """A number with a decimal point, or the comma of Vietnamese Excel."""
        text = self.text(column)
        try:
            number = Decimal(text.replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise _CellRefused(f'cột "{column}" là "{text}", phải là số như 83.5')
        return number


def load_organisation(folder: Path) -> Organisation:
    """The organisation of a pack folder; raises OrganisationRefused for anything missing or contradictory."""
    pack = _pack(folder)
    units_file, areas_file = folder / "units.csv", folder / "areas.csv"
    areas = _table(areas_file, ("code", "name", "kind", "illustrative", "valid_from", "valid_to"), _area)
    area_codes = {area.code for area in areas}
    unit_codes = frozenset(_table(units_file, ("code",), lambda row: row.text("code")))
    organisation = Organisation(
        name=pack["name"],
        title=pack["title"],
        banner=pack["banner"],
        sample_note=pack["sample_note"],
        units=_table(units_file, UNIT_COLUMNS, lambda row: _unit(row, unit_codes, area_codes)),
        areas=areas,
        territory=_table(
            folder / "territory.csv",
            ("unit", "area", "valid_from", "valid_to"),
            lambda row: _territory(row, unit_codes, area_codes),
        ),
        successions=_table(
            folder / "successions.csv",
            ("from_unit", "to_unit", "area", "on"),
            lambda row: _succession(row, unit_codes, area_codes),
        ),
        targets=_table(
            folder / "targets.csv",
            ("unit", "year", "measure", "value", "valid_from", "source", "status"),
            lambda row: _target(row, unit_codes),
        ),
    )
    problems = organisation.problems()
    if problems:
        shown = "; ".join(problems[:SHOWN_PROBLEMS])
        rest = f"; và {len(problems) - SHOWN_PROBLEMS} lỗi khác" if len(problems) > SHOWN_PROBLEMS else ""
        raise OrganisationRefused(f"Gói tổ chức {folder.name} mâu thuẫn: {shown}{rest}")
    return organisation


UNIT_COLUMNS = (
    "code", "name", "short_name", "kind", "parent", "handles_cases", "illustrative", "valid_from", "valid_to",
)  # fmt: skip


def _pack(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise OrganisationRefused(f"Không có thư mục gói tổ chức {folder}")
    try:
        pack = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OrganisationRefused(f"pack.toml trong {folder.name}: không đọc được ({error})") from error
    values = {key: pack.get(key, "") for key in ("name", "title", "banner", "sample_note")}
    for key, value in values.items():
        if not isinstance(value, str) or (key in ("name", "title") and not value.strip()):
            raise OrganisationRefused(f'pack.toml trong {folder.name}: "{key}" phải là một dòng chữ')
    return values


def _table(path: Path, columns: Collection[str], parse: Callable[[_Row], T]) -> tuple[T, ...]:
    """Every row of a CSV file (UTF-8, with or without BOM; comma, or semicolon as Vietnamese Excel writes it)."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise OrganisationRefused(f"{path.name}: không phải UTF-8; hãy lưu lại dạng CSV UTF-8") from None
    except OSError as error:
        raise OrganisationRefused(f"{path.name}: không đọc được ({error.strerror})") from error
    first_line = text.partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[T] = []
    header: list[str] = []
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not header:
                header = _header(path, cells, columns)
            elif len(cells) > len(header):
                raise _CellRefused(f"có {len(cells)} ô, tiêu đề chỉ có {len(header)} cột")
            else:
                found.append(parse(_Row(dict(zip(header, cells, strict=False)))))
    except (_CellRefused, csv.Error) as error:
        raise OrganisationRefused(f"{path.name} dòng {reader.line_num}: {error}") from error
    if not header:
        raise OrganisationRefused(f"{path.name}: tệp rỗng, thiếu dòng tiêu đề")
    return tuple(found)


def _header(path: Path, cells: list[str], columns: Collection[str]) -> list[str]:
    missing = [column for column in columns if column not in cells]
    if missing:
        raise OrganisationRefused(f"{path.name}: thiếu cột {', '.join(missing)}")
    twice = sorted({cell for cell in cells if cell and cells.count(cell) > 1})
    if twice:
        raise OrganisationRefused(f"{path.name}: cột {', '.join(twice)} ghi hai lần")
    return cells


def _unit(row: _Row, units: Collection[str], areas: Collection[str]) -> Unit:
    return Unit(
        code=row.text("code"),
        name=row.text("name"),
        short_name=row.text("short_name"),
        kind=UnitKind(row.one_of("kind", [kind.value for kind in UnitKind])),
        parent=row.known_or_empty("parent", units, "đơn vị cấp trên"),
        handles_cases=row.flag("handles_cases"),
        illustrative=row.flag("illustrative"),
        valid_from=row.day("valid_from"),
        valid_to=row.last_day("valid_to"),
        seat_area=row.known_or_empty("seat_area", areas, "địa bàn"),
    )


def _area(row: _Row) -> Area:
    return Area(
        code=row.text("code"),
        name=row.text("name"),
        kind=row.one_of("kind", AREA_KINDS),
        illustrative=row.flag("illustrative"),
        valid_from=row.day("valid_from"),
        valid_to=row.last_day("valid_to"),
    )


def _territory(row: _Row, units: Collection[str], areas: Collection[str]) -> Territory:
    share = row.number("share") if row.optional("share") else Decimal(1)
    if not 0 < share <= 1:
        raise _CellRefused(f'cột "share" là {share}, phải lớn hơn 0 và không quá 1')
    return Territory(
        unit=row.known("unit", units, "đơn vị"),
        area=row.known("area", areas, "địa bàn"),
        valid_from=row.day("valid_from"),
        valid_to=row.last_day("valid_to"),
        share=share,
    )


def _succession(row: _Row, units: Collection[str], areas: Collection[str]) -> Succession:
    return Succession(
        from_unit=row.known("from_unit", units, "đơn vị"),
        to_unit=row.known("to_unit", units, "đơn vị"),
        area=row.known_or_empty("area", areas, "địa bàn"),
        on=row.day("on"),
    )


def _target(row: _Row, units: Collection[str]) -> Target:
    year = row.text("year")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise _CellRefused(f'cột "year" là "{year}", phải là năm thống kê như 2027')
    return Target(
        unit=row.known("unit", units, "đơn vị"),
        year=int(year),
        measure=row.text("measure"),
        value=row.number("value"),
        valid_from=row.day("valid_from"),
        source=row.text("source"),
        status=row.text("status"),
    )


def _day(column: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _CellRefused(f'cột "{column}" là "{text}", phải là ngày có thật, viết như 2025-07-01') from None

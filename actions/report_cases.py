"""Writes the workbook of the cases a person looks at; what left the house is in the audit."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.cases import ListedCase, every_case, filtered_figures
from data_access.regimes import load_regimes
from data_access.session import Database
from data_access.sources import source_by_name
from domain.case_filters import NOBODY_NAME, CaseFilter
from domain.cases import (
    CASE_CLASS_NAMES,
    CASE_GROUP_NAMES,
    CASE_KIND_NAMES,
    CASE_TYPE_NAMES,
    decision_name,
    regime_on,
)
from domain.indicators import CATALOGUE
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.statistics import Figures, total
from domain.units import Organisation
from reports.cases import Value, writing_cases_to

# More rows than a person can read; the sheet says so when there are more.
MOST_ROWS = 100_000


def save_cases(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> int:
    """Write what the filter asks for; how many rows. Raises NotAllowed, NotFound, OSError."""
    number = deque(writing_cases(database, principal, organisation, wanted, is_sample, now, path), maxlen=1).pop()
    with database.writing() as session:
        detail = {"rows": str(number), "filter": wanted.address()}
        record_audit(session, principal, "cases_exported", principal.unit or "", detail, now)
    return number


def case_rows_expected(
    database: Database, principal: Principal, organisation: Organisation, wanted: CaseFilter, now: datetime
) -> int:
    """How many việc the figure of the filter counts: the list has no more rows. Raises NotAllowed, NotFound."""
    period = wanted.period(local_day(now))
    regime = regime_on(load_regimes(), period.to_on)
    with database.reading() as session:
        figures = total(filtered_figures(session, principal, organisation, wanted, period, regime).values())
    return min(CATALOGUE[f"{wanted.figure or 'total_docketed'}_cases"].count(figures), MOST_ROWS)


def writing_cases(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> Iterator[int]:
    """Write what the filter asks for while it is iterated, from one reading; how many rows there are so far. What left
    the house is told by the caller, who knows when it does. Raises NotAllowed, NotFound, OSError."""
    principal.require(Permission.SEE_CASES)
    today = local_day(now)
    period = wanted.period(today)
    regime = regime_on(load_regimes(), period.to_on)
    names = {unit.code: unit.name for unit in organisation.units}
    areas = {area.code: area.name for area in organisation.areas}
    with database.reading() as session:
        asked = (session, principal, organisation, wanted, period, regime)
        figures = total(filtered_figures(*asked).values())
        source = source_by_name(session, "cases")
        as_of = moment_words(source.as_of_at) if source.as_of_at else "chưa có"
        provenance = [
            ("Nội dung", "Danh sách việc thi hành án"),
            ("Nguồn", f"{source.title}, số liệu đến {as_of}"),
            ("Kỳ", f"{period.from_on:%d/%m/%Y} – {period.to_on:%d/%m/%Y}, số liệu tạm tính"),
            ("Chế độ thống kê", regime.name),
            ("Bộ lọc", wanted.words(areas) or "mọi việc"),
            ("Địa chỉ của trang", f"/cases{wanted.address()}"),
            ("Phạm vi", principal.unit or "toàn tỉnh"),
            ("Số tạo nên danh sách", CATALOGUE[f"{wanted.figure or 'total_docketed'}_cases"].name),
            ("Người xuất", principal.name),
            ("Xuất lúc", f"{moment_words(now)}, giờ Việt Nam"),
            ("Giới hạn", f"tối đa {MOST_ROWS} dòng"),
            *([("Dữ liệu", "Dữ liệu mẫu")] if is_sample else []),
        ]
        rows = _rows(every_case(*asked, most=MOST_ROWS), names, areas)
        yield from writing_cases_to(path, rows, provenance, _figures(figures))


def _rows(cases: Iterator[ListedCase], names: dict[str, str], areas: dict[str, str]) -> Iterator[Sequence[Value]]:
    for case in cases:
        yield (
            decision_name(case.number, case.decided_on),
            case.decided_on,
            names.get(case.unit, case.unit),
            case.officer or NOBODY_NAME,
            CASE_CLASS_NAMES[case.case_class],
            case.since_on,
            case.docketed_on,
            CASE_KIND_NAMES[case.kind],
            CASE_TYPE_NAMES[case.case_type],
            case.amount_due,
            case.completed_amount,
            areas.get(case.area or "", case.area or ""),
            ", ".join(CASE_GROUP_NAMES[group] for group in sorted(case.groups)),
            case.times,
        )


def _figures(figures: Figures) -> list[tuple[str, Value]]:
    """Every indicator of the catalogue; a rate as the text the screens print, unknown as words."""
    found: list[tuple[str, Value]] = []
    for one in CATALOGUE.values():
        value = one.value(figures)
        said = value if isinstance(value, int) else "không có mẫu số" if value is None else f"{value}".replace(".", ",")
        found.append((f"{one.name}, {one.unit}", said))
    return found

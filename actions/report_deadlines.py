"""Writes the workbook of the running statutory clocks a person looks at; what left the house is in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.cases import clocks_listed, running_clocks
from data_access.deadlines import deadline_rules
from data_access.limits import wall_limits_in_force
from data_access.session import Database
from data_access.sources import source_by_name
from data_access.working_days import load_working_calendar
from domain.deadline_radar import (
    EXPORT_ROWS,
    ClockFilter,
    RadarDays,
    RunningClocks,
    years_without_holidays,
)
from domain.deadlines import CLOCK_NAMES
from domain.local_time import local_day, moment_words
from domain.units import Organisation
from reports.deadline_radar import write_running_clocks


def save_running_clocks(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: ClockFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write every clock of the filter within the principal's units; raises NotAllowed, OSError."""
    today, calendar = local_day(now), load_working_calendar()
    wanted = replace(wanted, page=1)
    with database.reading() as session:
        rules = deadline_rules(session, is_sample)
        days = RadarDays.of(today, wall_limits_in_force(session, today).deadline_soon, calendar)
        clocks = running_clocks(session, principal, organisation, rules, wanted, days)
        rows = clocks_listed(session, principal, organisation, clocks, wanted, days, EXPORT_ROWS)
        source = source_by_name(session, "cases")
    names = {unit.code: unit.name for unit in organisation.case_units_on(today)}
    bases = {clock: "; ".join(rule.legal_basis for rule in used) for clock, used in clocks.rules.items()}
    number = sum(group.count for group in clocks.chosen(wanted, days))
    as_of = moment_words(source.as_of_at) if source.as_of_at else "chưa có"
    part = f", chỉ ghi {EXPORT_ROWS} dòng đầu" if number > len(rows) else ""
    notes = [
        f"Thời hạn luật định đang chạy: {number} thời hạn{part}, bộ lọc {wanted.address() or 'mặc định (tất cả)'}",
        f"Nguồn {source.title}, số liệu đến {as_of}; xuất lúc {moment_words(now)}, giờ Việt Nam",
        *_warnings(clocks, years_without_holidays(calendar, [row.due_on for row in rows if row.due_on])),
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_running_clocks(path, rows, names, bases, today, notes)
    with database.writing() as session:
        detail = {"rows": str(len(rows)), "filter": wanted.address()}
        record_audit(session, principal, "running_clocks_exported", wanted.unit, detail, now)


def _warnings(clocks: RunningClocks, missing_years: Sequence[int]) -> list[str]:
    said = []
    if clocks.sample_clocks:
        said.append(f"Thời hạn mẫu: {', '.join(CLOCK_NAMES[clock] for clock in clocks.sample_clocks)}")
    said += [
        f"Chưa có quy định đang hiệu lực: {CLOCK_NAMES[clock]}, liên quan {count} việc, không có trong bảng"
        for clock, count in clocks.without_rule.items()
    ]
    if missing_years:
        said.append(f"Chưa có danh sách ngày nghỉ năm {', '.join(map(str, missing_years))}: hạn có thể sai")
    return said

"""Writes the workbook of the year's end that a person looks at; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.session import Database
from data_access.sources import source_by_name
from data_access.year_outlooks import WHOLE, YearOutlooks, progress_known, year_outlooks
from domain.forecast import METHOD_NAMES
from domain.indicators import CountedIn
from domain.local_time import local_day, moment_words
from domain.statistics import StatisticalYear
from domain.units import Organisation
from domain.year_path import ForecastFilter
from reports.forecast import WHOLE_NAME, write_outlooks


def save_forecast(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: ForecastFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write every visible unit and the whole, in what the filter counts in; raises NotAllowed, OSError."""
    today = local_day(now)
    with database.reading() as session:
        source = source_by_name(session, "cases")
        known = progress_known(session, principal, organisation, today)
    told = year_outlooks(known, principal, organisation, wanted.counted_in, today)
    names = {unit.code: unit.name for unit in organisation.case_units_on(today)} | {WHOLE: WHOLE_NAME}
    as_of = moment_words(source.as_of_at) if source.as_of_at else "chưa có"
    measure = "việc" if wanted.counted_in is CountedIn.CASES else "tiền"
    ends_on = StatisticalYear.of(today).last_on
    notes = [
        f"Dự báo tỷ lệ thi hành xong về {measure} đến {ends_on:%d/%m/%Y}; {METHOD_NAMES[told.verdict.method]}",
        f"Nguồn {source.title}, số liệu đến {as_of}; xuất lúc {moment_words(now)}, giờ Việt Nam",
        *_warnings(told, is_sample),
    ]
    write_outlooks(path, [told.of(code) for code in (*told.units, WHOLE)], names, wanted.counted_in, notes)
    with database.writing() as session:
        record_audit(session, principal, "forecast_exported", wanted.unit, {"filter": wanted.address()}, now)


def _warnings(told: YearOutlooks, is_sample: bool) -> list[str]:
    said = ["Ô trống là chưa biết: chưa đủ số liệu để dự báo, hoặc chưa có chỉ tiêu, hoặc không còn tuần làm việc nào"]
    if any(told.has_sample_target(code) for code in told.series):
        said.append("Chỉ tiêu là số mẫu")
    return [*said, "Dữ liệu mẫu"] if is_sample else said

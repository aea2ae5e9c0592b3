"""Writes the workbook of the quality of alarms; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.alarm_quality import load_quality_limits, quality_of_alarms
from data_access.alarm_rules import load_alarm_rules
from data_access.audit import record_audit
from data_access.session import Database
from domain.alarm_quality import PERIOD_NAMES, QualityPeriod
from domain.local_time import local_day, moment_words
from domain.units import Organisation
from reports.alarm_quality import write_alarm_quality


def save_alarm_quality(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    period: QualityPeriod,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the quality of a period within the principal's units; raises NotAllowed, OSError."""
    today = local_day(now)
    with database.reading() as session:
        quality = quality_of_alarms(session, principal, organisation, period, now)
    if quality is None:
        within = "chưa ghi nhận cảnh báo nào"
    else:
        within = f"từ {moment_words(quality.begins_at)} đến {moment_words(quality.ends_at)}"
    notes = [
        f"Chất lượng cảnh báo, {PERIOD_NAMES[period]}: {within}",
        f"Xuất lúc {moment_words(now)}, giờ Việt Nam",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    rules = {code: rule.name for code, rule in load_alarm_rules().items()}
    units = {unit.code: unit.name for unit in organisation.units_on(today)}
    write_alarm_quality(path, quality, load_quality_limits(today), rules, units, notes, now)
    with database.writing() as session:
        record_audit(session, principal, "alarm_quality_exported", "", {"period": period.value}, now)

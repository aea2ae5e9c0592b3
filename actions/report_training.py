"""Writes a year of training and outreach, and the equipment register; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.equipment import equipment_register, offices
from data_access.session import Database
from data_access.sources import source_by_name
from data_access.training import newest_tests, training_sessions
from domain.equipment import equipped_offices
from domain.freshness import SourceFacts
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.training import SessionSum, training_counts, training_year
from domain.units import Organisation
from reports.equipment import write_equipment
from reports.training import write_training


def save_training(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted_year: str,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the sessions of a year and the newest tests of the principal's units; raises NotAllowed, OSError."""
    principal.require(Permission.SEE_TRAINING)
    today = local_day(now)
    year = training_year(wanted_year, today)
    with database.reading() as session:
        parts = training_sessions(session, principal, organisation, year, now)
        tests = newest_tests(session, principal, organisation, now)
        source = source_by_name(session, "training")
    told = [test for test in tests.values() if test is not None]
    counts = training_counts(parts, told, today)
    passed = counts.proficiency
    notes = [
        f"Đào tạo, truyền thông năm {year}: {_sessions(counts.sessions)}",
        f"Cán bộ đạt kiểm tra: {f'{passed.passed}/{passed.staff}' if passed else 'chưa có số liệu'}; "
        f"{len(tests) - len(told)} đơn vị chưa báo cáo kiểm tra",
        _age(source, now),
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_training(path, parts, told, _names(organisation, now), notes)
    with database.writing() as session:
        record_audit(session, principal, "training_exported", "training", {"year": str(year)}, now)


def save_equipment(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the registers of the principal's units; raises NotAllowed, OSError."""
    principal.require(Permission.SEE_TRAINING)
    with database.reading() as session:
        items = equipment_register(session, principal, organisation, now)
        found = offices(session, principal, organisation, now)
        source = source_by_name(session, "equipment")
    equipped = equipped_offices(found)
    notes = [
        f"Sổ trang thiết bị: {equipped.part}/{equipped.whole} trụ sở biết được có đủ thiết bị; "
        f"{equipped.unknown} chưa rõ hoặc chưa gửi sổ",
        "Nhu cầu của một trụ sở hiện đại là danh mục minh họa, chờ cơ quan xác nhận",
        _age(source, now),
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_equipment(path, items, _names(organisation, now), notes)
    with database.writing() as session:
        record_audit(session, principal, "equipment_exported", "equipment", {"rows": str(len(items))}, now)


def _sessions(known: SessionSum | None) -> str:
    if known is None:
        return "chưa có số liệu về buổi nào"
    told = f"{known.held} buổi đã tổ chức, {known.planned} buổi theo kế hoạch"
    return f"{told}, {known.unreported} buổi qua ngày chưa báo cáo"


def _age(source: SourceFacts, now: datetime) -> str:
    as_of = moment_words(source.as_of_at) if source.as_of_at else "chưa có"
    return f"Nguồn {source.title} đến {as_of}; xuất lúc {moment_words(now)}, giờ Việt Nam"


def _names(organisation: Organisation, now: datetime) -> dict[str, str]:
    return {unit.code: unit.name for unit in organisation.case_units_on(local_day(now))}

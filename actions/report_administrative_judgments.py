"""Writes the list of administrative judgments and the form of a year; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.report_statistical_form import AGENCIES, PLACE, WHOLE
from data_access.administrative_judgments import JudgmentYear, judgment_year
from data_access.audit import record_audit
from data_access.scope import NotFound, visible_units
from data_access.session import Database
from data_access.sources import source_by_name
from data_access.statistical_form import unit_name_on
from domain.administrative_judgments import JudgmentCounts, JudgmentFilter
from domain.freshness import SourceFacts
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.units import Organisation
from reports.administrative_judgments import (
    FormLine,
    JudgmentForm,
    judgment_form_document,
    write_judgment_form,
    write_judgments,
)
from reports.document import Letterhead
from reports.pdf import pdf_bytes
from reports.word import word_bytes

SOURCE = "administrative_judgments"


def save_judgments_list(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: JudgmentFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the judgments of an address within the principal's units, worst first; raises NotAllowed, OSError."""
    principal.require(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
    with database.reading() as session:
        found, source = _asked(session, principal, organisation, wanted, is_sample, now)
    rows = [
        (unit_name_on(organisation, each.standing.judgment.unit, found.day), each.standing)
        for each in found.listed
        if wanted.admits(each.standing, found.day)
    ]
    notes = [
        f"Theo dõi thi hành án hành chính. {_period(found)}",
        f"Sổ ghi đến {_as_of(source)}; xuất lúc {moment_words(now)}",
        *(["Có thời hạn tính theo thời hạn mẫu"] if found.overdue.is_sample else []),
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_judgments(path, rows, found.day, notes)
    with database.writing() as session:
        detail = {"rows": len(rows), "filter": wanted.address()}
        record_audit(session, principal, "administrative_judgments_exported", SOURCE, detail, now)


def save_judgment_form(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: JudgmentFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the form of an address's year, of its unit or of all the principal sees, by the end of the path's name
    .xlsx, .docx or .pdf. Raises NotAllowed, NotFound for a unit outside the person's scope, OSError."""
    principal.require(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
    with database.reading() as session:
        found, source = _asked(session, principal, organisation, wanted, is_sample, now)
    if wanted.unit and wanted.unit not in found.units:
        raise NotFound(wanted.unit)
    form = _form(found, principal, organisation, wanted, source, is_sample, now)
    if path.suffix == ".xlsx":
        write_judgment_form(path, form)
    else:
        agency = next((unit.name for unit in organisation.units_on(found.day) if unit.kind in AGENCIES), "")
        document = judgment_form_document(form, Letterhead(agency, organisation.title, PLACE, local_day(now)))
        path.write_bytes(pdf_bytes(document, now) if path.suffix == ".pdf" else word_bytes(document))
    with database.writing() as session:
        detail = {"format": path.suffix.removeprefix("."), "year": found.year.year, "unit": wanted.unit}
        record_audit(session, principal, "administrative_judgment_form_exported", SOURCE, detail, now)


def _asked(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: JudgmentFilter,
    is_sample: bool,
    now: datetime,
) -> tuple[JudgmentYear, SourceFacts]:
    today = local_day(now)
    asked = (session, principal, organisation, wanted.year_on(today), wanted.day_on(today), is_sample)
    return judgment_year(*asked), source_by_name(session, SOURCE)


def _form(
    found: JudgmentYear,
    principal: Principal,
    organisation: Organisation,
    wanted: JudgmentFilter,
    source: SourceFacts,
    is_sample: bool,
    now: datetime,
) -> JudgmentForm:
    shown = [wanted.unit] if wanted.unit else list(found.units)
    lines = [FormLine(unit_name_on(organisation, unit, found.day), found.units[unit]) for unit in shown]
    total = sum((line.counts for line in lines if line.counts is not None), JudgmentCounts())
    own = wanted.unit or ("" if visible_units(principal, organisation, found.day) is None else principal.unit or "")
    scope = unit_name_on(organisation, own, found.day) if own else WHOLE
    known = sum(line.counts is not None for line in lines)
    facts = [
        ("Nguồn", "Sổ theo dõi thi hành án hành chính" + (" (Dữ liệu mẫu)" if is_sample else "")),
        ("Sổ ghi đến", _as_of(source)),
        ("Đơn vị có sổ", f"{known}/{len(lines)}"),
        ("Phạm vi", scope),
        ("Gói tổ chức", organisation.title),
        ("Người xuất", principal.name),
        ("Xuất lúc", moment_words(now)),
    ]
    # A single unit is its own sum.
    return JudgmentForm(_period(found), scope, lines if len(lines) > 1 else [], total, facts, is_sample)


def _period(found: JudgmentYear) -> str:
    return f"Năm {found.year.year}, từ {found.year.first_on:%d/%m/%Y} đến {found.day:%d/%m/%Y}"


def _as_of(source: SourceFacts) -> str:
    return moment_words(source.as_of_at) if source.as_of_at else "chưa có"

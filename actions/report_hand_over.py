"""Writes the sheet of a hand-over as Word or PDF; what left the house is in the audit."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.duty import hand_over_by_id, receivers
from data_access.session import Database
from domain.local_time import local_day
from domain.units import Organisation, UnitKind
from reports.hand_over import hand_over_document, letterhead_of
from reports.pdf import pdf_bytes
from reports.word import word_bytes

AGENCIES = (UnitKind.DEPARTMENT, UnitKind.CITY_BODY)
WHOLE = "toàn tỉnh"
SAMPLE = "Dữ liệu mẫu"


def save_hand_over_document(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    public_id: str,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write one sheet, by the end of the path's name .docx or .pdf; raises NotAllowed, NotFound, OSError."""
    with database.reading() as session:
        sheet = hand_over_by_id(session, principal, organisation, public_id, now)
        received = receivers(session, principal, [public_id]).get(public_id, [])
    on = local_day(sheet.ended_at)
    letterhead = letterhead_of(_agency(organisation, on), organisation.title, sheet.ended_at)
    unit = organisation.unit_on(sheet.unit, on) if sheet.unit else organisation.root_on(on)
    scope = unit.short_name if unit else sheet.unit or WHOLE
    document = hand_over_document(sheet, received, scope, letterhead, SAMPLE if is_sample else "")
    content = pdf_bytes(document, now) if path.suffix == ".pdf" else word_bytes(document)
    path.write_bytes(content)
    with database.writing() as session:
        detail = {"format": path.suffix.removeprefix(".")}
        record_audit(session, principal, "hand_over_exported", public_id, detail, now)


def _agency(organisation: Organisation, on: date) -> str:
    """The agency of the province as it is called on a day."""
    return next((unit.name for unit in organisation.units_on(on) if unit.kind in AGENCIES), "")

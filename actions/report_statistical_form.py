"""Writes the statistical form as workbook, Word or PDF; what left the house is in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.scope import visible_units
from data_access.session import Database
from data_access.statistical_form import EVERY_UNIT, shown_form, unit_name_on
from domain.cases import Regime
from domain.local_time import local_day
from domain.permissions import Permission
from domain.shown_forms import FormFilter, ShownForm
from domain.units import Organisation, UnitKind
from reports.document import Letterhead
from reports.pdf import pdf_bytes
from reports.statistical_form import Provenance, write_form
from reports.statistical_form_document import form_document
from reports.word import word_bytes

AGENCIES = (UnitKind.DEPARTMENT, UnitKind.CITY_BODY)
WHOLE = "Toàn tỉnh"
PLACE = "Huế"


def save_statistical_form(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    regimes: Sequence[Regime],
    wanted: FormFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the form of an address, by the end of the path's name .xlsx, .docx or .pdf, within the principal's units.
    Raises NotAllowed, NotFound for a version there is not, OSError."""
    principal.require(Permission.USE_DESK)
    period = wanted.period_on(local_day(now))
    with database.reading() as session:
        asked = (session, principal, organisation, regimes, period)
        # Paper has units only.
        form = shown_form(*asked, wanted.version, now, EVERY_UNIT if path.suffix == ".xlsx" else "")
    visible = visible_units(principal, organisation, form.until)
    scope = WHOLE if visible is None else unit_name_on(organisation, principal.unit or "", form.until)
    provenance = Provenance(organisation.title, scope, principal.name, now, is_sample)
    if path.suffix == ".xlsx":
        write_form(path, form, provenance)
    else:
        document = form_document(form, _letterhead(organisation, form, now), provenance)
        path.write_bytes(pdf_bytes(document, now) if path.suffix == ".pdf" else word_bytes(document))
    with database.writing() as session:
        detail = {"format": path.suffix.removeprefix("."), "version": form.version, "hash": form.sha256}
        record_audit(session, principal, "form_exported", period.code, detail, now)


def _letterhead(organisation: Organisation, form: ShownForm, now: datetime) -> Letterhead:
    agency = next((unit.name for unit in organisation.units_on(form.until) if unit.kind in AGENCIES), "")
    return Letterhead(agency, organisation.title, PLACE, local_day(now))

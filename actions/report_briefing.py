"""Writes a briefing as Word or PDF and its charts as PNG or SVG, from its stored facts; what left is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.briefing import briefing_by_id
from data_access.scope import NotFound
from data_access.session import Database
from domain.briefing import Briefing
from domain.units import Organisation
from reports.briefing import CHARTS, briefing_chart, briefing_document
from reports.drawing import Drawing, framed
from reports.drawing_png import png_bytes
from reports.drawing_svg import svg_bytes
from reports.pdf import pdf_bytes
from reports.word import word_bytes

# Millimetres of white paper around a chart that stands alone.
MARGIN = 5.0


def save_briefing_document(
    database: Database, principal: Principal, organisation: Organisation, public_id: str, now: datetime, path: Path
) -> None:
    """Write one briefing, by the end of the path's name .docx or .pdf; raises NotAllowed, NotFound, OSError."""
    briefing = _asked(database, principal, organisation, public_id, now)
    document = briefing_document(briefing)
    is_pdf = path.suffix == ".pdf"
    # Dated when it was made: the same briefing is the same file whenever it is fetched.
    path.write_bytes(pdf_bytes(document, briefing.facts.made_at) if is_pdf else word_bytes(document))
    _tell(database, principal, "briefing_exported", public_id, path.suffix, now)


def save_briefing_chart(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    public_id: str,
    chart: str,
    now: datetime,
    path: Path,
) -> None:
    """Write one chart, by the end of the path's name .png or .svg; raises NotAllowed, NotFound, OSError."""
    drawing = framed(chart_of(_asked(database, principal, organisation, public_id, now), chart), MARGIN)
    path.write_bytes(png_bytes(drawing) if path.suffix == ".png" else svg_bytes(drawing))
    _tell(database, principal, "chart_exported", public_id, path.suffix, now)


def chart_to_look_at(
    database: Database, principal: Principal, organisation: Organisation, public_id: str, chart: str, now: datetime
) -> bytes:
    """The chart as SVG for the page, where it is looked at and not taken away; raises NotAllowed, NotFound."""
    return svg_bytes(chart_of(_asked(database, principal, organisation, public_id, now), chart))


def chart_of(briefing: Briefing, chart: str) -> Drawing:
    """One chart by its name; raises NotFound for another name, or where nothing is known that could be drawn."""
    drawing = briefing_chart(briefing.facts, chart) if chart in CHARTS else None
    if drawing is None:
        raise NotFound(chart)
    return drawing


def _asked(
    database: Database, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> Briefing:
    with database.reading() as session:
        return briefing_by_id(session, principal, organisation, public_id, now)


def _tell(database: Database, principal: Principal, what: str, public_id: str, suffix: str, now: datetime) -> None:
    with database.writing() as session:
        record_audit(session, principal, what, public_id, {"format": suffix.removeprefix(".")}, now)

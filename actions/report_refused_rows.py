"""Workbooks that go back to an agency: the empty template, and the error report of a file it sent."""

from __future__ import annotations

from pathlib import Path

from access.principal import Principal
from connectors.case_workbook import RejectedRow, SheetKind
from connectors.case_workbook.error_report import write_error_report
from connectors.case_workbook.template import write_template
from data_access.import_batches import batch_by_public_id, refused_rows
from data_access.session import Database
from domain.permissions import Permission
from reports.refused_records import write_refused_records

CASES = "cases"


def save_template(path: Path) -> None:
    """Write the empty canonical workbook; raises OSError."""
    write_template(path)


class NoSuchFile(LookupError):
    """No file of this public id, or it is not for this principal: both look the same."""


def save_error_report(database: Database, principal: Principal, public_id: str, path: Path) -> None:
    """Write the report as .xlsx; raises NotAllowed, NoSuchFile, OSError. Somebody of one unit gets none: rows may be of
    any unit."""
    principal.require(Permission.IMPORT_CASES)
    with database.reading() as session:
        batch = batch_by_public_id(session, principal, public_id)
        if batch is None or principal.unit is not None:
            raise NoSuchFile(public_id)
        rows = refused_rows(session, principal, batch.id)
        told = batch.rows_refused
    if batch.source != CASES:
        write_refused_records(path, [(row.cells[0], row.column, row.value, row.reason, row.cells[1]) for row in rows])
        return
    rejected = [
        RejectedRow(SheetKind(row.kind), row.sheet, row.row_number, row.column, row.value, row.reason, tuple(row.cells))
        for row in rows
    ]
    write_error_report(path, rejected, max(0, told - len(rejected)))

"""Takes in the inventory of cameras: the file says which there are, and one that it no longer names is not asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from actions.import_cases.arrival import fingerprint, printable_name
from actions.sheets import MODE, SheetOutcome, quarantined_rows, refuse_sheet, save_sheet_batch, stated_at_of
from connectors.base import SourceUnavailable, WorkbookRefused
from connectors.cameras.inventory import InventoryEntry, read_inventory
from connectors.case_workbook.reference import reference_of
from data_access.audit import record_audit
from data_access.cameras import InventoryRow, Network, cameras_seen, save_inventory
from data_access.import_batches import BatchState, applied_before, save_refused_rows
from data_access.session import Database
from data_access.sources import save_source_configured
from data_access.versions import bump_version
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

SOURCE = "cameras"
EMPTY = "Tệp không có camera nào đọc được: giữ danh sách đang dùng."


def import_camera_inventory(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; a file that was applied last changes nothing, one without a usable row is refused.

    Raises NotAllowed without ADMINISTER: the file says which addresses are asked; SourceUnavailable when it cannot be
    opened.
    """
    principal.require(Permission.ADMINISTER)
    file = (printable_name(path), fingerprint(path))
    with database.reading() as session:
        before = applied_before(session, file[1], file[0], MODE)
    if before is not None:
        return SheetOutcome(BatchState.DUPLICATE, before.public_id, before.id, "Tệp này đã được nhập.")
    try:
        fetched = read_inventory(path.read_bytes(), reference_of(organisation, local_day(now)).unit_codes)
        if not fetched.records:
            raise WorkbookRefused(EMPTY)
    except OSError as error:
        raise SourceUnavailable(str(error)) from error
    except WorkbookRefused as refused:
        with database.writing() as session:
            return refuse_sheet(session, principal, SOURCE, file, refused.reason, now)
    with database.writing() as session:
        changed = save_inventory(session, [_row(entry) for entry in fetched.records], now)
        listed = cameras_seen(session, principal, organisation, local_day(now))
        message = f"Danh sách camera: {listed} camera, {changed} thay đổi, {len(fetched.refused)} dòng không nhận."
        values = {
            "as_of_at": stated_at_of(path, now),
            "rows_in": len(fetched.records) + len(fetched.refused),
            "rows_refused": len(fetched.refused),
            "message": message,
        }
        public_id, batch = save_sheet_batch(session, principal, SOURCE, file, BatchState.APPLIED, values, now)
        save_refused_rows(session, batch, quarantined_rows(SOURCE, fetched.refused))
        save_source_configured(session, SOURCE, True, now)
        bump_version(session, "sources", now)
        detail = {"cameras": listed, "changed": changed, "refused": len(fetched.refused)}
        record_audit(session, principal, "camera_inventory_imported", public_id, detail, now)
    return SheetOutcome(BatchState.APPLIED, public_id, batch, message, len(fetched.records), len(fetched.refused))


def _row(entry: InventoryEntry) -> InventoryRow:
    endpoint, recorder = entry.endpoint, entry.endpoint.recorder
    network = Network(
        host=endpoint.host,
        port=endpoint.port,
        path=endpoint.path,
        user_name=entry.user,
        onvif_port=endpoint.onvif_port,
        recorder_host=recorder.host if recorder else "",
        recorder_port=recorder.port if recorder else 0,
        channel=recorder.channel if recorder else 0,
    )
    return InventoryRow(entry.camera, network)

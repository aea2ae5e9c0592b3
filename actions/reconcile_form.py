"""A person compares another system's export with our figures of a period; kept and audited, no figure changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from access.principal import NotAllowed, Principal
from actions.import_cases.arrival import fingerprint
from connectors.base import SourceUnavailable, WorkbookRefused
from connectors.case_workbook.reference import reference_of
from connectors.stated_form import read_stated_form, template_heads
from data_access.audit import record_audit
from data_access.reconciliations import ReconciledFile, save_reconciliation
from data_access.session import Database
from data_access.statistical_form import shown_form
from domain.cases import Regime
from domain.local_time import local_day
from domain.periods import PeriodRefused, period_by_code
from domain.permissions import Permission
from domain.reconciliation import WHOLE_NAME, reconcile
from domain.units import Organisation
from reports.table import Table, write_table

SUFFIXES = frozenset({".xlsx", ".xls", ".xlsm", ".csv"})
LONGEST_NAME = 200
FIRST_WIDTH, WIDTH = 34.0, 18.0


def reconcile_form(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    regimes: Sequence[Regime],
    code: str,
    name: str,
    path: Path,
    now: datetime,
) -> ReconciledFile:
    """Read the file and compare it with the newest closed version, else with the figures of now. Raises NotAllowed,
    also for somebody of one unit, and PeriodRefused."""
    _require(principal)
    period, today = period_by_code(code), local_day(now)
    if period is None or not period.has_begun(today):
        raise PeriodRefused("Chọn kỳ báo cáo đã bắt đầu.")
    if Path(name).suffix.lower() not in SUFFIXES:
        raise PeriodRefused("Chỉ nhận tệp .xlsx, .xls hoặc .csv.")
    units = reference_of(organisation, period.counted_until(today).to_on).unit_codes
    try:
        stated = read_stated_form(path, name, units)
        digest = fingerprint(path)
    except WorkbookRefused as refused:
        raise PeriodRefused(refused.reason) from refused
    except SourceUnavailable as error:
        raise PeriodRefused("Không mở được tệp. Lưu lại tệp rồi gửi lần nữa.") from error
    with database.reading() as session:
        form = shown_form(session, principal, organisation, regimes, period, "", now)
    found = reconcile(stated, form.rows, form.state_words)
    with database.writing() as session:
        kept = save_reconciliation(session, principal, period, (name[:LONGEST_NAME], digest), found, now)
        detail = {"period": period.code, "version": form.version, "differences": found.difference_count}
        record_audit(session, principal, "form_reconciled", kept.public_id, {**detail, "file": name[:80]}, now)
    return kept


def save_reconciliation_template(organisation: Organisation, code: str, now: datetime, path: Path) -> None:
    """Write the empty sheet with the units of the period's last day, else of today; raises OSError."""
    period, today = period_by_code(code), local_day(now)
    on = period.counted_until(today).to_on if period and period.has_begun(today) else today
    head, *others = template_heads()
    rows = [[unit.name, *(None for _ in others)] for unit in organisation.case_units_on(on)]
    rows.append([WHOLE_NAME, *(None for _ in others)])
    notes = ["Mẫu đối chiếu biểu thống kê. Tiền ghi bằng đồng; ô để trống không đối chiếu; bỏ bớt cột nếu không có."]
    columns = [(head, FIRST_WIDTH), *((each, WIDTH) for each in others)]
    write_table(path, Table("Đối chiếu", columns, rows, notes))


def _require(principal: Principal) -> None:
    principal.require(Permission.CLOSE_PERIODS)
    if principal.unit is not None:
        raise NotAllowed("a file speaks of every unit, so somebody of one unit may not hand it in")

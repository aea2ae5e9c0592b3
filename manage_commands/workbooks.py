"""Workbooks on the command line: take one in, write an empty one."""

from __future__ import annotations

from pathlib import Path

from actions.import_cases import CaseImporter, Conflict, ImportMode
from connectors.case_workbook.template import write_template
from data_access.import_batches import BatchState
from data_access.regimes import load_regimes
from manage_commands.environment import Refused
from manage_commands.progress import step
from manage_commands.workplace import workplace

TEMPLATE_NAME = "mau-ho-so-thi-hanh-an.xlsx"


def import_cases(path: Path, mode: ImportMode, accept_drop: bool) -> int:
    """Import one workbook and print what became of it; 1 when it was held or refused."""
    if not path.is_file():
        raise Refused(f"không có tệp {path}")
    with workplace() as here:
        importer = CaseImporter(
            here.database, here.organisation, load_regimes(), drop_share=here.settings.suspicious_drop_share
        )
        try:
            with step(f"Nhập {path.name}"):
                outcome = importer.take_in(here.principal, path, mode, here.now, accept_drop=accept_drop)
        except Conflict as error:
            raise Refused("có tệp khác đang được nhập; hãy chạy lại sau ít phút.") from error
        except OSError as error:
            raise Refused(f"không đọc được {path}: {error.strerror}") from error
    print(outcome.message)
    print(
        f"Dòng đọc được {outcome.rows_in}, bị từ chối {outcome.rows_refused}; "
        f"việc mới {outcome.new}, thay đổi {outcome.changed}, không còn trong tệp {outcome.vanished}."
    )
    return 0 if outcome.state in (BatchState.APPLIED, BatchState.DUPLICATE) else 1


def save_template(path: Path | None) -> int:
    """Write an empty workbook with every sheet and header; raises Refused rather than overwrite a file."""
    target = path or Path(TEMPLATE_NAME)
    if target.exists():
        raise Refused(f"{target} đã có; chọn tên khác.")
    write_template(target)
    print(f"Đã ghi {target}")
    return 0

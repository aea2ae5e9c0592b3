"""The empty sheets of the small feeds: one workbook a kind, with the header that its reader knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from connectors.administrative_judgments import COLUMNS as JUDGMENT_COLUMNS
from connectors.administrative_judgments import TITLE as JUDGMENT_TITLE
from connectors.attendance_file import TITLES as ATTENDANCE_TITLES
from connectors.attendance_file.sheets import COLUMNS as ATTENDANCE_COLUMNS
from connectors.equipment_sheet import FORM as EQUIPMENT_FORM
from connectors.observations import COLUMNS as OBSERVATION_COLUMNS
from connectors.observations import TITLES as OBSERVATION_TITLES
from connectors.public_services_sheet import COLUMNS as SERVICE_COLUMNS
from connectors.public_services_sheet import TITLES as SERVICE_TITLES
from connectors.reception_sheet import COLUMNS as RECEPTION_COLUMNS
from connectors.reception_sheet import TITLES as RECEPTION_TITLES
from connectors.security.guard_log import COLUMNS as GUARD_COLUMNS
from connectors.sheet_rows import Column
from connectors.training_sheet import FORM as TRAINING_FORM
from reports.table import Table, write_table

WIDTH = 22.0
# Kind -> its title and its columns.
TEMPLATES: Mapping[str, tuple[str, Mapping[str, Column]]] = {
    **{kind.value: (ATTENDANCE_TITLES[kind], columns) for kind, columns in ATTENDANCE_COLUMNS.items()},
    **{kind.value: (RECEPTION_TITLES[kind], columns) for kind, columns in RECEPTION_COLUMNS.items()},
    **{kind.value: (SERVICE_TITLES[kind], columns) for kind, columns in SERVICE_COLUMNS.items()},
    **{kind.value: (TRAINING_FORM.titles[kind], columns) for kind, columns in TRAINING_FORM.columns.items()},
    **{kind.value: (EQUIPMENT_FORM.titles[kind], columns) for kind, columns in EQUIPMENT_FORM.columns.items()},
    "administrative_judgments": (JUDGMENT_TITLE, JUDGMENT_COLUMNS),
    "guard_log": ("Sổ trực", GUARD_COLUMNS),
    **{kind.value: (title, OBSERVATION_COLUMNS) for kind, title in OBSERVATION_TITLES.items()},
}


def save_sheet_template(kind: str, path: Path) -> None:
    """Write the empty sheet of a kind; raises KeyError for a kind there is not, OSError."""
    title, columns = TEMPLATES[kind]
    needed = ", ".join(column.headers[0] for column in columns.values() if column.required)
    notes = [f"{title}. Cột phải có: {needed}. Cột khác có thể để trống hoặc bỏ."]
    write_table(path, Table(title[:31], [(column.headers[0], WIDTH) for column in columns.values()], [], notes))

"""The list of cases: an endless grid of which the server sends a page at a time, sorted by what it allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from components import format as text
from domain.case_filters import NOBODY_NAME
from domain.cases import CASE_CLASS_NAMES, CASE_GROUP_NAMES, CASE_KIND_NAMES, CASE_TYPE_NAMES

ROWS_A_PAGE = 100
# Colours are the tokens of the page, so that the grid follows its theme by itself.
THEME = (
    "themeQuartz.withParams({fontFamily: 'inherit', fontSize: 13, headerFontSize: 12, headerFontWeight: 500,"
    " backgroundColor: 'var(--panel)', foregroundColor: 'var(--t1)', headerBackgroundColor: 'var(--panel)',"
    " headerTextColor: 'var(--t3)', borderColor: 'var(--line)', rowHoverColor: 'var(--raise)',"
    " accentColor: 'var(--acc)', rowHeight: 34, headerHeight: 34, cellHorizontalPadding: 8,"
    " headerColumnResizeHandleDisplay: 'none', wrapperBorder: false, columnBorder: false})"
)
WORDS = {
    "loadingOoo": "Đang tải…",
    "noRowsToShow": "Không có việc nào theo bộ lọc này.",
    "ariaSortableColumn": "Nhấn Enter để sắp xếp",
}
# Field, heading, width, whether it is a number; `name` is the link of the case.
_COLUMNS: tuple[tuple[str, str, int, bool], ...] = (
    ("number", "Số quyết định", 152, False),
    ("unit", "Đơn vị", 108, False),
    ("officer", "CHV", 88, False),
    ("case_class", "Phân loại", 196, False),
    ("since_on", "Từ ngày", 104, True),
    ("docketed_on", "Thụ lý", 104, True),
    ("kind", "Hình thức", 112, False),
    ("case_type", "Loại án", 176, False),
    ("amount_due", "Phải thi hành, đồng", 146, True),
    ("completed_amount", "Xong trong kỳ, đồng", 146, True),
    ("area", "Địa bàn", 140, False),
    ("groups", "Nhóm", 150, False),
)
UNSORTABLE = frozenset({"completed_amount", "groups"})


def case_grid(grid_id: str) -> Component:
    """The empty grid; `getRowsRequest` asks for a page, `getRowsResponse` takes it."""
    grid: Component = dag.AgGrid(
        id=grid_id,
        rowModelType="infinite",
        columnDefs=[_column(*column) for column in _COLUMNS],
        defaultColDef={"resizable": True, "suppressMovable": True, "sortable": True},
        className="case-grid",
        dashGridOptions={
            "theme": {"function": THEME},
            "localeText": WORDS,
            "cacheBlockSize": ROWS_A_PAGE,
            "maxBlocksInCache": 10,
            "infiniteInitialRowCount": 1,
            "rowBuffer": 0,
            "suppressCellFocus": False,
            "enableCellTextSelection": True,
        },
    )
    return grid


def grid_row(values: Mapping[str, Any]) -> dict[str, str]:
    """One row of the grid, all words: numbers and days as Vietnamese text, what nobody knows as a dash.

    `values` are the fields of data_access.cases.ListedCase, `name`, and the names of unit and area.
    """
    groups = sorted(values["groups"])
    return {
        "id": values["public_id"],
        "number": values["name"] if values["times"] > 0 else f"{values['name']} (bỏ ra)",
        "unit": values["unit_name"],
        "officer": values["officer"] or NOBODY_NAME,
        "case_class": CASE_CLASS_NAMES[values["case_class"]],
        "since_on": text.day(values["since_on"]),
        "docketed_on": text.day(values["docketed_on"]),
        "kind": CASE_KIND_NAMES[values["kind"]],
        "case_type": CASE_TYPE_NAMES[values["case_type"]],
        "amount_due": text.whole(values["amount_due"]),
        "completed_amount": text.whole(values["completed_amount"]),
        "area": values["area_name"] or text.UNKNOWN,
        "groups": ", ".join(CASE_GROUP_NAMES[group] for group in groups),
    }


def _column(field: str, heading: str, width: int, is_number: bool) -> dict[str, Any]:
    column: dict[str, Any] = {"field": field, "headerName": heading, "width": width}
    if field in UNSORTABLE:
        column["sortable"] = False
    if field == "number":
        column |= {"cellRenderer": "CaseLink", "pinned": "left"}
    if is_number:
        column |= {"cellClass": "grid-number", "headerClass": "grid-number-head"}
    return column

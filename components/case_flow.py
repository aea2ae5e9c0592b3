"""From thụ lý to thi hành xong: four rows on one scale, every part named with its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components import svg
from domain.case_flow import CaseFlow
from domain.freshness import SourceFacts

TITLE = "Từ thụ lý đến thi hành xong (việc)"
# A number is printed inside its bar only where the bar is this wide, in percent of the scale.
ROOM_INSIDE = 9.0


@dataclass(frozen=True, slots=True)
class FlowPart:
    """One bar of a row: its number, what it is called, how it is drawn."""

    number: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One row: its name, its total (None where the row only divides the one above), its parts in order."""

    title: str
    total: int | None
    parts: tuple[FlowPart, ...]


def flow_rows(flow: CaseFlow) -> tuple[FlowRow, ...]:
    """The four rows; every row's bars together are as long as the bar they divide."""
    return (
        FlowRow(
            "Thụ lý",
            flow.docketed,
            (
                FlowPart(flow.carried_over, "stock", "năm trước chuyển sang"),
                FlowPart(flow.newly_docketed, "new", "thụ lý mới"),
            ),
        ),
        FlowRow(
            "Phải thi hành",
            flow.to_enforce,
            (FlowPart(flow.to_enforce, "stock", ""), FlowPart(flow.departed, "lost", "ủy thác, thu hồi, giảm")),
        ),
        FlowRow(
            "Có điều kiện",
            flow.enforceable,
            (
                FlowPart(flow.enforceable, "stock", ""),
                FlowPart(flow.not_enforceable, "lost", "chưa có điều kiện"),
                FlowPart(flow.other, "lost", "hoãn, tạm đình chỉ, khác"),
            ),
        ),
        FlowRow(
            "Trong đó",
            None,
            (
                FlowPart(flow.completed, "done", "xong, gồm đình chỉ"),
                FlowPart(flow.in_progress, "rest", "đang thi hành, hoãn theo thỏa thuận"),
            ),
        ),
    )


def case_flow_panel(flow: CaseFlow, period: str, source: SourceFacts) -> Component:
    """The flow of the period `period`, as a panel that ages with its source."""
    return panels.panel(
        [panels.heading(TITLE, period, panels.age(wording="head")), flow_drawing(flow)], source, "panel--flow"
    )


def flow_drawing(flow: CaseFlow, written: Callable[[int], str] = text.whole) -> Component:
    """The four rows without a frame; `written` writes a number of việc or đồng."""
    return rows_drawing(flow_rows(flow), flow.docketed, written)


def rows_drawing(rows: Sequence[FlowRow], whole: int, written: Callable[[int], str] = text.whole) -> Component:
    """Rows of bars on one scale, `whole` as long as the drawing is wide."""
    return html.Div([_row(row, max(whole, 1), written) for row in rows], className="flow")


def _row(row: FlowRow, scale: int, written: Callable[[int], str]) -> Component:
    name = [html.Span(row.title), html.B(written(row.total)) if row.total is not None else None]
    return html.Div(
        className="flow-row",
        children=[
            html.Div([part for part in name if part is not None], className="flow-name"),
            svg.drawing("flow-bars", _bars(row.parts, scale, written)),
            html.P(_said(row.parts, written), className="flow-words"),
        ],
    )


def _bars(parts: Sequence[FlowPart], scale: int, written: Callable[[int], str]) -> list[Component | None]:
    drawn: list[Component | None] = []
    begins = 0.0
    for part in parts:
        width = part.number * 100 / scale
        if part.number:
            drawn.append(svg.rectangle(f"flow-bar flow-bar--{part.kind}", f"{begins:.3f}%", 0, f"{width:.3f}%", "100%"))
        if width >= ROOM_INSIDE:
            drawn.append(
                svg.words(f"flow-number flow-number--{part.kind}", f"{begins:.3f}%", "50%", written(part.number))
            )
        begins += width
    return drawn


def _said(parts: Sequence[FlowPart], written: Callable[[int], str]) -> list[Component | str]:
    said: list[Component | str] = []
    for part in (part for part in parts if part.words):
        separator = " · " if said else ""
        words = part.words if said else part.words[0].upper() + part.words[1:]
        said += [f"{separator}{words} ", html.B(written(part.number))]
    return said

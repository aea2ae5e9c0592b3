"""One cell per camera, unit beside unit: what works now, interruptions of thirty days, how available. No picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components import svg
from domain.cameras import CameraState, Coverage
from domain.freshness import SourceFacts

TITLE = "Trạng thái camera"
HEAD = ("Lúc này", "Gián đoạn, 30 ngày", "Sẵn sàng, %")
SEEN, LOST, FAULTY, UNKNOWN = "seen", "lost", "faulty", "unknown"
FACES = {
    CameraState.WORKING: SEEN,
    CameraState.IMPAIRED: SEEN,
    CameraState.UNUSABLE: FAULTY,
    CameraState.LOST: LOST,
    CameraState.MISCONFIGURED: FAULTY,
    CameraState.UNKNOWN: UNKNOWN,
}
LEGEND = ((SEEN, "có tín hiệu"), (LOST, "mất tín hiệu"), (FAULTY, "lỗi khác"), (UNKNOWN, "mất dữ liệu"))
# Tenths of a rem: a cell, the step to the next one, a bar of a day.
CELL, STEP, HEIGHT = 32.0, 35.0, 18.0
BAR, BAR_STEP, BAR_HEIGHT = 8.0, 11.4, 30.0


@dataclass(frozen=True, slots=True)
class CameraRow:
    """One unit: its name, the state of each camera, interruptions by day (oldest first; None where nothing is known),
    the share of known time."""

    name: str
    states: Sequence[CameraState]
    coverage: Coverage
    interruptions: Sequence[int | None]
    percent: float | None


def camera_grid(rows: Sequence[CameraRow], source: SourceFacts) -> Component:
    """The panel, units in the order given."""
    legend = [html.Span([html.I(className=f"camera-key camera-key--{face}"), words]) for face, words in LEGEND]
    most = max((count or 0 for row in rows for count in row.interruptions), default=1)
    head = html.Tr([html.Th("Đơn vị"), html.Th(""), *(html.Th(words) for words in HEAD)])
    return panels.panel(
        [
            panels.heading(TITLE, *legend, panels.age(wording="head")),
            html.Table(
                [html.Thead(head), html.Tbody([_row(row, max(most, 1)) for row in rows])], className="camera-table"
            ),
        ],
        source,
        "panel--camera-grid",
    )


def _row(row: CameraRow, most: int) -> Component:
    return html.Tr(
        [
            html.Td(row.name),
            html.Td(_cells(row.states)),
            html.Td(_now(row.coverage), className="is-old-part" if row.coverage.unknown else None),
            html.Td(_bars(row.interruptions, most)),
            html.Td(text.UNKNOWN if row.percent is None else text.decimal(Decimal(str(row.percent)))),
        ]
    )


def _cells(states: Sequence[CameraState]) -> Component | str:
    """Cells of one face are one shape, so that a unit costs as few components as it can."""
    if not states:
        return "chưa lắp đặt"
    paths: Mapping[str, list[str]] = {face: [] for face, _ in LEGEND}
    for at, state in enumerate(states):
        paths[FACES[state]].append(f"M{at * STEP + 2:.1f},2h{CELL - 4}v{HEIGHT}h-{CELL - 4}Z")
    drawn = [svg.path(f"camera-cell camera-cell--{face}", "".join(found)) for face, found in paths.items() if found]
    return svg.drawing("camera-cells", drawn, viewBox=f"0 0 {12 * STEP:g} {HEIGHT + 4:g}")


def _now(coverage: Coverage) -> list[Component | str]:
    """'?/5' where nothing is known of any: unknown is not zero."""
    if coverage.seen is None and not coverage.failing:
        return [f"?/{coverage.installed}"]
    seen = "?" if coverage.seen is None else coverage.seen
    mark = [html.I(className="alarm-mark alarm-mark--2")] if coverage.failing else []
    return [*mark, html.Span(f"{seen}/{coverage.installed}", className="is-warning" if coverage.failing else None)]


def _bars(days: Sequence[int | None], most: int) -> Component:
    """A low mark for each day without an interruption, a bar for others, nothing for a day nobody knows of."""
    floor = "".join(
        f"M{at * BAR_STEP:.1f},{BAR_HEIGHT:g}h{BAR}v-3h-{BAR}Z" for at, count in enumerate(days) if count is not None
    )
    bars = "".join(
        f"M{at * BAR_STEP:.1f},{BAR_HEIGHT:g}h{BAR}v-{4 + (BAR_HEIGHT - 4) * count / most:.1f}h-{BAR}Z"
        for at, count in enumerate(days)
        if count
    )
    drawn = [svg.path("camera-floor", floor), svg.path("camera-bar", bars) if bars else None]
    return svg.drawing("camera-days", drawn, viewBox=f"0 0 {len(days) * BAR_STEP:g} {BAR_HEIGHT:g}")

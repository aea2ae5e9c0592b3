"""Where the cases are: districts or wards in three tones of their completion rate; small counts are not told.

A rate of few cases says more about chance than about anybody, and could point at a household: both are one rule here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from domain.boundaries import UnitMap
from domain.small_counts import FEWEST, may_be_told
from domain.statistics import Measure


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with its figures in việc; `href` narrows the page to it."""

    area: str
    name: str
    measure: Measure
    href: str

    @property
    def is_told(self) -> bool:
        """Whether its numbers may be shown beside its place."""
        return may_be_told(self.measure.to_enforce)

    @property
    def rate(self) -> Decimal | None:
        """The completion rate where it may be told."""
        return self.measure.completion_rate if self.is_told else None


def case_map(rows: Sequence[AreaRow], unit_map: UnitMap | None, whole: Decimal | None, nowhere: int) -> Component:
    """The map and the areas as a table beside it; `whole` is the rate they are compared with, `nowhere` how many việc
    have no area."""
    by_area = {row.area: row for row in rows}
    notes = [
        f"tô theo tỷ lệ xong về việc so với {text.percent(whole)}" if whole is not None else "chưa có tỷ lệ chung",
        f"ô dưới {FEWEST} việc không hiện số",
        *([f"{text.whole(nowhere)} việc không ghi địa bàn"] if nowhere else []),
    ]
    drawn = _drawing(by_area, unit_map, whole) if unit_map is not None and unit_map.areas else None
    note = f" · {unit_map.note}" if drawn is not None and unit_map is not None else ""
    return html.Div(
        [
            html.Div(
                [
                    drawn or html.P(text.NO_MAP, className="desk-nothing"),
                    html.Small(" · ".join(notes) + note, className="desk-faint"),
                ]
            ),
            html.Div(_table(rows), className="desk-scroll"),
        ],
        className="case-map",
    )


def _drawing(by_area: Mapping[str, AreaRow], unit_map: UnitMap, whole: Decimal | None) -> Component:
    by_tone: dict[str, list[str]] = {}
    values: list[Component | None] = []
    kinds = [shape.kind for shape in unit_map.areas if shape.area in by_area]
    kind = max(sorted(set(kinds)), key=kinds.count, default="district")
    for shape in (each for each in unit_map.areas if each.kind == kind):
        row = by_area.get(shape.area)
        by_tone.setdefault(_tone(row, whole), []).append(shape.path)
        if row is not None and row.rate is not None:
            values.append(svg.words("case-map-value", *shape.label, text.decimal(row.rate, 0)))
    paths = [svg.path(f"case-map-area case-map-area--{tone}", "".join(paths)) for tone, paths in by_tone.items()]
    box = f"-4 -6 {unit_map.width + 8:g} {unit_map.height + 12:g}"
    return svg.drawing("case-map-drawing", [*paths, *values], viewBox=box)


def _tone(row: AreaRow | None, whole: Decimal | None) -> str:
    """Below four fifths of the whole, above six fifths, or between; nothing where nothing may be told."""
    if row is None or row.rate is None or whole is None:
        return "none"
    if row.rate < whole * 4 / 5:
        return "low"
    return "high" if row.rate > whole * 6 / 5 else "middle"


def _table(rows: Sequence[AreaRow]) -> Component:
    heads = html.Thead(
        html.Tr(
            [
                html.Th("Địa bàn"),
                *(html.Th(words, className="desk-number") for words in ("Phải thi hành", "Có điều kiện", "Xong", "%")),
            ]
        )
    )
    shown = sorted(rows, key=lambda row: row.name)
    return html.Table([heads, html.Tbody([_row(row) for row in shown])], className="desk-table case-areas")


def _row(row: AreaRow) -> Component:
    name = html.Td(dcc.Link(row.name, href=row.href))
    if not row.is_told:
        return html.Tr(
            [name, html.Td(f"dưới {FEWEST}", className="desk-number desk-faint"), html.Td(), html.Td(), html.Td()]
        )
    measure, rate = row.measure, row.rate
    values = [text.whole(one) for one in (measure.to_enforce, measure.enforceable, measure.completed)]
    said = text.UNKNOWN if rate is None else text.decimal(rate)
    return html.Tr([name, *(html.Td(value, className="desk-number") for value in (*values, said))])

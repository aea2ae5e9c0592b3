"""The map of the units: one of three tones per unit, its number printed on it, alarm signs inside its own border.

Shapes of one tone are one path, so that a province costs as few components as it can (see components/svg.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from components import panel as panels
from components import svg
from domain.alarms import Priority
from domain.boundaries import LETTER_WIDTH, Point, UnitMap, UnitShape
from domain.freshness import SourceFacts


class Tone(StrEnum):
    """How a unit is filled: `NONE` where nothing is known, `CONTEXT` outside the scope of the wall."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    NONE = "none"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class MapMark:
    """What the map says of one unit: its short name, the printed number, its tone, its worst open alarm and how many.

    A unit in the tone of `CONTEXT` is drawn without any words.
    """

    name: str
    value: str = ""
    tone: Tone = Tone.NONE
    priority: Priority | None = None
    alarms: int = 0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One tone and what it means."""

    tone: Tone
    words: str


@dataclass(frozen=True, slots=True)
class MapLayer:
    """One thing the map can show: its title, what it is measured against, the tones, a mark per unit code."""

    title: str
    note: str
    legend: tuple[LegendEntry, ...]
    marks: Mapping[str, MapMark]


LEADER_GAP = 6.0
# A map a quarter as wide keeps signs that can be read.
SMALL_MAP_SCALE = 1.9
SIGN = {Priority.URGENT: "M0-27 27 0 0 27-27 0Z", Priority.HIGH: "M0-25 27 23-27 23Z"}


ZONE_WORDS = "Vùng cảnh báo của thành phố"


def map_panel(
    layer: MapLayer, unit_map: UnitMap, source: SourceFacts, modifier: str = "", zones: Sequence[str] = ()
) -> Component:
    """The map with its heading and legend, as a panel that ages with its source; `zones` are shapes of warnings."""
    return panels.panel(
        [
            html.Div(
                className="map-heading",
                children=[html.Strong(layer.title), html.Span(layer.note), panels.age()],
            ),
            map_legend(layer.legend),
            map_drawing(layer, unit_map, zones),
            html.Small(
                [html.Span(list(zone_key()), className="map-zone-key") if zones else None, unit_map.note],
                className="map-source",
            ),
        ],
        source,
        f"panel--map {modifier}".rstrip(),
    )


def zone_key() -> tuple[Component | str, ...]:
    """What the dashed line is, before the words of the map."""
    return html.I(className="tone tone--zone"), ZONE_WORDS


def map_legend(entries: Sequence[LegendEntry], has_zones: bool = False) -> Component:
    """What each tone means, and the line around a warning where the legend has room for it."""
    tones = [html.Li([html.I(className=f"tone tone--{entry.tone}"), entry.words]) for entry in entries]
    return html.Ul([*tones, html.Li(list(zone_key())) if has_zones else None], className="map-legend")


def map_drawing(layer: MapLayer, unit_map: UnitMap, zones: Sequence[str] = ()) -> Component:
    """Only the drawing: fills, borders, zones of warnings, names, numbers, signs."""
    return svg.drawing(
        "area-map",
        [
            *_fills(layer, unit_map),
            *(_border(shape, layer) for shape in unit_map.shapes),
            *(svg.path("map-zone", zone) for zone in zones),
            *(part for shape in unit_map.shapes for part in _words(shape, layer.marks.get(shape.unit))),
            *(_sign(shape, layer.marks.get(shape.unit)) for shape in unit_map.shapes),
        ],
        viewBox=f"-4 -6 {unit_map.width + 8:g} {unit_map.height + 12:g}",
    )


def sign_map(signs: Mapping[str, tuple[Priority, int]], unit_map: UnitMap, chosen: str) -> Component:
    """A small map for a desk: only the signs of urgent and high alarms, and the border of the unit that is chosen."""
    marks = {unit: MapMark("", priority=priority, alarms=count) for unit, (priority, count) in signs.items()}
    urgent = Priority.URGENT in {marks[chosen].priority if chosen in marks else None}
    border = "map-urgent" if urgent else "map-own"
    return svg.drawing(
        "sign-map",
        [
            svg.path("report-map-area", "".join(shape.path for shape in unit_map.shapes)),
            *(svg.path(border, shape.path) for shape in unit_map.shapes if shape.unit == chosen and shape.path),
            *(_sign(shape, marks.get(shape.unit), SMALL_MAP_SCALE) for shape in unit_map.shapes),
        ],
        viewBox=f"-4 -6 {unit_map.width + 8:g} {unit_map.height + 12:g}",
    )


def _fills(layer: MapLayer, unit_map: UnitMap) -> list[Component]:
    by_tone: dict[Tone, list[str]] = {tone: [] for tone in Tone}
    for shape in unit_map.shapes:
        mark = layer.marks.get(shape.unit)
        if shape.path:
            by_tone[mark.tone if mark else Tone.NONE].append(shape.path)
    return [svg.path(f"map-area map-area--{tone}", "".join(paths)) for tone, paths in by_tone.items() if paths]


def _border(shape: UnitShape, layer: MapLayer) -> Component | None:
    """A unit with an urgent alarm stands out, and the one unit of a wall of its own."""
    mark = layer.marks.get(shape.unit)
    if mark is None or mark.tone is Tone.CONTEXT or not shape.path:
        return None
    if mark.priority is Priority.URGENT:
        return svg.path("map-urgent", shape.path)
    # The darkest tone is the least visible one: a unit that is behind and has an alarm gets a border too.
    if mark.priority is Priority.HIGH and mark.tone is Tone.LOW:
        return svg.path("map-warned", shape.path)
    is_alone = any(other.tone is Tone.CONTEXT for other in layer.marks.values())
    return svg.path("map-own", shape.path) if is_alone else None


def _words(shape: UnitShape, mark: MapMark | None) -> list[Component]:
    """Name and number at the label; a seat has both outside with a leader, a tight unit its name only."""
    if mark is None or mark.tone is Tone.CONTEXT:
        return []
    if shape.seat is not None:
        at = shape.callout or (shape.seat[0], shape.seat[1] - 40)
        half = len(mark.name) * LETTER_WIDTH / 2
        return [_leader(shape.seat, (at[0], at[1] - 20), half), *_seat(shape.seat), *_stack(at, mark)]
    if shape.label is None:
        return []
    x, y = shape.label
    if shape.callout is not None and not shape.holds(mark.name):
        cx, cy = shape.callout
        return [
            _leader((x, y - 18), (cx, cy - 8), len(mark.name) * LETTER_WIDTH / 2),
            svg.words("map-name", cx, cy, mark.name),
            svg.words("map-value", x, y + 13, mark.value),
        ]
    return _stack(shape.label, mark)


def _stack(at: Point, mark: MapMark) -> list[Component]:
    x, y = at
    return [svg.words("map-name", x, y - 12, mark.name), svg.words("map-value", x, y + 24, mark.value)]


def _leader(start: Point, end: Point, half: float) -> Component:
    """From a place to the near side of a name; `end` is the middle of the name, `half` its half width."""
    x1, y1 = start
    x2, y2 = end
    side = -1 if x2 > x1 else 1
    elbow = x2 + side * (half + 3 * LEADER_GAP)
    return svg.path("map-leader", f"M{x1:.1f} {y1:.1f}L{elbow:.1f} {y2:.1f}h{-side * LEADER_GAP:.1f}")


def _seat(at: Point) -> list[Component]:
    """The sign of a body that serves no area of its own: a house of columns, not an address."""
    x, y = at
    house = "M-8.5-3.5 0-9 8.5-3.5ZM-7 7.5h14M-5.5-2v8M0-2v8M5.5-2v8"
    return [
        svg.circle("map-seat", x, y, 15),
        svg.group("map-house", [svg.path("", house)], transform=f"translate({x:.1f} {y:.1f})"),
    ]


def _sign(shape: UnitShape, mark: MapMark | None, scale: float = 1.0) -> Component | None:
    if mark is None or mark.priority not in SIGN or shape.marker is None:
        return None
    x, y = shape.marker
    parts = [
        svg.path(f"map-sign map-sign--{mark.priority.value}", SIGN[mark.priority]),
        svg.words("map-count", 0, 9 if mark.priority is Priority.URGENT else 17, str(mark.alarms)),
    ]
    grown = "" if scale == 1.0 else f" scale({scale:g})"
    return svg.group("", parts, transform=f"translate({x:.1f} {y:.1f}){grown}")

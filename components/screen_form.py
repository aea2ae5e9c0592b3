"""The window in which a screen is set up: every field of a screen, and the table of its scenes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components import ids
from components.administration_forms import Options, select_options
from components.administration_forms import field as labelled
from components.screen_table import LAYOUT_NAMES
from domain.screens import LONGEST_DWELL, SCENE_CATALOGUE, SHORTEST_DWELL, SceneEntry

WHOLE_PROVINCE = "Toàn tỉnh"
# A select shows nothing for an empty value.
EVERY_UNIT = "-"
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
ORDER, DWELL = "order", "dwell"


@dataclass(frozen=True, slots=True)
class TypedScreen:
    """A screen's settings as a person typed them: texts, days of the week, and (order, seconds) of each scene."""

    code: str = ""
    name: str = ""
    place: str = ""
    unit: str = EVERY_UNIT
    diagonal: str = ""
    panels: str = "1"
    distance: str = ""
    night_from: str = ""
    night_to: str = ""
    night_days: tuple[int, ...] = tuple(range(7))
    expires: str = ""
    turns: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def screen_fields(typed: TypedScreen, units: Options, legibility: Component, *, asks_code: bool) -> list[Component]:
    """The fields of the window, filled with what is known; `asks_code` when a new screen is paired."""
    unit = dbc.Select(
        id=ids.SCREENS_UNIT, options=select_options([(EVERY_UNIT, WHOLE_PROVINCE), *units]), value=typed.unit
    )
    days = dbc.Checklist(
        id=ids.SCREENS_NIGHT_DAYS,
        options=[{"label": name, "value": day} for day, name in enumerate(WEEKDAYS)],
        value=list(typed.night_days),
        inline=True,
    )
    rows: list[list[Component]] = [
        [_entry(ids.SCREENS_NAME, "Tên màn hình", typed.name, "ví dụ Sảnh tầng 1", 80)],
        [_entry(ids.SCREENS_PLACE, "Nơi đặt", typed.place, "ví dụ tường phía tây", 120), labelled("Phạm vi", unit)],
        [
            _entry(ids.SCREENS_DIAGONAL, "Đường chéo một tấm (inch)", typed.diagonal, "55", 6),
            _entry(ids.SCREENS_PANELS, "Số tấm theo chiều ngang", typed.panels, "1", 2),
            _entry(ids.SCREENS_DISTANCE, "Người xem đứng cách (m)", typed.distance, "3", 6),
        ],
        [html.Div(legibility, id=ids.SCREENS_LEGIBILITY, className="desk-hint")],
        [_turn_table(typed)],
        [
            _entry(ids.SCREENS_NIGHT_FROM, "Giờ đêm từ", typed.night_from, "22:00", 5),
            _entry(ids.SCREENS_NIGHT_TO, "đến", typed.night_to, "05:30", 5),
            html.Div([html.Span("Các đêm"), days], className="desk-field"),
        ],
        [_entry(ids.SCREENS_EXPIRES, "Ngày cuối được xem, trống là không hạn", typed.expires, "31/12/2027", 10)],
    ]
    if asks_code:
        rows[0].insert(0, code_field(typed.code))
    return [html.Div(row, className=f"desk-row desk-row--{len(row)}") for row in rows]


def code_field(value: str) -> Component:
    """The code that the screen shows."""
    return _entry(ids.SCREENS_CODE, "Mã trên màn hình", value, "XXXX-XXXX", 20)


def scene_field(scenes: Sequence[tuple[str, str]]) -> Component:
    """Which scene the screen is to show now."""
    first = scenes[0][0] if scenes else ""
    return labelled("Cảnh", dbc.Select(id=ids.SCREENS_SCENE, options=select_options(scenes), value=first))


def _turn_table(typed: TypedScreen) -> Component:
    heads = ("Cảnh", "Bố cục", "Thứ tự", f"Giây ({SHORTEST_DWELL}–{LONGEST_DWELL})")
    return html.Div(
        [
            html.Table(
                className="desk-table desk-turns",
                children=[
                    html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                    html.Tbody([_turn(entry, typed.turns.get(entry.name, ("", ""))) for entry in SCENE_CATALOGUE]),
                ],
            ),
            html.Small(
                "Để trống thứ tự thì không chiếu; trống cả bảng thì chiếu mọi cảnh của bố cục.", className="desk-hint"
            ),
        ]
    )


def _turn(entry: SceneEntry, typed: tuple[str, str]) -> Component:
    order = _bare(ids.screen_turn(entry.name, ORDER), typed[0], "", 2)
    dwell = _bare(ids.screen_turn(entry.name, DWELL), typed[1], str(entry.dwell_seconds), 3)
    return html.Tr([html.Td(cell) for cell in (entry.title, LAYOUT_NAMES[entry.layout], order, dwell)])


def _entry(field_id: str, label: str, value: str, example: str, longest: int) -> Component:
    return labelled(label, _bare(field_id, value, example, longest))


def _bare(field_id: Any, value: str, example: str, longest: int) -> Component:
    entry: Component = dbc.Input(
        id=field_id, type="text", value=value, maxLength=longest, autocomplete="off", placeholder=example
    )
    return entry

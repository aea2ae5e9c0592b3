"""The tile of who is at work, on whichever scene it stands: a figure, or in words why there is none."""

from __future__ import annotations

from dash.development.base_component import Component

from components.kpi_tile import count_tile, unconnected_tile
from domain.attendance import UnitCounts
from scenes.answers import WallAnswers

OFF = "ngoài giờ làm việc"
SILENT = "mất dữ liệu"


def present_tile(
    title: str, answers: WallAnswers, total: UnitCounts, lines: list[Component], is_warning: bool = False
) -> Component:
    """How many are at work of those who should be."""
    presence = answers.presence
    if presence.is_off or total.present is None:
        return unconnected_tile(title, lines, presence.source, OFF if presence.is_off else SILENT)
    return count_tile(title, total.present, lines, presence.source, is_warning=is_warning, of=total.expected)

"""The tile of cameras that work, on whichever scene it stands."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.kpi_tile import count_tile, empty_tile, unconnected_tile, warning_line
from scenes.answers import WallAnswers


def working_tile(title: str, answers: WallAnswers) -> Component:
    """Of those installed; what is lost and what is unknown are two things."""
    cameras = answers.cameras
    if not cameras.is_known:
        return empty_tile(title) if cameras.source.configured else unconnected_tile(title)
    found = cameras.coverage
    lines = [
        warning_line(f"{found.failing} không có hình") if found.failing else None,
        html.Span(f"{found.unknown} mất dữ liệu", className="is-old-part") if found.unknown else None,
    ]
    if found.seen is None:
        return unconnected_tile(title, lines, cameras.source, "mất dữ liệu")
    return count_tile(
        title,
        found.seen,
        lines,
        cameras.source,
        is_warning=bool(found.failing),
        of=found.installed,
    )

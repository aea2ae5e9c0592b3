"""The map beside the sign-in form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from data_access.boundary_shapes import load_maps, map_on, stored_file
from domain.boundaries import UnitShape
from server.outline import outline_svg

SAMPLE = map_on(load_maps(stored_file("hue-two-level")), date(2026, 11, 23))


def test_every_unit_with_an_area_is_outlined() -> None:
    assert SAMPLE is not None
    assert outline_svg(SAMPLE).count("<path") == sum(bool(shape.path) for shape in SAMPLE.shapes) == 9


def test_without_a_map_nothing_is_drawn() -> None:
    assert outline_svg(None) == ""


def test_what_is_no_path_never_reaches_the_page() -> None:
    assert SAMPLE is not None
    hostile = replace(SAMPLE, shapes=(UnitShape("X", '"/><script>alert(1)</script>'), UnitShape("Y", "M0 0L1 1Z")))
    assert outline_svg(hostile) == f'<svg viewBox="0 0 {SAMPLE.width:g} {SAMPLE.height:g}"><path d="M0 0L1 1Z"/></svg>'


def test_the_templates_hold_no_inline_style_or_script() -> None:
    for template in (Path(__file__).parents[2] / "server" / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "style=" not in text and "onclick" not in text and "<script>" not in text

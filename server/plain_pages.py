"""Pages without Dash: sign-in, password, pairing, refusal. Shown before anybody is known, so they carry no data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape


@dataclass(frozen=True, slots=True)
class PlainPages:
    """Renders the templates with the map outline (an SVG made by server/outline.py) and the line below it."""

    outline_svg: str = ""
    footnote: str = ""

    def render(self, template: str, **values: object) -> str:
        """One page; every value but the outline is escaped."""
        page = _templates.get_template(f"{template}.html")
        return page.render(outline_svg=self.outline_svg, footnote=self.footnote, **values)


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(), auto_reload=False
)

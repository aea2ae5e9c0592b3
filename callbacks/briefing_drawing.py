"""A briefing drawn on the page from the very blocks of its documents, so that page and paper cannot differ."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.briefing_desk import CHART_FILES, file_address, file_links
from domain.briefing import Briefing
from domain.briefing_schedule import BRIEFING_NAMES
from reports.briefing import CHARTS, briefing_blocks, briefing_chart, subtitle
from reports.document import Block, FactList, Grid, Heading, Paragraph, Picture

TOTAL = "Toàn bộ"


def briefing_paper(briefing: Briefing) -> Component:
    """Title, files and everything it says."""
    heading = html.H2(f"{BRIEFING_NAMES[briefing.facts.kind]}, {subtitle(briefing.facts)}")
    tools = html.Span(file_links(briefing.public_id), className="desk-inline briefing-tools")
    blocks = briefing_blocks(briefing)
    charts = [name for name in CHARTS if briefing_chart(briefing.facts, name) is not None]
    drawn: list[Component] = []
    for block in blocks:
        if isinstance(block, Picture):
            drawn += _chart(briefing.public_id, charts.pop(0), block)
        else:
            drawn.append(_block(block))
    return html.Div([html.Div([heading, tools], className="desk-toolbar"), html.Div(drawn, className="briefing-paper")])


def _chart(public_id: str, name: str, block: Picture) -> list[Component]:
    links = [
        html.A(
            words,
            href=file_address(file, public_id, name),
            className="desk-button desk-button--small",
            **{"aria-label": f"{words}: {block.drawing.told.split('.')[0]}"},
        )
        for words, file in CHART_FILES
    ]
    address = file_address("shown.svg", public_id, name)
    return [
        html.Img(src=address, alt=block.drawing.told, className="briefing-chart"),
        html.Div(links, className="briefing-chart-links briefing-tools"),
    ]


def _block(block: Block) -> Component:
    if isinstance(block, Heading):
        return html.H3(block.words)
    if isinstance(block, Paragraph):
        name = "briefing-warning" if block.words.startswith("CẢNH BÁO") else "briefing-source"
        return html.P(block.words, className=name if block.is_note else None)
    if isinstance(block, FactList):
        lines = [part for name, words in block.facts for part in (html.Dt(name), html.Dd(words))]
        return html.Dl(lines, className="desk-facts")
    if isinstance(block, Grid):
        return html.Div(_table(block), className="desk-scroll")
    raise TypeError(f"a page shows no {type(block).__name__}")


def _table(grid: Grid) -> Component:
    head = html.Tr([html.Th(words, className=_face(place, grid)) for place, (words, _) in enumerate(grid.columns)])
    rows = [html.Tr(_cells(row, grid), className="briefing-total" if row[0] == TOTAL else None) for row in grid.rows]
    return html.Table([html.Thead(head), html.Tbody(rows)], className="desk-table")


def _cells(row: Sequence[str], grid: Grid) -> list[Component]:
    return [html.Td(words, className=_face(place, grid)) for place, words in enumerate(row)]


def _face(place: int, grid: Grid) -> str | None:
    return "briefing-number" if place >= grid.numbers_from else None

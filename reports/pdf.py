"""A document as a PDF with its typeface in it, so that it looks and prints the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from reports.document import (
    LETTERHEAD_SHARE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    MOTTO,
    NATION,
    TO_SIGN,
    Block,
    Document,
    FactList,
    Grid,
    Heading,
    Letterhead,
    Paragraph,
    Picture,
    Signatures,
    printable,
)
from reports.drawing_pdf import draw_into

FONTS = Path(__file__).resolve().parent / "fonts"
# Liberation Serif has the measures of Times New Roman and every Vietnamese letter (fonts/OFL-Liberation.txt).
TYPEFACE = "LiberationSerif"
FACES = (("", "Regular"), ("B", "Bold"), ("I", "Italic"))
LINE = 1.25
SIGNATURES_HEIGHT = 48.0
CELL_TOP, CELL_SIDE = 0.8, 1.2
# A table up to this height is kept on one page.
LONGEST_KEPT = 90.0
MILLIMETRES_A_POINT = 25.4 / 72


def pdf_bytes(document: Document, made_at: datetime) -> bytes:
    """The file; the same document made at the same time is the same bytes."""
    paper = _Paper(printable(document.footnote), document.is_landscape)
    paper.set_title(printable(document.title))
    paper.set_lang("vi-VN")
    paper.set_creation_date(made_at)
    paper.add_page()
    _letterhead(paper, document.letterhead)
    paper.ln(5)
    paper.line_of(document.title, 14, "B")
    paper.line_of(document.subtitle, 13, "I")
    paper.ln(3)
    for at, block in enumerate(document.blocks):
        paper.keep(_height_together(paper, document.blocks[at:]))
        _block(paper, block)
    return bytes(paper.output())


class _Paper(FPDF):
    """A4 with the margins of the decree, page numbers from the second page on, a footnote on every page."""

    def __init__(self, footnote: str, is_landscape: bool) -> None:
        super().__init__("landscape" if is_landscape else "portrait", "mm", "A4")
        self._footnote = footnote
        for style, name in FACES:
            self.add_font(TYPEFACE, style, FONTS / f"LiberationSerif-{name}.ttf")
        self.c_margin = 0
        self.set_margins(MARGIN_LEFT, MARGIN_TOP, MARGIN_RIGHT)
        self.set_auto_page_break(True, MARGIN_BOTTOM)

    def header(self) -> None:
        if self.page_no() > 1:
            self.set_xy(MARGIN_LEFT, 10)
            self.line_of(str(self.page_no()), 13)
            self.set_xy(MARGIN_LEFT, MARGIN_TOP)

    def footer(self) -> None:
        if self._footnote:
            self.set_xy(MARGIN_LEFT, -14)
            self.line_of(self._footnote, 9, "I")

    def line_of(self, words: str, size: int, style: str = "", width: float = 0, align: Align = Align.C) -> None:
        """Words in a column that begins here; the next line begins below, at the same column."""
        self.set_font(TYPEFACE, style, size)
        height = size * MILLIMETRES_A_POINT * LINE
        self.multi_cell(width, height, printable(words), align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def height_of(self, words: str, size: int, style: str = "", width: float = 0) -> float:
        """How high the words would be over a width, the whole one unless told."""
        self.set_font(TYPEFACE, style, size)
        height = size * MILLIMETRES_A_POINT * LINE
        found = self.multi_cell(width, height, printable(words), dry_run=True, output=MethodReturnValue.HEIGHT)
        return found if isinstance(found, float) else 0.0

    def keep(self, height: float) -> None:
        """Go on to the next page where less than this height is left."""
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()


def _letterhead(paper: _Paper, letterhead: Letterhead) -> None:
    left, top = paper.epw * LETTERHEAD_SHARE, paper.get_y()
    _column(paper, MARGIN_LEFT, top, left, [(letterhead.agency.upper(), 12, ""), (letterhead.office.upper(), 12, "B")])
    _rule(paper, MARGIN_LEFT, left, 0.4)
    ends = paper.get_y()
    begins, width = MARGIN_LEFT + left, paper.epw - left
    _column(paper, begins, top, width, [(NATION, 12, "B"), (MOTTO, 13, "B")])
    _rule(paper, begins, width, 0.55)
    _column(paper, begins, paper.get_y() + 3, width, [(letterhead.date_words, 13, "I")])
    paper.set_xy(MARGIN_LEFT, max(ends, paper.get_y()))


def _column(paper: _Paper, left: float, top: float, width: float, lines: Sequence[tuple[str, int, str]]) -> None:
    paper.set_xy(left, top)
    for words, size, style in lines:
        paper.line_of(words, size, style, width)
        paper.set_x(left)


def _rule(paper: _Paper, left: float, width: float, share: float) -> None:
    inside, y = width * (1 - share) / 2, paper.get_y() + 1
    paper.set_line_width(0.25)
    paper.line(left + inside, y, left + width - inside, y)
    paper.set_y(y)


def _block(paper: _Paper, block: Block) -> None:
    if isinstance(block, Heading):
        paper.ln(2)
        paper.line_of(block.words, 13, "B", align=Align.L)
        paper.ln(1)
    elif isinstance(block, Paragraph):
        size, style = (11, "I") if block.is_note else (13, "")
        paper.line_of(block.words, size, style, align=Align.L)
        paper.ln(1)
    elif isinstance(block, FactList):
        for name, words in block.facts:
            paper.line_of(f"{name}: {words}", 13, align=Align.L)
            paper.ln(0.7)
    elif isinstance(block, Grid):
        _grid(paper, block)
    elif isinstance(block, Picture):
        top = paper.get_y()
        draw_into(paper, block.drawing, TYPEFACE, MARGIN_LEFT, top)
        paper.set_xy(MARGIN_LEFT, top + block.drawing.height + 2)
    else:
        _signatures(paper, block)


def _grid(paper: _Paper, grid: Grid) -> None:
    paper.set_font(TYPEFACE, "", grid.size)
    paper.set_line_width(0.2)
    widths = tuple(share for _, share in grid.columns)
    with paper.table(
        width=paper.epw,
        align=Align.L,
        col_widths=widths,
        text_align=Align.L,
        line_height=grid.size * MILLIMETRES_A_POINT * LINE,
        padding=(CELL_TOP, CELL_SIDE),
        borders_layout=TableBordersLayout.ALL,
        headings_style=FontFace(emphasis="BOLD"),
    ) as table:
        head = table.row()
        for words, _ in grid.columns:
            head.cell(printable(words), align=Align.C)
        for values in grid.rows:
            row = table.row()
            for place, words in enumerate(values):
                row.cell(printable(words), align=Align.R if place >= grid.numbers_from else Align.L)
    paper.ln(2)


def _grid_height(paper: _Paper, grid: Grid) -> float:
    """How high a table will be, row by row in its own widths; long ones only roughly, for they are cut anyhow."""
    if len(grid.rows) > LONGEST_KEPT / 5:
        return LONGEST_KEPT
    shares = sum(share for _, share in grid.columns)
    widths = [paper.epw * share / shares - 2 * CELL_SIDE for _, share in grid.columns]
    height = 0.0
    for values, style in (([head for head, _ in grid.columns], "B"), *((row, "") for row in grid.rows)):
        cells = (paper.height_of(words, grid.size, style, width) for words, width in zip(values, widths, strict=True))
        height += max(cells) + 2 * CELL_TOP
    return height + 2


def _height_together(paper: _Paper, blocks: Sequence[Block]) -> float:
    """How much of what begins here is kept together: a heading and what follows, places to sign and the words above."""
    first, rest = blocks[0], blocks[1:]
    if isinstance(first, Signatures):
        return SIGNATURES_HEIGHT
    if isinstance(first, Grid):
        height = _grid_height(paper, first)
        # A longer table goes over pages with its head repeated.
        return height if height < LONGEST_KEPT else 0.0
    if isinstance(first, Picture):
        return first.drawing.height + 2
    if isinstance(first, Heading):
        return paper.height_of(first.words, 13, "B") + 3 + max(20.0, _height_together(paper, rest) if rest else 0.0)
    if isinstance(first, Paragraph) and rest and isinstance(rest[0], Signatures):
        height = paper.height_of(first.words, 13) + SIGNATURES_HEIGHT
        return height if height < min(paper.epw, paper.eph) else 0.0
    return 0.0


def _signatures(paper: _Paper, block: Signatures) -> None:
    paper.ln(4)
    top, width = paper.get_y(), paper.epw / len(block.places)
    for number, (what, role) in enumerate(block.places):
        lines = [(what.upper(), 13, "B"), (role, 13, ""), (TO_SIGN, 12, "I")]
        _column(paper, MARGIN_LEFT + number * width, top, width, lines)
    paper.set_xy(MARGIN_LEFT, top + SIGNATURES_HEIGHT - 4)

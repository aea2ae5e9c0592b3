"""A document as a Word file (.docx), to be read, changed and signed with what offices have."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from reports.document import (
    LETTERHEAD_SHARE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    MOTTO,
    NATION,
    PAGE_LONG,
    PAGE_SHORT,
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
from reports.drawing_png import png_bytes

TYPEFACE = "Times New Roman"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def word_bytes(document: Document) -> bytes:
    """The file."""
    file = docx.Document()
    _prepare(file, document)
    _letterhead(file, document.letterhead)
    _line(file.add_paragraph(), document.title, 14, is_bold=True, before=14)
    _line(file.add_paragraph(), document.subtitle, 13, is_italic=True, after=8)
    for block in document.blocks:
        if isinstance(block, Signatures):
            # Places to sign are never alone on a page.
            file.paragraphs[-1].paragraph_format.keep_with_next = True
        _block(file, block)
    content = BytesIO()
    file.save(content)
    return content.getvalue()


def _prepare(file: WordFile, document: Document) -> None:
    """Paper, margins, typeface, page numbers from the second page on, the footnote on every page."""
    section = file.sections[0]
    width, height = (PAGE_LONG, PAGE_SHORT) if document.is_landscape else (PAGE_SHORT, PAGE_LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if document.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(MARGIN_TOP), Mm(MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(MARGIN_LEFT), Mm(MARGIN_RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = TYPEFACE, Pt(13)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TYPEFACE)
    normal.paragraph_format.space_after = Pt(4)
    file.core_properties.title, file.core_properties.author = printable(document.title), ""
    file.core_properties.language, file.core_properties.comments = "vi-VN", ""
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    if document.footnote:
        for footer in (section.footer, section.first_page_footer):
            _line(footer.paragraphs[0], document.footnote, 9, is_italic=True)


def _page_number(paragraph: WordParagraph) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def _letterhead(file: WordFile, letterhead: Letterhead) -> None:
    width = _text_width(file)
    table = _columns(file, (width * LETTERHEAD_SHARE, width * (1 - LETTERHEAD_SHARE)))
    _without_margins(table)
    left, right = table.rows[0].cells
    _line(left.paragraphs[0], letterhead.agency.upper(), 12)
    _line(left.add_paragraph(), letterhead.office.upper(), 12, is_bold=True)
    _rule(left, 0.4)
    _line(right.paragraphs[0], NATION, 12, is_bold=True)
    _line(right.add_paragraph(), MOTTO, 13, is_bold=True)
    _rule(right, 0.55)
    _line(right.add_paragraph(), letterhead.date_words, 13, is_italic=True, before=6)


def _without_margins(table: Table) -> None:
    """The national title fills its column: cells may keep nothing for themselves."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _rule(cell: _Cell, share: float) -> None:
    """A thin line in the middle of a cell: the upper border of an empty paragraph set in from both sides."""
    paragraph = cell.add_paragraph()
    inside = int((cell.width or 0) * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inside
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(2), Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _block(file: WordFile, block: Block) -> None:
    if isinstance(block, Heading):
        paragraph = file.add_paragraph()
        _line(paragraph, block.words, 13, is_bold=True, before=8, is_centred=False)
        paragraph.paragraph_format.keep_with_next = True
    elif isinstance(block, Paragraph):
        size = 11 if block.is_note else 13
        _line(file.add_paragraph(), block.words, size, is_italic=block.is_note, after=4, is_centred=False)
    elif isinstance(block, FactList):
        for name, words in block.facts:
            _line(file.add_paragraph(), f"{name}: {words}", 13, after=2, is_centred=False)
    elif isinstance(block, Grid):
        _grid(file, block)
    elif isinstance(block, Picture):
        _picture(file, block)
    else:
        _signatures(file, block)


def _grid(file: WordFile, grid: Grid) -> None:
    shares = sum(share for _, share in grid.columns)
    width = _text_width(file)
    table = _columns(file, [width * share / shares for _, share in grid.columns], len(grid.rows) + 1)
    table.style = "Table Grid"
    for cell, (head, _) in zip(table.rows[0].cells, grid.columns, strict=True):
        _line(cell.paragraphs[0], head, grid.size, is_bold=True, before=1, after=2)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row, values in zip(table.rows[1:], grid.rows, strict=True):
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for place, (cell, words) in enumerate(zip(row.cells, values, strict=True)):
            _line(cell.paragraphs[0], words, grid.size, before=1, after=2, is_centred=False)
            if place >= grid.numbers_from:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def _picture(file: WordFile, block: Picture) -> None:
    """The drawing as an image whose description says what it shows."""
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(6)
    image = paragraph.add_run().add_picture(BytesIO(png_bytes(block.drawing)), width=Mm(block.drawing.width))
    image._inline.docPr.set("descr", printable(block.drawing.told))


def _signatures(file: WordFile, block: Signatures) -> None:
    table = _columns(file, [_text_width(file) / len(block.places)] * len(block.places))
    for cell, (what, role) in zip(table.rows[0].cells, block.places, strict=True):
        _line(cell.paragraphs[0], what.upper(), 13, is_bold=True, before=12)
        _line(cell.add_paragraph(), role, 13)
        _line(cell.add_paragraph(), TO_SIGN, 12, is_italic=True, after=50)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _text_width(file: WordFile) -> float:
    """Millimetres between the margins."""
    width = file.sections[0].page_width
    return (width.mm if width else PAGE_SHORT) - MARGIN_LEFT - MARGIN_RIGHT


def _columns(file: WordFile, widths: Sequence[float], rows: int = 1) -> Table:
    """A table without borders whose columns have these widths in millimetres."""
    table: Table = file.add_table(rows=rows, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _line(
    paragraph: WordParagraph,
    words: str,
    size: int,
    is_bold: bool = False,
    is_italic: bool = False,
    before: int = 0,
    after: int = 0,
    is_centred: bool = True,
) -> None:
    run = paragraph.add_run(printable(words))
    run.bold, run.italic, run.font.size = is_bold, is_italic, Pt(size)
    if is_centred:
        paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)

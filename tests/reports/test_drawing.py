"""A drawing is the same on paper, in SVG and as a picture; charts say what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from math import hypot
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reports.chart import ChartHead, RateBar, rate_bars, rate_curve
from reports.drawing import BROKEN, Box, Dot, Drawing, Line, Words, dashes, framed
from reports.drawing_png import DOTS, png_bytes
from reports.drawing_svg import svg_bytes

HEAD = ChartHead("Tỷ lệ xong", "%", "Nguồn: Quản lý án, 09:43 26/11/2026", "Số liệu tạm tính")
BARS = [
    RateBar("Phú Vang", Decimal("10.75"), Decimal("12.9")),
    RateBar("A Lưới", Decimal("28.1")),
    RateBar("Nam Đông", None),
]
MARKED = 'Nghĩa vụ <b> & "kê biên" ữặẫ'


def texts(drawing: Drawing) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg_bytes(drawing)).iter() if element.text]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=2, max_size=6))
def test_a_broken_line_covers_its_share_and_stays_on_the_line(points: list[tuple[float, float]]) -> None:
    length = sum(hypot(x - a, y - b) for (a, b), (x, y) in zip(points, points[1:], strict=False))
    drawn = sum(hypot(x - a, y - b) for (a, b), (x, y) in dashes(points))
    on, off = BROKEN
    assert drawn <= length + 1e-6
    assert length * on / (on + off) - on <= drawn <= length * on / (on + off) + on


def test_an_svg_is_well_formed_whatever_the_words_and_says_them_as_text() -> None:
    found = texts(Drawing(50, 20, [Words(1, 5, MARKED)], f"Kể: {MARKED}"))
    assert MARKED in found and f"Kể: {MARKED}" in found


def test_a_picture_has_the_size_on_paper_and_paints_every_shape() -> None:
    shapes = [Line([(1, 1), (20, 1)], "#ff0000", 0.5), Box(1, 3, 8, 4, "#00ff00"), Dot(15, 6, 2, "#0000ff")]
    picture = Image.open(BytesIO(png_bytes(Drawing(30, 12, [*shapes, Words(1, 11, "Huế", is_bold=True)], "")))).convert(
        "RGB"
    )
    assert picture.size == (30 * DOTS, 12 * DOTS)
    for (x, y), ink in (
        ((10, 1), (255, 0, 0)),
        ((5, 5), (0, 255, 0)),
        ((15, 6), (0, 0, 255)),
        ((29, 11), (255, 255, 255)),
    ):
        assert picture.getpixel((x * DOTS, y * DOTS)) == ink
    assert png_bytes(Drawing(30, 12, shapes, "")) == png_bytes(Drawing(30, 12, shapes, ""))


def test_a_frame_moves_everything_by_its_margin() -> None:
    found = framed(
        Drawing(30, 12, [Line([(0, 0), (1, 1)], "#000000"), Box(0, 0, 1, 1, "#000000"), Words(2, 3, "a")], "t"), 5
    )
    line, box, words = found.shapes
    assert isinstance(line, Line) and isinstance(box, Box) and isinstance(words, Words)
    assert (found.width, found.height, list(line.points), box.left, words.y) == (40, 22, [(5, 5), (6, 6)], 5, 8)


def test_bars_say_title_unit_source_rates_and_what_is_unknown() -> None:
    drawing = rate_bars(HEAD, BARS, "chưa có số liệu")
    found = texts(drawing)
    for words in (
        "Tỷ lệ xong",
        "Đơn vị tính: %",
        HEAD.source,
        HEAD.note,
        "10,8%",
        "28,1%",
        "chưa có số liệu",
        "Nam Đông",
    ):
        assert words in found
    assert "0,0%" not in found
    lengths = [
        shape.width for shape in drawing.shapes if isinstance(shape, Box) and shape.left == 42 and shape.top > 20
    ]
    assert lengths[1] / lengths[0] == pytest.approx(28.1 / 10.75)


def test_a_curve_without_last_year_and_target_draws_what_there_is() -> None:
    days = [(date(2026, 10, 1), Decimal(1)), (date(2026, 11, 26), Decimal("22.3"))]
    drawing = rate_curve(HEAD, date(2026, 10, 1), date(2027, 2, 28), days, (), ())
    found = texts(drawing)
    assert "Năm nay" in found and "22,3" in found
    assert "Năm trước" not in found and "Tiến độ" not in found
    assert "năm nay 22,3% ngày 26/11/2026" in drawing.told


def test_nothing_leaves_the_paper() -> None:
    days = [(date(2026, 10, 1), Decimal(0)), (date(2027, 9, 30), Decimal(100))]
    for drawing in (rate_bars(HEAD, BARS, "—"), rate_curve(HEAD, days[0][0], days[1][0], days, days, days)):
        for shape in drawing.shapes:
            points = shape.points if isinstance(shape, Line) else [(getattr(shape, "x", 0), getattr(shape, "y", 0))]
            assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points)

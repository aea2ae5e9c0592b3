"""The card "Đổi gì từ hôm qua": sign and words, unknown never as a number, links to the rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from component_words import words

from components.figure_change import change_card, change_words
from domain.figure_changes import NOT_KEPT, FigureChange, FigureMove
from domain.indicators import Value
from domain.other_figures import FigureTerm, OtherFigure


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (3, "phản ánh", "tăng 3 phản ánh (+3)"),
        (-1200, "việc", "giảm 1.200 việc (−1.200)"),
        (Decimal("-1.25"), "%", "giảm 1,25 điểm (−1,25)"),
        (0, "việc", "không đổi"),
        (None, "việc", "không so được"),
    ],
)
def test_a_difference_has_its_sign_and_its_words(amount: Value, unit: str, said: str) -> None:
    assert change_words(amount, unit) == said


def test_the_card_says_both_values_the_parts_and_the_moves_with_their_list() -> None:
    before = OtherFigure("", 12, terms=(FigureTerm("quá hạn", 2),))
    found = OtherFigure("", 13, terms=(FigureTerm("quá hạn", 1),))
    moves = (FigureMove("mới tiếp nhận", 4), FigureMove("đã xử lý", -3, "/closed"))
    card = change_card(
        "phản ánh", found, FigureChange("hôm qua", before, "Cần biết.", moves), lambda page: page or "/all"
    )
    told = words(card)
    assert "Hôm qua: 12 phản ánh; nay 13 phản ánh: tăng 1 phản ánh (+1). Cần biết." in told
    assert "quá hạn21−1" in told and "mới tiếp nhận+4đã xử lý−3" in told
    assert "href='/closed'" in str(card) and "href='/all'" in str(card)


def test_what_is_not_known_is_said_and_no_number_stands_there() -> None:
    told = words(change_card("camera", OtherFigure("", 5), FigureChange("hôm qua", None, NOT_KEPT), str))
    assert f"So với hôm qua: {NOT_KEPT}." in told and "0" not in told
    off = OtherFigure("", None, note="ngoài giờ làm việc")
    moves = (FigureMove("mới", 2),)
    told = words(change_card("người", OtherFigure("", 5), FigureChange("hôm qua", off, "", moves), str))
    assert "Hôm qua: ngoài giờ làm việc; nay 5 người: không so được" in told and "mới" not in told

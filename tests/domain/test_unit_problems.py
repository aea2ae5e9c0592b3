from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from organisation_support import EVE, LONG_AGO, REFORM, Reform, a_unit, an_area, an_organisation, reforms

from domain.units import Organisation, Succession, Target, Territory

NOW = REFORM.replace(year=2026)


@given(reforms(), st.data())
def test_any_row_taken_out_of_a_reform_is_missed(reform: Reform, data: st.DataObject) -> None:
    whole = reform.organisation
    territory = list(whole.territory)
    defaults = [move for move in whole.successions if move.area is None]
    lost = data.draw(st.sampled_from([*territory, *defaults]))
    poorer = an_organisation(
        list(whole.units),
        list(whole.areas),
        [row for row in territory if row is not lost],
        [move for move in whole.successions if move is not lost],
    )
    assert poorer.problems()


@given(reforms(), st.data())
def test_any_row_that_lasts_a_day_too_long_is_found(reform: Reform, data: st.DataObject) -> None:
    whole = reform.organisation
    ending = [row for row in whole.territory if row.valid_to is not None]
    late = data.draw(st.sampled_from(ending))
    longer = [
        Territory(row.unit, row.area, row.valid_from, reform.on) if row is late else row for row in whole.territory
    ]
    problems = an_organisation(list(whole.units), list(whole.areas), longer, list(whole.successions)).problems()
    assert any("hai đơn vị cùng phụ trách" in problem for problem in problems)


ROOT = a_unit("R", None)
CONTRADICTIONS: list[tuple[str, Organisation]] = [
    ("không có đơn vị nào", an_organisation([])),
    ("không có đơn vị cấp trên X", an_organisation([ROOT, a_unit("A", "X")])),
    ("đơn vị A: cấp trên tạo thành vòng", an_organisation([ROOT, a_unit("A", "B"), a_unit("B", "A")])),
    ("đúng một đơn vị cao nhất, đang có 2", an_organisation([ROOT, a_unit("A", None)])),
    ("đúng một đơn vị cao nhất, đang có 0", an_organisation([a_unit("R", None, valid_to=EVE)])),
    (
        "cấp trên B không còn (chưa có) hiệu lực",
        an_organisation([ROOT, a_unit("B", valid_from=REFORM), a_unit("A", "B")]),
    ),
    ("hai dòng cùng có hiệu lực ngày 01/07/2025", an_organisation([ROOT, a_unit("A"), a_unit("A", valid_from=REFORM)])),
    ("hết hiệu lực 30/06/2025 trước khi", an_organisation([ROOT, a_unit("A", valid_from=REFORM, valid_to=EVE)])),
    ('cùng tên "thu"', an_organisation([ROOT, a_unit("A", short_name="Thử"), a_unit("B", short_name="THỬ")])),
    ("kết thúc ngày 30/06/2025 nhưng không có đơn vị kế thừa", an_organisation([ROOT, a_unit("A", valid_to=EVE)])),
    ("không có địa bàn W", an_organisation([ROOT, a_unit("A")], territory=[Territory("A", "W", LONG_AGO)])),
    ("địa bàn 1: không có đơn vị X", an_organisation([ROOT], [an_area("1")], [Territory("X", "1", LONG_AGO)])),
    ("không có địa bàn đặt ký hiệu 9", an_organisation([ROOT, a_unit("A", seat_area="9")])),
    ("địa bàn 1 (Phường 1): không có đơn vị phụ trách", an_organisation([ROOT], [an_area("1")])),
    (
        "không có đơn vị phụ trách từ ngày 01/07/2025",
        an_organisation([ROOT, a_unit("A")], [an_area("1")], [Territory("A", "1", LONG_AGO, EVE)]),
    ),
    (
        "đơn vị R không thụ lý án",
        an_organisation([ROOT, a_unit("A")], [an_area("1")], [Territory("R", "1", LONG_AGO)]),
    ),
    (
        "đơn vị nhận không thụ lý án hoặc chưa có hiệu lực",
        an_organisation(
            [ROOT, a_unit("A", valid_to=EVE), a_unit("B", valid_from=NOW)],
            successions=[Succession("A", "B", None, REFORM)],
        ),
    ),
    (
        "không thể giao toàn bộ",
        an_organisation([ROOT, a_unit("A"), a_unit("B")], successions=[Succession("A", "B", None, REFORM)]),
    ),
    (
        "đơn vị giao không hiệu lực ngày trước đó",
        an_organisation(
            [ROOT, a_unit("A", valid_from=REFORM), a_unit("B")],
            [an_area("1")],
            [Territory("B", "1", LONG_AGO)],
            [Succession("A", "B", "1", REFORM)],
        ),
    ),
    (
        "ghi 2 lần",
        an_organisation(
            [ROOT, a_unit("A", valid_to=EVE), a_unit("B")], successions=[Succession("A", "B", None, REFORM)] * 2
        ),
    ),
    (
        "kế thừa A → X: không có đơn vị X",
        an_organisation([ROOT, a_unit("A", valid_to=EVE)], successions=[Succession("A", "X", None, REFORM)]),
    ),
    (
        "chỉ nhận cases hoặc amount",
        an_organisation([ROOT], targets=[Target("R", 2027, "viec", Decimal(1), LONG_AGO, "", "")]),
    ),
    (
        "835 không phải là phần trăm",
        an_organisation([ROOT], targets=[Target("R", 2027, "cases", Decimal(835), LONG_AGO, "", "")]),
    ),
    (
        "chỉ tiêu năm 2027: không có đơn vị X",
        an_organisation([ROOT], targets=[Target("X", 2027, "cases", Decimal(1), LONG_AGO, "", "")]),
    ),
]


@pytest.mark.parametrize(("words", "broken"), CONTRADICTIONS, ids=[words for words, _ in CONTRADICTIONS])
def test_a_contradiction_is_named(words: str, broken: Organisation) -> None:
    assert any(words in problem for problem in broken.problems()), broken.problems()

"""Two sides of the same money: a difference is said, what one side has not said stays unsaid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.cases import MoneyKind
from domain.money_agreement import AGREED_KINDS, AgreedMoney, agreement_lines

UNITS = ("A", "B", "C")
STATED = st.dictionaries(st.tuples(st.sampled_from(UNITS), st.sampled_from(AgreedMoney)), st.integers(0, 9))
RECORDED = st.dictionaries(st.tuples(st.sampled_from(UNITS), st.sampled_from(MoneyKind)), st.integers(-9, 9))


@given(stated=STATED, recorded=RECORDED, known=st.sets(st.sampled_from(UNITS)))
def test_a_line_agrees_only_when_both_sides_say_the_same_of_all(
    stated: dict[tuple[str, AgreedMoney], int], recorded: dict[tuple[str, MoneyKind], int], known: set[str]
) -> None:
    lines = agreement_lines(UNITS, stated, recorded, known)
    assert [line.unit for line in lines] == list(UNITS)
    for line in lines:
        for money, cell in line.cells.items():
            assert cell.stated == stated.get((line.unit, money))
            assert (cell.recorded is None) is (line.unit not in known)
            assert cell.recorded in {None, recorded.get((line.unit, AGREED_KINDS[money]), 0)}
            assert (cell.difference is None) is (cell.stated is None or line.unit not in known)
        same = [cell.difference == 0 for cell in line.cells.values()]
        assert (line.agrees is True) is all(same)
        assert (line.agrees is False) is any(cell.difference for cell in line.cells.values())

"""An office has all it needs, lacks something, or nobody can say; without a register nobody can."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_support import an_item

from domain.counted_share import CountedShare
from domain.equipment import EquipmentItem, EquipmentKind, EquipmentNeed, equipped_offices, office_equipment

TODAY = date(2026, 11, 24)
COMPUTERS = EquipmentNeed(EquipmentKind.COMPUTER, 5, 6, must_be_networked=True)
SCANNER = EquipmentNeed(EquipmentKind.SCANNER, 1)
MAYBE = st.none() | st.booleans()


def has_all(*items: EquipmentItem, needs: tuple[EquipmentNeed, ...] = (COMPUTERS,)) -> bool | None:
    return office_equipment("PHUVANG", items, needs, TODAY, TODAY).has_all


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, True),
        ({"year": 2020}, True),
        ({"year": 2019}, False),
        ({"quantity": 4}, False),
        ({"is_working": False}, False),
        ({"is_networked": False}, False),
        ({"is_working": None}, True),
        ({"year": None}, None),
        ({"is_networked": None}, None),
        ({"year": 2019, "is_networked": None}, False),
        ({"year": None, "quantity": 4}, False),
    ],
)
def test_a_need_is_met_not_met_or_open(changes: dict, answer: bool | None) -> None:
    assert has_all(an_item(**changes)) is answer


def test_one_need_that_is_not_met_decides_and_an_open_one_leaves_it_open() -> None:
    scanner = an_item(EquipmentKind.SCANNER, quantity=1, year=None)
    needs = (COMPUTERS, SCANNER)
    assert has_all(an_item(), scanner, needs=needs) is True
    assert has_all(an_item(), needs=needs) is False
    assert has_all(an_item(year=None), scanner, needs=needs) is None
    assert has_all(an_item(year=None), needs=needs) is False
    assert has_all(an_item(), needs=()) is None, "nobody said what an office needs"
    # Two lines of a kind are one stock.
    assert has_all(an_item(quantity=2), an_item(quantity=3)) is True


items = st.builds(
    an_item,
    st.sampled_from(EquipmentKind),
    quantity=st.integers(0, 9),
    year=st.none() | st.integers(2000, 2026),
    is_working=MAYBE,
    is_networked=MAYBE,
)


@given(st.lists(items, max_size=8), items)
def test_more_equipment_never_makes_an_office_poorer(own: list, one: EquipmentItem) -> None:
    order = {False: 0, None: 1, True: 2}
    needs = (COMPUTERS, SCANNER)
    assert order[has_all(*own, one, needs=needs)] >= order[has_all(*own, needs=needs)]
    office = office_equipment("PHUVANG", own, needs, TODAY, TODAY)
    assert office.quantity == sum(item.quantity for item in own)
    for covered in office.coverage:
        assert 0 <= covered.fit + covered.unknown <= covered.quantity <= office.quantity


def test_an_office_without_a_register_is_unknown_and_no_zero() -> None:
    def office(*own: EquipmentItem):  # type: ignore[no-untyped-def]
        return office_equipment("X", own, (COMPUTERS,), TODAY, TODAY)

    found = {"A": office(an_item()), "B": office(), "C": office(an_item(year=None)), "D": None}
    assert equipped_offices(found) == CountedShare(1, 2, 2)
    assert equipped_offices({"D": None}).percent is None

"""Who takes part in field reports: a share of the list, unknown where the source names nobody."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.participation import Participation, participation_by_unit

CODES = st.frozensets(st.sampled_from([f"CHV-{number:02d}" for number in range(1, 9)]))


def test_a_unit_of_which_nobody_is_named_is_unknown_and_not_none() -> None:
    staff = {"PHUVANG": frozenset({"CHV-01", "CHV-02"}), "ALUOI": frozenset({"CHV-01"})}
    found = participation_by_unit(staff, {"PHUVANG": {"CHV-01": 3, "LD-09": 1}, "NOWHERE": {"CHV-01": 1}})
    assert found == {"PHUVANG": Participation(2, 1, 1), "ALUOI": None}
    assert found["PHUVANG"] is not None and found["PHUVANG"].percent == Decimal(50)
    assert Participation(0, 0).percent is None


@given(st.dictionaries(st.sampled_from("ABC"), CODES), st.dictionaries(st.sampled_from("ABC"), CODES))
def test_every_named_code_is_counted_once(staff: dict[str, frozenset[str]], named: dict[str, frozenset[str]]) -> None:
    handled = {unit: dict.fromkeys(codes, 1) for unit, codes in named.items()}
    for unit, found in participation_by_unit(staff, handled).items():
        if unit not in named:
            assert found is None
            continue
        assert found is not None and found.took_part + found.unlisted == len(named[unit])
        assert found.took_part <= found.staff == len(staff[unit])

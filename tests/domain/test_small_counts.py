"""What is hidden cannot be reckoned from what is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.small_counts import FEWEST, hidden_places


def test_beside_a_small_place_the_next_smallest_is_hidden() -> None:
    assert hidden_places({"A": 3, "B": 9, "C": 7, "D": 30}) == ({"A", "C"}, False)
    assert hidden_places({"A": 1, "B": 2, "C": 7, "D": 30}) == ({"A", "B", "C"}, False)
    assert hidden_places({"A": 3, "B": 4, "C": 7}) == ({"A", "B"}, False), "together they are many enough"
    assert hidden_places({"A": 0, "B": 5}) == (frozenset(), False), "nobody is there and nobody is pointed at"


def test_with_nothing_to_hide_behind_the_whole_is_hidden_too() -> None:
    assert hidden_places({"A": 3}) == ({"A"}, True)
    assert hidden_places({"A": 3, "B": 0}) == ({"A"}, True), "a place without anybody hides nobody"
    assert hidden_places({"A": 1, "B": 2}) == ({"A", "B"}, True)
    assert hidden_places({}) == (frozenset(), False)


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 20)))
def test_what_is_left_by_subtraction_is_never_one_small_place(sizes: dict[str, int]) -> None:
    hidden, hides_whole = hidden_places(sizes)
    small = {place for place, size in sizes.items() if 0 < size < FEWEST}
    assert small <= hidden and bool(hidden) == bool(small)
    if hidden and not hides_whole:
        assert len(hidden) > 1 and sum(sizes[place] for place in hidden) >= FEWEST

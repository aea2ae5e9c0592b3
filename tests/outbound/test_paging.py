"""Pages by cursor: together the whole, whatever comes and goes between two of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.paging import page

KEYS = st.sets(
    st.text(min_size=1, max_size=20).filter(
        lambda word: word.encode("utf-8", "ignore") == word.encode("utf-8", "replace")
    )
)


def walked(items: list[str], limit: int) -> list[str]:
    found, cursor = page(items, str, None, limit)
    while cursor is not None:
        more, cursor = page(items, str, cursor, limit)
        found += more
    return found


@given(KEYS, st.integers(1, 9))
def test_the_pages_together_are_every_item_once_in_order(keys: set[str], limit: int) -> None:
    assert walked(list(keys), limit) == sorted(keys, key=str.encode)


def test_an_item_that_goes_moves_no_other_out_of_sight() -> None:
    first, cursor = page(["a", "b", "c", "d"], str, None, 2)
    assert first == ["a", "b"] and page(["c", "d"], str, cursor, 2)[0] == ["c", "d"]
    assert page(["a", "b"], str, cursor, 2) == ([], None)


@pytest.mark.parametrize("cursor", ["", "z", "abc", "AB", "ab ", "é", "0" * 402])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(ValueError):
        page(["a"], str, cursor, 5)

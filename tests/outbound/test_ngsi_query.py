"""The documented part of q: what it finds, what it never finds, and that everything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.ngsi_query import QueryRefused, parsed

ENTITY = {"id": "urn:x", "kpiValue": 40.5, "unit": "CUC", "sample": True, "category": ["a", "b"], "at": "2026-11-23"}


def finds(q: str) -> bool:
    return all(term.holds(ENTITY) for term in parsed(q))


@pytest.mark.parametrize(
    "q",
    [
        *("kpiValue", "kpiValue>40", "kpiValue<=40.5", 'unit=="CUC"', 'unit!="HUE"', "sample==true", 'category=="b"'),
        *('at>="2026-11-01"', 'kpiValue>1;unit=="CUC";sample', 'kpiValue!="40.5"'),
    ],
)
def test_it_finds(q: str) -> None:
    assert finds(q)


@pytest.mark.parametrize(
    "q",
    [
        *("missing", "kpiValue>41", 'kpiValue=="40.5"', "unit>1", "sample==1", "sample==false", 'category!="a"'),
        *('id=="urn:x"', 'kpiValue>1;unit=="HUE"'),
    ],
)
def test_it_does_not_find(q: str) -> None:
    assert not finds(q)


@pytest.mark.parametrize(
    "q", ["", ";", "a;", "a|b", "a==b", 'a~="x"', "(a)", "a.b==1", "a==1..2", 'a=="x', "a b", "a==" + "9" * 30]
)
def test_the_rest_is_refused(q: str) -> None:
    with pytest.raises(QueryRefused):
        parsed(q)


@given(st.text(max_size=60))
def test_no_text_is_more_than_refused(q: str) -> None:
    try:
        terms = parsed(q)
    except QueryRefused:
        return
    assert terms and all(isinstance(term.holds(ENTITY), bool) for term in terms)

"""The city's register of administrative judgments: one day's is the next day's but for what happened since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from demo_city.judgments import COLUMNS, register_rows
from demo_city.units import Pack

TODAY, NEXT_WEEK = date(2026, 11, 24), date(2026, 12, 1)


@pytest.mark.parametrize("pack", ["hue", "hue-two-level"])
def test_a_register_only_grows_and_its_keys_stay(pack: str) -> None:
    units = Pack(Path("data/organisations") / pack).units_on(TODAY)
    before, after = (register_rows(units, 2027, day) for day in (TODAY, NEXT_WEEK))
    assert before == register_rows(units, 2027, TODAY) and 60 <= len(before) <= 100
    keys = [{tuple(row[:4]) for row in rows[:-1]} for rows in (before, after)]
    assert keys[0] <= keys[1] and len(keys[0]) == len(before) - 1
    assert all(len(row) == len(COLUMNS) for row in before)
    assert {row[0] for row in before} == {unit.code for unit in units}

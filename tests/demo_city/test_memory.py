"""What the city remembers, when it forgets, and its own reading of the demo clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from demo_city.clock import build_clock
from demo_city.memory import Memory, edition, recall
from demo_city.working_days import is_working_day, share_of_year


def a_memory(path: Path, **other: object) -> Memory:
    """A saved memory of two days."""
    memory = Memory(**{"seed": 1, "pack": "ten", "edition": edition(), **other})  # type: ignore[arg-type]
    memory.steps.append(["days", "2026-11-23", 0.25])
    memory.add_ticks("2026-11-23", "2026-11-23T09:40:05+07:00")
    memory.add_ticks("2026-11-23", "2026-11-23T09:40:10+07:00")
    memory.add_ticks("2026-11-24", "2026-11-24T00:00:05+07:00")
    memory.save(path)
    return memory


def test_ticks_of_a_day_are_remembered_as_one_number(tmp_path: Path) -> None:
    saved = a_memory(tmp_path / "state.json")
    assert saved.steps == [["days", "2026-11-23", 0.25], ["ticks", "2026-11-23", 2], ["ticks", "2026-11-24", 1]]
    assert recall(tmp_path / "state.json", 1, "ten") == saved


@pytest.mark.parametrize(("seed", "pack"), [(2, "ten"), (1, "five")])
def test_another_seed_or_pack_is_another_city(tmp_path: Path, seed: int, pack: str) -> None:
    a_memory(tmp_path / "state.json")
    assert recall(tmp_path / "state.json", seed, pack) is None


def test_lives_made_by_other_code_are_not_gone_on_with(tmp_path: Path) -> None:
    a_memory(tmp_path / "state.json", edition="older")
    assert recall(tmp_path / "state.json", 1, "ten") is None


@pytest.mark.parametrize("text", ["", "{", '{"seed": 1}', "[]"])
def test_a_broken_memory_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "state.json").write_text(text, encoding="utf-8")
    assert recall(tmp_path / "state.json", 1, "ten") is None


def test_the_demo_clock_runs_on_from_its_instant() -> None:
    began = time.time() - 3600
    clock = build_clock(f"2026-11-23T09:40:00+07:00@{began}")
    shown = clock()
    assert shown.utcoffset() == timedelta(hours=7)
    assert timedelta(0) <= shown - datetime(2026, 11, 23, 3, 40, tzinfo=UTC) < timedelta(minutes=1)


@pytest.mark.parametrize("text", ["tomorrow@1", "2026-11-23T09:40:00@1", "2026-11-23T09:40:00+07:00"])
def test_a_malformed_demo_clock_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        build_clock(text)


def test_the_shares_of_a_year_grow_on_working_days_only_and_reach_one() -> None:
    year = [datetime(2025, 10, 1, tzinfo=UTC).date() + timedelta(days=n) for n in range(365)]
    shares = [share_of_year(day) for day in year]
    for day, before, after in zip(year[1:], shares, shares[1:], strict=False):
        assert (after > before) is is_working_day(day)
    assert shares[-1] == (pytest.approx(1), pytest.approx(1))

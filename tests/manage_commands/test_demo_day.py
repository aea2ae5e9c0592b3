from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clock import build_clock
from domain.local_time import local
from manage_commands.demo_day import demo_clock_for

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def shown(clock: str, at: datetime) -> datetime:
    """What the demo clock shows, in local time, at a real instant."""
    start, began = clock.rsplit("@", 1)
    return local(datetime.fromisoformat(start)) + (at - datetime.fromtimestamp(float(began), UTC))


def test_the_first_demo_begins_today_at_twenty_to_ten() -> None:
    assert shown(demo_clock_for(MORNING, ""), MORNING).isoformat() == "2026-11-23T09:40:00+07:00"


def test_today_is_the_day_in_hue_not_the_day_of_the_server() -> None:
    late_evening_utc = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    assert demo_clock_for(late_evening_utc, "").startswith("2026-11-23T09:40:00+07:00@")


def test_a_demo_started_again_in_office_hours_goes_on_where_it_was() -> None:
    kept = demo_clock_for(MORNING, "")
    assert demo_clock_for(MORNING + timedelta(hours=2), kept) == kept


def test_a_demo_that_has_reached_the_evening_begins_the_next_morning() -> None:
    kept = demo_clock_for(MORNING, "")
    again = MORNING + timedelta(hours=9)
    assert shown(demo_clock_for(again, kept), again).isoformat() == "2026-11-24T09:40:00+07:00"


def test_an_unreadable_kept_clock_is_a_first_start() -> None:
    assert demo_clock_for(MORNING, "not a clock") == demo_clock_for(MORNING, "")


def test_the_clock_it_writes_is_one_that_the_product_accepts() -> None:
    assert local(build_clock(True, demo_clock_for(datetime.now(UTC), ""))()).hour == 9


@given(st.lists(st.integers(min_value=1, max_value=4 * 24 * 60), min_size=2, max_size=8))
def test_no_row_of_starts_shows_the_database_a_time_it_has_passed(pauses: list[int]) -> None:
    at, kept = MORNING, ""
    for minutes in pauses:
        chosen = demo_clock_for(at, kept)
        if kept:
            assert shown(chosen, at) >= shown(kept, at)
        assert 9 <= shown(chosen, at).hour < 16
        at, kept = at + timedelta(minutes=minutes), chosen

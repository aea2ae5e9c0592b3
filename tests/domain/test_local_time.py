"""The calendar of Huế, whatever zone the server stands in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.local_time import local_day, next_midnight


def test_the_day_begins_at_five_in_the_afternoon_utc() -> None:
    assert local_day(datetime(2026, 9, 30, 16, 59, tzinfo=UTC)) == date(2026, 9, 30)
    assert local_day(datetime(2026, 9, 30, 17, 0, tzinfo=UTC)) == date(2026, 10, 1)


def test_the_next_midnight_is_strictly_later() -> None:
    midnight = datetime(2026, 9, 30, 17, 0, tzinfo=UTC)
    assert next_midnight(midnight) == datetime(2026, 10, 1, 17, 0, tzinfo=UTC)


def test_a_naive_instant_has_no_day() -> None:
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 9, 30, 16, 59))

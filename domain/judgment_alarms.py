"""What administrative judgments ask of a unit: notices of voluntary compliance that are late. How long a body takes to
comply is a figure and no alarm: it stands for months, and nobody here can end it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from domain.administrative_judgments import JudgmentClock, JudgmentStanding
from domain.alarms import Condition, Priority

SOURCE = "administrative_judgments"


def notice_alarms(found: Iterable[JudgmentStanding], names: Mapping[str, str], day: date) -> list[Condition]:
    """One of each unit that owes notices whose last day has passed."""
    late = Counter(
        one.judgment.unit
        for one in found
        if any(clock.clock is JudgmentClock.NOTICE and clock.is_overdue(day) for clock in one.clocks)
    )
    return [
        Condition(
            "judgment_notice",
            Priority.ORDINARY,
            unit,
            names.get(unit, unit),
            "Chậm thông báo tự nguyện thi hành án hành chính",
            count,
            "bản án",
            source=SOURCE,
        )
        for unit, count in sorted(late.items())
    ]

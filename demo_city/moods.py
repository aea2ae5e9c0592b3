"""What kind of day the city plays: how many people report, and what of it; said aloud wherever the city speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mood:
    """`reports` multiplies how many reports a day brings, `more_of` the weight of single subjects."""

    name: str
    title: str
    reports: float = 1.0
    more_of: Mapping[str, float] = field(default_factory=dict)


MOODS = {
    mood.name: mood
    for mood in (
        Mood("calm", "ngày bình thường"),
        Mood("busy", "ngày đông", 2.2, {"long_wait": 2.0, "payout_question": 1.5}),
        Mood("storm_day", "ngày bão", 1.6, {"boundary_moved": 4.0, "sign_hidden": 5.0}),
    )
}

"""What kind of day the city plays: how many people report, and what of it; said aloud wherever the city speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time


@dataclass(frozen=True, slots=True)
class Mood:
    """`reports` and `visitors` multiply how many a day brings, `more_of` the weight of single subjects; `link_cut_at`
    is the time of day in Huế from which the cameras of A Lưới are cut off, `crowd_at` from which people gather before
    the seat of Phú Vang, None for never; `software_down` is the page of the offices' software that fails from
    `software_down_at` on, for an hour."""

    name: str
    title: str
    reports: float = 1.0
    more_of: Mapping[str, float] = field(default_factory=dict)
    link_cut_at: time | None = None
    crowd_at: time | None = None
    visitors: float = 1.0
    software_down: str = ""
    software_down_at: time | None = None


MOODS = {
    mood.name: mood
    for mood in (
        Mood("calm", "ngày bình thường"),
        Mood(
            "busy",
            "ngày đông",
            2.2,
            {"long_wait": 2.0, "payout_question": 1.5},
            visitors=1.7,
            software_down="van-ban",
            software_down_at=time(9, 42),
        ),
        Mood("storm_day", "ngày bão", 1.6, {"boundary_moved": 4.0, "sign_hidden": 5.0}, visitors=0.3),
        # The demo's day begins at 09:40: somebody is watching when it happens.
        Mood(
            "link_cut",
            "đứt đường truyền đầu ghi A Lưới",
            link_cut_at=time(9, 43),
            software_down="luu-tru",
            software_down_at=time(9, 44),
        ),
        Mood("crowd_day", "đoàn đông người trước trụ sở Phú Vang", more_of={"long_wait": 2.0}, crowd_at=time(9, 42)),
    )
}

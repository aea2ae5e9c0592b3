"""What a statistical year of administrative judgments amounts to on a day, and the identity that holds it (I11).

Everything is derived from the dated events, so the figures of any past day can be reckoned again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from domain.administrative_judgments.records import AdministrativeJudgment, JudgmentEvent, JudgmentState, state_on
from domain.statistics import StatisticalYear
from domain.vietnamese_numbers import dotted


@dataclass(frozen=True, slots=True)
class JudgmentCounts:
    """Số bản án theo dõi of one unit or several, from the first day of a statistical year to a day in it.

    `completed` and `cancelled` ended in that time, `paused` (hoãn, tạm đình chỉ) and `enforcing` stand so on the day;
    of all of them `worked` have been worked with the parties and `compelled` have a court decision compelling
    enforcement by that day.
    """

    carried_over: int = 0
    newly_registered: int = 0
    completed: int = 0
    cancelled: int = 0
    paused: int = 0
    enforcing: int = 0
    worked: int = 0
    compelled: int = 0

    @property
    def to_enforce(self) -> int:
        """Tổng số phải thi hành: năm trước chuyển sang + mới."""
        return self.carried_over + self.newly_registered

    @property
    def stopped(self) -> int:
        """Hủy, hoãn, tạm đình chỉ."""
        return self.cancelled + self.paused

    @property
    def remaining(self) -> int:
        """Còn theo dõi: what is neither completed nor cancelled goes into the next period."""
        return self.paused + self.enforcing

    def __add__(self, other: JudgmentCounts) -> JudgmentCounts:
        return JudgmentCounts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class JudgmentCheck:
    """Một đẳng thức kiểm tra: in words, with its numbers, and whether it holds."""

    words: str
    numbers: str
    holds: bool


def monitored_in(judgment: AdministrativeJudgment, year: StatisticalYear, day: date) -> bool:
    """Whether it belongs to the year up to a day: registered by then, and not ended before the year began."""
    ended_on = judgment.ended_on
    return judgment.registered_on <= day and (ended_on is None or ended_on >= year.first_on)


def judgment_counts(judgments: Iterable[AdministrativeJudgment], year: StatisticalYear, day: date) -> JudgmentCounts:
    """Count what is monitored in the year up to `day`, which must lie in it: ValueError."""
    if not year.first_on <= day <= year.last_on:
        raise ValueError(f"{day} does not lie in statistical year {year.year}")
    own = [one for one in judgments if monitored_in(one, year, day)]
    states = [state_on(one, day) for one in own]
    carried_over = sum(one.registered_on < year.first_on for one in own)
    return JudgmentCounts(
        carried_over=carried_over,
        newly_registered=len(own) - carried_over,
        completed=states.count(JudgmentState.COMPLETED),
        cancelled=states.count(JudgmentState.CANCELLED),
        paused=states.count(JudgmentState.POSTPONED) + states.count(JudgmentState.SUSPENDED),
        enforcing=states.count(JudgmentState.ENFORCING),
        worked=sum(one.first_on(JudgmentEvent.WORKED, day) is not None for one in own),
        compelled=sum(one.first_on(JudgmentEvent.COMPELLED, day) is not None for one in own),
    )


def counts_by_unit(
    judgments: Sequence[AdministrativeJudgment], units: Iterable[str], year: StatisticalYear, day: date
) -> dict[str, JudgmentCounts | None]:
    """Every unit asked about, and after them any other that has figures; None for one whose register never named a
    judgment, which is unknown and not none."""
    own: dict[str, list[AdministrativeJudgment]] = {unit: [] for unit in units}
    asked = set(own)
    for one in judgments:
        own.setdefault(one.unit, []).append(one)
    found = {unit: judgment_counts(rows, year, day) if rows else None for unit, rows in own.items()}
    return {unit: counts for unit, counts in found.items() if unit in asked or counts != JudgmentCounts()}


def state_identity(to_enforce: int, completed: int, stopped: int, enforcing: int) -> JudgmentCheck:
    """I11: phải thi hành = xong + hủy, hoãn, tạm đình chỉ + đang thi hành (published: 1973 = 896 + 11 + 1066)."""
    numbers = f"{dotted(to_enforce)} = {dotted(completed)} + {dotted(stopped)} + {dotted(enforcing)}"
    words = "phải thi hành = xong + hủy, hoãn, tạm đình chỉ + đang thi hành"
    return JudgmentCheck(words, numbers, to_enforce == completed + stopped + enforcing)


def judgment_checks(counts: JudgmentCounts) -> tuple[JudgmentCheck, ...]:
    """What is printed beside the figures: I11, and what goes into the next period."""
    left = counts.to_enforce - counts.completed - counts.cancelled
    numbers = " − ".join(dotted(part) for part in (counts.to_enforce, counts.completed, counts.cancelled))
    return (
        state_identity(counts.to_enforce, counts.completed, counts.stopped, counts.enforcing),
        JudgmentCheck(
            "còn theo dõi = phải thi hành − xong − hủy",
            f"{dotted(counts.remaining)} = {numbers}",
            counts.remaining == left,
        ),
    )

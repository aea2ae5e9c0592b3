"""Đề án: the pledges of the 2018 plan, what is promised, how each stands, since when and on what evidence. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.freshness import SourceFacts

HUNDRED = Decimal(100)
PLACES = Decimal("0.01")


class EvidenceKind(StrEnum):
    """Whether a pledge is reckoned from live data of the product, or from dated figures that somebody states."""

    LIVE = "live"
    OBSERVED = "observed"


EVIDENCE_NAMES = {EvidenceKind.LIVE: "tính từ dữ liệu trực tiếp", EvidenceKind.OBSERVED: "số liệu báo theo kỳ"}


class Verdict(StrEnum):
    """How a pledge stands against its target."""

    KEPT = "kept"
    MISSED = "missed"
    UNPROVEN = "unproven"
    UNKNOWN = "unknown"
    NO_TARGET = "no_target"


VERDICT_NAMES = {
    Verdict.KEPT: "đạt",
    Verdict.MISSED: "chưa đạt",
    Verdict.UNPROVEN: "chưa đủ số liệu",
    Verdict.UNKNOWN: "chưa có số liệu",
    Verdict.NO_TARGET: "không đặt mức",
}


@dataclass(frozen=True, slots=True)
class PledgeRule:
    """Cam kết: one line of data/pledges.csv. `target` is in percent, None where the plan names none; `evidence` is the
    live answer or the observed indicator it stands on; `unknown_in_whole` says that the whole holds what is unknown;
    `status` says where the line comes from."""

    code: str
    name: str
    due_year: int
    target: Decimal | None
    what: str
    kind: EvidenceKind
    evidence: str
    unknown_in_whole: bool
    scope: str
    formula: str
    status: str

    def is_due(self, today: date) -> bool:
        """Whether the year in which it was to be kept is over."""
        return today.year > self.due_year


@dataclass(frozen=True, slots=True)
class Reached:
    """Đã đạt bao nhiêu: so many of a whole; an amount has no `whole`."""

    part: Decimal
    whole: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, 2 places half up; None of an amount and of nothing."""
        if not self.whole:
            return None
        return (HUNDRED * self.part / self.whole).quantize(PLACES, ROUND_HALF_UP)

    def __add__(self, other: Reached) -> Reached:
        whole = None if self.whole is None or other.whole is None else self.whole + other.whole
        return Reached(self.part + other.part, whole)


@dataclass(frozen=True, slots=True)
class PledgeEvidence:
    """Bằng chứng: what is known of a pledge. `by_unit` holds None for a unit of which nothing is known; `total` is None
    while nothing is known at all; `unknown` counts what is left out of it (units or things, `note` says which)."""

    by_unit: Mapping[str, Reached | None]
    total: Reached | None
    unknown: int
    source: SourceFacts
    note: str = ""
    unknown_by_unit: Mapping[str, int] = field(default_factory=dict)

    def unknown_of(self, unit: str) -> int:
        """How many things of a unit are left out; a unit of which nothing is known is one."""
        return self.unknown_by_unit.get(unit, int(self.by_unit.get(unit) is None))


@dataclass(frozen=True, slots=True)
class PledgeDay:
    """How a pledge stood at the end of a day (or of an observed period); None: nothing was known."""

    on: date
    reached: Reached | None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class PledgeStanding:
    """Cam kết đang đứng ở đâu: the pledge with the target in force, its evidence, and its days, oldest first."""

    rule: PledgeRule
    evidence: PledgeEvidence
    days: tuple[PledgeDay, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return judge(self.rule, self.evidence.total, self.evidence.unknown)

    @property
    def since_on(self) -> date | None:
        """The first of the recorded days from which on the verdict has been this one; None before any was recorded."""
        return held_since(self.rule, self.days, self.verdict)

    @property
    def behind(self) -> tuple[str, ...]:
        """Units that are known not to have reached the target, the worst first."""
        target = self.rule.target
        if target is None:
            return ()
        shares = {unit: reached.percent for unit, reached in self.evidence.by_unit.items() if reached is not None}
        low = [(share, unit) for unit, share in shares.items() if share is not None and share < target]
        return tuple(unit for _, unit in sorted(low))

    @property
    def silent(self) -> tuple[str, ...]:
        """Units of which nothing is known."""
        return tuple(unit for unit, reached in self.evidence.by_unit.items() if reached is None)


def judge(rule: PledgeRule, reached: Reached | None, unknown: int) -> Verdict:
    """A pledge is kept only when all that it speaks of is known, and missed only when what is known decides it.

    Of a whole that holds what is unknown, the best and the worst case are looked at; beside a whole without it, a known
    part that reaches the target proves nothing yet.
    """
    if reached is None or (reached.whole is not None and reached.percent is None):
        return Verdict.UNKNOWN
    target, percent = rule.target, reached.percent
    if target is None or percent is None:
        return Verdict.NO_TARGET
    best = Reached(reached.part + unknown, reached.whole).percent if rule.unknown_in_whole else percent
    if best is not None and best < target:
        return Verdict.MISSED
    return Verdict.UNPROVEN if unknown else Verdict.KEPT


def held_since(rule: PledgeRule, days: Sequence[PledgeDay], verdict: Verdict) -> date | None:
    """The first day of the unbroken run of this verdict that ends with the newest of `days` (oldest first); days that
    nobody recorded break nothing. None when the newest says something else."""
    since: date | None = None
    for day in reversed(days):
        if judge(rule, day.reached, day.unknown) is not verdict:
            break
        since = day.on
    return since


def summed(parts: Iterable[Reached | None]) -> Reached | None:
    """What is known of all parts together; None when nothing is known of any."""
    total: Reached | None = None
    for part in parts:
        if part is not None:
            total = part if total is None else total + part
    return total


def counted_verdicts(standings: Iterable[PledgeStanding]) -> Mapping[Verdict, int]:
    """How many pledges stand at each verdict; the counts add up to all of them."""
    counts = dict.fromkeys(Verdict, 0)
    for standing in standings:
        counts[standing.verdict] += 1
    return counts

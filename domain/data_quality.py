"""What contradicts itself: figures that break an identity, and stated rates that their own numbers deny."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from domain.statistics import MEASURE_KEYS, Figures, Measure, percentage

# Published rates are rounded to two places; a source that rounds down instead differs by one unit of the last place.
RATE_TOLERANCE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One broken rule about one subject, in Vietnamese for the person who must look at it."""

    rule: str
    subject: str
    detail: str


def impossible_figures(subject: str, figures: Figures) -> list[Contradiction]:
    """Figures that cannot be: a class with fewer than no cases or đồng (I1-I8 hold by construction, signs do not)."""
    return [
        Contradiction(
            "impossible_figures", subject, f"{key} ({name}) âm: {getattr(measure, key)}; kiểm tra quyết định và thu chi"
        )
        for name, measure in (("việc", figures.cases), ("tiền", figures.amount))
        for key in _WHOLE_KEYS
        if getattr(measure, key) < 0
    ]


def rate_contradiction(subject: str, stated: Decimal, completed: int, enforceable: int) -> Contradiction | None:
    """A stated completion rate that differs from completed / có điều kiện by more than rounding (I7)."""
    computed = percentage(completed, enforceable)
    if computed is not None and abs(computed - stated) <= RATE_TOLERANCE:
        return None
    told = "không tính được" if computed is None else f"{computed} %"
    detail = f"tỷ lệ công bố {stated} % khác tỷ lệ tính từ số liệu {told} ({completed}/{enforceable})"
    return Contradiction("rate_contradiction", subject, detail.replace(".", ","))


_WHOLE_KEYS = tuple(
    key for key in MEASURE_KEYS if not key.endswith("_rate") and isinstance(getattr(Measure(), key), int)
)

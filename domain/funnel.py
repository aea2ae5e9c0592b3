"""Giới hạn phễu: how far a small unit's rate may lie from the whole's by chance alone; nobody is coloured inside it.

Two standard errors of a share, the normal approximation, cut at 0 and 100 (D. Spiegelhalter, "Funnel plots for
comparing institutional performance", Statistics in Medicine 24, 2005). An officer with
66 việc in a unit at 10,8%: 3,1 to 18,4.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ERRORS_WIDE = 2
ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """Between which rates, in percent with one place, a share of so many việc is nothing out of the ordinary."""

    low: Decimal
    high: Decimal

    def side(self, rate: Decimal) -> int:
        """-1 below, 1 above, 0 inside; judged as printed, so that a reader can check it on the screen."""
        shown = rate.quantize(ONE_PLACE, ROUND_HALF_UP)
        return -1 if shown < self.low else 1 if shown > self.high else 0


def funnel_limits(part: int, whole: int, number: int) -> FunnelLimits | None:
    """The limits for `number` việc where the whole is `part` of `whole`.

    None without việc on either side, and where none or all of the whole is completed: a share without any spread leaves
    chance no room, which says nothing of a unit.
    """
    if whole <= 0 or number <= 0 or not 0 < part < whole:
        return None
    share = Decimal(part) / Decimal(whole)
    error = (max(share * (1 - share), Decimal(0)) / number).sqrt()
    low, high = share - ERRORS_WIDE * error, share + ERRORS_WIDE * error
    return FunnelLimits(
        *((min(max(one, Decimal(0)), Decimal(1)) * 100).quantize(ONE_PLACE, ROUND_HALF_UP) for one in (low, high))
    )

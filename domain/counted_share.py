"""A share that says what it is of: how many, of how many, and of how many more nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CountedShare:
    """Tỷ lệ có mẫu số: `part` of `whole`; `unknown` are left out of both, because nobody said which they are."""

    part: int
    whole: int
    unknown: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole or self.unknown < 0:
            raise ValueError(f"no share: {self.part} of {self.whole}, {self.unknown} unknown")

    @property
    def percent(self) -> Decimal | None:
        """In percent, unrounded; None where there is nothing to be a share of."""
        return Decimal(100 * self.part) / self.whole if self.whole else None

    def __add__(self, other: CountedShare) -> CountedShare:
        return CountedShare(self.part + other.part, self.whole + other.whole, self.unknown + other.unknown)

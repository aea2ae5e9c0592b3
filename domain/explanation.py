"""Giải thích một con số: its symbols with the actual values in them, the parts it is made of, and how it moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.indicators import CATALOGUE, LETTERS, CountedIn, Indicator, Value
from domain.statistics import Figures, Measure

Written = Callable[[Value], str]


@dataclass(frozen=True, slots=True)
class FigurePart:
    """One letter of the formula: which indicator it is, and its value."""

    letter: str
    indicator: Indicator
    value: Value


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number on a day: its value, the parts of its formula, and what it was at the end of an earlier day.

    `before` is None where the earlier day lies in another period, or nothing was known: there is no change to tell.
    """

    indicator: Indicator
    value: Value
    parts: tuple[FigurePart, ...]
    before: Value

    @property
    def change(self) -> Value:
        """How much it moved, in the unit of the figure (points for a rate); None where that cannot be told."""
        if self.value is None or self.before is None:
            return None
        return self.value - self.before

    def with_values(self, written: Written) -> str:
        """'C / P' -> '371 / 508': the right side of the symbols with what the letters stand for today."""
        right = self.indicator.symbols.rpartition("=")[2].strip()
        values = {part.letter: written(part.value) for part in self.parts}
        return "".join(values.get(letter, letter) for letter in right)


def explain(indicator: Indicator, now: Figures, before: Figures | None) -> Explanation:
    """The explanation of an indicator from the figures it is computed from."""
    right = indicator.symbols.rpartition("=")[2]
    letters = dict.fromkeys(letter for letter in right if letter in LETTERS)
    measure = _measure(now, indicator.counted_in)
    parts = tuple(
        FigurePart(letter, CATALOGUE[f"{LETTERS[letter]}_{indicator.counted_in}"], getattr(measure, LETTERS[letter]))
        for letter in letters
    )
    earlier = None if before is None else indicator.value(before)
    return Explanation(indicator, indicator.value(now), parts, earlier)


def counted_fields(indicator: Indicator) -> tuple[str, ...]:
    """The counts whose cases explain a number: itself, or numerator and denominator of a rate."""
    if indicator.unit != "%":
        return (indicator.field,)
    return tuple(LETTERS[letter] for letter in indicator.symbols if letter in LETTERS)


def _measure(figures: Figures, counted_in: CountedIn) -> Measure:
    return figures.cases if counted_in is CountedIn.CASES else figures.amount

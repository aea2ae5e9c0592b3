"""Giá trị thật của một con số ngoài biểu: its value with what it is made of, and how many were left out of it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.counted_share import CountedShare
from domain.indicators import Value
from domain.statistics import percentage


@dataclass(frozen=True, slots=True)
class FigureTerm:
    """A count beside a figure, in words; None where nobody knows it."""

    words: str
    value: int | None


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """One number as it stands: of which time, its value (None: unknown, which is not zero).

    `share` are numerator and denominator where it is one, `share_words` what both count; `terms` add up to it or stand
    beside it; `left_out` says how many of what it leaves out; `note` what else must be said.
    """

    period: str
    value: Value
    share: CountedShare | None = None
    share_words: tuple[str, str] = ("", "")
    terms: tuple[FigureTerm, ...] = ()
    left_out: tuple[FigureTerm, ...] = ()
    note: str = ""


def share_figure(
    period: str, share: CountedShare, words: tuple[str, str], left_out: tuple[FigureTerm, ...] = (), note: str = ""
) -> OtherFigure:
    """A share in percent, two places, half up; unknown without a denominator."""
    value = percentage(share.part, share.whole)
    return OtherFigure(period, value, share, words, (), left_out, note)

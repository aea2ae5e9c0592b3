"""Numbers as Vietnamese texts write them."""

from __future__ import annotations


def dotted(count: int) -> str:
    """1234567 -> '1.234.567', a minus sign before what is below zero."""
    return f"{count:,}".replace(",", ".").replace("-", "\u2212")

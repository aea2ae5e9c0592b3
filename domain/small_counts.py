"""Ô số nhỏ: a count so small that it could point at somebody is not told where many look (domain report, 8)."""

from __future__ import annotations

FEWEST = 5


def may_be_told(count: int) -> bool:
    """Whether a count of an area may be shown beside its place: none at all, or enough to hide in."""
    return count == 0 or count >= FEWEST

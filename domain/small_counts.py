"""Ô số nhỏ: a count so small that it could point at somebody is not told where many look (domain report, 8)."""

from __future__ import annotations

from collections.abc import Mapping

FEWEST = 5


def may_be_told(count: int) -> bool:
    """Whether a count of an area may be shown beside its place: none at all, or enough to hide in."""
    return count == 0 or count >= FEWEST


def hidden_places(sizes: Mapping[str, int]) -> tuple[frozenset[str], bool]:
    """Which places to hide so that no small one follows from the whole less the others, and whether the whole must be
    hidden too, because nothing is left to hide behind.

    `sizes` are the groups whose count is known: those are in the whole. Beside the small ones the next smallest are
    hidden until at least two are, with enough people in them together.
    """
    hidden = {place for place, size in sizes.items() if not may_be_told(size)}
    others = sorted((size, place) for place, size in sizes.items() if size and place not in hidden)
    for _, place in others:
        if _is_covered(sizes, hidden):
            break
        hidden.add(place)
    return frozenset(hidden), not _is_covered(sizes, hidden)


def _is_covered(sizes: Mapping[str, int], hidden: set[str]) -> bool:
    return not hidden or (len(hidden) > 1 and may_be_told(sum(sizes[place] for place in hidden)))

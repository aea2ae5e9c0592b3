"""Paging by a cursor: 'everything after this key', so that an item that comes or goes moves no other out of sight."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
# Opaque to the caller; any text of this form means some place in the order, so none can be wrong.
CURSOR_PATTERN = "^(?:[0-9a-f]{2}){1,200}$"


def page(
    items: Sequence[Item], key: Callable[[Item], str], after: str | None, limit: int
) -> tuple[list[Item], str | None]:
    """Up to `limit` items behind the cursor, in the order of their keys, and the next cursor, None at the end.

    `after` is None for the beginning, else of CURSOR_PATTERN; raises ValueError for anything else.
    """
    if after is not None and not re.fullmatch(CURSOR_PATTERN, after):
        raise ValueError(after)
    keyed = sorted(((key(item).encode(), item) for item in items), key=lambda pair: pair[0])
    rest = keyed if after is None else [pair for pair in keyed if pair[0] > bytes.fromhex(after)]
    shown = rest[:limit]
    return [item for _, item in shown], shown[-1][0].hex() if len(rest) > limit else None

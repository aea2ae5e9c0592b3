"""The body of a push: one named list in a JSON object, bounded, or nothing that can be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NoReturn


class PushUnreadable(ValueError):
    """The whole body is no list of what may be sent; the text is Vietnamese, for the sender."""


def pushed_list(body: bytes, name: str, most: int, number: Callable[[str], object] = float) -> list[dict[str, Any]]:
    """The entries of `{"<name>": [...]}`; one that is no object is an empty one. `number` reads numbers with a point.

    Raises PushUnreadable.
    """
    try:
        found = json.loads(body, parse_float=number, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise PushUnreadable("Nội dung không phải JSON đọc được.") from error
    entries = found.get(name) if isinstance(found, dict) else None
    if not isinstance(entries, list):
        raise PushUnreadable(f"Thiếu danh sách «{name}».")
    if len(entries) > most:
        raise PushUnreadable(f"Quá {most} mục trong một lần gửi.")
    return [entry if isinstance(entry, dict) else {} for entry in entries]


def _no_number(_said: str) -> NoReturn:
    raise ValueError("not a number")

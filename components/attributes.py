"""data-* attributes: how a panel talks to live.js."""

from __future__ import annotations

from typing import Any


def data(**values: str | int) -> dict[str, Any]:
    """`data(clock="time")` -> {"data-clock": "time"}, to be passed on with **."""
    return {f"data-{name}": value for name, value in values.items()}

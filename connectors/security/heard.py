"""What one device said of one event, before anybody knows of which camera."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timezone

from domain.security import SecurityKind

# Of one device in one pass: whoever says more is broken, or means harm.
MOST_EVENTS = 300


@dataclass(frozen=True, slots=True)
class Heard:
    """`channel` is 0 where the device is the camera itself; `told_at` (aware UTC) is None where it says no time."""

    kind: SecurityKind
    channel: int
    told_at: datetime | None


def instant_of(text: str, zone: timezone) -> datetime | None:
    """An instant as devices write it, in `zone` where it carries no offset of its own; None for anything else."""
    try:
        read = datetime.fromisoformat(text.strip())
        aware = read if read.tzinfo is not None else read.replace(tzinfo=zone)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

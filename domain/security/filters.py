"""Which security events a desk looks at, and what they amount to; the same words stand in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from domain.local_time import LOCAL
from domain.security.records import SETTLED, EventOrigin, EventOutcome, SecurityEvent, SecurityKind

# Days back from a day on, that day included.
PERIODS = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class SecurityFilter:
    """`unit` and `kind` are codes, '' for all; `days` reach back from today, which is the first of them."""

    unit: str = ""
    kind: str = ""
    days: int = 1

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> SecurityFilter:
        """What an address asks for; anything not understood is the default."""
        kind, days = values.get("kind", ""), values.get("days", "")
        return cls(
            unit=values.get("unit", "")[:40],
            kind=kind if kind in set(SecurityKind) else "",
            days=int(days) if days in {str(period) for period in PERIODS} else 1,
        )

    def address(self, **changes: str) -> str:
        """The query of an address that asks for this, '' for the default; `changes` are added as they are."""
        default = SecurityFilter()
        said = {
            each.name: str(getattr(self, each.name))
            for each in fields(self)
            if getattr(self, each.name) != getattr(default, each.name)
        }
        said.update({name: value for name, value in changes.items() if value})
        return f"?{urlencode(said)}" if said else ""

    def since(self, today: date) -> datetime:
        """The instant from which events are looked at."""
        return datetime.combine(today - timedelta(days=self.days - 1), time(0), LOCAL)

    def admits(self, event: SecurityEvent) -> bool:
        """Whether an event of the period is of this unit and kind."""
        return self.unit in {"", event.unit} and self.kind in {"", event.kind.value}


@dataclass(frozen=True, slots=True)
class SecuritySummary:
    """Tổng hợp an ninh: how many events, how many still open, how many from each origin, how many false."""

    number: int
    open: int
    by_origin: Mapping[EventOrigin, int]
    false_alarms: int
    settled: int


def summed_up(events: Sequence[SecurityEvent]) -> SecuritySummary:
    """What a list of events amounts to."""
    return SecuritySummary(
        number=len(events),
        open=sum(event.is_open for event in events),
        by_origin={origin: sum(event.origin is origin for event in events) for origin in EventOrigin},
        false_alarms=sum(event.outcome is EventOutcome.FALSE_ALARM for event in events),
        settled=sum(event.outcome in SETTLED for event in events),
    )

"""Maintenance windows: announced work, during which alarms of a source or of some rules are hidden. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.alarms.conditions import Condition, Priority

# What endangers people is never hidden by announced work.
NEVER_HIDDEN = "security_"


@dataclass(frozen=True, slots=True)
class MaintenanceWindow:
    """Lịch bảo trì: from `begins_at` until before `ends_at` (aware UTC), or until somebody ended it earlier.

    Of the alarms of `unit` ('' for every unit) it hides those judged from `source`, or those of the rules whose codes
    begin with `rules`; one of the two is empty. `source` may name one subject of a source: 'software/email'.
    """

    public_id: str
    unit: str
    source: str
    rules: str
    begins_at: datetime
    ends_at: datetime
    reason: str
    announced_by: str
    announced_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""

    def __post_init__(self) -> None:
        if self.ends_at <= self.begins_at or bool(self.source) == bool(self.rules):
            raise ValueError(f"the maintenance window {self.public_id} hides nothing, or is of two minds")

    @property
    def over_at(self) -> datetime:
        """When it hides nothing more."""
        return self.ends_at if self.ended_at is None else min(self.ends_at, self.ended_at)

    def is_on(self, now: datetime) -> bool:
        """Whether it lasts now."""
        return self.begins_at <= now < self.over_at

    def hides(self, alarm: Condition) -> bool:
        """Whether an alarm is one of those; urgent ones of security never are."""
        if alarm.priority is Priority.URGENT and alarm.rule.startswith(NEVER_HIDDEN):
            return False
        if self.unit and self.unit != alarm.unit:
            return False
        if not self.source:
            return alarm.rule.startswith(self.rules)
        return self.source in {alarm.source, f"{alarm.source}/{alarm.subject}"}

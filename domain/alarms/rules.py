"""What a rule says beside its condition: how long it must hold, what a person has to do, who owns it, by which law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from domain.alarms.conditions import Priority
from domain.permissions import Role


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """Quy tắc cảnh báo (data/alarm_rules.csv, and what the agency changed since).

    `on_delay` and `off_delay`: how long a condition must hold, or be gone, before the alarm follows. `latches`: one
    that ended by itself still waits to be acknowledged. `tasks` are the required action in order; a rule without one is
    refused, for what needs no action is no alarm. `priority` replaces that of the condition. `hysteresis`: how far
    below its limit a measure must fall before the alarm ends, in the unit of the limit. A rule that is not `is_on`
    hides its alarms, for the `reason` of the change. `status` says whether it is a sample or the agency's own.
    """

    code: str
    name: str
    on_delay: timedelta
    off_delay: timedelta
    latches: bool
    tasks: tuple[str, ...]
    procedure: str
    owner: Role
    legal_basis: str
    priority: Priority | None = None
    hysteresis: Decimal = Decimal(0)
    is_on: bool = True
    reason: str = ""
    status: str = ""

    def __post_init__(self) -> None:
        if not self.tasks:
            raise ValueError(f"the rule {self.code} asks nothing of anybody: it is no alarm")
        if self.on_delay < timedelta(0) or self.off_delay < timedelta(0):
            raise ValueError(f"the rule {self.code} has a delay below zero")
        if not self.hysteresis.is_finite() or self.hysteresis < 0:
            raise ValueError(f"the rule {self.code} has a hysteresis below zero")


@dataclass(frozen=True, slots=True)
class AlarmLimits:
    """Ngưỡng cảnh báo (data/alarm_limits.csv): one that became active `flap_count` times within `flap_within` is
    flapping and stays active until it has been quiet for `flap_hold`; an alarm may be hidden for at most
    `shelve_most`, an urgent one for `shelve_urgent`; from `flood_count` new ones in ten minutes on it is a flood; a
    maintenance window lasts at most `maintenance_most`."""

    flap_count: int
    flap_within: timedelta
    flap_hold: timedelta
    shelve_most: timedelta
    shelve_urgent: timedelta
    flood_count: int
    maintenance_most: timedelta

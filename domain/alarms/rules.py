"""What a rule says beside its condition: how long it must hold, what a person has to do, who owns it, by which law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.permissions import Role


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """Quy tắc cảnh báo (data/alarm_rules.csv). `on_delay` and `off_delay`: how long a condition must hold, or be gone,
    before the alarm follows. `latches`: one that ended by itself still waits to be acknowledged. `tasks` are the
    required action in order; a rule without one is refused, for what needs no action is no alarm."""

    code: str
    name: str
    on_delay: timedelta
    off_delay: timedelta
    latches: bool
    tasks: tuple[str, ...]
    procedure: str
    owner: Role
    legal_basis: str

    def __post_init__(self) -> None:
        if not self.tasks:
            raise ValueError(f"the rule {self.code} asks nothing of anybody: it is no alarm")
        if self.on_delay < timedelta(0) or self.off_delay < timedelta(0):
            raise ValueError(f"the rule {self.code} has a delay below zero")


@dataclass(frozen=True, slots=True)
class AlarmLimits:
    """Ngưỡng cảnh báo (data/alarm_limits.csv): one that became active `flap_count` times within `flap_within` is
    flapping and stays active until it has been quiet for `flap_hold`; an alarm may be hidden for at most
    `shelve_most`, an urgent one for `shelve_urgent`; from `flood_count` new ones in ten minutes on it is a flood."""

    flap_count: int
    flap_within: timedelta
    flap_hold: timedelta
    shelve_most: timedelta
    shelve_urgent: timedelta
    flood_count: int

"""Briefings in a list, and which of them opens by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.briefing_schedule import BriefingKind

# Who made what a schedule asked for.
MADE_BY_ITSELF = "worker"


@dataclass(frozen=True, slots=True)
class BriefingLine:
    """Bản tin trong danh sách: what it is, without what it says."""

    public_id: str
    kind: BriefingKind
    unit: str
    made_at: datetime
    made_by: str

    @property
    def is_scheduled(self) -> bool:
        """Whether it was made by itself."""
        return self.made_by == MADE_BY_ITSELF


def opened_first(lines: Sequence[BriefingLine], sees_whole: bool) -> str:
    """Which of the newest first opens by itself, '' where there is none. Whoever sees the whole province is not given
    what a unit's schedule made for that unit, as long as there is anything else."""
    for_all = [line for line in lines if not (sees_whole and line.unit and line.is_scheduled)]
    return next((line.public_id for line in (*for_all, *lines)), "")

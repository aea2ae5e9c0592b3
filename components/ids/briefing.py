"""Ids of the page of briefings, and of long work with its progress."""

from __future__ import annotations

from typing import Final

BRIEFING_FILTER: Final = "briefing-filter-store"
BRIEFING_KIND: Final = "briefing-kind-select"
BRIEFING_UNIT: Final = "briefing-unit-select"
BRIEFING_MAKE: Final = "briefing-make-button"
BRIEFING_SAID: Final = "briefing-said-list"
BRIEFING_JOBS: Final = "briefing-jobs-list"
BRIEFING_CANCELLED: Final = "briefing-cancelled-list"
JOBS_PRESSED: Final = "jobs-cancel-store"
BRIEFING_ONE: Final = "briefing-one-list"
BRIEFING_LISTED: Final = "briefing-listed-select"
BRIEFING_MADE: Final = "briefing-made-list"
BRIEFING_PLAN: Final = "briefing-plan-words"
BRIEFING_PLANNED: Final = "briefing-planned-select"
BRIEFING_MORNING: Final = "briefing-morning-input"
BRIEFING_WEEKLY: Final = "briefing-weekly-input"
BRIEFING_MAKES_MORNING: Final = "briefing-makes_morning-switch"
BRIEFING_MAKES_WEEKLY: Final = "briefing-makes_weekly-switch"
BRIEFING_DECIDE: Final = "briefing-decide-button"
BRIEFING_DECIDED: Final = "briefing-decided-list"


def job_button(job: str) -> dict[str, str]:
    """The id of the button that cancels which job."""
    return {"type": "jobs-cancel-button", "job": job}

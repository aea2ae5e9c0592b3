"""Every id a page, a scene and live.js agree on; each is drawn once per page."""

from __future__ import annotations

from typing import Final

WALL_TITLE: Final = "units-title-panel"
CASES_COMPLETION: Final = "cases-completion-panel"
CASES_MONEY: Final = "cases-money-panel"
FIELD_REPORTS_OPEN: Final = "field_reports-open-panel"
ATTENDANCE_PRESENT: Final = "attendance-present-panel"
CAMERAS_ONLINE: Final = "cameras-online-panel"
DEADLINES_OVERDUE: Final = "deadlines-overdue-panel"
UNITS_COMPARISON: Final = "units-comparison-panel"
SOURCES_FRESHNESS: Final = "sources-freshness-panel"
INCIDENT: Final = "incident-alert"
SHELL_SOURCES: Final = "shell-sources-list"


def pulse(topic: str) -> str:
    """The store whose data is the version of one topic; live.js writes it, desk callbacks listen to it."""
    return f"pulse-{topic}-store"

"""Every id a page, a scene and live.js agree on; each is drawn once per page."""

from __future__ import annotations

from collections.abc import Callable
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


USERS_LIST: Final = "users-list-panel"
USERS_ADD: Final = "users-add-button"
USERS_WINDOW: Final = "users-change-window"
USERS_CONFIRM: Final = "users-confirm-button"
USERS_CANCEL: Final = "users-cancel-button"
USERS_NAME: Final = "users-name-input"
USERS_ROLE: Final = "users-role-select"
USERS_UNIT: Final = "users-unit-select"
USERS_UNIT_FIELD: Final = "users-unit-field"
USERS_CHOSEN: Final = "users-chosen-store"
USERS_CHANGED: Final = "users-changed-store"
SCREENS_LIST: Final = "screens-list-panel"
SCREENS_ADD: Final = "screens-add-button"
SCREENS_WINDOW: Final = "screens-change-window"
SCREENS_CONFIRM: Final = "screens-confirm-button"
SCREENS_CANCEL: Final = "screens-cancel-button"
SCREENS_NAME: Final = "screens-name-input"
SCREENS_UNIT: Final = "screens-unit-select"
SCREENS_CHOSEN: Final = "screens-chosen-store"
SCREENS_CHANGED: Final = "screens-changed-store"
AUDIT_LIST: Final = "audit-list-panel"
AUDIT_CHECK: Final = "audit-check-button"
AUDIT_RESULT: Final = "audit-result-panel"
AUDIT_NEWEST: Final = "audit-newest-button"
AUDIT_OLDER: Final = "audit-older-button"
AUDIT_OLDEST_SHOWN: Final = "audit-oldest-store"
ADMINISTRATION_TABS: Final = "administration-tabs"

SOURCES_LIST: Final = "sources-list-panel"
SOURCES_FILES: Final = "sources-files-panel"
SOURCES_RESULT: Final = "sources-result-panel"

ButtonId = Callable[[str, str], dict[str, str]]


def user_button(action: str, user: str) -> dict[str, str]:
    """The id of a row's button: what is to be done to which account."""
    return {"type": "users-action-button", "action": action, "user": user}


def file_button(action: str, file: str) -> dict[str, str]:
    """The id of a row's button: what is to be decided about which file."""
    return {"type": "sources-file-button", "action": action, "file": file}


def screen_button(action: str, screen: str) -> dict[str, str]:
    """The id of a row's button: what is to be done to which screen."""
    return {"type": "screens-action-button", "action": action, "screen": screen}

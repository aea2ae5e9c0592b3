"""Every id a page, a scene and live.js agree on; each is drawn once per page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

WALL_TITLE: Final = "units-title-panel"
ALARMS_STRIP: Final = "alarms-strip-panel"
ALARMS_URGENT: Final = "alarms-urgent-panel"
ALARMS_MAP: Final = "alarms-map-panel"
ALARMS_FAR: Final = "alarms-far-panel"
ALARMS_FAR_STRIP: Final = "alarms-far_strip-panel"
UNITS_MAP: Final = "units-map-panel"
UNITS_FAR_MAP: Final = "units-far_map-panel"
DEADLINES_MAP: Final = "deadlines-map-panel"
CASES_COMPLETION: Final = "cases-completion-panel"
CASES_MONEY: Final = "cases-money-panel"
FIELD_REPORTS_OPEN: Final = "field_reports-open-panel"
FIELD_REPORTS_TODAY: Final = "field_reports-today-panel"
FIELD_REPORTS_COUNT: Final = "field_reports-count-panel"
FIELD_REPORTS_SOON: Final = "field_reports-soon-panel"
FIELD_REPORTS_OVERDUE: Final = "field_reports-overdue-panel"
FIELD_REPORTS_IN_TIME: Final = "field_reports-in_time-panel"
FIELD_REPORTS_AXIS: Final = "field_reports-axis-panel"
FIELD_REPORTS_INTAKE: Final = "field_reports-intake-panel"
FIELD_REPORTS_LIST: Final = "field_reports-urgent-panel"
FIELD_REPORTS_MAP: Final = "field_reports-map-panel"
ATTENDANCE_PRESENT: Final = "attendance-present-panel"
CAMERAS_ONLINE: Final = "cameras-online-panel"
DEADLINES_OVERDUE: Final = "deadlines-overdue-panel"
UNITS_COMPARISON: Final = "units-comparison-panel"
SOURCES_FRESHNESS: Final = "sources-freshness-panel"
SOURCES_FAR_FRESHNESS: Final = "sources-far_freshness-panel"
CASES_FLOW: Final = "cases-flow-panel"
CASES_CURVE: Final = "cases-curve-panel"
CASES_UNITS: Final = "cases-units-panel"
CASES_OLD: Final = "cases-old-panel"
CASES_CREDIT: Final = "cases-credit-panel"
CASES_CORRUPTION: Final = "cases-corruption-panel"
CASES_BUDGET: Final = "cases-budget-panel"
DEADLINES_DETAIL: Final = "deadlines-detail-panel"
JUDGMENTS_OPEN: Final = "administrative_judgments-open-panel"
CASES_FAR_COMPLETION: Final = "cases-far_completion-panel"
CASES_FAR_MONEY: Final = "cases-far_money-panel"
ATTENDANCE_COUNT: Final = "attendance-count-panel"
ATTENDANCE_UNEXPLAINED: Final = "attendance-unexplained-panel"
ATTENDANCE_UNITS: Final = "attendance-units-panel"
ATTENDANCE_MAP: Final = "attendance-map-panel"
RECEPTION_TODAY: Final = "reception-today-panel"
RECEPTION_WAIT: Final = "reception-wait-panel"
RECEPTION_MONITORED: Final = "reception-monitored-panel"
RECEPTION_UNITS: Final = "reception-units-panel"
RECEPTION_CROWDS: Final = "reception-crowds-panel"
RECEPTION_COMPLAINTS: Final = "reception-complaints-panel"
FIELD_REPORTS_FAR: Final = "field_reports-far-panel"
ATTENDANCE_FAR: Final = "attendance-far-panel"
CAMERAS_FAR: Final = "cameras-far-panel"
DEADLINES_FAR: Final = "deadlines-far-panel"
REPORTS_ADDRESS: Final = "field_reports-filter-address"
REPORTS_FILTER: Final = "field_reports-filter-store"
REPORTS_PLACED: Final = "field_reports-placed-store"
REPORTS_SHOWING: Final = "field_reports-showing-select"
REPORTS_UNIT: Final = "field_reports-unit-select"
REPORTS_SUBJECT: Final = "field_reports-subject-select"
REPORTS_DAYS: Final = "field_reports-days-select"
REPORTS_FIGURES: Final = "field_reports-figures-list"
REPORTS_MAP: Final = "field_reports-clusters-list"
REPORTS_PLACES: Final = "field_reports-places-list"
REPORTS_LIST: Final = "field_reports-rows-list"
REPORTS_ONE: Final = "field_reports-one-list"
REPORT_UNIT: Final = "field_report-unit-select"
REPORT_PLACE: Final = "field_report-place-button"
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
SCREENS_CODE: Final = "screens-code-input"
SCREENS_NAME: Final = "screens-name-input"
SCREENS_PLACE: Final = "screens-place-input"
SCREENS_DIAGONAL: Final = "screens-diagonal-input"
SCREENS_PANELS: Final = "screens-panels-input"
SCREENS_DISTANCE: Final = "screens-distance-input"
SCREENS_LEGIBILITY: Final = "screens-legibility-words"
SCREENS_NIGHT_FROM: Final = "screens-night_from-input"
SCREENS_NIGHT_TO: Final = "screens-night_to-input"
SCREENS_NIGHT_DAYS: Final = "screens-night_days-choice"
SCREENS_EXPIRES: Final = "screens-expires-input"
SCREENS_SCENE: Final = "screens-scene-select"
SCREENS_ORDERED: Final = "screens-ordered-words"
SCREENS_ADDRESS: Final = "screens-address-location"
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


def screen_turn(scene: str, part: str) -> dict[str, str]:
    """The id of a field of the table of scenes: the order or the dwell of which scene."""
    return {"type": "screens-turn-input", "part": part, "scene": scene}


def screen_button(action: str, screen: str) -> dict[str, str]:
    """The id of a row's button: what is to be done to which screen."""
    return {"type": "screens-action-button", "action": action, "screen": screen}

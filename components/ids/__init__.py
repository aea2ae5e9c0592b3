"""Every id a page, a scene and live.js agree on; each is drawn once per page. Those of large pages stand in files of
their own and are named from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from components.ids.administrative_judgments import *
from components.ids.analysis import *
from components.ids.briefing import *
from components.ids.cases import *
from components.ids.city_alerts import *
from components.ids.console import *
from components.ids.integrations import *
from components.ids.periods import *
from components.ids.programme import *
from components.ids.public_services import *
from components.ids.rules import *
from components.ids.software import *
from components.ids.training import *

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
UNITS_EMBEDDED: Final = "units-embedded-panel"
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
CAMERAS_COVERAGE: Final = "cameras-coverage-panel"
CAMERAS_WORKING: Final = "cameras-working-panel"
CAMERAS_LOST: Final = "cameras-lost-panel"
CAMERAS_UNKNOWN: Final = "cameras-unknown-panel"
CAMERAS_GRID: Final = "cameras-grid-panel"
CAMERAS_MAP: Final = "cameras-map-panel"
SECURITY_EVENTS: Final = "security-events-panel"
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
REPORT_PRESSED: Final = "field_report-place-store"
CAMERAS_ADDRESS: Final = "cameras-filter-address"
CAMERAS_FILTER: Final = "cameras-filter-store"
CAMERAS_UNIT: Final = "cameras-unit-select"
CAMERAS_FIGURES: Final = "cameras-figures-list"
CAMERAS_LIST: Final = "cameras-rows-list"
CAMERAS_ONE: Final = "cameras-one-list"
CAMERAS_REASON: Final = "cameras-reason-input"
SECURITY_ADDRESS: Final = "security-filter-address"
SECURITY_FILTER: Final = "security-filter-store"
SECURITY_UNIT: Final = "security-unit-select"
SECURITY_KIND: Final = "security-kind-select"
SECURITY_DAYS: Final = "security-days-select"
SECURITY_EXPORT: Final = "security-export-link"
SECURITY_FIGURES: Final = "security-figures-list"
SECURITY_LIST: Final = "security-rows-list"
SECURITY_ONE: Final = "security-one-list"
SECURITY_ENDED: Final = "security-ended-list"
SECURITY_OUTCOME: Final = "security-outcome-select"
SECURITY_END: Final = "security-end-button"
INCIDENT_UNIT: Final = "security_incident-unit-select"
INCIDENT_WHEN: Final = "security_incident-when-input"
INCIDENT_KIND: Final = "security_incident-kind-select"
INCIDENT_OUTCOME: Final = "security_incident-outcome-select"
INCIDENT_NOTE: Final = "security_incident-note-input"
INCIDENT_RECORD: Final = "security_incident-record-button"
INCIDENT_RECORDED: Final = "security_incident-recorded-list"
ATTENDANCE_ADDRESS: Final = "attendance-filter-address"
ATTENDANCE_FILTER: Final = "attendance-filter-store"
ATTENDANCE_UNIT: Final = "attendance-unit-select"
ATTENDANCE_MONTH: Final = "attendance-month-select"
ATTENDANCE_DAY: Final = "attendance-day-list"
ATTENDANCE_REPORTS: Final = "attendance-reports-list"
ATTENDANCE_PEOPLE: Final = "attendance-people-list"
ATTENDANCE_TABLE: Final = "attendance-month-list"
ATTENDANCE_EXPORT: Final = "attendance-export-link"
ATTENDANCE_CODE: Final = "attendance-code-select"
ATTENDANCE_ON: Final = "attendance-on-input"
ATTENDANCE_STATUS: Final = "attendance-status-select"
ATTENDANCE_REASON: Final = "attendance-reason-input"
ATTENDANCE_CORRECT: Final = "attendance-correct-button"
ATTENDANCE_CORRECTED: Final = "attendance-corrected-list"
RECEPTION_ADDRESS: Final = "reception-filter-address"
RECEPTION_FILTER: Final = "reception-filter-store"
RECEPTION_UNIT: Final = "reception-unit-select"
RECEPTION_MONTH: Final = "reception-month-select"
RECEPTION_EXPORT: Final = "reception-export-link"
RECEPTION_FIGURES: Final = "reception-figures-list"
RECEPTION_DAY: Final = "reception-day-list"
RECEPTION_VISITS: Final = "reception-visits-list"
RECEPTION_TABLE: Final = "reception-month-list"
RECEPTION_REGISTER: Final = "reception-register-list"
RECEPTION_PURPOSE: Final = "reception-purpose-select"
RECEPTION_PEOPLE: Final = "reception-people-input"
RECEPTION_LEADER: Final = "reception-leader-select"
RECEPTION_TICKET: Final = "reception-ticket-button"
RECEPTION_RECEIVE: Final = "reception-receive-button"
RECEPTION_OPEN: Final = "reception-open-select"
RECEPTION_OUTCOME: Final = "reception-outcome-select"
RECEPTION_CALL: Final = "reception-call-button"
RECEPTION_END: Final = "reception-end-button"
RECEPTION_DONE: Final = "reception-done-list"
INCIDENT: Final = "incident-alert"
SHELL_SOURCES: Final = "shell-sources-list"
SHELL_CONTENT: Final = "shell-content-main"


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
USERS_PRESSED: Final = "users-action-store"
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
SCREENS_PRESSED: Final = "screens-action-store"
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
SOURCES_PRESSED: Final = "sources-file-store"

# The id of a button of a list is made by a function. The store that hears of its press ends in "-store" where its type
# ends in "-button"; presses.js knows it by that.
ButtonId = Callable[[str, str], dict[str, str]]


def user_button(action: str, user: str) -> dict[str, str]:
    """The id of a row's button: what is to be done to which account."""
    return {"type": "users-action-button", "action": action, "user": user}


def triage_button(report: str, unit: str) -> dict[str, str]:
    """The id of the button that gives a field report to the unit its place suggests."""
    return {"type": "console-triage-button", "report": report, "unit": unit}


def place_button(report: str) -> dict[str, str]:
    """The id of the button that names the handling unit of which field report."""
    return {"type": "field_report-place-button", "report": report}


def file_button(action: str, file: str) -> dict[str, str]:
    """The id of a row's button: what is to be decided about which file."""
    return {"type": "sources-file-button", "action": action, "file": file}


def screen_turn(scene: str, part: str) -> dict[str, str]:
    """The id of a field of the table of scenes: the order or the dwell of which scene."""
    return {"type": "screens-turn-input", "part": part, "scene": scene}


def screen_button(action: str, screen: str) -> dict[str, str]:
    """The id of a row's button: what is to be done to which screen."""
    return {"type": "screens-action-button", "action": action, "screen": screen}


def rule_button(action: str, code: str) -> dict[str, str]:
    """The id of a row's button: what is to be changed of which rule, limit or term."""
    return {"type": "alarm_rules-action-button", "action": action, "code": code}


def maintenance_button(action: str, window: str) -> dict[str, str]:
    """The id of a row's button: what is to be done to which maintenance window."""
    return {"type": "maintenance-action-button", "action": action, "window": window}

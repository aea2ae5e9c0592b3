"""Which folder of the inbox holds the sheets of which feed, and what takes one of them in."""

from __future__ import annotations

from collections.abc import Mapping

from actions.import_administrative_judgments import import_judgment_register
from actions.import_attendance import import_attendance_sheet
from actions.import_cameras import import_camera_inventory
from actions.import_equipment import import_equipment_sheet
from actions.import_guard_log import import_guard_log
from actions.import_observations import import_observation_sheet
from actions.import_public_services import import_services_sheet
from actions.import_reception import import_reception_sheet
from actions.import_training import import_training_sheet
from actions.sheets import TakeIn

# Workbooks of cases have a life cycle of their own: actions/case_inbox.py.
SHEET_FEEDS: Mapping[str, TakeIn] = {
    "attendance": import_attendance_sheet,
    "cameras": import_camera_inventory,
    "security": import_guard_log,
    "reception": import_reception_sheet,
    "administrative_judgments": import_judgment_register,
    "observations": import_observation_sheet,
    "public_services": import_services_sheet,
    "training": import_training_sheet,
    "equipment": import_equipment_sheet,
}

"""Field reports: how they are stored so that no order or repetition matters, and what may be asked about them."""

from data_access.field_reports.feed import reports_to_tell
from data_access.field_reports.listing import listed_reports, report_detail
from data_access.field_reports.past import ReportThen, closed_at_by, reports_known_by, reports_open_at
from data_access.field_reports.questions import handled_by_code, handling_figures, intake_day, open_reports
from data_access.field_reports.saving import (
    JudgedReport,
    SavedReports,
    save_reports,
    save_unit_named,
    still_open_ids,
)

__all__ = [
    "JudgedReport",
    "ReportThen",
    "SavedReports",
    "closed_at_by",
    "handled_by_code",
    "handling_figures",
    "intake_day",
    "listed_reports",
    "open_reports",
    "report_detail",
    "reports_known_by",
    "reports_open_at",
    "reports_to_tell",
    "save_reports",
    "save_unit_named",
    "still_open_ids",
]

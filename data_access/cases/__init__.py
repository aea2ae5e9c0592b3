"""Cases in the database: what is stored of them, how a file changes it, what can be asked."""

from data_access.cases.clock_list import clocks_listed, clocks_of_case, running_clocks
from data_access.cases.clocks import overdue_clocks
from data_access.cases.filtered import (
    OfficerPlace,
    area_figures,
    completed_by_day,
    filtered_figures,
    officer_figures,
    old_cases,
    units_asked,
)
from data_access.cases.groups import GroupFigures, group_figures
from data_access.cases.listing import ListedCase, case_page, every_case
from data_access.cases.money_by_unit import money_by_unit
from data_access.cases.moved import MovedCase, Movement, movement, old_cases_moved
from data_access.cases.one_case import CaseDetail, CaseEntryRow, CaseFact, case_detail
from data_access.cases.questions import cases_over_twelve_months, expected_keys
from data_access.cases.search import Found, FoundCase, FoundOfficer, find, officer_codes
from domain.deadlines import ClockCounts

__all__ = [
    "CaseDetail",
    "CaseEntryRow",
    "CaseFact",
    "ClockCounts",
    "Found",
    "FoundCase",
    "FoundOfficer",
    "GroupFigures",
    "ListedCase",
    "MovedCase",
    "Movement",
    "OfficerPlace",
    "area_figures",
    "case_detail",
    "case_page",
    "cases_over_twelve_months",
    "completed_by_day",
    "every_case",
    "money_by_unit",
    "clocks_listed",
    "clocks_of_case",
    "expected_keys",
    "filtered_figures",
    "find",
    "group_figures",
    "movement",
    "officer_codes",
    "officer_figures",
    "old_cases",
    "old_cases_moved",
    "overdue_clocks",
    "running_clocks",
    "units_asked",
]

"""Cases in the database: what is stored of them, how a file changes it, what can be asked."""

from data_access.cases.clock_list import clocks_listed, clocks_of_case, running_clocks
from data_access.cases.clocks import overdue_clocks
from data_access.cases.groups import GroupFigures, group_figures
from data_access.cases.questions import cases_over_twelve_months, expected_keys
from domain.deadlines import ClockCounts

__all__ = [
    "ClockCounts",
    "GroupFigures",
    "cases_over_twelve_months",
    "clocks_listed",
    "clocks_of_case",
    "expected_keys",
    "group_figures",
    "overdue_clocks",
    "running_clocks",
]

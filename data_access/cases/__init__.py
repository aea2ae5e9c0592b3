"""Cases in the database: what is stored of them, how a file changes it, what can be asked."""

from data_access.cases.questions import cases_over_twelve_months, expected_keys

__all__ = ["cases_over_twelve_months", "expected_keys"]

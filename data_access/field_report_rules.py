"""The agency's rules on field reports: subjects, states and terms, from the files data/field_report_*.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from data_access.working_days import load_working_calendar
from domain.field_report_rules import ReportRules
from domain.field_reports import ReportState, ReportSubject, ReportTerm, Urgency

DATA = Path(__file__).resolve().parent.parent / "data"
WORKING, CLOCK = "working", "clock"


@lru_cache(maxsize=4)
def load_report_rules(folder: Path = DATA) -> ReportRules:
    """Subjects, states and terms; raises OSError, KeyError or ValueError when a file is unusable."""
    subjects = [
        ReportSubject(row["code"], row["title"], Urgency(row["urgency"]), row["status"])
        for row in _rows(folder / "field_report_subjects.csv")
    ]
    states = {row["word"]: ReportState(row["state"]) for row in _rows(folder / "field_report_states.csv")}
    terms = tuple(_term(row) for row in _rows(folder / "field_report_terms.csv"))
    return ReportRules({subject.code: subject for subject in subjects}, states, terms, load_working_calendar())


def _term(row: dict[str, str]) -> ReportTerm:
    if row["counted_in"] not in {WORKING, CLOCK}:
        raise ValueError(f"field_report_terms.csv: counted_in must be {WORKING} or {CLOCK}, not {row['counted_in']!r}")
    return ReportTerm(
        subject=row["subject"],
        urgency=Urgency(row["urgency"]),
        hours=int(row["hours"]),
        is_working_time=row["counted_in"] == WORKING,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        status=row["status"],
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)

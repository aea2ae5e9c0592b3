"""What the agency's data makes of a report: its coded subject, its state, when it is due. The data is never in code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.field_reports import FINAL_STATES, ReportRecord, ReportState, ReportSubject, ReportTerm, Urgency, term_for
from domain.local_time import local_day
from domain.working_days import WorkingCalendar

# What a subject nobody has listed is shown as: its own words could be a citizen's.
UNLISTED = "other"
UNLISTED_TITLE = "Nội dung khác"


@dataclass(frozen=True, slots=True)
class ReportRules:
    """Quy tắc phản ánh: subjects by code, words of state, dated terms, and the calendar working time is counted in."""

    subjects: Mapping[str, ReportSubject]
    states: Mapping[str, ReportState]
    terms: Sequence[ReportTerm]
    calendar: WorkingCalendar

    def subject_of(self, service_code: str) -> ReportSubject:
        """The coded subject of a service; one that is not listed is 'Nội dung khác'."""
        unlisted = self.subjects.get(UNLISTED) or ReportSubject(UNLISTED, UNLISTED_TITLE, Urgency.ORDINARY, "")
        return self.subjects.get(service_code, unlisted)

    def state_of(self, word: str) -> ReportState | None:
        """The state a source's word stands for; None when nobody has said what it means."""
        return self.states.get(word)

    def urgency_of(self, record: ReportRecord) -> Urgency:
        """Urgent when the source or the subject says so: neither may play down the other."""
        subject = self.subject_of(record.service_code)
        return Urgency.URGENT if Urgency.URGENT in {record.urgency, subject.urgency} else Urgency.ORDINARY

    def due_of(self, record: ReportRecord) -> tuple[datetime | None, str]:
        """When the report is due and who says so: the source, else a term of ours, else nobody."""
        if record.expected_at is not None:
            return record.expected_at, "source"
        subject = self.subject_of(record.service_code)
        term = term_for(self.terms, subject.code, self.urgency_of(record), local_day(record.requested_at))
        if term is None:
            return None, ""
        if term.is_working_time:
            return self.calendar.due_after(record.requested_at, term.hours), "term"
        return record.requested_at + timedelta(hours=term.hours), "term"


def closed_at_of(events: Sequence[tuple[datetime, ReportState]]) -> datetime | None:
    """When the last stretch of final states began, from every (instant, state) known; None while the report is open.

    A report closed twice, or closed and then praised, was closed the first time; one opened again was not.
    """
    closed: datetime | None = None
    for at, state in sorted(events, key=lambda event: (event[0], event[1] in FINAL_STATES)):
        if state not in FINAL_STATES:
            closed = None
        elif closed is None:
            closed = at
    return closed

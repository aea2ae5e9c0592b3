"""When briefings are made by themselves: decided for the province and for each unit, kept by the worker; audited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.make_briefing import WHOLE, scope_of_briefing, wanted_briefing
from data_access.audit import record_audit
from data_access.briefing import PROVINCE, save_schedule, schedules_in_force
from data_access.jobs import is_kept, save_job
from data_access.session import Database
from data_access.working_days import load_working_calendar
from domain.briefing_schedule import BRIEFING_NAMES, BriefingKind, BriefingSchedule, due_appointment, slot_of
from domain.jobs import JobKind
from domain.permissions import Permission
from domain.units import Organisation
from domain.working_days import WorkingCalendar

NONE_MADE = "không lập tự động"
# What is to be made, of which unit, and the name of the appointment it keeps.
Due = tuple[str, str, str]


def change_schedule(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    unit: str,
    schedule: BriefingSchedule,
    now: datetime,
) -> None:
    """Decide when briefings of a unit the principal sees, '' for the whole province, are made by themselves; a schedule
    without kinds turns that off. Raises NotAllowed."""
    principal.require(Permission.EDIT_BRIEFING)
    unit = scope_of_briefing(principal, organisation, unit, now)
    with database.writing() as session:
        save_schedule(session, principal, unit, schedule, now)
        detail = {"unit": unit or WHOLE, "to": _told(schedule)}
        record_audit(session, principal, "briefing_schedule_changed", unit or "briefing", detail, now)


class BriefingPlanner:
    """Queues each briefing whose appointment is past and was not kept, of the whole province and of each unit that
    handles cases today; call it with the time. `guard` refuses (raises) once another process leads."""

    def __init__(self, database: Database, organisation: Organisation, guard: Callable[[Session], None]) -> None:
        self._database, self._organisation, self._guard = database, organisation, guard

    def __call__(self, now: datetime) -> None:
        """At the first call ever the province's schedule begins to count: nothing is made for mornings before that."""
        worker = Principal.worker()
        with self._database.reading() as session:
            schedules = schedules_in_force(session, worker, self._organisation, now)
            waiting = [due for due in _due(schedules, load_working_calendar(), now) if not _is_kept(session, due)]
        is_first = schedules[PROVINCE].decided_at is None
        if not is_first and not waiting:
            return
        with self._database.writing() as session:
            self._guard(session)
            if is_first:
                save_schedule(session, worker, PROVINCE, BriefingSchedule(), now)
            for wanted, unit, slot in waiting:
                save_job(session, worker, JobKind.BRIEFING, unit, wanted, now, slot)


def _due(schedules: Mapping[str, BriefingSchedule], calendar: WorkingCalendar, now: datetime) -> Iterator[Due]:
    for unit, schedule in schedules.items():
        for kind in BriefingKind:
            appointment = due_appointment(kind, schedule, calendar, now)
            if appointment is not None:
                yield wanted_briefing(kind, appointment), unit, slot_of(kind, unit, appointment)


def _is_kept(session: Session, due: Due) -> bool:
    return is_kept(session, JobKind.BRIEFING, due[2])


def _told(schedule: BriefingSchedule) -> str:
    made = [f"{BRIEFING_NAMES[kind]} {schedule.time_of(kind):%H:%M}" for kind in BriefingKind if kind in schedule.kinds]
    return ", ".join(made) or NONE_MADE

"""Briefings are asked for by a person or by a schedule, made by the worker as a job, kept for good; audited."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from access.principal import NotAllowed, Principal
from actions.work_jobs import Maker
from data_access.audit import record_audit
from data_access.briefing import PROVINCE, save_briefing
from data_access.briefing_facts import BriefingQuestions
from data_access.briefing_figures import CaseQuestions
from data_access.jobs import save_job
from data_access.scope import visible_units
from data_access.session import Database
from data_access.working_days import load_working_calendar
from domain.briefing import BriefingFacts
from domain.briefing_schedule import BriefingKind, BriefingRefused, told_since
from domain.jobs import DeskJob, JobKind, JobStep
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation, UnitKind

AGENCIES = (UnitKind.DEPARTMENT, UnitKind.CITY_BODY)
WHOLE = "Toàn tỉnh"


def ask_briefing(
    database: Database, principal: Principal, organisation: Organisation, kind: str, unit: str, now: datetime
) -> DeskJob:
    """Queue a briefing of a unit the principal sees, '' for the whole province. Raises NotAllowed, BriefingRefused,
    JobRefused."""
    principal.require(Permission.SEE_BRIEFING)
    if kind not in set(BriefingKind):
        raise BriefingRefused("Chọn loại bản tin.")
    unit = scope_of_briefing(principal, organisation, unit, now)
    with database.writing() as session:
        job = save_job(session, principal, JobKind.BRIEFING, unit, wanted_briefing(BriefingKind(kind), None), now)
        # Only an appointment can have been kept already.
        assert job is not None
        detail = {"kind": kind, "unit": unit or WHOLE}
        record_audit(session, principal, "briefing_asked", job.public_id, detail, now)
    return job


def scope_of_briefing(principal: Principal, organisation: Organisation, unit: str, now: datetime) -> str:
    """What a briefing of `unit` is about: a unit that handles cases today, PROVINCE for the whole. The agency above all
    stands for all of it, as in every question. Raises NotAllowed for what the principal may not see."""
    today = local_day(now)
    root = organisation.root_on(today)
    if root is not None and unit == root.code:
        unit = PROVINCE
    seen = visible_units(principal, organisation, today)
    units = {each.code for each in organisation.case_units_on(today)}
    if unit == PROVINCE and seen is not None or unit != PROVINCE and (unit not in units or not _sees(seen, unit)):
        raise NotAllowed(f"no briefing of {unit or 'the province'} for {principal.name}")
    return unit


def wanted_briefing(kind: BriefingKind, appointment: datetime | None) -> str:
    """What a job is to make, and for which appointment if for one."""
    return json.dumps({"kind": kind.value, "appointment_at": appointment.isoformat() if appointment else ""})


def briefing_maker(organisation: Organisation, is_sample: bool) -> Maker:
    """What makes a briefing of this installation."""

    def make(database: Database, job: DeskJob, now: datetime) -> Iterator[JobStep]:
        return _made(database, job, organisation, is_sample, now)

    return make


def _made(
    database: Database, job: DeskJob, organisation: Organisation, is_sample: bool, now: datetime
) -> Iterator[JobStep]:
    """Each part in a reading of its own, all of one moment; stored with its audit line at the end. Raises NotAllowed
    where the unit has ended while the job waited."""
    asker = Principal(job.role, job.asked_by_id, job.asked_by, job.unit or None)
    scope_of_briefing(asker, organisation, job.unit, now)
    kind, appointment = _read(job.wanted)
    calendar, names = load_working_calendar(), _names(organisation, now)
    begins_at = told_since(kind, calendar, now)
    cases = CaseQuestions(asker, organisation, names, now)
    others = BriefingQuestions(asker, organisation, names, now)
    yield JobStep(5, "Số liệu thi hành án")
    with database.reading() as session:
        stated, figures = cases.stated(session), cases.figures(session, begins_at)
    yield JobStep(30, "Biến động và điều đang nóng")
    with database.reading() as session:
        changes = others.changes(session, begins_at)
        burning = others.burning(session, cases.clocks(session, is_sample))
    yield JobStep(55, "Cam kết của Đề án")
    with database.reading() as session:
        pledges = others.pledges(session, calendar)
    yield JobStep(75, "Đường lũy kế của năm")
    with database.reading() as session:
        curve = cases.curve(session)
    yield JobStep(95, "Lưu bản tin")
    facts = BriefingFacts(
        kind=kind,
        unit=job.unit,
        scope=names.get(job.unit, job.unit) if job.unit else WHOLE,
        begins_at=begins_at,
        made_at=now,
        appointment_at=appointment,
        is_sample=is_sample,
        banner=organisation.banner,
        agency=_agency(organisation, now),
        office=organisation.title,
        figures=figures,
        cases_stated=stated,
        changes=changes,
        burning=burning,
        pledges=pledges,
        curve=curve,
    )
    with database.writing() as session:
        public_id = save_briefing(session, asker, job.public_id, facts)
        detail = {"kind": kind.value, "unit": job.unit or WHOLE}
        record_audit(session, asker, "briefing_made", public_id, detail, now)
    yield JobStep(100, "Đã lập", public_id)


def _sees(seen: frozenset[str] | None, unit: str) -> bool:
    return seen is None or unit in seen


def _names(organisation: Organisation, now: datetime) -> Mapping[str, str]:
    return {unit.code: unit.short_name for unit in organisation.units_on(local_day(now))}


def _agency(organisation: Organisation, now: datetime) -> str:
    units = organisation.units_on(local_day(now))
    return next((unit.name for unit in units if unit.kind in AGENCIES), "")


def _read(wanted: str) -> tuple[BriefingKind, datetime | None]:
    said = json.loads(wanted)
    appointment = said["appointment_at"]
    return BriefingKind(said["kind"]), datetime.fromisoformat(appointment) if appointment else None

"""Long work as rows: asked for, claimed by one process, told step by step, cancelled between steps, never stuck."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.jobs import DeskJobRow
from data_access.scope import NotFound
from data_access.versions import bump_version, lock_writers
from domain.jobs import FAILED_WORDS, MOST_ATTEMPTS, OPEN_JOBS, DeskJob, JobKind, JobRefused, JobState, JobStep
from domain.permissions import Role

TOPIC = "jobs"
# What is shown beside what is open: how the last ones of the day ended.
SHOWN_FOR = timedelta(hours=12)
LISTED = 8
MOST_OPEN = 40
_OPEN = sorted(state.value for state in OPEN_JOBS)


def save_job(
    session: Session, principal: Principal, kind: JobKind, unit: str, wanted: str, now: datetime, slot: str = ""
) -> DeskJob | None:
    """Queue work inside the caller's writing transaction; None when the appointment `slot` was kept already.

    Raises JobRefused while the same person has work of this kind open, or too much is waiting.
    """
    lock_writers(session, TOPIC)
    if slot:
        if is_kept(session, kind, slot):
            return None
    else:
        _refuse_too_much(session, principal, kind)
    job = DeskJobRow(
        public_id=secrets.token_urlsafe(9),
        kind=kind.value,
        state=JobState.QUEUED.value,
        progress=0,
        words="",
        asked_by=principal.name,
        asked_by_id=principal.public_id,
        role=principal.role.value,
        unit=unit,
        wanted=wanted,
        slot=slot,
        asked_at=now,
        result="",
        attempts=0,
        is_cancel_asked=False,
        holder="",
    )
    session.add(job)
    session.flush()
    bump_version(session, TOPIC, now)
    return _job(job)


def own_jobs(session: Session, principal: Principal, kind: JobKind, now: datetime) -> list[DeskJob]:
    """What the principal asked for: whatever is open, and how the last ones ended; newest first."""
    row = DeskJobRow
    question = select(row).where(row.kind == kind.value, row.asked_by_id == principal.public_id)
    recent = or_(row.state.in_(_OPEN), row.asked_at > now - SHOWN_FOR)
    return [_job(each) for each in session.scalars(question.where(recent).order_by(row.id.desc()).limit(LISTED))]


def save_cancel(session: Session, principal: Principal, public_id: str, now: datetime) -> DeskJob:
    """Cancel own work: at once while it waits, between two steps while it runs. Raises NotFound, JobRefused."""
    lock_writers(session, TOPIC)
    row = session.scalar(
        select(DeskJobRow).where(DeskJobRow.public_id == public_id, DeskJobRow.asked_by_id == principal.public_id)
    )
    if row is None:
        raise NotFound(public_id)
    if row.state not in _OPEN:
        raise JobRefused("Công việc đã kết thúc, không còn gì để hủy.")
    row.is_cancel_asked = True
    if row.state == JobState.QUEUED.value:
        row.state, row.ended_at = JobState.CANCELLED.value, now
    session.flush()
    bump_version(session, TOPIC, now)
    return _job(row)


def has_open_jobs(session: Session) -> bool:
    """Whether anything waits or runs: for the worker, which looks often and must not take the write lock to look."""
    return session.scalar(select(DeskJobRow.id).where(DeskJobRow.state.in_(_OPEN)).limit(1)) is not None


def is_kept(session: Session, kind: JobKind, slot: str) -> bool:
    """Whether an appointment has its job already."""
    row = DeskJobRow
    return session.scalar(select(row.id).where(row.kind == kind.value, row.slot == slot)) is not None


def take_up_abandoned(session: Session, now: datetime) -> None:
    """For the only process that works jobs, when it works on none: what still runs was left by a process that died
    or by an attempt that failed. It waits again, is cancelled where that was asked, or fails when tried often."""
    for row in session.scalars(select(DeskJobRow).where(DeskJobRow.state == JobState.RUNNING.value)):
        if row.is_cancel_asked:
            row.state, row.ended_at = JobState.CANCELLED.value, now
        elif row.attempts >= MOST_ATTEMPTS:
            row.state, row.ended_at, row.words = JobState.FAILED.value, now, FAILED_WORDS
        else:
            row.state, row.progress, row.holder = JobState.QUEUED.value, 0, ""
        bump_version(session, TOPIC, now)
    session.flush()


def claim_next(session: Session, holder: str, now: datetime) -> DeskJob | None:
    """The oldest waiting job, now this process's; None when nothing waits. Whoever waits at a desk comes before the
    appointments, of which every unit has one in the same minute."""
    question = select(DeskJobRow).where(DeskJobRow.state == JobState.QUEUED.value)
    row = session.scalar(question.order_by(DeskJobRow.slot != "", DeskJobRow.id).limit(1))
    if row is None:
        return None
    row.state, row.holder, row.started_at = JobState.RUNNING.value, holder, now
    row.attempts += 1
    session.flush()
    bump_version(session, TOPIC, now)
    return _job(row)


def save_progress(session: Session, job: DeskJob, holder: str, step: JobStep, now: datetime) -> bool:
    """Tell how far a job is; False where it was cancelled, or is no longer this process's. What has its result is done,
    even when somebody wished to cancel it meanwhile."""
    state = JobState.DONE if step.result else JobState.RUNNING
    row = DeskJobRow
    mine = (row.public_id == job.public_id, row.holder == holder, row.state == JobState.RUNNING.value)
    if state is JobState.RUNNING:
        cancelled = (
            update(row)
            .where(*mine, row.is_cancel_asked.is_(True))
            .values(state=JobState.CANCELLED.value, ended_at=now)
            .returning(row.id)
        )
        if session.execute(cancelled).scalar_one_or_none() is not None:
            bump_version(session, TOPIC, now)
            return False
    told: dict[str, object] = {
        "state": state.value,
        "progress": step.progress,
        "words": step.words,
        "result": step.result,
    }
    if state is JobState.DONE:
        told["ended_at"] = now
    written = session.execute(update(row).where(*mine).values(**told).returning(row.id)).scalar_one_or_none()
    if written is not None:
        bump_version(session, TOPIC, now)
    return written is not None and state is JobState.RUNNING


def save_failure(session: Session, job: DeskJob, holder: str, words: str, now: datetime) -> None:
    """End a job that cannot be done, with words that can be shown."""
    row = DeskJobRow
    session.execute(
        update(row)
        .where(row.public_id == job.public_id, row.holder == holder, row.state == JobState.RUNNING.value)
        .values(state=JobState.FAILED.value, ended_at=now, words=words[:200])
    )
    bump_version(session, TOPIC, now)


def _refuse_too_much(session: Session, principal: Principal, kind: JobKind) -> None:
    row = DeskJobRow
    open_ones = [_job(each) for each in session.scalars(select(row).where(row.state.in_(_OPEN)))]
    if any(each.asked_by_id == principal.public_id and each.kind is kind for each in open_ones):
        raise JobRefused("Bạn có một công việc cùng loại đang chờ hoặc đang làm. Đợi xong hoặc hủy trước.")
    if sum(not each.slot for each in open_ones) >= MOST_OPEN:
        raise JobRefused("Đang có quá nhiều công việc chờ. Thử lại sau ít phút.")


def _job(row: DeskJobRow) -> DeskJob:
    return DeskJob(
        public_id=row.public_id,
        kind=JobKind(row.kind),
        state=JobState(row.state),
        progress=row.progress,
        words=row.words,
        asked_by=row.asked_by,
        asked_by_id=row.asked_by_id,
        role=Role(row.role),
        unit=row.unit,
        wanted=row.wanted,
        slot=row.slot,
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        result=row.result,
        attempts=row.attempts,
        is_cancel_asked=row.is_cancel_asked,
    )

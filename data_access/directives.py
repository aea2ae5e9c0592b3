"""Directives: issued and moved on with a record of every step, asked for within a principal's units, counted."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.directives import DirectiveRecordRow, DirectiveRow
from data_access.scope import NotFound, visible_units
from data_access.versions import bump_version, lock_writers
from domain.directives import (
    ENDED,
    STEP_NAMES,
    Directive,
    DirectiveCounts,
    DirectiveOrigin,
    DirectiveRecord,
    DirectiveState,
    DirectiveStep,
    counted,
)
from domain.local_time import local_day, moment_words
from domain.permissions import Permission, Role
from domain.units import Organisation

TOPIC = "directives"
# More than a desk reads; the open ones come first.
MOST = 2_000


class Conflict(Exception):
    """Somebody else was faster; the text is Vietnamese, says who and when, and can be shown."""


def issue(session: Session, principal: Principal, directive: Directive, now: datetime) -> str:
    """Store a new directive and its first record, inside the caller's writing transaction; its public id."""
    public_id = secrets.token_urlsafe(9)
    row = DirectiveRow(
        public_id=public_id,
        unit=directive.unit,
        title=directive.title,
        detail=directive.detail,
        origin=directive.origin.value,
        reference=directive.reference,
        issued_at=now,
        issued_by=principal.name,
        due_on=directive.due_on,
        state=DirectiveState.ISSUED.value,
        answer="",
        answered_at=None,
        answered_by="",
        revision=1,
    )
    session.add(row)
    _record(session, principal, public_id, DirectiveStep.ISSUE, "", now)
    return public_id


def save_step(
    session: Session, principal: Principal, changed: Directive, step: DirectiveStep, words: str, now: datetime
) -> None:
    """Store a directive after a step, with its record; `changed.revision` is what the person saw. Raises Conflict."""
    lock_writers(session, TOPIC)
    written = session.execute(
        update(DirectiveRow)
        .where(DirectiveRow.public_id == changed.public_id, DirectiveRow.revision == changed.revision)
        .values(
            state=changed.state.value,
            answer=changed.answer,
            answered_at=changed.answered_at,
            answered_by=changed.answered_by,
            revision=changed.revision + 1,
        )
        .returning(DirectiveRow.id)
    ).first()
    if written is None:
        raise Conflict(_who_was_faster(session, changed.public_id))
    _record(session, principal, changed.public_id, step, words, now)


def require_revision(session: Session, directive: Directive, seen: int) -> Directive:
    """The directive, when it still is what the person saw; raises Conflict."""
    if directive.revision != seen:
        raise Conflict(_who_was_faster(session, directive.public_id))
    return replace(directive, revision=seen)


def directives(session: Session, principal: Principal, organisation: Organisation, now: datetime) -> list[Directive]:
    """The directives of the principal's units, those not ended first, then by day; raises NotAllowed."""
    principal.require(Permission.SEE_DIRECTIVES)
    return _within(session, principal, organisation, now)


def directive(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> Directive:
    """One directive; raises NotAllowed, and NotFound also for what is another unit's."""
    principal.require(Permission.SEE_DIRECTIVES)
    units = visible_units(principal, organisation, local_day(now))
    row = session.scalar(select(DirectiveRow).where(DirectiveRow.public_id == public_id))
    if row is None or (units is not None and row.unit not in units):
        raise NotFound(public_id)
    return _directive(row)


def stored_directive(session: Session, public_id: str) -> Directive:
    """One directive whoever's it is, for a step that its own sender asks for; raises NotFound."""
    row = session.scalar(select(DirectiveRow).where(DirectiveRow.public_id == public_id))
    if row is None:
        raise NotFound(public_id)
    return _directive(row)


def directive_records(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> list[DirectiveRecord]:
    """Its steps, oldest first; raises NotAllowed, NotFound."""
    found = directive(session, principal, organisation, public_id, now)
    row = DirectiveRecordRow
    rows = session.scalars(select(row).where(row.directive == found.public_id).order_by(row.id))
    return [
        DirectiveRecord(each.at, DirectiveStep(each.step), each.actor, Role(each.role), each.words) for each in rows
    ]


def directive_counts(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> DirectiveCounts:
    """Counts of the principal's units and nothing else: what a wall may show."""
    principal.require(Permission.SEE_WALL)
    return counted(_within(session, principal, organisation, now, is_open=True), local_day(now))


def _within(
    session: Session, principal: Principal, organisation: Organisation, now: datetime, is_open: bool = False
) -> list[Directive]:
    units = visible_units(principal, organisation, local_day(now))
    ended = DirectiveRow.state.in_([state.value for state in sorted(ENDED)])
    question = select(DirectiveRow).order_by(ended, DirectiveRow.due_on, DirectiveRow.id)
    if units is not None:
        question = question.where(DirectiveRow.unit.in_(sorted(units)))
    # A count is never cut short; a list is.
    question = question.where(~ended) if is_open else question.limit(MOST)
    return [_directive(row) for row in session.scalars(question)]


def _record(
    session: Session, principal: Principal, public_id: str, step: DirectiveStep, words: str, now: datetime
) -> None:
    session.add(
        DirectiveRecordRow(
            directive=public_id,
            at=now,
            step=step.value,
            actor=principal.name,
            role=principal.role.value,
            words=words,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def _who_was_faster(session: Session, public_id: str) -> str:
    row = DirectiveRecordRow
    last = session.scalar(select(row).where(row.directive == public_id).order_by(row.id.desc()).limit(1))
    if last is None:
        raise NotFound(public_id)
    step = STEP_NAMES[DirectiveStep(last.step)]
    return f"Chỉ đạo đã được {last.actor} thay đổi ({step}) lúc {moment_words(last.at)}. Xem lại rồi thực hiện tiếp."


def _directive(row: DirectiveRow) -> Directive:
    return Directive(
        public_id=row.public_id,
        unit=row.unit,
        title=row.title,
        detail=row.detail,
        origin=DirectiveOrigin(row.origin),
        reference=row.reference,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        due_on=row.due_on,
        state=DirectiveState(row.state),
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        revision=row.revision,
    )

"""Append to the audit chain inside the caller's transaction, list it, and prove it untouched."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.audit import AuditEvent, AuditHead
from domain.permissions import Permission

GENESIS = "0" * 64
BATCH = 2_000
SUBJECT_LIMIT = 200


class AuditKeyMissing(RuntimeError):
    """A writing session without an audit key: the Database was built without one, so nothing may be recorded."""


@dataclass(frozen=True, slots=True)
class AuditLink:
    """A known link of the chain, kept outside the database: it finds a truncated or rolled back audit."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class AuditProblem:
    """The first row that is not as it was written."""

    sequence: int
    reason: str


def record_audit(
    session: Session,
    principal: Principal,
    action: str,
    subject: str,
    detail: Mapping[str, object] | str,
    now: datetime,
) -> AuditEvent:
    """Append who did what, in the caller's writing transaction; the lock on the head row orders concurrent writers.

    `action` is a short English code ("user_disabled"), `subject` an opaque identifier, `detail` a JSON-able mapping
    without names of citizens or debtors. Raises AuditKeyMissing.
    """
    key = session.info.get("audit_key", b"")
    if not key:
        raise AuditKeyMissing("no audit key in this session; build Database(address, audit_key=...)")
    head = _locked_head(session)
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=now.astimezone(UTC),
        actor_role=principal.role.value,
        actor_id=principal.public_id,
        actor_name=principal.name,
        actor_unit=principal.unit,
        action=action,
        subject=subject[:SUBJECT_LIMIT],
        detail=detail if isinstance(detail, str) else _canonical(detail),
        previous_hash=head.hash,
        hash="",
    )
    event.hash = _link_hash(event, key)
    session.add(event)
    head.sequence, head.hash = event.sequence, event.hash
    session.flush()
    return event


def audit_head(session: Session) -> AuditLink:
    """The newest link; sequence 0 and the genesis hash when nothing was recorded yet."""
    head = session.get(AuditHead, 1)
    return AuditLink(head.sequence, head.hash) if head else AuditLink(0, GENESIS)


def audit_events(
    session: Session, principal: Principal, before_sequence: int | None = None, limit: int = 50
) -> list[AuditEvent]:
    """The newest events first, `limit` of them, older than `before_sequence` when given; raises NotAllowed."""
    principal.require(Permission.SEE_AUDIT)
    question = select(AuditEvent).order_by(AuditEvent.sequence.desc()).limit(limit)
    if before_sequence is not None:
        question = question.where(AuditEvent.sequence < before_sequence)
    return list(session.scalars(question))


def verify_audit(session: Session, key: bytes, anchors: Sequence[AuditLink] = ()) -> AuditProblem | None:
    """Walk the whole chain from the first row; None when every row is as it was written.

    1. Each row has the next sequence, the previous row's hash, and the HMAC of its own values.
    2. The head row names the last row: a cut tail is found unless head and tail were rolled back together.
    3. Each anchor, kept outside the database, is found in the chain: a roll-back is found too.
    """
    wanted = {anchor.sequence: anchor.hash for anchor in anchors if anchor.sequence}
    sequence, previous = 0, GENESIS
    while rows := _rows_after(session, sequence):
        for row in rows:
            problem = _problem_of(row, sequence, previous, key)
            if problem is None and wanted.get(row.sequence, row.hash) != row.hash:
                problem = AuditProblem(row.sequence, "khác với dấu neo đã lưu ngoài cơ sở dữ liệu")
            if problem:
                return problem
            sequence, previous = row.sequence, row.hash
    head = audit_head(session)
    if (head.sequence, head.hash) != (sequence, previous):
        return AuditProblem(sequence + 1, "thiếu dòng cuối của nhật ký")
    lost = max(wanted, default=0)
    return AuditProblem(sequence + 1, "nhật ký ngắn hơn dấu neo đã lưu") if lost > sequence else None


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """A row whose stored values no longer have their types: somebody wrote around us."""

    sequence: int


def _rows_after(session: Session, sequence: int, most: int = BATCH) -> Sequence[Any]:
    """The next rows as plain tuples; when one cannot be read, the rows before it and then an _Unreadable."""
    question = select(*AuditEvent.__table__.c).where(AuditEvent.sequence > sequence).order_by(AuditEvent.sequence)
    try:
        return session.execute(question.limit(most)).all()
    except (ValueError, TypeError):
        return _rows_after(session, sequence, most // 2) if most > 1 else [_Unreadable(sequence + 1)]


def _problem_of(row: Any, sequence: int, previous: str, key: bytes) -> AuditProblem | None:
    if row.sequence != sequence + 1:
        return AuditProblem(sequence + 1, "thiếu dòng")
    if isinstance(row, _Unreadable):
        return AuditProblem(row.sequence, "nội dung không đọc được")
    if row.previous_hash != previous:
        return AuditProblem(row.sequence, "không nối với dòng trước")
    if not isinstance(row.hash, str) or not hmac.compare_digest(row.hash.encode(), _link_hash(row, key).encode()):
        return AuditProblem(row.sequence, "nội dung đã bị sửa")
    return None


def _locked_head(session: Session) -> AuditHead:
    """The head row, locked until the transaction ends; made when this is the first event ever."""
    locked = select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True)
    head = session.scalar(locked)
    if head is None:
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        first = insert(AuditHead).values(id=1, sequence=0, hash=GENESIS).on_conflict_do_nothing()
        session.execute(first)
        head = session.scalars(locked).one()
    return head


def _link_hash(event: Any, key: bytes) -> str:
    values = {
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_role": event.actor_role,
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "actor_unit": event.actor_unit,
        "action": event.action,
        "subject": event.subject,
        "detail": event.detail,
        "previous_hash": event.previous_hash,
    }
    return hmac.digest(key, _canonical(values).encode(), "sha256").hex()


# JSON that is the same bytes for the same values: sorted keys, no spaces, non-ASCII kept. Built once: a check of the
# whole audit encodes every row.
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode

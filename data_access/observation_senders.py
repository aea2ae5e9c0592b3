"""Systems that may push, each with a purpose and a sealed key of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.observations import ObservationSenderRow
from data_access.observations import TOPIC
from data_access.versions import bump_version
from domain.permissions import Permission


class SenderPurpose(StrEnum):
    """What a system may push."""

    FIGURES = "figures"
    ALERTS = "alerts"
    DIRECTIVES = "directives"


PURPOSE_NAMES = {
    SenderPurpose.FIGURES: "số liệu theo kỳ",
    SenderPurpose.ALERTS: "cảnh báo của thành phố",
    SenderPurpose.DIRECTIVES: "chỉ đạo của lãnh đạo thành phố",
}


@dataclass(frozen=True, slots=True)
class Sender:
    """A system that may push; `secret` is sealed. `heard_at` is its last push with a good signature, None before the
    first; `message` what became of it."""

    public_id: str
    name: str
    system: str
    secret: str
    is_enabled: bool
    created_by: str
    created_at: datetime
    heard_at: datetime | None = None
    message: str = ""
    purpose: SenderPurpose = SenderPurpose.FIGURES


def sender_by_id(session: Session, public_id: str) -> Sender | None:
    """One sender, asked before anybody is known: it takes no principal and answers nobody."""
    row = session.scalar(select(ObservationSenderRow).where(ObservationSenderRow.public_id == public_id))
    return None if row is None else _sender(row)


def senders(session: Session, principal: Principal) -> list[Sender]:
    """Every sender by name; needs ADMINISTER."""
    principal.require(Permission.ADMINISTER)
    return [_sender(row) for row in session.scalars(select(ObservationSenderRow).order_by(ObservationSenderRow.name))]


def heard_senders(session: Session, principal: Principal) -> list[Sender]:
    """Every sender by name without its key, to see when it was last heard; needs SEE_SOURCES."""
    principal.require(Permission.SEE_SOURCES)
    rows = session.scalars(select(ObservationSenderRow).order_by(ObservationSenderRow.name))
    return [replace(_sender(row), secret="") for row in rows]


def save_sender(session: Session, sender: Sender, now: datetime) -> None:
    """Add a sender, or store what of it changed, inside the caller's writing transaction."""
    row = session.scalar(select(ObservationSenderRow).where(ObservationSenderRow.public_id == sender.public_id))
    if row is None:
        row = ObservationSenderRow(
            public_id=sender.public_id, created_by=sender.created_by, created_at=sender.created_at, message=""
        )
        session.add(row)
    row.name, row.system, row.secret, row.is_enabled = sender.name, sender.system, sender.secret, sender.is_enabled
    row.purpose = sender.purpose.value
    session.flush()
    bump_version(session, TOPIC, now)


def save_sender_heard(session: Session, sender: Sender, message: str, now: datetime) -> None:
    """Remember that a sender pushed with a good signature, and what became of it."""
    row = ObservationSenderRow
    session.execute(update(row).where(row.public_id == sender.public_id).values(heard_at=now, message=message))
    bump_version(session, TOPIC, now)


def _sender(row: ObservationSenderRow) -> Sender:
    return Sender(
        row.public_id,
        row.name,
        row.system,
        row.secret,
        row.is_enabled,
        row.created_by,
        row.created_at,
        row.heard_at,
        row.message,
        SenderPurpose(row.purpose),
    )

"""Systems that are told of events by signed webhooks, each with a sealed key of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.outbox import WebhookReceiverRow
from data_access.versions import bump_version
from domain.permissions import Permission

TOPIC = "outbox"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Nơi nhận: who is told, where (an address), of which groups of events; `secret` is sealed. `failures` counts those
    in a row, `message` says the last one. Instants are aware UTC, None before the first time."""

    public_id: str
    name: str
    address: str
    secret: str
    groups: tuple[str, ...]
    is_enabled: bool
    created_by: str
    created_at: datetime
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    failures: int = 0
    message: str = ""
    retired_at: datetime | None = None


def enabled_receivers(session: Session) -> list[Receiver]:
    """Whoever is to be told, for the worker."""
    return [one for one in _living(session) if one.is_enabled]


def receivers(session: Session, principal: Principal) -> list[Receiver]:
    """Every receiver that was not removed, by name; needs SEE_SOURCES."""
    principal.require(Permission.SEE_SOURCES)
    return sorted(_living(session), key=lambda one: one.name)


def receiver_by_id(session: Session, public_id: str) -> Receiver | None:
    """One that was not removed; None for any other."""
    return next((one for one in _living(session) if one.public_id == public_id), None)


def save_receiver(session: Session, receiver: Receiver, now: datetime) -> None:
    """Add a receiver, or store what a person changed of it, inside the caller's writing transaction."""
    row = session.scalar(select(WebhookReceiverRow).where(WebhookReceiverRow.public_id == receiver.public_id))
    if row is None:
        row = WebhookReceiverRow(
            public_id=receiver.public_id,
            created_by=receiver.created_by,
            created_at=receiver.created_at,
            failures=0,
            message="",
        )
        session.add(row)
    row.name, row.address, row.secret = receiver.name, receiver.address, receiver.secret
    row.groups, row.is_enabled, row.retired_at = ",".join(receiver.groups), receiver.is_enabled, receiver.retired_at
    session.flush()
    bump_version(session, TOPIC, now)


def _living(session: Session) -> list[Receiver]:
    question = select(WebhookReceiverRow).where(WebhookReceiverRow.retired_at.is_(None))
    return [_receiver(row) for row in session.scalars(question.order_by(WebhookReceiverRow.id))]


def _receiver(row: WebhookReceiverRow) -> Receiver:
    return Receiver(
        public_id=row.public_id,
        name=row.name,
        address=row.address,
        secret=row.secret,
        groups=tuple(row.groups.split(",")),
        is_enabled=row.is_enabled,
        created_by=row.created_by,
        created_at=row.created_at,
        last_success_at=row.last_success_at,
        last_failure_at=row.last_failure_at,
        failures=row.failures,
        message=row.message,
        retired_at=row.retired_at,
    )

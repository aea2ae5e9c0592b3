"""Directives that arrived by push, by the sender's own number: what was made of each, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.directives import stored_directive
from data_access.models.directives import ReceivedDirectiveRow
from domain.directives import Directive


@dataclass(frozen=True, slots=True)
class ReceivedDirective:
    """A directive with the fingerprint of the words it arrived with."""

    directive: Directive
    fingerprint: str


def received_directive(session: Session, sender: str, reference: str) -> ReceivedDirective | None:
    """What a sender's number stands for; asked for the sender, whose signature held: no principal."""
    row = ReceivedDirectiveRow
    found = session.scalar(select(row).where(row.sender == sender, row.reference == reference))
    return None if found is None else ReceivedDirective(stored_directive(session, found.directive), found.fingerprint)


def save_received(
    session: Session, sender: str, reference: str, directive: str, fingerprint: str, now: datetime
) -> None:
    """Remember it, inside the caller's writing transaction."""
    session.add(
        ReceivedDirectiveRow(
            sender=sender, reference=reference, directive=directive, fingerprint=fingerprint, received_at=now
        )
    )
    session.flush()

"""Browsers that show a code and wait for an administrator: ask and save. Codes and secrets come in hashed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data_access.models.users import PairingRequest

MOST_OF_ONE_ADDRESS = 12
MOST_IN_ALL = 200


def request_by_secret(
    session: Session, secret_hash: str, now: datetime, *, locked: bool = False
) -> PairingRequest | None:
    """The living request of the browser that holds this secret; `locked` until the transaction ends."""
    asked = select(PairingRequest).where(PairingRequest.secret_hash == secret_hash, PairingRequest.expires_at > now)
    return session.scalar(asked.with_for_update() if locked else asked)


def request_by_code(session: Session, code_hash: str, now: datetime) -> PairingRequest | None:
    """The living request that shows this code and that nobody has taken, locked so that it is taken once."""
    asked = select(PairingRequest).where(
        PairingRequest.code_hash == code_hash, PairingRequest.expires_at > now, PairingRequest.screen_id.is_(None)
    )
    return session.scalar(asked.with_for_update())


def make_room(session: Session, address: str, now: datetime) -> None:
    """Forget what has expired, and the oldest requests of this address and of all, so that one more fits."""
    session.execute(delete(PairingRequest).where(PairingRequest.expires_at <= now))
    newest_first = select(PairingRequest.id).order_by(PairingRequest.id.desc())
    too_many_here = newest_first.where(PairingRequest.address == address).offset(MOST_OF_ONE_ADDRESS - 1)
    for beyond in (too_many_here, newest_first.offset(MOST_IN_ALL - 1)):
        session.execute(delete(PairingRequest).where(PairingRequest.id.in_(list(session.scalars(beyond)))))


def forget_request(session: Session, secret_hash: str) -> None:
    """The browser with this secret waits no longer."""
    session.execute(delete(PairingRequest).where(PairingRequest.secret_hash == secret_hash))


def forget_requests_of(session: Session, screen_id: int) -> None:
    """No browser waits for this screen any more."""
    session.execute(delete(PairingRequest).where(PairingRequest.screen_id == screen_id))

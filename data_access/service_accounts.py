"""Service accounts and their short-lived tokens: ask and save. Secrets and tokens come in hashed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.users import ServiceAccount, ServiceToken
from domain.feed import FeedScope, permissions_of, scopes_in
from domain.permissions import Permission, Role


@dataclass(frozen=True, slots=True)
class KnownSystem:
    """A service account as an administrator sees it; instants are aware UTC."""

    public_id: str
    name: str
    scopes: tuple[FeedScope, ...]
    created_at: datetime
    revoked_at: datetime | None
    last_token_at: datetime | None


def service_accounts(session: Session, principal: Principal) -> list[KnownSystem]:
    """Every service account, living ones first, by name; needs ADMINISTER."""
    principal.require(Permission.ADMINISTER)
    question = select(ServiceAccount).order_by(ServiceAccount.revoked_at.is_not(None), ServiceAccount.name)
    return [
        KnownSystem(
            row.public_id,
            row.name,
            tuple(sorted(scopes_in(row.scopes))),
            row.created_at,
            row.revoked_at,
            row.last_token_at,
        )
        for row in session.scalars(question)
    ]


def service_account(session: Session, public_id: str) -> ServiceAccount | None:
    """The living service account of this public id; asked before anybody is known."""
    living = ServiceAccount.revoked_at.is_(None)
    return session.scalar(select(ServiceAccount).where(ServiceAccount.public_id == public_id, living))


def save_token(session: Session, token: ServiceToken) -> None:
    """Store a new token and forget those that ran out."""
    session.execute(delete(ServiceToken).where(ServiceToken.expires_at <= token.created_at))
    session.add(token)
    session.flush()


def revoke_tokens(session: Session, account_id: int) -> None:
    """End every token of an account, from its next request on."""
    session.execute(delete(ServiceToken).where(ServiceToken.account_id == account_id))


def service_by_token(session: Session, token_hash: str, now: datetime) -> Principal | None:
    """Who holds this bearer token now, with its scopes; None when unknown, run out, or the account is revoked."""
    row = session.execute(
        select(ServiceAccount, ServiceToken.scopes)
        .join(ServiceToken, ServiceToken.account_id == ServiceAccount.id)
        .where(
            ServiceToken.token_hash == token_hash, ServiceToken.expires_at > now, ServiceAccount.revoked_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        return None
    account, scopes = row
    granted = permissions_of(scopes_in(scopes))
    return Principal(Role(account.role), account.public_id, account.name, account.unit, granted)

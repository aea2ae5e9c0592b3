"""Accounts of systems that read the feed: register, give a new secret, revoke; and a short token for a secret."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from sqlalchemy.orm import Session

from access.lifetimes import SERVICE_TOKEN_FOR
from access.principal import Principal
from access.tokens import new_public_id, new_token, token_hash
from data_access.audit import record_audit
from data_access.embeds import save_account_embeds_revoked
from data_access.models.users import ServiceAccount, ServiceToken
from data_access.service_accounts import revoke_tokens, save_token, service_account
from data_access.session import Database
from domain.feed import FeedScope, scopes_in
from domain.permissions import Permission, Role


class SystemRefused(ValueError):
    """The change was not made; the text is Vietnamese and can be shown."""


class SecretRefused(Exception):
    """No living account holds this secret: unknown, wrong and revoked look the same."""


class ScopeRefused(ValueError):
    """A scope was asked for that does not exist, or that the account does not hold."""


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A bearer token, told once; `lasts_seconds` from now."""

    token: str
    scopes: tuple[FeedScope, ...]
    lasts_seconds: int


def create_service_account(
    database: Database, principal: Principal, name: str, scopes: Collection[FeedScope], now: datetime
) -> tuple[str, str]:
    """A service account: its public id (client_id) and its secret, shown once; raises NotAllowed, SystemRefused."""
    principal.require(Permission.ADMINISTER)
    name = " ".join(name.split())[:80]
    if not name:
        raise SystemRefused("Đặt tên cho hệ thống.")
    if not scopes:
        raise SystemRefused("Chọn ít nhất một phạm vi đọc.")
    secret = new_token()
    granted = " ".join(sorted(scopes))
    account = ServiceAccount(
        public_id=new_public_id(),
        name=name,
        role=Role.IOC.value,
        token_hash=token_hash(secret),
        created_at=now,
        scopes=granted,
    )
    with database.writing() as session:
        session.add(account)
        record_audit(session, principal, "service_created", account.public_id, {"name": name, "scopes": granted}, now)
    return account.public_id, secret


def renew_secret(database: Database, principal: Principal, public_id: str, now: datetime) -> str:
    """Another secret, shown once; the old one, its tokens and the places that embed a scene by it end at once. Raises
    NotAllowed, SystemRefused."""
    secret = new_token()
    _change(database, principal, public_id, "service_renewed", now, secret=secret)
    return secret


def revoke_service_account(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Close an account for good, its tokens and the places that embed a scene by it too. Raises NotAllowed,
    SystemRefused."""
    _change(database, principal, public_id, "service_revoked", now)


def issue_token(database: Database, client_id: str, secret: str, asked: str, now: datetime) -> IssuedToken:
    """A token for ten minutes, of the scopes asked for or of all the account holds (OAuth2 client credentials, RFC 6749
    4.4); raises SecretRefused, ScopeRefused."""
    token = new_token()
    # Read first: who only guesses never takes the writers' lock.
    with database.reading() as session:
        _granted(session, client_id, secret, asked)
    with database.writing() as session:
        account, granted = _granted(session, client_id, secret, asked)
        account.last_token_at = now
        save_token(
            session,
            ServiceToken(
                token_hash=token_hash(token),
                account_id=account.id,
                scopes=" ".join(granted),
                created_at=now,
                expires_at=now + SERVICE_TOKEN_FOR,
            ),
        )
    return IssuedToken(token, granted, int(SERVICE_TOKEN_FOR.total_seconds()))


def _granted(session: Session, client_id: str, secret: str, asked: str) -> tuple[ServiceAccount, tuple[FeedScope, ...]]:
    """The account behind a secret and the scopes its token gets; raises SecretRefused, ScopeRefused."""
    account = service_account(session, client_id)
    if account is None or not compare_digest(account.token_hash, token_hash(secret)):
        raise SecretRefused(client_id)
    held = scopes_in(account.scopes)
    try:
        scopes = scopes_in(asked) or held
    except ValueError as error:
        raise ScopeRefused(str(error)) from error
    if not scopes <= held:
        raise ScopeRefused(" ".join(sorted(scopes - held)))
    return account, tuple(sorted(scopes))


def _change(
    database: Database, principal: Principal, public_id: str, action: str, now: datetime, secret: str = ""
) -> None:
    """Replace the secret, or revoke where there is none; either ends every token and every embedded scene."""
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        account = service_account(session, public_id)
        if account is None:
            raise SystemRefused("Không có hệ thống này, hoặc đã thu hồi.")
        if secret:
            account.token_hash = token_hash(secret)
        else:
            account.revoked_at = now
        revoke_tokens(session, account.id)
        ended = save_account_embeds_revoked(session, principal, public_id, account.name, now)
        record_audit(session, principal, action, public_id, {"name": account.name, "embeds": ended}, now)

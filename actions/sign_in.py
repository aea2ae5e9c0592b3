"""Sign in and out: braked, in constant work, every outcome in the audit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from access.brakes import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    AT_ADDRESS_LIMIT,
    after_success,
    after_try,
    brake_key,
)
from access.lifetimes import ADDRESS_KNOWN_FOR, SESSION_FOR
from access.passwords import password_matches
from access.principal import Principal
from access.tokens import new_token, token_hash
from data_access.audit import record_audit
from data_access.models.users import UserSession
from data_access.session import Database
from data_access.users import (
    account_by_public_id,
    account_by_sign_in_name,
    address_is_known,
    brakes,
    principal_of_account,
    revoke_session,
    save_brakes,
    save_session,
)

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
NOBODY = 0


class SignInRefused(Exception):
    """The sign-in did not happen; `message` is Vietnamese and the same for every wrong name or password."""

    def __init__(self, message: str, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.wait = wait


@dataclass(frozen=True, slots=True)
class SignedInUser:
    """The new session's token, to be put in a cookie, and who holds it."""

    token: str
    principal: Principal
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Admitted:
    """A try the brakes let through: whose hash to verify, and which brakes to ease when it succeeds."""

    account: str | None
    password_hash: str | None
    keys: dict[str, int]


def sign_in(database: Database, sign_in_name: str, password: str, address: str, now: datetime) -> SignedInUser:
    """Exchange a name and password for a new session; raises SignInRefused.

    1. Count the try on its brakes before anything is verified, so that parallel tries cannot slip through together.
    2. Verify outside any transaction, with the same work for an unknown name.
    3. Open a session with a fresh id, or record the refusal.
    """
    name = plain_name(sign_in_name)
    admitted = _admit(database, name, address, now)
    if isinstance(admitted, timedelta):
        raise SignInRefused(f"Sai quá nhiều lần. Thử lại sau {_spoken(admitted)}.", admitted)
    matches = password_matches(admitted.password_hash, password)
    with database.writing() as session:
        signed_in = _open(session, admitted, address, now) if matches else None
        if signed_in is None:
            subject = admitted.account or "unknown"
            record_audit(session, Principal.worker(), "sign_in_refused", subject, {"address": address}, now)
    if signed_in is None:
        raise SignInRefused(WRONG)
    return signed_in


def sign_out(database: Database, token: str, now: datetime) -> None:
    """End the session of this token; the cookie is worthless from the next request on. Silent when already ended."""
    with database.writing() as session:
        account = revoke_session(session, token_hash(token), "sign_out", now)
        if account is not None:
            record_audit(session, principal_of_account(account), "sign_out", account.public_id, {}, now)


def plain_name(sign_in_name: str) -> str:
    """A sign-in name as it is stored: composed, trimmed, lower case, of bounded length."""
    storable = sign_in_name[:200].encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return unicodedata.normalize("NFC", storable).strip().casefold()[:64]


def _admit(database: Database, name: str, address: str, now: datetime) -> _Admitted | timedelta:
    """Count the try; who is asked for, or how long to wait."""
    with database.writing() as session:
        account = account_by_sign_in_name(session, name)
        keys = {
            brake_key("at_address", name, address): AT_ADDRESS_LIMIT,
            brake_key("address", address): ADDRESS_LIMIT,
        }
        user_id = account.id if account else NOBODY
        if not address_is_known(session, user_id, address, now - ADDRESS_KNOWN_FOR):
            keys[brake_key("account", name)] = ACCOUNT_LIMIT
        before = brakes(session, keys, now)
        after = {key: after_try(before[key], limit, now) for key, limit in keys.items()}
        waits = [wait for brake in after.values() if (wait := brake.waits_for(now))]
        if not waits:
            save_brakes(session, after, now)
            return _Admitted(account.public_id if account else None, account.password_hash if account else None, keys)
        # A refused try counts on no brake except the one that has just closed.
        closed = {key: brake for key, brake in after.items() if brake.waits_for(now) and not before[key].waits_for(now)}
        if closed:
            save_brakes(session, closed, now)
            subject = account.public_id if account else "unknown"
            record_audit(session, Principal.worker(), "sign_in_braked", subject, {"address": address}, now)
        return max(waits)


def _open(session: Session, admitted: _Admitted, address: str, now: datetime) -> SignedInUser | None:
    """A new session, unless the account was disabled or its password changed while we verified."""
    account = account_by_public_id(session, admitted.account or "")
    if account is None or account.disabled_at is not None or account.password_hash != admitted.password_hash:
        return None
    eased = {key: after_success(brake) for key, brake in brakes(session, admitted.keys, now).items()}
    save_brakes(session, eased, now)
    token = new_token()
    expires_at = now + SESSION_FOR
    save_session(
        session,
        UserSession(
            token_hash=token_hash(token),
            user_id=account.id,
            address=address,
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
        ),
    )
    account.last_sign_in_at = now
    principal = principal_of_account(account)
    record_audit(session, principal, "sign_in", account.public_id, {"address": address}, now)
    return SignedInUser(token, principal, expires_at)


def _spoken(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    return f"{seconds} giây" if seconds < 90 else f"{round(seconds / 60)} phút"

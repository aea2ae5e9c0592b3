"""Accounts of people, their sessions and brakes: ask and save. Secrets come in hashed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from access.brakes import Brake
from access.principal import Principal
from data_access.models.users import SignInBrake, UserAccount, UserSession
from domain.permissions import Permission, Role


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a living session says: who, and when it was last written that they were here."""

    principal: Principal
    session_id: int
    last_seen_at: datetime


# Asked on every request of every person, so it is built once.
_LIVING_SESSION = (
    select(
        UserSession.id,
        UserSession.last_seen_at,
        UserAccount.public_id,
        UserAccount.sign_in_name,
        UserAccount.role,
        UserAccount.unit,
    )
    .join(UserAccount, UserAccount.id == UserSession.user_id)
    .where(
        UserSession.token_hash == bindparam("token_hash"),
        UserSession.revoked_at.is_(None),
        UserSession.expires_at > bindparam("now"),
        UserSession.last_seen_at > bindparam("seen_after"),
        UserAccount.disabled_at.is_(None),
    )
)


def principal_of_account(account: UserAccount) -> Principal:
    """The principal an account stands for."""
    return Principal(Role(account.role), account.public_id, account.sign_in_name, account.unit)


def accounts(session: Session, principal: Principal) -> list[UserAccount]:
    """Every account, living ones first, by sign-in name; raises NotAllowed."""
    principal.require(Permission.ADMINISTER)
    question = select(UserAccount).order_by(UserAccount.disabled_at.is_not(None), UserAccount.sign_in_name)
    return list(session.scalars(question))


def account_by_sign_in_name(session: Session, sign_in_name: str) -> UserAccount | None:
    """The account with this sign-in name (already normalised), disabled or not; asked before anybody is known."""
    return session.scalar(select(UserAccount).where(UserAccount.sign_in_name == sign_in_name))


def demo_accounts(session: Session) -> list[UserAccount]:
    """The accounts the demo made."""
    return list(session.scalars(select(UserAccount).where(UserAccount.is_demo)))


def account_by_public_id(session: Session, public_id: str) -> UserAccount | None:
    """The account with this public id."""
    return session.scalar(select(UserAccount).where(UserAccount.public_id == public_id))


def living_administrators(session: Session) -> int:
    """How many accounts could still administer."""
    question = select(UserAccount.id).where(
        UserAccount.role == Role.ADMINISTRATOR.value, UserAccount.disabled_at.is_(None)
    )
    return len(session.scalars(question).all())


def signed_in_by_token(session: Session, token_hash: str, now: datetime, idle_for: timedelta) -> SignedIn | None:
    """Who holds this session token now; None when unknown, ended, idle too long, or the account is disabled."""
    known = {"token_hash": token_hash, "now": now, "seen_after": now - idle_for}
    found = session.execute(_LIVING_SESSION, known).one_or_none()
    if found is None:
        return None
    principal = Principal(Role(found.role), found.public_id, found.sign_in_name, found.unit)
    return SignedIn(principal, found.id, found.last_seen_at)


def save_session(session: Session, entry: UserSession) -> None:
    """Store a new sign-in, and forget sessions that ended over a month ago."""
    session.execute(delete(UserSession).where(UserSession.expires_at < entry.created_at - timedelta(days=31)))
    session.add(entry)
    session.flush()


def save_seen(session: Session, session_id: int, now: datetime) -> None:
    """Write that the holder of this session was here."""
    session.execute(update(UserSession).where(UserSession.id == session_id).values(last_seen_at=now))


def revoke_session(session: Session, token_hash: str, because: str, now: datetime) -> UserAccount | None:
    """End the session of this token; the account it belonged to, or None when it was not alive."""
    entry = session.scalar(
        select(UserSession).where(UserSession.token_hash == token_hash, UserSession.revoked_at.is_(None))
    )
    if entry is None:
        return None
    entry.revoked_at, entry.revoked_because = now, because
    session.flush()
    return session.get(UserAccount, entry.user_id)


def revoke_sessions(session: Session, user_id: int, because: str, now: datetime) -> int:
    """End every living session of an account, from its next request on; how many."""
    living = select(UserSession).where(UserSession.user_id == user_id, UserSession.revoked_at.is_(None))
    entries = session.scalars(living).all()
    for entry in entries:
        entry.revoked_at, entry.revoked_because = now, because
    session.flush()
    return len(entries)


def address_is_known(session: Session, user_id: int, address: str, since: datetime) -> bool:
    """Whether the account signed in from this address since then."""
    question = select(
        exists().where(UserSession.user_id == user_id, UserSession.address == address, UserSession.created_at >= since)
    )
    return bool(session.scalar(question))


def brakes(session: Session, keys: Iterable[str], now: datetime) -> dict[str, Brake]:
    """The brakes of these keys, locked until the transaction ends, so that tries at the same moment are all counted."""
    wanted = sorted(keys)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    unused = [{"key": key, "tries": 0, "strikes": 0, "window_from_at": now} for key in wanted]
    session.execute(insert(SignInBrake).on_conflict_do_nothing(), unused)
    locked = select(SignInBrake).where(SignInBrake.key.in_(wanted)).order_by(SignInBrake.key).with_for_update()
    rows = session.scalars(locked.execution_options(populate_existing=True))
    return {row.key: Brake(row.window_from_at, row.tries, row.strikes, row.blocked_until_at) for row in rows}


def save_brakes(session: Session, changed: dict[str, Brake], now: datetime) -> None:
    """Store these brakes and forget those that moved for nobody in a day."""
    session.execute(delete(SignInBrake).where(SignInBrake.window_from_at < now - timedelta(days=1)))
    for key, brake in changed.items():
        session.merge(
            SignInBrake(
                key=key,
                tries=brake.tries,
                strikes=brake.strikes,
                window_from_at=brake.window_from_at,
                blocked_until_at=brake.blocked_until_at,
            )
        )
    session.flush()

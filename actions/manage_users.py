"""Accounts of people: create, disable, re-enable, reset, change role; each ends its sessions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.brakes import AT_ADDRESS_LIMIT, after_try, brake_key
from access.passwords import hash_password, new_password, password_matches, password_problem
from access.principal import Principal
from access.tokens import new_public_id
from actions.sign_in import plain_name
from data_access.audit import record_audit
from data_access.models.users import UserAccount
from data_access.session import Database
from data_access.users import (
    account_by_public_id,
    account_by_sign_in_name,
    brakes,
    demo_accounts,
    living_administrators,
    revoke_sessions,
    save_brakes,
)
from domain.permissions import PEOPLE, ROLES_OF_ONE_UNIT, Permission, Role

SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")


class UserRefused(ValueError):
    """The change was not made; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class CreatedUser:
    """A new way in. The password exists only here: show it once."""

    public_id: str
    sign_in_name: str
    role: Role
    password: str


def create_user(
    database: Database,
    principal: Principal,
    sign_in_name: str,
    role: Role,
    unit: str | None,
    known_units: Collection[str],
    now: datetime,
    password: str | None = None,
) -> CreatedUser:
    """A new account, with a random password unless one is given; raises NotAllowed, UserRefused."""
    principal.require(Permission.ADMINISTER)
    name = plain_name(sign_in_name)
    if not SIGN_IN_NAME.fullmatch(name):
        raise UserRefused("Tên đăng nhập gồm 3–32 ký tự: chữ thường không dấu, số, dấu chấm, gạch.")
    if password is not None and (problem := password_problem(password, name)):
        raise UserRefused(problem)
    _check_scope(role, unit, known_units)
    password = password or new_password()
    stored = hash_password(password)
    with database.writing() as session:
        if account_by_sign_in_name(session, name):
            raise UserRefused("Tên đăng nhập này đã có.")
        account = _new_account(name, role, unit, stored, now)
        session.add(account)
        detail = {"sign_in_name": name, "role": role.value, "unit": unit}
        record_audit(session, principal, "user_created", account.public_id, detail, now)
    return CreatedUser(account.public_id, name, role, password)


def disable_user(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Close an account and end its sessions; raises NotAllowed, UserRefused for oneself and the last administrator."""
    principal.require(Permission.ADMINISTER)
    if public_id == principal.public_id:
        raise UserRefused("Không thể khóa chính tài khoản đang dùng.")

    def close(session: Session, account: UserAccount) -> None:
        _keep_an_administrator(session, account)
        account.disabled_at = now

    _change(database, principal, public_id, "user_disabled", {}, close, now)


def enable_user(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Open a disabled account again; raises NotAllowed, UserRefused."""

    def reopen(_session: Session, account: UserAccount) -> None:
        if account.is_demo:
            raise UserRefused("Tài khoản demo chỉ mở khi chạy demo.")
        account.disabled_at = None

    _change(database, principal, public_id, "user_enabled", {}, reopen, now)


def reset_password(database: Database, principal: Principal, public_id: str, now: datetime) -> str:
    """Replace a forgotten password; the new one, to be shown once. Raises NotAllowed, UserRefused."""
    password = new_password()
    stored = hash_password(password)

    def replace(_session: Session, account: UserAccount) -> None:
        account.password_hash, account.password_changed_at = stored, now

    _change(database, principal, public_id, "password_reset", {}, replace, now)
    return password


def change_role(
    database: Database,
    principal: Principal,
    public_id: str,
    role: Role,
    unit: str | None,
    known_units: Collection[str],
    now: datetime,
) -> None:
    """Give an account another role or unit, from its next request on; raises NotAllowed, UserRefused."""
    principal.require(Permission.ADMINISTER)
    _check_scope(role, unit, known_units)

    def give(session: Session, account: UserAccount) -> None:
        if role is not Role.ADMINISTRATOR:
            _keep_an_administrator(session, account)
        account.role, account.unit = role.value, unit

    _change(database, principal, public_id, "role_changed", {"role": role.value, "unit": unit}, give, now)


def change_own_password(database: Database, principal: Principal, current: str, wanted: str, now: datetime) -> None:
    """Replace one's own password and end all one's sessions, this one too; raises UserRefused."""
    if problem := password_problem(wanted, principal.name):
        raise UserRefused(problem)
    with database.writing() as session:
        key = brake_key("own_password", principal.public_id)
        brake = after_try(brakes(session, [key], now)[key], AT_ADDRESS_LIMIT, now)
        save_brakes(session, {key: brake}, now)
        account = account_by_public_id(session, principal.public_id)
        known = account.password_hash if account else None
    if brake.waits_for(now):
        raise UserRefused("Sai quá nhiều lần. Chờ ít phút rồi thử lại.")
    if not password_matches(known, current):
        raise UserRefused("Mật khẩu hiện tại không đúng.")
    stored = hash_password(wanted)
    with database.writing() as session:
        account = account_by_public_id(session, principal.public_id)
        if account is None or account.password_hash != known:
            raise UserRefused("Mật khẩu vừa được đổi ở nơi khác.")
        account.password_hash, account.password_changed_at = stored, now
        revoke_sessions(session, account.id, "password_changed", now)
        record_audit(session, principal, "password_changed", principal.public_id, {}, now)


def create_demo_accounts(database: Database, head_unit: str, password: str, now: datetime) -> list[CreatedUser]:
    """One account per role, all with this password (empty: a random one); the department head gets `head_unit`.

    Only DEMO calls this. The accounts are marked, so that `close_demo_accounts` shuts them when DEMO is off.
    """
    password = password or new_password()
    stored = hash_password(password)
    people = {
        "lanhdao": (Role.LEADER, None),
        "truongdonvi": (Role.DEPARTMENT_HEAD, head_unit),
        "truc": (Role.OPERATOR, None),
        "quantri": (Role.ADMINISTRATOR, None),
    }
    made = []
    with database.writing() as session:
        for name, (role, unit) in people.items():
            account = account_by_sign_in_name(session, name) or _new_account(name, role, unit, stored, now)
            if account.id is not None and not account.is_demo:
                raise UserRefused(f"Tài khoản {name} đã có và không phải tài khoản demo.")
            if not password_matches(account.password_hash, password):
                account.password_hash, account.password_changed_at = stored, now
                revoke_sessions(session, account.id, "password_reset", now)
            account.is_demo, account.disabled_at = True, None
            account.role, account.unit = role.value, unit
            session.add(account)
            made.append(CreatedUser(account.public_id, name, role, password))
        record_audit(session, Principal.worker(), "demo_accounts_opened", "demo", {"count": len(made)}, now)
    return made


def close_demo_accounts(database: Database, now: datetime) -> int:
    """Disable every account the demo made: what app and worker do first when DEMO is off. How many were open."""
    with database.writing() as session:
        still_open = [account for account in demo_accounts(session) if account.disabled_at is None]
        for account in still_open:
            account.disabled_at = now
            revoke_sessions(session, account.id, "demo_closed", now)
        if still_open:
            record_audit(session, Principal.worker(), "demo_accounts_closed", "demo", {"count": len(still_open)}, now)
    return len(still_open)


def _change(
    database: Database,
    principal: Principal,
    public_id: str,
    action: str,
    detail: dict[str, object],
    change: Callable[[Session, UserAccount], None],
    now: datetime,
) -> None:
    """Change one account, end its sessions, write it in the audit."""
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        account = account_by_public_id(session, public_id)
        if account is None:
            raise UserRefused("Không có tài khoản này.")
        change(session, account)
        revoke_sessions(session, account.id, action, now)
        record_audit(session, principal, action, public_id, detail, now)


def _new_account(name: str, role: Role, unit: str | None, stored: str, now: datetime) -> UserAccount:
    return UserAccount(
        public_id=new_public_id(),
        sign_in_name=name,
        role=role.value,
        unit=unit,
        password_hash=stored,
        created_at=now,
        password_changed_at=now,
        is_demo=False,
    )


def _check_scope(role: Role, unit: str | None, known_units: Collection[str]) -> None:
    if role not in PEOPLE:
        raise UserRefused("Vai trò này không dành cho người dùng.")
    if role in ROLES_OF_ONE_UNIT and not unit:
        raise UserRefused("Vai trò này cần một đơn vị.")
    if role not in ROLES_OF_ONE_UNIT and unit:
        raise UserRefused("Vai trò này xem toàn tỉnh, không gắn với một đơn vị.")
    if unit and unit not in known_units:
        raise UserRefused("Không có đơn vị này.")


def _keep_an_administrator(session: Session, account: UserAccount) -> None:
    is_last = account.role == Role.ADMINISTRATOR and account.disabled_at is None and living_administrators(session) == 1
    if is_last:
        raise UserRefused("Phải còn ít nhất một quản trị viên.")

"""Accounts: who may make and close them, and that every change ends the account's sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from people_support import CAST, CHIEF, PASSWORD, UNITS, a_person

from access.lifetimes import IDLE_FOR
from access.passwords import password_matches, password_problem
from access.principal import NotAllowed, Principal
from access.tokens import token_hash
from actions.manage_users import (
    UserRefused,
    change_own_password,
    change_role,
    close_demo_accounts,
    create_demo_accounts,
    create_user,
    disable_user,
    enable_user,
    reset_password,
)
from actions.sign_in import SignInRefused, sign_in
from data_access.audit import audit_events, verify_audit
from data_access.session import Database
from data_access.users import account_by_sign_in_name, accounts, signed_in_by_token
from domain.permissions import Role


def may_still_come_in(database: Database, token: str, now: datetime) -> bool:
    with database.reading() as session:
        return signed_in_by_token(session, token_hash(token), now, IDLE_FOR) is not None


def test_a_new_account_gets_a_strong_password_shown_once(database: Database, now: datetime) -> None:
    created = create_user(database, CHIEF, "Nguoi.Truc", Role.OPERATOR, None, UNITS, now)
    assert created.sign_in_name == "nguoi.truc"
    assert password_problem(created.password) is None
    with database.reading() as session:
        account = account_by_sign_in_name(session, "nguoi.truc")
        assert account is not None and password_matches(account.password_hash, created.password)
        assert created.password not in str(audit_events(session, CHIEF)[0].detail)


@pytest.mark.parametrize(
    ("name", "role", "unit", "words"),
    [
        ("tr", Role.OPERATOR, None, "Tên đăng nhập gồm"),
        ("trực", Role.OPERATOR, None, "Tên đăng nhập gồm"),
        ("a b c", Role.OPERATOR, None, "Tên đăng nhập gồm"),
        ("truong", Role.DEPARTMENT_HEAD, None, "cần một đơn vị"),
        ("truong", Role.DEPARTMENT_HEAD, "KHONGCO", "Không có đơn vị"),
        ("lanhdao", Role.LEADER, "PHUVANG", "toàn tỉnh"),
        ("manhinh", Role.SCREEN, None, "không dành cho người dùng"),
        ("hethong", Role.WORKER, None, "không dành cho người dùng"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(
    database: Database, now: datetime, name: str, role: Role, unit: str | None, words: str
) -> None:
    with pytest.raises(UserRefused, match=words):
        create_user(database, CHIEF, name, role, unit, UNITS, now)


def test_a_weak_password_and_a_taken_name_are_refused(database: Database, now: datetime) -> None:
    with pytest.raises(UserRefused, match="ít nhất 14"):
        create_user(database, CHIEF, "truc", Role.OPERATOR, None, UNITS, now, "ngan")
    a_person(database, "truc", now)
    with pytest.raises(UserRefused, match="đã có"):
        a_person(database, "truc", now)


CHANGES: dict[str, Callable[[Database, Principal, str, datetime], object]] = {
    "disable": disable_user,
    "reset": reset_password,
    "role": lambda database, by, who, now: change_role(database, by, who, Role.LEADER, None, UNITS, now),
    "unit": lambda database, by, who, now: change_role(database, by, who, Role.DEPARTMENT_HEAD, "PHULOC", UNITS, now),
    "enable": enable_user,
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_ends_the_sessions_of_the_account(database: Database, now: datetime, change: str) -> None:
    person = a_person(database, "truong.phuvang", now)
    token = sign_in(database, person.name, PASSWORD, "10.0.0.7", now).token
    other = a_person(database, "truc", now)
    others = sign_in(database, other.name, PASSWORD, "10.0.0.7", now).token
    CHANGES[change](database, CHIEF, person.public_id, now)
    assert not may_still_come_in(database, token, now)
    assert may_still_come_in(database, others, now)
    with database.reading() as session:
        assert verify_audit(session, database.audit_key) is None


@pytest.mark.parametrize("change", CHANGES)
def test_only_an_administrator_changes_accounts(database: Database, now: datetime, change: str) -> None:
    for name in CAST.keys() - {"quantri"}:
        person = a_person(database, name, now)
        for subject in (person.public_id, "other"):
            with pytest.raises(NotAllowed):
                CHANGES[change](database, person, subject, now)


def test_nobody_else_creates_or_lists_accounts(database: Database, now: datetime) -> None:
    leader = a_person(database, "lanhdao", now)
    with pytest.raises(NotAllowed):
        create_user(database, leader, "abc", Role.ADMINISTRATOR, None, UNITS, now)
    with database.reading() as session, pytest.raises(NotAllowed):
        accounts(session, leader)


def test_the_last_administrator_stays(database: Database, now: datetime) -> None:
    first = a_person(database, "quantri", now)
    with pytest.raises(UserRefused, match="ít nhất một quản trị"):
        disable_user(database, CHIEF, first.public_id, now)
    with pytest.raises(UserRefused, match="ít nhất một quản trị"):
        change_role(database, CHIEF, first.public_id, Role.LEADER, None, UNITS, now)
    second = create_user(database, CHIEF, "quantri2", Role.ADMINISTRATOR, None, UNITS, now)
    with pytest.raises(UserRefused, match="chính tài khoản"):
        disable_user(database, first, first.public_id, now)
    disable_user(database, first, second.public_id, now)


def test_a_forgotten_password_is_replaced_and_the_old_one_is_dead(database: Database, now: datetime) -> None:
    person = a_person(database, "truc", now)
    password = reset_password(database, CHIEF, person.public_id, now)
    with pytest.raises(SignInRefused):
        sign_in(database, "truc", PASSWORD, "10.0.0.7", now)
    assert sign_in(database, "truc", password, "10.0.0.7", now).principal == person


def test_changing_ones_own_password_needs_the_old_one_and_ends_all_sessions(database: Database, now: datetime) -> None:
    person = a_person(database, "truc", now)
    token = sign_in(database, "truc", PASSWORD, "10.0.0.7", now).token
    with pytest.raises(UserRefused, match="hiện tại không đúng"):
        change_own_password(database, person, "wrong", "Song-Huong-2027!", now)
    with pytest.raises(UserRefused, match="ít nhất 14"):
        change_own_password(database, person, PASSWORD, "ngan", now)
    change_own_password(database, person, PASSWORD, "Song-Huong-2027!", now)
    assert not may_still_come_in(database, token, now)
    assert sign_in(database, "truc", "Song-Huong-2027!", "10.0.0.7", now).principal == person


def test_a_thief_of_a_session_cannot_guess_the_password_at_leisure(database: Database, now: datetime) -> None:
    person = a_person(database, "truc", now)
    for _ in range(5):
        with pytest.raises(UserRefused, match="hiện tại không đúng"):
            change_own_password(database, person, "wrong", "Song-Huong-2027!", now)
    with pytest.raises(UserRefused, match="quá nhiều lần"):
        change_own_password(database, person, PASSWORD, "Song-Huong-2027!", now)


def test_the_demo_opens_one_account_per_role_with_one_password(database: Database, now: datetime) -> None:
    made = create_demo_accounts(database, "PHUVANG", "", now)
    assert {user.role for user in made} == {
        Role.LEADER,
        Role.DEPARTMENT_HEAD,
        Role.OPERATOR,
        Role.ADMINISTRATOR,
    }
    assert len({user.password for user in made}) == 1
    head = sign_in(database, "truongdonvi", made[0].password, "127.0.0.1", now)
    assert head.principal.unit == "PHUVANG"


def test_a_fixed_demo_password_keeps_sessions_over_a_restart_and_another_one_ends_them(
    database: Database, now: datetime
) -> None:
    create_demo_accounts(database, "PHUVANG", "demo", now)
    token = sign_in(database, "quantri", "demo", "127.0.0.1", now).token
    create_demo_accounts(database, "PHUVANG", "demo", now)
    assert may_still_come_in(database, token, now)
    create_demo_accounts(database, "PHUVANG", "other", now)
    assert not may_still_come_in(database, token, now)


def test_without_demo_its_accounts_are_shut(database: Database, now: datetime) -> None:
    made = create_demo_accounts(database, "PHUVANG", "demo", now)
    token = sign_in(database, "quantri", "demo", "127.0.0.1", now).token
    assert close_demo_accounts(database, now) == 4
    assert close_demo_accounts(database, now) == 0
    assert not may_still_come_in(database, token, now)
    with pytest.raises(SignInRefused):
        sign_in(database, "quantri", "demo", "127.0.0.1", now)
    with pytest.raises(UserRefused, match="chỉ mở khi chạy demo"):
        enable_user(database, CHIEF, made[0].public_id, now)


def test_the_demo_never_takes_over_a_real_account(database: Database, now: datetime) -> None:
    a_person(database, "quantri", now)
    with pytest.raises(UserRefused, match="không phải tài khoản demo"):
        create_demo_accounts(database, "PHUVANG", "demo", now)

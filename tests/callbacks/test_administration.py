"""/administration as a person uses it: windows, changes, secrets shown once, refusals in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from gate_support import STRANGER, Site, build, call, sign_in, valid_bodies
from people_support import CHIEF, PASSWORD
from sqlalchemy import text
from werkzeug.test import TestResponse

from components import ids
from data_access.audit import audit_events, verify_audit
from data_access.screens import screen_by_name, screens
from data_access.users import account_by_sign_in_name
from domain.units import Organisation


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Iterator[Site]:
    built = build(tmp_path, sqlite_template, organisation, now)
    yield built
    built.database.close()


@pytest.fixture
def admin(site: Site) -> FlaskClient:
    return site.as_("quantri")


def ask(
    site: Site, client: FlaskClient, outputs: tuple[str, ...], trigger: Any, value: object = 1, **values: object
) -> TestResponse:
    """Run the callback that writes `outputs` and listens to `trigger`, with these values of its inputs and states."""
    text_of = trigger if isinstance(trigger, str) else json.dumps(trigger, sort_keys=True, separators=(",", ":"))
    for body in valid_bodies(site.app).values():
        sent = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
        if tuple(each["id"] for each in sent) != outputs:
            continue
        flat = [each for item in body["inputs"] for each in (item if isinstance(item, list) else [item])]
        if not any(
            each["id"] == trigger or isinstance(trigger, dict) and isinstance(each["id"], dict) for each in flat
        ):
            continue
        for item in body["inputs"] + body["state"]:
            for each in item if isinstance(item, list) else [item]:
                if isinstance(each["id"], dict) and isinstance(trigger, dict):
                    each["id"], each["value"] = trigger, value
                elif each["id"] == trigger:
                    each["value"] = value
                elif isinstance(each["id"], str) and each["id"] in values:
                    each["value"] = values[each["id"]]
        body["changedPropIds"] = [f"{text_of}.n_clicks"]
        return call(client, body)
    raise AssertionError(f"no callback writes {outputs} on {trigger}")


def words_of(answer: TestResponse) -> str:
    """The answer with its Vietnamese readable; '' when there was nothing to update."""
    return json.dumps(answer.get_json(), ensure_ascii=False, separators=(",", ":")) if answer.status_code == 200 else ""


def ask_users(site: Site, client: FlaskClient, trigger: Any) -> str:
    return words_of(ask(site, client, (ids.USERS_WINDOW,), trigger))


def confirm_user(site: Site, client: FlaskClient, action: str, user: str = "", **fields: object) -> TestResponse:
    values = {ids.USERS_CHOSEN: {"action": action, "user": user}, **fields}
    return ask(site, client, (ids.USERS_WINDOW, ids.USERS_CHANGED), ids.USERS_CONFIRM, **values)


def confirm_screen(site: Site, client: FlaskClient, action: str, screen: str = "", **fields: object) -> TestResponse:
    values = {ids.SCREENS_CHOSEN: {"action": action, "screen": screen}, **fields}
    return ask(site, client, (ids.SCREENS_WINDOW, ids.SCREENS_CHANGED), ids.SCREENS_CONFIRM, **values)


def shown_code(answer: TestResponse) -> str:
    """The secret in a window."""
    found = re.search(r'"children":"([^"]+)"\},"type":"Code"', words_of(answer))
    assert found, words_of(answer)
    return found[1]


def users_list(site: Site, client: FlaskClient) -> str:
    body = valid_bodies(site.app)[f"{ids.USERS_LIST}.children"]
    return words_of(call(client, body))


def test_a_new_account_signs_in_with_the_password_shown_once(site: Site, admin: FlaskClient) -> None:
    opened = ask_users(site, admin, ids.USERS_ADD)
    assert "Thêm người dùng" in opened and ids.USERS_NAME in opened
    fields = {ids.USERS_NAME: "truong.phuvang", ids.USERS_ROLE: "department_head", ids.USERS_UNIT: "PHUVANG"}
    password = shown_code(confirm_user(site, admin, "create", **fields))
    assert sign_in(site.as_(STRANGER), "truong.phuvang", password).status_code == 303
    listed = users_list(site, admin)
    assert "truong.phuvang" in listed and "Phú Vang" in listed
    assert password not in listed
    with site.database.engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM user_account")).all())
        stored += str(connection.execute(text("SELECT * FROM audit_event")).all())
    assert password not in stored


@pytest.mark.parametrize(
    ("name", "role", "unit", "words"),
    [
        ("Nguyễn Văn A", "operator", "", "Tên đăng nhập gồm"),
        ("truong", "department_head", "", "cần một đơn vị"),
        ("truong", "department_head", "KHONGCO", "Không có đơn vị"),
        ("truc", "worker", "", "không dành cho người dùng"),
        ("truc", "emperor", "", "Không có vai trò"),
        (None, None, None, "Không có vai trò"),
        ({"$ne": 1}, ["operator"], 7, "Không có vai trò"),
        ("quantri", "operator", "", "đã có"),
    ],
)
def test_a_refused_account_keeps_the_window_open_with_the_reason(
    site: Site, admin: FlaskClient, name: object, role: object, unit: object, words: str
) -> None:
    fields = {ids.USERS_NAME: name, ids.USERS_ROLE: role, ids.USERS_UNIT: unit}
    answer = confirm_user(site, admin, "create", **fields)
    assert answer.status_code == 200
    assert words in words_of(answer) and ids.USERS_CONFIRM in words_of(answer)
    if isinstance(name, str):
        assert name in words_of(answer)


def test_row_buttons_ask_first_and_then_change(site: Site, admin: FlaskClient) -> None:
    site.as_("truc")
    user = site.people["truc"].public_id
    victim = site.as_("truc")
    assert "Khóa tài khoản: truc" in ask_users(site, admin, ids.user_button("disable", user))
    assert victim.get("/_dash-layout").status_code == 200, "asking changes nothing"
    assert confirm_user(site, admin, "disable", user).status_code == 200
    assert victim.get("/_dash-layout").status_code == 401
    assert "Đã khóa" in users_list(site, admin)
    confirm_user(site, admin, "enable", user)
    assert sign_in(site.as_(STRANGER), "truc", PASSWORD).status_code == 303
    password = shown_code(confirm_user(site, admin, "reset", user))
    assert sign_in(site.as_(STRANGER), "truc", password).status_code == 303
    confirm_user(site, admin, "role", user, **{ids.USERS_ROLE: "leader", ids.USERS_UNIT: "PHUVANG"})
    with site.database.reading() as session:
        account = account_by_sign_in_name(session, "truc")
        assert account is not None and (account.role, account.unit) == ("leader", None)
        done = [event.action for event in audit_events(session, CHIEF)]
        assert verify_audit(session, site.database.audit_key) is None
    assert [action for action in done if action.startswith(("user_", "password", "role"))][:4] == [
        "role_changed",
        "password_reset",
        "user_enabled",
        "user_disabled",
    ]


def test_an_administrator_cannot_lock_the_door_behind_themselves(site: Site, admin: FlaskClient) -> None:
    me = site.people["quantri"].public_id
    assert "chính tài khoản" in words_of(confirm_user(site, admin, "disable", me))
    answer = confirm_user(site, admin, "role", me, **{ids.USERS_ROLE: "leader"})
    assert "ít nhất một quản trị" in words_of(answer)
    assert admin.get("/_dash-layout").status_code == 200


@pytest.mark.parametrize("chosen", [None, 7, [], {}, {"action": "drop"}, {"action": {}, "user": []}, "create"])
def test_a_forged_choice_changes_nothing(site: Site, admin: FlaskClient, chosen: object) -> None:
    with site.database.reading() as session:
        before = len(audit_events(session, CHIEF))
    values = {ids.USERS_CHOSEN: chosen}
    answer = ask(site, admin, (ids.USERS_WINDOW, ids.USERS_CHANGED), ids.USERS_CONFIRM, **values)
    assert answer.status_code in (200, 204)
    values = {ids.SCREENS_CHOSEN: chosen}
    answer = ask(site, admin, (ids.SCREENS_WINDOW, ids.SCREENS_CHANGED), ids.SCREENS_CONFIRM, **values)
    assert answer.status_code in (200, 204)
    with site.database.reading() as session:
        assert len(audit_events(session, CHIEF)) == before


def test_a_window_that_appears_confirms_nothing_by_itself(site: Site, admin: FlaskClient) -> None:
    chosen = {"action": "create", "user": ""}
    answer = ask(
        site, admin, (ids.USERS_WINDOW, ids.USERS_CHANGED), ids.USERS_CONFIRM, None,
        **{ids.USERS_CHOSEN: chosen, ids.USERS_NAME: "truc", ids.USERS_ROLE: "operator"},
    )  # fmt: skip
    assert answer.status_code in (200, 204)
    with site.database.reading() as session:
        assert account_by_sign_in_name(session, "truc") is None


def test_a_screen_is_added_paired_and_revoked(site: Site, admin: FlaskClient) -> None:
    fields = {ids.SCREENS_NAME: "Sảnh tầng 1", ids.SCREENS_UNIT: "PHUVANG"}
    code = shown_code(confirm_screen(site, admin, "create", **fields))
    wall = site.as_(STRANGER)
    assert wall.get(f"/wall?code={code}").status_code == 303
    with site.database.reading() as session:
        screen = screen_by_name(session, "Sảnh tầng 1")
        assert screen is not None and screen.unit == "PHUVANG"
    listing = words_of(call(admin, valid_bodies(site.app)[f"{ids.SCREENS_LIST}.children"]))
    assert "Đã ghép" in listing and "Phú Vang" in listing and code not in listing
    asked = ask(site, admin, (ids.SCREENS_WINDOW,), ids.screen_button("revoke", screen.public_id))
    assert "Thu hồi: Sảnh tầng 1" in words_of(asked)
    confirm_screen(site, admin, "revoke", screen.public_id)
    with site.database.reading() as session:
        assert screens(session, CHIEF)[0].revoked_at is not None


def test_a_new_code_moves_a_screen(site: Site, admin: FlaskClient) -> None:
    confirm_screen(site, admin, "create", **{ids.SCREENS_NAME: "Sảnh", ids.SCREENS_UNIT: ""})
    with site.database.reading() as session:
        screen = screen_by_name(session, "Sảnh")
    assert screen is not None and screen.unit is None
    code = shown_code(confirm_screen(site, admin, "code", screen.public_id))
    assert site.as_(STRANGER).get(f"/wall?code={code}").status_code == 303
    assert "Đã có màn hình" in words_of(confirm_screen(site, admin, "create", **{ids.SCREENS_NAME: "Sảnh"}))


def test_the_audit_is_paged_checked_and_says_what_is_wrong(site: Site, admin: FlaskClient) -> None:
    for _ in range(60):
        site.as_("truc")
    draw = (ids.AUDIT_LIST, ids.AUDIT_OLDEST_SHOWN)
    first = ask(site, admin, draw, ids.AUDIT_NEWEST)
    oldest = first.get_json()["response"][ids.AUDIT_OLDEST_SHOWN]["data"]
    assert words_of(first).count('"type":"Tr"') == 51
    older = ask(site, admin, draw, ids.AUDIT_OLDER, **{ids.AUDIT_OLDEST_SHOWN: oldest})
    assert older.get_json()["response"][ids.AUDIT_OLDEST_SHOWN]["data"] == 1
    assert "Thêm người dùng" in words_of(older) and "Đăng nhập" in words_of(first)
    assert "toàn vẹn" in words_of(ask(site, admin, (ids.AUDIT_RESULT,), ids.AUDIT_CHECK))
    with site.database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_event_keeps_values"))
        connection.execute(text("UPDATE audit_event SET actor_name = 'ai khac' WHERE sequence = 2"))
    assert "sai từ dòng 2" in words_of(ask(site, admin, (ids.AUDIT_RESULT,), ids.AUDIT_CHECK))


def test_what_somebody_typed_is_never_markup_in_the_audit(site: Site, admin: FlaskClient) -> None:
    confirm_screen(site, admin, "create", **{ids.SCREENS_NAME: "<img src=x onerror=alert(1)>"})
    drawn = words_of(ask(site, admin, (ids.AUDIT_LIST, ids.AUDIT_OLDEST_SHOWN), ids.AUDIT_NEWEST))
    assert "DangerouslySet" not in drawn and '"type":"Markdown"' not in drawn

"""/administration as a person uses it: windows, changes, secrets shown once, refusals in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from gate_support import STRANGER, Site, build, call, pair, sign_in, store_of, valid_bodies, wait
from gate_support import shown_code as code_on
from people_support import CHIEF, PASSWORD
from sqlalchemy import text
from werkzeug.test import TestResponse

from components import ids
from data_access.audit import audit_events, verify_audit
from data_access.models.users import Screen
from data_access.screens import screen_by_name, screen_settings, screen_states, screens
from data_access.users import account_by_sign_in_name
from domain.screens import NightHours, ScreenOrders, ScreenSettings
from domain.units import Organisation

SCREEN_ASKED = (ids.SCREENS_WINDOW, ids.SCREENS_ORDERED)
SCREEN_CONFIRMED = (ids.SCREENS_WINDOW, ids.SCREENS_CHANGED, ids.SCREENS_ORDERED)


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
    if isinstance(trigger, dict):
        trigger, value = store_of(trigger), trigger
    for body in valid_bodies(site.app).values():
        sent = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
        if tuple(each["id"] for each in sent) != outputs:
            continue
        changed = [f"{trigger}.{each['property']}" for each in body["inputs"] if each["id"] == trigger]
        if not changed:
            continue
        for item in body["inputs"] + body["state"]:
            for each in item if isinstance(item, list) else [item]:
                if each["id"] == trigger:
                    each["value"] = value
                elif isinstance(each["id"], str) and each["id"] in values:
                    each["value"] = values[each["id"]]
        body["changedPropIds"] = changed
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
    return ask(site, client, SCREEN_CONFIRMED, ids.SCREENS_CONFIRM, **values)


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
    answer = ask(site, admin, SCREEN_CONFIRMED, ids.SCREENS_CONFIRM, **values)
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


def screens_list(site: Site, client: FlaskClient) -> str:
    return words_of(call(client, valid_bodies(site.app)[f"{ids.SCREENS_LIST}.children"]))


def screen_named(site: Site, name: str) -> Screen:
    with site.database.reading() as session:
        found = screen_by_name(session, name)
        assert found is not None
        return found


def test_a_screen_is_paired_with_all_its_settings_and_revoked(site: Site, admin: FlaskClient) -> None:
    tv = site.as_(STRANGER)
    opened = words_of(ask(site, admin, SCREEN_ASKED, ids.SCREENS_ADD))
    assert ids.SCREENS_CODE in opened and "Toàn cảnh" in opened and "22:00" in opened
    fields = {
        ids.SCREENS_CODE: code_on(tv), ids.SCREENS_NAME: "Sảnh tầng 1", ids.SCREENS_PLACE: "tường tây",
        ids.SCREENS_UNIT: "PHUVANG", ids.SCREENS_DIAGONAL: "55", ids.SCREENS_PANELS: "1", ids.SCREENS_DISTANCE: "3,5",
        ids.SCREENS_NIGHT_FROM: "22:00", ids.SCREENS_NIGHT_TO: "5:30", ids.SCREENS_NIGHT_DAYS: [0, 1, 2],
        ids.SCREENS_EXPIRES: "31/12/2027",
    }  # fmt: skip
    said = words_of(confirm_screen(site, admin, "pair", **fields))
    assert "Đã ghép Sảnh tầng 1" in said
    assert "Chờ" in screens_list(site, admin)
    assert wait(tv).get_json()["state"] == "paired"
    screen = screen_named(site, "Sảnh tầng 1")
    assert screen_settings(screen) == ScreenSettings(
        "Sảnh tầng 1", "PHUVANG", "tường tây", 55.0, 1, 3.5, (),
        NightHours(time(22), time(5, 30), frozenset({0, 1, 2})), datetime(2027, 12, 31, 17, tzinfo=UTC),
    )  # fmt: skip
    listing = screens_list(site, admin)
    assert "Phú Vang" in listing and "chưa báo lần nào" in listing and "đến hết 31/12/2027" in listing
    assert "chữ 23′ ở 3,5 m" in listing
    asked = words_of(ask(site, admin, SCREEN_ASKED, ids.screen_button("revoke", screen.public_id)))
    assert "Thu hồi: Sảnh tầng 1" in asked
    confirm_screen(site, admin, "revoke", screen.public_id)
    assert "Đã thu hồi" in screens_list(site, admin)


def test_what_was_typed_stays_when_it_is_refused(site: Site, admin: FlaskClient) -> None:
    fields: dict[str, object] = {ids.SCREENS_CODE: "AAAA-AAAA", ids.SCREENS_NAME: "Sảnh"}
    for wrong, words in (
        ({}, "Mã ghép không đúng"),
        ({ids.SCREENS_DIAGONAL: "to"}, "phải là một số"),
        ({ids.SCREENS_DIAGONAL: "nan"}, "phải là một số"),
        ({ids.SCREENS_DIAGONAL: "4"}, "Đường chéo từ 10"),
        ({ids.SCREENS_PANELS: "1.5"}, "số nguyên"),
        ({ids.SCREENS_NIGHT_FROM: "25:00", ids.SCREENS_NIGHT_TO: "5:00"}, "Giờ đêm viết như"),
        ({ids.SCREENS_NIGHT_FROM: "22:00"}, "Giờ đêm viết như"),
        ({ids.SCREENS_EXPIRES: "31/13/2027"}, "Ngày cuối viết như"),
        ({ids.SCREENS_EXPIRES: "31/12/9999"}, "Ngày cuối viết như"),
        ({ids.SCREENS_EXPIRES: "01/01/2020"}, "phía trước"),
        ({ids.SCREENS_UNIT: "KHONGCO"}, "Không có đơn vị"),
        ({ids.SCREENS_NAME: ["x"]}, "Tên màn hình cần"),
        ({ids.SCREENS_NIGHT_DAYS: "x", ids.SCREENS_NIGHT_FROM: "22:00", ids.SCREENS_NIGHT_TO: "5:00"}, "ít nhất một"),
    ):
        answer = words_of(confirm_screen(site, admin, "pair", **{**fields, **wrong}))
        assert words in answer and "AAAA-AAAA" in answer, wrong


def test_settings_are_shown_as_they_are_and_changed(site: Site, admin: FlaskClient) -> None:
    pair(site, site.as_(STRANGER))
    with site.database.reading() as session:
        before = screens(session, CHIEF)[0]
    window = words_of(ask(site, admin, SCREEN_ASKED, ids.screen_button("settings", before.public_id)))
    assert f"Cài đặt: {before.name}" in window and ids.SCREENS_CODE not in window
    fields = {ids.SCREENS_NAME: "Phòng họp", ids.SCREENS_UNIT: "PHULOC"}
    assert "Đã lưu" in words_of(confirm_screen(site, admin, "settings", before.public_id, **fields))
    assert screen_named(site, "Phòng họp").unit == "PHULOC"


def test_orders_are_given_from_the_row(site: Site, admin: FlaskClient) -> None:
    tv = site.as_(STRANGER)
    public_id = pair(site, tv)
    said = words_of(ask(site, admin, SCREEN_ASKED, ids.screen_button("identify", public_id)))
    assert "hiện tên trong 30 giây" in said
    ask(site, admin, SCREEN_ASKED, ids.screen_button("reload", public_id))
    assert "Chuyển cảnh" in words_of(ask(site, admin, SCREEN_ASKED, ids.screen_button("goto", public_id)))
    confirm_screen(site, admin, "goto", public_id, **{ids.SCREENS_SCENE: "cases"})
    assert "không chiếu" in words_of(confirm_screen(site, admin, "goto", public_id, **{ids.SCREENS_SCENE: "far"}))
    with site.database.reading() as session:
        assert screen_states(session)[public_id].orders == ScreenOrders(1, 1, 1, "cases")
    assert "Không có màn hình" in words_of(ask(site, admin, SCREEN_ASKED, ids.screen_button("reload", "nobody")))


def test_a_screen_is_moved_with_the_code_of_another_glass(site: Site, admin: FlaskClient) -> None:
    old, new = site.as_(STRANGER), site.as_(STRANGER)
    public_id = pair(site, old)
    assert "Thiết bị cũ mất quyền" in words_of(ask(site, admin, SCREEN_ASKED, ids.screen_button("again", public_id)))
    said = words_of(confirm_screen(site, admin, "again", public_id, **{ids.SCREENS_CODE: code_on(new)}))
    assert "Đã ghép lại" in said
    assert wait(new).get_json()["state"] == "paired"
    site.clock.skip(timedelta(seconds=5))
    assert old.get("/wall").location == "/pairing?lost=1"


@pytest.mark.parametrize("address", ["", "#", "#x", "#users", "#AAAA-AAAA-AAAA", "#<b>AAAA", 7, None, ["#AAAA-AAAA"]])
def test_only_a_code_behind_the_hash_opens_the_window(site: Site, admin: FlaskClient, address: object) -> None:
    where = (ids.SCREENS_WINDOW, ids.ADMINISTRATION_TABS)
    assert "Ghép" not in words_of(ask(site, admin, where, ids.SCREENS_ADDRESS, address))
    opened = words_of(ask(site, admin, where, ids.SCREENS_ADDRESS, "#k3t9-7qxa"))
    assert "K3T9-7QXA" in opened and '"active_tab":"screens"' in opened


def test_the_form_says_what_the_sizes_mean(site: Site, admin: FlaskClient) -> None:
    def said(**sizes: object) -> str:
        values = {ids.SCREENS_PANELS: "1", ids.SCREENS_DISTANCE: sizes["distance"]}
        return words_of(ask(site, admin, (ids.SCREENS_LEGIBILITY,), ids.SCREENS_DIAGONAL, sizes["diagonal"], **values))

    assert "Bố cục chi tiết: chữ" in said(diagonal="75", distance="3")
    assert "Bố cục xa: chữ" in said(diagonal="55", distance="4")
    assert "Dưới 16′ không đọc được" in said(diagonal="43", distance="20")
    assert "khai đường chéo" in said(diagonal="", distance="3")
    for hostile in ("-5", "0", "1e999", "nan", "x", 7, None, ["x"]):
        said(diagonal=hostile, distance="3")
        said(diagonal="55", distance=hostile)


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
    fields = {ids.SCREENS_NAME: "<img src=x onerror=alert(1)>", ids.SCREENS_CODE: code_on(site.as_(STRANGER))}
    assert "Đã ghép" in words_of(confirm_screen(site, admin, "pair", **fields))
    drawn = words_of(ask(site, admin, (ids.AUDIT_LIST, ids.AUDIT_OLDEST_SHOWN), ids.AUDIT_NEWEST))
    assert "DangerouslySet" not in drawn and '"type":"Markdown"' not in drawn

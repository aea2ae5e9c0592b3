"""/alarm-rules as an administrator uses it: what is in force, windows, previews, refusals in words; nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alarm_support import CAMERA, NOW, store_alarms
from flask.testing import FlaskClient
from gate_support import Site, build, call, store_of, valid_bodies

from components import ids
from data_access.limits import wall_limits_in_force
from data_access.maintenance import windows_not_over
from domain.local_time import local_day
from domain.units import Organisation

TODAY = local_day(NOW)
FILLED = {ids.RULES_FROM: f"{TODAY:%d/%m/%Y}", ids.RULES_REASON: "theo thực tế"}
RULE = {
    **FILLED,
    ids.RULES_ON_DELAY: "600",
    ids.RULES_OFF_DELAY: "60",
    ids.RULES_LATCHES: "yes",
    ids.RULES_PRIORITY: "0",
    ids.RULES_HYSTERESIS: "0",
    ids.RULES_IS_ON: "on",
    ids.RULES_TASKS: "Gọi trực ban",
    ids.RULES_PROCEDURE: "CAM-02",
    ids.RULES_OWNER: "operator",
    ids.RULES_BASIS: "",
}

# What stands on a tab is drawn when that tab is open.
TAB_OF = {
    ids.RULES_LIST: "rules",
    ids.RULES_LIMITS: "limits",
    ids.RULES_TERMS: "terms",
    ids.MAINTENANCE_LIST: "maintenance",
}


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    built = build(tmp_path, sqlite_template, organisation, NOW)
    yield built
    built.database.close()


@pytest.fixture
def admin(site: Site) -> FlaskClient:
    return site.as_("quantri")


def answer(site: Site, client: FlaskClient, output: str, trigger: Any = None, **values: object) -> str:
    """What the callback that first writes `output` says when `trigger` was clicked, with these values sent."""
    values = {ids.RULES_TABS: TAB_OF.get(output, ""), **values}
    pressed: Any = 1
    if isinstance(trigger, dict):
        trigger, pressed = store_of(trigger), trigger
    for body in valid_bodies(site.app).values():
        sent = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
        listens = [f"{trigger}.{each['property']}" for each in body["inputs"] if each["id"] == trigger]
        if sent[0]["id"] != output or (trigger is not None and not listens):
            continue
        for each in body["inputs"] + body["state"]:
            if each["id"] == trigger:
                each["value"] = pressed
            elif each["id"] in values:
                each["value"] = values[each["id"]]
        if trigger is not None:
            body["changedPropIds"] = listens
        reply = call(client, body)
        return json.dumps(reply.get_json(), ensure_ascii=False) if reply.status_code == 200 else str(reply.status_code)
    raise AssertionError(output)


def confirm(site: Site, client: FlaskClient, action: str, code: str, seen: int = 0, **values: object) -> str:
    chosen = {"action": action, "code": code, "seen": str(seen)}
    return answer(site, client, ids.RULES_WINDOW, ids.RULES_CONFIRM, **{ids.RULES_CHOSEN: chosen, **values})


def preview(site: Site, client: FlaskClient, action: str, code: str, **values: object) -> str:
    chosen = {"action": action, "code": code, "seen": "0"}
    return answer(site, client, ids.RULES_PREVIEWED, ids.RULES_PREVIEW, **{ids.RULES_CHOSEN: chosen, **values})


def test_what_nobody_has_decided_is_marked_as_a_sample(site: Site, admin: FlaskClient) -> None:
    rules, limits = answer(site, admin, ids.RULES_LIST), answer(site, admin, ids.RULES_LIMITS)
    for drawn in (rules, limits):
        assert "Dữ liệu mẫu" in drawn and "Theo bản cài đặt" in drawn and "chưa thay đổi gì" in drawn
    assert "Camera mất tín hiệu" in rules and "Lịch bảo trì dài nhất" in limits
    assert "Nhập thời hạn" in answer(site, admin, ids.RULES_TERMS)


def test_a_limit_is_changed_shown_and_in_force(site: Site, admin: FlaskClient) -> None:
    opened = answer(site, admin, ids.RULES_WINDOW, ids.rule_button("limit", "overdue_clocks"))
    assert "Sửa ngưỡng" in opened and "số nguyên" in opened
    assert "Giá trị" in confirm(site, admin, "limit", "overdue_clocks", **FILLED, **{ids.RULES_VALUE: "0"})
    assert "Đã lưu" in confirm(site, admin, "limit", "overdue_clocks", **FILLED, **{ids.RULES_VALUE: "5"})
    drawn = answer(site, admin, ids.RULES_LIMITS)
    assert "từ 24/11/2026" in drawn and "quantri" in drawn and "theo thực tế" in drawn
    with site.database.reading() as session:
        assert wall_limits_in_force(session, TODAY).overdue_clocks == 5


def test_a_preview_counts_what_is_on_record_and_stores_nothing(site: Site, admin: FlaskClient) -> None:
    begins = NOW - timedelta(hours=20)
    store_alarms(site.database, NOW - timedelta(days=3), CAMERA)
    store_alarms(site.database, NOW - timedelta(days=3) + timedelta(minutes=5))
    store_alarms(site.database, NOW - timedelta(days=3) + timedelta(minutes=9))
    store_alarms(site.database, begins, CAMERA)
    said = preview(site, admin, "rule", "camera_link", **RULE)
    assert "Hôm qua quy tắc này sẽ báo 1 lần (hiện tại: 1)" in said
    shorter = preview(site, admin, "rule", "camera_link", **{**RULE, ids.RULES_OFF_DELAY: "0"})
    assert "Không đủ dữ liệu" in shorter and "sẽ báo" not in shorter
    assert "giây" in preview(site, admin, "rule", "camera_link", **{**RULE, ids.RULES_ON_DELAY: "x"})
    assert "Hôm qua không có lượt" in preview(site, admin, "limit", "waiting", **FILLED, **{ids.RULES_VALUE: "30"})
    assert "chưa thay đổi gì" in answer(site, admin, ids.RULES_LIST)


def test_a_rule_is_switched_off_and_the_second_person_is_told(site: Site, admin: FlaskClient) -> None:
    assert "Sửa quy tắc" in answer(site, admin, ids.RULES_WINDOW, ids.rule_button("rule", "camera_link"))
    assert "Đã lưu" in confirm(site, admin, "rule", "camera_link", **{**RULE, ids.RULES_IS_ON: "off"})
    assert "Đã tắt: theo thực tế" in answer(site, admin, ids.RULES_LIST)
    assert "quantri vừa thay đổi" in confirm(site, admin, "rule", "camera_link", **RULE)
    assert "Đã lưu" in confirm(site, admin, "rule", "camera_link", 1, **RULE)


def test_a_term_is_entered_and_listed(site: Site, admin: FlaskClient) -> None:
    assert "giữ quy định cũ" in answer(site, admin, ids.RULES_WINDOW, ids.rule_button("term", "D09"))
    typed = {
        ids.RULES_FROM: "01/07/2026",
        ids.RULES_REASON: "có văn bản mới",
        ids.RULES_QUANTITY: "15",
        ids.RULES_UNIT: "days",
        ids.RULES_STATUS: "Cơ quan xác nhận",
    }
    assert "Ghi căn cứ" in confirm(site, admin, "term", "D09", **typed)
    assert "Đã lưu" in confirm(site, admin, "term", "D09", **typed, **{ids.RULES_BASIS: "NĐ mới Đ5"})
    drawn = answer(site, admin, ids.RULES_TERMS)
    assert "NĐ mới Đ5" in drawn and "15 ngày" in drawn


def test_work_is_announced_listed_and_ended(site: Site, admin: FlaskClient) -> None:
    typed = {
        ids.MAINTENANCE_UNIT: "*",
        ids.MAINTENANCE_WHAT: "source:cameras",
        ids.MAINTENANCE_ENDS: "11:00 24/11/2026",
        ids.MAINTENANCE_REASON: "thay nguồn điện",
    }
    assert "lý do" in answer(site, admin, ids.MAINTENANCE_RESULT, ids.MAINTENANCE_ANNOUNCE)
    said = answer(site, admin, ids.MAINTENANCE_RESULT, ids.MAINTENANCE_ANNOUNCE, **typed)
    assert "Đã đặt lịch" in said
    with site.database.reading() as session:
        (window,) = windows_not_over(session, NOW)
    assert window.unit == ""
    assert "thay nguồn điện" in answer(site, admin, ids.MAINTENANCE_LIST)
    ends = ids.maintenance_button("end", window.public_id)
    assert "Đã kết thúc" in answer(site, admin, ids.MAINTENANCE_RESULT, ends)
    assert "không còn" in answer(site, admin, ids.MAINTENANCE_RESULT, ends)
    assert "Kết thúc sớm bởi quantri" in answer(site, admin, ids.MAINTENANCE_LIST)


@pytest.mark.parametrize("hostile", [7, None, ["x"], {"a": 1}, "x" * 5000, "9" * 400, "<b>", "\x00"])
def test_whatever_a_page_sends_is_refused_in_words(site: Site, admin: FlaskClient, hostile: object) -> None:
    fields = (ids.RULES_FROM, ids.RULES_ON_DELAY, ids.RULES_OWNER, ids.RULES_PRIORITY, ids.RULES_REASON)
    for field in fields:
        said = confirm(site, admin, "rule", "camera_link", **{**RULE, field: hostile})
        assert said == "400" or ("desk-failure" in said and "Đã lưu" not in said), field
    said = confirm(site, admin, "rule", "camera_link", **{**RULE, ids.RULES_CHOSEN: hostile})
    assert said == "400" or "Đã lưu" not in said
    assert "chưa thay đổi gì" in answer(site, admin, ids.RULES_LIST)


@pytest.mark.parametrize("who", ["truc", "lanhdao", "truong.phuvang"])
def test_nobody_else_sees_or_changes_anything(site: Site, who: str) -> None:
    client = site.as_(who)
    assert client.get("/alarm-rules").status_code in {403, 404}
    for output in (ids.RULES_LIST, ids.RULES_LIMITS, ids.RULES_TERMS, ids.MAINTENANCE_LIST):
        assert answer(site, client, output) in {"401", "403"}


def test_a_change_that_is_still_to_come_is_shown_and_said_in_the_form(site: Site, admin: FlaskClient) -> None:
    later = {**FILLED, ids.RULES_FROM: "01/12/2026", ids.RULES_VALUE: "7"}
    assert "Đã lưu" in confirm(site, admin, "limit", "overdue_clocks", **later)
    assert "từ 01/12/2026" in answer(site, admin, ids.RULES_LIMITS)
    opened = answer(site, admin, ids.RULES_WINDOW, ids.rule_button("limit", "overdue_clocks"))
    assert "Đã có thay đổi sẽ có hiệu lực từ 01/12/2026" in opened


def test_a_step_without_a_term_in_force_is_said_first_and_no_sample_stands_in(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation
) -> None:
    real = build(tmp_path, sqlite_template, organisation, NOW, demo=False)
    drawn = answer(real, real.as_("quantri"), ids.RULES_TERMS)
    assert "chưa có thời hạn hiệu lực" in drawn and "hết hiệu lực 30/06/2026" in drawn
    assert "Dữ liệu mẫu" not in drawn
    assert drawn.index("chưa có thời hạn hiệu lực") < drawn.index("Đã đối chiếu văn bản")
    real.database.close()

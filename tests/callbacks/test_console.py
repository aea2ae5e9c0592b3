"""The console behind its gate: scope, what was seen, refusals that keep what was typed, a flood."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alarm_support import CAMERA, CROWD, NOW, PACE, store_alarms
from gate_support import Site, build, call, valid_bodies

from components import ids
from domain.alarms import Alarm
from domain.units import Organisation


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


@pytest.fixture
def alarms(site: Site) -> dict[str, Alarm]:
    """The three of the support, by rule; nobody has acknowledged one."""
    return {alarm.rule: alarm for alarm in store_alarms(site.database, NOW, CROWD, CAMERA, PACE).alarms}


def asked(site: Site, who: str, output: str, trigger: str = "", **sent: Any) -> str:
    """What the callback that writes `output` answers; `sent` are the values the page has, by the constants of ids."""
    values = {getattr(ids, name): value for name, value in sent.items()}
    for body in valid_bodies(site.app).values():
        outputs = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
        if output in [each["id"] for each in outputs]:
            for item in (*body["inputs"], *body["state"]):
                item["value"] = 1 if item["id"] == trigger else values.get(item["id"])
            if trigger:
                body["changedPropIds"] = body["parsedChangedPropsIds"] = [f"{trigger}.n_clicks"]
            return json.dumps(call(site.as_(who), body).get_json(), ensure_ascii=False)
    raise AssertionError(output)


def answered(site: Site, who: str, button: str, alarm: Alarm, **sent: Any) -> str:
    seen = {"alarm": alarm.public_id, "revision": alarm.revision}
    return asked(site, who, ids.CONSOLE_SAID, button, **{"CONSOLE_FILTER": {}, "CONSOLE_SEEN": seen, **sent})


def test_the_worst_comes_first_with_its_steps_and_counts(site: Site, alarms: dict[str, Alarm]) -> None:
    drawn = asked(site, "truc", ids.CONSOLE_LIST, CONSOLE_FILTER={})
    assert drawn.index("Tụ tập") < drawn.index("Camera mất tín hiệu")
    for words in ("1 khẩn cấp", "2 cao", "2,0 cảnh báo / 10 phút", "Đang mở 3", "quy trình AN-01", "Chưa xác nhận"):
        assert words in drawn, words
    assert "Cảnh báo dồn dập" not in drawn


def test_a_head_sees_the_own_unit_and_is_told_nothing_of_another(site: Site, alarms: dict[str, Alarm]) -> None:
    known = {"alarm": alarms["camera_link"].public_id}
    drawn = asked(site, "truong.phuvang", ids.CONSOLE_LIST, CONSOLE_FILTER=known)
    assert "Không có cảnh báo này" in drawn and "Tụ tập" in drawn and "Camera mất tín hiệu" not in drawn
    said = answered(site, "truong.phuvang", ids.CONSOLE_ACKNOWLEDGE, alarms["camera_link"])
    assert "Không có cảnh báo này" in said


def test_what_is_shown_stays_when_a_worse_one_comes(site: Site, alarms: dict[str, Alarm]) -> None:
    seen = {"alarm": alarms["camera_link"].public_id, "revision": 1}
    drawn = json.loads(asked(site, "truc", ids.CONSOLE_LIST, CONSOLE_FILTER={}, CONSOLE_SEEN=seen))
    assert drawn["response"][ids.CONSOLE_SEEN]["data"]["alarm"] == seen["alarm"]


def test_an_answer_is_written_and_only_what_it_used_is_emptied(site: Site, alarms: dict[str, Alarm]) -> None:
    said = answered(
        site, "truc", ids.CONSOLE_ASSIGN, alarms["camera_link"], CONSOLE_UNIT="PHULOC", CONSOLE_NOTE="đang gọi"
    )
    response = json.loads(said)["response"]
    assert "Đã ghi" in said and response[ids.CONSOLE_UNIT]["value"] == "" and ids.CONSOLE_NOTE not in response
    assert "Đã giao Phú Lộc" in asked(site, "truc", ids.CONSOLE_LIST, CONSOLE_FILTER={})


def test_whoever_is_second_keeps_what_was_typed_and_reads_why(site: Site, alarms: dict[str, Alarm]) -> None:
    answered(site, "truc", ids.CONSOLE_ACKNOWLEDGE, alarms["security_gathering"])
    said = answered(site, "truong.phuvang", ids.CONSOLE_NOTED, alarms["security_gathering"], CONSOLE_NOTE="đã cử người")
    assert "vừa thay đổi bởi truc" in said and ids.CONSOLE_NOTE not in json.loads(said)["response"]


@pytest.mark.parametrize(
    ("button", "sent", "words"),
    [
        (ids.CONSOLE_ASSIGN, {"CONSOLE_PERSON": "Nguyễn Văn X"}, "không ghi họ tên"),
        (ids.CONSOLE_ASSIGN, {}, "Chọn nơi nhận việc"),
        (ids.CONSOLE_SHELVE, {"CONSOLE_REASON": ""}, "cần có lý do"),
        (ids.CONSOLE_SETTLE, {"CONSOLE_OUTCOME": ""}, "Chọn kết quả"),
        (ids.CONSOLE_ACKNOWLEDGE, {"CONSOLE_FILTER": {"alarm": "another"}}, "Chưa hiện xong"),
        (ids.CONSOLE_ACKNOWLEDGE, {"CONSOLE_SEEN": None}, "Chưa hiện xong"),
    ],
)
def test_a_refusal_is_in_words(
    site: Site, alarms: dict[str, Alarm], button: str, sent: dict[str, Any], words: str
) -> None:
    assert words in answered(site, "truc", button, alarms["camera_link"], **sent)


def test_a_flood_is_said_and_grouped(site: Site) -> None:
    store_alarms(site.database, NOW, *(replace(CAMERA, subject=str(number)) for number in range(12)))
    drawn = asked(site, "truc", ids.CONSOLE_LIST, CONSOLE_FILTER={})
    assert "Cảnh báo dồn dập" in drawn and "Phú Lộc · Camera · 12" in drawn
    site.clock.skip(timedelta(minutes=11))
    assert "Cảnh báo dồn dập" not in asked(site, "truc", ids.CONSOLE_LIST, CONSOLE_FILTER={})


def test_nothing_open_and_nothing_found_are_different_words(site: Site) -> None:
    assert "Không có cảnh báo đang mở" in asked(site, "truc", ids.CONSOLE_LIST, CONSOLE_FILTER={})
    found = asked(site, "truc", ids.CONSOLE_LIST, CONSOLE_FILTER={}, CONSOLE_SEARCH="abc")
    assert "khớp lời tìm" in found


def test_cameras_nobody_reads_are_unknown_and_no_zero(site: Site, alarms: dict[str, Alarm]) -> None:
    drawn = asked(site, "truc", ids.CONSOLE_CONTEXT, CONSOLE_SEEN={"unit": "PHULOC"})
    assert "chưa kết nối" in drawn and "0/0" not in drawn


def test_of_several_alarms_those_refused_are_named_and_the_others_are_written(
    site: Site, alarms: dict[str, Alarm]
) -> None:
    crowd, camera = alarms["security_gathering"], alarms["camera_link"]
    answered(site, "quantri", ids.CONSOLE_ACKNOWLEDGE, crowd)
    picked = [{"alarm": one.public_id, "revision": one.revision} for one in (crowd, camera)]
    said = answered(site, "truc", ids.CONSOLE_ACKNOWLEDGE, crowd, CONSOLE_PICKED=picked)
    assert "Đã ghi 1/2." in said and "Tụ tập trước trụ sở, Phú Vang: " in said and "quantri" in said
    drawn = asked(site, "truc", ids.CONSOLE_LIST, CONSOLE_FILTER={"alarm": camera.public_id})
    assert "Đã xác nhận · truc" in drawn

"""The city's centre warns and directs over HTTP: with its own key, told what became of each, nobody else at all."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from city_alert_support import a_message, info
from gate_support import ORIGIN, STRANGER, Site, build
from push_support import signed_headers
from werkzeug.test import TestResponse

from domain.units import Organisation

ALERT = {
    "id": "W-1",
    "sent_at": "2026-11-23T09:20:00+07:00",
    "kind": "flood",
    "severity": "severe",
    "headline": "Ngập",
    "areas": [{"codes": ["PHUVANG"]}],
}
DIRECTIVE = {"id": "CD-1", "title": "Trực bão", "unit": "PHUVANG", "due_on": "2026-11-24"}
WHAT = {"alerts": "/api/city-alerts", "directives": "/api/directives"}


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Site:
    return build(tmp_path, sqlite_template, organisation, now)


def registered(site: Site, what: str) -> tuple[str, str]:
    """The address path and the key of a system that an administrator registers on the page."""
    form = {"do": "add", "name": f"IOC {what}", "what": f"{what}/"}
    page = site.as_("quantri").post("/observations/senders", data=form, headers=ORIGIN).get_data(as_text=True)
    key, path = re.search(r"whsec_[\w+/=]+", page), re.search(rf"{WHAT[what]}/[\w-]+", page)
    assert key is not None and path is not None
    return path[0], key[0]


def push(site: Site, path: str, key: str, body: str, kind: str = "application/json") -> TestResponse:
    signed = signed_headers(key, body)
    return site.as_(STRANGER).post(path, data=body.encode(), headers=signed, content_type=kind)


def test_warnings_are_taken_as_a_list_and_as_cap(site: Site) -> None:
    path, key = registered(site, "alerts")
    told = push(site, path, key, json.dumps({"alerts": [ALERT, {**ALERT, "id": ""}]}))
    assert told.status_code == 200 and told.json is not None
    assert (told.json["accepted"], [each["field"] for each in told.json["refused"]]) == (1, ["id"])
    cap = push(site, path, key, a_message(info()).decode(), "application/cap+xml; charset=utf-8")
    assert cap.json == {"accepted": 1, "unchanged": 0, "refused": []}


def test_a_directive_is_taken_and_its_state_told(site: Site) -> None:
    path, key = registered(site, "directives")
    body = json.dumps({"directives": [DIRECTIVE]})
    for accepted in (1, 0):
        told = push(site, path, key, body)
        assert told.json == {"accepted": accepted, "directives": [{"id": "CD-1", "state": "issued"}], "refused": []}


def test_a_key_opens_only_its_own_door_and_strangers_learn_nothing(site: Site) -> None:
    doors = {what: registered(site, what) for what in WHAT}
    body = json.dumps({"alerts": [ALERT], "directives": [DIRECTIVE]})
    sender = {what: path.rpartition("/")[2] for what, (path, _) in doors.items()}
    wrong = [
        push(site, f"/api/directives/{sender['alerts']}", doors["alerts"][1], body),
        push(site, f"/api/city-alerts/{sender['directives']}", doors["directives"][1], body),
        push(site, f"/api/observations/{sender['alerts']}", doors["alerts"][1], body),
        push(site, doors["alerts"][0], doors["directives"][1], body),
        push(site, "/api/city-alerts/nobody", doors["alerts"][1], body),
    ]
    assert {answer.status_code for answer in wrong} == {401} and len({answer.data for answer in wrong}) == 1
    assert push(site, *doors["alerts"], "[]").status_code == 400
    assert push(site, *doors["directives"], " " * 1_000_000).status_code == 413


def test_the_page_offers_the_purposes_and_refuses_another(site: Site) -> None:
    page = site.as_("quantri").get("/observations/senders").get_data(as_text=True)
    assert "cảnh báo của thành phố" in page and "chỉ đạo của lãnh đạo thành phố" in page
    form = {"do": "add", "name": "IOC", "what": "everything/"}
    refused = site.as_("quantri").post("/observations/senders", data=form, headers=ORIGIN)
    assert refused.status_code == 400 and "Chọn được gửi gì" in refused.get_data(as_text=True)


def test_a_sender_that_pushes_without_end_is_braked_and_no_other(site: Site) -> None:
    doors = {what: registered(site, what) for what in WHAT}
    statuses = [push(site, *doors["alerts"], json.dumps({"alerts": []})).status_code for _ in range(140)]
    assert statuses[:100] == [200] * 100 and 429 in statuses
    assert push(site, *doors["directives"], json.dumps({"directives": []})).status_code == 200


def test_a_name_that_no_sender_can_have_is_nobodys(site: Site) -> None:
    key = registered(site, "alerts")[1]
    for name in ("%00", "%C4%90", "x" * 300):
        assert push(site, f"/api/city-alerts/{name}", key, "{}").status_code == 401

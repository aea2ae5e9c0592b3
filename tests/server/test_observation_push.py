"""Other software pushes its figures to the web side; whoever is not registered learns nothing; a key is shown once."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from gate_support import ORIGIN, STRANGER, Site, build
from people_support import CAST
from push_support import signed_headers
from werkzeug.test import TestResponse

from domain.units import Organisation

ENTRY = {
    "indicator": "documents_in",
    "unit": "PHUVANG",
    "period": "2026-10",
    "value": 412,
    "as_of": "2026-11-02T08:00:00+07:00",
}


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Site:
    return build(tmp_path, sqlite_template, organisation, now)


def registered(site: Site) -> tuple[str, str]:
    """The address path and the key of a system that an administrator registers on the page."""
    form = {"do": "add", "name": "Phần mềm văn bản", "what": "figures/documents"}
    page = site.as_("quantri").post("/observations/senders", data=form, headers=ORIGIN).get_data(as_text=True)
    key, path = re.search(r"whsec_[\w+/=]+", page), re.search(r"/api/observations/[\w-]+", page)
    assert key is not None and path is not None
    return path[0], key[0]


def push(site: Site, path: str, key: str, body: str, **headers: str) -> TestResponse:
    signed = signed_headers(key, body)
    return site.as_(STRANGER).post(path, data=body, headers={**signed, **headers}, content_type="application/json")


def test_a_registered_system_is_told_what_became_of_each_figure(site: Site) -> None:
    path, key = registered(site)
    body = json.dumps({"observations": [ENTRY, {**ENTRY, "unit": "NOWHERE"}]})
    told = push(site, path, key, body)
    assert told.status_code == 200
    assert told.json is not None and told.json["accepted"] == 1
    assert [(each["reference"], each["field"]) for each in told.json["refused"]] == [("mục 2", "unit")]
    again = push(site, path, key, body)
    assert again.json is not None and (again.json["accepted"], again.json["unchanged"]) == (0, 1)


def test_nobody_else_is_taken_and_all_are_refused_alike(site: Site) -> None:
    path, key = registered(site)
    body = json.dumps({"observations": [ENTRY]})
    unknown = push(site, "/api/observations/nobody", key, body)
    forged = push(site, path, "whsec_" + "A" * 32, body)
    assert unknown.status_code == forged.status_code == 401
    assert unknown.data == forged.data and forged.mimetype == "application/problem+json"
    assert push(site, path, key, "{}").status_code == 400
    assert push(site, path, key, " " * 1_000_000).status_code == 413
    # A page opened by a colleague can push nothing.
    assert push(site, path, key, body, Origin="http://localhost").status_code == 403


def test_a_key_is_shown_once_and_only_to_an_administrator(site: Site) -> None:
    _, key = registered(site)
    assert key not in site.as_("quantri").get("/observations/senders").get_data(as_text=True)
    for who in set(CAST) - {"quantri"}:
        assert site.as_(who).get("/observations/senders").status_code == 403
    refused = site.as_("quantri").post(
        "/observations/senders", data={"do": "add", "name": "", "what": "figures/"}, headers=ORIGIN
    )
    assert refused.status_code == 400 and "Đặt tên" in refused.get_data(as_text=True)


def test_an_indicator_is_added_on_the_page_or_refused_in_words(site: Site) -> None:
    form = {"code": "chatbot_questions", "name": "Câu hỏi", "measure": "amount", "length": "month", "unit_word": "câu"}
    rest = {"due_days": "5", "meaning": "số câu hỏi", "reason": "Kế hoạch"}
    browser = site.as_("quantri")
    refused = browser.post("/observations/indicators", data=form, headers=ORIGIN)
    assert refused.status_code == 400 and 'value="chatbot_questions"' in refused.get_data(as_text=True)
    assert browser.post("/observations/indicators", data={**form, **rest}, headers=ORIGIN).status_code == 303
    assert site.as_("lanhdao").get("/observations/indicators").status_code == 403

"""Duty and quality behind the gate: another scope's sheet is not found, leaders read, and nobody of a wall asks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from gate_support import SCREEN, Site, build, call, valid_bodies

from actions.hand_over import hand_over, take_over
from components import ids
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


def test_a_sheet_of_the_province_is_not_for_a_head(site: Site, organisation: Organisation) -> None:
    operator = site.as_("truc")
    person = site.people["truc"]
    take_over(site.database, person, organisation, NOW - timedelta(hours=8))
    sheet = hand_over(site.database, person, organisation, "Theo dõi tuyến Phú Lộc", NOW).public_id
    (body,) = [each for name, each in valid_bodies(site.app).items() if ids.DUTY_SHEET in name]
    for item in body["inputs"]:
        if item["id"] == ids.DUTY_FILTER:
            item["value"] = {"sheet": sheet}
    for who, is_shown in (("lanhdao", True), ("truong.phuvang", False)):
        answer = json.dumps(call(site.as_(who), body).get_json(), ensure_ascii=False)
        assert ("Theo dõi tuyến Phú Lộc" in answer) is is_shown
        assert ("Không có biên bản này" in answer) is not is_shown
        for ending in ("docx", "pdf"):
            status = site.as_(who).get(f"/duty/sheet.{ending}?sheet={sheet}").status_code
            assert status == (200 if is_shown else 404)
    assert operator.get("/duty/sheet.pdf?sheet=x").status_code == 404
    assert site.as_(SCREEN).get(f"/duty/sheet.pdf?sheet={sheet}").status_code != 200


def test_only_operators_and_administrators_are_offered_duty(site: Site) -> None:
    (body,) = [each for name, each in valid_bodies(site.app).items() if ids.DUTY_TAKE_FORM in name]
    assert call(site.as_("truc"), body).status_code == 200
    for who in ("lanhdao", "truong.phuvang"):
        assert call(site.as_(who), body).status_code == 403

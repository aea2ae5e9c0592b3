"""Briefings behind the gate: another scope's is not found, everybody of the house reads their own, screens nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from briefing_support import a_job_worker
from gate_support import SCREEN, Site, build, call, drawn, valid_bodies
from scenes_support import store_figures
from werkzeug.test import TestResponse

from actions.make_briefing import ask_briefing
from actions.plan_briefings import BriefingPlanner
from components import ids
from data_access.briefing import briefings
from data_access.jobs import own_jobs
from domain.jobs import JobKind
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
FILES = ("briefing.docx", "briefing.pdf", "chart.png", "chart.svg", "shown.svg")
SIGNATURES = {"docx": b"PK", "pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<svg"}


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


def body_of(site: Site, part: str) -> dict[str, Any]:
    (body,) = [each for name, each in valid_bodies(site.app).items() if part in name]
    return body


def a_made_one(site: Site, organisation: Organisation, who: str, unit: str) -> str:
    site.as_(who)
    ask_briefing(site.database, site.people[who], organisation, "morning", unit, NOW)
    a_job_worker(site.database, organisation, lambda: NOW)(NOW)
    with site.database.reading() as session:
        return own_jobs(session, site.people[who], JobKind.BRIEFING, NOW)[0].result


def test_a_briefing_of_the_province_is_not_for_a_head(site: Site, organisation: Organisation) -> None:
    store_figures(site.database, organisation, NOW)
    whole = a_made_one(site, organisation, "lanhdao", "")
    own = a_made_one(site, organisation, "truong.phuvang", "PHUVANG")
    for who, seen in (("truc", {whole, own}), ("truong.phuvang", {own}), ("truong.phuloc", set()), (SCREEN, set())):
        client = site.as_(who)
        for public_id in (whole, own):
            for name in FILES:
                answer = client.get(f"/briefing/{name}?briefing={public_id}&chart=units")
                assert (answer.status_code == 200) is (public_id in seen), (who, name)
                if answer.status_code == 200:
                    assert answer.data.startswith(SIGNATURES[name.rpartition(".")[2]])
    leader = site.as_("lanhdao")
    for address in ("briefing.pdf?briefing=x", f"chart.png?briefing={whole}&chart=x", "shown.svg"):
        assert leader.get(f"/briefing/{address}").status_code == 404


def test_the_page_says_what_the_paper_says_and_offers_the_own_scope(site: Site, organisation: Organisation) -> None:
    store_figures(site.database, organisation, NOW)
    whole = a_made_one(site, organisation, "lanhdao", "")
    body = body_of(site, ids.BRIEFING_ONE)
    shown = json.dumps(call(site.as_("truc"), body).get_json(), ensure_ascii=False)
    for words in (
        "Có gì thay đổi",
        "Điều đang nóng",
        "22,26%",
        "chưa có số liệu",
        f"/briefing/shown.svg?briefing={whole}",
    ):
        assert words in shown
    for item in body["inputs"]:
        if item["id"] == ids.BRIEFING_FILTER:
            item["value"] = {"briefing": whole}
    assert "Không có bản tin này" in json.dumps(call(site.as_("truong.phuvang"), body).get_json(), ensure_ascii=False)
    scopes = body_of(site, ids.BRIEFING_UNIT)
    for who, offered in (("truong.phuvang", ["PHUVANG"]), ("lanhdao", None)):
        answer = call(site.as_(who), scopes).get_json()["response"][ids.BRIEFING_UNIT]
        values = [option["value"] for option in answer["options"]]
        assert values == offered if offered else (values[0], answer["value"]) == ("all", "all")


def schedule_sent(site: Site, who: str, unit: str, makes_weekly: bool = True, clicks: int = 1) -> TestResponse:
    """Press 'Lưu lịch' as somebody."""
    body = body_of(site, ids.BRIEFING_DECIDED)
    body["inputs"][0]["value"] = clicks
    typed = {
        ids.BRIEFING_PLANNED: unit,
        ids.BRIEFING_MORNING: "06:30",
        ids.BRIEFING_WEEKLY: "8h",
        ids.BRIEFING_MAKES_MORNING: False,
        ids.BRIEFING_MAKES_WEEKLY: makes_weekly,
    }
    for item in body["state"]:
        item["value"] = typed[item["id"]]
    return call(site.as_(who), body)


def offered(site: Site, who: str, unit: str) -> dict[str, Any]:
    """The fields of the schedule as somebody is offered them for a unit."""
    body = body_of(site, ids.BRIEFING_MORNING)
    body["inputs"][0]["value"] = unit
    answer = call(site.as_(who), body).get_json()["response"]
    return {field: value["value"] for field, value in answer.items()}


def test_a_schedule_is_offered_to_leaders_administrators_and_heads_only(site: Site) -> None:
    body, scopes = body_of(site, ids.BRIEFING_MORNING), body_of(site, ids.BRIEFING_PLANNED)
    for who, status in (("lanhdao", 200), ("quantri", 200), ("truc", 403), ("truong.phuvang", 200), (SCREEN, 403)):
        assert call(site.as_(who), body).status_code == status
        answer = call(site.as_(who), scopes)
        assert answer.status_code == status
        if status == 200:
            values = [each["value"] for each in answer.get_json()["response"][ids.BRIEFING_PLANNED]["options"]]
            assert (values == ["PHUVANG"]) if who == "truong.phuvang" else ({"all", "PHUVANG"} < set(values))


def test_a_head_decides_the_own_unit_s_schedule_and_sees_no_other(site: Site) -> None:
    assert offered(site, "truong.phuvang", "PHUVANG")[ids.BRIEFING_MAKES_WEEKLY] is False
    assert offered(site, "lanhdao", "all")[ids.BRIEFING_MAKES_WEEKLY] is True
    for who, unit in (("truong.phuloc", "PHUVANG"), ("truong.phuvang", "all"), ("truc", "PHUVANG")):
        assert schedule_sent(site, who, unit).status_code == 403
    saved = json.dumps(schedule_sent(site, "truong.phuvang", "PHUVANG").get_json(), ensure_ascii=False)
    assert "Đã lưu lịch của Phú Vang" in saved
    wanted = {
        ids.BRIEFING_MORNING: "06:30",
        ids.BRIEFING_WEEKLY: "08:00",
        ids.BRIEFING_MAKES_MORNING: False,
        ids.BRIEFING_MAKES_WEEKLY: True,
    }
    assert offered(site, "truong.phuvang", "PHUVANG") == offered(site, "lanhdao", "PHUVANG") == wanted
    # What somebody of another unit asks for is what nobody decided about.
    assert offered(site, "truong.phuloc", "PHUVANG")[ids.BRIEFING_MAKES_WEEKLY] is False
    mine, whole, theirs = (drawn(site, who, ids.BRIEFING_PLAN) for who in ("truong.phuvang", "truc", "truong.phuloc"))
    assert "Phú Vang, lập tự động: " in mine and "truong.phuvang quyết định" in mine and "Toàn tỉnh" not in mine
    assert "08:00 30/11/2026" in mine and "Bản tin sáng 06:30" not in mine
    assert "Phú Vang, lập tự động: " in whole and "Toàn tỉnh, lập tự động: " in whole
    assert "Chưa có lịch" in theirs and "Phú Vang" not in theirs
    schedule_sent(site, "quantri", "PHUVANG", makes_weekly=False)
    assert "Phú Vang: không lập tự động." in drawn(site, "truong.phuvang", ids.BRIEFING_PLAN)


def test_the_list_is_of_every_scope_or_of_one(site: Site, organisation: Organisation) -> None:
    whole = a_made_one(site, organisation, "lanhdao", "")
    own = a_made_one(site, organisation, "truong.phuvang", "PHUVANG")
    body = body_of(site, ids.BRIEFING_MADE)
    for about, listed in (("every", {whole, own}), ("all", {whole}), ("PHUVANG", {own}), ("PHULOC", set())):
        for item in body["inputs"]:
            if item["id"] == ids.BRIEFING_LISTED:
                item["value"] = about
        answer = call(site.as_("lanhdao"), body).get_json()["response"]
        told = json.dumps(answer[ids.BRIEFING_MADE])
        assert {each for each in (whole, own) if each in told} == listed
    assert whole not in call(site.as_("truong.phuvang"), body).get_data(as_text=True)


def test_what_a_unit_s_schedule_made_opens_by_itself_for_the_unit_and_not_for_the_province(
    site: Site, organisation: Organisation
) -> None:
    site.as_("lanhdao")
    schedule_sent(site, "truong.phuvang", "PHUVANG")
    monday = NOW + timedelta(days=6)
    plan = BriefingPlanner(site.database, organisation, lambda session: None)
    for at in (NOW, monday):
        plan(at)
    for _ in range(4):
        a_job_worker(site.database, organisation, lambda: monday)(monday)
    with site.database.reading() as session:
        lines = briefings(session, site.people["lanhdao"], organisation, monday)
    # The unit's came last; before it the morning's and the week's of the province.
    assert [line.unit for line in lines] == ["PHUVANG", "", ""]
    made, whole = lines[0].public_id, lines[1].public_id
    for who, opened in (("lanhdao", whole), ("truong.phuvang", made)):
        answer = call(site.as_(who), body_of(site, ids.BRIEFING_ONE)).get_json()["response"]
        assert f"briefing={opened}" in json.dumps(answer[ids.BRIEFING_ONE])
    assert made in json.dumps(call(site.as_("lanhdao"), body_of(site, ids.BRIEFING_MADE)).get_json())
    assert made not in json.dumps(call(site.as_("truong.phuloc"), body_of(site, ids.BRIEFING_MADE)).get_json())

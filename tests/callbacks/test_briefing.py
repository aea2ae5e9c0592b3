"""Briefings behind the gate: another scope's is not found, everybody of the house reads their own, screens nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from briefing_support import a_job_worker
from gate_support import SCREEN, Site, build, call, valid_bodies
from scenes_support import store_figures

from actions.make_briefing import ask_briefing
from components import ids
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


def test_the_schedule_is_offered_to_leaders_and_administrators_only(site: Site) -> None:
    body = body_of(site, ids.BRIEFING_MORNING)
    for who, status in (("lanhdao", 200), ("quantri", 200), ("truc", 403), ("truong.phuvang", 403)):
        assert call(site.as_(who), body).status_code == status

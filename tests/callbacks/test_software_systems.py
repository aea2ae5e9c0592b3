"""/software-systems as people see it: unknown in words, no key in an address, the state of each with its age."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cases_support import take_in_cases
from gate_support import Site, build, call, drawn, valid_bodies
from observations_support import an_observation
from software_support import a_probe, looked

from components import ids
from data_access.observations import save_observations
from domain.software_systems import HealthState
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
LATER = datetime(2026, 12, 5, 2, 45, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    built = build(tmp_path, sqlite_template, organisation, NOW)
    yield built
    built.database.close()


def test_what_is_not_watched_is_said_and_is_not_well(site: Site) -> None:
    assert "chưa kết nối" in drawn(site, "truc", ids.SOFTWARE_FIGURES)
    listed = drawn(site, "truc", ids.SOFTWARE_LIST)
    assert listed.count("Chưa theo dõi") >= 7 and "Đang trả lời" not in listed and "100%" not in listed


def test_states_availability_and_certificates_are_told_with_their_age(site: Site) -> None:
    for system in ("email", "archive"):
        a_probe(site.database, system, f"https://10.0.0.5/{system}?key=rat-kin", NOW - 4 * MINUTE, "http")
    for minute in (4, 2, 0):
        states = {"email": HealthState.ANSWERING, "archive": HealthState.SILENT}
        until = NOW + timedelta(days=9)
        looked(site.database, states, NOW - minute * MINUTE, "Cổng đóng.", until)
    figures = drawn(site, "truc", ids.SOFTWARE_FIGURES)
    assert '"1/2"' in figures and '"data-at"' in figures and '"data-age"' in figures
    listed = drawn(site, "lanhdao", ids.SOFTWARE_LIST)
    assert "100%" in listed and "0,00%" in listed and "còn 9 ngày" in listed and "Cổng đóng." in listed
    assert listed.index("Lưu trữ hồ sơ") < listed.index("Thư điện tử"), "those that fail come first"
    assert "của 4 phút" in listed and "chưa có số liệu" in listed
    one = drawn(site, "truong.phuvang", ids.SOFTWARE_PROBES, system="archive")
    assert "Trang web" in one and "Cổng đóng." in one
    assert "10.0.0.5" not in one and "Nơi hỏi" not in one and "/probe?probe=" not in one
    whole = drawn(site, "quantri", ids.SOFTWARE_PROBES, system="archive")
    assert "https://10.0.0.5/archive" in whole and "/probe?probe=" in whole and "rat-kin" not in whole
    assert "đang gián đoạn" in drawn(site, "truc", ids.SOFTWARE_OUTAGES, system="archive")
    assert "Không ghi nhận" in drawn(site, "truc", ids.SOFTWARE_OUTAGES, system="email")


def test_what_a_software_states_stands_by_unit_with_its_period_and_within_the_own_scope(
    site: Site, organisation: Organisation
) -> None:
    stated = [
        an_observation("PHUVANG", "2026-10", NOW - timedelta(days=3)),
        an_observation("PHUVANG", "2026-09", NOW - timedelta(days=3), 1, 4),
        an_observation("PHULOC", "2026-10", NOW - timedelta(days=3), 19, 20),
        an_observation("PHUVANG", "2026-10", NOW - timedelta(days=3), 7, 9, "documents_users_active"),
    ]
    with site.database.writing() as session:
        save_observations(session, stated, "sheet", "tệp", NOW)
    everybody = drawn(site, "truc", ids.SOFTWARE_STATED, system="digital_signature")
    assert "75,0%" in everybody and "95,0%" in everybody and "25,0%" not in everybody
    assert "3/4 · tháng 10/2026" in everybody and "Lập lúc 09:45 21/11/2026" in everybody
    assert "mới 2/10 đơn vị" in everybody and "thiếu tháng 10/2026" in everybody and "chưa có số liệu" in everybody
    own = drawn(site, "truong.phuvang", ids.SOFTWARE_STATED, system="digital_signature")
    assert "75,0%" in own and "95,0%" not in own and "Phú Lộc" not in own
    listed = drawn(site, "truc", ids.SOFTWARE_LIST)
    assert "7/9 tài khoản" in listed and "mới 1/10 đơn vị" in listed and "5/5 chỉ tiêu còn thiếu" in listed


def test_accounting_stands_beside_the_money_of_the_cases(
    site: Site, organisation: Organisation, tmp_path: Path
) -> None:
    site.clock.at = LATER
    assert "chưa có gì để đối chiếu" in drawn(site, "truc", ids.SOFTWARE_AGREEMENT, system="accounting")
    stated = [
        an_observation("PHUVANG", "2026-11", NOW, 2_000_000_000, None, "accounting_collected"),
        an_observation("PHULOC", "2026-11", NOW, 1_100_000_000, None, "accounting_collected"),
        # One early figure of the running month is no month to compare.
        an_observation("PHULOC", "2026-12", LATER, 7, None, "accounting_collected"),
    ]
    with site.database.writing() as session:
        save_observations(session, stated, "sheet", "tệp", NOW)
    silent = drawn(site, "truc", ids.SOFTWARE_AGREEMENT, system="accounting")
    assert "2,0 tỷ" in silent and "0 đồng" not in silent and "khớp" not in silent.replace("0 đơn vị khớp", "")
    # Every unit collects 50, 200, 350 and 500 triệu on 2 November.
    take_in_cases(site.database, organisation, tmp_path, NOW)
    told = drawn(site, "truc", ids.SOFTWARE_AGREEMENT, system="accounting")
    assert "900,0 triệu đồng" in told and '"khớp"' in told and "1 lệch" in told
    own = drawn(site, "truong.phuloc", ids.SOFTWARE_AGREEMENT, system="accounting")
    assert '"khớp"' in own and "2,0 tỷ" not in own


def test_an_unknown_code_is_said_in_words(site: Site) -> None:
    assert "Không có phần mềm này" in drawn(site, "truc", ids.SOFTWARE_ONE, system="none")


def test_who_presses_try_again_and_again_is_told_to_wait(site: Site) -> None:
    a_probe(site.database, "email", "tcp://127.0.0.1:1", NOW)
    body = next(one for one in valid_bodies(site.app).values() if ids.SOFTWARE_TRIED in str(one["outputs"]))
    body["inputs"][0]["value"], body["state"][0]["value"] = 1, {"system": "email"}
    client = site.as_("truc")
    said = [json.dumps(call(client, body).get_json(), ensure_ascii=False) for _ in range(7)]
    assert all("Không trả lời" in one for one in said[:6])
    assert "Thử lại sau" in said[6] and "Không trả lời" not in said[6]

"""The forms below /software-systems as an administrator uses them: try, save, retire; nobody else, no secret back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from gate_support import ORIGIN, Site, build
from software_support import peer, saying

from data_access.software_systems import live_probes
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 0, 5, tzinfo=UTC)
ADMINISTRATOR = "quantri"
PROBE = {"system": "email", "probe": "", "kind": "imap", "limit": "3", "reason": "theo dõi máy chủ thư"}
SYSTEM = {"name": "Tổng đài", "purpose": "Trả lời điện thoại", "owner": "Văn phòng", "valid_from": "24/11/2026"}


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


def send(site: Site, path: str, who: str = ADMINISTRATOR, **form: str):  # type: ignore[no-untyped-def]
    return site.as_(who).post(f"/software-systems/{path}", data=form, headers=ORIGIN)


def stored(site: Site):  # type: ignore[no-untyped-def]
    with site.database.reading() as session:
        return live_probes(session)


def test_a_probe_is_tried_kept_changed_and_retired(site: Site) -> None:
    assert "Thư điện tử" in site.as_(ADMINISTRATOR).get("/software-systems/probe?system=email").text
    with peer(saying(b"* OK ready\r\n")) as (port, _):
        here = {**PROBE, "address": f"imap://127.0.0.1:{port}"}
        tried = send(site, "probe", do="try", **here)
        assert "Đang trả lời" in tried.text and "Chưa lưu gì" in tried.text and stored(site) == []
        saved = send(site, "probe", do="save", **here)
    assert (saved.status_code, saved.headers["Location"]) == (303, "/software-systems/email")
    (one,) = stored(site)
    form = site.as_(ADMINISTRATOR).get(f"/software-systems/probe?probe={one.probe.code}").text
    assert f"imap://127.0.0.1:{port}" in form
    ldap = {**PROBE, "probe": one.probe.code, "kind": "ldap", "address": "ldaps://10.0.0.6", "do": "save"}
    assert send(site, "probe", user_name="cn=giamsat", secret="rat-kin", **ldap).status_code == 303
    form = site.as_(ADMINISTRATOR).get(f"/software-systems/probe?probe={one.probe.code}").text
    assert "cn=giamsat" in form and "rat-kin" not in form
    refused = send(site, "probe", **{**ldap, "do": "retire", "reason": ""})
    assert refused.status_code == 400 and "lý do" in refused.text
    assert send(site, "probe", **{**ldap, "do": "retire"}).status_code == 303
    assert stored(site) == []
    again = send(site, "probe", **{**ldap, "do": "retire"})
    assert again.status_code == 400 and "không còn" in again.text


def test_what_cannot_be_is_said_in_words_and_no_secret_comes_back(site: Site) -> None:
    answer = send(site, "probe", **{**PROBE, "address": "ftp://x", "secret": "rat-kin", "do": "save"})
    assert answer.status_code == 400 and "imap:// hoặc imaps://" in answer.text and "rat-kin" not in answer.text
    assert send(site, "probe", **{**PROBE, "system": "none", "address": "imap://x"}).status_code == 404
    assert site.as_(ADMINISTRATOR).get("/software-systems/probe?probe=none").status_code == 404
    assert site.as_(ADMINISTRATOR).get("/software-systems/edit?system=none").status_code == 404
    assert stored(site) == []


def test_a_system_is_added_and_changed_on_the_screen(site: Site) -> None:
    added = send(site, "edit", code="hotline", reason="bổ sung hệ thống", **SYSTEM)
    assert (added.status_code, added.headers["Location"]) == (303, "/software-systems/hotline")
    form = site.as_(ADMINISTRATOR).get("/software-systems/edit?system=hotline").text
    assert 'value="Tổng đài"' in form and 'name="retired"' in form
    refused = send(site, "edit", system="hotline", reason="", **SYSTEM)
    assert refused.status_code == 400 and 'value="Văn phòng"' in refused.text
    retired = send(site, "edit", system="hotline", reason="ngừng sử dụng", retired="1", **SYSTEM)
    assert retired.status_code == 303


@pytest.mark.parametrize("who", ["lanhdao", "truong.phuvang", "truc"])
def test_nobody_but_an_administrator_may_look_or_change(site: Site, who: str) -> None:
    assert site.as_(who).get("/software-systems/edit").status_code == 403
    assert send(site, "probe", who, **{**PROBE, "address": "imap://x", "do": "save"}).status_code == 403
    assert send(site, "edit", who, code="hotline", reason="bổ sung hệ thống", **SYSTEM).status_code == 403
    assert stored(site) == []

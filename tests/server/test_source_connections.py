"""/sources/connect as an administrator uses it: try, save, leave alone; nobody else, and no secret comes back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from gate_support import ORIGIN, Site, build
from web_source_support import serving

from access.camera_passwords import CameraPasswords
from access.vault import Vault
from data_access.source_connections import connection_of
from demo_city.citizens import Citizens
from demo_city.moods import MOODS
from demo_city.report_service import report_service
from domain.units import Organisation
from manage_commands.readiness import SOURCES_KEY, read_key

NOW = datetime(2026, 11, 24, 3, 0, 5, tzinfo=UTC)
FORM = {"source": "field_reports", "kind": "open311_json", "enabled": "1", "secret": "khoa-rat-kin"}
ADMINISTRATOR = "quantri"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


def send(site: Site, do: str, address: str, who: str = ADMINISTRATOR, **form: str):  # type: ignore[no-untyped-def]
    data = {**FORM, "address": address, "do": do, **form}
    return site.as_(who).post("/sources/connect", data=data, headers=ORIGIN)


def stored(site: Site):  # type: ignore[no-untyped-def]
    with site.database.reading() as session:
        return connection_of(session, "field_reports")


def test_a_system_is_tried_and_nothing_is_kept_then_saved(site: Site) -> None:
    with serving(report_service(Citizens(2027, MOODS["calm"], date(2026, 11, 24)), lambda: NOW)) as address:
        tried = send(site, "try", f"{address}/open311/v2")
        assert "Kết nối được. Đọc" in tried.text and "Chưa lưu gì" in tried.text
        assert stored(site) is None
        assert send(site, "save", f"{address}/open311/v2").status_code == 303
    assert stored(site).is_enabled
    form = site.as_(ADMINISTRATOR).get("/sources/connect?source=field_reports").text
    assert f"{address}/open311/v2" in form and "khoa-rat-kin" not in form


def test_what_cannot_be_reached_or_understood_is_said_in_words(site: Site) -> None:
    with serving(report_service(Citizens(2027, MOODS["calm"], date(2026, 11, 24)), lambda: NOW)) as address:
        for do, url, form, said in (
            ("try", "http://127.0.0.1:9/", {}, "Không kết nối được tới nguồn."),
            ("try", f"{address}/nowhere", {}, "Không có dữ liệu ở địa chỉ này"),
            ("save", "ftp://x/", {}, "http:// hoặc https://"),
            ("save", "http://ai:gì@x/", {}, "Không đặt tên và mật khẩu"),
            ("save", address, {"kind": "hue_s", "field_map": "{}"}, "Bảng ghép trường"),
            ("save", address, {"secret": "khóa-có-dấu"}, "chữ không dấu"),
            ("save", address, {"kind": "telnet"}, "Chọn cách kết nối."),
        ):
            answer = send(site, do, url, **form)
            assert answer.status_code == 400 and said in answer.text, url
            assert "khoa-rat-kin" not in answer.text
    assert stored(site) is None


@pytest.mark.parametrize("who", ["lanhdao", "truong.phuvang", "truc"])
def test_nobody_but_an_administrator_may_look_or_change(site: Site, who: str) -> None:
    assert site.as_(who).get("/sources/connect").status_code == 403
    assert send(site, "save", "http://127.0.0.1:9/", who).status_code == 403
    assert stored(site) is None


def test_a_source_that_is_not_reached_by_an_address_has_no_form(site: Site) -> None:
    assert site.as_(ADMINISTRATOR).get("/sources/connect?source=cases").status_code == 404


def test_listening_to_cameras_is_a_permission_and_asks_for_no_address_and_no_key(site: Site) -> None:
    form = site.as_(ADMINISTRATOR).get("/sources/connect?source=security").text
    assert 'name="enabled"' in form and 'name="secret"' not in form and 'name="address"' not in form
    saved = send(site, "save", "", source="security", kind="camera_events", secret="")
    assert saved.status_code == 303
    with site.database.reading() as session:
        connection = connection_of(session, "security")
    assert connection is not None and (connection.kind, connection.address) == ("camera_events", "")
    assert send(site, "save", "", who="truc", source="security", kind="camera_events").status_code == 403


def test_a_unit_may_have_a_camera_password_of_its_own(site: Site, tmp_path: Path) -> None:
    form = site.as_(ADMINISTRATOR).get("/sources/connect?source=cameras").text
    assert 'name="unit"' in form and 'value="PHUVANG"' in form
    cameras = {"source": "cameras", "kind": "shared_login"}
    for unit, secret in (("", "chung-2026"), ("PHUVANG", "rieng-2026"), ("", "moi-2026"), ("PHUVANG", "")):
        assert send(site, "save", "", secret=secret, unit=unit, **cameras).status_code == 303
    assert send(site, "save", "", secret="la-2026", unit="KHONG-CO", **cameras).status_code == 400
    with site.database.reading() as session:
        connection = connection_of(session, "cameras")
    assert connection is not None and "2026" not in connection.secret
    vault = Vault(read_key(tmp_path, SOURCES_KEY, may_be_new=False))
    passwords = CameraPasswords.read(vault.unseal(connection.secret))
    assert passwords.of("PHUVANG") == "rieng-2026" and passwords.of("ALUOI") == "moi-2026"

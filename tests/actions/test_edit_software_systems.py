"""Systems and probes as an administrator types them: checked in words, dated, sealed, audited; nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from software_support import ADMINISTRATOR, VAULT, a_probe, peer, saying

from access.principal import NotAllowed, Principal
from actions.edit_software_systems import (
    MOST_OF_ONE,
    SoftwareRefused,
    WantedProbe,
    WantedSystem,
    change_system,
    connect_demo_software,
    probe_to_edit,
    retire_probe,
    set_probe,
    try_probe,
)
from data_access.audit import audit_events
from data_access.scope import NotFound
from data_access.session import Database
from data_access.software_systems import live_probes, software_systems
from domain.local_time import local_day
from domain.permissions import Role
from domain.software_systems import ProbeKind, SoftwareSystem

SYSTEM = WantedSystem("hotline", "Tổng đài", "Trả lời điện thoại", "Văn phòng", "23/11/2026", "bổ sung hệ thống")
PROBE = WantedProbe("email", "", "tcp", "tcp://10.0.0.5:25", "3", "theo dõi máy chủ thư")
LDAP = replace(PROBE, kind="ldap", address="ldaps://10.0.0.6", user_name="cn=giamsat", secret="bi-mat")


def known(database: Database, now: datetime) -> dict[str, SoftwareSystem]:
    with database.reading() as session:
        return dict(software_systems(session, ADMINISTRATOR, local_day(now)))


def actions(database: Database) -> list[str]:
    with database.reading() as session:
        return [event.action for event in audit_events(session, ADMINISTRATOR)]


def test_seven_systems_ship_and_none_has_an_address(database: Database, now: datetime) -> None:
    assert list(known(database, now)) == [
        *("case_processing", "accounting", "documents", "archive", "personnel", "email", "digital_signature"),
    ]
    with database.reading() as session:
        assert live_probes(session) == []


def test_a_system_is_added_changed_from_a_day_on_and_retired(database: Database, now: datetime) -> None:
    change_system(database, ADMINISTRATOR, SYSTEM, now)
    tomorrow = replace(SYSTEM, name="Tổng đài 1900", valid_from="24/11/2026", reason="đổi tên gọi")
    change_system(database, ADMINISTRATOR, tomorrow, now)
    assert known(database, now)["hotline"].name == "Tổng đài"
    assert known(database, now + timedelta(days=1))["hotline"].name == "Tổng đài 1900"
    change_system(database, ADMINISTRATOR, replace(tomorrow, is_retired=True, reason="ngừng sử dụng"), now)
    assert known(database, now + timedelta(days=1))["hotline"].is_retired
    assert actions(database) == ["software_retired", "software_changed", "software_added"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "Có dấu"}, "Mã gồm"),
        ({"code": "edit"}, "Mã gồm"),
        ({"code": "a/b"}, "Mã gồm"),
        ({"name": "  "}, "Ghi đủ tên"),
        ({"name": "x" * 61}, "dài nhất"),
        ({"valid_from": "22/11/2026"}, "đã qua"),
        ({"valid_from": "mai"}, "ngày/tháng/năm"),
        ({"reason": "vì"}, "lý do"),
        ({"is_retired": True}, "Không có phần mềm này để ngừng"),
    ],
)
def test_a_system_that_cannot_be_is_refused_in_words(
    sqlite_database: Database, now: datetime, change: dict[str, str], words: str
) -> None:
    with pytest.raises(SoftwareRefused, match=words):
        change_system(sqlite_database, ADMINISTRATOR, replace(SYSTEM, **change), now)  # type: ignore[arg-type]
    assert "hotline" not in known(sqlite_database, now) and actions(sqlite_database) == []


def test_saying_the_same_again_changes_nothing(sqlite_database: Database, now: datetime) -> None:
    change_system(sqlite_database, ADMINISTRATOR, SYSTEM, now)
    with pytest.raises(SoftwareRefused, match="Chưa thay đổi"):
        change_system(sqlite_database, ADMINISTRATOR, SYSTEM, now)


def test_a_password_is_sealed_kept_for_its_place_alone_and_in_no_audit(database: Database, now: datetime) -> None:
    code = set_probe(database, ADMINISTRATOR, VAULT, LDAP, now)

    def secret() -> str:
        with database.reading() as session:
            (stored,) = live_probes(session)
        assert "bi-mat" not in stored.secret and "bi-mat" not in repr(stored)
        return VAULT.unseal(stored.secret)

    assert secret() == "bi-mat"
    set_probe(database, ADMINISTRATOR, VAULT, replace(LDAP, code=code, secret="", limit="5"), now)
    assert secret() == "bi-mat"
    assert probe_to_edit(database, ADMINISTRATOR, code).secret == ""
    for elsewhere in ({"address": "ldaps://10.0.0.7"}, {"user_name": "cn=khac"}):
        with pytest.raises(SoftwareRefused, match="mật khẩu trống"):
            set_probe(database, ADMINISTRATOR, VAULT, replace(LDAP, code=code, secret="", **elsewhere), now)
    with database.reading() as session:
        assert all("bi-mat" not in event.detail for event in audit_events(session, ADMINISTRATOR))
    set_probe(database, ADMINISTRATOR, VAULT, replace(LDAP, code=code, user_name="", secret=""), now)
    assert secret() == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"system": "none"}, "Không có phần mềm này"),
        ({"kind": "telnet"}, "Chọn cách kiểm tra"),
        ({"address": "http://10.0.0.5/"}, "tcp://"),
        ({"address": "tcp://10.0.0.5"}, "số cổng"),
        ({"limit": "0"}, "từ 1 đến 7"),
        ({"limit": "8"}, "từ 1 đến 7"),
        ({"limit": "hai"}, "từ 1 đến 7"),
        ({"reason": ""}, "lý do"),
        ({"code": "none"}, "không còn"),
        ({"kind": "file", "address": "../etc"}, "tên thư mục"),
        ({"kind": "ldap", "address": "ldap://10.0.0.6", "user_name": "cn=a", "secret": "b"}, "chỉ gửi qua ldaps"),
        ({"kind": "ldap", "address": "ldaps://10.0.0.6", "user_name": "cn=a", "secret": ""}, "mật khẩu trống"),
        ({"kind": "ldap", "address": "ldaps://10.0.0.6", "user_name": "", "secret": "b"}, "không có tên"),
    ],
)
def test_a_probe_that_cannot_be_is_refused_in_words(
    sqlite_database: Database, now: datetime, change: dict[str, str], words: str
) -> None:
    with pytest.raises(SoftwareRefused, match=words):
        set_probe(sqlite_database, ADMINISTRATOR, VAULT, replace(PROBE, **change), now)
    with sqlite_database.reading() as session:
        assert live_probes(session) == []
    assert actions(sqlite_database) == []


def test_a_system_has_only_so_many_probes_and_a_changed_one_is_none_more(
    sqlite_database: Database, now: datetime
) -> None:
    codes = [a_probe(sqlite_database, "email", f"tcp://10.0.0.5:{port + 1}", now) for port in range(MOST_OF_ONE)]
    a_probe(sqlite_database, "email", "tcp://10.0.0.5:99", now, code=codes[0])
    with pytest.raises(SoftwareRefused, match="cho một phần mềm"):
        a_probe(sqlite_database, "email", "tcp://10.0.0.5:98", now)
    with sqlite_database.reading() as session:
        assert sorted(one.probe.code for one in live_probes(session)) == sorted(codes)


def test_trying_asks_once_and_keeps_nothing(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    with peer(saying(b"* OK ready\r\n")) as (port, _):
        wanted = replace(PROBE, kind="imap", address=f"imap://127.0.0.1:{port}", reason="")
        said = try_probe(sqlite_database, ADMINISTRATOR, VAULT, tmp_path, wanted, now)
    assert said.startswith("Đang trả lời, sau ") and said.endswith("Chưa lưu gì.")
    said = try_probe(sqlite_database, ADMINISTRATOR, VAULT, tmp_path, wanted, now)
    assert said.startswith("Không trả lời")
    with sqlite_database.reading() as session:
        assert live_probes(session) == []


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.WORKER}])
def test_nobody_but_an_administrator_changes_anything(
    sqlite_database: Database, now: datetime, tmp_path: Path, role: Role
) -> None:
    somebody = Principal(role, "x", "x", "PHUVANG" if role is Role.DEPARTMENT_HEAD else None)
    code = set_probe(sqlite_database, ADMINISTRATOR, VAULT, PROBE, now)
    for attempt in (
        lambda: change_system(sqlite_database, somebody, SYSTEM, now),
        lambda: set_probe(sqlite_database, somebody, VAULT, PROBE, now),
        lambda: try_probe(sqlite_database, somebody, VAULT, tmp_path, PROBE, now),
        lambda: retire_probe(sqlite_database, somebody, code, "ngừng theo dõi", now),
        lambda: probe_to_edit(sqlite_database, somebody, code),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_probe_is_retired_once(sqlite_database: Database, now: datetime) -> None:
    code = set_probe(sqlite_database, ADMINISTRATOR, VAULT, PROBE, now)
    retire_probe(sqlite_database, ADMINISTRATOR, code, "thay máy chủ", now)
    with pytest.raises(NotFound):
        retire_probe(sqlite_database, ADMINISTRATOR, code, "thay máy chủ", now)
    assert actions(sqlite_database) == ["software_probe_retired", "software_probe_set"]


def test_the_demo_leaves_alone_what_a_person_has_set_up(sqlite_database: Database, now: datetime) -> None:
    own = set_probe(sqlite_database, ADMINISTRATOR, VAULT, PROBE, now)
    demo = {
        "email": (ProbeKind.SMTP, "smtp://127.0.0.1:8104", ""),
        "archive": (ProbeKind.HTTP, "http://127.0.0.1:8102/phan-mem/luu-tru", "bình thường"),
    }
    connect_demo_software(sqlite_database, VAULT, demo, now)
    connect_demo_software(sqlite_database, VAULT, demo, now)
    moved = {**demo, "archive": (ProbeKind.HTTP, "http://127.0.0.1:9/phan-mem/luu-tru", "bình thường")}
    connect_demo_software(sqlite_database, VAULT, moved, now)
    with sqlite_database.reading() as session:
        found = {one.probe.system: one.probe for one in live_probes(session)}
    assert found["email"].code == own and found["archive"].address.startswith("http://127.0.0.1:9/")
    assert actions(sqlite_database).count("software_probe_set") == 3

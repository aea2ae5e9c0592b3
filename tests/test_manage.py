"""`manage.py` as a person meets it: what it prints, with which exit code, in a var/ of its own."""

from __future__ import annotations

import io
import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from ports_support import free_ports

from manage_commands import environment
from settings import Settings

ROOT = Path(__file__).resolve().parents[1]

KEYS_OF_1_5 = {
    "carried_over", "newly_docketed", "total_docketed", "entrusted", "revoked", "taken_up", "to_enforce", "enforceable",
    "not_enforceable", "other", "separate_register", "completed", "carried_forward", "completion_rate",
    "enforceable_rate",
}  # fmt: skip


class Told(NamedTuple):
    """What a command said and how it ended."""

    returncode: int
    stdout: str
    stderr: str


Manage = Callable[..., Told]


@pytest.fixture
def manage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Manage]:
    """Carry a command out with these settings and no others, in an empty folder."""
    monkeypatch.setattr(environment, "enter", lambda _requirements: None)
    monkeypatch.chdir(tmp_path)
    umask = os.umask(0o022)

    def run(*arguments: str, typed: str = "", **settings: str) -> Told:
        with monkeypatch.context() as inside:
            for name in Settings.model_fields:
                inside.delenv(name.upper(), raising=False)
            for name, value in {"VAR_DIR": str(tmp_path / "var"), **settings}.items():
                inside.setenv(name, value)
            inside.setattr(sys, "stdin", io.StringIO(typed))
            try:
                code = environment.leave_with(list(arguments))
            except SystemExit as left:
                code = int(left.code or 0)
        return Told(code, *capsys.readouterr())

    yield run
    os.umask(umask)


def test_a_refusal_in_a_real_process_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    settings = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), "ORGANISATION": "atlantis"}
    told = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "run"], capture_output=True, text=True, env=settings, cwd=tmp_path
    )
    assert "hue-two-level" in refused(Told(told.returncode, told.stdout, told.stderr))


def refused(told: Told) -> str:
    """The sentence of a refusal: exit code 1, no traceback."""
    assert told.returncode == 1, told.stderr
    assert "Traceback" not in told.stderr
    assert told.stderr.startswith("Không thực hiện được: ")
    return told.stderr


def test_figures_of_an_empty_database_are_zero_and_its_rates_unknown(manage: Manage) -> None:
    told = manage("statistics", "--from", "2026-10-01", "--to", "2026-11-23", "--json")
    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    assert report["sample_data"] is True
    assert len(report["units"]) == 10
    for part in (report, *report["units"].values()):
        for measure in ("cases", "amount"):
            assert part[measure].keys() >= KEYS_OF_1_5
            assert part[measure]["to_enforce"] == 0
            assert part[measure]["completion_rate"] is None


def test_figures_of_one_unit_are_only_of_that_unit(manage: Manage) -> None:
    period = ("--from", "01/10/2026", "--to", "23/11/2026", "--json")
    whole = json.loads(manage("statistics", *period).stdout)
    code = sorted(whole["units"])[-1]
    part = json.loads(manage("statistics", *period, "--unit", code).stdout)
    assert list(part["units"]) == [code]
    assert "không có đơn vị 'MARS'" in refused(manage("statistics", *period, "--unit", "MARS"))


def test_every_source_says_that_it_is_not_connected_before_the_first_file(manage: Manage) -> None:
    told = json.loads(manage("sources", "--json").stdout)
    assert {source["state"] for source in told} == {"not_configured"}
    assert {"name", "last_success", "newest_record"} <= told[0].keys()


def test_an_empty_template_is_a_workbook_that_imports_nothing_and_breaks_nothing(
    manage: Manage, tmp_path: Path
) -> None:
    assert manage("template", "mau.xlsx").returncode == 0
    assert (tmp_path / "mau.xlsx").stat().st_size > 2_000
    assert "đã có" in refused(manage("template", "mau.xlsx"))
    manage("import-cases", "mau.xlsx")
    assert manage("recount").returncode == 0


def test_a_missing_file_is_refused(manage: Manage) -> None:
    assert "không có tệp" in refused(manage("import-cases", "absent.xlsx"))


def test_the_recount_of_nothing_agrees(manage: Manage) -> None:
    told = manage("recount")
    assert (told.returncode, "Số đếm khớp" in told.stdout) == (0, True)


def test_the_first_administrator_is_created_and_the_second_of_that_name_refused(manage: Manage) -> None:
    person = ("create-user", "chi-huy", "--role", "administrator")
    told = manage(*person, DEMO="0")
    assert told.returncode == 0, told.stderr
    assert "chỉ hiện một lần" in told.stdout
    assert "đã có" in refused(manage(*person, DEMO="0"))


def test_a_weak_password_is_refused(manage: Manage) -> None:
    told = manage("create-user", "chi-huy", "--role", "administrator", "--password-stdin", typed="123456\n")
    assert "Mật khẩu cần ít nhất" in refused(told)


def test_keys_and_database_are_readable_by_their_owner_only(manage: Manage, tmp_path: Path) -> None:
    assert manage("upgrade").returncode == 0
    var = tmp_path / "var"
    assert var.stat().st_mode & 0o777 == 0o700
    for name in ("secret.key", "audit.key", "thads.sqlite"):
        assert (var / name).stat().st_mode & 0o777 == 0o600
    assert (var / "audit.key").read_text() != (var / "secret.key").read_text()


def test_a_lost_audit_key_is_not_replaced_while_there_is_data(manage: Manage, tmp_path: Path) -> None:
    manage("upgrade")
    (tmp_path / "var" / "audit.key").unlink()
    assert "thiếu khóa" in refused(manage("recount"))
    assert not (tmp_path / "var" / "audit.key").exists()


def test_sample_and_real_data_never_share_a_place(manage: Manage) -> None:
    assert manage("upgrade").returncode == 0
    assert "đang chứa Dữ liệu mẫu" in refused(manage("upgrade", DEMO="0"))
    assert manage("upgrade", DEMO="1").returncode == 0


def test_a_false_clock_is_refused_outside_the_demo(manage: Manage) -> None:
    told = manage("sources", DEMO="0", DEMO_CLOCK="2026-11-23T09:40:00+07:00@0")
    assert "DEMO_CLOCK" in refused(told)


def test_an_unknown_organisation_is_refused_with_the_ones_there_are(manage: Manage) -> None:
    assert "hue-two-level" in refused(manage("run", ORGANISATION="atlantis"))


def test_a_pack_that_ships_is_valid(manage: Manage) -> None:
    for pack in ("hue", "hue-two-level"):
        assert "hợp lệ" in manage("check-organisation", str(ROOT / "data" / "organisations" / pack)).stdout


def test_a_database_that_does_not_answer_is_refused_without_its_password(manage: Manage) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"postgresql://thads:bi-mat@127.0.0.1:{closed.getsockname()[1]}/thads"
        said = refused(manage("upgrade", DATABASE_URL=address))
    assert "DATABASE_URL" in said
    assert "bi-mat" not in said


@pytest.mark.parametrize("address", ["not an address", "mysql://somewhere/thads"])
def test_an_address_of_no_database_we_know_is_refused(manage: Manage, address: str) -> None:
    assert "DATABASE_URL" in refused(manage("upgrade", DATABASE_URL=address))


def test_a_database_of_another_version_is_left_alone(manage: Manage, tmp_path: Path) -> None:
    manage("upgrade")
    with sqlite3.connect(tmp_path / "var" / "thads.sqlite") as foreign:
        foreign.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    assert "phiên bản khác" in refused(manage("upgrade"))
    assert "phiên bản khác" in refused(manage("run", PORT=str(free_ports(3))))


def test_a_taken_port_is_refused_with_the_setting_that_changes_it(manage: Manage) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"make run PORT={port + 1}" in refused(manage("run", PORT=str(port)))


def test_a_setting_that_is_no_number_is_refused_by_name(manage: Manage) -> None:
    assert "PORT='abc'" in refused(manage("run", PORT="abc"))


def test_wrong_usage_ends_with_2(manage: Manage) -> None:
    assert manage().returncode == 2
    assert manage("statistics", "--from", "yesterday", "--to", "2026-11-23").returncode == 2
    assert manage("statistics", "--from", "2026-12-01", "--to", "2026-11-23").returncode == 2

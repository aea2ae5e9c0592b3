from __future__ import annotations

import configparser
import os
import shlex
from pathlib import Path

from manage_commands.supervision import CrashWatch, Program, web_program, write_config


def read_config(path: Path) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser()
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def test_every_program_restarts_for_ever_and_stops_with_its_children(tmp_path: Path) -> None:
    config = read_config(write_config(tmp_path, [Program("web", ("a",)), Program("worker", ("b",))]))
    assert config.sections() == ["supervisord", "program:web", "program:worker"]
    for name in ("program:web", "program:worker"):
        assert config[name]["autorestart"] == "true"
        assert config[name].getint("startretries") > 100_000
        assert config[name]["stopasgroup"] == config[name]["killasgroup"] == "true"


def test_a_folder_with_spaces_and_percent_signs_reaches_the_program_unharmed(tmp_path: Path) -> None:
    folder = tmp_path / "kho 100% mẫu"
    folder.mkdir()
    config = read_config(write_config(folder, [Program("worker", ("python", str(folder / "worker.py")))]))
    command = config["program:worker"]["command"] % {}
    assert shlex.split(command) == ["python", str(folder / "worker.py")]
    assert config["supervisord"]["logfile"] % {} == str(folder / "log" / "supervisor.log")


def test_the_configuration_has_no_socket_and_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = write_config(tmp_path, [])
    assert path.stat().st_mode & 0o777 == 0o600
    assert not [name for name in read_config(path).sections() if "http" in name or "ctl" in name]


def test_root_says_that_it_means_to_be_root(tmp_path: Path) -> None:
    assert read_config(write_config(tmp_path, []))["supervisord"].get("user") == ("root" if os.geteuid() == 0 else None)


def test_the_web_server_has_a_thread_for_each_stream_and_some_over() -> None:
    command = web_program("127.0.0.1", 8050, streams=100).command
    assert command[command.index("--threads") + 1] == "132"
    assert "--no-control-socket" in command


def test_crashes_of_an_earlier_start_are_not_counted(tmp_path: Path) -> None:
    log = tmp_path / "supervisor.log"
    log.write_text("INFO exited: web (exit status 3; not expected)\n", encoding="utf-8")
    watch = CrashWatch(log)
    assert watch.crashes("web") == 0
    with log.open("a", encoding="utf-8") as lines:
        lines.write("INFO exited: web (exit status 3; not expected)\nINFO exited: worker (terminated by SIGKILL)\n")
    assert watch.crashes("web") == 1

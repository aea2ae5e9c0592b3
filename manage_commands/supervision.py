"""The processes of the product under one supervisor: each restarts by itself, all stop together."""

from __future__ import annotations

import ctypes
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from manage_commands.environment import ROOT, Refused, last_lines
from manage_commands.progress import step

START_LIMIT_SECONDS = 120
"""A web server that does not answer by then will not."""

CRASHES_BEFORE_GIVING_UP = 3
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Program:
    """One supervised process: its name in the logs and its command line."""

    name: str
    command: tuple[str, ...]


def web_program(host: str, port: int, streams: int) -> Program:
    """gunicorn with one process and a thread for every open stream, 32 more for everything else."""
    options = {
        "--bind": f"{host}:{port}",
        "--worker-class": "gthread",
        "--workers": "1",
        "--threads": str(streams + 32),
        "--keep-alive": "75",
        "--graceful-timeout": "10",
        "--log-level": "warning",
    }
    flags = [part for option in options.items() for part in option]
    return Program("web", (sys.executable, "-m", "gunicorn", *flags, "--no-control-socket", "app:build_server()"))


def write_config(var_dir: Path, programs: list[Program]) -> Path:
    """Write var/supervisord.conf and return its path; no control socket, so nothing but signals reaches it."""
    log_dir = var_dir / "log"
    lines = [
        "[supervisord]",
        "nodaemon=true",
        f"logfile={_escaped(log_dir / 'supervisor.log')}",
        "logfile_maxbytes=5MB",
        "logfile_backups=2",
        f"pidfile={_escaped(var_dir / 'supervisord.pid')}",
        f"childlogdir={_escaped(log_dir)}",
        f"directory={_escaped(ROOT)}",
        "umask=077",
    ]
    if os.geteuid() == 0:
        # supervisord started by root warns unless the choice is written down; a container runs everything as root.
        lines.append("user=root")
    for program in programs:
        lines += [
            "",
            f"[program:{program.name}]",
            f"command={_escaped(shlex.join(program.command))}",
            f"directory={_escaped(ROOT)}",
            "autorestart=true",
            "startsecs=3",
            # Never give up: the pause between attempts grows by a second each time.
            "startretries=1000000",
            "stopsignal=TERM",
            "stopwaitsecs=15",
            "stopasgroup=true",
            "killasgroup=true",
            "redirect_stderr=true",
            f"stdout_logfile={_escaped(log_dir / program.name)}.log",
            "stdout_logfile_maxbytes=10MB",
            "stdout_logfile_backups=5",
        ]
    path = var_dir / "supervisord.conf"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def supervise(config: Path, environment: Mapping[str, str], is_ready: Callable[[], bool], announce: str) -> int:
    """Start everything, print `announce` once `is_ready`, wait for INT, TERM or HUP, stop everything; the exit code.

    Raises Refused, with everything stopped, when the web server does not come up.
    """
    log_dir = config.parent / "log"
    watch = CrashWatch(log_dir / "supervisor.log")
    command = [sys.executable, "-m", "supervisor.supervisord", "-n", "-s", "-c", str(config)]
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    # A session of its own: Ctrl-C in the terminal reaches this process only, which stops the others in order.
    supervisor = subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), start_new_session=True, preexec_fn=_die_with_parent
    )
    try:
        with step("Khởi động máy chủ web, tiến trình nền và thành phố mẫu"):
            _wait_until_ready(supervisor, is_ready, watch, stopping, log_dir)
        if not stopping:
            print(announce, flush=True)
        while not stopping and supervisor.poll() is None:
            time.sleep(0.2)
    finally:
        ended_alone = supervisor.poll() is not None
        if not ended_alone:
            with step("Đang dừng"):
                supervisor.send_signal(signal.SIGTERM)
                supervisor.wait()
    if ended_alone:
        raise Refused(f"trình giám sát đã tự kết thúc (nhật ký: {log_dir / 'supervisor.log'}).")
    return 0


def _wait_until_ready(
    supervisor: subprocess.Popen[bytes],
    is_ready: Callable[[], bool],
    watch: CrashWatch,
    stopping: list[int],
    log_dir: Path,
) -> None:
    """Return when the web server answers or somebody asked to stop; raises Refused with the end of its log."""
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while not stopping and not is_ready():
        hopeless = watch.crashes("web") >= CRASHES_BEFORE_GIVING_UP or time.monotonic() > deadline
        if hopeless or supervisor.poll() is not None:
            log = log_dir / "web.log"
            said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
            raise Refused(f"máy chủ web không khởi động được (nhật ký: {log}):\n{last_lines(said)}")
        time.sleep(0.2)


class CrashWatch:
    """Counts in supervisord's log how often a program ended by itself since this start."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._offset = log.stat().st_size if log.exists() else 0

    def crashes(self, program: str) -> int:
        """How many times `program` ended unasked."""
        if not self._log.exists():
            return 0
        with self._log.open("rb") as lines:
            lines.seek(self._offset)
            text = lines.read().decode("utf-8", errors="replace")
        return text.count(f"exited: {program} (")


def _die_with_parent() -> None:
    """Ask Linux to send TERM when this command is killed outright, so that nothing is left running."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _escaped(text: object) -> str:
    """supervisord expands % in every value."""
    return str(text).replace("%", "%%")

"""`manage.py run`: everything in order, then web, worker and demo city under the supervisor."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from access.vault import Vault
from actions.connect_source import connect_demo_city
from actions.edit_software_systems import connect_demo_software
from actions.replay_cases import replay_cases, replay_is_missing
from clock import real_clock
from domain.local_time import local_day
from domain.software_systems import ProbeKind
from manage_commands.boundaries import prepare_boundaries
from manage_commands.demo_day import demo_clock_for
from manage_commands.environment import Refused
from manage_commands.progress import step
from manage_commands.readiness import (
    DEMO_CLOCK_FILE,
    SOURCES_KEY,
    kept_demo_clock,
    make_var,
    open_database,
    read_clock,
    read_key,
    read_organisation,
    read_settings,
    refuse_mixing_sample_and_real,
)
from manage_commands.supervision import Program, supervise, web_program, write_config
from manage_commands.welcome import web_address, welcome
from settings import Settings


def run() -> int:
    """Start the product and stay until INT, TERM or HUP; raises Refused.

    1. Read settings and the organisation. 2. Make var/, hold it for ourselves alone. 3. See that the port is free.
    4. Make the official map ready, bring the database up to this version. 5. Start the processes, print the address,
    wait.
    """
    settings = read_settings()
    organisation = read_organisation(settings)
    make_var(settings)
    with holding(settings.var_dir):
        refuse_mixing_sample_and_real(settings)
        refuse_a_taken_port(settings.host, settings.port)
        if settings.demo:
            for port in demo_ports(settings):
                refuse_a_taken_port("127.0.0.1", port, "DEMO_PORT")
        demo_clock = choose_demo_clock(settings)
        clock = read_clock(settings, demo_clock)
        prepare_boundaries(settings, organisation, local_day(clock()))
        with step("Chuẩn bị cơ sở dữ liệu"):
            database = open_database(settings)
            if settings.demo:
                vault = Vault(read_key(settings.var_dir, SOURCES_KEY, may_be_new=True))
                connect_demo_city(database, vault, settings.demo_city_port, clock())
                connect_demo_software(database, vault, demo_probes(settings), clock())
            if replay_is_missing(database):
                with step("Dựng sổ biến động và thời hạn của các việc đã có"):
                    replay_cases(database, organisation)
            text = welcome(settings, organisation, database, clock())
            database.close()
        config = write_config(settings.var_dir.resolve(), programs(settings))
        return supervise(config, environment(settings, demo_clock), health_question(settings), text)


def programs(settings: Settings) -> list[Program]:
    """The processes of this installation."""
    chosen = [
        web_program(settings.host, settings.port, settings.streams),
        Program("worker", (sys.executable, "worker.py")),
    ]
    if settings.demo:
        options = {
            "--inbox": str(settings.inbox_dir.resolve()),
            "--units": str(settings.organisation_dir.resolve()),
            "--seed": str(settings.demo_seed),
            "--pace": str(settings.demo_pace),
            "--port": str(settings.demo_city_port),
            "--mood": settings.demo_mood,
            "--web": web_address(settings),
            "--camera-port": str(settings.demo_camera_port),
            "--software-port": str(settings.demo_software_port),
            "--watched": str(settings.watched_folder.resolve()),
        }
        flags = tuple(part for option in options.items() for part in option)
        chosen.append(Program("demo_city", (sys.executable, "-m", "demo_city", *flags)))
    return chosen


def demo_ports(settings: Settings) -> tuple[int, ...]:
    """Every port the sample city listens on."""
    first = settings.demo_software_port
    return (settings.demo_city_port, settings.demo_camera_port, *range(first, first + 4))


def demo_probes(settings: Settings) -> dict[str, tuple[ProbeKind, str, str]]:
    """How the sample city's software is asked, as an administrator would set it up: system -> kind, address, text."""
    pages, first = f"http://127.0.0.1:{settings.demo_city_port}/phan-mem", settings.demo_software_port
    fine = "Hoạt động bình thường"
    return {
        "case_processing": (ProbeKind.HTTP, f"{pages}/quan-ly-an", fine),
        "accounting": (ProbeKind.FILE, "ke-toan", ""),
        "documents": (ProbeKind.HTTP, f"{pages}/van-ban", fine),
        "archive": (ProbeKind.HTTP, f"{pages}/luu-tru", fine),
        "personnel": (ProbeKind.LDAP, f"ldap://127.0.0.1:{first + 2}", ""),
        "email": (ProbeKind.SMTP, f"smtp://127.0.0.1:{first}", ""),
        "digital_signature": (ProbeKind.HTTP, f"{pages}/chu-ky-so", fine),
    }


def environment(settings: Settings, demo_clock: str) -> dict[str, str]:
    """What the processes see: our own environment, the one clock, and paths that do not depend on the folder."""
    chosen = {**os.environ, "VAR_DIR": str(settings.var_dir.resolve()), "PYTHONUNBUFFERED": "1"}
    if demo_clock:
        chosen["DEMO_CLOCK"] = demo_clock
    return chosen


def choose_demo_clock(settings: Settings) -> str:
    """The clock of this start in DEMO, kept in var/ for the other commands and the next start; '' outside DEMO."""
    if not settings.demo:
        return ""
    chosen = settings.demo_clock or demo_clock_for(real_clock(), kept_demo_clock(settings))
    (settings.var_dir / DEMO_CLOCK_FILE).write_text(chosen, encoding="utf-8")
    return chosen


@contextmanager
def holding(var_dir: Path) -> Iterator[None]:
    """Hold var/ for this run alone; raises Refused when another run holds it."""
    with (var_dir / "run.lock").open("a+", encoding="utf-8") as holder:
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder.seek(0)
            pid = holder.read().strip() or "?"
            raise Refused(
                f"một lần chạy khác (tiến trình {pid}) đang dùng {var_dir}. "
                "Dừng nó trước, hoặc đặt VAR_DIR và PORT khác."
            ) from error
        holder.truncate(0)
        holder.write(str(os.getpid()))
        holder.flush()
        yield


def refuse_a_taken_port(host: str, port: int, setting: str = "PORT") -> None:
    """Raise Refused when the address cannot be listened on, naming the setting that changes it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refused(
                    f"cổng {port} đang có chương trình khác dùng. Chọn cổng khác: make run {setting}={port + 1}"
                ) from error
            raise Refused(f"không mở được {host}:{port} ({error.strerror}). Kiểm tra HOST và {setting}.") from error
        except OverflowError as error:
            raise Refused(f"{setting}={port} không phải số cổng (1-65535).") from error


def health_question(settings: Settings) -> Callable[[], bool]:
    """A question whether the web server answers /healthz; never raises."""
    address = f"{web_address(settings)}/healthz"
    # A proxy of the environment must not be asked about our own loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def is_ready() -> bool:
        try:
            with opener.open(address, timeout=2) as answer:
                return "version" in json.load(answer)
        except urllib.error.HTTPError:
            # It answers and says that something is wrong: the screens say it better than we can here.
            return True
        except (OSError, ValueError):
            return False

    return is_ready

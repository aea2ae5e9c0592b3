"""A real gunicorn that is frozen, killed and started again: the banner within 5 s, healing within 5 s, no reload."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from ports_support import free_ports
from scenes_support import a_unit_of, complete_more, store_figures
from wall_support import (
    BANNER,
    COMPLETION,
    STRIP,
    a_publisher,
    expect_live,
    expect_lost,
    link_became,
    open_wall,
    was_reloaded,
)

from actions.pair_screen import open_demo_screen
from clock import build_clock
from data_access.session import Database
from domain.units import Organisation
from manage_commands.readiness import make_var, open_database
from settings import Settings

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.faults, pytest.mark.slow]


class RealServer:
    """gunicorn in a process of its own, on one port for life."""

    def __init__(self, settings: Settings, demo_clock: str) -> None:
        self.port = free_ports()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "PATH": os.environ["PATH"], "VAR_DIR": str(settings.var_dir),
            "ORGANISATION": settings.organisation, "DEMO_CLOCK": demo_clock, "BUILD": "build-1",
            "STREAMS": "8", "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        self.log = (settings.var_dir / "web.log").open("wb")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [
            sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread",
            "--threads", "40", "--no-control-socket", "app:build_server()",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        deadline = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, Path(self.log.name).read_text(encoding="utf-8")
            assert time.monotonic() < deadline

    def answers(self) -> bool:
        """Whether /healthz answers now."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def send(self, number: signal.Signals) -> None:
        """A signal to the server with its worker processes."""
        assert self.process is not None
        os.killpg(self.process.pid, number)

    def stop(self) -> None:
        """End it, whatever state it is in."""
        if self.process is not None and self.process.poll() is None:
            self.send(signal.SIGKILL)
            self.process.wait(10)


@pytest.fixture
def stage(tmp_path: Path, organisation: Organisation, now: datetime) -> Iterator[tuple[RealServer, Database, str]]:
    """A started server, its database with the picture's figures, and the address of its wall."""
    demo_clock = f"{now.isoformat()}@{time.time()}"
    settings = Settings(var_dir=tmp_path / "var", demo=True, organisation=organisation.name)
    make_var(settings)
    database = open_database(settings)
    clock = build_clock(True, demo_clock)
    store_figures(database, organisation, clock() - timedelta(minutes=4))
    a_publisher(database, organisation).publish_due(clock(), lambda session: None)
    server = RealServer(settings, demo_clock)
    server.start()
    yield server, database, f"{server.url}/wall?code={open_demo_screen(database, clock())}"
    server.stop()
    server.log.close()
    database.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], watched) -> Page:  # type: ignore[no-untyped-def]
    """A page whose network the test disturbs."""
    watched.network_trouble_expected = True
    return new_context().new_page()


def test_a_frozen_server_is_noticed_and_forgiven(
    stage: tuple[RealServer, Database, str], page: Page, organisation: Organisation, now: datetime
) -> None:
    server, database, url = stage
    open_wall(page, url)
    expect(page.locator(COMPLETION)).to_contain_text("4 phút")
    expect_live(page)
    stopped_at = time.time()
    server.send(signal.SIGSTOP)
    expect_lost(page)
    assert link_became(page, "lost") - stopped_at <= 5
    expect(page.locator(STRIP)).to_contain_text("không rõ")
    expect(page.locator(f"{BANNER} [data-link=count]")).to_have_text(re.compile(r"00:00:(0[6-9]|1\d)"))
    complete_more(database, a_unit_of(organisation), 50, now)
    a_publisher(database, organisation).publish_due(now, lambda session: None)
    continued_at = time.time()
    server.send(signal.SIGCONT)
    expect_live(page)
    assert link_became(page, "live") - continued_at <= 5
    expect(page.locator(COMPLETION)).to_contain_text("23,7%")
    assert not was_reloaded(page)


def test_a_killed_server_is_noticed_its_figures_go_on_aging_and_its_return_heals_the_wall(
    stage: tuple[RealServer, Database, str], page: Page
) -> None:
    server, _database, url = stage
    page.clock.install(time=datetime(2026, 11, 23, 2, 40))
    open_wall(page, url)
    expect(page.locator(COMPLETION)).to_contain_text("4 phút")
    server.stop()
    expect_lost(page)
    page.clock.fast_forward("00:07:00")
    expect(page.locator(COMPLETION)).to_contain_text("chậm 11 phút")
    server.start()
    expect_live(page, within_ms=5000)
    expect(page.locator(COMPLETION)).to_contain_text("4 phút")
    assert not was_reloaded(page)

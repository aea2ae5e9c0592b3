"""From a fact in the database to its row on /console in a real browser, median and p95; then how often the console and
the wall change in a flood of 500 facts a minute.

The real web server and the real worker run on a database of their own; each security event is of another unit or kind.
`python benchmarks/fact_to_console.py [--number 30] [--flood 60]`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from people_support import PASSWORD, a_person  # noqa: E402 - needs the path above
from security_support import a_record, heard, store  # noqa: E402

from actions.pair_screen import open_demo_screen  # noqa: E402
from benchmarks.feeds_to_glass import free_port, say  # noqa: E402
from clock import Clock, build_clock  # noqa: E402
from data_access.session import Database  # noqa: E402
from domain.security import SecurityKind  # noqa: E402
from manage_commands.readiness import make_var, open_database, read_organisation  # noqa: E402
from settings import Settings  # noqa: E402

KINDS = (SecurityKind.GATHERING, SecurityKind.DISORDER, SecurityKind.INTRUSION, SecurityKind.TAMPER)
A_MINUTE = 500
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")
# Notes when the list has more alarms than before, by the clock of the page, which is this machine's.
WATCH = """() => {
  window.seen = [];
  let rows = 0;
  new MutationObserver(() => {
    const now = document.querySelectorAll("#console-rows-list [data-alarm]").length;
    if (now > rows) window.seen.push(Date.now() / 1000);
    rows = now;
  }).observe(document.documentElement, { childList: true, subtree: true });
}"""

# Notes each moment at which the list was drawn anew (ages that count on are no change); within 50 ms it is one.
CHANGES = """selector => {
  window.changes = [];
  const list = document.querySelector(selector);
  new MutationObserver((all) => {
    if (!all.some((one) => [...one.addedNodes].some((node) => node.nodeType === 1))) return;
    const now = Date.now() / 1000, last = window.changes.at(-1);
    if (last === undefined || now - last > 0.05) window.changes.push(now);
  }).observe(list, { childList: true, subtree: true });
}"""


def flooded(database: Database, pages: dict[str, tuple[Page, str]], units: list[str], seconds: int, now: Clock) -> None:
    """Write 500 facts a minute and print how often each page changed its list."""
    for page, selector in pages.values():
        page.evaluate(CHANGES, selector)
    began, written = time.monotonic(), 0
    while time.monotonic() - began < seconds:
        unit, kind = random.choice(units), random.choice(KINDS)
        store(database, a_record(unit, kind, now(), f"{unit}-f{written}"), now=now())
        written += 1
        # Playwright's own loop has to turn while we wait.
        next(iter(pages.values()))[0].wait_for_timeout(
            max(0.0, began + written * 60 / A_MINUTE - time.monotonic()) * 1000
        )
    for name, (page, selector) in pages.items():
        at = page.evaluate("window.changes")
        gaps = [later - before for before, later in zip(at, at[1:], strict=False)] or [float("nan")]
        rows = page.locator(f"{selector} :is(.console-row, .alarm-row)").count()
        print(
            f"{name}: {written} facts in {seconds} s, {len(at)} changes, shortest gap {min(gaps):.2f} s, "
            f"median {statistics.median(gaps):.2f} s, {rows} rows at the end"
        )


def console_of(page: Page, address: str) -> None:
    """The operator's console, watched."""
    page.goto(f"{address}/console")
    page.fill("[name=name]", "truc")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("#console-rows-list p")
    page.evaluate(WATCH)


def main() -> None:
    """Measure one event at a time at random moments."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=30)
    parser.add_argument("--flood", type=int, default=60, help="seconds")
    wanted = parser.parse_args()
    number = wanted.number
    demo_clock = f"2026-11-24T09:40:00+07:00@{time.time():.0f}"
    now = build_clock(True, demo_clock)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        settings = Settings(var_dir=Path(folder) / "var", demo=True)
        make_var(settings)
        organisation, database = read_organisation(settings), open_database(settings)
        a_person(database, "truc", now())
        heard(database, "security", now=now())
        port = free_port()
        environment = {**os.environ, "VAR_DIR": str(settings.var_dir), "DEMO": "1", "DEMO_CLOCK": demo_clock}
        web = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
        for command in (
            [*web, "--threads", "16", "--no-control-socket", "app:build_server()"],
            [sys.executable, "worker.py"],
        ):
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
            ending.callback(process.wait, 20)
            ending.callback(process.terminate)
        time.sleep(20)
        playwright = ending.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        ending.callback(browser.close)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        console_of(page, f"http://127.0.0.1:{port}")
        units = [unit.code for unit in organisation.case_units_on(now().date())]
        events = list(product(KINDS, units))[:number]
        taken = []
        for at, (kind, unit) in enumerate(events):
            time.sleep(random.uniform(1.0, 4.0))
            began = time.time()
            store(database, a_record(unit, kind, now(), f"{unit}-{at}"), now=now())
            page.wait_for_function("count => window.seen.length > count", arg=at, timeout=30_000)
            taken.append(page.evaluate("at => window.seen[at]", at) - began)
        say("a fact in the database to its row on the console", taken)
        wall = browser.new_page(viewport={"width": 1920, "height": 1080})
        wall.goto(f"http://127.0.0.1:{port}/wall?code={open_demo_screen(database, now())}")
        wall.wait_for_selector(".panel--urgent .alarm-row")
        pages = {"console": (page, "#console-rows-list"), "wall": (wall, "#alarms-urgent-panel")}
        flooded(database, pages, units, wanted.flood, now)
        print(f"load {os.getloadavg()[0]:.1f}; a beat every 0.5 s, a decision a second at most")
        database.close()


if __name__ == "__main__":
    main()

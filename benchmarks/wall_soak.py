"""The wall for a long time: first paint, bytes, heap, nodes and listeners under many changes, honesty when cut off.

Runs the real gunicorn on a database of its own and draws in this process, so that changes can come fast. Two pages
look: one as it ships (a change at most every other second), one whose pause between changes is shortened in the script
it is served, so that it lays in every one of them.
`python benchmarks/wall_soak.py [--minutes 20] [--changes 2000] [--cuts 10]`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from live_glass import Stage  # noqa: E402 - the neighbour script's stage
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright  # noqa: E402

from clock import real_clock  # noqa: E402
from data_access.boundary_shapes import load_maps, stored_file  # noqa: E402
from scenes.publishing import Publisher  # noqa: E402
from scenes.registry import SCENES  # noqa: E402

PAINTS = 5
SAMPLES = 12
DRAWN = ".wall:not([hidden]) .freshness-strip"


class Fast(Publisher):
    """A publisher that may draw as fast as it is asked to."""

    def publish_now(self) -> int:
        """One drawing, whatever time has passed since the last."""
        ticks = self.monotonic() + 3
        self.monotonic = lambda: ticks
        return self.publish_due(real_clock(), lambda session: None)


@contextmanager
def web(stage: Stage) -> Iterator[subprocess.Popen[bytes]]:
    """gunicorn alone, answering."""
    environment = {**os.environ, "VAR_DIR": str(stage.settings.var_dir), "DEMO": "1", "DEMO_CLOCK": ""}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{stage.port}", "--worker-class", "gthread",
         "--threads", "96", "--keep-alive", "75", "--no-control-socket", "app:build_server()"],
        cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        stage._wait_until_drawn(time.monotonic() + 90)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGCONT)
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def measure_first_paint(browser: Browser, url: str) -> None:
    """Print the time to the first drawn panels and what was loaded, with an empty cache and with a filled one."""
    cold, warm, loaded, again = [], [], [], []
    for _ in range(PAINTS):
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        page = context.new_page()
        seconds, size = paint(page, lambda page=page: page.goto(url, wait_until="commit"))
        cold.append(seconds)
        loaded.append(size)
        seconds, size = paint(page, lambda page=page: page.reload(wait_until="commit"))
        warm.append(seconds)
        again.append(size)
        context.close()
    print(f"\nfirst paint of drawn panels, N={PAINTS}")
    for name, seconds, sizes in (("cold", cold, loaded), ("warm", warm, again)):
        worst = max(seconds)
        print(f"  {name}: median {statistics.median(seconds):.2f} s, worst {worst:.2f} s, "
              f"{statistics.median(sizes) / 1000:.0f} kB over the wire")  # fmt: skip


def paint(page: Page, go: Callable[[], Any]) -> tuple[float, float]:
    """Seconds until panels are drawn, and bytes that came over the wire."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    began = time.monotonic()
    go()
    page.wait_for_selector(DRAWN)
    seconds = time.monotonic() - began
    page.wait_for_timeout(1500)
    return seconds, sum(sizes)


def hasty(context: BrowserContext) -> None:
    """Serve live.js to this context with a pause of 100 ms between changes instead of two seconds."""
    script = (ROOT / "assets" / "live.js").read_text(encoding="utf-8")
    shortened = script.replace("CHANGE_EVERY_MS = 2000", "CHANGE_EVERY_MS = 100")
    assert shortened != script
    context.route("**/assets/live.js*", lambda route: route.fulfill(body=shortened, content_type="text/javascript"))


def health(session: CDPSession) -> dict[str, float]:
    """Heap in MB after a forced collection, nodes, listeners."""
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    heap = metrics["JSHeapUsedSize"] / 1e6
    return {"heap": heap, "nodes": metrics["Nodes"], "listeners": metrics["JSEventListeners"]}


def soak(browser: Browser, stage: Stage, publisher: Fast, url: str, minutes: float, changes: int) -> None:
    """Print heap, nodes and listeners of both pages over the whole time."""
    pages: dict[str, tuple[Page, CDPSession]] = {}
    for name in ("as it ships", "every change"):
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        if name == "every change":
            hasty(context)
        page = context.new_page()
        page.goto(url, wait_until="commit")
        page.wait_for_selector(DRAWN)
        page.evaluate("""() => { window.laid = 0; new MutationObserver(() => window.laid++).observe(
            document.querySelector("#cases-completion-panel"), {childList: true}); }""")
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        pages[name] = (page, session)
    pages["as it ships"][0].wait_for_timeout(5000)
    pause, samples = minutes * 60 / changes, []
    began = time.monotonic()
    for number in range(changes):
        stage.change(1 + number % 3)
        publisher.publish_now()
        if number % max(changes // SAMPLES, 1) == 0:
            samples.append({name: health(session) for name, (_, session) in pages.items()})
        ahead = began + (number + 1) * pause - time.monotonic()
        pages["every change"][0].wait_for_timeout(max(ahead, 0) * 1000)
    samples.append({name: health(session) for name, (_, session) in pages.items()})
    print(
        f"\n{changes} changes in {(time.monotonic() - began) / 60:.1f} minutes, {len(samples)} samples after collection"
    )
    for name, (page, _) in pages.items():
        print(f"  {name}: {page.evaluate('window.laid')} changes laid in")
        for what in ("heap", "nodes", "listeners"):
            row = [sample[name][what] for sample in samples]
            half = row[len(row) // 2 :]
            print(f"    {what}: first {row[0]:.1f}, last {row[-1]:.1f}, second half {min(half):.1f} to {max(half):.1f}")
        page.context.close()


def measure_cuts(browser: Browser, process: subprocess.Popen[bytes], url: str, cuts: int) -> None:
    """Stop and continue the server again and again; print frames at 4 Hz in which an old value looked live."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(DRAWN)
    # In the page itself: what a viewer saw, whatever this process was doing.
    page.evaluate("""() => {
      window.frames = {all: 0, lies: 0};
      window.stoppedAt = 0;
      setInterval(() => {
        window.frames.all += 1;
        const live = document.documentElement.dataset.link === "live";
        if (window.stoppedAt && Date.now() - window.stoppedAt > 5000 && live) window.frames.lies += 1;
      }, 250);
    }""")
    noticed, healed = [], []
    for _ in range(cuts):
        page.wait_for_timeout(2500)
        os.killpg(process.pid, signal.SIGSTOP)
        page.evaluate("window.stoppedAt = Date.now()")
        began = time.monotonic()
        page.wait_for_selector("html[data-link=lost]", state="attached", timeout=15_000)
        noticed.append(time.monotonic() - began)
        page.wait_for_timeout(6000)
        page.evaluate("window.stoppedAt = 0")
        os.killpg(process.pid, signal.SIGCONT)
        began = time.monotonic()
        page.wait_for_selector("html[data-link=live]", state="attached", timeout=15_000)
        healed.append(time.monotonic() - began)
    frames = page.evaluate("window.frames")
    print(f"\nserver stopped and continued, N={cuts}")
    print(f"  banner after: median {statistics.median(noticed):.1f} s, worst {max(noticed):.1f} s")
    print(f"  healed after: median {statistics.median(healed):.1f} s, worst {max(healed):.1f} s")
    print(f"  frames at 4 Hz: {frames['all']}, of them an old value looking live: {frames['lies']}")
    context.close()


def main() -> None:
    """Measure on a temporary database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--changes", type=int, default=2000)
    parser.add_argument("--cuts", type=int, default=10)
    asked = parser.parse_args()
    path = shutil.which("chromium")
    if path is None:
        sys.exit("no Chromium on this machine: the wall cannot be measured")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} {os.getloadavg()[1]:.1f}, SQLite")
    with tempfile.TemporaryDirectory(prefix="thads-bench-") as folder, sync_playwright() as playwright:
        stage = Stage(Path(folder))
        stage.change(100)
        maps = load_maps(stored_file(stage.organisation.name))
        publisher = Fast(stage.database, stage.organisation, SCENES, True, lambda *_, **__: "SC-BENCH", maps=maps)
        publisher.publish_now()
        url = f"{stage.url}/wall?code={stage.code}"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with web(stage) as process:
            measure_first_paint(browser, url)
            measure_cuts(browser, process, url, asked.cuts)
            soak(browser, stage, publisher, url, asked.minutes, asked.changes)
        browser.close()
        stage.database.close()
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

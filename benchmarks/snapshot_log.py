"""What a day of the wall leaves in the database, before and after thinning: rows, bytes, and what thinning costs."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402

from data_access.models.live import PanelContent, Snapshot  # noqa: E402
from data_access.schema import upgrade_schema  # noqa: E402
from data_access.session import Database  # noqa: E402
from data_access.snapshots import DrawnPanel, save_panels, thin_history, thin_to_minutes  # noqa: E402

OPENS = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
# Component JSON before compression; at every change each panel is drawn anew with a chance of `share`.
PANEL_BYTES = (1_000, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 6_000, 8_000)
KEEP_EVERY_CHANGE_FOR, THIN_EVERY = timedelta(minutes=15), timedelta(minutes=10)


def a_panel(number: int, rng: Random) -> DrawnPanel:
    """Rows of a table as Dash writes them, every figure another one."""
    rows: list[str] = []
    size = 0
    while size < PANEL_BYTES[number]:
        cell = rng.randint(0, 9_999)
        row = f'{{"props":{{"children":"{cell}","className":"tile__value"}},"type":"Span","namespace":"dash_html"}},'
        rows.append(row)
        size += len(row)
    return DrawnPanel("overview", f"panel-{number}", "".join(rows).encode())


def stored(database: Database) -> tuple[int, int, int]:
    """Snapshot rows, contents, and bytes of the contents."""
    with database.reading() as session:
        rows = session.scalar(select(func.count()).select_from(Snapshot)) or 0
        contents, size = session.execute(select(func.count(), func.sum(func.length(PanelContent.body)))).one()
    return rows, contents, int(size or 0)


def live_a_day(database: Database, hours: float, every: float, share: float, is_thinned: bool) -> list[float]:
    """Draw through the hours at this rhythm; milliseconds of every thinning."""
    rng, now, ends_at = Random(1), OPENS, OPENS + timedelta(hours=hours)
    thinned_at, costs = now, [0.0]
    since: datetime | None = None
    while now < ends_at:
        now += timedelta(seconds=every)
        drawn = [a_panel(number, rng) for number in range(len(PANEL_BYTES)) if rng.random() < share]
        with database.writing() as session:
            save_panels(session, "wall", drawn, now)
        if is_thinned and now - thinned_at >= THIN_EVERY:
            began = time.perf_counter()
            before = now - KEEP_EVERY_CHANGE_FOR
            with database.writing() as session:
                thin_to_minutes(session, before, since)
                thin_history(session, now - timedelta(days=30))
            thinned_at, since = now, before
            costs.append(1000 * (time.perf_counter() - began))
    return costs


def main() -> None:
    """Measure one day without and one with thinning."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=10.0, help="how long the offices work")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two changes")
    parser.add_argument("--share", type=float, default=1.0, help="share of the panels that a change draws anew")
    chosen = parser.parse_args()
    changes = int(chosen.hours * 3600 / chosen.every)
    print(f"N = {changes} changes, {len(PANEL_BYTES)} panels of {sum(PANEL_BYTES):,} bytes, share {chosen.share}")
    for is_thinned in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "log.sqlite"
            database = Database(f"sqlite:///{path}")
            upgrade_schema(database)
            costs = live_a_day(database, chosen.hours, chosen.every, chosen.share, is_thinned)
            rows, contents, size = stored(database)
            database.close()
            words = "thinned" if is_thinned else "all kept"
            print(f"{words:9} {rows:7,} rows {contents:7,} contents {size:12,} bytes, file {path.stat().st_size:12,}")
            if is_thinned:
                print(f"thinning: at most {max(costs):.0f} ms, {len(costs) - 1} times; 30 days {30 * size:,} bytes")


if __name__ == "__main__":
    main()

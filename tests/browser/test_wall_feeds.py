"""One plug pulled: what stands on that feed grows old, says since when, and everything else stays live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attendance_support import a_staffed_morning
from camera_support import a_pass
from playwright.sync_api import BrowserContext, expect
from reception_support import a_morning_of_visits
from reports_support import a_morning, store_reports
from scenes_support import store_whole_year
from security_support import heard
from wall_support import open_wall

from components import format as text
from data_access.sources import save_source_success

FEEDS = {"field_reports": "Hue-S", "attendance": "Chấm công", "reception": "Tiếp công dân", "cameras": "Camera"}
# Every aged part on the glass: its instant, its face, and the panel it stands in.
AGED = """() => [...document.querySelectorAll('.wall--dense [data-at]')].map((part) =>
  [Number(part.dataset.at), part.dataset.face, (part.closest('[id$="-panel"]') || part).id])"""


@pytest.mark.parametrize("feed", FEEDS)
def test_only_what_stands_on_the_lost_feed_is_old(
    served: Any, new_context: Callable[..., BrowserContext], feed: str
) -> None:
    now = served.clock()
    units = [unit.code for unit in served.organisation.case_units_on(now.date())]
    store_whole_year(served.database, served.organisation, now)
    store_reports(served.database, served.organisation, a_morning(units, now), now)
    a_staffed_morning(served.database, units, now)
    a_morning_of_visits(served.database, units, now)
    a_pass(served.database, dict.fromkeys(units, 6), now)
    heard(served.database, "security", now=now)
    pulled_at = now - timedelta(hours=3)
    with served.database.writing() as session:
        save_source_success(session, feed, pulled_at, pulled_at)
    served.publish()
    page = new_context(1920, reduced_motion="reduce").new_page()
    open_wall(page, served.wall_url())
    chip = page.locator(".wall--dense .freshness-strip [data-at]", has_text=FEEDS[feed]).first
    expect(chip).to_have_attribute("data-face", "lost")
    expect(chip).to_contain_text("mất")
    old, aged = text.milliseconds(pulled_at), page.evaluate(AGED)
    panels = {panel for at, face, panel in aged if face == "lost"}
    assert all((at == old) == (face == "lost") for at, face, _ in aged), aged
    assert any(panel.startswith(f"{feed}-") for panel in panels)
    others = {f"{other}-" for other in FEEDS if other != feed} | {"cases-"}
    assert not [panel for panel in panels if panel.startswith(tuple(others))]

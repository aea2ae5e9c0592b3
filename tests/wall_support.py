"""Reading the wall in a browser: what it shows, how it is marked, whether anything is cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

import worker
from actions.pair_screen import DEMO_SCREEN
from data_access.boundary_shapes import load_maps, stored_file
from data_access.screens import save_settings, screen_by_name
from data_access.session import Database
from data_access.versions import bump_version
from domain.legibility import Layout
from domain.screens import ScreenSettings
from domain.units import Organisation
from scenes.publishing import Publisher
from scenes.registry import SCENES

# For what shows the organisation itself: its names, its map, its units in lists and in questions.
BOTH_PACKS = pytest.mark.parametrize("pack", ["hue-two-level", "hue"], indirect=True)
COMPLETION = "#cases-completion-panel"
UNITS = "#units-comparison-panel"
STRIP = "#sources-freshness-panel"
# Both layouts are mounted; what a viewer sees is in the one that is not hidden.
GLASS = ".wall:not([hidden]) main"
BANNER = ".wall:not([hidden]) .link-banner"
CLOCK = ".wall:not([hidden]) .wall-clock"

# Every text that overflows its box, and every text below 2,2rem.
CROWDED = """(leastRem) => {
  const wrong = [], smallest = leastRem * parseFloat(getComputedStyle(document.documentElement).fontSize) - 0.01;
  for (const element of document.querySelectorAll(".wall:not([hidden]) *")) {
    const style = getComputedStyle(element);
    if (element.closest("svg") || style.display === "contents" || style.display === "none") continue;
    const words = element.textContent.trim();
    if (style.display !== "inline" && element.clientWidth && element.scrollWidth > element.clientWidth + 1)
      wrong.push(["overflow", element.className, words.slice(0, 60)]);
    if (element.matches(".panel") && element.scrollHeight > element.clientHeight + 2)
      wrong.push(["too tall", element.className, element.scrollHeight - element.clientHeight]);
    const size = parseFloat(style.fontSize); // 0 hides a lost value behind its dash
    if (!element.children.length && words && size > 0 && size < smallest)
      wrong.push(["small", style.fontSize, words]);
  }
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) wrong.push(["page scrolls"]);
  return wrong;
}"""

NOTES = """() => {
  window.neverReloaded = true;
  window.linkChanges = [];
  const page = document.documentElement;
  let before = page.dataset.link;
  new MutationObserver(() => {
    if (page.dataset.link !== before) window.linkChanges.push([before = page.dataset.link, Date.now()]);
  }).observe(page, {attributes: true, attributeFilter: ["data-link"]});
}"""


@dataclass(slots=True)
class JudgingPublisher(Publisher):
    """As the worker's beat: alarms are decided before anything is drawn."""

    def publish_due(self, now: datetime, guard: Callable[[Session], None]) -> int:
        decide_alarms(self.database, self.organisation, now)
        return Publisher.publish_due(self, now, guard)


def decide_alarms(database: Database, organisation: Organisation, now: datetime) -> None:
    """Let the engine decide once, as a worker that has just taken over."""
    worker.decide_alarms(worker.alarm_engine(database, organisation, is_sample=True), now, lambda session: None)


def a_publisher(database: Database, organisation: Organisation) -> Publisher:
    """The worker's drawing hand, with the maps of the pack."""
    maps = load_maps(stored_file(organisation.name))
    return JudgingPublisher(database, organisation, SCENES, True, lambda event, error, **fields: "SC-TEST22", maps=maps)


def open_wall(page: Page, url: str, layout: Layout = Layout.DENSE) -> None:
    """Open the wall and wait until the panels of this layout are drawn."""
    page.goto(url, wait_until="commit")
    page.wait_for_selector(f".wall--{layout.value}:not([hidden]) .freshness-strip")
    page.evaluate(NOTES)


def open_scene(page: Page, scene: str) -> None:
    """Turn to a scene as a remote control would, and wait until it stands still and is drawn."""
    expect(page.locator(f".wall:not([hidden]) [data-goto={scene}]:not([hidden])")).to_have_count(1)
    page.keyboard.press(str(offered_scenes(page).index(scene) + 1))
    expect(page.locator(f".wall:not([hidden]) [data-scene={scene}].is-on")).to_have_css("opacity", "1")
    # A key holds the scene, and the header says so: the widest it gets.
    expect(page.locator(".wall:not([hidden]) [data-rotation]")).not_to_be_empty()
    expect(page.locator(".wall:not([hidden]) .panel--loading")).to_have_count(0)


def offered_scenes(page: Page) -> list[str]:
    """The names of the scenes that turn: those with something to show, or all when none has."""
    names: list[str] = page.eval_on_selector_all(
        ".wall:not([hidden]) [data-goto]:not([hidden])", "found => found.map((each) => each.dataset.goto)"
    )
    return names


def set_up_screen(database: Database, now: datetime, **settings: Any) -> None:
    """Set the demo's screen up as an administrator would."""
    with database.writing() as session:
        screen = screen_by_name(session, DEMO_SCREEN)
        assert screen is not None
        save_settings(screen, replace(ScreenSettings(DEMO_SCREEN), **settings))
        bump_version(session, "screens", now)


def crowded(page: Page, least_rem: float = 2.2) -> list[Any]:
    """Texts that are cut off or smaller than `least_rem`."""
    page.evaluate("document.fonts.ready")
    found: list[Any] = page.evaluate(CROWDED, least_rem)
    return found


def was_reloaded(page: Page) -> bool:
    """Whether the page was loaded again since `open_wall`."""
    return not page.evaluate("window.neverReloaded === true")


def expect_lost(page: Page, within_ms: float = 9000) -> None:
    """The banner of a lost server stands; the timing itself is read with `link_became`."""
    expect(page.locator(BANNER)).to_be_visible(timeout=within_ms)
    expect(page.locator(BANNER)).to_contain_text("Mất kết nối máy chủ từ")


def expect_live(page: Page, within_ms: float = 9000) -> None:
    """No banner."""
    expect(page.locator(BANNER)).to_be_hidden(timeout=within_ms)


def link_became(page: Page, state: str) -> float:
    """When the page last marked its link so, in seconds since 1970 by the clock of the page.

    The page notes it itself: asking from outside sees it up to a second later.
    """
    changes: list[list[Any]] = page.evaluate("window.linkChanges")
    return float([at for link, at in changes if link == state][-1]) / 1000

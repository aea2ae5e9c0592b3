"""The link between the wall and the server: network, database, build and right come and go, the screen says so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from scenes_support import store_figures
from wall_support import (
    BANNER,
    COMPLETION,
    STRIP,
    crowded,
    expect_live,
    expect_lost,
    open_wall,
    was_reloaded,
)

from access.principal import Principal
from actions.pair_screen import revoke_screen
from data_access.screens import screen_by_name
from data_access.versions import bump_version
from domain.permissions import Role

ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a1", "quantri")


@pytest.fixture
def alive(served):  # type: ignore[no-untyped-def]
    """The picture's figures, stored and drawn."""
    store_figures(served.database, served.organisation, served.clock() - timedelta(minutes=4))
    served.publish()
    return served


def test_a_screen_without_network_says_so_at_once_and_heals_without_a_reload(
    alive, new_context: Callable[..., BrowserContext], watched, tmp_path: Path
) -> None:
    watched.network_trouble_expected = True
    context = new_context()
    page = context.new_page()
    open_wall(page, alive.wall_url())
    expect(page.locator(COMPLETION)).to_contain_text("4 phút")
    context.set_offline(True)
    expect_lost(page, within_ms=2500)
    expect(page.locator(f"{STRIP} .chip").first).to_contain_text("không rõ")
    expect(page.locator(f"{BANNER} [data-link=count]")).to_have_text(re.compile(r"00:00:0[3-9]"))
    page.screenshot(path=tmp_path / "wall_lost.png")
    assert crowded(page) == []
    context.set_offline(False)
    expect_live(page)
    expect(page.locator(f"{STRIP} .chip").first).to_contain_text("4 phút")
    assert not was_reloaded(page)


def test_a_database_that_goes_away_is_said_while_the_server_lives(alive, browser_page: Page, watched) -> None:
    watched.network_trouble_expected = True
    open_wall(browser_page, alive.wall_url())
    path = Path(str(alive.database.engine.url.database))
    with alive.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, path.with_suffix(".kept"))
    path.unlink()
    expect(browser_page.locator(BANNER)).to_contain_text("Mất kết nối cơ sở dữ liệu")
    alive.database.engine.dispose()
    for leftover in (f"{path}-wal", f"{path}-shm"):
        Path(leftover).unlink(missing_ok=True)
    path.with_suffix(".kept").rename(path)
    expect_live(browser_page, within_ms=8000)
    assert not was_reloaded(browser_page)


def test_a_new_build_reloads_the_page_once(alive, browser_page: Page) -> None:
    open_wall(browser_page, alive.wall_url())
    deploy(alive, "build-2", with_new_page=True)
    expect(browser_page.locator("html[data-build=build-2]")).to_have_count(1)
    expect(browser_page.locator(COMPLETION)).to_contain_text("22,3%")
    assert loads_within(browser_page, seconds=4) == 0


def test_a_cache_that_keeps_serving_the_old_page_makes_it_reload_only_once(alive, browser_page: Page) -> None:
    open_wall(browser_page, alive.wall_url())
    with browser_page.expect_event("load"):
        deploy(alive, "build-2", with_new_page=False)
    expect(browser_page.locator(COMPLETION)).to_contain_text("22,3%")
    assert loads_within(browser_page, seconds=4) == 0


def test_a_revoked_screen_leaves_the_wall_within_ten_seconds(alive, browser_page: Page, watched) -> None:
    watched.network_trouble_expected = True
    open_wall(browser_page, alive.wall_url())
    with alive.database.reading() as session:
        screen = screen_by_name(session, "Màn hình demo")
        assert screen is not None
        public_id = screen.public_id
    revoke_screen(alive.database, ADMINISTRATOR, public_id, alive.clock())
    browser_page.wait_for_url("**/pairing?lost=1")
    expect(browser_page.locator("body")).to_contain_text("không còn quyền")
    assert "22,3" not in browser_page.content()


def deploy(served, build: str, with_new_page: bool) -> None:  # type: ignore[no-untyped-def]
    """What a new build changes: the name the stream carries, and (unless a cache is in between) the page's own."""
    served.live.build = build
    if with_new_page:
        served.app._build = build
    with served.database.writing() as session:
        bump_version(session, "cases", served.clock())


def loads_within(page: Page, seconds: int) -> int:
    """How often the page is loaded again in the next seconds."""
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.wait_for_timeout(seconds * 1000)
    return len(loads)

"""Every scene in every face at 1920 and some at 3840, its names under both packs: nothing clipped, nothing on anything
else, letters and contrast as agreed, alarm colours only where the list has an entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from attendance_support import a_staffed_morning
from camera_support import a_pass
from glass_support import alarm_pixels, contrast_problems, fonts_used, overlapping
from playwright.sync_api import BrowserContext, Page, expect
from reception_support import a_morning_of_visits
from reports_support import a_morning, quiet_reports, store_reports
from scenes_support import hold_a_file, store_quiet_figures, store_whole_year
from security_support import a_record as an_event
from security_support import heard, store
from wall_support import (
    BANNER,
    BOTH_PACKS,
    GLASS,
    crowded,
    expect_live,
    expect_lost,
    offered_scenes,
    open_scene,
    open_wall,
    set_up_screen,
)

from data_access.sources import save_source_configured
from domain.legibility import Layout
from domain.screens import scenes_of
from domain.security import SecurityKind

SCENES = {layout: [entry.name for entry in scenes_of(layout)] for layout in Layout}
NEAR, FAR = {}, {"diagonal_inches": 55.0, "distance_m": 6.0}
SET_UP = {Layout.DENSE: NEAR, Layout.FAR: FAR}
LEAST_REM = {Layout.DENSE: 2.2, Layout.FAR: 4.4}


@pytest.fixture
def still_context(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """Browsers that ask for less motion: a scene stands at once."""
    return lambda width=1920: new_context(width, reduced_motion="reduce")


def store_a_day(served, cases_at: datetime, reports_at: datetime, with_urgent: bool = False) -> None:  # type: ignore[no-untyped-def]
    """Figures of cases and a morning of field reports, each known since its instant."""
    store_whole_year(served.database, served.organisation, cases_at)
    records = a_morning(unit_codes(served), served.clock())
    shown = [record for record in records if with_urgent or record.external_id != "urgent"]
    store_reports(served.database, served.organisation, shown, reports_at)
    units = unit_codes(served)
    sizes = dict.fromkeys(units, 6)
    cut_off = [f"{units[-1]}-{number:02d}" for number in range(1, 7)]
    a_pass(served.database, sizes, reports_at, lost=[*cut_off, f"{units[1]}-03"])
    a_morning_of_visits(served.database, units, served.clock(), told_at=reports_at, crowd=with_urgent)
    a_staffed_morning(served.database, units, served.clock(), silent=units[-1], heard_at=reports_at)
    heard(served.database, "security", now=reports_at)
    kinds = (SecurityKind.TAMPER, SecurityKind.MOTION, SecurityKind.STORAGE, SecurityKind.INTRUSION)
    events = [
        an_event(unit, kind, reports_at - timedelta(minutes=20 * number), f"{unit}-{number:02d}")
        for number, (unit, kind) in enumerate(zip(units * 2, kinds * 2, strict=False))
    ]
    store(served.database, *events, now=reports_at)


def unit_codes(served) -> list[str]:  # type: ignore[no-untyped-def]
    return [unit.code for unit in served.organisation.case_units_on(served.clock().date())]


def fresh(served) -> None:  # type: ignore[no-untyped-def]
    store_a_day(served, served.clock() - timedelta(minutes=4), served.clock())


def aged(**by: int) -> Callable[..., None]:
    def store(served) -> None:  # type: ignore[no-untyped-def]
        at = served.clock() - timedelta(**by)
        store_a_day(served, at, at)

    return store


def silent(served) -> None:  # type: ignore[no-untyped-def]
    with served.database.writing() as session:
        for source in ("cases", "field_reports", "attendance", "cameras", "reception", "security"):
            save_source_configured(session, source, True, served.clock())


def doubtful(served) -> None:  # type: ignore[no-untyped-def]
    fresh(served)
    hold_a_file(served.database, served.clock())


def failing(served) -> None:  # type: ignore[no-untyped-def]
    """Every panel that asks for figures fails to be drawn."""
    fresh(served)
    with served.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE counter RENAME TO counter_gone")


FACES = {
    "live": fresh,
    "late": aged(minutes=14),
    "stale": aged(minutes=40),
    "lost": aged(hours=3),
    "lost for days": aged(days=2, hours=3),
    "empty": silent,
    "not connected": lambda served: None,
    "suspicious drop": doubtful,
    "failed": failing,
}
OLD_FACES = ("stale", "lost")


def watched_wall(served, context: BrowserContext, layout: Layout) -> Page:  # type: ignore[no-untyped-def]
    """The wall of a screen of this layout, drawn."""
    url = served.wall_url()
    set_up_screen(served.database, served.clock(), **SET_UP[layout])
    served.publish()
    page = context.new_page()
    open_wall(page, url, layout)
    return page


def look(page: Page, layout: Layout, picture: Path, is_old: bool = False) -> None:
    """All that can be seen to be wrong at once, on every scene that is offered; a picture of each that is wrong. Of old
    figures none may light up."""
    for number, scene in enumerate(offered_scenes(page)):
        open_scene(page, scene)
        found = overlapping(page)
        # Every scene of the layout is laid out while another is shown: one measuring finds what is cut off in any.
        cut_off = crowded(page, LEAST_REM[layout]) if number == 0 else []
        if cut_off or found["hits"] or found["out"]:
            page.screenshot(path=picture.with_name(f"{picture.name}_{scene}.png"))
        assert cut_off == [] and found["hits"] == [] and found["out"] == [], scene
        assert not is_old or alarm_pixels(page) == (0, 0), scene


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("layout", list(Layout))
def test_no_text_is_clipped_or_overlaps_in_any_face(
    served, still_context: Callable[..., BrowserContext], layout: Layout, face: str, tmp_path: Path
) -> None:
    FACES[face](served)
    page = watched_wall(served, still_context(), layout)
    look(page, layout, tmp_path / face, face in OLD_FACES)
    if face == "live" or face in OLD_FACES:
        assert offered_scenes(page) == SCENES[layout]


@pytest.mark.parametrize("pack", ["hue"], indirect=True)
@pytest.mark.parametrize("layout", list(Layout))
def test_no_name_of_the_older_organisation_is_clipped(
    served, still_context: Callable[..., BrowserContext], layout: Layout, tmp_path: Path
) -> None:
    fresh(served)
    look(watched_wall(served, still_context(), layout), layout, tmp_path / "live")


@pytest.mark.parametrize("layout", list(Layout))
def test_a_wall_cut_off_from_its_server_still_reads_well_and_says_of_when_it_is(
    served, still_context: Callable[..., BrowserContext], watched, layout: Layout, tmp_path: Path
) -> None:
    watched.network_trouble_expected = True
    fresh(served)
    context = still_context()
    page = watched_wall(served, context, layout)
    context.set_offline(True)
    expect_lost(page)
    expect(page.locator(".wall:not([hidden]) .alarm-at")).to_have_text(re.compile(r"lúc 09:4\d"))
    look(page, layout, tmp_path / "cut_off")
    assert alarm_pixels(page)[1] == 0, "amber must not look live"
    expect(page.locator(BANNER)).to_be_visible()


@pytest.mark.parametrize("layout", list(Layout))
def test_a_wall_whose_database_is_gone_keeps_its_words_and_says_so(
    served, still_context: Callable[..., BrowserContext], watched, layout: Layout, tmp_path: Path
) -> None:
    watched.network_trouble_expected = True
    fresh(served)
    page = watched_wall(served, still_context(), layout)
    Path(str(served.database.engine.url.database)).rename(tmp_path / "taken_away.sqlite")
    expect(page.locator(BANNER)).to_contain_text("Mất kết nối cơ sở dữ liệu từ", timeout=15_000)
    look(page, layout, tmp_path / "database_gone")


@pytest.mark.parametrize("layout", list(Layout))
def test_at_3840_the_same_layout_stands(
    served, still_context: Callable[..., BrowserContext], layout: Layout, tmp_path: Path
) -> None:
    fresh(served)
    page = watched_wall(served, still_context(3840), layout)
    look(page, layout, tmp_path / "3840")


@pytest.mark.parametrize("layout", list(Layout))
def test_contrast_and_letters(served, still_context: Callable[..., BrowserContext], layout: Layout) -> None:
    fresh(served)
    page = watched_wall(served, still_context(), layout)
    for scene in SCENES[layout]:
        open_scene(page, scene)
        assert contrast_problems(page) == [], scene
    # The scenes that are not shown are laid out as well.
    fonts = fonts_used(page)
    assert fonts and all(ours and name.startswith("Inter") for name, ours in fonts.items()), fonts


@pytest.mark.parametrize("layout", list(Layout))
def test_without_an_alarm_nothing_is_red_or_amber(
    served, still_context: Callable[..., BrowserContext], layout: Layout
) -> None:
    store_quiet_figures(served.database, served.organisation, served.clock() - timedelta(minutes=4))
    quiet = quiet_reports(unit_codes(served), served.clock())
    store_reports(served.database, served.organisation, quiet, served.clock())
    page = watched_wall(served, still_context(), layout)
    expect(page.locator(GLASS).locator("..").locator(".alarm-strip")).to_contain_text("Không có cảnh báo đang mở")
    # Where nothing burns, the far scene of what burns has nothing to show; so has a feed without a source.
    assert not {"far_alarms", "cameras"} & set(offered_scenes(page))
    for scene in offered_scenes(page):
        open_scene(page, scene)
        assert alarm_pixels(page) == (0, 0), scene


@pytest.mark.parametrize("layout", list(Layout))
def test_an_alarm_is_amber_on_every_scene_and_nothing_is_red_without_an_urgent_one(
    served, still_context: Callable[..., BrowserContext], layout: Layout
) -> None:
    fresh(served)
    page = watched_wall(served, still_context(), layout)
    for scene in SCENES[layout]:
        open_scene(page, scene)
        expect_live(page)
        red, amber = alarm_pixels(page)
        assert red == 0 and amber > 100, scene


def test_the_map_takes_at_least_three_tenths_of_the_glass(served, browser_page: Page) -> None:
    fresh(served)
    served.publish()
    open_wall(browser_page, served.wall_url())
    open_scene(browser_page, "overview")
    expect_live(browser_page)
    box = browser_page.locator(".map-layers").bounding_box()
    assert box is not None
    assert box["width"] * box["height"] >= 0.30 * 1920 * 1080


@BOTH_PACKS
def test_a_wall_of_one_unit_reads_as_well(served, still_context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    fresh(served)
    unit = served.organisation.case_units_on(served.clock().date())[1]
    url = served.wall_url()
    for layout in Layout:
        set_up_screen(served.database, served.clock(), unit=unit.code, **SET_UP[layout])
        page = still_context().new_page()
        page.goto(url, wait_until="commit")
        expect(page.locator(".walls")).to_be_attached()
        page.wait_for_timeout(300)
        served.publish()
        open_wall(page, f"{served.url}/wall", layout)
        look(page, layout, tmp_path / "one_unit")
        expect(page.locator(".wall--dense .wall-name")).to_contain_text(
            unit.short_name
        ) if layout is Layout.DENSE else None

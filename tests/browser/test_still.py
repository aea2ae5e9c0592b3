"""One look at a camera in a real browser: it comes, says who looks, and goes by itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from people_support import CHIEF, PASSWORD
from playwright.sync_api import BrowserContext, Page, expect

from access.principal import Principal
from access.vault import Vault
from actions.connect_source import SHARED_LOGIN, WantedConnection, connect_source
from actions.import_cameras import import_camera_inventory
from actions.manage_users import create_user
from data_access.site import EXTENSION
from data_access.sources import save_source_success
from demo_city.camera_service import CameraService
from demo_city.cameras import PASSWORD as CAMERA_PASSWORD
from demo_city.cameras import CityCameras
from demo_city.moods import MOODS
from demo_city.units import Pack
from domain.permissions import Role

PACKS = Path(__file__).resolve().parents[2] / "data" / "organisations"
BOX, WORDS = "[data-still-part=box]", "[data-still-part=words]"
pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="no ffmpeg: no picture can be decoded")


@pytest.fixture
def unit(served: Any, pack: str, tmp_path: Path) -> Iterator[str]:
    """The first unit, whose cameras answer and are connected."""
    now = served.clock()
    cameras = CityCameras(Pack(PACKS / pack).units_on(now.date()), 2027, MOODS["calm"], now.date())
    service = CameraService(0, cameras, served.clock, pace=10)
    path = tmp_path / "camera.csv"
    path.write_text(cameras.inventory(service.start(), 0), encoding="utf-8-sig")
    chief = Principal(Role.ADMINISTRATOR, "a", "quantri")
    import_camera_inventory(served.database, chief, served.organisation, path, now)
    vault = Vault(served.server.extensions[EXTENSION].sources_key)
    wanted = WantedConnection("cameras", SHARED_LOGIN, "", CAMERA_PASSWORD)
    connect_source(served.database, CHIEF, vault, wanted, now)
    with served.database.writing() as session:
        save_source_success(session, "cameras", now, now)
    yield cameras.cameras[0].unit
    service.shutdown()
    service.server_close()


@pytest.fixture
def desk(served: Any, unit: str, new_context: Callable[..., BrowserContext]) -> Page:
    """The head of that unit before the camera of the reception room."""
    now = served.clock()
    units = frozenset(each.code for each in served.organisation.case_units_on(now.date()))
    create_user(served.database, CHIEF, "truong", Role.DEPARTMENT_HEAD, unit, units, now, PASSWORD)
    page = new_context(1440).new_page()
    page.clock.install()
    page.goto(f"{served.url}/login")
    page.fill("[name=name]", "truong")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("^(?!.*login)"))
    page.goto(f"{served.url}/cameras?camera={unit}-02")
    return page


def test_a_picture_comes_with_a_reason_and_goes_by_itself(desk: Page, watched: Any, tmp_path: Path) -> None:
    watched.network_trouble_expected = True
    look = desk.get_by_role("button", name="Xem ảnh hiện tại")
    look.click()
    expect(desk.locator(WORDS)).to_contain_text("lý do công vụ")
    expect(desk.locator(f"{BOX} img")).to_have_count(0)
    desk.fill("#cameras-reason-input", "Đối chiếu sự việc tại phòng tiếp dân")
    # From here on the page's clock stands: nothing that takes long on a busy machine eats into the thirty seconds.
    desk.clock.pause_at(desk.evaluate("Date.now() / 1000") + 1)
    look.click()
    # Up to fifteen seconds are promised; where nothing comes the words say why.
    expect(desk.locator(WORDS)).to_contain_text("tự ẩn sau", timeout=20_000)
    picture = desk.locator(f"{BOX} img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])") == [
        960,
        540,
    ]
    desk.screenshot(path=tmp_path / "still_desk.png", full_page=True)
    picture.screenshot(path=tmp_path / "still_picture.png")
    desk.clock.run_for(29_000)
    expect(picture).to_have_count(1)
    desk.clock.run_for(2_000)
    expect(picture).to_have_count(0)
    expect(desk.locator(WORDS)).to_contain_text("Ảnh đã ẩn")

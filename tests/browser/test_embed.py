"""A scene in an iframe of another site, in a real Chromium: shown, kept fresh, partitioned, dark once it is revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect
from security_support import a_record, heard, store
from web_source_support import serving
from webhook_support import ADMINISTRATOR

from access.embed_address import EmbedSigner
from actions.embed_scene import make_embed_address, revoke_embed
from data_access.embeds import living_embeds
from data_access.site import EXTENSION
from domain.security import SecurityKind
from settings import Settings

OUTSIDE: dict[str, str] = {"frame": ""}


@pytest.fixture
def outside() -> Iterator[str]:
    """A page of another site: 'localhost' is another one than 127.0.0.1."""
    app = Flask("outside")

    @app.route("/")
    def page() -> str:
        style = "width:1280px;height:720px;border:0"
        return f'<title>IOC</title><h1>IOC</h1><iframe id="wall" style="{style}" src="{OUTSIDE["frame"]}"></iframe>'

    @app.route("/favicon.ico")
    def icon() -> tuple[str, int]:
        return "", 204

    with serving(app) as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def settings(tmp_path: Path, outside: str) -> Settings:
    """Only the outside page may embed."""
    return Settings(var_dir=tmp_path, demo=True, streams=64, build="build-1", embed_origin=outside)


def test_a_scene_lives_inside_a_page_of_another_site(
    served: Any, outside: str, new_context: Callable[..., BrowserContext], tmp_path: Path, watched: Any
) -> None:
    now, units = served.clock(), served.organisation.case_units_on(served.clock().date())
    heard(served.database, "security", now=now)
    served.publish()
    signer = EmbedSigner(served.server.extensions[EXTENSION].sources_key)
    path, _ = make_embed_address(served.database, ADMINISTRATOR, signer, "cameras", now)
    OUTSIDE["frame"] = served.url + path
    context = new_context(1440)
    page = context.new_page()
    page.goto(outside)
    frame = page.frame_locator("#wall")
    panel = frame.locator("#security-events-panel")
    expect(panel.locator(".panel")).to_be_visible()
    expect(frame.locator("html")).to_have_attribute("data-link", "live")
    expect(frame.locator("#sources-freshness-panel")).to_contain_text("An ninh")
    # Fresh without a reload: a fact comes, the worker draws, the frame shows it.
    before = panel.inner_text()
    store(served.database, a_record(units[0].code, SecurityKind.GATHERING, now, "e1"), now=now)
    served.publish()
    expect(panel).not_to_have_text(before)
    expect(panel).to_contain_text(units[0].short_name)
    page.screenshot(path=tmp_path / "embedded_scene.png")
    renew = (
        "() => fetch(`${document.documentElement.dataset.live}/renew`, { method: 'POST' }).then((one) => one.status)"
    )
    assert page.frames[1].evaluate(renew) == 200
    (cookie,) = [one for one in context.cookies() if one["name"] == "thads_embed"]
    assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "None"
    assert cookie["partitionKey"] == "http://localhost"
    # Partitioned: the same browser, outside of that frame, is a stranger.
    alone = context.new_page()
    watched.network_trouble_expected = True
    answer = alone.goto(f"{served.url}/embed/cameras")
    assert answer is not None and answer.status == 403
    alone.close()
    with served.database.reading() as session:
        (embed,) = living_embeds(session, ADMINISTRATOR, now)
    revoke_embed(served.database, ADMINISTRATOR, embed.public_id, now)
    expect(frame.locator("body")).to_contain_text("đã bị thu hồi", timeout=15_000)


def test_another_site_cannot_frame_it(
    served: Any, outside: str, new_context: Callable[..., BrowserContext], watched: Any
) -> None:
    signer = EmbedSigner(served.server.extensions[EXTENSION].sources_key)
    path, _ = make_embed_address(served.database, ADMINISTRATOR, signer, "cameras", served.clock())
    OUTSIDE["frame"] = served.url + path
    page = new_context(1440).new_page()
    # By its number the same server is another origin, which is not the configured one.
    page.on("console", lambda _message: None)
    page.goto(outside.replace("localhost", "127.0.0.1"))
    page.wait_for_timeout(300)
    assert page.frames[1].locator("#security-events-panel").count() == 0
    watched.errors.clear()

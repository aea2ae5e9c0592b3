"""The desk frame: navigation of a role holds exactly what the role may open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dash
import pytest
from gate_support import Site, build
from people_support import CAST

from access.current import acting_as, let_ask
from access.principal import Principal
from components.shell import GROUPS
from domain.permissions import Role
from domain.units import Organisation


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    at = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
    built = build(tmp_path_factory.mktemp("desk"), sqlite_template, organisation, at)
    yield built
    built.database.close()


def drawn(site: Site, module: str, principal: Principal | None) -> str:
    """A page's layout as JSON, drawn for somebody."""
    let_ask(None)
    layout = dash.page_registry[module]["layout"]
    with site.app.server.app_context():
        if principal is None:
            return str(layout().to_plotly_json())
        with acting_as(principal):
            return str(layout(unit="PHULOC", x="1").to_plotly_json())


@pytest.mark.parametrize("name", CAST)
def test_the_navigation_offers_exactly_what_may_be_opened(site: Site, name: str) -> None:
    role, unit = CAST[name]
    principal = Principal(role, "p", name, unit)
    client = site.as_(name)
    with site.app.server.app_context(), acting_as(principal):
        from pages._desk import navigation_of

        offered = {item.path for item in navigation_of(principal)}
    for page in dash.page_registry.values():
        if page.get("group"):
            assert page["group"] in GROUPS
            assert (page["path"] in offered) == (client.get(page["path"]).status_code == 200)


def test_only_an_administrator_is_offered_administration(site: Site) -> None:
    for name, (role, unit) in CAST.items():
        shown = drawn(site, "pages.not_found_404", Principal(role, "p", name, unit))
        assert ("/administration" in shown) == (role is Role.ADMINISTRATOR)
        assert name in shown and "/password" in shown and "/logout" in shown


def test_a_layout_drawn_for_nobody_offers_nothing(site: Site) -> None:
    shown = drawn(site, "pages.administration", None)
    assert "desk-link" not in shown


def test_every_page_says_where_it_belongs_or_stays_out_of_the_navigation(site: Site) -> None:
    icons = {path.stem for path in (Path(__file__).parents[2] / "assets" / "icons").glob("*.svg")}
    for page in dash.page_registry.values():
        if page.get("group"):
            assert page["icon"] in icons and page["order"] is not None

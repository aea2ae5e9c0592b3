"""What every route, callback and page of this build declares, Dash's own included; what declares nothing is listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import dash
from dash import Dash
from dash._pages import _path_to_page

from access.policy import Policy, policy_of
from access.principal import Principal
from domain.permissions import Permission, Role

WALL = "/wall"
CALLBACKS = "/_dash-update-component"
SUITES = "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
PAGES = frozenset({"/", "/<path:path>"})
ASSETS = "_dash_assets.static"

# Dash's own routes, by endpoint. None: refused to everybody. What is not here and carries no policy is refused too.
ANY_SCREEN = Policy(Permission.SEE_WALL)
DASH_ROUTES: dict[str, Policy | None] = {
    "/_dash-layout": ANY_SCREEN,
    "/_dash-dependencies": ANY_SCREEN,
    SUITES: ANY_SCREEN,
    ASSETS: ANY_SCREEN,
    "/_favicon.ico": Policy(None),
    "/_reload-hash": None,
    "static": None,
}
# What the sign-in and pairing pages need before anybody is known; exact names and one folder of fonts.
PUBLIC_ASSETS = frozenset(
    {"00_tokens.css", "01_boot.js", "31_theme.js", "32_pairing.js", "login.css", "pairing.css", "favicon.ico"}
)
PUBLIC_ASSET_FOLDER = "fonts/"

ROUTER_OUTPUT = "_pages_content.children"


def is_public_asset(name: str) -> bool:
    return name in PUBLIC_ASSETS or (name.startswith(PUBLIC_ASSET_FOLDER) and ".." not in name)


def undeclared(app: Dash) -> list[str]:
    """Every route, server callback and page without a policy; empty in a build that may start."""
    server = app.server
    missing = [
        f"route {rule.rule} ({rule.endpoint})"
        for rule in server.url_map.iter_rules()
        if rule.endpoint not in PAGES | {CALLBACKS} | DASH_ROUTES.keys()
        and policy_of(server.view_functions.get(rule.endpoint)) is None
    ]
    for output, entry in app.callback_map.items():
        if entry.get("background"):
            missing.append(f"background callback {output}")
        rule = policy_of(entry.get("callback"))
        if "callback" in entry and not output.startswith(f"..{ROUTER_OUTPUT}") and (not rule or not rule.permission):
            missing.append(f"callback {output}")
    missing += [f"page {page['path']}" for page in _pages() if not isinstance(page.get("permission"), Permission)]
    missing += [f"page name {name} twice" for name in _twice(page_name(page) for page in _pages())]
    return missing


def page_permission(path: str) -> Permission | None:
    """What the page at this path needs; None when no page is there."""
    page = page_at(path)
    permission: Permission | None = page["permission"] if page else None
    return permission


def page_paths() -> dict[str, str]:
    """The registered pages by name: the only places a sign-in may lead to."""
    return {page_name(page): page["relative_path"] for page in _pages() if not page.get("path_template")}


def page_name(page: dict[str, Any]) -> str:
    """The short name of a page: 'administration' for pages.administration."""
    name: str = page["module"].rsplit(".", 1)[-1]
    return name


def home_of(principal: Principal) -> str:
    """Where a principal lands: a screen on the wall, the head of a unit on its page, who is on duty at the console,
    anybody else on the first page of the navigation."""
    if principal.role is Role.SCREEN:
        return WALL
    if principal.role is Role.DEPARTMENT_HEAD and principal.unit is not None:
        return f"/units/{principal.unit}"
    if principal.role is Role.OPERATOR:
        return "/console"
    allowed = (page for page in _pages() if principal.may(page["permission"]) and page["path"] != "/")
    return next((page["relative_path"] for page in allowed if page.get("group") or page["path"] == WALL), "/password")


def _pages() -> list[dict[str, Any]]:
    return list(dash.page_registry.values())


def page_at(path: str) -> dict[str, Any] | None:
    page, _variables = _path_to_page(path.strip("/"))
    return page or None


def _twice(names: Iterable[str]) -> list[str]:
    seen: list[str] = list(names)
    return sorted({name for name in seen if seen.count(name) > 1})

"""Builds the web app: settings, gate, pages, callbacks, live routes; `app:build_server()` is what gunicorn serves."""

from __future__ import annotations

import hashlib
import re
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import Any

import dash
import structlog
from dash import Dash, html
from flask import Flask, Response, request

from access.principal import NotAllowed
from actions.manage_users import close_demo_accounts
from actions.pair_screen import close_demo_screen
from callbacks import register_callbacks
from clock import Clock
from components import ids
from data_access.boundary_shapes import BoundariesRefused, load_maps, map_on, stored_file
from data_access.schema import SchemaRefused, require_current_schema
from data_access.session import Database
from data_access.site import Site
from domain.boundaries import UnitMap
from domain.local_time import local_day
from domain.units import Organisation
from manage_commands.environment import Refused
from manage_commands.readiness import (
    SOURCES_KEY,
    kept_demo_clock,
    open_database,
    read_clock,
    read_key,
    read_organisation,
    read_settings,
)
from server.compression import install_compression
from server.gate import install_gate
from server.health import install_health
from server.heartbeat import install_heartbeat
from server.hub import Hub
from server.identity import Identity
from server.live import Live, Recheck, install_live, milliseconds
from server.logs import configure_logs, report_incident
from settings import ROOT, Settings

DARK_PATHS = ("/wall",)
DESK_SCRIPTS = ("dash_bootstrap_components", "dash_ag_grid", "/dash_table/")
# First of all: what reloads a page whose scripts did not arrive, and what chooses the theme before it is painted.
HEAD_SCRIPTS = ("01_boot.js", "31_theme.js")
PRELOADED_FONTS = ("inter-latin-wght-normal.woff2", "inter-vietnamese-wght-normal.woff2")
DAY_SECONDS = 24 * 3600
YEAR_SECONDS = 365 * DAY_SECONDS
LIVE = "thads_live"
PAGE = """<!DOCTYPE html>
<html lang="vi" data-theme="{theme}" data-bs-theme="{theme}" data-build="{build}" data-server-at="{server_at}">
<head>{metas}<title>{title}</title>{favicon}{head_scripts}{preloads}{css}</head>
<body>{app_entry}<footer>{config}{scripts}{renderer}</footer></body>
</html>"""


class CommandCentre(Dash):
    """Dash whose page says which build it is and what time the server has, so that live.js need not guess."""

    def __init__(self, build: str, clock: Clock, **options: Any) -> None:
        self._build = build
        self._clock = clock
        super().__init__(**options)

    def interpolate_index(self, **parts: Any) -> str:
        """The first HTML of every page."""
        preloads = "".join(
            f'<link rel="preload" href="{self.get_asset_url("fonts/" + font)}" as="font" type="font/woff2" crossorigin>'
            for font in PRELOADED_FONTS
        )
        is_wall = request.path.startswith(DARK_PATHS)
        theme = "dark" if is_wall else "light"
        if is_wall:
            parts["scripts"] = without_desk_scripts(parts["scripts"])
        head_scripts = "".join(f'<script src="{self.get_asset_url(name)}"></script>' for name in HEAD_SCRIPTS)
        return PAGE.format(
            build=self._build,
            theme=theme,
            server_at=milliseconds(self._clock()),
            preloads=preloads,
            head_scripts=head_scripts,
            **parts,
        )


def without_desk_scripts(tags: str) -> str:
    """Script tags less those of libraries that no wall draws with: they are a seventh of its first load."""
    return re.sub(rf'<script src="[^"]*(?:{"|".join(DESK_SCRIPTS)})[^"]*"></script>', "", tags)


def create_app(settings: Settings, database: Database, clock: Clock, organisation: Organisation) -> Dash:
    """The whole web side, every route and callback declared; nothing is read from the environment here."""
    build = settings.build or fingerprint()
    server = Flask("app", static_folder=None)
    app = CommandCentre(
        build,
        clock,
        name="app",
        server=server,
        assets_folder=str(ROOT / "assets"),
        pages_folder=str(ROOT / "pages"),
        use_pages=True,
        include_pages_meta=False,
        title=organisation.title,
        update_title=None,
        serve_locally=True,
        # Otherwise the first HTML of every page carries the layouts of all pages, to walls and to every role.
        suppress_callback_exceptions=True,
        enable_mcp=False,
        add_log_handler=False,
        on_error=on_callback_error,
    )
    app.layout = html.Div([dash.page_container, html.Div(id=ids.INCIDENT, className="incident", role="alert")])
    identity = Identity(database, clock, settings.secure_cookies, scope_question(organisation))
    hub = Hub(database, clock)
    slots = threading.BoundedSemaphore(settings.streams)
    live = Live(database, clock, hub, build, slots, recheck_question(identity))
    install_live(server, live)
    install_heartbeat(server, database, clock)
    install_health(server, database, clock, build)
    server.extensions[LIVE] = live
    server.after_request(keep_fingerprinted)
    install_compression(server)
    register_callbacks()
    key = read_key(settings.var_dir, SOURCES_KEY, may_be_new=True)
    unit_map = map_of_today(organisation, clock())
    site = Site(
        database,
        clock,
        organisation,
        settings.demo,
        settings.audit_anchors,
        settings.inbox_dir,
        key,
        build,
        unit_map,
        settings.watched_folder,
        settings.feed_requests_per_minute,
    )
    install_gate(app, identity, site, secure_cookies=settings.secure_cookies)
    return app


def map_of_today(organisation: Organisation, now: datetime) -> UnitMap | None:
    """The map beside the sign-in form and on desks; a pack without one still signs people in."""
    try:
        return map_on(load_maps(stored_file(organisation.name)), local_day(now))
    except BoundariesRefused as error:
        structlog.get_logger(__name__).warning("no map for the desks", reason=str(error))
        return None


def scope_question(organisation: Organisation) -> Callable[[str, datetime], bool]:
    """Whether a unit that scopes an account exists at an instant."""
    return lambda unit, at: organisation.unit_on(unit, local_day(at)) is not None


def recheck_question(identity: Identity) -> Callable[[], Recheck]:
    """In a request, remember its (hashed) tokens; later, ask whose they are by then."""

    def remember() -> Recheck:
        credentials = identity.credentials(request)
        return lambda: identity.principal(credentials, afresh=True)

    return remember


def keep_fingerprinted(response: Response) -> Response:
    """Let browsers keep files whose address changes with their content, and fonts for a day; the rest is as it was."""
    if response.status_code == 200 and request.path.startswith("/assets/"):
        if request.args.get("m"):
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        elif request.path.startswith("/assets/fonts/"):
            response.headers["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return response


def fingerprint() -> str:
    """A name for this build: the hash of everything that decides what a screen shows."""
    parts = sorted(
        path
        for folder in ("assets", "components", "domain", "pages", "callbacks", "scenes", "server")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    whole = hashlib.sha256()
    for path in (ROOT / "app.py", *parts):
        whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()[:12]


def on_callback_error(error: Exception) -> None:
    """Log what no callback expected, and say the incident code where the person is looking.

    Who may not do something is no incident: the gate answers that.
    """
    if isinstance(error, NotAllowed):
        raise error
    code = report_incident("callback failed", error)
    dash.set_props(ids.INCIDENT, {"children": f"Không tải được · mã sự cố {code}"})


def build_server() -> Flask:
    """What `gunicorn 'app:build_server()'` serves; exits with 1 when a person must put something right first."""
    configure_logs()
    try:
        settings = read_settings()
        clock = read_clock(settings, kept_demo_clock(settings))
        organisation = read_organisation(settings)
        database = open_database(settings, upgrade=False)
        require_current_schema(database)
    except (Refused, SchemaRefused) as error:
        structlog.get_logger(__name__).error("refused to start", reason=str(error))
        sys.exit(1)
    if not settings.demo:
        close_demo_accounts(database, clock())
        close_demo_screen(database, clock())
    server: Flask = create_app(settings, database, clock, organisation).server
    end_streams_on_term(server.extensions[LIVE].hub)
    return server


def end_streams_on_term(hub: Hub) -> None:
    """Close the streams first when told to stop: an open one would hold a graceful stop until its time-out."""
    before = signal.getsignal(signal.SIGTERM)

    def on_term(number: int, frame: FrameType | None) -> None:
        hub.close()
        if callable(before):
            before(number, frame)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, on_term)

"""The whole web side behind its gate, asked through Flask's test client by each of the cast."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dash import Dash
from flask.testing import FlaskClient
from people_support import CAST, CHIEF, PASSWORD, UNITS, a_person
from werkzeug.test import TestResponse

from access.principal import Principal
from actions.manage_service_accounts import create_service_account, issue_token
from actions.pair_screen import pair_screen
from app import create_app
from data_access.session import Database
from domain.feed import FeedScope
from domain.screens import ScreenSettings
from domain.units import Organisation
from settings import Settings

ORIGIN = {"Origin": "http://localhost"}
CALLBACKS = "/_dash-update-component"
# Who asks in the matrix tests: a stranger, the cast, a wall and a system.
STRANGER, SCREEN, SYSTEM = "stranger", "screen", "system"
EVERYBODY = (STRANGER, *CAST, SCREEN, SYSTEM)


class BufferedClient(FlaskClient):
    """A client that reads every answer to its end, so that no file stays open."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        options.setdefault("buffered", True)
        return super().open(*arguments, **options)


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def skip(self, by: timedelta) -> None:
        self.at += by


@dataclass
class Site:
    """A built application and its database; `as_(...)` gives a client of somebody."""

    app: Dash
    database: Database
    clock: SetClock
    people: dict[str, Principal] = field(default_factory=dict)

    def as_(self, who: str) -> FlaskClient:
        """A fresh browser: signed in, paired, with a bearer token, or nobody's."""
        client = self.app.server.test_client()
        if who == SCREEN:
            pair(self, client)
        elif who == SYSTEM:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.token()}"
        elif who != STRANGER:
            if who not in self.people:
                self.people[who] = a_person(self.database, who, self.clock())
            assert sign_in(client, who).status_code == 303
        return client

    def token(self, *scopes: FeedScope) -> str:
        """A fresh bearer token of a system with these scopes, or with all."""
        held = scopes or tuple(FeedScope)
        public_id, secret = create_service_account(self.database, CHIEF, "IOC", held, self.clock())
        return issue_token(self.database, public_id, secret, "", self.clock()).token


def build(folder: Path, template: Path, organisation: Organisation, at: datetime, **settings: Any) -> Site:
    """The application over an empty SQLite database of its own."""
    path = folder / "thads.sqlite"
    shutil.copy(template, path)
    database = Database(f"sqlite:///{path}", audit_key=b"a key for tests, never for an agency")
    clock = SetClock(at)
    chosen = Settings(var_dir=folder, build="test", **{"demo": True, **settings})
    app = create_app(chosen, database, clock, organisation)
    app.server.test_client_class = BufferedClient
    return Site(app, database, clock)


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, **form: str) -> TestResponse:
    """Send the sign-in form as our own page would."""
    return client.post("/login", data={"name": name, "password": password, **form}, headers=ORIGIN)


def pair(site: Site, client: FlaskClient, unit: str | None = None) -> str:
    """Make the client a screen, in the way a screen becomes one; its public id."""
    code = shown_code(client)
    name = f"Màn hình {code}"
    public_id = pair_screen(site.database, CHIEF, code, ScreenSettings(name, unit), UNITS, site.clock())
    assert wait(client).get_json() == {"state": "paired", "to": "/wall"}
    return public_id


def shown_code(client: FlaskClient) -> str:
    """The code that /pairing shows to this browser."""
    found = re.search(r'class="pairing-code"[^>]*>([0-9A-Z]{4}-[0-9A-Z]{4})<', client.get("/pairing").text)
    assert found
    return found[1]


def wait(client: FlaskClient, body: bytes = b"{}") -> TestResponse:
    """Ask once, as the page does, whether the code was taken."""
    return client.post("/pairing/wait", data=body, headers={**ORIGIN, "Content-Type": "application/json"})


def call(client: FlaskClient, body: Any, **headers: str) -> TestResponse:
    """Post a callback body as our own page would; bytes go as they are."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {**ORIGIN, "Content-Type": "application/json", **headers}
    return client.post(CALLBACKS, data=raw, headers=sent)


def valid_bodies(app: Dash) -> dict[str, dict[str, Any]]:
    """For every server callback the body a page would send when nothing was clicked yet."""
    return {name: valid_body(name, entry) for name, entry in app.callback_map.items() if "callback" in entry}


def valid_body(name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """One body, matching the declaration; every pattern matches one component."""
    outputs = entry["output"] if isinstance(entry["output"], (list, tuple)) else [entry["output"]]
    mark = "@" + name.rsplit("@", 1)[1][:64] if "@" in name else ""
    sent = [
        item(each.component_id_str(), each.component_property + (mark if each.allow_duplicate else ""), False)
        for each in outputs
    ]
    inputs = [item(each["id"], each["property"]) for each in entry["inputs"]]
    changed = [f"{spec['id']}.{spec['property']}" for spec in entry["inputs"] if not spec["id"].startswith("{")]
    return {
        "output": name,
        "outputs": sent if isinstance(entry["output"], (list, tuple)) else sent[0],
        "inputs": inputs,
        "state": [item(each["id"], each["property"]) for each in entry["state"]],
        "changedPropIds": changed[:1],
        "parsedChangedPropsIds": changed[:1],
    }


def item(component_id: str, prop: str, with_value: bool = True) -> Any:
    """An input, state or output of a body."""
    value: dict[str, Any] = {"value": "/wall" if prop == "pathname" else None} if with_value else {}
    if not component_id.startswith("{"):
        return {"id": component_id, "property": prop, **value}
    pattern = json.loads(component_id)
    found = {"id": {key: "x" if isinstance(want, list) else want for key, want in pattern.items()}, "property": prop}
    many = any(want in (["ALL"], ["ALLSMALLER"]) for want in pattern.values())
    return [{**found, **value}] if many else {**found, **value}


def store_of(button: Mapping[str, str]) -> str:
    """The store that hears of a press of this button of a list."""
    return button["type"].removesuffix("button") + "store"


def drawn(site: Site, who: str, output: str, **store: str) -> str:
    """What the callback that writes `output` answers to somebody whose page sends this store."""
    for body in valid_bodies(site.app).values():
        sent = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
        if output in [each["id"] for each in sent]:
            for item in body["inputs"]:
                if item["id"].endswith("-filter-store"):
                    item["value"] = store
            return json.dumps(call(site.as_(who), body).get_json(), ensure_ascii=False)
    raise AssertionError(output)

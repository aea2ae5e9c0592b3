"""Warnings and directives signed by npm's standardwebhooks in a Node process are taken; what was changed is not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from city_alert_support import a_message, info
from gate_support import ORIGIN, STRANGER, Site, build
from werkzeug.test import TestResponse

from domain.units import Organisation

PACKAGES = Path(__file__).resolve().parents[2] / "var" / "peers" / "node" / "node_modules"
NODE = shutil.which("node")
DIRECTIVE = {"directives": [{"id": "CD-1", "title": "Trực bão", "unit": "PHUVANG", "due_on": "2026-11-24"}]}
PATHS = {"alerts": "/api/city-alerts", "directives": "/api/directives"}


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Site:
    return build(tmp_path, sqlite_template, organisation, now)


def registered(site: Site, what: str) -> tuple[str, str]:
    """The address path and the key of a sender that an administrator registers."""
    form = {"do": "add", "name": what, "what": f"{what}/"}
    page = site.as_("quantri").post("/observations/senders", data=form, headers=ORIGIN).get_data(as_text=True)
    key, path = re.search(r"whsec_[\w+/=]+", page), re.search(rf"{PATHS[what]}/[\w-]+", page)
    assert key is not None and path is not None
    return path[0], key[0]


def sent(site: Site, path: str, key: str, body: str, kind: str, arrives: str = "") -> TestResponse:
    """What the server answers to a body that npm signed; `arrives` is what came instead of it."""
    if NODE is None or not PACKAGES.is_dir():
        pytest.skip("no Node, or no standardwebhooks in var/peers: `make test-peers` fetches it by npm")
    script = Path(__file__).with_name("webhook_sender.js")
    command = [NODE, str(script), str(PACKAGES), key, body]
    headers = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return site.as_(STRANGER).post(path, data=(arrives or body).encode(), headers=headers, content_type=kind)


def test_a_warning_in_cap_signed_by_npm_is_taken_and_a_changed_one_is_not(site: Site) -> None:
    path, key = registered(site, "alerts")
    body, other = (a_message(info(severity=severity)).decode() for severity in ("Severe", "Minor"))
    assert sent(site, path, key, body, "application/cap+xml", arrives=other).status_code == 401
    assert sent(site, path, key, body, "application/cap+xml").json == {"accepted": 1, "unchanged": 0, "refused": []}


def test_a_directive_signed_by_npm_is_taken(site: Site) -> None:
    path, key = registered(site, "directives")
    told = sent(site, path, key, json.dumps(DIRECTIVE, ensure_ascii=False), "application/json")
    assert told.json == {"accepted": 1, "directives": [{"id": "CD-1", "state": "issued"}], "refused": []}

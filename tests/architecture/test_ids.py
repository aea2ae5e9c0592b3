"""Ids are how live.js, callbacks and pages find each other: named by rule, listed once, drawn once on a page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from components import ids
from components.wall_frame import panels_of_frame
from domain.screens import EMBEDDABLE_SCENES

ROOT = Path(__file__).resolve().parents[2]

# In a Python of its own: a page can be registered only once in a process, and other tests build applications too.
PROGRAM = """
import json
import dash
from app import create_app
from clock import real_clock
from manage_commands.readiness import make_var, open_database, read_organisation, read_settings

settings = read_settings()
make_var(settings)
app = create_app(settings, open_database(settings), real_clock, read_organisation(settings))
drawn = {}
with app.server.test_request_context("/"):
    frame = [component.id for component in app.layout._traverse_ids()]
    for page in dash.page_registry.values():
        layout = page["layout"]() if callable(page["layout"]) else page["layout"]
        drawn[page["path"] or page["module"]] = frame + [str(component.id) for component in layout._traverse_ids()]
print(json.dumps(drawn))
"""


@pytest.fixture(scope="module")
def drawn_ids(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Every id that each page draws, as often as it draws it."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path_factory.mktemp("ids") / "var")}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def constants() -> dict[str, str]:
    return {name: value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)}


def test_every_id_is_listed_once() -> None:
    repeated = [value for value, count in Counter(constants().values()).items() if count > 1]
    assert constants()
    assert not repeated


def test_an_id_names_its_noun_its_thing_and_its_kind() -> None:
    assert not [value for value in constants().values() if not re.fullmatch(r"[a-z_]+(-[a-z_]+){1,2}", value)]


def test_no_page_draws_an_id_twice(drawn_ids: dict[str, list[str]]) -> None:
    assert "/wall" in drawn_ids
    for page, found in drawn_ids.items():
        repeated = [value for value, count in Counter(found).items() if count > 1]
        assert not repeated, page


def test_a_button_that_a_list_holds_is_heard_on_some_page(drawn_ids: dict[str, list[str]]) -> None:
    heard = {value for name, value in constants().items() if name.endswith("_PRESSED")}
    assert heard and heard <= {value for found in drawn_ids.values() for value in found}


def test_every_panel_has_its_place_on_a_page(drawn_ids: dict[str, list[str]]) -> None:
    panels = {value for value in constants().values() if value.endswith("-panel")}
    embedded = {value for entry in EMBEDDABLE_SCENES for value in panels_of_frame(entry.name)}
    assert panels <= embedded | {value for found in drawn_ids.values() for value in found}

"""The press of a button of a list reaches the server through a store; whatever stands in it breaks nothing."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from gate_support import Site, build, call, store_of, valid_bodies

from components import ids
from components.presses import press_stores
from domain.units import Organisation

DEEP: Any = {"action": {"action": [1]}, "user": None, "file": 7, "item": ["x"], "report": {}, "unit": False}
HOSTILE = [
    None,
    1,
    "x",
    [],
    ["action"],
    {},
    DEEP,
    {"action": "accept", "file": "x"},
    {"action": "settings", "screen": 3},
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    now = datetime.fromisoformat("2026-11-24T02:45:00+00:00")
    built = build(tmp_path_factory.mktemp("presses"), sqlite_template, organisation, now)
    yield built
    built.database.close()


def buttons() -> dict[str, dict[str, str]]:
    """The id of each kind of button that stands in lists, by the function that makes it."""
    made = {}
    for name, function in inspect.getmembers(ids, inspect.isfunction):
        button = function(*("x" for _ in inspect.signature(function).parameters))
        if isinstance(button, dict) and button["type"].endswith("-button"):
            made[name] = button
    return made


def test_every_button_of_a_list_has_a_callback_that_hears_of_it(site: Site) -> None:
    bodies = valid_bodies(site.app).values()
    heard = {each["id"] for body in bodies for each in body["inputs"] if isinstance(each["id"], str)}
    assert len(buttons()) > 10
    assert {store_of(button) for button in buttons().values()} <= heard


def test_no_callback_listens_to_the_buttons_of_a_list_themselves(site: Site) -> None:
    bodies = valid_bodies(site.app)
    assert not [name for name, body in bodies.items() if any(isinstance(each, list) for each in body["inputs"])]


@pytest.mark.parametrize("button", buttons().values(), ids=list(buttons()))
def test_whatever_a_store_says_was_pressed_breaks_nothing(site: Site, button: dict[str, str]) -> None:
    store, admin = store_of(button), site.as_("quantri")
    asked = [body for body in valid_bodies(site.app).values() if body["inputs"][0]["id"] == store]
    assert len(asked) == 1
    for said in (*HOSTILE, button):
        asked[0]["inputs"][0]["value"] = said
        asked[0]["changedPropIds"] = [f"{store}.data"]
        answer = call(admin, asked[0])
        assert answer.status_code in (200, 204), said
        assert ids.INCIDENT not in json.dumps(answer.get_json(silent=True)), said


def test_the_page_says_which_stores_it_has() -> None:
    drawn = press_stores(ids.USERS_PRESSED, ids.SCREENS_PRESSED)
    assert drawn.to_plotly_json()["props"]["data-presses"] == "users-action-store screens-action-store"
    assert [each.id for each in drawn.children] == ["users-action-store", "screens-action-store"]

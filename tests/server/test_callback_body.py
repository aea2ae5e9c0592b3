"""Hostile callback bodies: refused with a 4xx, never a server error; and honest ones go through."""

from __future__ import annotations

import collections
import contextlib
import copy
import json
import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from dash import ALL, MATCH, Input, Output, State
from dash.dependencies import handle_grouped_callback_args
from gate_support import Site, build, call, valid_bodies
from hypothesis import given
from hypothesis import strategies as st

from domain.units import Organisation
from server import gate
from server.callback_body import BadBody, Declared, check_body, declared, read_body
from server.identity import Identity

# 10^5 and more: GATE_FUZZ=100000 pytest tests/server/test_callback_body.py
MUTATIONS = int(os.environ.get("GATE_FUZZ", "10000"))
ALLOWED = {200, 204, 400, 401, 403, 404, 411, 413, 415}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    at = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
    built = build(tmp_path_factory.mktemp("gate"), sqlite_template, organisation, at)
    yield built
    built.database.close()


def a_declaration(*dependencies: Any) -> Declared:
    """The declaration Dash would keep of these outputs, inputs and states."""
    output, inputs, states, _indices, _prevent = handle_grouped_callback_args(dependencies, {})
    entry = {
        "no_output": output == [],
        "output": output,
        "inputs": [each.to_dict() for each in inputs],
        "state": [each.to_dict() for each in states],
    }
    return declared("x.children", entry)


SIMPLE = a_declaration(Output("out", "children"), Input("in", "value"), State("memo", "data"))
PATTERN = a_declaration(
    Output({"type": "row", "index": MATCH}, "children"),
    Input({"type": "button", "index": MATCH}, "n_clicks"),
    Input({"type": "all", "index": ALL}, "value"),
)
LISTED = a_declaration([Output("a", "children"), Output("b", "data")], Input("in", "value"))


def a_simple_body() -> dict[str, Any]:
    return {
        "output": "out.children",
        "outputs": {"id": "out", "property": "children"},
        "inputs": [{"id": "in", "property": "value", "value": {"any": ["thing", 1, None]}}],
        "state": [{"id": "memo", "property": "data"}],
        "changedPropIds": ["in.value"],
        "parsedChangedPropsIds": ["in.value"],
    }


def a_pattern_body() -> dict[str, Any]:
    return {
        "output": "x",
        "outputs": {"id": {"type": "row", "index": 3}, "property": "children"},
        "inputs": [
            {"id": {"type": "button", "index": 3}, "property": "n_clicks", "value": 1},
            [{"id": {"type": "all", "index": index}, "property": "value", "value": 1} for index in ("a", 2)],
        ],
        "changedPropIds": ['{"index":3,"type":"button"}.n_clicks', '{"index":"gone","type":"all"}.value'],
    }


def refused(callback: Declared, body: dict[str, Any]) -> bool:
    try:
        check_body(body, callback)
    except BadBody:
        return True
    return False


def test_an_honest_body_passes() -> None:
    check_body(a_simple_body(), SIMPLE)
    check_body(a_pattern_body(), PATTERN)
    outputs = [{"id": "a", "property": "children"}, {"id": "b", "property": "data"}]
    check_body({"outputs": outputs, "inputs": [{"id": "in", "property": "value"}]}, LISTED)


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "another output": lambda body: body["outputs"].update(id="secret"),
    "another output property": lambda body: body["outputs"].update(property="style"),
    "an output with a value": lambda body: body["outputs"].update(value=1),
    "a list where one output was declared": lambda body: body.update(outputs=[body["outputs"]]),
    "no output": lambda body: body.pop("outputs"),
    "another input": lambda body: body["inputs"][0].update(id="other"),
    "another input property": lambda body: body["inputs"][0].update(property="data"),
    "an input with an id of another type": lambda body: body["inputs"][0].update(id={"type": "in"}),
    "one input too many": lambda body: body["inputs"].append(body["inputs"][0]),
    "no inputs": lambda body: body.pop("inputs"),
    "inputs that are no list": lambda body: body.update(inputs={"0": body["inputs"][0]}),
    "an input that is a list": lambda body: body.update(inputs=[body["inputs"]]),
    "no state": lambda body: body.pop("state"),
    "an unknown key": lambda body: body.update(cacheKey="x"),
    "an unknown key of an item": lambda body: body["inputs"][0].update(allow_optional=True),
    "a trigger that is no input": lambda body: body.update(changedPropIds=["memo.data"]),
    "a trigger that is no text": lambda body: body.update(changedPropIds=[{}]),
    "triggers that are no list": lambda body: body.update(changedPropIds="in.value"),
    "parsed triggers that are no list": lambda body: body.update(parsedChangedPropsIds=1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_body_that_differs_from_the_declaration_is_refused(change: str) -> None:
    body = a_simple_body()
    CHANGES[change](body)
    assert refused(SIMPLE, body)


PATTERN_CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "MATCH that does not match": lambda body: body["inputs"][0]["id"].update(index=4),
    "MATCH of another type": lambda body: body["inputs"][0]["id"].update(index="3"),
    "another fixed value": lambda body: body["outputs"]["id"].update(type="secret"),
    "a key too many": lambda body: body["outputs"]["id"].update(unit="PHULOC"),
    "an index that is no scalar": lambda body: body["inputs"][1][0]["id"].update(index=["ALL"]),
    "an index that is endless": lambda body: body["inputs"][1][0]["id"].update(index="x" * 1000),
    "one where many were declared": lambda body: body.update(inputs=[body["inputs"][0], body["inputs"][1][0]]),
    "a trigger of another pattern": lambda body: body.update(changedPropIds=['{"index":1,"type":"row"}.children']),
    "a trigger that is no JSON": lambda body: body.update(changedPropIds=["{{{.value"]),
    "a deep trigger": lambda body: body.update(changedPropIds=["{" + "[" * 100_000 + ".value"]),
}


@pytest.mark.parametrize("change", PATTERN_CHANGES)
def test_a_pattern_that_differs_from_the_declaration_is_refused(change: str) -> None:
    body = a_pattern_body()
    PATTERN_CHANGES[change](body)
    assert refused(PATTERN, body)


def test_a_callback_without_output_takes_none() -> None:
    callback = a_declaration([], Input("in", "value"))
    check_body({"inputs": [{"id": "in", "property": "value"}]}, callback)
    assert refused(callback, {"outputs": {"id": "a", "property": "b"}, "inputs": [{"id": "in", "property": "value"}]})


HOSTILE = [
    b" ",
    b"null",
    b"[]",
    b'"text"',
    b"7",
    b"{",
    b"\xff\xfe\x00",
    b"{}" * 3,
    b'{"output":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    b'{"output":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}",
    b'{"output":' + b"[" * 70 + b"]" * 70 + b"}",
    b'{"output":NaN}',
    b'{"output":Infinity}',
    b'{"output":1e400}',
    b'{"output":' + b"9" * 5_000 + b"}",
    b'{"output":9223372036854775808}',
    b'{"output":"\\u0000"}',
    b'{"output":"\\ud800"}',
    b'{"\\udfff":1}',
    b'{"output":[' + b"1," * 100_001 + b"1]}",
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_bytes_no_page_sends_are_refused(site: Site, raw: bytes) -> None:
    with pytest.raises(BadBody):
        read_body(raw)
    assert call(site.as_("lanhdao"), raw).status_code == 400


@given(st.recursive(st.none() | st.booleans() | st.text() | st.floats(), lambda inner: st.lists(inner, max_size=4)))
def test_any_json_is_read_or_refused_and_nothing_else(value: Any) -> None:
    with contextlib.suppress(BadBody):
        assert "output" in read_body(json.dumps({"output": value}).encode())


def test_a_body_over_the_limit_is_413_and_one_without_length_411(site: Site) -> None:
    client = site.as_("truc")
    assert call(client, b'{"output":"' + b"x" * 1_000_001 + b'"}').status_code == 413
    endless = client.post(
        "/_dash-update-component",
        headers={"Origin": "http://localhost", "Content-Type": "application/json", "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert endless.status_code in (400, 411)


@pytest.mark.parametrize("query", ["?cacheKey=x", "?job=1&oldJob=2", "?cancelJob=1", "?endId=1&x=1"])
def test_handles_of_background_jobs_are_refused(site: Site, query: str) -> None:
    client = site.as_("truc")
    body = json.dumps(valid_bodies(site.app)["shell-sources-list.children"]).encode()
    headers = {"Origin": "http://localhost", "Content-Type": "application/json"}
    assert client.post(f"/_dash-update-component{query}", data=body, headers=headers).status_code == 400
    assert client.post("/_dash-update-component?endId=1", data=body, headers=headers).status_code == 200


@pytest.mark.parametrize("pathname", [None, 1, {}, [], "", "wall", "//", "/" + "x" * 10_000, "/\u202e", "/%00"])
def test_the_router_takes_paths_only(site: Site, pathname: object) -> None:
    router = next(name for name in site.app.callback_map if "_pages_content.children" in name)
    body = valid_bodies(site.app)[router]
    body["inputs"][0]["value"] = pathname
    expected = 200 if isinstance(pathname, str) and pathname.startswith("/") else 400
    assert call(site.as_("truc"), body).status_code == expected
    body["inputs"][1]["value"] = {"not": "a text"}
    assert call(site.as_("truc"), body).status_code == 400


JUNK: list[Any] = [
    None, True, 0, -1, 2**31, 1.5, "", "x", "ALL", [], [[]], {}, {"id": "x"}, {"a": {"b": []}}, "\u202e", "'; DROP--",
    "<script>", "../../etc/passwd", ["MATCH"], {"index": ["ALL"]}, "x" * 3_000, {"__class__": "x"}, "_pages_content",
]  # fmt: skip


def mutated(body: dict[str, Any], rng: random.Random) -> bytes:
    """A body changed in one to four places; now and then its bytes as well."""
    changed = copy.deepcopy(body)
    for _ in range(rng.randint(1, 4)):
        _mutate(changed, rng)
    raw = bytearray(json.dumps(changed).encode())
    if rng.random() < 0.15:
        for _ in range(rng.randint(1, 5)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    if rng.random() < 0.05:
        del raw[rng.randrange(len(raw)) :]
    return bytes(raw)


def _mutate(node: Any, rng: random.Random) -> None:
    """Walk to a random place and replace, delete, add or double what is there."""
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(node[key], (dict, list)) and node[key] and rng.random() < 0.75:
            node = node[key]
            continue
        kind = rng.random()
        if kind < 0.6:
            node[key] = copy.deepcopy(rng.choice(JUNK))
        elif kind < 0.75:
            del node[key]
        elif isinstance(node, dict):
            node[rng.choice(["value", "extra", "id", "state", "cacheKey"])] = copy.deepcopy(rng.choice(JUNK))
        else:
            node.append(copy.deepcopy(node[key]))
        return


@pytest.mark.slow
def test_no_mutated_body_ever_causes_a_server_error(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(20261123)
    client = site.as_("quantri")
    # The body is tried here, not the session and not the log: both are left out so that ten thousand take seconds.
    monkeypatch.setattr(Identity, "principal", lambda _self, _credentials: site.people["quantri"])
    monkeypatch.setattr(gate, "log", structlog.wrap_logger(None, processors=[_drop]))
    bodies = list(valid_bodies(site.app).values())
    counts: collections.Counter[int] = collections.Counter()
    for _ in range(MUTATIONS):
        raw = mutated(rng.choice(bodies), rng)
        answer = call(client, raw)
        counts[answer.status_code] += 1
        assert answer.status_code in ALLOWED, (answer.status_code, raw)
        assert "Traceback" not in answer.text
    assert counts[400] > MUTATIONS / 2
    assert counts[200] > MUTATIONS / 50, "some mutations only change values, and go through"


def _drop(_logger: object, _method: str, _event: object) -> None:
    raise structlog.DropEvent

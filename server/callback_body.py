"""The body of a Dash callback request: read with limits and compared with what the callback declared.

Dash 4.4.1 trusts this body and answers 500 when it is wrong; here anything that a Dash page could not have sent is a
`BadBody`, which the gate answers with 400.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEEPEST = 64
MOST_VALUES = 100_000
MOST_MATCHES = 5_000
LARGEST_INTEGER = 2**63 - 1
KEYS = frozenset({"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"})

Scalar = str | int | float | bool


class BadBody(ValueError):
    """The body is not one a page of ours sends; the text is for the log, never for the caller."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """One declared Input, State or Output: a plain id, or a pattern of scalars and ["MATCH"], ["ALL"]..."""

    id: str | Mapping[str, Any]
    prop: str
    optional: bool = False

    @property
    def is_many(self) -> bool:
        """Whether the page sends a list: the pattern has an ALL or ALLSMALLER."""
        return isinstance(self.id, Mapping) and any(value in (["ALL"], ["ALLSMALLER"]) for value in self.id.values())


@dataclass(frozen=True, slots=True)
class Declared:
    """What one server callback declared."""

    outputs: tuple[Dependency, ...]
    is_list: bool
    inputs: tuple[Dependency, ...]
    states: tuple[Dependency, ...]


def declared(callback_id: str, entry: Mapping[str, Any]) -> Declared:
    """The declaration of an entry of Dash's callback_map."""
    raw = [] if entry["no_output"] else entry["output"]
    outputs = raw if isinstance(raw, (list, tuple)) else [raw]
    # Dash marks a duplicate output by a hash after its property; it is part of the callback's id.
    mark = "@" + callback_id.rsplit("@", 1)[1][:64] if "@" in callback_id else ""
    return Declared(
        outputs=tuple(
            Dependency(
                _parsed_id(output.component_id_str()),
                output.component_property + (mark if output.allow_duplicate else ""),
            )
            for output in outputs
        ),
        is_list=isinstance(raw, (list, tuple)),
        inputs=tuple(_dependency(each) for each in entry["inputs"]),
        states=tuple(_dependency(each) for each in entry["state"]),
    )


def read_body(raw: bytes) -> dict[str, Any]:
    """The JSON object in `raw`; raises BadBody for anything deep, endless, non-finite or not storable as text."""
    try:
        body = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadBody(f"not JSON: {type(error).__name__}") from error
    if not isinstance(body, dict):
        raise BadBody("not an object")
    _check_values(body)
    return body


def check_body(body: Mapping[str, Any], callback: Declared) -> None:
    """Raise BadBody unless the body names exactly the outputs, inputs and states that were declared."""
    if not body.keys() <= KEYS:
        raise BadBody("unknown key")
    matched: dict[str, Scalar] = {}
    _check_outputs(body.get("outputs"), callback, matched)
    triggers = _check_items(body.get("inputs", []), callback.inputs, matched)
    _check_items(body.get("state", []), callback.states, matched)
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or len(changed) > MOST_MATCHES:
        raise BadBody("changedPropIds is not a list")
    for prop_id in changed:
        if not isinstance(prop_id, str) or not (prop_id in triggers or _may_trigger(prop_id, callback.inputs)):
            raise BadBody("changedPropIds names what is not an input")
    if not isinstance(body.get("parsedChangedPropsIds", []), list):
        raise BadBody("parsedChangedPropsIds is not a list")


def _check_outputs(given: object, callback: Declared, matched: dict[str, Scalar]) -> None:
    if not callback.outputs:
        if given not in (None, []):
            raise BadBody("outputs of a callback without output")
        return
    outputs = given if callback.is_list else [given]
    if not isinstance(outputs, list) or len(outputs) != len(callback.outputs):
        raise BadBody("outputs differ from the declaration")
    for item, dependency in zip(outputs, callback.outputs, strict=True):
        _check_item(item, dependency, {"id", "property"}, matched)


def _check_items(given: object, dependencies: tuple[Dependency, ...], matched: dict[str, Scalar]) -> set[str]:
    """Check a list of inputs or states; the "id.property" of each."""
    if not isinstance(given, list) or len(given) != len(dependencies):
        raise BadBody("inputs or states differ from the declaration")
    names: set[str] = set()
    for item, dependency in zip(given, dependencies, strict=True):
        keys = {"id", "property", "value"} | ({"allow_optional"} if dependency.optional else set())
        names |= _check_item(item, dependency, keys, matched)
    return names


def _check_item(item: object, dependency: Dependency, keys: set[str], matched: dict[str, Scalar]) -> set[str]:
    items = item if dependency.is_many else [item]
    if not isinstance(items, list) or len(items) > MOST_MATCHES:
        raise BadBody("a pattern without a list, or too many")
    for each in items:
        if not isinstance(each, dict) or not {"id", "property"} <= each.keys() <= keys:
            raise BadBody("an item has missing or unknown keys")
        if each["property"] != dependency.prop:
            raise BadBody("a property that was not declared")
        if not _matches(each["id"], dependency, matched):
            raise BadBody("an id that was not declared")
    return {f"{_id_text(each['id'])}.{dependency.prop}" for each in items}


def _matches(given: object, dependency: Dependency, matched: dict[str, Scalar]) -> bool:
    """Whether an id is the declared one; the values of MATCH are noted and must agree over the whole body."""
    if dependency.optional and isinstance(dependency.id, Mapping) and isinstance(given, str):
        # Of an optional pattern that found nothing, the page sends back the pattern itself.
        return given == _id_text(dependency.id)
    if isinstance(dependency.id, str) or not isinstance(given, dict) or given.keys() != dependency.id.keys():
        return given == dependency.id
    for key, wanted in dependency.id.items():
        value = given[key]
        if not isinstance(value, Scalar) or len(str(value)) > 200:
            return False
        if wanted == ["MATCH"]:
            noted = matched.setdefault(key, value)
            if noted != value or type(noted) is not type(value):
                return False
        elif not isinstance(wanted, list) and (wanted != value or type(wanted) is not type(value)):
            return False
    return True


def _may_trigger(prop_id: str, dependencies: tuple[Dependency, ...]) -> bool:
    """Whether "id.property" fits a declared pattern: an input that has just left the page is no longer in the body."""
    text, _, prop = prop_id.rpartition(".")
    if not text.startswith("{"):
        return False
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return any(each.is_many and each.prop == prop and _matches(given, each, {}) for each in dependencies)


def _check_values(body: dict[str, Any]) -> None:
    """Walk every value without recursion; raise BadBody for what no page sends and no database takes."""
    waiting: list[tuple[Any, int]] = [(body, 1)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_VALUES:
            raise BadBody("too deep or too many values")
        if isinstance(value, dict):
            for key in value:
                _check_text(key)
            waiting.extend((each, depth + 1) for each in value.values())
        elif isinstance(value, list):
            waiting.extend((each, depth + 1) for each in value)
        elif isinstance(value, str):
            _check_text(value)
        elif isinstance(value, float):
            if not math.isfinite(value):
                raise BadBody("a number that is not finite")
        elif isinstance(value, int) and abs(value) > LARGEST_INTEGER:
            raise BadBody("a number beyond 64 bits")


def _check_text(text: str) -> None:
    """Raise BadBody for NUL (PostgreSQL refuses it) and for half a surrogate pair (no encoding takes it)."""
    if "\x00" in text:
        raise BadBody("a NUL in a text")
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise BadBody("half a surrogate pair in a text") from error


def _dependency(spec: Mapping[str, Any]) -> Dependency:
    return Dependency(_parsed_id(spec["id"]), spec["property"], bool(spec.get("allow_optional")))


def _parsed_id(text: str) -> str | Mapping[str, Any]:
    parsed: str | Mapping[str, Any] = json.loads(text) if text.startswith("{") else text
    return parsed


def _id_text(component_id: object) -> str:
    """An id as Dash writes it into changedPropIds: dictionaries sorted and without spaces."""
    if isinstance(component_id, str):
        return component_id
    return json.dumps(component_id, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")

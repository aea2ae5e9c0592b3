"""The bodies of GeoReport v2 answers as plain mappings; hostile ones become SourceUnavailable, never another error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from connectors.base import SourceUnavailable
from connectors.safe_xml import XmlRefused, root_of

UNREADABLE = "Nguồn trả về dữ liệu hỏng, không đọc được."
NOT_A_LIST = "Nguồn trả về dữ liệu không phải danh sách phản ánh."


def json_of(body: bytes) -> Any:
    """What a JSON body says; NaN, wrong encodings and bottomless nesting are refused."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SourceUnavailable(UNREADABLE) from error


def items_of_json(body: bytes) -> list[Mapping[str, object]]:
    """The reports of a JSON answer; an entry that is no object is one report nobody can read."""
    found = json_of(body)
    if isinstance(found, dict) and isinstance(found.get("service_requests"), list):
        found = found["service_requests"]
    if not isinstance(found, list):
        raise SourceUnavailable(NOT_A_LIST)
    return [item if isinstance(item, dict) else {} for item in found]


def items_of_xml(body: bytes) -> list[Mapping[str, object]]:
    """The reports of an XML answer: `<service_requests><request>…`."""
    try:
        root = root_of(body)
    except XmlRefused as refused:
        raise SourceUnavailable(f"Nguồn trả về {refused}") from refused
    if root.tag != "service_requests":
        raise SourceUnavailable(NOT_A_LIST)
    return [{_name(child): child.text or "" for child in request} for request in root.iterchildren("request")]


def _name(element: Any) -> str:
    """The name of an element; comments and instructions have none."""
    return element.tag if isinstance(element.tag, str) else ""


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)

"""What a device says in XML, namespaces left aside; hostile bodies become WireTrouble, never another error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connectors.cameras.rtsp_wire import WireTrouble
from connectors.safe_xml import XmlRefused, root_of
from domain.cameras import Fault

LONGEST_TEXT = 256


def xml_of(body: bytes) -> Any:
    """The root element; a body with a document type is refused, no entity is ever resolved."""
    try:
        return root_of(body)
    except XmlRefused as refused:
        raise WireTrouble(Fault.BROKEN_ANSWER, f"Thiết bị trả về {refused}") from refused


def all_named(root: Any, name: str) -> Iterator[Any]:
    """Every element of a local name, at any depth, in any namespace."""
    return iter(root.iter(f"{{*}}{name}"))


def text_at(root: Any, *names: str) -> str:
    """The text of the first element down a path of local names; '' when there is none or it is too long."""
    element = root
    for name in names:
        element = next(all_named(element, name), None)
        if element is None:
            return ""
    text = (element.text or "").strip()
    return text if len(text) <= LONGEST_TEXT else ""

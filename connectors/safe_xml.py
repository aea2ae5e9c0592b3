"""Reads XML of other systems: no entity is resolved, nothing is fetched, a document type is refused."""

from __future__ import annotations

from typing import Any

from lxml import etree


class XmlRefused(ValueError):
    """The body cannot be read, or declares a document type; the text is Vietnamese and goes on after 'trả về'."""


def root_of(body: bytes) -> Any:
    """The root element; raises XmlRefused and nothing else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise XmlRefused("XML hỏng, không đọc được.") from error
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise XmlRefused("XML có khai báo kiểu (DTD): không nhận.")
    return root

"""The connector of a connection to field reports, by the way a person chose on /sources."""

from __future__ import annotations

from connectors.base import Connector
from connectors.hue_s import HueS, read_field_map
from connectors.open311 import Open311
from connectors.web_reader import WebReader
from domain.field_reports import ReportRecord


def report_connector(kind: str, address: str, secret: str, field_map: str) -> Connector[ReportRecord]:
    """Raises ValueError when the kind is unknown, FieldMapRefused when the map is unusable."""
    if kind == "hue_s":
        return HueS(address, read_field_map(field_map), lambda: WebReader(secret))
    if kind in {"open311_json", "open311_xml"}:
        return Open311(address, kind == "open311_xml", lambda: WebReader(secret))
    raise ValueError(f"unknown way to field reports: {kind!r}")

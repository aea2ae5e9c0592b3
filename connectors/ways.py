"""The connector of a connection that a person made on /sources, by its source and the way they chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.base import Connector
from connectors.city_alerts import CapFeed
from connectors.hue_s import NEEDED, HueS
from connectors.mapped_list import FieldMap, read_field_map
from connectors.open311 import Open311
from connectors.public_services import request_connector, request_field_map
from connectors.punch_list import punch_field_map, punch_list_connector
from connectors.reception import reception_connector, reception_field_map
from connectors.report_cleaning import FIELDS
from connectors.web_reader import WebReader
from domain.field_reports import ReportRecord

# The ways of a queue system, of a list of punches, of a system of public services and of the city's warnings; those of
# field reports stand in report_connector.
RECEPTION_LIST = "reception_list"
PUNCH_LIST = "punch_list"
SERVICE_LIST = "service_list"
CAP_FEED = "cap_feed"
MAPPED = frozenset({"hue_s", RECEPTION_LIST, PUNCH_LIST, SERVICE_LIST})


def connector_of(kind: str, address: str, secret: str, field_map: str, units: Mapping[str, str]) -> Connector[Any]:
    """Raises ValueError when the kind is unknown, FieldMapRefused when the map is unusable; `units` are the codes and
    names of the organisation."""
    if kind == RECEPTION_LIST:
        return reception_connector(address, secret, field_map, units)
    if kind == PUNCH_LIST:
        return punch_list_connector(address, secret, field_map)
    if kind == SERVICE_LIST:
        return request_connector(address, secret, field_map, units)
    if kind == CAP_FEED:
        return CapFeed(address, lambda: WebReader(secret))
    return report_connector(kind, address, secret, field_map)


def report_connector(kind: str, address: str, secret: str, field_map: str) -> Connector[ReportRecord]:
    """One to field reports; raises ValueError when the kind is unknown, FieldMapRefused when the map is unusable."""
    if kind == "hue_s":
        return HueS(address, report_field_map(field_map), lambda: WebReader(secret))
    if kind in {"open311_json", "open311_xml"}:
        return Open311(address, kind == "open311_xml", lambda: WebReader(secret))
    raise ValueError(f"unknown way to field reports: {kind!r}")


def report_field_map(text: str) -> FieldMap:
    """The map of a list of reports; raises FieldMapRefused."""
    return read_field_map(text, FIELDS, NEEDED)


def read_map_of(kind: str, text: str) -> None:
    """Refuse a map that cannot be used, in Vietnamese: FieldMapRefused. A way without a map takes any text."""
    if kind == RECEPTION_LIST:
        reception_field_map(text)
    elif kind == PUNCH_LIST:
        punch_field_map(text)
    elif kind == SERVICE_LIST:
        request_field_map(text)
    elif kind == "hue_s":
        report_field_map(text)

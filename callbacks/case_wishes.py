"""What the address of a page of cases asks for."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from callbacks.asking import said
from domain.case_filters import CaseFilter


def wanted_of(known: object) -> CaseFilter:
    """The filter of the page: its address, with the unit whose page it is."""
    wanted = CaseFilter.from_address(dict(parse_qsl(said(known, "query").lstrip("?"))))
    unit = said(known, "unit")
    return replace(wanted, unit=unit[:40]) if unit else wanted


def said_by(wanted: CaseFilter) -> dict[str, str]:
    """A filter as the words of its address."""
    return dict(parse_qsl(wanted.address().lstrip("?")))

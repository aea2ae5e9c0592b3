"""What cells may name, taken from the organisation: units and areas of any time, by code and by each of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from connectors.case_workbook.parsed import Reference
from connectors.case_workbook.words import reference_key
from domain.units import Organisation, covers

_KIND_OF_AREA = re.compile(r"^(?:phuong|xa|thi tran|dac khu|huyen|quan|thi xa|thanh pho) (?=\D)")


class _Naming(NamedTuple):
    key: str
    code: str
    valid_from: date
    valid_to: date | None


def reference_of(organisation: Organisation, today: date) -> Reference:
    """The reference of an organisation on a local day.

    Decisions of dissolved units go on being enforced, so names of the past count too. A name that several share means
    the one in force today, else the one in force last; where that is still several, the name means nothing.
    """
    return Reference(
        unit_codes=_meanings(_unit_namings(organisation), today),
        area_codes=_meanings(_area_namings(organisation), today),
        today=today,
    )


def _unit_namings(organisation: Organisation) -> Iterator[_Naming]:
    for unit in organisation.units:
        if not unit.handles_cases:
            continue
        for text in (unit.code, unit.name, unit.short_name):
            yield _Naming(reference_key(text), unit.code, unit.valid_from, unit.valid_to)


def _area_namings(organisation: Organisation) -> Iterator[_Naming]:
    for area in organisation.areas:
        name = reference_key(area.name)
        with_kind, bare = reference_key(f"{area.kind} {area.name}"), _KIND_OF_AREA.sub("", name)
        for key in {reference_key(area.code), name, with_kind, bare}:
            yield _Naming(key, area.code, area.valid_from, area.valid_to)


def _meanings(namings: Iterable[_Naming], today: date) -> dict[str, str]:
    by_key: dict[str, list[_Naming]] = {}
    for naming in namings:
        if naming.key:
            by_key.setdefault(naming.key, []).append(naming)
    meanings: dict[str, str] = {}
    for key, found in by_key.items():
        current = [item for item in found if covers(item.valid_from, item.valid_to, today)]
        last_on = max(item.valid_to or date.max for item in found)
        codes = {item.code for item in current or found if current or (item.valid_to or date.max) == last_on}
        if len(codes) == 1:
            meanings[key] = codes.pop()
    return meanings

"""Where a report lies, by the outlines that ship: the ward on one hand, the unit that serves it on the other."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.area_locator import AreaLocator
from domain.units import Organisation

BEFORE, SINCE = date(2025, 6, 30), date(2026, 11, 23)
A_LUOI, SEA = (16.20, 107.30), (16.90, 108.40)


@pytest.fixture(scope="module")
def locator(organisation: Organisation) -> AreaLocator:
    return AreaLocator(organisation)


def test_a_point_is_in_the_unit_of_its_district_and_in_its_ward(
    locator: AreaLocator, organisation: Organisation
) -> None:
    place = locator.place(*A_LUOI, SINCE)
    assert place.unit == "ALUOI"
    assert organisation.territory_on(SINCE)[place.area or ""] == "ALUOI"


def test_a_point_outside_every_outline_is_nowhere(locator: AreaLocator) -> None:
    assert locator.place(*SEA, SINCE) == (None, None)
    assert locator.place(0.0, 0.0, SINCE) == (None, None)


def test_the_unit_is_the_one_of_the_day(two_era_organisation: Organisation) -> None:
    locator = AreaLocator(two_era_organisation)
    before, since = locator.place(*A_LUOI, BEFORE), locator.place(*A_LUOI, SINCE)
    assert before.unit == "ALUOI"
    assert since.unit is not None and since.unit != before.unit
    assert since.area in {area.code for area in two_era_organisation.areas_on(SINCE)}

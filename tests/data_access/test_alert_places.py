"""Which units a warning touches: by what it draws, by its codes, by its words; never nowhere where nobody can tell."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from city_alert_support import LAGOON, a_text

from data_access.alert_places import AlertPlacer
from domain.city_alerts import AlertArea, PlaceCircle, PlacePoint
from domain.units import Organisation

BEFORE, TODAY = date(2025, 6, 1), date(2026, 11, 23)
RING = tuple(PlacePoint(*map(float, pair.split(","))) for pair in LAGOON.split())
SEA = tuple(PlacePoint(*pair) for pair in ((17.4, 108.6), (17.5, 108.7), (17.4, 108.8), (17.4, 108.6)))
GLOBE = tuple(PlacePoint(*pair) for pair in ((-90, -180), (-90, 180), (90, 180), (90, -180), (-90, -180)))
EUROPE = tuple(PlacePoint(*pair) for pair in ((48, 2), (49, 2), (49, 3), (48, 2)))
EVERYWHERE = frozenset(
    ["CUC", "TPHUE", "PHONGDIEN", "QUANGDIEN", "PHUVANG", "HUONGTHUY", "HUONGTRA", "ALUOI", "PHULOC", "NAMDONG"]
)
# Where UTM 48 has no finite place, over the line of dates, over the pole: some of these break geometry libraries.
WILD = (
    ((16.2, 107.2), (0, 15), (16.3, 107.3), (16.2, 107.2)),
    ((0, 100), (0, -170), (30, -170), (30, 100), (0, 100)),
    ((89.9, -70), (-89.9, -70), (0, 20), (89.9, -70)),
    ((90, 0), (90, 90), (90, 180), (90, 0)),
)
BOW_TIE = tuple(
    PlacePoint(*pair) for pair in ((16.2, 107.2), (16.3, 107.3), (16.2, 107.3), (16.3, 107.2), (16.2, 107.2))
)


@pytest.fixture(scope="module")
def placer(organisation: Organisation) -> AlertPlacer:
    return AlertPlacer(organisation)


def at(latitude: float, longitude: float, kilometres: float) -> AlertArea:
    return AlertArea("", circles=(PlaceCircle(PlacePoint(latitude, longitude), kilometres),))


@pytest.mark.parametrize(
    ("area", "units"),
    [
        (AlertArea("", codes=("PHUVANG",)), {"PHUVANG"}),
        (AlertArea("", codes=("Chi cục THADS huyện A Lưới", "PHULOC")), {"ALUOI", "PHULOC"}),
        (AlertArea("Huyện Nam Đông"), {"NAMDONG"}),
        (AlertArea("nam đông"), {"NAMDONG"}),
        (AlertArea("", codes=("474",)), {"TPHUE", "CUC"}),
        (AlertArea("Ngoài khơi", (SEA,)), set()),
        (at(16.27, 107.23, 3), {"ALUOI"}),
        (at(16.27, 107.23, 0), {"ALUOI"}),
        (AlertArea("", (BOW_TIE,)), {"ALUOI"}),
        (AlertArea("Cả trái đất", (GLOBE,)), EVERYWHERE),
        (at(16.27, 107.23, 500), EVERYWHERE),
        (AlertArea("Châu Âu", (EUROPE,)), set()),
        (AlertArea("HUE"), None),
        (AlertArea("Ven đầm phá"), None),
        (AlertArea(""), None),
        (AlertArea("", codes=("PHUVANG", "không rõ")), None),
    ],
)
def test_one_area(placer: AlertPlacer, area: AlertArea, units: set[str] | None) -> None:
    found = placer.units(a_text(areas=(area,)), TODAY)
    assert found == units and (found is None) == (units is None)


def test_what_is_drawn_counts_more_than_its_words_and_brushing_is_not_touching(placer: AlertPlacer) -> None:
    drawn = placer.units(a_text(areas=(AlertArea("Toàn thành phố", (RING,)),)), TODAY)
    assert drawn is not None and "PHUVANG" in drawn and not drawn & {"ALUOI", "NAMDONG", "PHONGDIEN", "HUONGTRA"}
    inside = placer.units(a_text(areas=(at(16.27, 107.23, 3), AlertArea("Huyện Nam Đông"))), TODAY)
    assert inside == {"ALUOI", "NAMDONG"}
    assert placer.units(a_text(areas=()), TODAY) is None
    assert placer.units(a_text(areas=(at(16.27, 107.23, 3), AlertArea("đâu đó"))), TODAY) is None


def test_the_units_are_those_of_the_day(two_era_organisation: Organisation) -> None:
    placer = AlertPlacer(two_era_organisation)
    area = at(16.27, 107.23, 3)
    before, after = (placer.units(a_text(areas=(area,)), day) for day in (BEFORE, TODAY))
    assert before == {"ALUOI"} and after is not None and after and after <= {"KV1", "KV2", "KV3", "KV4"}


@pytest.mark.parametrize("corners", WILD)
def test_no_ring_of_the_globe_breaks_the_placing(placer: AlertPlacer, corners: tuple[tuple[float, float], ...]) -> None:
    ring = tuple(PlacePoint(*corner) for corner in corners)
    found = placer.units(a_text(areas=(AlertArea("", (ring,)),)), TODAY)
    assert found is not None and found <= EVERYWHERE


def test_a_ring_that_crosses_itself_a_thousand_times_counts_with_all_it_goes_around(placer: AlertPlacer) -> None:
    """Mending it would take minutes; whoever waits meanwhile is every other warning."""
    chance = Random(7)
    ring = [PlacePoint(chance.uniform(16.24, 16.30), chance.uniform(107.2, 107.26)) for _ in range(1_000)]
    drawn = AlertArea("", ((*ring, ring[0]),))
    assert placer.units(a_text(areas=(drawn,)), TODAY) == {"ALUOI"}

"""Small organisations for tests: built from lists, or invented by Hypothesis with a reorganisation in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.units import Area, Organisation, Succession, Target, Territory, Unit, UnitKind

LONG_AGO = date(2009, 7, 1)
REFORM = date(2025, 7, 1)
EVE = date(2025, 6, 30)


def a_unit(code: str, parent: str | None = "R", **changes: Any) -> Unit:
    """A Chi cục without an end."""
    values: dict[str, Any] = {
        "code": code,
        "name": f"Chi cục THADS {code}",
        "short_name": f"CC {code}",
        "kind": UnitKind.SUB_DEPARTMENT if parent else UnitKind.PROVINCE,
        "parent": parent,
        "handles_cases": parent is not None,
        "illustrative": False,
        "valid_from": LONG_AGO,
        "valid_to": None,
    }
    return Unit(**{**values, **changes})


def an_area(code: str, valid_from: date = LONG_AGO, valid_to: date | None = None) -> Area:
    """A ward."""
    return Area(code, f"Phường {code}", "ward", False, valid_from, valid_to)


def an_organisation(
    units: list[Unit],
    areas: list[Area] | None = None,
    territory: list[Territory] | None = None,
    successions: list[Succession] | None = None,
    targets: list[Target] | None = None,
) -> Organisation:
    """A pack of these rows."""
    return Organisation(
        "thu",
        "Cơ cấu thử",
        "",
        tuple(units),
        tuple(areas or ()),
        tuple(territory or ()),
        tuple(successions or ()),
        tuple(targets or ()),
    )


@dataclass(frozen=True)
class Reform:
    """An organisation that was replaced as a whole on a day."""

    organisation: Organisation
    on: date


@st.composite
def reforms(draw: st.DrawFn) -> Reform:
    """Old units and wards, replaced on a day by others: some areas live on, some units pass everything to one heir."""
    on = draw(st.dates(date(2020, 1, 2), date(2030, 12, 31)))
    eve = on - timedelta(days=1)
    old = [f"A{number}" for number in range(draw(st.integers(1, 5)))]
    new = [f"B{number}" for number in range(draw(st.integers(1, 5)))]
    areas = [f"W{number}" for number in range(draw(st.integers(1, 8)))]
    units = [
        a_unit("R", None, valid_to=eve),
        a_unit("R", None, name="Mới", short_name="Toàn bộ mới", valid_from=on),
        *(a_unit(code, valid_to=eve) for code in old),
        *(a_unit(code, valid_from=on) for code in new),
    ]
    territory = []
    for area in areas:
        territory.append(Territory(draw(st.sampled_from(old)), area, LONG_AGO, eve))
        territory.append(Territory(draw(st.sampled_from(new)), area, on))
    successions = []
    for code in old:
        successions.append(Succession(code, draw(st.sampled_from(new)), None, on))
        for area in draw(st.lists(st.sampled_from(areas), unique=True)):
            successions.append(Succession(code, draw(st.sampled_from(new)), area, on))
    return Reform(an_organisation(units, [an_area(code) for code in areas], territory, successions), on)

"""Who issued an older decision, when the organisation of today did not exist yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from demo_city_support import SEED, TODAY, a_two_era_pack

from demo_city.plans import plans_for
from demo_city.province import Province
from demo_city.units import Pack, PackRefused

REFORM = date(2025, 7, 1)


@pytest.fixture(scope="module")
def two_eras(tmp_path_factory: pytest.TempPathFactory) -> Province:
    """Lives under a pack whose units were replaced on 1/7/2025."""
    province = Province(Pack(a_two_era_pack(tmp_path_factory.mktemp("packs") / "two-eras")), SEED, TODAY)
    province.live_until(date(2025, 10, 3))
    return province


def test_only_the_units_of_today_handle_cases(two_eras: Province) -> None:
    assert list(two_eras.dockets) == ["R", "N"]


def test_an_old_decision_names_the_office_of_its_day_and_of_its_ward(two_eras: Province) -> None:
    old = [life for life in two_eras.dockets["N"].lives if life.decided_on < REFORM]
    assert len(old) > 500
    assert {(life.ward, life.issuing, life.suffix) for life in old} == {
        ("WA", "A", "QĐ-CCTHADS"),
        ("WB", "B", "QĐ-CCTHADS"),
    }
    assert {life.handling for life in old} == {"N"}
    assert {life.suffix for life in two_eras.dockets["R"].lives if life.decided_on < REFORM} == {"QĐ-CTHADS"}


def test_a_decision_after_the_reform_names_the_new_office(two_eras: Province) -> None:
    new = [life for life in two_eras.dockets["N"].lives if life.decided_on >= REFORM]
    assert {(life.issuing, life.suffix) for life in new} == {("N", "QĐ-THADS")}


def test_no_decision_is_older_than_the_pack(two_eras: Province) -> None:
    assert min(life.decided_on for docket in two_eras.dockets.values() for life in docket.lives) >= date(2018, 1, 1)


def test_any_pack_has_one_weak_unit_and_the_rates_of_the_province(pack_folder: Path) -> None:
    units = Pack(pack_folder).units_on(TODAY)
    renamed = [type(unit)(unit.code, "Phòng", f"Khu vực {unit.code}", unit.is_central, unit.wards) for unit in units]
    for chosen in (units, renamed):
        plans = plans_for(chosen).values()
        assert sum(plan.share * plan.rate_now for plan in plans) == pytest.approx(
            0.223 * sum(plan.share for plan in plans)
        )
        assert sum(plan.rate_now < 0.124 for plan in plans) in (1, 2)


def test_a_pack_without_units_on_the_day_is_refused(pack_folder: Path) -> None:
    with pytest.raises(PackRefused, match="01/01/2001"):
        Pack(pack_folder).units_on(date(2001, 1, 1))


def test_a_pack_without_a_needed_column_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = a_two_era_pack(tmp_path / "broken")
    (folder / "territory.csv").write_text("unit,place,valid_from,valid_to\n", encoding="utf-8")
    with pytest.raises(PackRefused, match=r"territory\.csv lacks the column area"):
        Pack(folder)


@pytest.mark.parametrize("name", ["hue-two-level", "hue"])
def test_the_packs_that_ship_can_be_lived_in(name: str) -> None:
    folder = Path(__file__).resolve().parents[2] / "data" / "organisations" / name
    units = Pack(folder).units_on(TODAY)
    assert len(units) >= 5
    assert all(unit.wards for unit in units)
    assert sum(plan.share for plan in plans_for(units).values()) == pytest.approx(1, abs=0.01)

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from organisation_support import EVE, LONG_AGO, REFORM, Reform, a_unit, an_area, an_organisation, reforms

from domain.units import Organisation, Succession, Target, Territory, Unit, UnitKind

SWEEP = [date(2024, 7, 1) + timedelta(days=number) for number in range(730)]
NOW = date(2026, 11, 23)
DIVIDED = "THADSHUE"


def responsible(organisation: Organisation, unit: str, from_on: date, area: str | None, day: date) -> str:
    """Who answers for a case on a day, read from its segments as the counters do."""
    segments = organisation.segments(unit, from_on, area)
    return [code for begins_on, code in segments if begins_on <= day][-1]


def test_the_two_years_of_the_sweep_lie_around_the_reform() -> None:
    assert (SWEEP[0], SWEEP[-1]) == (date(2024, 7, 1), date(2026, 6, 30))


@pytest.mark.parametrize("pack", ["organisation", "two_era_organisation"])
def test_on_every_day_of_two_years_each_area_is_served_by_exactly_one_unit(
    pack: str, request: pytest.FixtureRequest
) -> None:
    organisation: Organisation = request.getfixturevalue(pack)
    for day in SWEEP:
        served = Counter(row.area for row in organisation.territory if _covers(row, day))
        assert served == Counter(area.code for area in organisation.areas_on(day)), day
        handling = {unit.code for unit in organisation.case_units_on(day)}
        assert set(organisation.territory_on(day).values()) <= handling, day


@pytest.mark.parametrize("pack", ["organisation", "two_era_organisation"])
def test_on_every_day_of_two_years_the_units_below_the_root_are_the_whole_none_twice(
    pack: str, request: pytest.FixtureRequest
) -> None:
    organisation: Organisation = request.getfixturevalue(pack)
    for day in SWEEP:
        units = [unit.code for unit in organisation.case_units_on(day)]
        assert len(units) == len(set(units)), day
        root = organisation.root_on(day)
        assert root is not None
        assert set(units) <= organisation.subtree(root.code, day), day
        parts = [organisation.subtree(unit.code, day) & set(units) for unit in organisation.case_units_on(day)]
        assert sum(len(part) for part in parts) == len(units), day


def test_on_every_day_of_two_years_each_old_case_is_with_exactly_one_unit_in_force(
    two_era_organisation: Organisation,
) -> None:
    organisation = two_era_organisation
    in_force = {day: {unit.code for unit in organisation.case_units_on(day)} for day in SWEEP}
    for unit in organisation.case_units_on(EVE):
        for area in (None, *(area.code for area in organisation.areas)):
            segments = organisation.segments(unit.code, SWEEP[0], area)
            days = Counter(begins_on for begins_on, _ in segments)
            assert max(days.values()) == 1
            for day in SWEEP:
                current = [code for begins_on, code in segments if begins_on <= day][-1]
                assert current in in_force[day], (unit.code, area, day)


def test_cases_of_all_units_keep_their_sum_through_the_reform(two_era_organisation: Organisation) -> None:
    organisation = two_era_organisation
    cases = [
        (unit.code, area.code) for unit in organisation.case_units_on(EVE) for area in organisation.areas_on(REFORM)
    ]
    for day in (SWEEP[0], EVE, REFORM, SWEEP[-1]):
        by_unit = Counter(responsible(organisation, unit, SWEEP[0], area, day) for unit, area in cases)
        of_units = {unit.code: by_unit[unit.code] for unit in organisation.case_units_on(day)}
        assert sum(of_units.values()) == len(cases)


def test_a_case_follows_its_ward_to_the_office_that_serves_it(two_era_organisation: Organisation) -> None:
    organisation = two_era_organisation
    serves = organisation.territory_on(REFORM)
    for unit in organisation.case_units_on(EVE):
        for area, office in serves.items():
            expected = DIVIDED if unit.kind is UnitKind.DEPARTMENT else office
            assert organisation.successor(unit.code, area, REFORM) == expected, (unit.code, area)


def test_wards_across_two_districts_pull_cases_out_of_the_default(two_era_organisation: Organisation) -> None:
    organisation = two_era_organisation
    thuan_an, my_thuong, hoa_chau = "19900", "19930", "20014"
    assert organisation.successor("PHUVANG", None, REFORM) == "KV3"
    assert organisation.successor("PHUVANG", thuan_an, REFORM) == "KV1"
    assert organisation.successor("TPHUE", my_thuong, REFORM) == "KV3"
    assert organisation.successor("QUANGDIEN", hoa_chau, REFORM) == "KV1"


def test_before_the_reform_a_unit_answers_for_itself_and_after_it_its_heir(two_era_organisation: Organisation) -> None:
    segments = two_era_organisation.segments("PHUVANG", date(2024, 3, 5), None)
    assert segments == [(date(2024, 3, 5), "PHUVANG"), (REFORM, "KV3")]
    assert two_era_organisation.segments("PHUVANG", date(2026, 1, 1), None) == [(date(2026, 1, 1), "KV3")]
    assert two_era_organisation.successor("PHUVANG", None, EVE) == "PHUVANG"


def test_the_structure_is_named_as_it_was_on_the_day(two_era_organisation: Organisation) -> None:
    before, after = two_era_organisation.root_on(EVE), two_era_organisation.root_on(REFORM)
    assert before is not None and "tỉnh Thừa Thiên Huế" in before.name
    assert after is not None and "thành phố Huế" in after.name
    assert before.code == after.code
    assert [unit.short_name for unit in two_era_organisation.case_units_on(REFORM)] == [
        "THADS thành phố", "Khu vực 1", "Khu vực 2", "Khu vực 3", "Khu vực 4",
    ]  # fmt: skip
    assert all(unit.illustrative for unit in two_era_organisation.case_units_on(REFORM))


def test_the_sample_structure_is_the_ten_units_of_the_picture(organisation: Organisation) -> None:
    assert [unit.short_name for unit in organisation.case_units_on(NOW)] == [
        "Cục THADS tỉnh", "TP Huế", "Phong Điền", "Quảng Điền", "Phú Vang",
        "Hương Thủy", "Hương Trà", "A Lưới", "Phú Lộc", "Nam Đông",
    ]  # fmt: skip
    assert organisation.banner == "Cơ cấu mẫu: Cục và 9 Chi cục, trước 01/7/2025"
    assert organisation.sample_note == "Dữ liệu mẫu"


@pytest.mark.parametrize("pack", ["organisation", "two_era_organisation"])
def test_both_packs_know_the_nine_districts_and_the_forty_wards(pack: str, request: pytest.FixtureRequest) -> None:
    areas = request.getfixturevalue(pack).areas
    assert {area.code for area in areas if area.kind == "district"} == {"474", *map(str, range(476, 484))}
    wards = [area for area in areas if area.kind == "ward"]
    assert len(wards) == 40
    assert Counter(area.name.split()[0] for area in wards) == {"Phường": 21, "Xã": 19}


@pytest.mark.parametrize("pack", ["organisation", "two_era_organisation"])
def test_the_packs_contradict_themselves_nowhere(pack: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(pack).problems() == []


def test_wards_across_two_old_districts_say_how_much_of_them_the_sample_unit_serves(organisation: Organisation) -> None:
    partly = {row.area: row.share for row in organisation.territory if row.share < 1}
    assert partly == {
        "19873": Decimal("0.56"),
        "19900": Decimal("0.71"),
        "19930": Decimal("0.80"),
        "20014": Decimal("0.69"),
    }


@pytest.mark.parametrize(
    "typed", ["PHUVANG", "phú vang", "Chi cục THADS huyện Phú Vang", "CHI CỤC THI HÀNH ÁN DÂN SỰ HUYỆN PHÚ VANG"]
)
def test_a_unit_is_known_by_code_name_and_short_name(typed: str, organisation: Organisation) -> None:
    unit = organisation.unit_by_name(typed, NOW)
    assert unit is not None and unit.code == "PHUVANG"


def test_a_unit_of_another_time_is_not_found_by_name(two_era_organisation: Organisation) -> None:
    assert two_era_organisation.unit_by_name("Phú Vang", EVE) is not None
    assert two_era_organisation.unit_by_name("Phú Vang", REFORM) is None
    assert two_era_organisation.unit_by_name("", REFORM) is None


def test_an_area_is_known_by_code_and_by_a_name_that_is_its_own(organisation: Organisation) -> None:
    by_name, by_code = organisation.area_by_name("phường hoá châu"), organisation.area_by_name("20014")
    assert by_name == by_code and by_name is not None and by_name.name == "Phường Hóa Châu"
    assert organisation.area_by_name("Phú Lộc") is None


def test_a_unit_without_a_target_of_its_own_has_that_of_the_unit_above() -> None:
    def target(unit: str, value: str, valid_from: date) -> Target:
        return Target(unit, 2027, "cases", Decimal(value), valid_from, "Nghị quyết thử", "thử")

    start, revised = date(2026, 10, 1), date(2027, 7, 31)
    organisation = an_organisation(
        [a_unit("R", None), a_unit("A"), a_unit("B")],
        targets=[target("R", "83.5", start), target("B", "90", start), target("B", "91", revised)],
    )
    assert _value(organisation.target("A", 2027, "cases", NOW)) == ("R", Decimal("83.5"))
    assert _value(organisation.target("B", 2027, "cases", NOW)) == ("B", Decimal("90"))
    assert _value(organisation.target("B", 2027, "cases", revised)) == ("B", Decimal("91"))
    assert organisation.target("A", 2027, "amount", NOW) is None
    assert organisation.target("A", 2027, "cases", start - timedelta(days=1)) is None
    assert organisation.target("UNKNOWN", 2027, "cases", NOW) is None


def test_sample_targets_say_so_and_national_ones_name_their_source(organisation: Organisation) -> None:
    sample, national = (organisation.target("PHUVANG", year, "amount", NOW) for year in (2027, 2024))
    assert sample is not None and (sample.value, sample.status) == (Decimal("47.5"), "Dữ liệu mẫu")
    assert national is not None and (national.value, national.status) == (Decimal("46.45"), "Chỉ tiêu toàn quốc")
    assert national.source.startswith("https://")


def test_a_dissolved_unit_still_belongs_to_the_body_it_belonged_to(two_era_organisation: Organisation) -> None:
    assert {"PHUVANG", "KV3"} <= two_era_organisation.subtree("HUE", NOW)
    assert two_era_organisation.subtree("KV3", NOW) == {"KV3"}
    assert two_era_organisation.subtree("NOBODY", NOW) == frozenset()


def test_a_unit_that_changed_its_parent_is_below_only_the_parent_of_the_day() -> None:
    moved = [a_unit("C", "A", valid_to=EVE), a_unit("C", "B", valid_from=REFORM)]
    organisation = an_organisation([a_unit("R", None), a_unit("A"), a_unit("B"), *moved])
    assert organisation.problems() == []
    assert organisation.subtree("A", EVE) == {"A", "C"}
    assert organisation.subtree("A", REFORM) == {"A"}
    assert organisation.subtree("B", REFORM) == {"B", "C"}


def test_a_living_unit_can_give_one_area_away_and_keeps_the_rest() -> None:
    units = [a_unit("R", None), a_unit("A"), a_unit("B")]
    territory = [Territory("A", "1", LONG_AGO, EVE), Territory("B", "1", REFORM), Territory("A", "2", LONG_AGO)]
    moves = [Succession("A", "B", "1", REFORM)]
    organisation = an_organisation(units, [an_area("1"), an_area("2")], territory, moves)
    assert organisation.problems() == []
    assert organisation.successor("A", "1", REFORM) == "B"
    assert organisation.successor("A", "2", REFORM) == "A"
    assert organisation.successor("A", None, REFORM) == "A"


def test_cases_follow_one_succession_after_the_other_and_back() -> None:
    later = date(2027, 1, 1)
    units = [
        a_unit("R", None),
        a_unit("A", valid_to=EVE),
        a_unit("B", valid_from=REFORM, valid_to=later - timedelta(days=1)),
        a_unit("A", valid_from=later),
    ]
    moves = [Succession("A", "B", None, REFORM), Succession("B", "A", None, later)]
    organisation = an_organisation(units, successions=moves)
    assert organisation.problems() == []
    assert organisation.segments("A", LONG_AGO, None) == [(LONG_AGO, "A"), (REFORM, "B"), (later, "A")]


@given(reforms(), st.data())
def test_any_reform_without_contradiction_loses_and_doubles_no_case(reform: Reform, data: st.DataObject) -> None:
    organisation = reform.organisation
    assert organisation.problems() == []
    unit = data.draw(st.sampled_from([item.code for item in organisation.case_units_on(reform.on - timedelta(days=1))]))
    area = data.draw(st.sampled_from([None, *(item.code for item in organisation.areas)]))
    from_on = data.draw(st.dates(LONG_AGO, date(2031, 12, 31)))
    day = data.draw(st.dates(from_on, date(2032, 12, 31)))
    current = responsible(organisation, unit, from_on, area, day)
    assert current in {item.code for item in organisation.case_units_on(day)}
    assert current == organisation.successor(unit, area, day)
    served = Counter(row.area for row in organisation.territory if _covers(row, day))
    assert set(served.values()) == {1} and set(served) == {item.code for item in organisation.areas}


def _covers(row: Territory | Unit, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def _value(target: Target | None) -> tuple[str, Decimal] | None:
    return (target.unit, target.value) if target else None


def test_the_reform_is_a_day_on_which_other_units_handle_cases(
    organisation: Organisation, two_era_organisation: Organisation
) -> None:
    assert two_era_organisation.reorganised_on() == [date(2025, 7, 1)]
    assert date(2025, 7, 1) not in organisation.reorganised_on()

"""Quy đổi qua đổi cơ cấu: figures are added up whole, never shared out; the sum over all units stays the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from organisation_support import EVE, LONG_AGO, REFORM, Reform, a_unit, an_area, an_organisation, reforms

from domain.statistics import Figures, Measure, total
from domain.units import Organisation, Succession, Territory, restatement

NOW = date(2026, 3, 31)


def counted(number: int) -> Figures:
    return Figures(Measure(completed=number, not_enforceable=2 * number), Measure(completed=number * 1000))


def reformed(successions: list[Succession], share: str = "1") -> Organisation:
    """A and B until the reform, C and D from it; A served the ward W, which C serves now."""
    old = [a_unit(code, valid_to=EVE) for code in "AB"]
    new = [a_unit(code, valid_from=REFORM) for code in "CD"]
    territory = [Territory("A", "W", LONG_AGO, EVE), Territory("C", "W", REFORM, None, Decimal(share))]
    return an_organisation([a_unit("R", None), *old, *new], [an_area("W")], territory, successions)


def to(old: str, new: str, area: str | None = None) -> Succession:
    return Succession(old, new, area, REFORM)


@given(reform=reforms(), numbers=st.lists(st.integers(0, 9), min_size=5, max_size=5))
def test_the_sum_over_all_units_is_the_same_before_and_after_restating(reform: Reform, numbers: list[int]) -> None:
    eve = reform.on - timedelta(days=1)
    before = {unit.code: counted(numbers[at]) for at, unit in enumerate(reform.organisation.case_units_on(eve))}
    found = restatement(reform.organisation, eve, reform.on).restated(before)
    assert total(found.values()) == total(before.values())


@given(reform=reforms())
def test_a_whole_lineage_is_where_every_case_of_its_parts_went(reform: Reform) -> None:
    organisation, eve = reform.organisation, reform.on - timedelta(days=1)
    found = restatement(organisation, eve, reform.on)
    for unit in organisation.case_units_on(reform.on):
        lineage = found.lineage(unit.code)
        for old in lineage.parts if lineage.is_whole else ():
            assert organisation.successor(old, None, reform.on) == unit.code
            for area, server in organisation.territory_on(eve).items():
                if server == old:
                    assert organisation.successor(old, area, reform.on) == unit.code


@given(reform=reforms())
def test_circles_divide_the_units_and_leave_no_case_outside(reform: Reform) -> None:
    eve = reform.on - timedelta(days=1)
    found = restatement(reform.organisation, eve, reform.on)
    seen: list[str] = []
    for circle in found.circles():
        seen += sorted(circle.before)
        assert frozenset().union(*(found.heirs[old] for old in circle.before)) == circle.after
        assert found.parts_of(circle.after) == circle.before
    assert sorted(seen) == sorted(unit.code for unit in reform.organisation.case_units_on(eve))


def test_of_the_units_of_hue_only_those_that_took_whole_units_over_are_restated(
    two_era_organisation: Organisation,
) -> None:
    found = restatement(two_era_organisation, EVE, NOW)
    assert found.days == (REFORM,)
    whole = {unit: found.lineage(unit).parts for unit in ("THADSHUE", "KV4")}
    assert whole == {"THADSHUE": {"CUC"}, "KV4": {"PHULOC", "NAMDONG"}}
    assert all(found.lineage(unit).is_whole for unit in whole)
    # Three wards were cut out of other districts: the three offices between them can only be compared together.
    assert not any(found.lineage(unit).is_whole for unit in ("KV1", "KV2", "KV3"))
    assert found.circle_of("KV1") == found.circle_of("KV3")


def test_predecessors_are_added_up_into_their_heir() -> None:
    found = restatement(reformed([to("A", "C"), to("B", "C")]), EVE, NOW)
    assert found.restated({"A": counted(3), "B": counted(4)}) == {"C": counted(7)}
    assert found.parts_of({"C"}) == {"A", "B"}


def test_of_a_unit_whose_cases_went_to_two_heirs_nothing_is_said_of_either() -> None:
    found = restatement(reformed([to("A", "C"), to("B", "C"), to("B", "D", "W")]), EVE, NOW)
    assert not found.lineage("C").is_whole
    assert not found.lineage("D").is_whole
    assert found.parts_of({"C"}) is None
    assert found.parts_of({"C", "D"}) == {"A", "B"}
    assert found.restated({"A": counted(3), "B": counted(4)}) == {"A": counted(3), "B": counted(4)}


def test_an_area_that_lives_on_under_another_unit_splits_its_old_one_without_a_named_succession() -> None:
    organisation = reformed([to("A", "D"), to("B", "D")])
    served = an_organisation(
        list(organisation.units),
        [*organisation.areas, an_area("X", REFORM)],
        [*organisation.territory, Territory("D", "X", REFORM)],
        list(organisation.successions),
    )
    assert restatement(served, EVE, NOW).heirs["A"] == {"C", "D"}


def test_a_share_of_an_area_cannot_be_restated() -> None:
    found = restatement(reformed([to("A", "C"), to("B", "D")], share="0.6"), EVE, NOW)
    assert not found.lineage("C").is_whole
    assert found.parts_of({"C"}) is None
    assert found.lineage("D").is_whole


def test_a_unit_that_gave_an_area_away_and_one_that_took_it_are_no_longer_what_they_were() -> None:
    units = [a_unit("R", None), a_unit("A"), a_unit("B")]
    found = restatement(an_organisation(units, successions=[Succession("A", "B", "W", REFORM)]), EVE, NOW)
    assert found.parts_of({"A"}) is None
    assert found.parts_of({"B"}) is None
    assert [(circle.before, circle.after) for circle in found.circles()] == [({"A", "B"}, {"A", "B"})]


def test_two_reorganisations_in_a_row_are_followed_through() -> None:
    second = date(2025, 12, 1)
    units = [
        a_unit("R", None),
        a_unit("A", valid_to=EVE),
        a_unit("B", valid_from=REFORM, valid_to=second - timedelta(days=1)),
        a_unit("C", valid_from=second),
    ]
    moves = [Succession("A", "B", None, REFORM), Succession("B", "C", None, second)]
    found = restatement(an_organisation(units, successions=moves), EVE, NOW)
    assert found.days == (REFORM, second)
    assert found.restated({"A": counted(5)}) == {"C": counted(5)}


def test_nothing_is_crossed_where_no_case_moved(organisation: Organisation) -> None:
    found = restatement(organisation, date(2025, 10, 1), NOW)
    assert not found.is_crossed
    assert found.circles() == ()
    assert found.lineage("NAMDONG").is_unchanged


def test_a_unit_that_has_ended_stands_for_itself(two_era_organisation: Organisation) -> None:
    found = restatement(two_era_organisation, EVE, NOW)
    assert found.parts_of({"NAMDONG"}) == {"NAMDONG"}
    circle = found.circle_of("NAMDONG")
    assert circle is not None
    assert circle.after == {"KV4"}

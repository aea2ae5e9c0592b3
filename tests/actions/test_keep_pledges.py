"""Pledges are written down day by day as they stand; targets change from a day on, with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from observations_support import an_observation
from openpyxl import load_workbook
from reception_support import a_morning_of_visits

from access.principal import NotAllowed, Principal
from actions.keep_pledges import TargetRefused, decide_target, keep_pledges
from actions.report_programme import save_programme
from data_access.observations import save_observations, shipped_indicators
from data_access.pledge_evidence import LIVE, EvidenceQuestions
from data_access.programme import pledges_in_force, shipped_pledges, standings
from data_access.session import Database
from data_access.working_days import load_working_calendar
from domain.permissions import Role
from domain.programme import EvidenceKind, PledgeStanding, Verdict
from domain.units import Organisation

NOW = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)
DAY = timedelta(days=1)
LEADER = Principal(Role.LEADER, "lead", "lanhdao")
HEAD = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit="PHUVANG")


def asked(
    database: Database, organisation: Organisation, now: datetime, principal: Principal = LEADER
) -> dict[str, PledgeStanding]:
    with database.reading() as session:
        questions = EvidenceQuestions(session, principal, organisation, load_working_calendar(), now)
        return {each.rule.code: each for each in standings(questions)}


def test_every_pledge_stands_on_an_answer_there_is() -> None:
    for rule in shipped_pledges().values():
        assert rule.evidence in (LIVE if rule.kind is EvidenceKind.LIVE else shipped_indicators())


def test_before_anything_is_connected_nothing_is_known_and_nothing_is_zero(
    database: Database, organisation: Organisation
) -> None:
    keep_pledges(database, organisation, NOW)
    found = asked(database, organisation, NOW)
    assert len(found) == len(shipped_pledges())
    assert {each.verdict for each in found.values()} == {Verdict.UNKNOWN}
    assert all(each.evidence.total is None for each in found.values())
    assert found["offices_watched"].since_on == date(2026, 11, 23)


def test_days_are_written_once_and_the_last_word_of_a_day_stays(database: Database, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    assert keep_pledges(database, organisation, NOW) > 0
    assert keep_pledges(database, organisation, NOW + timedelta(hours=1)) == 0
    a_morning_of_visits(database, units, NOW + DAY)
    assert keep_pledges(database, organisation, NOW + DAY) > 0
    receptions = asked(database, organisation, NOW + DAY)["receptions_monitored"]
    assert [day.on for day in receptions.days] == [date(2026, 11, 23), date(2026, 11, 24)]
    assert receptions.days[0].reached is None
    own = asked(database, organisation, NOW + DAY, HEAD)["receptions_monitored"]
    assert set(own.evidence.by_unit) == {"PHUVANG"} and len(own.days) == 2


def test_a_stated_pledge_takes_the_newest_period_and_its_periods_are_its_days(
    database: Database, organisation: Organisation
) -> None:
    root = organisation.root_on(NOW.date())
    assert root is not None
    told = [
        an_observation(root.code, year, NOW - age * DAY, part, 500, "survey_awareness")
        for year, part, age in (("2024", 300, 400), ("2025", 500, 40))
    ]
    with database.writing() as session:
        save_observations(session, told, "form", "x", NOW)
    known = asked(database, organisation, NOW)["services_known"]
    assert known.verdict is Verdict.KEPT and known.since_on == date(2025, 12, 31)
    assert [day.on.year for day in known.days] == [2024, 2025]
    assert known.evidence.source.as_of_at == NOW - 40 * DAY
    # The province's one figure is nobody's own.
    assert asked(database, organisation, NOW, HEAD)["services_known"].verdict is Verdict.UNKNOWN


def test_a_target_holds_from_its_day_and_the_verdict_follows(database: Database, organisation: Organisation) -> None:
    decide_target(database, LEADER, "satisfaction", "97,5 %", date(2026, 11, 23), "Kế hoạch năm 2026", NOW)
    with database.reading() as session:
        before, after = (
            {rule.code: rule for rule in pledges_in_force(session, on)}["satisfaction"].target
            for on in (date(2026, 11, 22), date(2026, 11, 23))
        )
    assert (before, after) == (None, Decimal("97.5"))
    decide_target(database, LEADER, "satisfaction", "", date(2026, 11, 24), "Bỏ mức", NOW)
    with database.reading() as session:
        assert {r.code: r for r in pledges_in_force(session, date(2026, 11, 24))}["satisfaction"].target is None


@pytest.mark.parametrize("target", ["0", "101", "chín mươi", "-5", "NaN", "1e5"])
def test_a_target_that_is_no_share_is_refused(database: Database, target: str) -> None:
    with pytest.raises(TargetRefused):
        decide_target(database, LEADER, "satisfaction", target, NOW.date(), "x", NOW)


def test_targets_are_a_leaders_and_have_a_reason(database: Database) -> None:
    with pytest.raises(NotAllowed):
        decide_target(database, HEAD, "satisfaction", "90", NOW.date(), "x", NOW)
    for pledge, reason in (("nothing", "x"), ("satisfaction", " "), ("satisfaction", "x" * 301)):
        with pytest.raises(TargetRefused):
            decide_target(database, LEADER, pledge, "90", NOW.date(), reason, NOW)


def test_the_workbook_leaves_empty_what_is_not_known(
    sqlite_database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    save_programme(sqlite_database, LEADER, organisation, True, NOW, path)
    rows = [row for row in load_workbook(path).active.iter_rows(values_only=True) if row[1] == "Cả phạm vi"]
    assert len(rows) == len(shipped_pledges())
    assert all(row[4] is None and row[7] == "chưa có số liệu" for row in rows)


def test_a_figure_of_the_running_year_is_of_today_and_not_of_its_end(
    database: Database, organisation: Organisation
) -> None:
    root = organisation.root_on(NOW.date())
    assert root is not None
    told = an_observation(root.code, "2026", NOW - DAY, 90, 100, "survey_satisfaction")
    with database.writing() as session:
        save_observations(session, [told], "form", "x", NOW)
    assert asked(database, organisation, NOW)["satisfaction"].since_on == date(2026, 11, 23)


def test_a_unit_has_days_of_its_own_and_of_what_knows_no_units_those_of_the_whole(
    database: Database, organisation: Organisation
) -> None:
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    a_morning_of_visits(database, units, NOW)
    keep_pledges(database, organisation, NOW)
    own = asked(database, organisation, NOW, HEAD)
    receptions = own["receptions_monitored"]
    # Every visit of the morning is unknown for want of cameras: what is written down is what stands.
    assert receptions.days[0].unknown == receptions.evidence.unknown > 0
    assert receptions.since_on == date(2026, 11, 23)
    assert [day.on for day in own["software_support"].days] == [date(2026, 11, 23)]

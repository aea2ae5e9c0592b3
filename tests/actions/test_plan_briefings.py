"""Briefings made by themselves, of the province and of each unit: once per appointment, within the unit's scope."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from briefing_support import NOW, a_job_worker
from reports_support import a_morning, store_reports
from scenes_support import store_figures
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from access.principal import NotAllowed, Principal
from actions.make_briefing import ask_briefing
from actions.plan_briefings import BriefingPlanner, change_schedule
from actions.report_briefing import save_briefing_document
from data_access.audit import audit_events
from data_access.briefing import PROVINCE, briefing_by_id, briefings, schedules_in_force
from data_access.models.briefing import BriefingScheduleRow, UnitBriefingScheduleRow
from data_access.models.jobs import DeskJobRow
from data_access.scope import NotFound
from data_access.session import Database
from domain.briefing import Briefing
from domain.briefing_schedule import NOTHING_PLANNED, BriefingKind, BriefingSchedule, typed_schedule
from domain.jobs import JobState
from domain.permissions import Role
from domain.units import Organisation

LEADER = Principal(Role.LEADER, "l", "lanhdao")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
SCREEN = Principal(Role.SCREEN, "s", "man-hinh")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MORNING, WEEKLY = BriefingKind.MORNING, BriefingKind.WEEKLY
BOTH = BriefingSchedule()
ONLY_MORNING = BriefingSchedule(kinds=frozenset({MORNING}))
# NOW is Thursday, 07:00 in Huế; the Monday after it.
MONDAY = NOW + 4 * DAY
# The last day of the units before the reorganisation, a Monday, 07:00.
LAST_DAY = datetime(2025, 6, 30, 0, 0, tzinfo=UTC)


def head_of(unit: str) -> Principal:
    return Principal(Role.DEPARTMENT_HEAD, f"h-{unit}", f"truong.{unit.lower()}", unit)


HEAD, OTHER_HEAD = head_of("PHUVANG"), head_of("PHULOC")


@pytest.fixture(params=["organisation", "two_era_organisation"])
def pack(request: pytest.FixtureRequest) -> Organisation:
    """Either organisation that ships."""
    found: Organisation = request.getfixturevalue(request.param)
    return found


def two_units(organisation: Organisation) -> tuple[str, str]:
    """Two units of today that are not the agency itself."""
    codes = [unit.code for unit in organisation.case_units_on(NOW.date())]
    return codes[-1], codes[-2]


def plan(database: Database, organisation: Organisation, now: datetime) -> None:
    """One turn of a planner that was just started."""
    BriefingPlanner(database, organisation, lambda session: None)(now)


def planned(database: Database, organisation: Organisation, now: datetime) -> list[tuple[str, str]]:
    """What the schedules have asked for so far, as (slot, unit), after one turn."""
    plan(database, organisation, now)
    with database.reading() as session:
        rows = session.scalars(select(DeskJobRow).where(DeskJobRow.slot != "").order_by(DeskJobRow.id)).all()
        return [(row.slot, row.unit) for row in rows]


def work_all(database: Database, organisation: Organisation, now: datetime) -> list[str]:
    """Work until nothing waits; how each job ended."""
    for _ in range(20):
        a_job_worker(database, organisation, lambda: now)(now)
    with database.reading() as session:
        return [row.state for row in session.scalars(select(DeskJobRow).order_by(DeskJobRow.id))]


def read_by(database: Database, principal: Principal, organisation: Organisation, now: datetime) -> Sequence[Briefing]:
    with database.reading() as session:
        lines = briefings(session, principal, organisation, now)
        return [briefing_by_id(session, principal, organisation, line.public_id, now) for line in lines]


def test_the_schedule_makes_each_appointment_once_and_a_missed_one_when_it_is_back(
    database: Database, organisation: Organisation
) -> None:
    # Installed on Wednesday at 09:00: nothing is made for that morning.
    assert planned(database, organisation, NOW - 22 * HOUR) == []
    assert planned(database, organisation, NOW - MINUTE) == []
    thursday = [("morning:2026-11-26", PROVINCE)]
    assert planned(database, organisation, NOW) == planned(database, organisation, NOW + MINUTE) == thursday
    work_all(database, organisation, NOW + MINUTE)
    assert planned(database, organisation, NOW + 2 * HOUR) == thursday
    # The worker is down from Friday to Monday, 10:12: one morning and one weekly briefing, not three mornings.
    back = MONDAY + 3 * HOUR + 12 * MINUTE
    monday = [("morning:2026-11-30", PROVINCE), ("weekly:2026-11-30", PROVINCE)]
    assert planned(database, organisation, back) == planned(database, organisation, back + MINUTE)
    assert planned(database, organisation, back) == thursday + monday
    work_all(database, organisation, back)
    made = read_by(database, LEADER, organisation, back)
    assert [briefing.made_by for briefing in made] == ["worker"] * 3
    assert (made[0].facts.made_at, made[0].facts.appointment_at) == (back, MONDAY)


def test_a_unit_s_schedule_makes_each_appointment_once_beside_the_province_s(
    database: Database, organisation: Organisation
) -> None:
    plan(database, organisation, NOW - 22 * HOUR)
    change_schedule(database, HEAD, organisation, "PHUVANG", typed_schedule("07:30", "08:00", True, True), NOW - HOUR)
    thursday = [("morning:2026-11-26", PROVINCE), ("morning:PHUVANG:2026-11-26", "PHUVANG")]
    assert planned(database, organisation, NOW + 29 * MINUTE) == thursday[:1]
    assert planned(database, organisation, NOW + 30 * MINUTE) == planned(database, organisation, NOW + HOUR) == thursday
    work_all(database, organisation, NOW + HOUR)
    # Moved on the same day: that morning has its briefing, and the hour of the other kind stays.
    change_schedule(database, LEADER, organisation, "PHUVANG", typed_schedule("10:00", "08:00", True, True), NOW + HOUR)
    assert planned(database, organisation, NOW + 4 * HOUR) == thursday
    monday = [
        ("morning:2026-11-30", PROVINCE),
        ("weekly:2026-11-30", PROVINCE),
        ("weekly:PHUVANG:2026-11-30", "PHUVANG"),
    ]
    # 08:30 of Monday: the unit's own morning of Friday was missed and is the last that is past.
    friday = [("morning:PHUVANG:2026-11-27", "PHUVANG")]
    found = planned(database, organisation, MONDAY + 90 * MINUTE)
    assert found[:2] == thursday and sorted(found[2:]) == sorted(monday + friday)


def test_two_workers_ask_once(database: Database, organisation: Organisation) -> None:
    plan(database, organisation, NOW - DAY)
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    for unit in units:
        change_schedule(database, LEADER, organisation, unit, ONLY_MORNING, NOW - HOUR)
    gate = threading.Barrier(2)

    def together() -> None:
        gate.wait()
        plan(database, organisation, NOW)

    workers = [threading.Thread(target=together) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    found = planned(database, organisation, NOW)
    assert sorted(unit for _, unit in found) == sorted([PROVINCE, *units])


def test_a_worker_that_no_longer_leads_asks_for_nothing(database: Database, organisation: Organisation) -> None:
    plan(database, organisation, NOW - DAY)
    change_schedule(database, HEAD, organisation, "PHUVANG", BOTH, NOW - HOUR)

    def refuse(_session: object) -> None:
        raise RuntimeError("another leads")

    with pytest.raises(RuntimeError):
        BriefingPlanner(database, organisation, refuse)(NOW)
    with database.reading() as session:
        assert session.scalars(select(DeskJobRow)).all() == []


def test_what_a_schedule_made_of_a_unit_is_that_unit_s_and_for_nobody_of_another(
    database: Database, pack: Organisation, tmp_path: Path
) -> None:
    unit, other = two_units(pack)
    own, another = head_of(unit), head_of(other)
    store_figures(database, pack, NOW)
    units = [each.code for each in pack.case_units_on(NOW.date())]
    store_reports(database, pack, a_morning(units, NOW), NOW)
    plan(database, pack, NOW - DAY)
    change_schedule(database, own, pack, unit, ONLY_MORNING, NOW - HOUR)
    plan(database, pack, NOW)
    ask_briefing(database, own, pack, "morning", unit, NOW)
    assert set(work_all(database, pack, NOW)) == {JobState.DONE.value}
    scheduled, asked = sorted(read_by(database, own, pack, NOW), key=lambda each: each.made_by != "worker")
    assert (scheduled.made_by, asked.made_by) == ("worker", own.name)
    # Word for word what the head of the unit may see, and so of no other unit.
    assert replace(scheduled.facts, appointment_at=None) == asked.facts
    assert (scheduled.facts.unit, scheduled.facts.appointment_at) == (unit, NOW)
    assert scheduled.facts.figures is not None
    assert [each.code for each in scheduled.facts.figures.units] == [unit]
    assert read_by(database, another, pack, NOW) == []
    public_id = scheduled.public_id
    with pytest.raises(NotFound):
        save_briefing_document(database, another, pack, public_id, NOW, tmp_path / "a.pdf")
    for reader in (own, LEADER, OPERATOR):
        save_briefing_document(database, reader, pack, public_id, NOW, tmp_path / f"{reader.name}.pdf")
    assert not (tmp_path / "a.pdf").exists()
    with database.reading() as session:
        listed = [briefings(session, LEADER, pack, NOW, about) for about in (None, PROVINCE, unit, other)]
        made = [row for row in audit_events(session, ADMINISTRATOR) if row.action == "briefing_made"]
    assert [len(lines) for lines in listed] == [3, 1, 2, 0]
    told = [json.loads(row.detail)["unit"] for row in made if row.actor_name == "worker"]
    assert sorted(told) == sorted(["Toàn tỉnh", unit])


def test_a_unit_that_has_ended_makes_none(database: Database, two_era_organisation: Organisation) -> None:
    pack = two_era_organisation
    plan(database, pack, LAST_DAY - 3 * DAY)
    change_schedule(database, HEAD, pack, "PHUVANG", BOTH, LAST_DAY - 2 * DAY)
    own = [("morning:PHUVANG:2025-06-30", "PHUVANG"), ("weekly:PHUVANG:2025-06-30", "PHUVANG")]
    assert [each for each in planned(database, pack, LAST_DAY) if each[1]] == own
    # What was asked for on the last day and not made before its end is not made of a unit that is no more.
    after = LAST_DAY + DAY
    ended = work_all(database, pack, after)
    assert sorted(ended) == sorted([JobState.DONE.value] * 2 + [JobState.FAILED.value] * 2)
    found = planned(database, pack, after)
    assert [each for each in found if each[1]] == own and ("morning:2025-07-01", PROVINCE) in found
    with database.reading() as session:
        assert set(schedules_in_force(session, LEADER, pack, after)) == {PROVINCE}
        assert schedules_in_force(session, HEAD, pack, after) == {}
    with pytest.raises(NotAllowed):
        change_schedule(database, HEAD, pack, "PHUVANG", BOTH, after)


def test_a_unit_that_ended_while_the_worker_was_down_is_not_made_up_for(
    database: Database, two_era_organisation: Organisation
) -> None:
    plan(database, two_era_organisation, LAST_DAY - 3 * DAY)
    change_schedule(database, HEAD, two_era_organisation, "PHUVANG", BOTH, LAST_DAY - 2 * DAY)
    found = planned(database, two_era_organisation, LAST_DAY + DAY)
    assert found and {unit for _, unit in found} == {PROVINCE}


def test_turning_a_schedule_off_and_on_makes_nothing_of_what_was_due_meanwhile(
    database: Database, organisation: Organisation
) -> None:
    plan(database, organisation, NOW - DAY)
    change_schedule(database, LEADER, organisation, "", NOTHING_PLANNED, NOW - DAY + MINUTE)
    change_schedule(database, HEAD, organisation, "PHUVANG", ONLY_MORNING, NOW - 3 * HOUR)
    change_schedule(database, HEAD, organisation, "PHUVANG", NOTHING_PLANNED, NOW - 2 * HOUR)
    assert planned(database, organisation, NOW) == []
    change_schedule(database, HEAD, organisation, "PHUVANG", ONLY_MORNING, NOW + HOUR)
    assert planned(database, organisation, NOW + 2 * HOUR) == []
    assert planned(database, organisation, NOW + DAY) == [("morning:PHUVANG:2026-11-27", "PHUVANG")]
    # Only the kind that was taken up: no weekly one on Monday.
    assert [slot for slot, _ in planned(database, organisation, MONDAY)][1:] == ["morning:PHUVANG:2026-11-30"]


def test_a_head_decides_for_the_own_unit_and_leaders_and_administrators_for_any(
    database: Database, pack: Organisation
) -> None:
    unit, other = two_units(pack)
    own, root = head_of(unit), pack.root_on(NOW.date())
    assert root is not None
    plan(database, pack, NOW - DAY)
    refused = [
        *((principal, wanted) for principal in (OPERATOR, SCREEN) for wanted in ("", unit)),
        (Principal(Role.OPERATOR, "o2", "truc2", unit), unit),
        *((own, wanted) for wanted in ("", other, root.code, "KHONGCO")),
        (LEADER, "KHONGCO"),
        (Principal(Role.LEADER, "l2", "lanhdao2", unit), ""),
    ]
    for principal, wanted in refused:
        with pytest.raises(NotAllowed):
            change_schedule(database, principal, pack, wanted, BOTH, NOW)
    with database.reading() as session:
        assert {plan.decided_by for plan in schedules_in_force(session, LEADER, pack, NOW).values()} == {"worker"}
    schedule = BriefingSchedule(time(6, 30), time(8), frozenset({WEEKLY}))
    change_schedule(database, own, pack, unit, schedule, NOW)
    change_schedule(database, ADMINISTRATOR, pack, other, BOTH, NOW)
    change_schedule(database, LEADER, pack, root.code, NOTHING_PLANNED, NOW)
    with database.reading() as session:
        found = schedules_in_force(session, LEADER, pack, NOW)
        seen = [set(schedules_in_force(session, each, pack, NOW)) for each in (own, head_of(other), OPERATOR)]
        told = [row for row in audit_events(session, ADMINISTRATOR) if row.action == "briefing_schedule_changed"]
        with pytest.raises(NotAllowed):
            schedules_in_force(session, SCREEN, pack, NOW)
    assert seen == [{unit}, {other}, {PROVINCE, unit, other}]
    assert (found[unit].morning_at, found[unit].weekly_at, found[unit].kinds) == (time(6, 30), time(8), {WEEKLY})
    assert [found[each].decided_by for each in (unit, other, PROVINCE)] == [own.name, "quantri", "lanhdao"]
    assert not found[PROVINCE].is_on
    details = {row.actor_name: json.loads(row.detail) for row in told}
    assert details[own.name] == {"unit": unit, "to": "Bản tin tuần 08:00"}
    assert details["lanhdao"] == {"unit": "Toàn tỉnh", "to": "không lập tự động"}


def test_moving_the_province_s_hour_makes_no_second_briefing_of_the_day(
    database: Database, organisation: Organisation
) -> None:
    plan(database, organisation, NOW - DAY)
    assert len(planned(database, organisation, NOW)) == 1
    change_schedule(database, LEADER, organisation, "", typed_schedule("07:30", "8h", True, True), NOW + MINUTE)
    assert len(planned(database, organisation, NOW + HOUR)) == 1
    change_schedule(database, ADMINISTRATOR, organisation, "", NOTHING_PLANNED, NOW + 2 * HOUR)
    assert len(planned(database, organisation, NOW + 3 * DAY)) == 1


def test_a_decision_is_never_changed_and_one_of_an_older_version_is_understood(
    database: Database, organisation: Organisation
) -> None:
    change_schedule(database, HEAD, organisation, "PHUVANG", BOTH, NOW)
    for is_on, at in ((True, NOW - DAY), (False, NOW)):
        with database.writing() as session:
            session.add(BriefingScheduleRow(morning_at="06:15", weekly_at="07:00", is_on=is_on, by="cu", at=at))
        with database.reading() as session:
            found = schedules_in_force(session, LEADER, organisation, NOW)[PROVINCE]
        assert (found.morning_at, found.kinds) == (time(6, 15), frozenset(BriefingKind) if is_on else frozenset())
    for row in (BriefingScheduleRow, UnitBriefingScheduleRow):
        for statement in (update(row).values(morning_at="05:00"), delete(row)):
            with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
                session.execute(statement)

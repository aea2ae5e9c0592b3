"""What the agency decided about rules, limits, terms and announced work, on both databases: kept as it was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from alarm_support import CAMERA, LIMITS, NOW, PACE, store_alarms
from reception_support import a_visit
from reports_support import a_record, store_reports
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from access.principal import NotAllowed, Principal
from data_access.alarm_replay import replay_limit, replay_rule
from data_access.alarm_rules import (
    all_limits,
    limits_in_force,
    limits_now,
    load_alarm_rules,
    rule_changes,
    rules_in_force,
    save_rule_change,
)
from data_access.deadlines import deadline_changes, deadline_rules, load_deadline_rules, save_deadline
from data_access.limits import load_wall_limits, save_limit_change, wall_limits_in_force
from data_access.maintenance import (
    maintenance_windows,
    past_windows,
    save_early_end,
    save_window,
    windows_not_over,
)
from data_access.models.alarm_rules import AlarmLimitChangeRow, AlarmRuleChangeRow
from data_access.models.deadlines import DeadlineChangeRow
from data_access.reception import save_visits
from data_access.scope import NotFound
from data_access.session import Database
from data_access.source_connections import Connection, save_certificate, save_connection
from data_access.versions import versions
from domain.alarms import LimitChange, MaintenanceWindow, Priority, RuleChange
from domain.deadlines import DeadlineRule, rule_on
from domain.local_time import local_day
from domain.permissions import Role
from domain.units import Organisation

ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a1", "quantri")
OPERATOR = Principal(Role.OPERATOR, "o1", "truc")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h1", "truong", "PHUVANG")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TODAY = local_day(NOW)
SHIPPED = load_alarm_rules()["reception_queue"]
CHANGED = replace(
    SHIPPED,
    on_delay=5 * MINUTE,
    priority=Priority.ORDINARY,
    hysteresis=Decimal("2.5"),
    is_on=False,
    tasks=("Gọi trực ban", "Ghi kết quả"),
    reason="thử một tuần",
    status="Cơ quan quyết định",
)


def write_limit(database: Database, code: str, value: str, on: date = TODAY) -> None:
    with database.writing() as session:
        change = LimitChange(code, Decimal(value), on, "thử", "quantri", NOW)
        save_limit_change(session, ADMINISTRATOR, change, NOW)


def a_window(unit: str, public_id: str = "W1", hours: int = 2) -> MaintenanceWindow:
    ends_at = NOW + timedelta(hours=hours)
    return MaintenanceWindow(public_id, unit, "cameras", "", NOW, ends_at, "thay nguồn", "quantri", NOW)


def test_a_rule_is_given_back_as_it_was_written_from_its_day_on(database: Database) -> None:
    with database.writing() as session:
        save_rule_change(session, ADMINISTRATOR, RuleChange(CHANGED, TODAY + DAY, "quantri", NOW), NOW)
    with database.reading() as session:
        assert rules_in_force(session, TODAY)["reception_queue"] == SHIPPED
        assert rules_in_force(session, TODAY + DAY)["reception_queue"] == CHANGED
        assert rule_changes(session) == [RuleChange(CHANGED, TODAY + DAY, "quantri", NOW)]
        assert versions(session)["alarm_rules"] == 1


def test_wall_console_and_engine_ask_the_same_limits(database: Database) -> None:
    with database.reading() as session:
        assert wall_limits_in_force(session, TODAY) == load_wall_limits()
        assert limits_in_force(session, TODAY) == LIMITS
        sample = all_limits(session, TODAY)["overdue_clocks"]
    write_limit(database, "overdue_clocks", "5")
    write_limit(database, "overdue_clocks", "7", TODAY + 2 * DAY)
    write_limit(database, "flood_count", "20")
    with database.reading() as session:
        assert wall_limits_in_force(session, TODAY).overdue_clocks == 5
        assert wall_limits_in_force(session, TODAY + 2 * DAY).overdue_clocks == 7
        decided = all_limits(session, TODAY)["overdue_clocks"]
    assert limits_now(database, NOW).flood_count == 20
    assert "mẫu" in sample.status and decided.status == "Cơ quan quyết định"


def test_what_was_decided_can_be_neither_changed_nor_deleted(database: Database) -> None:
    write_limit(database, "overdue_clocks", "5")
    rule = load_deadline_rules(False)[0]
    with database.writing() as session:
        save_rule_change(session, ADMINISTRATOR, RuleChange(CHANGED, TODAY, "quantri", NOW), NOW)
        save_deadline(session, ADMINISTRATOR, rule, "luật mới", NOW)
    for row in (AlarmRuleChangeRow, AlarmLimitChangeRow, DeadlineChangeRow):
        for statement in (update(row).values(reason="khác"), delete(row)):
            with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
                session.execute(statement)


def test_only_administrators_write_any_of_it(database: Database, organisation: Organisation) -> None:
    rule = load_deadline_rules(False)[0]
    for principal in (OPERATOR, HEAD):
        with database.writing() as session:
            with pytest.raises(NotAllowed):
                save_rule_change(session, principal, RuleChange(CHANGED, TODAY, "x", NOW), NOW)
            with pytest.raises(NotAllowed):
                save_limit_change(session, principal, LimitChange("x", Decimal(1), TODAY, "", "x", NOW), NOW)
            with pytest.raises(NotAllowed):
                save_window(session, principal, a_window(""), NOW)
            with pytest.raises(NotAllowed):
                save_early_end(session, principal, "W1", NOW)
            with pytest.raises(NotAllowed):
                save_deadline(session, principal, rule, "", NOW)
        with database.reading() as session, pytest.raises(NotAllowed):
            replay_rule(session, principal, CHANGED, NOW)


def test_a_window_is_seen_by_its_unit_until_it_is_over(database: Database, organisation: Organisation) -> None:
    with database.writing() as session:
        save_window(session, ADMINISTRATOR, a_window("PHULOC"), NOW)
        save_window(session, ADMINISTRATOR, a_window("", "W2", 5), NOW)
    with database.reading() as session:
        assert len(windows_not_over(session, NOW)) == 2
        assert [window.public_id for window in maintenance_windows(session, HEAD, organisation, NOW)] == ["W2"]
        assert len(maintenance_windows(session, OPERATOR, organisation, NOW)) == 2
        assert windows_not_over(session, NOW + timedelta(hours=5)) == ()
    with database.writing() as session:
        save_early_end(session, ADMINISTRATOR, "W2", NOW + MINUTE)
        with pytest.raises(NotFound):
            save_early_end(session, ADMINISTRATOR, "W2", NOW + 2 * MINUTE)
    with database.reading() as session:
        (over,) = past_windows(session, ADMINISTRATOR, NOW + MINUTE)
        assert (over.public_id, over.ended_by, over.over_at) == ("W2", "quantri", NOW + MINUTE)
        assert [window.public_id for window in windows_not_over(session, NOW + MINUTE)] == ["W1"]


def test_a_term_that_was_entered_is_in_force_and_the_earlier_one_keeps_its_time(database: Database) -> None:
    old = next(rule for rule in load_deadline_rules(False) if rule.code == "D09")
    first = date(2026, 7, 1)
    new = replace(old, quantity=15, legal_basis="NĐ mới", valid_from=first, valid_to=None, status="Cơ quan xác nhận")
    sample = replace(new, quantity=20, valid_from=first + DAY, status="Dữ liệu mẫu")
    with database.writing() as session:
        save_deadline(session, ADMINISTRATOR, new, "luật mới", NOW)
        save_deadline(session, ADMINISTRATOR, sample, "tạm", NOW)
    with database.reading() as session:
        rules = deadline_rules(session, is_sample=True)
        assert [row.code for row in deadline_changes(session, ADMINISTRATOR)] == ["D09", "D09"]
    found: DeadlineRule | None = rule_on(rules, "D09", TODAY)
    # What is decided counts before what stands in for it.
    assert found == new and not found.is_sample
    assert rule_on(rules, "D09", first - DAY) == old


def test_longer_delays_are_replayed_from_the_records_and_shorter_ones_are_not_guessed(database: Database) -> None:
    yesterday = NOW - DAY
    store_alarms(database, yesterday - 2 * DAY)
    store_alarms(database, yesterday - 2 * DAY, PACE)
    for turn in range(3):
        begins = yesterday + timedelta(hours=turn)
        store_alarms(database, begins, CAMERA)
        store_alarms(database, begins + 4 * MINUTE)
        store_alarms(database, begins + 6 * MINUTE)
    rule = load_alarm_rules()["camera_link"]
    with database.reading() as session:
        same = replay_rule(session, ADMINISTRATOR, rule, NOW)
        longer = replay_rule(session, ADMINISTRATOR, replace(rule, on_delay=10 * MINUTE), NOW)
        wide = replay_rule(session, ADMINISTRATOR, replace(rule, off_delay=timedelta(hours=2)), NOW)
        shorter = replay_rule(session, ADMINISTRATOR, replace(rule, off_delay=timedelta(0)), NOW)
        off = replay_rule(session, ADMINISTRATOR, replace(rule, is_on=False), NOW)
    assert (same.period, same.as_it_is, same.as_wanted) == ("Hôm qua", 3, 3)
    assert longer.as_wanted == 0 and wide.as_wanted == 1 and off.as_wanted == 0
    assert shorter.as_wanted is None and "không được lưu" in shorter.notes[0]


def test_without_records_of_yesterday_it_says_from_when_on_it_counts(database: Database) -> None:
    rule = load_alarm_rules()["camera_link"]
    with database.reading() as session:
        nothing = replay_rule(session, ADMINISTRATOR, rule, NOW)
    assert nothing.as_wanted is None and "Chưa có bản ghi" in nothing.notes[0]
    store_alarms(database, NOW - timedelta(hours=1), CAMERA)
    with database.reading() as session:
        today = replay_rule(session, ADMINISTRATOR, rule, NOW)
    assert today.period.startswith("Hôm nay từ 07:42") and (today.as_it_is, today.as_wanted) == (1, 1)


def test_queues_and_delegations_are_replayed_from_the_visits(database: Database, organisation: Organisation) -> None:
    came = NOW - DAY
    visits = [
        a_visit(came, 25, reference="1"),
        a_visit(came + 5 * MINUTE, 35, reference="2"),
        a_visit(came + timedelta(hours=3), 45, reference="3", people=7),
        a_visit(came + timedelta(hours=4), 5, reference="4", people=12),
    ]
    with database.writing() as session:
        save_visits(session, visits, NOW)

    def replayed(code: str, value: str) -> tuple[int, int | None]:
        with database.reading() as session:
            found = replay_limit(session, ADMINISTRATOR, organisation, code, Decimal(value), NOW, False)
        return found.as_it_is, found.as_wanted

    # The first two wait over the limit of twenty minutes side by side: one alarm.
    assert replayed("waiting", "30") == (2, 2)
    assert replayed("waiting", "40") == (2, 1)
    assert replayed("waiting", "3") == (2, 3)
    assert replayed("delegation_people", "10") == (2, 1)
    assert replayed("delegation_people", "2") == (2, 2)


def test_reports_due_soon_are_replayed_from_their_due_times(database: Database, organisation: Organisation) -> None:
    came, hour = NOW - DAY, timedelta(hours=1)
    told = {"requested_at": came, "updated_at": came}
    records = [
        a_record(1, **told, expected_at=came + 3 * hour),
        a_record(2, **told, expected_at=came + 20 * hour),
        a_record(3, **{**told, "updated_at": came + 2 * hour}, expected_at=came + 10 * hour, state_word="closed"),
    ]
    store_reports(database, organisation, records, NOW)

    def replayed(hours: int) -> tuple[int, int | None]:
        with database.reading() as session:
            found = replay_limit(session, ADMINISTRATOR, organisation, "report_soon", Decimal(hours), NOW, False)
        return found.as_it_is, found.as_wanted

    # The second comes near after midnight, the third was closed before it did.
    assert replayed(1) == (1, 1)
    assert replayed(9) == (1, 3)


def test_certificates_are_replayed_from_when_they_end(database: Database, organisation: Organisation) -> None:
    with database.reading() as session:
        found = replay_limit(session, ADMINISTRATOR, organisation, "certificate_soon", Decimal(30), NOW, False)
    assert found.as_wanted is None and found.notes == ("Chưa đọc được chứng thư nào.",)
    with database.writing() as session:
        for source, days in (("field_reports", 10), ("attendance", 25), ("reception", 90)):
            save_connection(session, Connection(source, "kind", "https://127.0.0.1:1"), NOW)
            save_certificate(session, source, NOW + timedelta(days=days), NOW)
        found = replay_limit(session, ADMINISTRATOR, organisation, "certificate_soon", Decimal(30), NOW, False)
    assert (found.as_it_is, found.as_wanted, found.counted) == (1, 2, "chứng thư")


def test_a_limit_whose_figures_were_not_kept_gets_words_and_no_number(
    database: Database, organisation: Organisation
) -> None:
    absent = replace(PACE, rule="absence", source="attendance", measure=4)
    store_alarms(database, NOW - 3 * DAY, PACE)
    store_alarms(database, NOW - DAY, absent)

    def replayed(code: str, value: int) -> tuple[int | None, str]:
        with database.reading() as session:
            found = replay_limit(session, ADMINISTRATOR, organisation, code, Decimal(value), NOW, False)
        return found.as_wanted, " ".join(found.notes)

    write_limit(database, "unexplained_absences", "2", TODAY - 2 * DAY)
    assert replayed("unexplained_absences", 1) == (
        None,
        "Không đủ dữ liệu để tính lại vì chỉ lưu khi cảnh báo được phát.",
    )
    assert replayed("unexplained_absences", 4) == (1, "")
    count, words = replayed("unexplained_absences", 5)
    assert count is None and "Chắc chắn từ 0 lần, nhiều nhất 1 lần" in words
    assert replayed("shelve_most", 60)[0] is None
    assert replayed("overdue_clocks", 1) == (0, "")

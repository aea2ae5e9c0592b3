"""Changing rules, limits and terms, announcing work: who may, what is refused in words, what engine and audit see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from alarm_support import CAMERA, CROWD, NOW, PACE
from reception_support import a_morning_of_visits
from sqlalchemy.orm import Session

from access.audience import PROVINCE
from access.principal import NotAllowed, Principal
from actions.announce_maintenance import WantedWindow, announce_maintenance, end_maintenance
from actions.edit_alarm_rules import WantedLimit, WantedRule, change_limit, change_rule
from actions.enter_deadline import WantedDeadline, enter_deadline
from actions.evaluate_alarms import AlarmEngine
from data_access.alarm_rules import rules_in_force
from data_access.alarms import standing_alarms
from data_access.audit import audit_events
from data_access.deadlines import deadline_rules
from data_access.limits import wall_limits_in_force
from data_access.maintenance import windows_not_over
from data_access.session import Database
from domain.alarms import AlarmState, Condition, Facts, Priority, RuleRefused
from domain.deadlines import rule_on
from domain.local_time import local_day
from domain.permissions import Role
from domain.units import Organisation
from scenes.alarm_facts import alarm_facts
from scenes.answers import wall_answers
from scenes.drawing import Question

ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a1", "quantri")
OPERATOR = Principal(Role.OPERATOR, "o1", "truc")
MINUTE = timedelta(minutes=1)
TODAY = local_day(NOW)
WANTED = WantedRule(
    code="cases_behind_pace",
    valid_from=f"{TODAY:%d/%m/%Y}",
    on_delay="0",
    off_delay="0",
    latches=False,
    priority="3",
    hysteresis="0",
    is_on=True,
    tasks="Xem việc có điều kiện\n\nThống nhất kế hoạch; Báo cáo",
    procedure="TD-10",
    owner="department_head",
    legal_basis="",
    reason="giảm mức theo họp giao ban",
    seen=0,
)
LIMIT = WantedLimit("overdue_clocks", f"{TODAY:%d/%m/%Y}", "5", "theo thực tế", 0)
WINDOW = WantedWindow("PHULOC", "source:cameras", "", "10:42 24/11/2026", "thay nguồn điện")
TERM = WantedDeadline("D09", "15", "days", "01/07/2026", "NĐ mới Đ5", "Cơ quan xác nhận", "có văn bản mới")


def decided(database: Database, now: datetime, *conditions: Condition) -> dict[str, AlarmState]:
    """What the engine makes of these conditions under what is in force, by rule."""

    def ask(session: Session, at: datetime) -> tuple[Facts, datetime]:
        return Facts(conditions, maintenance=windows_not_over(session, at)), at + timedelta(hours=1)

    AlarmEngine(database, ask, frozenset({"alarm_rules"})).decide_due(now, lambda _: None)
    with database.reading() as session:
        return {alarm.rule: alarm.state for alarm in standing_alarms(session)}


def test_a_rule_is_changed_with_its_reason_and_engine_and_audit_know(database: Database) -> None:
    change_rule(database, ADMINISTRATOR, WANTED, NOW)
    decided(database, NOW, PACE)
    with database.reading() as session:
        rule = rules_in_force(session, TODAY)["cases_behind_pace"]
        (alarm,) = standing_alarms(session)
        (line,) = [row for row in audit_events(session, ADMINISTRATOR) if row.action == "alarm_rule_changed"]
    assert rule.tasks == ("Xem việc có điều kiện", "Thống nhất kế hoạch", "Báo cáo")
    assert (rule.priority, rule.reason, alarm.priority) == (Priority.ORDINARY, WANTED.reason, Priority.ORDINARY)
    assert "mức độ, việc cần làm" in line.detail and WANTED.reason in line.detail


def test_a_rule_that_was_switched_off_says_why_where_its_alarm_would_be(database: Database) -> None:
    change_rule(database, ADMINISTRATOR, replace(WANTED, is_on=False, priority="0"), NOW)
    assert decided(database, NOW, PACE) == {"cases_behind_pace": AlarmState.SUPPRESSED}
    with database.reading() as session:
        assert standing_alarms(session)[0].cause == "Quy tắc đã tắt: giảm mức theo họp giao ban"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": " ok "}, "lý do"),
        ({"reason": "x" * 161}, "160"),
        ({"code": "nothing"}, "Chọn một quy tắc"),
        ({"valid_from": "23/11/2026"}, "đã qua"),
        ({"valid_from": "24/11/2028"}, "trong vòng"),
        ({"valid_from": "mai"}, "ngày/tháng/năm"),
        ({"on_delay": "-1"}, "Chờ trước khi báo"),
        ({"on_delay": "²"}, "Chờ trước khi báo"),
        ({"off_delay": "86401"}, "Chờ trước khi hết"),
        ({"tasks": " ; \n"}, "ít nhất một việc"),
        ({"tasks": ";".join("abcdefghijk")}, "Nhiều nhất 10"),
        ({"owner": "screen"}, "phụ trách|chịu trách nhiệm"),
        ({"priority": "4"}, "mức độ"),
        ({"hysteresis": "1"}, "không có khoảng trễ"),
        ({"code": "clocks_overdue", "hysteresis": "3"}, "nhỏ hơn ngưỡng"),
        ({"code": "clocks_overdue", "hysteresis": "1.5"}, "nhỏ hơn ngưỡng"),
        ({"code": "clocks_overdue", "hysteresis": "NaN"}, "một số"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_in_words(
    sqlite_database: Database, changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(RuleRefused, match=words):
        change_rule(sqlite_database, ADMINISTRATOR, replace(WANTED, **changed), NOW)


def test_what_changes_nothing_and_what_was_made_from_an_older_view_is_refused(sqlite_database: Database) -> None:
    change_rule(sqlite_database, ADMINISTRATOR, WANTED, NOW)
    with pytest.raises(RuleRefused, match="quantri vừa thay đổi"):
        change_rule(sqlite_database, ADMINISTRATOR, replace(WANTED, on_delay="60"), NOW)
    with pytest.raises(RuleRefused, match="Chưa thay đổi gì"):
        change_rule(sqlite_database, ADMINISTRATOR, replace(WANTED, seen=1), NOW)
    change_rule(sqlite_database, ADMINISTRATOR, replace(WANTED, seen=1, on_delay="60"), NOW)


def test_a_limit_of_the_wall_and_of_its_alarms_is_one_and_the_same(
    sqlite_database: Database, organisation: Organisation
) -> None:
    change_limit(sqlite_database, ADMINISTRATOR, LIMIT, NOW)
    with sqlite_database.reading() as session:
        answers = wall_answers(Question(session, PROVINCE.principal(), organisation, NOW, True))
        assert answers.limits.overdue_clocks == wall_limits_in_force(session, TODAY).overdue_clocks == 5
        assert answers.near == ()


def test_a_hysteresis_makes_the_wall_say_what_is_near_its_limit(
    sqlite_database: Database, organisation: Organisation
) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    # In every unit but the last somebody has waited for five minutes; the limit is twenty.
    a_morning_of_visits(sqlite_database, units, NOW, crowd=False)
    wanted = replace(WANTED, code="reception_queue", priority="0", hysteresis="16")
    change_rule(sqlite_database, ADMINISTRATOR, wanted, NOW)

    def near(at: datetime) -> list[tuple[str, str, Decimal | int | None]]:
        with sqlite_database.reading() as session:
            facts, _ = alarm_facts(Question(session, PROVINCE.principal(), organisation, at, True))
        return [(one.rule, one.unit, one.measure) for one in facts.near]

    assert sorted(near(NOW)) == sorted(("reception_queue", unit, 0) for unit in units[:-1])
    assert near(NOW + 30 * MINUTE) == []


@pytest.mark.parametrize("value", ["0", "-1", "2,5", "nhiều", "1e9", "10001"])
def test_what_cannot_be_a_limit_is_refused(sqlite_database: Database, value: str) -> None:
    with pytest.raises(RuleRefused, match="Giá trị"):
        change_limit(sqlite_database, ADMINISTRATOR, replace(LIMIT, value=value), NOW)


def test_an_urgent_alarm_is_never_hidden_for_longer_than_the_product_allows(sqlite_database: Database) -> None:
    with pytest.raises(RuleRefused, match="nhiều nhất 30"):
        change_limit(sqlite_database, ADMINISTRATOR, replace(LIMIT, code="shelve_urgent", value="45"), NOW)
    with pytest.raises(RuleRefused, match="Chưa thay đổi gì"):
        change_limit(sqlite_database, ADMINISTRATOR, replace(LIMIT, value="3"), NOW)


def test_announced_work_hides_its_alarms_and_an_early_end_gives_them_back(
    database: Database, organisation: Organisation
) -> None:
    window = announce_maintenance(database, ADMINISTRATOR, organisation, WINDOW, NOW)
    assert window.ends_at - NOW == timedelta(hours=2)
    states = decided(database, NOW + MINUTE, CAMERA, CROWD)
    assert states == {"camera_link": AlarmState.SUPPRESSED, "security_gathering": AlarmState.UNACKNOWLEDGED}
    end_maintenance(database, ADMINISTRATOR, window.public_id, NOW + 2 * MINUTE)
    assert decided(database, NOW + 3 * MINUTE, CAMERA, CROWD)["camera_link"] is AlarmState.UNACKNOWLEDGED
    with database.reading() as session:
        actions = {row.action for row in audit_events(session, ADMINISTRATOR)}
    assert {"maintenance_announced", "maintenance_ended"} <= actions


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": ""}, "lý do"),
        ({"ends": "08:42 28/11/2026"}, "72 giờ"),
        ({"ends": "08:00 24/11/2026"}, "sau giờ bắt đầu"),
        ({"ends": "25:00 24/11/2026"}, "giờ:phút"),
        ({"begins": "08:00 24/11/2026"}, "đã qua"),
        ({"begins": "08:00 24/01/2027", "ends": "09:00 24/01/2027"}, "30 ngày"),
        ({"unit": "KHONGCO"}, "đơn vị"),
        ({"what": "source:nothing"}, "Chọn nguồn"),
        ({"what": "rules:"}, "Chọn nguồn"),
        ({"what": ""}, "Chọn nguồn"),
    ],
)
def test_work_that_cannot_be_is_refused_in_words(
    sqlite_database: Database, organisation: Organisation, changed: dict[str, str], words: str
) -> None:
    with pytest.raises(RuleRefused, match=words):
        announce_maintenance(sqlite_database, ADMINISTRATOR, organisation, replace(WINDOW, **changed), NOW)


def test_a_term_is_entered_from_its_day_on_and_never_into_the_time_of_the_one_before(database: Database) -> None:
    enter_deadline(database, ADMINISTRATOR, TERM, NOW)
    with database.reading() as session:
        found = rule_on(deadline_rules(session, is_sample=False), "D09", TODAY)
        assert any(row.action == "deadline_entered" for row in audit_events(session, ADMINISTRATOR))
    assert found is not None and (found.quantity, found.legal_basis, found.is_sample) == (15, "NĐ mới Đ5", False)
    for changed, words in (
        ({"valid_from": "30/06/2026"}, "sau 30/06/2026"),
        ({"unit": "hours"}, "không tính theo giờ"),
        ({"unit": "tuần"}, "đơn vị tính"),
        ({"legal_basis": " "}, "căn cứ"),
        ({"status": "verified"}, "tình trạng"),
        ({"quantity": "x"}, "Thời hạn"),
        ({"code": "D99"}, "Chọn một thời hạn"),
    ):
        with pytest.raises(RuleRefused, match=words):
            enter_deadline(database, ADMINISTRATOR, replace(TERM, **changed), NOW)
    enter_deadline(database, ADMINISTRATOR, replace(TERM, code="D10", unit="working_days"), NOW)


def test_nobody_but_an_administrator_does_any_of_it(sqlite_database: Database, organisation: Organisation) -> None:
    for attempt in (
        lambda: change_rule(sqlite_database, OPERATOR, WANTED, NOW),
        lambda: change_limit(sqlite_database, OPERATOR, LIMIT, NOW),
        lambda: announce_maintenance(sqlite_database, OPERATOR, organisation, WINDOW, NOW),
        lambda: end_maintenance(sqlite_database, OPERATOR, "W", NOW),
        lambda: enter_deadline(sqlite_database, OPERATOR, TERM, NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()

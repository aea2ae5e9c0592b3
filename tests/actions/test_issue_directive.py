"""A directive from the leader to the unit and back: scope, refusals, two people at once, records nobody changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DatabaseError

from access.principal import NotAllowed, Principal
from actions.issue_directive import DirectiveRefused, WantedDirective, WantedStep, issue_directive, take_step
from data_access.audit import audit_events
from data_access.directives import Conflict, directive_counts, directive_records, directives
from data_access.models.directives import DirectiveRecordRow
from data_access.scope import NotFound
from data_access.session import Database
from domain.directives import DirectiveCounts, DirectiveState, DirectiveStep
from domain.permissions import Role
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
LEADER = Principal(Role.LEADER, "l", "lanhdao")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
OTHER = Principal(Role.DEPARTMENT_HEAD, "i", "truong2", "PHULOC")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
SCREEN = Principal(Role.SCREEN, "s", "man-hinh")
WANTED = WantedDirective("PHUVANG", "Rà soát phản ánh  quá hạn", "Báo cáo\x07 kết quả", "25/11/2026", "alarm", "CB-1")


def issued(database: Database, organisation: Organisation) -> str:
    return issue_directive(database, LEADER, organisation, WANTED, NOW)


def test_a_directive_goes_to_the_unit_comes_back_and_is_closed(database: Database, organisation: Organisation) -> None:
    public_id = issued(database, organisation)
    steps = [
        (HEAD, DirectiveStep.RECEIVE, ""),
        (HEAD, DirectiveStep.ANSWER, "Đã xong 3 việc"),
        (LEADER, DirectiveStep.RETURN, "Còn 1 việc"),
        (HEAD, DirectiveStep.ANSWER, "Đã xong cả 4 việc"),
        (LEADER, DirectiveStep.ACCEPT, "Đạt"),
    ]
    for number, (who, step, words) in enumerate(steps, start=1):
        after = take_step(database, who, organisation, WantedStep(public_id, step, number, words), NOW)
    assert (after.state, after.answer, after.revision) == (DirectiveState.CLOSED, "Đã xong cả 4 việc", 6)
    with database.reading() as session:
        records = directive_records(session, HEAD, organisation, public_id, NOW)
        actions = {row.action for row in audit_events(session, ADMINISTRATOR)}
        (stored,) = directives(session, LEADER, organisation, NOW)
    assert [each.step.value for each in records] == ["issue", "receive", "answer", "return", "answer", "accept"]
    assert {"directive_issued", "directive_returned", "directive_closed"} <= actions
    assert (stored.title, stored.detail) == ("Rà soát phản ánh quá hạn", "Báo cáo kết quả")


def test_another_unit_neither_sees_nor_answers_it_nor_is_it_counted(
    database: Database, organisation: Organisation
) -> None:
    public_id = issued(database, organisation)
    with pytest.raises(NotFound):
        take_step(database, OTHER, organisation, WantedStep(public_id, DirectiveStep.RECEIVE, 1), NOW)
    later = NOW + timedelta(days=2)
    with database.reading() as session:
        assert directives(session, OTHER, organisation, NOW) == []
        assert directive_counts(session, OTHER, organisation, NOW) == DirectiveCounts(0, 0, 0, 0)
        assert directive_counts(session, SCREEN, organisation, later) == DirectiveCounts(1, 0, 1, 0)
        with pytest.raises(NotAllowed):
            directives(session, SCREEN, organisation, NOW)


def test_who_may_not_is_refused_and_what_is_missing_is_said(database: Database, organisation: Organisation) -> None:
    with pytest.raises(NotAllowed):
        issue_directive(database, HEAD, organisation, WANTED, NOW)
    for changed, words in (
        (WantedDirective("PHUVANG", " ", "", "25/11/2026"), "tiêu đề"),
        (WantedDirective("PHUVANG", "A", "", "23/11/2026"), "đã qua"),
        (WantedDirective("PHUVANG", "A", "", "mai"), "hạn trả lời"),
        (WantedDirective("PHUVANG", "A", "", "31/02/2027"), "hạn trả lời"),
        (WantedDirective("PHUVANG", "A" * 161, "", "25/11/2026"), "160"),
        (WantedDirective("PHUVANG", "A", "", "25/11/2026", "x"), "căn cứ"),
    ):
        with pytest.raises(DirectiveRefused, match=words):
            issue_directive(database, LEADER, organisation, changed, NOW)
    public_id = issued(database, organisation)
    with pytest.raises(NotAllowed):
        take_step(database, LEADER, organisation, WantedStep(public_id, DirectiveStep.ANSWER, 1, "x"), NOW)
    with pytest.raises(DirectiveRefused, match="lý do"):
        take_step(database, LEADER, organisation, WantedStep(public_id, DirectiveStep.WITHDRAW, 1), NOW)
    with pytest.raises(DirectiveRefused, match="đã giao"):
        take_step(database, LEADER, organisation, WantedStep(public_id, DirectiveStep.ACCEPT, 1, "x"), NOW)


def test_who_is_late_is_told_who_was_faster_and_when(database: Database, organisation: Organisation) -> None:
    public_id = issued(database, organisation)
    take_step(database, HEAD, organisation, WantedStep(public_id, DirectiveStep.RECEIVE, 1), NOW)
    with pytest.raises(Conflict, match=r"truong thay đổi \(tiếp nhận\) lúc 09:45 24/11/2026"):
        take_step(database, LEADER, organisation, WantedStep(public_id, DirectiveStep.WITHDRAW, 1, "x"), NOW)


def test_a_record_cannot_be_taken_away(database: Database, organisation: Organisation) -> None:
    issued(database, organisation)
    with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
        session.execute(delete(DirectiveRecordRow))

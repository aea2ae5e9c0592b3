"""Duty from taking over to handing over: nobody twice, nobody's shift taken away early, a sheet nobody changes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from alarm_support import CAMERA, CROWD, NOW, store_alarms
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from access.principal import NotAllowed, Principal
from actions.answer_alarm import AnswerAlarms
from actions.hand_over import LONGEST_NOTE, close_for, hand_over, take_over
from actions.report_hand_over import save_hand_over_document
from data_access.audit import audit_events
from data_access.duty import hand_over_by_id, hand_overs, on_duty, receivers, shifts_since
from data_access.models.duty import HandOverRow
from data_access.scope import NotFound
from data_access.session import Database
from data_access.versions import versions
from domain.duty import DutyRefused
from domain.permissions import Role
from domain.units import Organisation

FIRST = Principal(Role.OPERATOR, "o1", "truc.sang")
SECOND = Principal(Role.OPERATOR, "o2", "truc.chieu")
OF_UNIT = Principal(Role.OPERATOR, "o3", "truc.phuvang", "PHUVANG")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
LEADER = Principal(Role.LEADER, "l", "lanhdao")
SCREEN = Principal(Role.SCREEN, "s", "man-hinh")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
HOUR = timedelta(hours=1)


def test_a_shift_is_handed_over_with_what_stands_and_the_next_one_receives_it(
    database: Database, organisation: Organisation
) -> None:
    take_over(database, FIRST, organisation, NOW)
    camera, crowd = store_alarms(database, NOW, CAMERA, CROWD).alarms
    answers = AnswerAlarms(database, FIRST, organisation)
    answers.acknowledge(camera.public_id, camera.revision, "", NOW + HOUR)
    answers.shelve(crowd.public_id, crowd.revision, "Diễn tập", 20, NOW + HOUR)
    take_over(database, SECOND, organisation, NOW + 2 * HOUR)
    written = hand_over(database, FIRST, organisation, "  Theo dõi\x07 Phú Lộc ", NOW + 8 * HOUR)
    hand_over(database, SECOND, organisation, "", NOW + 9 * HOUR)
    later = take_over(database, FIRST, organisation, NOW + 10 * HOUR)
    with database.reading() as session:
        sheet = hand_over_by_id(session, LEADER, organisation, written.public_id, NOW + 11 * HOUR)
        newest = hand_overs(session, LEADER, organisation, NOW + 11 * HOUR)
        received = receivers(session, LEADER, [each.public_id for each in newest])
        actions = [row.action for row in audit_events(session, ADMINISTRATOR)]
        assert versions(session)["duty"] == 5
    assert sheet == written
    assert (sheet.person, sheet.written_by, sheet.note, sheet.is_for_other) == (
        "truc.sang", "truc.sang", "Theo dõi Phú Lộc", False,
    )  # fmt: skip
    assert [(each.title, each.owner, each.unit_name) for each in sheet.facts.alarms] == [
        (CAMERA.title, "truc.sang", "Phú Lộc")
    ]
    assert [(each.reason, each.until_at) for each in sheet.facts.shelved] == [
        ("Diễn tập", NOW + HOUR + timedelta(minutes=20))
    ]
    assert sheet.facts.others_on == ("truc.chieu",)
    assert [each.person for each in newest] == ["truc.chieu", "truc.sang"]
    assert {sheet: [each.public_id for each in found] for sheet, found in received.items()} == {
        newest[0].public_id: [later.public_id]
    }
    assert {"duty_taken_over", "duty_handed_over"} <= set(actions)


def test_nobody_is_on_duty_twice_and_nobody_hands_over_what_they_did_not_take(
    database: Database, organisation: Organisation
) -> None:
    with pytest.raises(DutyRefused, match="chưa nhận ca"):
        hand_over(database, FIRST, organisation, "", NOW)
    take_over(database, FIRST, organisation, NOW)
    with pytest.raises(DutyRefused, match="đang trực từ 08:42"):
        take_over(database, FIRST, organisation, NOW + HOUR)
    with pytest.raises(DutyRefused, match=str(LONGEST_NOTE)):
        hand_over(database, FIRST, organisation, "a" * (LONGEST_NOTE + 1), NOW + HOUR)
    hand_over(database, FIRST, organisation, "", NOW + HOUR)
    with database.reading() as session:
        assert on_duty(session, FIRST, organisation, NOW) == []


def test_the_next_person_closes_a_shift_only_once_it_is_overdue(database: Database, organisation: Organisation) -> None:
    shift = take_over(database, FIRST, organisation, NOW)
    late = NOW + 13 * HOUR
    with pytest.raises(DutyRefused, match="Nhận ca trước"):
        close_for(database, SECOND, organisation, shift.public_id, "", late)
    take_over(database, SECOND, organisation, NOW + 11 * HOUR)
    with pytest.raises(DutyRefused, match="chưa quá 12 giờ"):
        close_for(database, SECOND, organisation, shift.public_id, "", NOW + 11 * HOUR)
    sheet = close_for(database, SECOND, organisation, shift.public_id, "", late)
    assert (sheet.person, sheet.written_by, sheet.is_for_other) == ("truc.sang", "truc.chieu", True)
    with pytest.raises(DutyRefused, match="vừa được bàn giao"):
        close_for(database, SECOND, organisation, shift.public_id, "", late)
    with pytest.raises(DutyRefused, match="chưa nhận ca"):
        hand_over(database, FIRST, organisation, "", late)
    with database.reading() as session:
        assert "duty_closed_for_other" in {row.action for row in audit_events(session, ADMINISTRATOR)}


def test_a_unit_has_duty_and_sheets_of_its_own(database: Database, organisation: Organisation, tmp_path: Path) -> None:
    take_over(database, FIRST, organisation, NOW)
    own = take_over(database, OF_UNIT, organisation, NOW)
    store_alarms(database, NOW, CAMERA, CROWD)
    province = hand_over(database, FIRST, organisation, "", NOW + HOUR)
    with database.reading() as session:
        asked = (organisation, NOW + HOUR)
        assert [each.person for each in on_duty(session, HEAD, *asked)] == ["truc.phuvang"]
        assert hand_overs(session, HEAD, *asked) == []
        assert [each.public_id for each in shifts_since(session, HEAD, organisation, NOW, NOW + HOUR)] == [
            own.public_id
        ]
        with pytest.raises(NotFound):
            hand_over_by_id(session, HEAD, organisation, province.public_id, NOW + HOUR)
        with pytest.raises(NotAllowed):
            on_duty(session, SCREEN, *asked)
    with pytest.raises(NotFound):
        save_hand_over_document(database, HEAD, organisation, province.public_id, True, NOW, tmp_path / "a.pdf")
    sheet = hand_over(database, OF_UNIT, organisation, "", NOW + 2 * HOUR)
    assert [each.title for each in sheet.facts.alarms] == [CROWD.title]
    for who in (HEAD, LEADER):
        with pytest.raises(NotAllowed):
            take_over(database, who, organisation, NOW)


def test_a_sheet_is_neither_changed_nor_taken_away(database: Database, organisation: Organisation) -> None:
    take_over(database, FIRST, organisation, NOW)
    hand_over(database, FIRST, organisation, "", NOW + HOUR)
    for statement in (delete(HandOverRow), update(HandOverRow).values(note="khác")):
        with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
            session.execute(statement)


def test_a_sheet_leaves_the_house_as_word_and_pdf_and_the_audit_says_so(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    take_over(database, FIRST, organisation, NOW)
    sheet = hand_over(database, FIRST, organisation, "", NOW + HOUR)
    for ending, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        path = tmp_path / f"a.{ending}"
        save_hand_over_document(database, LEADER, organisation, sheet.public_id, True, NOW + HOUR, path)
        assert path.read_bytes().startswith(begins)
    with database.reading() as session:
        told = [row for row in audit_events(session, ADMINISTRATOR) if row.action == "hand_over_exported"]
    assert [row.actor_name for row in told] == ["lanhdao", "lanhdao"]

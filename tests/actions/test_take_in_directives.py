"""A directive of the city's leadership arrives as one of ours: once, to a unit, and its sender can take it back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from push_support import signed_headers

from access.principal import Principal
from access.vault import Vault
from actions.issue_directive import DirectiveRefused, WantedDirective, WantedStep, issue_directive, take_step
from actions.known_sender import PushRefused
from actions.manage_senders import add_sender
from actions.take_in_directives import DirectivesTaken, take_in_directives
from connectors.pushed_list import PushUnreadable
from data_access.audit import audit_events
from data_access.directives import directive_records, directives
from data_access.observation_senders import SenderPurpose, senders
from data_access.session import Database
from domain.directives import Directive, DirectiveOrigin, DirectiveState, DirectiveStep
from domain.permissions import Role
from domain.units import Organisation

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
VAULT = Vault(b"k" * 32)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "admin", "quantri")
LEADER = Principal(Role.LEADER, "lead", "lanhdao")
HEAD = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit="PHUVANG")
ENTRY = {
    "id": "CD-17",
    "title": "Bảo vệ kho vật chứng trong bão",
    "detail": "Báo cáo trước 17 giờ",
    "unit": "Phú Vang",
    "due_on": "2026-11-24",
    "document": "123/CV-UBND",
}


@pytest.fixture
def key(database: Database) -> str:
    return add_sender(database, ADMINISTRATOR, VAULT, "Văn phòng UBND", "", NOW, SenderPurpose.DIRECTIVES)


def push(
    database: Database, organisation: Organisation, key: str, *entries: object, now: datetime = NOW
) -> DirectivesTaken:
    body = json.dumps({"directives": list(entries)})
    headers = signed_headers(key, body)
    with database.reading() as session:
        sender = senders(session, ADMINISTRATOR)[0].public_id
    return take_in_directives(database, VAULT, organisation, sender, body.encode(), headers, now)


def listed(database: Database, organisation: Organisation, principal: Principal = LEADER) -> list[Directive]:
    with database.reading() as session:
        return directives(session, principal, organisation, NOW)


def test_it_is_issued_once_and_goes_the_way_of_every_directive(
    database: Database, organisation: Organisation, key: str
) -> None:
    first, again = push(database, organisation, key, ENTRY), push(database, organisation, key, ENTRY)
    assert (first.accepted, again.accepted) == (1, 0)
    assert first.states == again.states == {"CD-17": DirectiveState.ISSUED}
    (found,) = listed(database, organisation, HEAD)
    assert (found.unit, found.origin, found.reference, found.issued_by, found.due_on) == (
        "PHUVANG",
        DirectiveOrigin.CITY,
        "123/CV-UBND",
        "Văn phòng UBND",
        date(2026, 11, 24),
    )
    take_step(database, HEAD, organisation, WantedStep(found.public_id, DirectiveStep.ANSWER, 1, "Đã kê cao"), NOW)
    assert push(database, organisation, key, ENTRY).states == {"CD-17": DirectiveState.ANSWERED}
    with database.reading() as session:
        records = directive_records(session, LEADER, organisation, found.public_id, NOW)
        actions = [event.action for event in audit_events(session, ADMINISTRATOR)]
    assert [(each.step, each.actor, each.role) for each in records] == [
        (DirectiveStep.ISSUE, "Văn phòng UBND", Role.IOC),
        (DirectiveStep.ANSWER, "truong", Role.DEPARTMENT_HEAD),
    ]
    assert actions.count("directive_issued") == 1


def test_its_sender_takes_it_back_and_nobody_here_can(database: Database, organisation: Organisation, key: str) -> None:
    push(database, organisation, key, ENTRY)
    (found,) = listed(database, organisation)
    withdraw = WantedStep(found.public_id, DirectiveStep.WITHDRAW, 1, "không cần")
    with pytest.raises(DirectiveRefused, match="bên gửi"):
        take_step(database, LEADER, organisation, withdraw, NOW)
    gone = {"id": "CD-17", "withdrawn": True, "detail": "Bão đã tan"}
    for _ in range(2):
        assert push(database, organisation, key, gone).states == {"CD-17": DirectiveState.WITHDRAWN}
    with database.reading() as session:
        records = directive_records(session, LEADER, organisation, found.public_id, NOW)
    assert [(each.step, each.words) for each in records][1:] == [(DirectiveStep.WITHDRAW, "Bão đã tan")]
    unknown = push(database, organisation, key, {"id": "CD-99", "withdrawn": True})
    assert [each.reference for each in unknown.refused] == ["CD-99"]


def test_what_has_ended_is_not_taken_back(database: Database, organisation: Organisation, key: str) -> None:
    push(database, organisation, key, ENTRY)
    (found,) = listed(database, organisation)
    take_step(database, HEAD, organisation, WantedStep(found.public_id, DirectiveStep.ANSWER, 1, "xong"), NOW)
    take_step(database, LEADER, organisation, WantedStep(found.public_id, DirectiveStep.ACCEPT, 2, "được"), NOW)
    late = push(database, organisation, key, {"id": "CD-17", "withdrawn": True})
    assert "đã kết thúc" in late.refused[0].reason
    assert listed(database, organisation)[0].state is DirectiveState.CLOSED


@pytest.mark.parametrize(
    ("unit", "code"), [("", "CUC"), ("Toàn tỉnh", "CUC"), ("PHULOC", "PHULOC"), ("Chi cục THADS huyện A Lưới", "ALUOI")]
)
def test_without_a_unit_it_is_for_the_body_that_leads(
    sqlite_database: Database, organisation: Organisation, unit: str, code: str
) -> None:
    key = add_sender(sqlite_database, ADMINISTRATOR, VAULT, "UBND", "", NOW, SenderPurpose.DIRECTIVES)
    push(sqlite_database, organisation, key, {**ENTRY, "unit": unit})
    assert [one.unit for one in listed(sqlite_database, organisation)] == [code]


def test_in_the_other_pack_too(sqlite_database: Database, two_era_organisation: Organisation) -> None:
    key = add_sender(sqlite_database, ADMINISTRATOR, VAULT, "UBND", "", NOW, SenderPurpose.DIRECTIVES)
    push(sqlite_database, two_era_organisation, key, {**ENTRY, "unit": ""}, {**ENTRY, "id": "2", "unit": "Khu vực 2"})
    assert {one.unit for one in listed(sqlite_database, two_era_organisation)} == {"THADSHUE", "KV2"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "x" * 61}, "id"),
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"detail": "x" * 1_001}, "detail"),
        ({"document": "x" * 161}, "document"),
        ({"unit": "Sở Tư pháp"}, "unit"),
        ({"unit": "HUE-9"}, "unit"),
        ({"due_on": "24/11/2026"}, "due_on"),
        ({"due_on": "2026-11-22"}, "due_on"),
        ({"due_on": "2028-11-22"}, "due_on"),
        ({"withdrawn": "yes"}, "withdrawn"),
    ],
)
def test_a_wrong_one_is_named_and_the_others_stand(
    sqlite_database: Database, organisation: Organisation, wrong: dict[str, str], field: str
) -> None:
    key = add_sender(sqlite_database, ADMINISTRATOR, VAULT, "UBND", "", NOW, SenderPurpose.DIRECTIVES)
    taken = push(sqlite_database, organisation, key, {**ENTRY, "id": "CD-18", **wrong}, ENTRY)
    assert [each.field for each in taken.refused] == [field] and taken.accepted == 1
    assert len(listed(sqlite_database, organisation)) == 1


def test_other_words_under_a_known_number_are_refused(database: Database, organisation: Organisation, key: str) -> None:
    push(database, organisation, key, ENTRY)
    taken = push(database, organisation, key, {**ENTRY, "title": "Khác"})
    assert taken.accepted == 0 and "nội dung khác" in taken.refused[0].reason
    assert listed(database, organisation)[0].title == ENTRY["title"]


def test_a_repeated_push_after_its_day_is_still_known(database: Database, organisation: Organisation, key: str) -> None:
    push(database, organisation, key, ENTRY)
    later = push(database, organisation, key, ENTRY, now=NOW + timedelta(days=9))
    assert later.refused == () and later.states == {"CD-17": DirectiveState.ISSUED}


def test_only_its_own_kind_of_key_directs_and_no_person_can_pretend(
    database: Database, organisation: Organisation
) -> None:
    key = add_sender(database, ADMINISTRATOR, VAULT, "IOC", "", NOW, SenderPurpose.ALERTS)
    with pytest.raises(PushRefused):
        push(database, organisation, key, ENTRY)
    wanted = WantedDirective("PHUVANG", "Giả", "", "30/11/2026", origin="city")
    with pytest.raises(DirectiveRefused):
        issue_directive(database, LEADER, organisation, wanted, NOW)
    assert listed(database, organisation) == []


def test_a_body_that_is_no_list_is_refused_whole_and_told(database: Database, organisation: Organisation) -> None:
    key = add_sender(database, ADMINISTRATOR, VAULT, "UBND", "", NOW, SenderPurpose.DIRECTIVES)
    with pytest.raises(PushUnreadable):
        push(database, organisation, key, *([ENTRY] * 101))
    with database.reading() as session:
        assert "100" in senders(session, ADMINISTRATOR)[0].message

"""Figures by period arrive by sheet, by hand and by a signed push; what is wrong stays out and the rest stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from observations_support import texts
from push_support import signed_headers

from access.principal import NotAllowed, Principal
from access.vault import Vault
from actions.import_observations import import_observation_sheet, record_observation
from actions.known_sender import PushRefused
from actions.manage_senders import SenderRefused, add_sender, renew_key, switch_sender
from actions.take_in_push import PushOutcome, take_in_push
from connectors.pushed_list import PushUnreadable
from data_access.audit import audit_events
from data_access.import_batches import BatchState, recent_batches, refused_rows
from data_access.observation_senders import senders
from data_access.observations import statements_of
from data_access.observed_boards import observed_board
from data_access.session import Database
from data_access.sources import source_by_name
from demo_city.statements import deliver_statements
from demo_city.units import Pack
from domain.observations import ObservationRefused, ObservedPeriod
from domain.permissions import Role
from domain.units import Organisation

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
OCTOBER = ObservedPeriod.read("2026-10")
WORKER = Principal.worker()
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "admin", "quantri")
HEAD = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit="PHUVANG")
LEADER = Principal(Role.LEADER, "lead", "lanhdao")
VAULT = Vault(b"k" * 32)
ENTRY = {
    "indicator": "signature_documents",
    "unit": "PHUVANG",
    "period": "2026-10",
    "numerator": 3,
    "denominator": 4,
    "as_of": "2026-11-02T08:00:00+07:00",
}


def test_the_citys_sheet_fills_the_board_and_says_who_owes(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    units = Pack(Path("data/organisations") / organisation.name).units_on(NOW.date())
    root = organisation.root_on(NOW.date())
    assert root is not None
    path = deliver_statements(tmp_path, units, root.code, 2027, NOW)
    outcome = import_observation_sheet(database, WORKER, organisation, path, NOW)
    assert (outcome.state, outcome.rows_refused) == (BatchState.APPLIED, 0), outcome.message
    again = deliver_statements(tmp_path, units, root.code, 2027, NOW)
    assert import_observation_sheet(database, WORKER, organisation, again, NOW).state is BatchState.DUPLICATE
    with database.reading() as session:
        mail = observed_board(session, LEADER, organisation, "email_delivered", NOW)
        survey = observed_board(session, LEADER, organisation, "survey_awareness", NOW)
        own = observed_board(session, HEAD, organisation, "email_delivered", NOW)
        assert source_by_name(session, "observations").as_of_at is not None
    assert mail is not None and mail.owing == (units[1].code,)
    assert mail.newest is not None and not mail.newest.is_whole
    assert survey is not None and survey.newest is not None and survey.newest.is_stated and survey.owing == ()
    assert own is not None and {unit for unit, _ in own.known} == {"PHUVANG"}


def test_what_is_typed_is_stored_in_the_own_scope_only(database: Database, organisation: Organisation) -> None:
    stored = record_observation(
        database, HEAD, organisation, texts(numerator="1.000.000", denominator="2.000.000"), NOW
    )
    assert stored.figures.figure == 1 / 2
    for principal, said in ((HEAD, texts("TPHUE")), (ADMINISTRATOR, texts(denominator="0"))):
        with pytest.raises(ObservationRefused):
            record_observation(database, principal, organisation, said, NOW)
    with pytest.raises(NotAllowed):
        record_observation(database, LEADER, organisation, texts(), NOW)
    with pytest.raises(ObservationRefused, match="cùng chỉ tiêu"):
        record_observation(database, HEAD, organisation, texts(), NOW)
    record_observation(database, HEAD, organisation, texts(), NOW + timedelta(minutes=1))
    with database.reading() as session:
        told = statements_of(session, LEADER, organisation, ("signature_documents", "PHUVANG", OCTOBER))
        board = observed_board(session, LEADER, organisation, "signature_documents", NOW)
        other = Principal(Role.DEPARTMENT_HEAD, "other", "khac", unit="TPHUE")
        assert statements_of(session, other, organisation, ("signature_documents", "PHUVANG", OCTOBER)) == []
        actions = [event.action for event in audit_events(session, ADMINISTRATOR)]
    assert [(origin, by) for _, origin, by in told] == [("form", "truong")] * 2
    assert board is not None and board.known[("PHUVANG", OCTOBER)].figures.denominator == 4
    assert actions.count("observation_recorded") == 2


def push(
    database: Database,
    organisation: Organisation,
    key: str,
    entries: list[object],
    signed_at: datetime | None = None,
    body: bytes | None = None,
) -> PushOutcome:
    """As a system would send it, signed with the library of the standard."""
    with database.reading() as session:
        sender = senders(session, ADMINISTRATOR)[0].public_id
    sent = json.dumps({"observations": entries}).encode()
    headers = signed_headers(key, sent.decode(), signed_at)
    return take_in_push(database, VAULT, organisation, sender, body or sent, headers, NOW)


@pytest.fixture
def key(database: Database) -> str:
    return add_sender(database, ADMINISTRATOR, VAULT, "Phần mềm ký số", "digital_signature", NOW)


def test_a_signed_push_is_taken_once_and_each_wrong_figure_is_named(
    database: Database, organisation: Organisation, key: str
) -> None:
    foreign = {**ENTRY, "indicator": "email_delivered"}
    entries = [ENTRY, {**ENTRY, "denominator": 0}, foreign, {**ENTRY, "numerator": 2}]
    first, second = (push(database, organisation, key, entries) for _ in range(2))
    assert (first.accepted, first.unchanged, second.accepted, second.unchanged) == (1, 0, 0, 1)
    assert [(each.field, "khác" in each.reason) for each in first.refused] == [
        ("denominator", False),
        ("indicator", True),
        ("Thời điểm số liệu", True),
    ]
    with database.reading() as session:
        batch = recent_batches(session, ADMINISTRATOR)[0]
        assert len(refused_rows(session, ADMINISTRATOR, batch.id)) == 3
        sender = senders(session, ADMINISTRATOR)[0]
    assert sender.heard_at == NOW and "3 không nhận" in sender.message


def test_only_the_registered_key_and_the_unchanged_body_are_taken(
    database: Database, organisation: Organisation, key: str
) -> None:
    with pytest.raises(PushRefused):
        push(database, organisation, "whsec_" + "A" * 32, [ENTRY])
    with pytest.raises(PushRefused):
        push(database, organisation, key, [ENTRY], signed_at=datetime.now(UTC) - timedelta(minutes=10))
    with pytest.raises(PushRefused):
        push(database, organisation, key, [ENTRY], body=json.dumps({"observations": []}).encode())
    with pytest.raises(PushRefused):
        take_in_push(database, VAULT, organisation, "nobody", b"{}", {}, NOW)
    with database.reading() as session:
        sender = senders(session, ADMINISTRATOR)[0]
    assert sender.heard_at is None
    switch_sender(database, ADMINISTRATOR, sender.public_id, False, NOW)
    with pytest.raises(PushRefused):
        push(database, organisation, key, [ENTRY])
    switch_sender(database, ADMINISTRATOR, sender.public_id, True, NOW)
    fresh = renew_key(database, ADMINISTRATOR, VAULT, sender.public_id, NOW)
    with pytest.raises(PushRefused):
        push(database, organisation, key, [ENTRY])
    assert push(database, organisation, fresh, [ENTRY]).accepted == 1


def test_a_signed_body_that_is_no_list_is_told_to_the_administrator(
    database: Database, organisation: Organisation, key: str
) -> None:
    with pytest.raises(PushUnreadable):
        push(database, organisation, key, [ENTRY] * 5_001)
    with database.reading() as session:
        assert "5000" in senders(session, ADMINISTRATOR)[0].message


def test_senders_are_an_administrators_and_have_names_of_their_own(database: Database, key: str) -> None:
    assert key.startswith("whsec_")
    with pytest.raises(NotAllowed):
        add_sender(database, LEADER, VAULT, "Khác", "", NOW)
    for name, system in (("Phần mềm ký số", "digital_signature"), ("  ", ""), ("Mới", "no_such"), ("x" * 81, "")):
        with pytest.raises(SenderRefused):
            add_sender(database, ADMINISTRATOR, VAULT, name, system, NOW)
    with pytest.raises(SenderRefused):
        renew_key(database, ADMINISTRATOR, VAULT, "nobody", NOW)

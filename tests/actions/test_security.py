"""Security from the devices, the inbox and the desk to what is stored: the demo city's recorder, guards, and people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from gate_support import SetClock
from security_support import NOW, a_record, store
from web_source_support import serving

from access.principal import NotAllowed, Principal
from access.vault import Vault
from actions.connect_source import CAMERA_EVENTS, SHARED_LOGIN, ConnectionRefused, WantedConnection, connect_source
from actions.import_cameras import import_camera_inventory
from actions.import_guard_log import import_guard_log
from actions.poll_security import SecurityPoll
from actions.record_security import IncidentRefused, WantedIncident, end_event, record_incident
from actions.sheets import SheetInbox
from data_access.audit import audit_events
from data_access.import_batches import BatchState, recent_batches
from data_access.scope import NotFound
from data_access.security import security_events
from data_access.session import Database
from data_access.sources import source_by_name
from demo_city.cameras import PASSWORD, CityCameras
from demo_city.citizens import Citizens
from demo_city.clock import LOCAL
from demo_city.disturbances import Disturbances
from demo_city.guards import GuardLogs
from demo_city.moods import MOODS
from demo_city.recorder_service import recorder_service
from demo_city.report_service import report_service
from demo_city.units import Pack
from domain.freshness import Freshness
from domain.permissions import Role
from domain.security import EventOrigin, EventOutcome, SecurityEvent, SecurityKind
from domain.units import Organisation

VAULT = Vault(b"k" * 32)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
LEADER = Principal(Role.LEADER, "l", "lanhdao")
PACK = Path(__file__).resolve().parents[2] / "data" / "organisations" / "hue-two-level"
DAY = date(2026, 11, 24)
SHORT = timedelta(seconds=1.5)


def at(hour: int, minute: int) -> datetime:
    return datetime.combine(DAY, time(hour, minute), LOCAL)


def stored(database: Database, organisation: Organisation, who: Principal = OPERATOR) -> list[SecurityEvent]:
    with database.reading() as session:
        return security_events(session, who, organisation, at(0, 0) - timedelta(days=1), at(23, 59))


@pytest.fixture
def clock() -> SetClock:
    return SetClock(at(9, 45))


@pytest.fixture
def recorder(database: Database, organisation: Organisation, tmp_path: Path, clock: SetClock) -> Iterator[int]:
    """The city's recorder on a day with a crowd before the seat of Phú Vang; its cameras are listed and connected."""
    mood = MOODS["crowd_day"]
    cameras = CityCameras(Pack(PACK).units_on(DAY), 2027, mood, DAY)
    app = report_service(Citizens(2027, mood, DAY), clock)
    app.register_blueprint(recorder_service(cameras, clock, Disturbances(cameras, 2027, mood, "PHUVANG")))
    with serving(app) as address:
        port = int(address.rpartition(":")[2])
        path = tmp_path / "camera.csv"
        path.write_text(cameras.inventory(1, port), encoding="utf-8-sig")
        import_camera_inventory(database, ADMINISTRATOR, organisation, path, clock())
        yield port


def connect(database: Database, secret: str = PASSWORD, is_enabled: bool = True) -> None:
    connect_source(database, ADMINISTRATOR, VAULT, WantedConnection("cameras", SHARED_LOGIN, "", secret), NOW)
    wanted = WantedConnection("security", CAMERA_EVENTS, "", is_enabled=is_enabled)
    connect_source(database, ADMINISTRATOR, VAULT, wanted, NOW)


def test_the_citys_recorder_is_heard_over_its_own_protocol(
    database: Database, organisation: Organisation, recorder: int, clock: SetClock
) -> None:
    connect(database)
    # A crowd is noticed at second 0 to 59 of each third minute: the clock is set behind it, within what is told again.
    seen = Disturbances(
        CityCameras(Pack(PACK).units_on(DAY), 2027, MOODS["crowd_day"], DAY), 2027, MOODS["crowd_day"], "PHUVANG"
    )
    crowd = next(each for each in seen.between(at(9, 45), at(9, 46)) if each.kind == "group")
    clock.at = crowd.at + timedelta(seconds=1)
    poll = SecurityPoll(database, VAULT, SHORT)
    assert poll(clock()) and poll(clock())
    (event,) = [each for each in stored(database, organisation) if each.kind is SecurityKind.GATHERING]
    assert (event.unit, event.origin, event.happened_at) == ("PHUVANG", EventOrigin.CAMERA, crowd.at)
    assert not any(each.kind is SecurityKind.MOTION for each in stored(database, organisation))
    with database.reading() as session:
        source = source_by_name(session, "security")
    assert source.freshness(clock()) is Freshness.LIVE and source.rows_in == 1


def test_a_wrong_password_loses_the_source_once_and_pushes_the_next_attempt_ahead(
    database: Database, organisation: Organisation, recorder: int, clock: SetClock
) -> None:
    connect(database, "sai")
    poll = SecurityPoll(database, VAULT, SHORT)
    assert not poll(clock())
    with database.reading() as session:
        source = source_by_name(session, "security")
    assert "Sai tên hoặc mật khẩu đầu ghi" in source.message
    assert source.next_attempt_at is not None and source.next_attempt_at > clock()
    assert stored(database, organisation) == []


def test_nobody_listens_before_an_administrator_lets_it(
    database: Database, organisation: Organisation, recorder: int, clock: SetClock
) -> None:
    assert not SecurityPoll(database, VAULT, SHORT)(clock())
    connect(database, is_enabled=False)
    assert not SecurityPoll(database, VAULT, SHORT)(clock())
    with database.reading() as session:
        assert not source_by_name(session, "security").configured
    with pytest.raises(NotAllowed):
        connect_source(database, OPERATOR, VAULT, WantedConnection("security", CAMERA_EVENTS, ""), NOW)
    with pytest.raises(ConnectionRefused):
        connect_source(database, ADMINISTRATOR, VAULT, WantedConnection("security", SHARED_LOGIN, ""), NOW)


def test_the_guards_logs_arrive_through_the_inbox_and_a_later_one_says_how_it_ended(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    guards = GuardLogs(tmp_path, Pack(PACK).units_on(DAY), 2027, MOODS["calm"], DAY)
    inbox = SheetInbox(database, organisation, tmp_path, "security", import_guard_log)
    assert guards.tick(at(9, 40)) is not None and guards.tick(at(9, 41)) is None
    (outcome,) = inbox(at(9, 41))
    assert (outcome.state, outcome.rows_refused) == (BatchState.APPLIED, 0)
    told = {event.kind: event for event in stored(database, organisation)}
    incident = told[SecurityKind.INCIDENT]
    assert (incident.unit, incident.outcome) == ("PHUVANG", EventOutcome.ACCEPTED)
    assert told[SecurityKind.MOTION].outcome is EventOutcome.HANDLED
    with database.reading() as session:
        source = source_by_name(session, "guard_log")
    assert source.configured and source.freshness(at(9, 41)) is Freshness.LIVE
    assert guards.tick(at(11, 0)) is not None
    inbox(at(11, 0))
    settled = next(each for each in stored(database, organisation) if each.kind is SecurityKind.INCIDENT)
    assert (settled.public_id, settled.outcome) == (incident.public_id, EventOutcome.HANDLED)


def test_a_log_that_is_none_is_refused_and_one_of_a_unit_head_not_taken(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    refused = import_guard_log(database, OPERATOR, organisation, path, NOW)
    assert refused.state is BatchState.REFUSED and "Đơn vị, Thời điểm" in refused.message
    for who in (HEAD, LEADER):
        with pytest.raises(NotAllowed):
            import_guard_log(database, who, organisation, path, NOW)
    path.write_text(
        "Đơn vị,Thời điểm,Ca trực,Loại,Kết quả,Người trực\nPHUVANG,24/11/2026 02:00,đêm,ghi nhận,để biết,Trần Thị B\n",
        encoding="utf-8",
    )
    assert import_guard_log(database, OPERATOR, organisation, path, NOW).rows_refused == 1
    with database.reading() as session:
        assert not source_by_name(session, "guard_log").configured
        assert all("Trần" not in batch.message for batch in recent_batches(session, OPERATOR))


WANTED = WantedIncident("PHUVANG", "08:27 24/11/2026", "gathering", "accepted", "  khoảng 10 người,\nôn hòa ")


def test_an_incident_is_recorded_once_with_who_and_when(database: Database, organisation: Organisation) -> None:
    name = record_incident(database, HEAD, organisation, WANTED, NOW)
    (event,) = stored(database, organisation)
    assert (event.public_id, event.kind, event.outcome) == (name, SecurityKind.GATHERING, EventOutcome.ACCEPTED)
    assert (event.happened_at, event.note) == (at(8, 27), "khoảng 10 người, ôn hòa")
    with pytest.raises(IncidentRefused, match="đã được ghi"):
        record_incident(database, OPERATOR, organisation, WANTED, NOW)
    with database.reading() as session:
        (row,) = [row for row in audit_events(session, ADMINISTRATOR) if row.action == "incident_recorded"]
    assert row.subject == name and json.loads(row.detail)["unit"] == "PHUVANG" and "người" not in row.detail


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("when", "hôm qua", "giờ:phút"),
        ("when", "23:59 24/11/2026", "tương lai"),
        ("when", "08:27 01/11/2026", "7 ngày"),
        ("when", "08:27 99/99/9999", "giờ:phút"),
        ("kind", "motion", "Chọn loại"),
        ("kind", "", "Chọn loại"),
        ("outcome", "x", "Chọn kết quả"),
        ("note", "a" * 301, "300 ký tự"),
    ],
)
def test_what_cannot_be_recorded_says_why(
    database: Database, organisation: Organisation, field: str, value: str, said: str
) -> None:
    values = {name: getattr(WANTED, name) for name in WantedIncident.__slots__} | {field: value}
    with pytest.raises(IncidentRefused, match=said):
        record_incident(database, OPERATOR, organisation, WantedIncident(**values), NOW)
    assert stored(database, organisation) == []


def test_nobody_writes_of_another_unit_and_a_leader_writes_nothing(
    database: Database, organisation: Organisation
) -> None:
    elsewhere = WantedIncident("PHULOC", WANTED.when, WANTED.kind, WANTED.outcome)
    nowhere = WantedIncident("KHONGCO", WANTED.when, WANTED.kind, WANTED.outcome)
    for who, wanted in ((HEAD, elsewhere), (OPERATOR, nowhere), (LEADER, WANTED)):
        with pytest.raises(NotAllowed):
            record_incident(database, who, organisation, wanted, NOW)
    store(database, a_record("PHULOC"))
    (event,) = stored(database, organisation)
    with pytest.raises(NotFound):
        end_event(database, HEAD, organisation, event.public_id, "handled", NOW)
    with pytest.raises(NotAllowed):
        end_event(database, LEADER, organisation, event.public_id, "handled", NOW)


def test_an_outcome_comes_later_and_the_audit_says_from_what_to_what(
    database: Database, organisation: Organisation
) -> None:
    store(database, a_record())
    (event,) = stored(database, organisation)
    end_event(database, HEAD, organisation, event.public_id, "false_alarm", NOW)
    assert stored(database, organisation)[0].outcome is EventOutcome.FALSE_ALARM
    with pytest.raises(IncidentRefused, match="đã có kết quả này"):
        end_event(database, HEAD, organisation, event.public_id, "false_alarm", NOW)
    with database.reading() as session:
        (row,) = [row for row in audit_events(session, ADMINISTRATOR) if row.action == "security_event_ended"]
    assert json.loads(row.detail) == {"unit": "PHUVANG", "from": "open", "to": "false_alarm"}

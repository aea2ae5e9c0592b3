"""Sheets of reception, the form of an office without a system, and the poll of a queue system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from reception_support import MINUTE
from web_source_support import serving

from access.principal import NotAllowed, Principal
from access.vault import Vault
from actions.connect_source import WantedConnection, connect_source, try_connection
from actions.import_reception import import_reception_sheet
from actions.poll_connected import reception_poll
from actions.record_reception import VisitRefused, WantedVisit, call_visit, end_visit, open_visit
from data_access.audit import audit_events
from data_access.import_batches import BatchState, recent_batches
from data_access.reception import petition_register, reception_on, visits_on
from data_access.scope import NotFound
from data_access.session import Database
from data_access.sources import source_by_name
from demo_city.moods import MOODS
from demo_city.reception_service import deliver_reception_sheets, reception_service
from demo_city.units import Pack
from demo_city.visitors import Visitors
from domain.permissions import Role
from domain.reception import VisitOutcome, VisitPurpose, VisitState
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)
WORKER = Principal.worker()
OPERATOR = Principal(Role.OPERATOR, "op", "truc")
HEAD = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit="PHUVANG")
LEADER = Principal(Role.LEADER, "lead", "lanhdao")
VAULT = Vault(b"k" * 32)


@pytest.fixture
def visitors(organisation: Organisation) -> Visitors:
    units = Pack(Path("data/organisations") / organisation.name).units_on(TODAY)
    return Visitors(units, 2027, MOODS["busy"], TODAY)


def test_the_citys_sheets_become_the_month_and_the_register(
    database: Database, organisation: Organisation, visitors: Visitors, tmp_path: Path
) -> None:
    units = Pack(Path("data/organisations") / organisation.name).units_on(TODAY)
    deliver_reception_sheets(tmp_path, visitors, units, 2027, NOW)
    first, second = sorted((tmp_path / "reception").iterdir())
    for path in (first, second, first):
        outcome = import_reception_sheet(database, WORKER, organisation, path, NOW)
    assert outcome.state is BatchState.DUPLICATE
    with database.reading() as session:
        day = reception_on(session, WORKER, organisation, NOW)
        assert day.total is not None and day.total.tickets == 0 and day.known_units == len(day.units)
        assert petition_register(session, WORKER, organisation, TODAY, True) is not None
        source = source_by_name(session, "reception")
    # The sheet speaks of last night, so nothing looks live.
    assert source.as_of_at is not None and source.as_of_at < NOW - timedelta(hours=2)
    with pytest.raises(NotAllowed):
        import_reception_sheet(database, HEAD, organisation, first, NOW)


def test_a_sheet_without_its_head_is_refused_in_words(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "la.csv"
    path.write_text("Cột lạ\n1\n", encoding="utf-8")
    outcome = import_reception_sheet(database, OPERATOR, organisation, path, NOW)
    assert outcome.state is BatchState.REFUSED and "Lượt tiếp công dân" in outcome.message
    with database.reading() as session:
        (batch,) = recent_batches(session, WORKER)
    assert batch.state == BatchState.REFUSED.value


def test_the_form_takes_calls_and_ends_a_visit_each_once(database: Database, organisation: Organisation) -> None:
    asked = (database, HEAD, organisation)
    wanted = WantedVisit("PHUVANG", VisitPurpose.REQUEST, people=2)
    assert open_visit(*asked, wanted, NOW) == "TC-001"
    assert open_visit(*asked, replace(wanted, is_called=True), NOW + MINUTE) == "TC-002"
    with database.reading() as session:
        first, second = visits_on(session, HEAD, organisation, TODAY, NOW + MINUTE)
    assert (first.record.state, second.record.state) == (VisitState.WAITING, VisitState.SERVING)
    with pytest.raises(VisitRefused, match="chưa được gọi"):
        end_visit(*asked, first.public_id, VisitOutcome.ANSWERED, NOW + MINUTE)
    call_visit(*asked, first.public_id, NOW + 5 * MINUTE)
    with pytest.raises(VisitRefused, match="không còn chờ"):
        call_visit(*asked, first.public_id, NOW + 6 * MINUTE)
    end_visit(*asked, first.public_id, VisitOutcome.ACCEPTED, NOW + 15 * MINUTE)
    with pytest.raises(VisitRefused, match="đã kết thúc"):
        end_visit(*asked, first.public_id, VisitOutcome.ANSWERED, NOW + 16 * MINUTE)
    with database.reading() as session:
        counts = reception_on(session, HEAD, organisation, NOW + 16 * MINUTE).total
        done = [event.action for event in audit_events(session, WORKER)]
    assert counts is not None and (counts.received, counts.waiting, counts.people) == (2, 0, 4)
    assert done.count("reception_visit_opened") == 2 and done.count("reception_visit_ended") == 1


def test_the_form_is_for_the_own_unit_and_the_right_roles(database: Database, organisation: Organisation) -> None:
    wanted = WantedVisit("ALUOI", VisitPurpose.OTHER)
    with pytest.raises(VisitRefused, match="phạm vi"):
        open_visit(database, HEAD, organisation, wanted, NOW)
    with pytest.raises(NotAllowed):
        open_visit(database, LEADER, organisation, wanted, NOW)
    with pytest.raises(VisitRefused, match="số người"):
        open_visit(database, OPERATOR, organisation, replace(wanted, people=0), NOW)
    open_visit(database, OPERATOR, organisation, wanted, NOW)
    with database.reading() as session:
        (visit,) = visits_on(session, WORKER, organisation, TODAY, NOW)
    for step in (
        lambda: call_visit(database, HEAD, organisation, visit.public_id, NOW),
        lambda: end_visit(database, HEAD, organisation, visit.public_id, VisitOutcome.LEFT, NOW),
    ):
        with pytest.raises(NotFound):
            step()


@pytest.fixture
def queue_system(visitors: Visitors) -> Callable[[datetime], Flask]:
    def build(at: datetime) -> Flask:
        server = Flask("queue")
        server.register_blueprint(reception_service(visitors, lambda: at))
        return server

    return build


def test_a_connected_queue_system_is_tried_asked_and_missed(
    database: Database, organisation: Organisation, queue_system: Callable[[datetime], Flask], visitors: Visitors
) -> None:
    administrator = Principal(Role.ADMINISTRATOR, "admin", "quantri")
    poll = reception_poll(database, VAULT, organisation)
    assert poll(NOW) is False, "nothing is connected"
    with serving(queue_system(NOW)) as address:
        wanted = WantedConnection("reception", "reception_list", f"{address}/tiep-cong-dan/luot.json")
        said = try_connection(database, administrator, VAULT, organisation, wanted, NOW)
        assert "lượt tiếp công dân" in said and "Chưa lưu gì" in said
        connect_source(database, administrator, VAULT, wanted, NOW)
        assert poll(NOW) is True
    with database.reading() as session:
        day = reception_on(session, WORKER, organisation, NOW)
    told = [visitor for visitor in visitors.told(NOW) if visitor.came_at.date() == TODAY]
    called = [visitor for visitor in told if visitor.called_at is not None and visitor.called_at <= NOW]
    assert day.total is not None and (day.total.tickets, day.total.received) == (len(told), len(called))
    # The system is gone: only its figures age, and it says since when.
    assert poll(NOW + 5 * MINUTE) is False
    with database.reading() as session:
        source = source_by_name(session, "reception")
    assert source.failures == 1 and source.as_of_at == NOW and source.next_attempt_at is not None

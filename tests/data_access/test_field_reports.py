"""Field reports in the database: the newest statement wins in any order, and no order leaves another end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from reports_support import RECEIVED_AT, a_record, a_writer, store_reports
from sqlalchemy import select

from access.principal import Principal
from data_access.field_reports import handling_figures, intake_day, open_reports, still_open_ids
from data_access.models.field_reports import FieldReportEvent, FieldReportRow
from data_access.session import Database
from domain.field_reports import ReportRecord, ReportState, Urgency
from domain.permissions import Role
from domain.units import Organisation

TODAY = date(2026, 11, 23)
KEPT = (
    "external_id", "subject", "urgency", "state", "unit", "unit_by", "requested_at", "source_updated_at", "due_at",
    "due_by", "closed_at", "satisfaction", "row_hash",
)  # fmt: skip


def end_state(database: Database) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        rows = session.scalars(select(FieldReportRow).order_by(FieldReportRow.external_id)).all()
        events = session.execute(select(FieldReportEvent.state, FieldReportEvent.at)).all()
        return [*(tuple(getattr(row, name) for name in KEPT) for row in rows), *sorted(map(tuple, events))]


def a_life() -> list[ReportRecord]:
    """Received, given to somebody, closed, praised; the last two at their own times."""
    at = [RECEIVED_AT + timedelta(hours=hours) for hours in (0, 1, 5, 9)]
    return [
        a_record(updated_at=at[0]),
        a_record(updated_at=at[1], state_word="assigned"),
        a_record(updated_at=at[2], state_word="closed"),
        a_record(updated_at=at[3], state_word="closed", satisfaction=5),
    ]


def test_any_order_and_any_repetition_of_deliveries_ends_in_the_same_state(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    ends = []
    for order in [*permutations(a_life()), (*a_life(), *a_life())]:
        with database.writing() as session:
            session.query(FieldReportEvent).delete()
            session.query(FieldReportRow).delete()
        for record in order:
            store_reports(database, organisation, [record], now)
        ends.append(end_state(database))
    assert all(end == ends[0] for end in ends)
    assert ends[0][0][KEPT.index("closed_at")] == RECEIVED_AT + timedelta(hours=5)


def test_of_two_statements_at_the_same_instant_one_wins_in_any_order(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    one, other = a_record(service_code="long_wait"), a_record(service_code="officer_conduct")
    store_reports(database, organisation, [one, other], now)
    first = end_state(database)
    store_reports(database, organisation, [other, one], now)
    assert end_state(database) == first


def test_a_report_opened_again_is_open_and_not_closed(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    again = a_record(updated_at=RECEIVED_AT + timedelta(hours=20), state_word="in_progress")
    store_reports(database, organisation, [*a_life(), again], now)
    with database.reading() as session:
        row = session.scalars(select(FieldReportRow)).one()
        assert (row.state, row.closed_at) == ("in_progress", None)
        assert still_open_ids(session, "field_reports", now) == ["1"]


def test_of_many_open_reports_every_one_is_asked_about_in_turn(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_reports(database, organisation, [a_record(number) for number in range(450)], now)
    asked: set[str] = set()
    with database.reading() as session:
        for minute in range(9):
            ids = still_open_ids(session, "field_reports", now + timedelta(minutes=minute))
            assert len(ids) == 200
            asked |= set(ids)
    assert len(asked) == 450


def test_a_unit_named_by_a_person_is_never_replaced(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_reports(database, organisation, [a_record()], now)
    with database.writing() as session:
        row = session.scalars(select(FieldReportRow)).one()
        row.unit, row.unit_by = "ALUOI", "manual"
    store_reports(database, organisation, [a_record(updated_at=RECEIVED_AT + timedelta(hours=1))], now)
    with database.reading() as session:
        assert session.scalars(select(FieldReportRow.unit)).one() == "ALUOI"


def test_a_department_head_sees_the_reports_of_the_own_unit_only(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_reports(database, organisation, [a_record(1), a_record(2, agency="ALUOI"), a_record(3, agency="")], now)
    head = Principal(Role.DEPARTMENT_HEAD, "h", "h", "ALUOI")
    with database.reading() as session:
        assert [report.unit for report in open_reports(session, head, organisation, TODAY)] == ["ALUOI"]
        assert intake_day(session, head, organisation, now).total == 1
        whole = open_reports(session, Principal.worker(), organisation, TODAY)
        assert sorted(report.unit or "" for report in whole) == ["", "ALUOI", "PHUVANG"]
        quiet = Principal(Role.DEPARTMENT_HEAD, "h", "h", "NAMDONG")
        assert open_reports(session, quiet, organisation, TODAY) == []


def test_what_a_wall_may_ask_holds_no_word_of_a_citizen(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_reports(database, organisation, [a_record(service_code="crowd_at_gate")], now)
    with database.reading() as session:
        report = open_reports(session, Principal.worker(), organisation, TODAY)[0]
    assert "Lời của người dân" not in repr(report)
    assert (report.title, report.urgency, report.state) == (
        "Tụ tập trước trụ sở",
        Urgency.URGENT,
        ReportState.RECEIVED,
    )


def test_a_word_nobody_has_explained_leaves_the_report_open(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_reports(database, organisation, [a_record(state_word="hoàn tất rồi")], now)
    with database.reading() as session:
        assert open_reports(session, Principal.worker(), organisation, TODAY)[0].is_open


@pytest.mark.parametrize(("hours_ago", "shown"), [(24, 1), (48, 2)])
def test_the_mean_of_an_hour_counts_days_without_reports_too(
    database: Database, organisation: Organisation, now: datetime, hours_ago: int, shown: int
) -> None:
    earlier = a_record(2, requested_at=RECEIVED_AT - timedelta(hours=hours_ago))
    store_reports(database, organisation, [a_record(1), earlier], now)
    with database.reading() as session:
        day = intake_day(session, Principal.worker(), organisation, now)
    assert (day.total, day.by_hour[7], day.days) == (1, 1, shown)
    assert day.mean is not None and day.mean[7] == 1 / shown


def test_in_time_is_asked_of_what_fell_due(database: Database, organisation: Organisation, now: datetime) -> None:
    records = [
        a_record(1, expected_at=now - timedelta(hours=1)),
        a_record(2, expected_at=now - timedelta(hours=1), state_word="closed", updated_at=now - timedelta(hours=2)),
        a_record(3, expected_at=now + timedelta(hours=1)),
        a_record(4, expected_at=now - timedelta(days=31)),
    ]
    store_reports(database, organisation, records, now)
    with database.reading() as session:
        figures = handling_figures(session, Principal.worker(), organisation, now)
    assert (figures.due, figures.in_time, figures.rated) == (2, 1, 0)


def test_a_report_is_placed_by_its_agency_else_by_the_map_else_nowhere(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    class OnTheMap:
        def place(self, _latitude: float, _longitude: float, _day: date) -> tuple[str | None, str | None]:
            return "484", "NAMDONG"

    located = {"latitude": 16.2, "longitude": 107.7}
    with database.writing() as session:
        a_writer(organisation, OnTheMap())(
            session, [a_record(1, **located), a_record(2, agency="Sở khác", **located), a_record(3, agency="")], now
        )
    with database.reading() as session:
        placed = session.execute(
            select(FieldReportRow.unit, FieldReportRow.unit_by, FieldReportRow.area).order_by(FieldReportRow.id)
        ).all()
    assert [tuple(row) for row in placed] == [
        ("PHUVANG", "agency", "484"),
        ("NAMDONG", "map", "484"),
        (None, "", None),
    ]


def test_instants_come_back_aware(database: Database, organisation: Organisation, now: datetime) -> None:
    store_reports(database, organisation, [a_record()], now)
    with database.reading() as session:
        report = open_reports(session, Principal.worker(), organisation, TODAY)[0]
    assert report.requested_at == RECEIVED_AT and report.requested_at.tzinfo is UTC


def test_one_that_is_new_and_closed_at_once_is_counted_once(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    record = a_record(1, state_word="closed", updated_at=now)
    with database.writing() as session:
        assert a_writer(organisation)(session, [record], now) == 1
    with database.writing() as session:
        assert a_writer(organisation)(session, [record], now) == 0

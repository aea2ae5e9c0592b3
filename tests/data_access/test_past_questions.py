"""Reports, visits and alarms at a moment that is over; who may not be compared with yesterday, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from alarm_support import CROWD, store_alarms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reception_support import MINUTE, a_visit
from reports_support import a_record, store_reports
from services_support import a_request
from sqlalchemy import insert, select

from access.principal import Principal
from data_access.alarm_past import alarms_listed_at
from data_access.field_reports import closed_at_by, handling_figures, reports_open_at
from data_access.models.field_reports import FieldReportEvent, FieldReportRow
from data_access.other_figures import FigureQuestions, figure_change, is_scope_reorganised
from data_access.public_services import save_requests
from data_access.reception import save_visits
from data_access.session import Database
from domain.field_report_rules import closed_at_of
from domain.field_reports import ReportState
from domain.reception import VisitOutcome, VisitState
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORKER = Principal.worker()
EVENTS = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(ReportState)), min_size=1, max_size=7, unique=True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, hour=st.integers(-1, 9))
def test_the_database_closes_a_report_as_the_domain_does(
    sqlite_database: Database, organisation: Organisation, events: Sequence[tuple[int, ReportState]], hour: int
) -> None:
    stated = [(NOW + at * HOUR, state) for at, state in events]
    at = NOW + hour * HOUR
    store_reports(sqlite_database, organisation, [a_record()], NOW)
    with sqlite_database.writing() as session:
        row = session.scalars(select(FieldReportRow)).one()
        session.query(FieldReportEvent).delete()
        values = [
            {"report_id": row.id, "state": state.value, "at": when, "recorded_at": when} for when, state in stated
        ]
        session.execute(insert(FieldReportEvent), values)
        found = session.scalar(select(closed_at_by(at)).select_from(FieldReportRow))
    assert found == closed_at_of([event for event in stated if event[0] <= at])


def test_a_report_is_open_until_it_is_closed_and_stands_as_it_stood(
    database: Database, organisation: Organisation
) -> None:
    begun = {"requested_at": NOW - 5 * HOUR, "expected_at": NOW}
    states = [("open", -5), ("in_progress", -3), ("closed", -1)]
    for word, hours in states:
        store_reports(database, organisation, [a_record(updated_at=NOW + hours * HOUR, state_word=word, **begun)], NOW)
    with database.reading() as session:
        stood = {
            hours: [
                (each.then.state, each.then.is_open, each.now.state)
                for each in reports_open_at(session, WORKER, organisation, NOW + hours * HOUR)
            ]
            for hours in (-6, -4, -2, -1, 0)
        }
        due = [
            handling_figures(session, WORKER, organisation, NOW + after, closed_at_by(NOW + after))
            for after in (-timedelta.resolution, timedelta(0), 30 * DAY)
        ]
    assert [(one.due, one.in_time) for one in due] == [(0, 0), (1, 1), (0, 0)]
    closed = ReportState.CLOSED
    assert stood[-6] == stood[-1] == stood[0] == []
    assert stood[-4] == [(ReportState.RECEIVED, True, closed)]
    assert stood[-2] == [(ReportState.IN_PROGRESS, True, closed)]


def test_a_past_report_of_another_unit_is_nobody_elses(sqlite_database: Database, organisation: Organisation) -> None:
    store_reports(sqlite_database, organisation, [a_record(agency="PHUVANG")], NOW)
    own, other = (Principal(WORKER.role, "w", "w", unit) for unit in ("PHUVANG", "ALUOI"))
    with sqlite_database.reading() as session:
        assert len(reports_open_at(session, own, organisation, NOW)) == 1
        assert reports_open_at(session, other, organisation, NOW) == []


def test_a_visit_stands_as_far_as_it_had_come() -> None:
    visit = a_visit(NOW, waited=10, took=20, outcome=VisitOutcome.ANSWERED)
    assert visit.as_of(NOW - MINUTE) is None
    stood = {minutes: visit.as_of(NOW + minutes * MINUTE) for minutes in (0, 9, 10, 29, 30)}
    assert [one.state for one in stood.values() if one] == [
        VisitState.WAITING, VisitState.WAITING, VisitState.SERVING, VisitState.SERVING, VisitState.SERVED,
    ]  # fmt: skip
    assert stood[29] is not None and stood[29].outcome is None and stood[30] == visit


def test_an_alarm_is_listed_in_the_state_its_records_left_it_in(
    sqlite_database: Database, organisation: Organisation
) -> None:
    store_alarms(sqlite_database, NOW, CROWD)
    store_alarms(sqlite_database, NOW + HOUR)
    store_alarms(sqlite_database, NOW + 2 * HOUR)
    with sqlite_database.reading() as session:
        stood = {
            hours: [alarm.state for alarm in alarms_listed_at(session, WORKER, organisation, NOW + hours * HOUR)]
            for hours in (-1, 0)
        }
        listed_last = alarms_listed_at(session, WORKER, organisation, NOW + 3 * HOUR)
    assert stood[-1] == [] and len(stood[0]) == 1 and stood[0] != [alarm.state for alarm in listed_last]


@pytest.mark.parametrize(
    ("indicator", "now", "words"),
    [
        ("reports_open", NOW, "nguồn chưa có số liệu"),
        ("alarms_open", NOW, "nguồn chưa có số liệu"),
        ("cameras_lost", NOW, "nguồn chưa có số liệu"),
        ("judgments_completed", datetime(2026, 10, 1, 3, tzinfo=UTC), "thuộc kỳ khác"),
        ("services_on_time", datetime(2026, 11, 1, 3, tzinfo=UTC), "thuộc kỳ khác"),
        ("units_with_cameras", NOW, "quá khứ không được lưu"),
    ],
)
def test_why_there_is_no_comparison_is_said(
    sqlite_database: Database, organisation: Organisation, indicator: str, now: datetime, words: str
) -> None:
    with sqlite_database.reading() as session:
        change = figure_change(FigureQuestions(session, WORKER, organisation, True, now), indicator)
    assert change.before is None and words in change.words and not change.moves


def test_who_told_something_first_today_was_unknown_yesterday_and_not_at_zero(
    sqlite_database: Database, organisation: Organisation
) -> None:
    with sqlite_database.writing() as session:
        save_visits(session, [a_visit(NOW - HOUR)], NOW)
        save_requests(session, [a_request(NOW - HOUR)], NOW)
    with sqlite_database.reading() as session:
        asked = FigureQuestions(session, WORKER, organisation, True, NOW)
        reception, services = (figure_change(asked, name).before for name in ("receptions_received", "services_online"))
    assert reception is not None and reception.value is None
    assert services is not None and services.value is None and services.share is None


def test_a_unit_that_was_reorganised_is_not_compared_and_the_whole_is(two_era_organisation: Organisation) -> None:
    on = date(2025, 7, 1)
    unit = two_era_organisation.case_units_on(on)[0].code
    own = Principal(WORKER.role, "w", "w", unit)
    assert is_scope_reorganised(own, two_era_organisation, on - DAY, on)
    assert not is_scope_reorganised(own, two_era_organisation, on, on + DAY)
    assert not is_scope_reorganised(WORKER, two_era_organisation, on - DAY, on)

"""What a desk lists of field reports: by filter, within the unit of whoever asks; a person's unit stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from reports_support import a_record, a_writer, store_reports

from access.principal import NotAllowed, Principal
from actions.place_report import PlaceRefused, place_report
from actions.report_field_reports import save_field_reports
from data_access.audit import audit_events
from data_access.field_reports import listed_reports, report_detail
from data_access.scope import NotFound
from data_access.session import Database
from domain.field_reports import ReportState
from domain.permissions import Role
from domain.report_filters import NOWHERE, ReportFilter, Showing
from domain.units import Organisation

HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong.phuvang", "PHUVANG")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")
CHIEF = Principal(Role.ADMINISTRATOR, "a", "quantri")


@pytest.fixture
def day(database: Database, organisation: Organisation, now: datetime) -> datetime:
    """Two of Phú Vang (one overdue), one of Huế that is closed, one nowhere."""
    requested = now - timedelta(hours=5)
    records = [
        a_record(1, agency="PHUVANG", requested_at=requested, expected_at=now - timedelta(hours=1)),
        a_record(2, agency="PHUVANG", requested_at=requested, expected_at=now + timedelta(hours=9)),
        a_record(3, agency="TPHUE", requested_at=requested, state_word="closed", updated_at=now),
        a_record(4, agency="", requested_at=requested, latitude=10.0, longitude=100.0),
    ]
    store_reports(database, organisation, records, now)
    return now


def listed(
    database: Database, organisation: Organisation, who: Principal, now: datetime, **wanted: object
) -> list[str]:
    with database.reading() as session:
        found = listed_reports(session, who, organisation, ReportFilter(**wanted), now)  # type: ignore[arg-type]
    return sorted(item.external_id for item in found)


def test_a_filter_lists_what_it_says(database: Database, organisation: Organisation, day: datetime) -> None:
    for wanted, ids in (
        ({}, ["1", "2", "4"]),
        ({"showing": Showing.OVERDUE}, ["1"]),
        ({"showing": Showing.CLOSED}, ["3"]),
        ({"showing": Showing.ALL}, ["1", "2", "3", "4"]),
        ({"unit": "PHUVANG"}, ["1", "2"]),
        ({"unit": NOWHERE}, ["4"]),
        ({"subject": "long_wait"}, []),
        ({"place": "10.0025,100.0025"}, ["4"]),
    ):
        assert listed(database, organisation, OPERATOR, day, **wanted) == ids, wanted  # type: ignore[arg-type]


def test_another_unit_is_neither_listed_nor_found(
    database: Database, organisation: Organisation, day: datetime
) -> None:
    assert listed(database, organisation, HEAD, day, showing=Showing.ALL) == ["1", "2"]
    assert listed(database, organisation, HEAD, day, unit="TPHUE", showing=Showing.ALL) == []
    with database.reading() as session:
        everything = listed_reports(session, OPERATOR, organisation, ReportFilter(Showing.ALL), day)
        foreign = next(item for item in everything if item.external_id == "3")
        with pytest.raises(NotFound):
            report_detail(session, HEAD, organisation, foreign.report.public_id, day)
        with pytest.raises(NotAllowed):
            listed_reports(session, Principal(Role.SCREEN, "s", "Sảnh"), organisation, ReportFilter(), day)


def test_a_report_tells_its_history_and_the_words_of_the_citizen(
    database: Database, organisation: Organisation, day: datetime
) -> None:
    with database.reading() as session:
        (item,) = listed_reports(session, OPERATOR, organisation, ReportFilter(Showing.CLOSED), day)
        detail = report_detail(session, OPERATOR, organisation, item.report.public_id, day)
    assert detail.events == ((day, ReportState.CLOSED),)
    assert detail.description == "Lời của người dân"
    assert "Lời của người dân" not in repr(item)


def test_a_unit_that_a_person_names_stays_and_is_audited(
    database: Database, organisation: Organisation, day: datetime
) -> None:
    with database.reading() as session:
        (item,) = listed_reports(session, OPERATOR, organisation, ReportFilter(unit=NOWHERE), day)
    public_id = item.report.public_id
    with pytest.raises(NotAllowed):
        place_report(database, HEAD, organisation, public_id, "PHUVANG", day)
    with pytest.raises(PlaceRefused):
        place_report(database, OPERATOR, organisation, public_id, "HUE", day)
    place_report(database, OPERATOR, organisation, public_id, "ALUOI", day)
    later = day + timedelta(minutes=5)
    with database.writing() as session:
        record = a_record(4, agency="TPHUE", requested_at=item.report.requested_at, updated_at=later)
        a_writer(organisation)(session, [record], later)
    with database.reading() as session:
        desk = report_detail(session, OPERATOR, organisation, public_id, later).desk
        events = audit_events(session, CHIEF)
    assert (desk.report.unit, desk.unit_by) == ("ALUOI", "manual")
    assert [event.action for event in events] == ["report_placed"]


def test_the_workbook_holds_what_the_page_lists_and_no_words_of_citizens(
    database: Database, organisation: Organisation, day: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "reports.xlsx"
    save_field_reports(database, HEAD, organisation, ReportFilter(Showing.ALL), True, day, path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    text = str(rows)
    assert "2 phản ánh" in text and "Dữ liệu mẫu" in text and "giờ Việt Nam" in text
    assert {row[0] for row in rows[-2:]} == {"1", "2"}
    assert "Lời của người dân" not in text

"""Sheets of public services, the agency's catalogue, the poll of a connected system, the workbook taken away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from services_support import some_months_of_requests
from web_source_support import serving

from access.principal import NotAllowed, Principal
from access.vault import Vault
from actions.connect_source import WantedConnection, connect_source, try_connection
from actions.import_public_services import import_services_sheet
from actions.poll_connected import service_poll
from actions.report_public_services import save_public_services_workbook
from data_access.audit import audit_events
from data_access.import_batches import BatchState, recent_batches
from data_access.public_services import counts_by_unit, listed_requests, public_services, service_counts
from data_access.session import Database
from data_access.sources import source_by_name
from demo_city.moods import MOODS
from demo_city.public_service_portal import deliver_service_sheets, public_service_portal
from demo_city.service_requests import ServiceRequests
from demo_city.units import Pack
from domain.permissions import Role
from domain.public_services import ALL_STATES, Satisfaction, ServiceFilter
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)
WORKER = Principal.worker()
OPERATOR = Principal(Role.OPERATOR, "op", "truc")
HEAD = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit="PHUVANG")
VAULT = Vault(b"k" * 32)
YEAR = ServiceFilter(months=12, state=ALL_STATES)


def city(organisation: Organisation) -> ServiceRequests:
    units = Pack(Path("data/organisations") / organisation.name).units_on(TODAY)
    return ServiceRequests(units, 2027, MOODS["busy"], TODAY)


@pytest.mark.parametrize("pack", ["organisation", "two_era_organisation"])
def test_the_citys_year_is_taken_in_once_and_a_head_may_not(
    database: Database, pack: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    organisation: Organisation = request.getfixturevalue(pack)
    requests = city(organisation)
    deliver_service_sheets(tmp_path, requests, NOW)
    (path,) = (tmp_path / "public_services").iterdir()
    first = import_services_sheet(database, WORKER, organisation, path, NOW)
    again = import_services_sheet(database, WORKER, organisation, path, NOW)
    assert (first.state, first.rows_refused, again.state) == (BatchState.APPLIED, 0, BatchState.DUPLICATE)
    with database.reading() as session:
        by_unit = counts_by_unit(session, WORKER, organisation, YEAR, NOW)
        source = source_by_name(session, "public_services")
    assert all(counts is not None and counts.received > 10 for counts in by_unit.values())
    # The sheet speaks of last night, so nothing looks live.
    assert source.as_of_at is not None and source.as_of_at < NOW - timedelta(hours=2)
    with pytest.raises(NotAllowed):
        import_services_sheet(database, HEAD, organisation, path, NOW)


def test_a_rating_that_a_later_sheet_adds_is_taken_in_whatever_its_words(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    head = "Đơn vị,Mã hồ sơ,Mã dịch vụ,Tiếp nhận,Hạn trả kết quả,Trả kết quả,Đánh giá\n"
    row = "PHUVANG,HS-1,THADS-01,10/11/2026 08:00,17/11/2026,16/11/2026 09:00,"
    for day, rating in ((20, ""), (21, "Hài lòng"), (22, "Không hài lòng"), (23, "Chấp nhận")):
        path = tmp_path / f"ho-so_den-ngay-2026-11-{day}.csv"
        path.write_text(head + row + rating + "\n", encoding="utf-8")
        import_services_sheet(database, OPERATOR, organisation, path, NOW)
    with database.reading() as session:
        (found,) = listed_requests(session, WORKER, organisation, YEAR, NOW)
    assert found.satisfaction is Satisfaction.ACCEPTING


def test_the_agencys_catalogue_comes_by_a_sheet(database: Database, organisation: Organisation, tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.csv"
    path.write_text("Mã dịch vụ,Tên dịch vụ\nTT-9,Cấp bản sao quyết định\nSai mã,x\n", encoding="utf-8")
    outcome = import_services_sheet(database, OPERATOR, organisation, path, NOW)
    assert outcome.rows_refused == 1 and "Danh mục dịch vụ công: 2 dòng, 1 mới" in outcome.message
    with database.reading() as session:
        assert [service.title for service in public_services(session).values()] == ["Cấp bản sao quyết định"]
        # A catalogue says nothing about requests: they are as unknown as before.
        assert source_by_name(session, "public_services").as_of_at is None


def test_a_sheet_without_its_head_is_refused_in_words(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "la.csv"
    path.write_text("Cột lạ\n1\n", encoding="utf-8")
    outcome = import_services_sheet(database, OPERATOR, organisation, path, NOW)
    assert outcome.state is BatchState.REFUSED and "Hồ sơ dịch vụ công" in outcome.message


def test_a_connected_system_is_tried_asked_and_missed(database: Database, organisation: Organisation) -> None:
    administrator, requests = Principal(Role.ADMINISTRATOR, "admin", "quantri"), city(organisation)
    poll = service_poll(database, VAULT, organisation)
    assert poll(NOW) is False, "nothing is connected"
    server = Flask("portal")
    # A minute in which it tells a telephone number as a code, and a result before its receipt.
    at = NOW.replace(minute=22)
    server.register_blueprint(public_service_portal(requests, lambda: at))
    with serving(server) as address:
        wanted = WantedConnection("public_services", "service_list", f"{address}/dich-vu-cong/ho-so.json")
        said = try_connection(database, administrator, VAULT, organisation, wanted, at)
        assert "hồ sơ dịch vụ công" in said and "2 mục không đọc được" in said and "Chưa lưu gì" in said
        connect_source(database, administrator, VAULT, wanted, at)
        assert poll(at) is True and poll(at) is True
    with database.reading() as session:
        counts = service_counts(session, WORKER, organisation, YEAR, at)
        (batch,) = recent_batches(session, WORKER, 10)
    told = requests.told(at)
    assert counts is not None and counts.received == len(told)
    assert counts.open == sum(one.ended_at > at for one in told)
    assert batch.rows_refused == 2
    assert poll(at + timedelta(minutes=5)) is False
    with database.reading() as session:
        source = source_by_name(session, "public_services")
    assert source.failures == 1 and source.as_of_at == at


def test_the_workbook_says_what_it_is_and_stays_within_the_own_unit(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    some_months_of_requests(database, units, NOW)
    path = tmp_path / "ra.xlsx"
    save_public_services_workbook(database, HEAD, organisation, ServiceFilter(months=12), True, NOW, path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    words = " ".join(str(row[0]) for row in rows if row[0])
    assert "tiếp nhận từ 01/12/2025 đến 24/11/2026: mọi đơn vị" in words and "Dữ liệu mẫu" in words
    assert "5 hồ sơ: đã trả 2, trả lại 1, đang giải quyết 2" in words and "đúng hạn 1/2" in words
    assert "trực tuyến 2/4 (1 không ghi)" in words
    listed = [row for row in rows if str(row[0]).startswith("HS-")]
    assert len(listed) == 5 and len({row[1] for row in listed}) == 1
    assert listed[0][4] is None and listed[0][5] is None, "who said nothing is an empty cell"
    with database.reading() as session:
        assert [event.action for event in audit_events(session, WORKER)][0] == "public_services_exported"

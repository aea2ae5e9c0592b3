"""Visits and petitions as lists and sheets state them: cleaned, or refused by name; nobody's name gets through."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from payloads.report_bodies import hostile_bodies
from web_source_support import answering, serving

from connectors.base import RefusedRecord, SourceUnavailable, WorkbookRefused
from connectors.entries import clean
from connectors.mapped_list import FieldMapRefused
from connectors.reception import VISIT_FIELDS, petition_of, reception_connector, visit_of
from connectors.reception_sheet import ReceptionSheet, parse_reception_rows, read_reception_sheet
from demo_city.moods import MOODS
from demo_city.reception_service import deliver_reception_sheets, reception_service
from demo_city.units import Pack
from demo_city.visitors import Visitors
from domain.reception import PetitionKind, PetitionSubject, VisitOutcome, VisitPurpose, VisitRecord, VisitState

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
UNITS = {"phuvang": "PHUVANG", "phu vang": "PHUVANG", "aluoi": "ALUOI"}
NUMBER = int(os.environ.get("HOSTILE", "500"))
GOOD = {
    "unit": "Phú Vang",
    "ticket": "A012",
    "ticketed_at": "24/11/2026 08:10",
    "called_at": "24/11/2026 08:21:30",
    "ended_at": "2026-11-24T01:40:00+00:00",
    "purpose": "Khiếu nại",
    "outcome": "Đã nhận đơn, hồ sơ",
    "people": "3",
    "leader": "x",
}


def cleaned(**texts: str) -> VisitRecord | RefusedRecord:
    found = clean(visit_of, {**GOOD, **texts}, "mục 1", UNITS, NOW)
    assert isinstance(found, VisitRecord | RefusedRecord)
    return found


def test_a_visit_is_read_in_local_time_and_in_coded_words() -> None:
    visit = cleaned()
    assert isinstance(visit, VisitRecord)
    assert (visit.unit, visit.reference, visit.state) == ("PHUVANG", "261124/A012", VisitState.SERVED)
    assert visit.ticketed_at == datetime(2026, 11, 24, 1, 10, tzinfo=UTC)
    assert visit.called_at == datetime(2026, 11, 24, 1, 21, 30, tzinfo=UTC)
    assert visit.updated_at == visit.ended_at
    assert (visit.purpose, visit.outcome) == (VisitPurpose.COMPLAINT, VisitOutcome.ACCEPTED)
    assert (visit.people, visit.matters, visit.is_leader) == (3, 1, True)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("unit", "Sở khác", "Không có đơn vị"),
        ("ticket", "", "Số thứ tự"),
        ("ticketed_at", "", "Thiếu thời điểm"),
        ("ticketed_at", "hôm nay", "không đọc được"),
        ("ticketed_at", "1970-01-01T00:00:00+00:00", "trước năm 2015"),
        ("ticketed_at", "2063-01-01T00:00:00+00:00", "tương lai"),
        ("called_at", "24/11/2026 08:00", "trước giờ lấy số"),
        ("ended_at", "24/11/2026 08:20", "trước giờ bắt đầu"),
        ("people", "0", "số nguyên"),
        ("people", "-3", "số nguyên"),
        ("people", "99999", "số nguyên"),
        ("people", "NaN", "số nguyên"),
        ("leader", "có lẽ", "có"),
    ],
)
def test_what_means_nothing_is_refused_by_its_field(field: str, text: str, said: str) -> None:
    refused = cleaned(**{field: text})
    assert isinstance(refused, RefusedRecord)
    assert refused.field == field and said in refused.reason


def test_a_cell_that_may_be_a_name_is_never_kept() -> None:
    refused = cleaned(ticket="Tên Một Người")
    assert isinstance(refused, RefusedRecord) and refused.value == "" and "Người" not in repr(refused)
    refused = cleaned(leader="Tên Một Người")
    assert isinstance(refused, RefusedRecord) and refused.field == "leader" and "Người" not in repr(refused)
    visit = cleaned(counter="Tên Một Người", purpose="Tên Một Người", outcome="Tên Một Người")
    assert isinstance(visit, VisitRecord) and "Người" not in repr(visit)
    assert visit.purpose is VisitPurpose.OTHER and visit.outcome is None


def test_a_clock_a_little_ahead_is_now() -> None:
    at = (NOW + timedelta(minutes=4)).isoformat()
    visit = cleaned(ticketed_at=at, called_at="", ended_at="")
    assert isinstance(visit, VisitRecord) and visit.ticketed_at == visit.updated_at == NOW


def test_a_petition_is_read_and_refused_likewise() -> None:
    texts = {"unit": "A Lưới", "number": "07/2026", "kind": "Tố cáo", "accepted_on": "02/11/2026"}
    found = petition_of({**texts, "unit": "aluoi", "instance": "lần hai", "due_on": "01/12/2026"}, UNITS, NOW)
    assert (found.unit, found.kind, found.instance) == ("ALUOI", PetitionKind.DENUNCIATION, 2)
    assert found.accepted_on == date(2026, 11, 2) and found.due_on == date(2026, 12, 1)
    assert found.subject is PetitionSubject.BEFORE_MEASURES and found.resolved_on is None
    bad = {
        "number": "Một Người",
        "kind": "",
        "accepted_on": "25/11/2026",
        "due_on": "01/11/2026",
        "resolved_on": "30/11/2026",
        "instance": "ba",
    }
    for field, text in bad.items():
        refused = clean(petition_of, {**texts, "unit": "aluoi", field: text}, "dòng 2", UNITS, NOW)
        assert isinstance(refused, RefusedRecord) and refused.field == field


def city(mood: str = "busy") -> Visitors:
    units = Pack(Path("data/organisations/hue")).units_on(date(2026, 11, 24))
    return Visitors(units, 2027, MOODS[mood], date(2026, 11, 24))


def own_units() -> dict[str, str]:
    units = Pack(Path("data/organisations/hue")).units_on(date(2026, 11, 24))
    return {unit.code.lower(): unit.code for unit in units}


def served(now: datetime) -> Any:
    from flask import Flask

    server = Flask("queue")
    server.register_blueprint(reception_service(city(), lambda: now))
    return server


def test_the_citys_queue_system_is_read_whole_with_its_troubles() -> None:
    # A minute in which the list is out of order, with an entry twice and one that ends before it begins.
    at = NOW.replace(minute=13)
    with serving(served(at)) as address:
        fetched = reception_connector(f"{address}/tiep-cong-dan/luot.json", "", "", own_units()).fetch("", [], at)
    told = city().told(at)
    assert {(one.unit, one.ticketed_at) for one in fetched.records} == {(one.unit, one.came_at) for one in told}
    assert len(fetched.records) == len(told) + 1
    (refused,) = fetched.refused
    assert refused.field == "ended_at"
    assert fetched.newest_at is not None and fetched.newest_at <= at


def test_a_list_in_other_words_is_mapped() -> None:
    body = [{"dv": "phuvang", "so": 5, "luc": "24/11/2026 08:00", "nd": "KN"}]
    fields = {
        "fields": {"unit": "dv", "ticket": "so", "ticketed_at": "luc", "purpose": "nd"},
        "time_format": "%d/%m/%Y %H:%M",
        "words": {"purpose": {"KN": "complaint"}},
    }
    with answering(lambda _asked: json.dumps(body).encode()) as (address, _):
        (visit,) = reception_connector(address, "", json.dumps(fields), UNITS).fetch("", [], NOW).records
    assert (visit.reference, visit.purpose) == ("261124/5", VisitPurpose.COMPLAINT)
    with pytest.raises(FieldMapRefused, match="thiếu ticketed_at"):
        reception_connector("http://x", "", '{"fields": {"unit": "a", "ticket": "b"}}', UNITS)


def test_hostile_bodies_give_records_or_a_reason() -> None:
    outcomes = {"read": 0, "unavailable": 0}
    bodies = iter(hostile_bodies(NUMBER))
    with answering(lambda _asked: next(bodies)) as (address, _):
        connector = reception_connector(address, "", "", UNITS)
        for _ in range(NUMBER):
            try:
                connector.fetch("", [], NOW)
                outcomes["read"] += 1
            except SourceUnavailable as error:
                assert str(error)
                outcomes["unavailable"] += 1
    assert outcomes["unavailable"] > 0 and sum(outcomes.values()) == NUMBER


def test_hostile_entries_give_records_or_a_reason() -> None:
    rng = Random(5)
    words = [
        "",
        "x" * 5000,
        "\x00",
        "１２",
        "2026-11-24T08:00:00+99:00",
        "NaN",
        "1e9",
        "-1",
        "31/02/2026",
        "😀",
        "Phú Vang",
    ]
    words += list(GOOD.values())
    for _ in range(NUMBER):
        texts = {field: rng.choice(words) for field in VISIT_FIELDS if rng.random() < 0.9}
        found = clean(visit_of, texts, "mục", UNITS, NOW)
        assert isinstance(found, RefusedRecord) or found.ticketed_at <= NOW
        fields = ("unit", "number", "kind", "accepted_on", "subject", "instance", "due_on", "resolved_on")
        clean(
            petition_of, {field: rng.choice([*words, "Tố cáo", "02/11/2026"]) for field in fields}, "dòng", UNITS, NOW
        )


def test_the_citys_sheets_are_read_without_a_refusal(tmp_path: Path) -> None:
    units = Pack(Path("data/organisations/hue")).units_on(date(2026, 11, 24))
    deliver_reception_sheets(tmp_path, city(), units, 2027, NOW)
    first, second = sorted((tmp_path / "reception").iterdir())
    visits = read_reception_sheet(first, own_units(), NOW)
    register = read_reception_sheet(second, own_units(), NOW)
    assert visits.kind is ReceptionSheet.VISITS and register.kind is ReceptionSheet.PETITIONS
    assert visits.refused == register.refused == []
    assert len(visits.visits) > 500 and {one.unit for one in register.petitions} == set(own_units().values())
    assert max(visit.ticketed_at for visit in visits.visits) < NOW.replace(hour=0) - timedelta(hours=7)


def test_a_row_is_refused_by_the_words_of_its_head_and_a_sheet_without_one_says_what_is_needed() -> None:
    rows = [(1, ["Đơn vị", "Số thứ tự", "Giờ lấy số", "Giờ gọi", "Giờ kết thúc"])]
    rows.append((2, ["phuvang", "A1", "24/11/2026 08:00", "", ""]))
    rows.append((3, ["phuvang", "A2", "24/11/2026 08:00", "24/11/2026 07:00", ""]))
    sheet = parse_reception_rows(rows, UNITS, NOW)
    assert (sheet.rows_read, len(sheet.visits), sheet.refused_count) == (2, 1, 1)
    assert (sheet.refused[0].reference, sheet.refused[0].field) == ("dòng 3", "Giờ gọi")
    with pytest.raises(WorkbookRefused, match="Sổ khiếu nại, tố cáo"):
        parse_reception_rows([(1, ["Cột lạ"])], UNITS, NOW)

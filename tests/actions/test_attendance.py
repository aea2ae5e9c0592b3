"""Sheets of attendance through the watched folder, corrections by a head: who may, what is stored, what is audited."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attendance_support import DAY, a_punch, at, heard, touched, two_offices
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from access.principal import NotAllowed, Principal
from actions.correct_attendance import CorrectionRefused, correct_day
from actions.import_attendance import import_attendance_sheet
from actions.sheets import SheetInbox, SheetOutcome, stated_at_of
from actions.take_in_punches import take_in_attlog
from data_access.attendance import presence_on, staff_days, terminal_by_serial
from data_access.audit import audit_events
from data_access.import_batches import BatchState, recent_batches
from data_access.models.attendance import PunchRow
from data_access.session import Database
from data_access.sources import source_by_name
from domain.attendance import DayStatus
from domain.freshness import Freshness
from domain.permissions import Role
from domain.units import Organisation

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong.phuvang", "PHUVANG")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")
TERMINALS = "Serial,Đơn vị,Tên máy,Mạng được phép\nTA1,Phú Vang,Cổng chính,127.0.0.0/8\n"
STAFF = "Mã cán bộ,Đơn vị,Số người dùng\nCHV-01,Phú Vang,1\nCHV-02,Phú Vang,2\nCHV-03,Phú Vang,3\n"
ABSENCES = "Mã cán bộ,Đơn vị,Loại,Từ ngày,Đến ngày\nCHV-02,Phú Vang,Nghỉ phép,23/11/2026,24/11/2026\n"
PUNCHES = "Serial,PIN,Thời điểm\nTA1,1,2026-11-23 07:20:00\nTA1,1,2026-11-23 09:30:00\nZZ9,1,2026-11-23 07:20:00\n"


def drop(folder: Path, name: str, text: str) -> Path:
    (folder / "attendance").mkdir(parents=True, exist_ok=True)
    path = folder / "attendance" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_sheets_in_the_folder_make_a_day(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    inbox = SheetInbox(database, organisation, tmp_path, "attendance", import_attendance_sheet)
    for name, text in (
        ("1-may.csv", TERMINALS),
        ("2-cb.csv", STAFF),
        ("3-nghi.csv", ABSENCES),
        ("4-cham.csv", PUNCHES),
    ):
        drop(tmp_path, name, text)
        [outcome] = inbox(now)
        assert outcome.state is BatchState.APPLIED, outcome.message
    assert inbox(now) == []
    assert len(list((tmp_path / "archive").iterdir())) == 4
    with database.reading() as session:
        days = {each.code: each.status for each in staff_days(session, HEAD, organisation, DAY, now)}
        presence = presence_on(session, HEAD, organisation, DAY, now)
        batch = recent_batches(session, WORKER)[0]
        source = source_by_name(session, "attendance")
        audit = [event.action for event in audit_events(session, WORKER)]
    assert days == {
        "CHV-01": DayStatus.PRESENT,
        "CHV-02": DayStatus.ON_LEAVE,
        "CHV-03": DayStatus.UNKNOWN,
    }
    assert presence.total and presence.total.present == 1
    assert (batch.rows_in, batch.rows_refused) == (3, 1)
    assert source.newest_record_at == at("09:30")
    assert audit == ["attendance_sheet_imported"] * 4


def test_a_roster_alone_does_not_make_the_source_fresh(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    import_attendance_sheet(database, WORKER, organisation, drop(tmp_path, "cb.csv", STAFF), now)
    with database.reading() as session:
        assert source_by_name(session, "attendance").freshness(now) is Freshness.NEVER


def test_the_same_file_again_changes_nothing_and_a_hopeless_one_is_put_aside(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    inbox = SheetInbox(database, organisation, tmp_path, "attendance", import_attendance_sheet)
    states = []
    for text in (STAFF, STAFF, "Họ tên\nA\n"):
        drop(tmp_path, "cb.csv", text)
        states += [outcome.state for outcome in inbox(now)]
    assert states == [BatchState.APPLIED, BatchState.DUPLICATE, BatchState.REFUSED]
    assert len(list((tmp_path / "refused").iterdir())) == 1


def test_a_file_that_breaks_the_importer_holds_up_no_other(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    def break_on_one(*asked: Any) -> SheetOutcome:
        if asked[3].name == "a-hong.csv":
            raise RuntimeError("broken")
        return import_attendance_sheet(*asked)

    inbox = SheetInbox(database, organisation, tmp_path, "attendance", break_on_one)
    drop(tmp_path, "a-hong.csv", STAFF)
    os.utime(drop(tmp_path, "b.csv", ABSENCES))
    with pytest.raises(RuntimeError):
        inbox(now)
    with pytest.raises(RuntimeError):
        inbox(now)
    assert [path.name for path in (tmp_path / "attendance").iterdir()] == ["a-hong.csv"]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(0, 10_000))
def test_a_log_cut_and_repeated_in_any_way_is_the_same_log(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, minutes: list[int], seed: int
) -> None:
    now, rng = at("09:40"), Random(seed)
    lines = [f"{1 + minute % 4}\t2026-11-23 07:{minute:02d}:00\t{minute % 3}\t1".encode() for minute in minutes]
    kept = []
    for shuffled in (False, True):
        database = Database(f"sqlite:///{tmp_path_factory.mktemp('log') / 'x.sqlite'}", audit_key=b"k" * 32)
        Path(database.address.removeprefix("sqlite:///")).write_bytes(sqlite_template.read_bytes())
        two_offices(database)
        sent = [*lines, *rng.choices(lines, k=5)] if shuffled else lines
        if shuffled:
            rng.shuffle(sent)
        step = rng.randint(1, 5) if shuffled else len(sent)
        for start in range(0, len(sent), step):
            take_in_attlog(database, "TA1", "127.0.0.1", b"\n".join(sent[start : start + step]), now)
        with database.reading() as session:
            kept.append(sorted(session.execute(select(PunchRow.pin, PunchRow.punched_at, PunchRow.kind)).all()))
        database.close()
    assert kept[0] == kept[1]


def test_two_deliveries_at_once_store_each_punch_once(database: Database) -> None:
    two_offices(database)
    body = "\n".join(f"{1 + second % 3}\t2026-11-23 07:20:{second:02d}\t0\t1" for second in range(60)).encode()

    def deliver(_number: int) -> int:
        return take_in_attlog(database, "TA1", "127.0.0.1", body, at("09:40"))

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(deliver, range(8))) == [60] * 8
    with database.reading() as session:
        assert len(session.scalars(select(PunchRow.id)).all()) == 60
        assert source_by_name(session, "attendance").rows_in == 60


def test_who_may_hand_in_which_sheet(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    staff, terminals = drop(tmp_path, "cb.csv", STAFF), drop(tmp_path, "may.csv", TERMINALS)
    with pytest.raises(NotAllowed):
        import_attendance_sheet(database, HEAD, organisation, staff, now)
    with pytest.raises(NotAllowed):
        import_attendance_sheet(database, OPERATOR, organisation, terminals, now)
    with database.reading() as session:
        assert terminal_by_serial(session, "TA1") is None
    assert import_attendance_sheet(database, OPERATOR, organisation, staff, now).state is BatchState.APPLIED


def test_a_file_speaks_of_the_time_in_its_name_never_of_a_later_one_than_now(tmp_path: Path, now: datetime) -> None:
    path = drop(tmp_path, "cb_den-ngay-2026-11-20T0800.csv", STAFF)
    assert stated_at_of(path, now) == at("08:00", DAY - timedelta(days=3))
    assert stated_at_of(drop(tmp_path, "cb_den-ngay-2030-01-01.csv", STAFF), now) == now


def test_a_head_corrects_a_day_of_the_own_unit_with_a_reason(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    two_offices(database)
    heard(database, "TA1", at("06:30"), at("09:40"))
    touched(database, [a_punch("07:20", 1)], now)
    person = ("PHUVANG", "CHV-02")
    correct_day(database, HEAD, organisation, person, DAY, DayStatus.PRESENT, "quên  chấm buổi sáng", now)
    with database.reading() as session:
        [day] = [each for each in staff_days(session, HEAD, organisation, DAY, now) if each.code == "CHV-02"]
        event = audit_events(session, WORKER)[0]
    assert day.status is DayStatus.PRESENT
    assert day.correction and day.correction.reason == "quên chấm buổi sáng"
    assert (event.action, event.subject, event.actor_name) == (
        "attendance_corrected", "PHUVANG/CHV-02", "truong.phuvang"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "person"),
    [(OPERATOR, ("PHUVANG", "CHV-02")), (HEAD, ("ALUOI", "CHV-02")), (HEAD, ("PHUVANG", "CHV-99"))],
)
def test_nobody_else_and_nobody_elses(
    database: Database, organisation: Organisation, now: datetime, who: Principal, person: tuple[str, str]
) -> None:
    two_offices(database)
    with pytest.raises(NotAllowed):
        correct_day(database, who, organisation, person, DAY, DayStatus.PRESENT, "quên chấm", now)


@pytest.mark.parametrize(
    ("status", "reason", "shift"),
    [
        (DayStatus.PRESENT, "  ok ", 0),
        (DayStatus.PRESENT, "x" * 301, 0),
        (DayStatus.UNKNOWN, "quên chấm", 0),
        (DayStatus.PRESENT, "quên chấm", 1),
        (DayStatus.PRESENT, "quên chấm", -63),
    ],
)
def test_a_correction_without_a_reason_or_for_another_time_is_refused(
    database: Database, organisation: Organisation, now: datetime, status: DayStatus, reason: str, shift: int
) -> None:
    two_offices(database)
    with pytest.raises(CorrectionRefused):
        day = DAY + timedelta(days=shift)
        correct_day(database, HEAD, organisation, ("PHUVANG", "CHV-02"), day, status, reason, now)

"""Cameras from the sheet in the folder to the state on the wall: the demo city's own cameras, asked over RTSP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from gate_support import SetClock

from access.principal import NotAllowed, Principal
from access.vault import Vault
from actions.check_cameras import NO_DECODER, CameraPass
from actions.connect_source import SHARED_LOGIN, WantedConnection, connect_source
from actions.import_cameras import import_camera_inventory
from actions.sheets import SheetInbox
from data_access.cameras import camera_day, endpoints
from data_access.import_batches import BatchState, recent_batches
from data_access.models.cameras import CameraRow
from data_access.session import Database
from data_access.sources import source_by_name, watermark_of
from demo_city.camera_service import CameraService
from demo_city.cameras import PASSWORD, CityCameras
from demo_city.moods import MOODS
from demo_city.units import Pack
from domain.cameras import Fault, RungName, RungState
from domain.permissions import Role
from domain.units import Organisation

NINE = datetime(2026, 11, 24, 2, 0, 5, tzinfo=UTC)
VAULT = Vault(b"k" * 32)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")
PACK = Path(__file__).resolve().parents[2] / "data" / "organisations" / "hue-two-level"
HEAD = "Mã camera,Đơn vị,Vị trí,Địa chỉ,Đường dẫn\n"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NINE)


@pytest.fixture
def city(clock: SetClock) -> Iterator[str]:
    """The city's cameras on a free port; its inventory."""
    cameras = CityCameras(Pack(PACK).units_on(NINE.date()), 2027, MOODS["calm"], NINE.date())
    service = CameraService(0, cameras, clock)
    yield cameras.inventory(service.start(), 0)
    service.shutdown()
    service.server_close()


def taken_in(
    database: Database, organisation: Organisation, folder: Path, text: str, now: datetime = NINE
) -> BatchState:
    (folder / "cameras").mkdir(exist_ok=True)
    (folder / "cameras" / f"camera-{len(text)}.csv").write_text(text, encoding="utf-8-sig")
    (outcome,) = SheetInbox(database, organisation, folder, "cameras", import_camera_inventory)(NINE)
    return outcome.state


def connect(database: Database, secret: str = PASSWORD) -> None:
    connect_source(database, ADMINISTRATOR, VAULT, WantedConnection("cameras", SHARED_LOGIN, "", secret), NINE)


def test_the_citys_cameras_are_listed_asked_and_judged(
    database: Database, organisation: Organisation, tmp_path: Path, city: str
) -> None:
    assert taken_in(database, organisation, tmp_path, city) is BatchState.APPLIED
    connect(database)
    CameraPass(database, VAULT, ffmpeg=None)(NINE)
    with database.reading() as session:
        day = camera_day(session, Principal.worker(), organisation, NINE.date())
        source = source_by_name(session, "cameras")
        began = watermark_of(session, "cameras")
    assert len(day.cameras) == 66
    rungs = [health.rungs[RungName.DESCRIBED] for health in day.healths.values()]
    assert sum(rung.state is RungState.OK for rung in rungs) >= 60
    faults = {rung.fault for health in day.healths.values() for rung in health.rungs.values()}
    assert Fault.WRONG_PASSWORD in faults
    assert source.last_success_at is not None
    assert began == NINE.isoformat()
    CameraPass(database, VAULT, ffmpeg=None)(NINE + timedelta(minutes=1))
    with database.reading() as session:
        assert watermark_of(session, "cameras") == f"{(NINE + timedelta(minutes=1)).isoformat()} {NINE.isoformat()}"


def test_without_a_decoder_no_picture_is_claimed_and_the_source_says_so(
    database: Database, organisation: Organisation, tmp_path: Path, city: str
) -> None:
    taken_in(database, organisation, tmp_path, city)
    connect(database)
    CameraPass(database, VAULT, ffmpeg=None)(NINE)
    with database.reading() as session:
        states = {row.state for row in session.query(CameraRow)}
        assert source_by_name(session, "cameras").message == NO_DECODER
    assert "working" not in states


def test_a_wrong_shared_password_is_misconfigured_and_not_lost(
    database: Database, organisation: Organisation, tmp_path: Path, city: str
) -> None:
    taken_in(database, organisation, tmp_path, city)
    connect(database, "sai-mat-khau")
    CameraPass(database, VAULT, ffmpeg=None)(NINE)
    with database.reading() as session:
        states = [row.state for row in session.query(CameraRow)]
    assert states.count("misconfigured") > 60


def test_nothing_is_asked_before_a_login_is_given_and_the_inventory_is_there(
    database: Database, organisation: Organisation, tmp_path: Path, city: str
) -> None:
    assert CameraPass(database, VAULT, ffmpeg=None)(NINE) == 0
    taken_in(database, organisation, tmp_path, city)
    assert CameraPass(database, VAULT, ffmpeg=None)(NINE) == 0
    with database.reading() as session:
        assert source_by_name(session, "cameras").last_success_at is None


def test_a_camera_that_leaves_the_sheet_keeps_its_history_and_is_not_asked(
    database: Database, organisation: Organisation, tmp_path: Path, city: str
) -> None:
    taken_in(database, organisation, tmp_path, city)
    assert taken_in(database, organisation, tmp_path, f"{HEAD}A-1,PHULOC,Cổng,127.0.0.1,/a\n") is BatchState.APPLIED
    with database.reading() as session:
        assert [row.camera.code for row in endpoints(session)] == ["A-1"]
        assert session.query(CameraRow).count() == 67


def test_bad_rows_are_quarantined_and_a_file_of_none_but_bad_rows_changes_nothing(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    good, bad = "A-1,PHULOC,Cổng,127.0.0.1,/a\n", "A-2,KHONGCO,Cổng,8.8.8.8,a b\n"
    assert taken_in(database, organisation, tmp_path, HEAD + good + bad) is BatchState.APPLIED
    assert taken_in(database, organisation, tmp_path, HEAD + bad) is BatchState.REFUSED
    assert taken_in(database, organisation, tmp_path, "Mã camera,Mật khẩu\n1,2\n") is BatchState.REFUSED
    with database.reading() as session:
        batches = recent_batches(session, Principal.worker(), 10)
        assert [row.camera.code for row in endpoints(session)] == ["A-1"]
    assert sorted(batch.rows_refused for batch in batches) == [0, 0, 1]


def test_who_may_say_which_addresses_are_asked(database: Database, organisation: Organisation, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(NotAllowed):
        import_camera_inventory(database, OPERATOR, organisation, path, NINE)

"""One look at a camera: who may, with which reason, written down first, marked, kept nowhere."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gate_support import ORIGIN, SCREEN, STRANGER, Site, build
from people_support import CHIEF
from werkzeug.test import TestResponse

from access.principal import Principal
from access.vault import Vault
from actions.connect_source import SHARED_LOGIN, WantedConnection, connect_source
from actions.import_cameras import import_camera_inventory
from connectors.base import SourceUnavailable
from connectors.cameras.endpoint import CameraEndpoint
from connectors.cameras.still import NO_DECODER, take_still
from data_access.audit import audit_events
from data_access.site import EXTENSION
from demo_city.camera_service import CameraService
from demo_city.cameras import PASSWORD, CityCameras
from demo_city.moods import MOODS
from demo_city.units import Pack
from domain.permissions import Role
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 0, 5, tzinfo=UTC)
PACK = Path(__file__).resolve().parents[2] / "data" / "organisations" / "hue-two-level"
FFMPEG = shutil.which("ffmpeg")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
HEAD, OPERATOR, LEADER = "truong.phuvang", "truc", "lanhdao"
GATE, RECEPTION, STORE = "PHUVANG-01", "PHUVANG-02", "PHUVANG-04"
REASON = "Đối chiếu sự việc lúc 08:27 tại phòng tiếp dân"
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="no ffmpeg on this machine: no picture can be decoded")


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    """The city's cameras, listed and with their password."""
    site = build(tmp_path, sqlite_template, organisation, NOW)
    cameras = CityCameras(Pack(PACK).units_on(NOW.date()), 2027, MOODS["calm"], NOW.date())
    service = CameraService(0, cameras, site.clock, pace=10)
    path = tmp_path / "camera.csv"
    path.write_text(cameras.inventory(service.start(), 0), encoding="utf-8-sig")
    import_camera_inventory(site.database, ADMINISTRATOR, organisation, path, NOW)
    yield site
    service.shutdown()
    service.server_close()


def connect(site: Site) -> None:
    vault = Vault(site.app.server.extensions[EXTENSION].sources_key)
    connect_source(site.database, CHIEF, vault, WantedConnection("cameras", SHARED_LOGIN, "", PASSWORD), NOW)


def look(site: Site, who: str, camera: str = GATE, reason: str = "", headers: dict[str, str] = ORIGIN) -> TestResponse:
    return site.as_(who).post("/cameras/still", data={"camera": camera, "reason": reason}, headers=headers)


def looks(site: Site) -> list[tuple[str, dict[str, str]]]:
    with site.database.reading() as session:
        rows = audit_events(session, ADMINISTRATOR)
        return [(row.subject, json.loads(row.detail)) for row in rows if row.action == "camera_looked_at"]


@needs_ffmpeg
def test_a_picture_comes_marked_unstored_and_written_down(site: Site, tmp_path: Path) -> None:
    connect(site)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    answer = look(site, OPERATOR)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert struct.unpack(">II", answer.data[16:24]) == (960, 540)
    assert answer.data != look(site, HEAD).data, "another viewer, another mark"
    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.name for path in after - before} <= {"thads.sqlite-wal", "thads.sqlite-shm"}
    assert [subject for subject, _ in looks(site)] == [GATE, GATE]


@needs_ffmpeg
def test_a_room_of_citizens_needs_the_role_and_a_reason(site: Site) -> None:
    connect(site)
    for camera in (RECEPTION, STORE):
        refused = look(site, HEAD, camera, "xem")
        assert refused.status_code == 409 and "lý do công vụ" in refused.get_json()["error"]
        assert look(site, OPERATOR, camera, REASON).status_code == 403
    assert looks(site) == []
    assert look(site, HEAD, RECEPTION, REASON).status_code == 200
    assert looks(site) == [(RECEPTION, {"unit": "PHUVANG", "place": "Phòng tiếp công dân", "reason": REASON})]


def test_who_may_not_look_sees_nothing_and_nothing_is_written(site: Site) -> None:
    connect(site)
    for who in (STRANGER, SCREEN, LEADER):
        assert look(site, who).status_code in {401, 403}
    assert look(site, HEAD, "PHULOC-01", REASON).status_code == 404
    assert look(site, HEAD, "KHONGCO", REASON).status_code == 404
    assert look(site, OPERATOR, headers={"Origin": "http://evil.example"}).status_code == 403
    assert site.as_(OPERATOR).get("/cameras/still?camera=PHUVANG-01").status_code in {403, 404, 405}
    assert looks(site) == []


def test_without_a_password_nothing_is_asked(site: Site) -> None:
    answer = look(site, OPERATOR)
    assert answer.status_code == 409 and "mật khẩu camera" in answer.get_json()["error"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_camera_that_gives_no_picture_says_why_and_the_look_is_written_all_the_same(site: Site) -> None:
    connect(site)
    answer = look(site, OPERATOR, "HUONGTRA-06")
    assert answer.status_code == 409 and answer.get_json()["error"]
    assert [subject for subject, _ in looks(site)] == ["HUONGTRA-06"]


def test_without_a_decoder_there_is_no_picture() -> None:
    with pytest.raises(SourceUnavailable, match=NO_DECODER):
        take_still(CameraEndpoint("C1", "127.0.0.1", 1, "/x"), None)

"""The city's cameras: the same seed, mood and time do the same; what they serve is what their inventory says."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from ladder_support import LIMITS
from web_source_support import serving

from connectors.cameras.endpoint import Login
from connectors.cameras.inventory import read_inventory
from connectors.cameras.isapi import recorder_clock, recording
from demo_city.camera_service import CameraService
from demo_city.cameras import PASSWORD, USER, CityCameras, deliver_inventory
from demo_city.citizens import Citizens
from demo_city.moods import MOODS
from demo_city.recorder_service import recorder_service
from demo_city.report_service import report_service
from demo_city.units import Pack
from domain.cameras import CameraPurpose, Fault, PrivacyClass, RungState
from domain.vietnamese import normalised

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
PACKS = Path(__file__).resolve().parents[2] / "data" / "organisations"
FFMPEG = shutil.which("ffmpeg")


def the_city(mood: str = "calm", pack: str = "hue-two-level", seed: int = 2027) -> CityCameras:
    return CityCameras(Pack(PACKS / pack).units_on(DAY), seed, MOODS[mood], DAY)


def doings(city: CityCameras, now: datetime) -> Counter[str]:
    return Counter(city.doing(camera, now) for camera in city.cameras)


def test_the_calm_city_is_that_of_the_pictures() -> None:
    city = the_city()
    sizes = Counter(camera.unit for camera in city.cameras)
    assert (len(city.cameras), sizes["CUC"], sizes["TPHUE"], sizes["ALUOI"], sizes["NAMDONG"]) == (66, 12, 10, 5, 4)
    assert doings(city, NOW) == {"live": 62, "off": 2, "locked": 1, "black": 1}
    assert doings(city, NOW - timedelta(hours=2))["off"] == 0


def test_a_cut_line_takes_one_site_from_its_minute_on_and_only_on_its_days() -> None:
    city = the_city("link_cut")
    assert doings(city, NOW)["cut"] == 0
    after = NOW + timedelta(minutes=3)
    assert doings(city, after)["cut"] == 5
    assert {camera.unit for camera in city.cameras if city.doing(camera, after) == "cut"} == {"ALUOI"}
    assert doings(city, after - timedelta(days=1))["cut"] == 0


@pytest.mark.parametrize("pack", ["hue", "hue-two-level"])
def test_the_same_seed_and_time_do_the_same_and_cameras_are_away_now_and_then(pack: str) -> None:
    one, two = the_city(pack=pack), the_city(pack=pack)
    hours = [NOW + timedelta(hours=at) for at in range(48)]
    assert [doings(one, at) for at in hours] == [doings(two, at) for at in hours]
    assert len({tuple(sorted(doings(one, at).items())) for at in hours}) > 1
    assert len({camera.path for camera in one.cameras}) == len(one.cameras)


def units_of(city: CityCameras) -> dict[str, str]:
    return {normalised(camera.unit): camera.unit for camera in city.cameras}


def test_its_inventory_is_taken_in_whole_and_holds_no_password(tmp_path: Path) -> None:
    city = the_city()
    path = deliver_inventory(tmp_path, city.inventory(8554, 8051), NOW)
    assert path.name == "camera_den-ngay-2026-11-23T0940.csv" and not list((tmp_path / ".writing").iterdir())
    content = path.read_bytes()
    assert PASSWORD.encode() not in content
    fetched = read_inventory(content, units_of(city))
    assert (len(fetched.records), fetched.refused) == (66, ())
    entry = fetched.records[1]
    assert (entry.camera.purpose, entry.camera.privacy) == (CameraPurpose.RECEPTION, PrivacyClass.CITIZENS)
    assert entry.endpoint.recorder is not None and entry.endpoint.recorder.channel == 2
    assert (entry.endpoint.url, entry.user) == ("rtsp://127.0.0.1:8554/thads/cuc/02", USER)


def test_its_recorder_tells_time_disks_and_recordings() -> None:
    city = the_city()
    app = report_service(Citizens(2027, MOODS["calm"], DAY), lambda: NOW)
    app.register_blueprint(recorder_service(city, lambda: NOW))
    away = next(camera for camera in city.cameras if city.doing(camera, NOW) == "off")
    with serving(app) as address:
        port = int(address.rpartition(":")[2])
        fetched = read_inventory(city.inventory(1, port).encode(), units_of(city))
        by_code = {entry.camera.code: entry.endpoint.recorder for entry in fetched.records}
        recorder = by_code["CUC-01"]
        assert recorder is not None
        assert recording(recorder, LIMITS, NOW).fault is Fault.WRONG_PASSWORD
        known = [_with_login(by_code[code]) for code in ("CUC-01", away.code)]
        assert recorder_clock(known[0], LIMITS, NOW).state is RungState.OK
        assert recording(known[0], LIMITS, NOW).state is RungState.OK
        assert recording(known[1], LIMITS, NOW).fault is Fault.NOT_RECORDING


def _with_login(recorder):  # type: ignore[no-untyped-def]
    return replace(recorder, login=Login(USER, PASSWORD))


@pytest.mark.skipif(FFMPEG is None, reason="no ffmpeg on this machine: no second client for the city's RTSP")
def test_somebody_elses_client_plays_it_with_the_password_and_not_without() -> None:
    service = CameraService(0, the_city(), lambda: NOW, pace=10)
    port = service.start()
    try:
        played = {
            login: _played(f"rtsp://{login}127.0.0.1:{port}/thads/cuc/01") for login in (f"{USER}:{PASSWORD}@", "")
        }
    finally:
        service.shutdown()
        service.server_close()
    assert played[""] == 0
    assert played[f"{USER}:{PASSWORD}@"] == 5 * 80 * 48


def _played(url: str) -> int:
    """How many grey pixels of five frames ffmpeg makes of a stream it asks for itself."""
    run = subprocess.run(
        [str(FFMPEG), "-loglevel", "error", "-rtsp_transport", "tcp", "-i", url, "-frames:v", "5", "-pix_fmt", "gray",
         "-f", "rawvideo", "pipe:1"],
        capture_output=True, timeout=30,
    )  # fmt: skip
    return len(run.stdout)

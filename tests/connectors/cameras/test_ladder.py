"""A whole climb against the demo city's cameras and recorder, and a pass over a hundred that ends in time."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from camera_peers import LOGIN, Talk, device, only_loopback
from ladder_support import LIMITS, NOW, a_camera

from connectors.cameras import frames
from connectors.cameras.endpoint import CameraEndpoint, Login
from connectors.cameras.ladder import Climb, check_camera, check_cameras
from demo_city.camera_service import CameraService
from demo_city.cameras import PASSWORD, USER, CityCameras
from demo_city.moods import MOODS
from demo_city.units import Pack
from domain.cameras import (
    ORDER,
    CameraHealth,
    CameraState,
    Fault,
    PassTimes,
    Rung,
    RungName,
    Turn,
    count_coverage,
    findings_of,
    verdict_of,
)

PACK = Path(__file__).resolve().parents[3] / "data" / "organisations" / "hue-two-level"
FFMPEG = shutil.which("ffmpeg")
CITY = Login(USER, PASSWORD)
CUT_AT = NOW + timedelta(minutes=4)


def the_city(mood: str = "calm") -> CityCameras:
    units = Pack(PACK).units_on(date(2026, 11, 23))
    return CityCameras(units, 2027, MOODS[mood], date(2026, 11, 23))


@contextmanager
def serving(city: CityCameras, now: datetime) -> Iterator[list[CameraEndpoint]]:
    """The city's cameras, pictures ten times as fast, and where they are."""
    service = CameraService(0, city, lambda: now, pace=10)
    port = service.start()
    try:
        yield [CameraEndpoint(one.code, "127.0.0.1", port, one.path, CITY) for one in city.cameras]
    finally:
        service.shutdown()
        service.server_close()


def a_climb(now: datetime = NOW, ffmpeg: str | None = None, within: float = 55) -> Climb:
    return Climb(LIMITS, ffmpeg, now, timedelta(seconds=within))


def test_a_pass_over_the_calm_city_finds_what_is_wrong_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    city = the_city()
    with serving(city, NOW) as endpoints, only_loopback(monkeypatch):
        healths = check_cameras(endpoints, {}, a_climb())
    failing = {code: rung.fault for code, health in healths.items() if (rung := health.first_failing)}
    assert failing == {
        "PHULOC-05": Fault.NO_ANSWER,
        "PHULOC-06": Fault.NO_ANSWER,
        "HUONGTRA-06": Fault.WRONG_PASSWORD,
    }
    assert len(healths) == 66
    # Without a decoder no frame was verified: nothing is confirmed working, and nothing called lost for it.
    verdicts = {code: verdict_of(health, LIMITS, NOW) for code, health in healths.items()}
    cameras = [a_camera(one.code, one.unit, one.unit) for one in city.cameras]
    counted = count_coverage(cameras, verdicts)
    assert (counted.installed, counted.working, counted.failing, counted.unknown) == (66, 0, 3, 63)


def test_a_cut_line_is_one_finding_and_its_cameras_are_unknown_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.cameras.rtsp.describe.__defaults__", (timedelta(seconds=1),))
    city = the_city("link_cut")
    with serving(city, CUT_AT) as endpoints:
        healths = check_cameras(endpoints, {}, a_climb(CUT_AT))
    cameras = [a_camera(one.code, one.unit, one.unit) for one in city.cameras]
    times = PassTimes(CUT_AT, CUT_AT - timedelta(minutes=1), timedelta(minutes=1))
    found = findings_of(cameras, healths, times, LIMITS)
    assert [(site.site, site.title) for site in found.sites] == [("ALUOI", "Mất liên kết cơ sở (5 camera)")]
    assert {one.camera.code for one in found.cameras} == {"PHULOC-05", "PHULOC-06", "HUONGTRA-06"}
    verdicts = {code: verdict_of(health, LIMITS, CUT_AT) for code, health in healths.items()}
    counted = count_coverage(cameras, verdicts, found.hidden_cameras)
    assert (counted.failing, counted.installed) == (3, 66)


@pytest.mark.skipif(FFMPEG is None, reason="no ffmpeg on this machine: nothing can be decoded")
def test_with_a_decoder_cameras_are_confirmed_and_a_black_one_is_not() -> None:
    city = the_city()
    with serving(city, NOW) as endpoints:
        chosen = [one for one in endpoints if one.camera in {"CUC-01", "CUC-02", "PHONGDIEN-06", "PHULOC-05"}]
        healths = check_cameras(chosen, {}, a_climb(ffmpeg=FFMPEG))
    states = {code: verdict_of(health, LIMITS, NOW + timedelta(minutes=1)).state for code, health in healths.items()}
    assert states == {
        "CUC-01": CameraState.WORKING,
        "CUC-02": CameraState.WORKING,
        "PHONGDIEN-06": CameraState.UNUSABLE,
        "PHULOC-05": CameraState.LOST,
    }


def test_the_rungs_above_a_failing_one_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "look", lambda *_: pytest.fail("a picture was asked of a camera that is locked"))
    with serving(the_city(), NOW) as endpoints:
        locked = next(one for one in endpoints if one.camera == "HUONGTRA-06")
        health = check_camera(locked, CameraHealth(locked.camera), Turn(True, True, True), a_climb())
    assert [rung.state for rung in health.in_order()] == ["ok", "bad", *["unknown"] * 5]
    assert all(rung.is_blocked for rung in list(health.in_order())[2:])


def test_while_a_password_is_refused_only_the_port_is_tried() -> None:
    asked: list[str] = []

    def behave(talk: Talk) -> None:
        while request := talk.hear():
            asked.append(request)
            talk.say("401 No", 'WWW-Authenticate: Digest realm="r", nonce="n"')

    with device(behave) as (port, _):
        camera = CameraEndpoint("C1", "127.0.0.1", port, "/live", LOGIN)
        healths = check_cameras([camera], {}, a_climb())
        first = len(asked)
        healths = check_cameras([camera], healths, a_climb(NOW + timedelta(minutes=1)))
        assert len(asked) == first
        assert verdict_of(healths["C1"], LIMITS, NOW + timedelta(minutes=1)).state is CameraState.MISCONFIGURED
        check_cameras([camera], healths, a_climb(NOW + timedelta(minutes=10)))
        assert len(asked) == 2 * first


def test_what_is_not_configured_is_unknown_and_what_is_not_due_stays() -> None:
    with serving(the_city(), NOW) as endpoints:
        health = check_camera(endpoints[0], CameraHealth("CUC-01"), Turn(True, True, True), a_climb())
        later = check_camera(endpoints[0], health, Turn(), a_climb(NOW + timedelta(minutes=1)))
    assert "ffmpeg" in health.rungs[RungName.DECODES].reason
    assert health.rungs[RungName.CLOCK].reason == "Chưa khai báo ONVIF hoặc đầu ghi."
    assert [rung.state for rung in health.in_order()] == ["ok"] * 3 + ["unknown"] * 4
    assert all(later.rungs[name] is health.rungs[name] for name in ORDER[3:])
    assert later.rungs[RungName.REACHABLE].at >= NOW + timedelta(minutes=1)


def test_a_hundred_silent_cameras_end_within_the_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.cameras.rtsp.BUDGET", timedelta(seconds=0.2))
    monkeypatch.setattr("connectors.cameras.rtsp.describe.__defaults__", (timedelta(seconds=0.2),))

    def behave(talk: Talk) -> None:
        while talk.hear():
            pass

    with device(behave) as (port, _):
        cameras = [CameraEndpoint(f"C{at}", "127.0.0.1", port, "/live") for at in range(100)]
        began = time.monotonic()
        healths = check_cameras(cameras, {}, a_climb())
        assert time.monotonic() - began < 6
        assert all(health.first_failing is not None for health in healths.values())
        # A pass that has no time left tells what it knows, and leaves the rest as it was.
        began = time.monotonic()
        again = check_cameras(cameras, healths, a_climb(NOW + timedelta(minutes=1), within=0.5))
        assert time.monotonic() - began < 1.5
    untouched = sum(again[code] is healths[code] for code in healths)
    assert 0 < untouched < 100


def test_a_camera_that_was_not_reached_in_one_pass_comes_first_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def behave(talk: Talk) -> None:
        if request := talk.hear():
            order.append(request.split()[1].rpartition("/")[2])

    old = CameraHealth("C1", {RungName.REACHABLE: Rung.good(RungName.REACHABLE, NOW - timedelta(minutes=2))})
    new = replace(old, camera="C0", rungs={RungName.REACHABLE: Rung.good(RungName.REACHABLE, NOW)})
    with device(behave) as (port, _):
        cameras = [CameraEndpoint(code, "127.0.0.1", port, f"/{code}") for code in ("C0", "C1")]
        monkeypatch.setattr("connectors.cameras.ladder.AT_ONCE", 1)
        check_cameras(cameras, {"C0": new, "C1": old}, a_climb())
    assert order == ["C1", "C0"]


def test_a_clock_is_compared_with_the_instant_it_was_asked() -> None:
    climb = Climb(LIMITS, None, NOW, began=time.monotonic() - 40)
    assert timedelta(seconds=40) <= climb.at() - NOW < timedelta(seconds=42)
    assert climb.has_time_for(timedelta(seconds=14)) and not climb.has_time_for(timedelta(seconds=16))

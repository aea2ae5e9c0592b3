"""The demo city's recorder asked by a client of others for Hikvision's ISAPI (pyHik), beside our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from camera_peers import only_loopback
from flask import Flask
from ladder_support import LIMITS
from web_source_support import serving

from connectors.cameras.endpoint import Login, RecorderEndpoint
from connectors.cameras.isapi import recorder_clock, recording
from demo_city.cameras import PASSWORD, USER, CityCameras
from demo_city.moods import MOODS
from demo_city.recorder_service import recorder_service
from demo_city.units import Pack
from domain.cameras import RungState

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
PACK = Path(__file__).resolve().parents[2] / "data" / "organisations" / "hue-two-level"
Peer = Callable[[str], ModuleType]


@pytest.fixture(scope="module")
def city() -> CityCameras:
    return CityCameras(Pack(PACK).units_on(date(2026, 11, 23)), 2027, MOODS["calm"], date(2026, 11, 23))


@pytest.fixture(scope="module")
def port(city: CityCameras) -> Iterator[int]:
    app = Flask("recorder")
    app.register_blueprint(recorder_service(city, lambda: NOW))
    with serving(app) as address:
        yield int(address.rpartition(":")[2])


def pyhik(peer: Peer, port: int, password: str = PASSWORD) -> Any:
    return peer("pyhik.isapi").ISAPIClient("127.0.0.1", port, USER, password)


def test_a_client_of_others_logs_in_and_reads_name_and_disks(
    peer: Peer, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with only_loopback(monkeypatch), pyhik(peer, port) as client:
        assert client.get_device_type() == "NVR" and client.get_device_serial() == "DVRMAU2027"
        assert [disk.status for disk in client.get_storage_devices()] == ["ok", "ok"]


def test_a_client_of_others_with_a_wrong_password_is_refused(peer: Peer, port: int) -> None:
    isapi = peer("pyhik.isapi")
    with pyhik(peer, port, "sai") as client, pytest.raises(isapi.ISAPIAuthError):
        client.get_storage_devices()


def test_a_client_of_others_and_ours_find_the_same_newest_recording(
    peer: Peer, port: int, city: CityCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    states: dict[RungState, set[int]] = {RungState.OK: set(), RungState.BAD: set()}
    with only_loopback(monkeypatch):
        client = peer("pyhik.hikvision").HikCamera("127.0.0.1", port, USER, PASSWORD)
        for channel in range(1, 13):
            found = client.search_recordings(channel * 100 + 1, NOW - timedelta(minutes=30), NOW)
            ours = recording(RecorderEndpoint("127.0.0.1", port, channel, Login(USER, PASSWORD)), LIMITS, NOW)
            states[ours.state].add(len(found))
            assert all(one.end_time <= NOW for one in found)
        clock = recorder_clock(RecorderEndpoint("127.0.0.1", port, 1, Login(USER, PASSWORD)), LIMITS, NOW)
    assert states[RungState.OK] == {2} and states[RungState.BAD] <= {0}
    assert client.name == "DVR (du lieu mau)" and clock.state is RungState.OK

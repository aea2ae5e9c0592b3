"""The clock by ONVIF: of replies others recorded on real cameras, and of a device whose service is not ours."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from camera_peers import only_loopback
from flask import Flask, Response, request
from ladder_support import LIMITS
from onvif_replay import hosts_named, recorded, replaying, rewritten
from web_source_support import answering, serving

from connectors.cameras.endpoint import CameraEndpoint, Login
from connectors.cameras.onvif_clock import PATH, onvif_clock
from domain.cameras import Fault, Rung, RungState

# When the camera of the recorded reply answered, by its own clock.
RECORDED_AT = datetime(2014, 12, 24, 19, 14, 37, tzinfo=UTC)
LOGIN = Login("giamsat", "mật khẩu 1")


def asked_at(port: int, now: datetime, login: Login | None = None) -> Rung:
    return onvif_clock(CameraEndpoint("C1", "127.0.0.1", 1, "/x", login, onvif_port=port), LIMITS, now)


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


@pytest.mark.parametrize(
    ("ahead", "state", "said"),
    [(0, RungState.OK, ""), (400, RungState.BAD, "chậm 6 phút"), (-25_230, RungState.BAD, "nhanh 7 giờ")],
)
def test_the_clock_of_a_recorded_camera_is_read(
    recorded_onvif: Path, ahead: int, state: RungState, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with replaying(recorded_onvif) as (port, asked), only_loopback(monkeypatch) as connected:
        rung = asked_at(port, RECORDED_AT + timedelta(seconds=ahead))
    assert (rung.state, said in rung.reason) == (state, True), rung
    assert asked == ["GetSystemDateAndTime"]
    assert connected == [("127.0.0.1", port)]


def test_every_recorded_reply_names_only_this_machine_once_rewritten(recorded_onvif: Path) -> None:
    replies = sorted(recorded_onvif.glob("*.xml"))
    assert len(replies) > 50
    foreign = {name.name for name in replies if hosts_named(name.read_text(encoding="utf-8")) - {"127.0.0.1"}}
    assert "GetCapabilities.xml" in foreign and "GetStreamUri.xml" in foreign
    for name in replies:
        told = hosts_named(rewritten(name.read_text(encoding="utf-8"), 8000))
        assert all(host.startswith(("127.", "255.")) for host in told), (name.name, told)


def test_no_recorded_reply_leads_to_the_host_it_names(recorded_onvif: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each recorded reply as it is, cameras' own addresses and all, for an answer to the question for the time."""
    replies = sorted(recorded_onvif.glob("*.xml"))
    told = iter(replies)
    with (
        answering(lambda _asked: Response(next(told).read_bytes(), 200)) as (address, asked),
        only_loopback(monkeypatch) as connected,
    ):
        states = {file.name: asked_at(port_of(address), RECORDED_AT).state for file in replies}
    assert {name for name, state in states.items() if state is not RungState.UNKNOWN} == {"GetSystemDateAndTime.xml"}
    assert connected == [("127.0.0.1", port_of(address))] * len(replies) and len(asked) == len(replies)


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_to_the_recorded_address_is_not_followed(
    recorded_onvif: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = hosts_named(recorded(recorded_onvif, "GetServices") or "")
    elsewhere = next(host for host in sorted(named) if host.startswith("192.168."))
    away = Response(b"", code, {"Location": f"http://{elsewhere}{PATH}"})
    with answering(lambda _asked: away) as (address, asked), only_loopback(monkeypatch) as connected:
        rung = asked_at(port_of(address), RECORDED_AT, LOGIN)
    assert rung.state is RungState.UNKNOWN and str(code) in rung.reason
    assert connected == [("127.0.0.1", port_of(address))] and len(asked) == 1


def test_what_was_never_recorded_is_a_fault_and_not_a_time(tmp_path: Path) -> None:
    with replaying(tmp_path) as (port, asked):
        rung = asked_at(port, RECORDED_AT)
    assert rung.state is RungState.UNKNOWN and asked == ["GetSystemDateAndTime"]


@pytest.fixture
def ipycam(peer: Callable[[str], ModuleType]) -> ModuleType:
    """ipycam's ONVIF service (MIT), without its pictures."""
    return peer("ipycam.onvif")


def a_device(ipycam: ModuleType) -> Flask:
    """Its service behind the login of LOGIN; only the HTTP around it is ours, and refuses as its own does."""
    config = sys.modules["ipycam.config"].CameraConfig(local_ip="127.0.0.1", username=LOGIN.user, password=LOGIN.secret)
    service, app = ipycam.ONVIFService(config), Flask("ipycam_on_loopback")

    @app.post(PATH)
    def answer() -> Response:
        question = request.get_data(as_text=True)
        if not service.verify_usernametoken(question):
            return Response(service.fault("Sender not authorized"), 401, mimetype="application/soap+xml")
        return Response(service.handle_action("GetSystemDateAndTime", question), mimetype="application/soap+xml")

    return app


def test_a_device_of_others_takes_our_token_and_tells_its_clock(
    ipycam: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(a_device(ipycam)) as address, only_loopback(monkeypatch) as connected:
        rung = asked_at(port_of(address), datetime.now(UTC), LOGIN)
    assert rung.state is RungState.OK and not rung.warns, rung
    # Once without a token, once with: the second is the one its own code has checked.
    assert connected == [("127.0.0.1", port_of(address))] * 2


@pytest.mark.parametrize("login", [None, Login(LOGIN.user, "sai"), Login("khac", LOGIN.secret)])
def test_a_device_of_others_refuses_a_wrong_token(ipycam: ModuleType, login: Login | None) -> None:
    with serving(a_device(ipycam)) as address:
        rung = asked_at(port_of(address), datetime.now(UTC), login)
    assert rung.state is RungState.UNKNOWN and rung.fault is Fault.WRONG_PASSWORD, rung


def test_a_device_of_others_refuses_a_token_of_another_hour(ipycam: ModuleType) -> None:
    with serving(a_device(ipycam)) as address:
        rung = asked_at(port_of(address), datetime.now(UTC) - timedelta(hours=1), LOGIN)
    assert rung.fault is Fault.WRONG_PASSWORD, rung

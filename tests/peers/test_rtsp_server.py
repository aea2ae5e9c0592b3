"""The ladder against a server and encoders that are not ours: GStreamer. `make test-peers` installs what it needs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from camera_peers import endpoint, only_loopback
from gstreamer_peer import MISSING, has_gstreamer, rtsp_server
from ladder_support import LIMITS, NOW

from connectors.cameras.endpoint import Login
from connectors.cameras.frames import look
from connectors.cameras.ladder import Climb, check_camera
from connectors.cameras.rtsp import describe
from domain.cameras import CameraHealth, Fault, RungName, RungState, Turn

FFMPEG = shutil.which("ffmpeg")
LOGIN = Login("giamsat", "mat-khau-1")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where the server listens; skipped aloud where the system's Python has none."""
    if not has_gstreamer():
        pytest.skip(MISSING)
    with rtsp_server(LOGIN) as found:
        yield found


def test_the_right_password_describes_a_video(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with only_loopback(monkeypatch):
        seen = describe(endpoint(port, "/live", LOGIN), NOW)
    assert [rung.state for rung in seen.rungs] == ["ok", "ok", "ok"], seen
    assert seen.video is not None and seen.video.codec == "H264"


def test_a_wrong_password_and_none_are_misconfigured(port: int) -> None:
    for login in (Login(LOGIN.user, "sai"), None):
        assert describe(endpoint(port, "/live", login), NOW).rungs[-1].fault is Fault.WRONG_PASSWORD


def test_an_unknown_path_is_a_wrong_path(port: int) -> None:
    seen = describe(endpoint(port, "/none", LOGIN), NOW)
    assert seen.rungs[-1].fault is Fault.WRONG_PATH, seen


def test_one_question_right_after_another_finds_the_same(port: int) -> None:
    """The server takes a shared stream down behind each question and is busy for that moment."""
    seen = [describe(endpoint(port, "/live", LOGIN), NOW).rungs[-1] for _ in range(12)]
    assert [rung.state for rung in seen] == ["ok"] * 12, seen


@pytest.mark.slow
@pytest.mark.skipif(FFMPEG is None, reason="no ffmpeg on this machine: nothing can be decoded")
def test_the_picture_right_after_the_description_is_no_lost_one(port: int) -> None:
    for _ in range(3):
        climb = Climb(LIMITS, FFMPEG, NOW)
        health = check_camera(endpoint(port, "/live", LOGIN), CameraHealth("C1"), Turn(True, True, False), climb)
        assert health.rungs[RungName.USABLE].state is RungState.OK, health


@pytest.mark.slow
@pytest.mark.skipif(FFMPEG is None, reason="no ffmpeg on this machine: nothing can be decoded")
@pytest.mark.parametrize(
    ("path", "fault"),
    [("/live", None), ("/black", Fault.BLACK), ("/frozen", Fault.FROZEN), ("/snow", None), ("/h265", None)],
)
def test_what_a_real_encoder_sends_is_decoded_and_judged(
    port: int, path: str, fault: Fault | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if path == "/h265" and subprocess.run(["gst-inspect-1.0", "x265enc"], capture_output=True).returncode:
        pytest.skip("no x265enc in this GStreamer")
    with only_loopback(monkeypatch):
        seen = look(endpoint(port, path, LOGIN), FFMPEG, 2, LIMITS, NOW)
    assert seen.rungs[0].state is RungState.OK, seen
    assert seen.rungs[1].fault is fault, seen

"""Rungs 4 and 5: pictures made here, raw or as a stream, are measured; with ffmpeg they are really decoded."""

from __future__ import annotations

import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from camera_peers import SDP, Behaviour, Talk, device, endpoint, only_loopback
from ladder_support import LIMITS, NOW
from numpy.typing import NDArray

from connectors.cameras import frames
from connectors.cameras.frames import FRAME, HEIGHT, WIDTH, decode, look, measure
from connectors.cameras.rtp import START, AnnexB
from connectors.cameras.sdp import VideoTrack, first_video
from demo_city.video import blocks_of, key_frame, parameter_sets, rtp_packets
from domain.cameras import Fault, RungName, RungState, judge_picture

FFMPEG = shutil.which("ffmpeg")
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="no ffmpeg on this machine: nothing can be decoded")
RANDOM = np.random.default_rng(2027)


def still(level: int, number: int = 30) -> NDArray[np.uint8]:
    return np.full((number, HEIGHT, WIDTH), level, np.uint8)


def a_ball_on_black() -> NDArray[np.uint8]:
    """What made a test by the mean alone cry wolf: dark on average, and yet a picture."""
    made = still(0)
    for at in range(len(made)):
        made[at, 40:52, 10 + at * 4 : 22 + at * 4] = 255
    return made


def noise() -> NDArray[np.uint8]:
    return RANDOM.integers(0, 256, (30, HEIGHT, WIDTH), dtype=np.uint8)


def a_quiet_yard() -> NDArray[np.uint8]:
    """Nothing moves, but a living sensor has noise."""
    yard = np.tile(np.linspace(60, 140, WIDTH, dtype=np.uint8), (30, HEIGHT, 1))
    return yard + RANDOM.integers(0, 3, yard.shape, dtype=np.uint8)


def a_still_picture_with_a_clock() -> NDArray[np.uint8]:
    made = np.tile(np.linspace(60, 140, WIDTH, dtype=np.uint8), (30, HEIGHT, 1))
    made[:, 2:10, 100:150] = RANDOM.integers(0, 256, (30, 8, 50), dtype=np.uint8)
    return made


def a_black_picture_with_a_name() -> NDArray[np.uint8]:
    made = still(0)
    made[:, HEIGHT - 10 : HEIGHT - 3, 5:60] = 255
    return made


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (a_ball_on_black(), None),
        (still(0), Fault.BLACK),
        (a_black_picture_with_a_name(), Fault.BLACK),
        (still(120), Fault.FROZEN),
        (a_still_picture_with_a_clock(), Fault.FROZEN),
        (noise(), None),
        (a_quiet_yard(), None),
    ],
    ids=["ball", "black", "black with a name", "frozen", "frozen with a clock", "noise", "quiet yard"],
)
def test_raw_pictures_are_judged_after_three_samples(made: NDArray[np.uint8], fault: Fault | None) -> None:
    facts = measure(made)
    assert 0 <= facts.mean <= 255 and facts.difference is not None
    rung, _ = judge_picture(facts, 2, LIMITS, NOW)
    assert rung.fault is fault, (facts, rung)


def test_one_frame_has_no_movement_and_five_have_some() -> None:
    assert measure(still(9, 1)).difference is None
    assert measure(noise()[:5]).difference is not None


def stream_of(what: str, number: int = 33) -> bytes:
    units = [*parameter_sets(), *(key_frame(blocks_of(what, "a", at), at) for at in range(number))]
    return b"".join(START + unit for unit in units)


def test_packets_and_parts_become_the_stream_they_were_made_of() -> None:
    kept = AnnexB(VideoTrack("H264", 96, ""))
    sequence = 0
    for at in range(33):
        for unit in (*parameter_sets(), key_frame(blocks_of("live", "a", at), at)):
            for packet in rtp_packets(unit, sequence, at * 9000):
                kept.take(packet)
                sequence += 1
    frame = START + key_frame(blocks_of("live", "a", 32), 32)
    assert kept.stream().startswith(stream_of("live", 1)) and kept.stream().endswith(frame)
    assert round(kept.seconds, 2) == 3.2


def test_what_comes_before_the_first_key_frame_is_left_out() -> None:
    kept = AnnexB(VideoTrack("H264", 96, ""))
    kept.take(next(rtp_packets(b"\x41" + bytes(20), 0, 0)))
    assert not kept.has_key_frame and kept.stream() == b""


@needs_ffmpeg
@pytest.mark.parametrize(("what", "fault"), [("live", None), ("black", Fault.BLACK), ("frozen", Fault.FROZEN)])
def test_a_decoder_sees_what_was_sent(what: str, fault: Fault | None) -> None:
    seen = decode(str(FFMPEG), "h264", stream_of(what), timedelta(seconds=60))
    assert seen is not None and seen.shape == (33, HEIGHT, WIDTH)
    assert judge_picture(measure(seen), 2, LIMITS, NOW)[0].fault is fault


@needs_ffmpeg
@pytest.mark.parametrize("broken", [b"", b"\x00" * 5000, RANDOM.bytes(20_000), stream_of("live", 2)[:300]])
def test_what_is_no_video_gives_no_frame(broken: bytes) -> None:
    seen = decode(str(FFMPEG), "h264", broken, timedelta(seconds=60))
    assert seen is not None and len(seen) <= 1


@needs_ffmpeg
@pytest.mark.parametrize(("encoder", "codec"), [("libx264", "H264"), ("libx265", "H265")])
def test_real_encoders_are_read_through_real_packets(encoder: str, codec: str) -> None:
    made = subprocess.run(
        [str(FFMPEG), "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=2",
         "-pix_fmt", "yuv420p", "-c:v", encoder, "-f", frames_name(codec), "pipe:1"],
        capture_output=True,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"this ffmpeg has no {encoder}")
    kept = AnnexB(VideoTrack(codec, 96, ""))
    units = [unit for unit in made.stdout.replace(START, START[1:]).split(START[1:]) if unit]
    for at, unit in enumerate(units):
        for packet in packed(unit, at, codec):
            kept.take(packet)
    seen = decode(str(FFMPEG), frames_name(codec), kept.stream(), timedelta(seconds=60))
    assert seen is not None and len(seen) == 50
    assert judge_picture(measure(seen), 2, LIMITS, NOW)[0].state is RungState.OK


def frames_name(codec: str) -> str:
    return {"H264": "h264", "H265": "hevc"}[codec]


def packed(unit: bytes, at: int, codec: str) -> Iterator[bytes]:
    """RTP as RFC 6184 and RFC 7798 cut it; the second written here, since the city speaks H.264 only."""
    if codec == "H264" or len(unit) <= 1000:
        yield from rtp_packets(unit, at, at * 3600)
        return
    kind = unit[0] >> 1 & 0x3F
    parts = [unit[begin : begin + 1000] for begin in range(2, len(unit), 1000)]
    for number, part in enumerate(parts):
        flags = (0x80 if number == 0 else 0) | (0x40 if number == len(parts) - 1 else 0) | kind
        head = bytes([unit[0] & 0x81 | 49 << 1, unit[1], flags])
        yield b"\x80\x60" + bytes(2) + (at * 3600).to_bytes(4, "big") + b"TEST" + head + part


def plays(what: str, content_base: str = "", control: str = "trackID=1") -> Behaviour:
    """Makes a device that sends a whole sample at once."""

    def behave(talk: Talk) -> None:
        while request := talk.hear():
            if request.startswith("DESCRIBE"):
                body = SDP.replace("trackID=1", control)
                talk.say("200 OK", *([f"Content-Base: {content_base}"] if content_base else []), body=body)
            elif request.startswith("SETUP"):
                talk.say("200 OK", "Session: 77;timeout=60", "Transport: RTP/AVP/TCP;interleaved=4-5;source=10.9.8.7")
            elif request.startswith("PLAY"):
                talk.say("200 OK", "Session: 77")
                play(talk, what)

    return behave


def play(talk: Talk, what: str) -> None:
    sequence = 0
    for at in range(40):
        for unit in (*parameter_sets(), key_frame(blocks_of(what, "a", at), at)):
            for packet in rtp_packets(unit, sequence, at * 9000):
                sequence += 1
                talk.connection.sendall(b"$\x04" + len(packet).to_bytes(2, "big") + packet)


@needs_ffmpeg
def test_a_camera_is_looked_at_over_one_connection_to_the_configured_address(monkeypatch: pytest.MonkeyPatch) -> None:
    behaviour = plays("live", "rtsp://10.9.8.7:99/else/", "rtsp://10.9.8.7:99/else/track9?x=1")
    with device(behaviour) as (port, talks), only_loopback(monkeypatch) as connected:
        seen = look(endpoint(port, login=None), FFMPEG, 0, LIMITS, NOW)
    assert [(rung.name, rung.state) for rung in seen.rungs] == [
        (RungName.DECODES, RungState.OK),
        (RungName.USABLE, RungState.OK),
    ]
    assert seen.is_frame and connected == [("127.0.0.1", port)]
    urls = [request.split()[1] for request in talks[0].requests]
    assert urls[:3] == [f"rtsp://127.0.0.1:{port}{path}" for path in ("/live", "/else/track9?x=1", "/else/")]


def test_without_ffmpeg_it_is_said_and_nobody_is_asked() -> None:
    with device(plays("live")) as (port, talks):
        seen = look(endpoint(port), None, 2, LIMITS, NOW)
    (rung,) = seen.rungs
    assert (rung.state, "ffmpeg" in rung.reason, seen.still_samples, talks) == (RungState.UNKNOWN, True, 2, [])


def test_an_unknown_codec_is_unknown_not_bad() -> None:
    def behave(talk: Talk) -> None:
        talk.hear()
        talk.say("200 OK", body=SDP.replace("H264", "MP4V-ES<b>"))

    with device(behave) as (port, _):
        seen = look(endpoint(port, login=None), "/bin/false", 0, LIMITS, NOW)
    assert (seen.rungs[0].state, "MP4V-ESB." in seen.rungs[0].reason) == (RungState.UNKNOWN, True), seen


def test_a_camera_that_describes_and_sends_nothing_does_not_decode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "LISTEN_FOR", timedelta(seconds=0.4))

    def behave(talk: Talk) -> None:
        while request := talk.hear():
            talk.say("200 OK", "Session: 1", body=SDP if request.startswith("DESCRIBE") else "")

    with device(behave) as (port, _):
        seen = look(endpoint(port, login=None), "/bin/false", 0, LIMITS, NOW)
    assert (seen.rungs[0].name, seen.rungs[0].fault) == (RungName.DECODES, Fault.NO_FRAME)


def a_program(folder: Path, text: str) -> str:
    path = folder / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_decoder_that_hangs_is_stopped_at_its_deadline(tmp_path: Path) -> None:
    began = time.monotonic()
    much = b"x" * 3_000_000
    assert decode(a_program(tmp_path, "exec sleep 30"), "h264", much, timedelta(seconds=0.3)) is None
    assert time.monotonic() - began < 3


def test_a_decoder_that_cannot_be_started_is_our_trouble_not_the_cameras(tmp_path: Path) -> None:
    with device(plays("live")) as (port, _):
        seen = look(endpoint(port, login=None), str(tmp_path / "none"), 1, LIMITS, NOW)
    assert (seen.rungs[0].state, seen.still_samples) == (RungState.UNKNOWN, 1)


def test_a_decoder_that_ends_before_it_has_heard_all_gives_no_frame(tmp_path: Path) -> None:
    seen = decode(a_program(tmp_path, "exit 1"), "h264", b"x" * 3_000_000, timedelta(seconds=5))
    assert seen is not None and len(seen) == 0


def test_half_a_frame_of_a_decoder_is_no_frame(tmp_path: Path) -> None:
    program = a_program(tmp_path, f"cat >/dev/null; head -c {FRAME + 7} /dev/zero")
    seen = decode(program, "h264", b"x", timedelta(seconds=5))
    assert seen is not None and seen.shape == (1, HEIGHT, WIDTH)


def test_the_decoder_is_told_neither_address_nor_password(tmp_path: Path) -> None:
    program = a_program(tmp_path, f'echo "$@" > {tmp_path}/told; env >> {tmp_path}/told; cat >/dev/null')
    with device(plays("live")) as (port, _):
        look(endpoint(port), program, 0, LIMITS, NOW)
    told = (tmp_path / "told").read_text()
    assert "pipe:0" in told
    assert not [word for word in ("rtsp", "127.0.0.1", "giamsat", "mật", str(port)) if word in told]


def test_parameter_sets_of_the_description_come_first() -> None:
    video = first_video(b"m=video 0 RTP/AVP 97\na=rtpmap:97 H264/90000\na=fmtp:97 sprop-parameter-sets=Z0IACg==,aM4=\n")
    assert video is not None and video.parameters == (b"\x67\x42\x00\x0a", b"\x68\xce")
    assert AnnexB(video).stream() == START + b"\x67\x42\x00\x0a" + START + b"\x68\xce"

"""Rungs 4 and 5: a frame decodes, and the picture is neither black nor frozen. The pictures are measured and dropped.

ffmpeg is an external program and is given bytes on its standard input: it opens no connection (only `pipe` is on its
list of protocols) and is told neither the address nor the password, so its command line has nothing for `ps` to show.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from connectors.cameras.endpoint import CameraEndpoint
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.cameras.stream import CodecUnknown, sample_video
from domain.cameras import CameraLimits, Fault, PictureFacts, Rung, RungName, judge_picture

WIDTH, HEIGHT = 160, 90
FRAME = WIDTH * HEIGHT
MOST_FRAMES = 120
# A key frame and three seconds of video take up to six; the rest is the decoder's. feeds.md asks for 8 s at least.
LISTEN_FOR = timedelta(seconds=6.5)
DECODE_FOR = timedelta(seconds=4)
# Listening is waiting, decoding is work: so many decoders at once leave the machine to the others.
DECODERS = threading.BoundedSemaphore(2)
WAIT_FOR = timedelta(seconds=9)
# The longest a look can take.
BUDGET = LISTEN_FOR + WAIT_FOR + DECODE_FOR
# Cameras write their clock and name into the upper and lower edge: it moves while the picture stands still.
MASKED = 0.15
# numpy holds a few frames only; this is what two neighbouring ones must be apart at least, so that slow things move.
APART = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """Rungs 4 and 5, and how many samples in a row are still now; `is_frame` whether a usable frame was seen."""

    rungs: tuple[Rung, ...]
    still_samples: int
    is_frame: bool = False


def look(endpoint: CameraEndpoint, ffmpeg: str | None, still_before: int, limits: CameraLimits, now: datetime) -> Seen:
    """Listen to a camera for some seconds and judge what is seen; no exception leaves here. `ffmpeg` is the path of
    the program, None where it is not installed."""
    if ffmpeg is None:
        return _unknown("Máy chủ chưa cài ffmpeg nên chưa giải mã được hình.", still_before, now)
    try:
        codec, video = sample_video(endpoint, time.monotonic() + LISTEN_FOR.total_seconds())
    except CodecUnknown as error:
        return _unknown(f"Chưa đọc được chuẩn nén hình {error}.", still_before, now)
    except WireTrouble as trouble:
        return Seen((Rung.bad(RungName.DECODES, now, Fault.NO_FRAME, trouble.reason),), 0)
    if not DECODERS.acquire(timeout=WAIT_FOR.total_seconds()):
        return _unknown("Máy chủ bận, chưa giải mã kịp.", still_before, now)
    try:
        frames = decode(ffmpeg, codec, video, DECODE_FOR)
    except OSError:
        return _unknown("Không chạy được ffmpeg trên máy chủ.", still_before, now)
    finally:
        DECODERS.release()
    if frames is None:
        # Our own machine may be the one that is slow.
        return _unknown("Giải mã hình quá lâu trên máy chủ.", still_before, now)
    if not len(frames):
        return Seen((Rung.bad(RungName.DECODES, now, Fault.NO_FRAME, "Không giải mã được khung hình nào."),), 0)
    usable, still = judge_picture(measure(frames), still_before, limits, now)
    return Seen((Rung.good(RungName.DECODES, now), usable), still, is_frame=usable.fault is None)


def decode(ffmpeg: str, codec: str, video: bytes, budget: timedelta) -> NDArray[np.uint8] | None:
    """Small grey frames (number, height, width) of a piece of video; None when the decoder did not end in time and
    was stopped. Raises OSError when the program cannot be started."""
    try:
        told = decoded_by(_command(ffmpeg, codec), video, budget)
    except subprocess.TimeoutExpired:
        return None
    number = min(len(told) // FRAME, MOST_FRAMES)
    return np.frombuffer(told[: number * FRAME], np.uint8).reshape(number, HEIGHT, WIDTH)


def decoded_by(command: Sequence[str], video: bytes, budget: timedelta) -> bytes:
    """What the decoder says of a piece of video on its standard output. Raises OSError when it cannot be started,
    TimeoutExpired when it did not end in time; it is stopped either way."""
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin"},
    )
    with child:
        try:
            told, _ = child.communicate(video, timeout=budget.total_seconds())
        finally:
            child.kill()
    return told


def _command(ffmpeg: str, codec: str) -> Sequence[str]:
    """One thread, bounded memory and picture size, no protocol but the pipes. Nearest pixels instead of means keep the
    noise of a living sensor, by which a quiet picture differs from a frozen one."""
    return [
        ffmpeg, "-hide_banner", "-nostdin", "-loglevel", "quiet", "-max_alloc", "200000000",
        "-protocol_whitelist", "pipe", "-threads", "1", "-max_pixels", "40000000", "-f", codec, "-i", "pipe:0",
        "-an", "-sn", "-dn", "-filter_threads", "1", "-vf", f"scale={WIDTH}:{HEIGHT}:flags=neighbor,format=gray",
        "-fps_mode", "passthrough", "-frames:v", str(MOST_FRAMES), "-f", "rawvideo", "pipe:1",
    ]  # fmt: skip


def measure(frames: NDArray[np.uint8]) -> PictureFacts:
    """Luma and movement of a sample, without the edges that carry text. Mean and deviation are the largest of any
    frame: one that is not black is enough."""
    edge = int(frames.shape[1] * MASKED)
    inner = frames[:, edge : frames.shape[1] - edge or None].astype(np.float32)
    flat = inner.reshape(len(inner), -1)
    chosen = flat[:: max(1, min(APART, (len(flat) - 1) // 4))]
    difference = float(np.abs(np.diff(chosen, axis=0)).mean(axis=1).max()) if len(chosen) > 1 else None
    return PictureFacts(float(flat.mean(axis=1).max()), float(flat.std(axis=1).max()), difference)


def _unknown(reason: str, still_before: int, now: datetime) -> Seen:
    return Seen((Rung.unknown(RungName.DECODES, now, reason),), still_before)

"""One picture of a camera as it is now, for somebody who may see it; bytes pass through memory only."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from connectors.base import SourceUnavailable
from connectors.cameras.endpoint import CameraEndpoint
from connectors.cameras.frames import DECODE_FOR, DECODERS, LISTEN_FOR, decoded_by
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.cameras.stream import CodecUnknown, sample_video

WIDTH, HEIGHT = 960, 540
# A pass over all cameras may be decoding; a person does not wait for long.
WAIT_FOR = timedelta(seconds=4)
# Each look holds a thread of the web server for some seconds.
LOOKS = threading.BoundedSemaphore(4)
NO_DECODER = "Máy chủ chưa cài ffmpeg nên chưa giải mã được hình."
Picture = NDArray[np.uint8]


def take_still(endpoint: CameraEndpoint, ffmpeg: str | None) -> Picture:
    """A picture (540, 960, 3: red, green, blue), with black edges where the camera's is of another shape; within
    fifteen seconds. Raises SourceUnavailable, with the reason in Vietnamese."""
    if ffmpeg is None:
        raise SourceUnavailable(NO_DECODER)
    if not LOOKS.acquire(blocking=False):
        raise SourceUnavailable("Đang có nhiều người xem ảnh. Thử lại sau ít giây.")
    try:
        return _taken(endpoint, ffmpeg)
    finally:
        LOOKS.release()


def _taken(endpoint: CameraEndpoint, ffmpeg: str) -> Picture:
    try:
        codec, video = sample_video(endpoint, time.monotonic() + LISTEN_FOR.total_seconds())
    except WireTrouble as trouble:
        raise SourceUnavailable(trouble.reason) from trouble
    except CodecUnknown as unknown:
        raise SourceUnavailable(f"Chưa đọc được chuẩn nén hình {unknown}.") from unknown
    if not DECODERS.acquire(timeout=WAIT_FOR.total_seconds()):
        raise SourceUnavailable("Máy chủ bận, chưa giải mã kịp. Thử lại sau ít giây.")
    try:
        told = decoded_by(_command(ffmpeg, codec), video, DECODE_FOR)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceUnavailable("Máy chủ không giải mã được hình.") from error
    finally:
        DECODERS.release()
    if len(told) < HEIGHT * WIDTH * 3:
        raise SourceUnavailable("Không giải mã được khung hình nào.")
    return np.frombuffer(told[: HEIGHT * WIDTH * 3], np.uint8).reshape(HEIGHT, WIDTH, 3)


def _command(ffmpeg: str, codec: str) -> Sequence[str]:
    """As for measuring: one thread, bounded memory and size, no protocol but the pipes, no address, no password."""
    fit = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease,pad={WIDTH}:{HEIGHT}:-1:-1,format=rgb24"
    return [
        ffmpeg, "-hide_banner", "-nostdin", "-loglevel", "quiet", "-max_alloc", "200000000",
        "-protocol_whitelist", "pipe", "-threads", "1", "-max_pixels", "40000000", "-f", codec, "-i", "pipe:0",
        "-an", "-sn", "-dn", "-filter_threads", "1", "-vf", fit, "-fps_mode", "passthrough", "-frames:v", "1",
        "-f", "rawvideo", "pipe:1",
    ]  # fmt: skip

"""Some seconds of a camera's video, over the same kind of connection as DESCRIBE: interleaved, to no other port.

A decoder that asks the camera itself would follow its redirects and carry the password there; so this is where the
network ends, and the decoder is given bytes.
"""

from __future__ import annotations

import re
import time

from connectors.cameras.endpoint import CameraEndpoint, path_of
from connectors.cameras.rtp import CODECS, AnnexB
from connectors.cameras.rtsp_wire import RtspAnswer, RtspWire, WireTrouble
from connectors.cameras.sdp import VideoTrack, first_video
from domain.cameras import Fault

ENOUGH_SECONDS = 3.2
ENOUGH_BYTES = 6 * 1024 * 1024
_TOKEN = re.compile(r"[\x21-\x3a\x3c-\x7e]{1,256}", re.ASCII)


class CodecUnknown(Exception):
    """The camera speaks a codec that is not read here; its name is in the text."""


def sample_video(endpoint: CameraEndpoint, until: float) -> tuple[str, bytes]:
    """The codec by its name in ffmpeg, and about three seconds of video from a key frame on; raises WireTrouble when
    no key frame came before `until` (monotonic), CodecUnknown for other codecs than H.264 and H.265."""
    with RtspWire(endpoint, until) as wire:
        described = _accepted(wire.describe(endpoint.path))
        video = first_video(described.body)
        if video is None:
            raise WireTrouble(Fault.NO_VIDEO, "Luồng không có hình (thiếu m=video).")
        if video.codec not in CODECS:
            raise CodecUnknown(re.sub(r"[^A-Z0-9.-]", "", video.codec)[:12] or "không rõ")
        base, session, channel = _set_up(wire, endpoint, described, video)
        try:
            _accepted(wire.ask("PLAY", base, {"Session": session, "Range": "npt=0.000-"}))
            kept = _listen(wire, channel, AnnexB(video), until)
        finally:
            wire.tell("TEARDOWN", base, {"Session": session})
    return CODECS[video.codec], kept


def _set_up(wire: RtspWire, endpoint: CameraEndpoint, described: RtspAnswer, video: VideoTrack) -> tuple[str, str, int]:
    """The path to play, the session, and the channel the video comes on. Of what the device reports, paths only."""
    reported = described.header("content-base") or described.header("content-location")
    base = (path_of(reported, endpoint.path) if reported else None) or endpoint.path
    track = base if video.control in {"", "*"} else path_of(video.control, base)
    if track is None:
        raise WireTrouble(Fault.BROKEN_ANSWER, "Thiết bị nêu đường dẫn luồng hình sai.")
    transport = "RTP/AVP/TCP;unicast;interleaved=0-1"
    answer = _accepted(wire.ask("SETUP", track, {"Transport": transport}))
    session = _TOKEN.match(answer.header("session"))
    if session is None:
        raise WireTrouble(Fault.BROKEN_ANSWER, "Thiết bị không mở được phiên truyền hình.")
    channel = re.search(r"interleaved=(\d{1,3})", answer.header("transport"))
    return base, session[0], int(channel[1]) if channel else 0


def _listen(wire: RtspWire, channel: int, stream: AnnexB, until: float) -> bytes:
    """Packets until there is enough; what came before the line broke or the time was up counts too."""
    try:
        while stream.seconds < ENOUGH_SECONDS and stream.size < ENOUGH_BYTES:
            came_on, packet = wire.packet()
            if came_on == channel:
                stream.take(packet)
            if time.monotonic() > until:
                break
    except WireTrouble:
        if not stream.has_key_frame:
            raise
    if not stream.has_key_frame:
        raise WireTrouble(Fault.NO_FRAME, "Không nhận được khung hình khóa nào.")
    return stream.stream()


def _accepted(answer: RtspAnswer) -> RtspAnswer:
    if answer.code != 200:
        raise WireTrouble(Fault.REFUSED, f"Thiết bị từ chối phát hình (RTSP {answer.code}).")
    return answer

"""The video of a session description (SDP, RFC 4566): its codec, how it is carried, and the path it is asked for at."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

LONGEST_LINES = 2000


@dataclass(frozen=True, slots=True)
class VideoTrack:
    """A video as described. `codec` is upper-case ('H264', 'H265', 'JPEG', '' when not said), `payload` its RTP number,
    `control` what the device calls it, `parameters` the parameter sets that stand in the description."""

    codec: str
    payload: int
    control: str
    parameters: tuple[bytes, ...] = ()


def first_video(body: bytes) -> VideoTrack | None:
    """The first video of a description; None where there is none. Whatever else stands there is passed over."""
    lines = [line.strip() for line in body.decode("latin-1").split("\n")[:LONGEST_LINES]]
    begins = next((at for at, line in enumerate(lines) if line.startswith("m=video ")), None)
    if begins is None:
        return None
    payload = re.fullmatch(r"m=video \d{1,5}(?:/\d{1,5})? \S{1,32} (\d{1,3})(?: .*)?", lines[begins])
    if payload is None:
        return None
    number = int(payload[1])
    own: list[str] = []
    for line in lines[begins + 1 :]:
        if line.startswith("m="):
            break
        own.append(line)
    return VideoTrack(_codec(own, number), number, _value(own, "a=control:"), _parameters(own, number))


def _value(lines: list[str], begin: str) -> str:
    return next((line[len(begin) :].strip() for line in lines if line.startswith(begin)), "")


def _codec(lines: list[str], payload: int) -> str:
    named = _value(lines, f"a=rtpmap:{payload} ").partition("/")[0].upper()
    return named or ("JPEG" if payload == 26 else "")


def _parameters(lines: list[str], payload: int) -> tuple[bytes, ...]:
    """SPS and PPS (H.264), or VPS, SPS and PPS (H.265); many cameras send them here and nowhere else."""
    told = _value(lines, f"a=fmtp:{payload} ")
    found: list[bytes] = []
    for name in ("sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets"):
        match = re.search(rf"(?:^|[;\s]){name}=([A-Za-z0-9+/=,]+)", told)
        for text in match[1].split(",") if match else ():
            try:
                found.append(base64.b64decode(text, validate=True))
            except (binascii.Error, ValueError):
                continue
    return tuple(one for one in found if one)

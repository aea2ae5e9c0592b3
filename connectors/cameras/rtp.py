"""Video out of RTP packets: H.264 (RFC 6184) and H.265 (RFC 7798) as Annex B, from the first key frame on.

Anything malformed is left out; the decoder says whether enough was left.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.cameras.sdp import VideoTrack

START = b"\x00\x00\x00\x01"
LARGEST_NAL = 2 * 1024 * 1024
CLOCK_RATE = 90_000
CODECS = {"H264": "h264", "H265": "hevc"}


def rtp_payload(packet: bytes) -> tuple[int, int, bytes] | None:
    """Payload number, timestamp and content of a packet; None when it is no RTP of version 2."""
    if len(packet) < 12 or packet[0] >> 6 != 2:
        return None
    begins = 12 + 4 * (packet[0] & 0x0F)
    if packet[0] & 0x10:
        if len(packet) < begins + 4:
            return None
        begins += 4 + 4 * int.from_bytes(packet[begins + 2 : begins + 4], "big")
    ends = len(packet)
    if packet[0] & 0x20:
        ends -= packet[-1]
    return packet[1] & 0x7F, int.from_bytes(packet[4:8], "big"), packet[begins:ends]


class AnnexB:
    """Takes packets of one track and keeps the stream from its first key frame on."""

    def __init__(self, video: VideoTrack) -> None:
        self._payload = video.payload
        self._is_h265 = video.codec == "H265"
        self._parts: list[bytes] = [START + one for one in video.parameters]
        self._open = bytearray()
        self._first: int | None = None
        self._last = 0
        self.size = 0

    @property
    def has_key_frame(self) -> bool:
        """Whether the stream has begun."""
        return self._first is not None

    @property
    def seconds(self) -> float:
        """How much time the stream covers by its own timestamps, which run over at 32 bits."""
        return 0.0 if self._first is None else ((self._last - self._first) & 0xFFFFFFFF) / CLOCK_RATE

    def stream(self) -> bytes:
        """What was kept, with the parameter sets of the description before it."""
        return b"".join(self._parts)

    def take(self, packet: bytes) -> None:
        """Take in one RTP packet; one of another track or without sense is passed over."""
        read = rtp_payload(packet)
        if read is None or read[0] != self._payload:
            return
        for nal in self._h265(read[2]) if self._is_h265 else self._h264(read[2]):
            self._keep(nal, read[1])

    def _keep(self, nal: bytes, timestamp: int) -> None:
        if not nal:
            return
        kind = nal[0] >> 1 & 0x3F if self._is_h265 else nal[0] & 0x1F
        is_parameter = kind in {32, 33, 34} if self._is_h265 else kind in {7, 8}
        is_key = 16 <= kind <= 21 if self._is_h265 else kind == 5
        if is_key and self._first is None:
            self._first = timestamp
        if self._first is not None:
            # A device that steps back in time does not make the sample endless.
            self._last = timestamp if (timestamp - self._last) & 0x80000000 == 0 or is_key else self._last
        if self._first is not None or is_parameter:
            self._parts.append(START + nal)
            self.size += len(nal)

    def _h264(self, content: bytes) -> Iterator[bytes]:
        kind = content[0] & 0x1F if content else 0
        if 1 <= kind <= 23:
            yield content
        elif kind == 24:
            yield from _aggregated(content[1:])
        elif kind == 28 and len(content) > 2:
            header = bytes([content[0] & 0xE0 | content[1] & 0x1F])
            yield from self._fragment(header, content[1], content[2:])

    def _h265(self, content: bytes) -> Iterator[bytes]:
        kind = content[0] >> 1 & 0x3F if len(content) > 2 else 63
        if kind < 48:
            yield content
        elif kind == 48:
            yield from _aggregated(content[2:])
        elif kind == 49 and len(content) > 3:
            header = bytes([content[0] & 0x81 | (content[2] & 0x3F) << 1, content[1]])
            yield from self._fragment(header, content[2], content[3:])

    def _fragment(self, header: bytes, flags: int, content: bytes) -> Iterator[bytes]:
        """A part of a large unit; the unit is given when its last part has come."""
        if flags & 0x80:
            self._open = bytearray(header)
        if not self._open or len(self._open) + len(content) > LARGEST_NAL:
            self._open.clear()
            return
        self._open += content
        if flags & 0x40:
            whole = bytes(self._open)
            self._open.clear()
            yield whole


def _aggregated(content: bytes) -> Iterator[bytes]:
    """Small units sent together, each behind its length."""
    at = 0
    while at + 2 <= len(content):
        size = int.from_bytes(content[at : at + 2], "big")
        yield content[at + 2 : at + 2 + size]
        at += 2 + size

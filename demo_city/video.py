"""The smallest real H.264 there is: every frame a key frame, every block raw samples (I_PCM), cut up for RTP.

It needs no encoder, and any decoder reads it. What the city's cameras see is invented: noise, a light that walks.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

BLOCKS_WIDE, BLOCKS_HIGH = 5, 3
_CHROMA = b"\x80" * 128
_LARGEST = 1400
# ue(25), I_PCM, and the bits up to the next byte.
_NEXT_BLOCK = b"\x0d\x00"


class _Bits:
    """Bits one after the other, with the exponential Golomb numbers of the standard."""

    def __init__(self) -> None:
        self._bits = ""

    def fixed(self, value: int, width: int) -> _Bits:
        self._bits += f"{value:0{width}b}"
        return self

    def golomb(self, *values: int) -> _Bits:
        for value in values:
            text = f"{value + 1:b}"
            self._bits += "0" * (len(text) - 1) + text
        return self

    def padded(self) -> bytes:
        text = self._bits + "0" * (-len(self._bits) % 8)
        return bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8))

    def ended(self) -> bytes:
        return self.fixed(1, 1).padded()


def parameter_sets() -> tuple[bytes, bytes]:
    """SPS and PPS: baseline, one slice, frames without order beyond their own."""
    sps = _Bits().golomb(0, 0, 2, 0).fixed(0, 1).golomb(BLOCKS_WIDE - 1, BLOCKS_HIGH - 1).fixed(0b1100, 4)
    pps = _Bits().golomb(0, 0).fixed(0, 2).golomb(0, 0, 0).fixed(0, 3).golomb(0, 0, 0).fixed(0, 3)
    return b"\x67\x42\xc0\x0a" + sps.ended(), b"\x68" + pps.ended()


def key_frame(blocks: list[bytes], number: int) -> bytes:
    """One frame of 256 luma samples a block, none below 16 so that no start code can arise within."""
    header = _Bits().golomb(0, 7, 0).fixed(0, 4).golomb(number % 2).fixed(0, 2).golomb(0)
    first = header.golomb(25).padded()
    return b"\x65" + first + _NEXT_BLOCK.join(block + _CHROMA for block in blocks) + b"\x80"


def blocks_of(what: str, seed: str, number: int) -> list[bytes]:
    """What a camera sees in its frame `number`: 'live' moves, 'frozen' never does, 'black' is black."""
    count = BLOCKS_WIDE * BLOCKS_HIGH
    if what == "black":
        return [b"\x10" * 256] * count
    wall = Random(seed)
    blocks = [bytes(wall.randint(60 + at * 5, 90 + at * 5) for _ in range(256)) for at in range(count)]
    if what == "frozen":
        return blocks
    noise = Random(f"{seed}:{number}")
    tables = [bytes(min(level + shift, 235) for level in range(256)) for shift in range(4)]
    moving = [block.translate(noise.choice(tables)) for block in blocks]
    moving[number // 3 % count] = b"\xdc" * 256
    return moving


def rtp_packets(nal: bytes, sequence: int, timestamp: int, payload: int = 96) -> Iterator[bytes]:
    """One unit as RTP: whole when it is small, else in FU-A parts; the last one carries the mark."""
    if len(nal) <= _LARGEST:
        yield _rtp(nal, sequence, timestamp, payload, is_last=True)
        return
    parts = [nal[at : at + _LARGEST] for at in range(1, len(nal), _LARGEST)]
    for at, part in enumerate(parts):
        is_last = at == len(parts) - 1
        flags = (0x80 if at == 0 else 0) | (0x40 if is_last else 0) | (nal[0] & 0x1F)
        yield _rtp(bytes([nal[0] & 0xE0 | 28, flags]) + part, sequence + at, timestamp, payload, is_last)


def _rtp(content: bytes, sequence: int, timestamp: int, payload: int, is_last: bool) -> bytes:
    mark = 0x80 if is_last else 0
    head = bytes([0x80, mark | payload])
    return (
        head + (sequence & 0xFFFF).to_bytes(2, "big") + (timestamp & 0xFFFFFFFF).to_bytes(4, "big") + b"CITY" + content
    )

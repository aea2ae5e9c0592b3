"""Bodies that a terminal gone mad, or somebody who plays one, may push: deterministic, by number."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

GOOD = b"7\t2026-11-23 07:20:31\t0\t1\t0\t0"
PARTS = (
    GOOD,
    b"",
    b"\t\t\t",
    b"\t2000-01-01 00:00:00\t0\t1",
    b"7\t1970-01-01 00:00:00\t0\t1",
    b"7\t2063-01-01 00:00:00\t0\t1",
    b"7\t9999-12-31 23:59:59\t0\t1",
    b"7\t0000-00-00 00:00:00\t0\t1",
    b"7\t2026-02-30 07:20:31\t0\t1",
    b"7\t2026-11-23 24:61:61\t0\t1",
    b"7\t2026-11-23T07:20:31+07:00\t0\t1",
    b"0\t2026-11-23 07:20:31\t0\t1",
    b"00000000000000000000000000000000000000000000000000\t2026-11-23 07:20:31",
    b"' OR 1=1; DROP TABLE attendance_punch;--\t2026-11-23 07:20:31\t0\t1",
    b"<script>alert(1)</script>\t2026-11-23 07:20:31\t0\t1",
    "\u0667\t2026-11-23 07:20:31\t0\t1".encode(),
    "7\t\u0662\u0660\u0662\u0666-11-23 07:20:31\t0\t1".encode(),
    b"7\t2026-11-23 07:20:31\t99999999999999999999999999\t-1",
    b"7,2026-11-23 07:20:31,0,1",
    b"7\t2026-11-23 07:20:31" + b"\t" * 5000,
    b"\x00\x01\x02\xff\xfe\xfd",
    b"7\x00\t2026-11-23 07:20:31\t0\t1",
    "7\t2026-11-23 07:20:31\u2028\t0\t1\u0085".encode(),
    b"\xef\xbb\xbf7\t2026-11-23 07:20:31\t0\t1",
    b"A" * 20000,
    b"7\t" + b"9" * 5000 + b"\t0\t1",
    b"\xf0\x9f\x98\x80\t2026-11-23 07:20:31\t0\t1",
    b"%00%0a\t%s\t{}\t$(id)",
)
ENDS = (b"\n", b"\r\n", b"\r", b"\n\n", b"\x0b", b"\x1c", b"")


def hostile_bodies(count: int) -> Iterator[bytes]:
    """So many bodies: lists of bad parts, good ones cut or spoilt by random bytes, and plain noise."""
    for number in range(count):
        rng = Random(f"attlog:{number}")
        kind = number % 3
        if kind == 0:
            yield b"".join(rng.choice(PARTS) + rng.choice(ENDS) for _ in range(rng.randint(1, 30)))
        elif kind == 1:
            body = bytearray(b"\n".join(rng.choice(PARTS[:12]) for _ in range(rng.randint(1, 20))) or b"x")
            for _ in range(rng.randint(1, 40)):
                body[rng.randrange(len(body))] = rng.randrange(256)
            yield bytes(body)
        else:
            yield rng.randbytes(rng.randint(0, 2000))

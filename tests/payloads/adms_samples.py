"""What ZKTeco terminals say over HTTP, as s0x90/zkteco-adms writes it down; data of the wire, none of its code.

From datasheet/ADMS.md, handler_test.go and parser_test.go of that repository (MIT, Copyright (c) 2024 s0x90), whose
authors looked at a SpeedFace-V5L-RFID[TI], firmware ZAM180-NF-Ver1.1.17. SERIAL stands where theirs stood.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SERIAL = "TA1"
AGENT = {"User-Agent": "iClock Proxy/1.09", "Content-Type": "text/plain"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One request and the answer the terminal waits for; `punches` are (PIN, local time, key, method) it carries."""

    method: str
    address: str
    body: bytes = b""
    answer: str = "OK"
    punches: tuple[tuple[str, str, str, str], ...] = field(default=())


SAMPLES = {
    "greeting": Sample("GET", f"/iclock/cdata?SN={SERIAL}&options=all", answer=f"GET OPTION FROM: {SERIAL}"),
    "registration": Sample("POST", f"/iclock/cdata?SN={SERIAL}&table=options&c=registry"),
    "registry": Sample(
        "POST", f"/iclock/registry?SN={SERIAL}", b"DeviceType=acc,~DeviceName=SpeedFace,IPAddress=192.168.1.201"
    ),
    "registry asked": Sample("GET", f"/iclock/registry?SN={SERIAL}"),
    "one punch": Sample(
        "POST",
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG",
        b"123\t2024-01-01 08:00:00\t0\t1\t0",
        "OK: 1",
        (("123", "2024-01-01 08:00:00", "0", "1"),),
    ),
    "two punches": Sample(
        "POST",
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&c=log",
        b"123\t2024-01-01 08:00:00\t0\t1\t0\n456\t2024-01-01 17:00:00\t1\t1\t0",
        "OK: 2",
        (("123", "2024-01-01 08:00:00", "0", "1"), ("456", "2024-01-01 17:00:00", "1", "1")),
    ),
    "a face": Sample(
        "POST",
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=1234567890",
        b"123\t2024-06-15 09:00:00\t0\t15\t0\n",
        "OK: 1",
        (("123", "2024-06-15 09:00:00", "0", "15"),),
    ),
    "the shortest line": Sample(
        "POST",
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG",
        b"999\t2024-01-01 08:00:00",
        "OK: 1",
        (("999", "2024-01-01 08:00:00", "", ""),),
    ),
    # Junk, a time that is none, a line without a number: answered for, not stored.
    "good and bad lines": Sample(
        "POST",
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG",
        b"100\t2024-01-01 08:00:00\t0\t1\t0\njunk\n200\tbad-ts\t0\n\t2024-01-01 09:00:00\t0\t1\t0\n"
        b"789\t1704096000\t0\t1\t0\n300\t2024-01-01 09:00:00\t0\t1\t0",
        "OK: 6",
        (("100", "2024-01-01 08:00:00", "0", "1"), ("300", "2024-01-01 09:00:00", "0", "1")),
    ),
    "operations": Sample("POST", f"/iclock/cdata?SN={SERIAL}&table=OPERLOG", b"operation data"),
    "people": Sample(
        "POST", f"/iclock/cdata?SN={SERIAL}&table=USER&c=data", b"PIN=1001\tName=John Doe\tPrivilege=0\tCard=12345678"
    ),
    "a face to recognise": Sample("POST", f"/iclock/cdata?SN={SERIAL}&table=BIODATA", b"\xff\xd8\x00\x01TMP"),
    "about itself": Sample(
        "POST", f"/iclock/cdata?SN={SERIAL}", b"~DeviceName=SpeedFace-V5L-RFID[TI]\nMAC=00:17:61:12:f8:db\n"
    ),
    "orders": Sample("GET", f"/iclock/getrequest?SN={SERIAL}"),
    "three orders done": Sample(
        "POST",
        f"/iclock/devicecmd?SN={SERIAL}",
        b"ID=1&Return=0&CMD=INFO\nID=2&Return=0&CMD=CHECK\nID=3&Return=-1002&CMD=DATA\n",
    ),
}

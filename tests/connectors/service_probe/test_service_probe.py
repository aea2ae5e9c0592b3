"""Probes against real servers on loopback: well, wrong, slow, hostile; nothing is followed."""

from __future__ import annotations

import os
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from certificate_support import a_certificate
from flask import Request, Response
from software_support import peer, saying
from web_source_support import answering

from connectors.service_probe import ProbeRefused, ProbeTarget, ask, read_address
from connectors.service_probe.ldap import BAD_LOGIN, EMPTY_PASSWORD, NOT_SECRET
from demo_city.software import LDAP, SMTP, start_software
from domain.software_systems import HealthState, Probe, ProbeKind, ProbeResult

NOW = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
UNTIL = NOW + timedelta(days=9)
SHORT = timedelta(seconds=0.4)
SUCCESS = bytes.fromhex("300c02010161070a010004000400")


def asked(
    kind: str, address: str, *, secret: str = "", folder: Path = Path("/nowhere"), budget: float = 3, **more: object
) -> ProbeResult:
    probe = Probe("p", "email", ProbeKind(kind), address, int(str(more.pop("limit", 3))), **more)  # type: ignore[arg-type]
    return ask(ProbeTarget(probe, folder, secret), NOW, timedelta(seconds=budget))


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_page_lives_by_its_status_and_its_text() -> None:
    def page(request: Request) -> Response:
        code = {"/down": 503, "/secret": 401, "/moved": 302}.get(request.path, 200)
        return Response("Hoạt động bình thường", code, {"Location": "/elsewhere"})

    with answering(page) as (address, heard):
        assert asked("http", f"{address}/", expects="bình thường").state is HealthState.ANSWERING
        missing = asked("http", f"{address}/", expects="bảo trì")
        assert missing.state is HealthState.REFUSED and "đoạn chữ" in missing.reason
        assert asked("http", f"{address}/down").reason == "Trang báo lỗi (HTTP 503)."
        assert asked("http", f"{address}/secret").state is HealthState.REFUSED
        moved = asked("http", f"{address}/moved")
        assert moved.state is HealthState.ANSWERING and moved.latency is not None
        assert asked("http", f"{address}/moved", expects="bình thường").state is HealthState.REFUSED
        assert not [path for path in heard if "elsewhere" in path], "a redirect is never followed"


def test_a_page_that_drips_or_never_ends_is_broken_off() -> None:
    def drip(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n")
        for _ in range(400):
            line.sendall(b"x")
            time.sleep(0.02)

    with peer(drip) as (port, _):
        began = time.monotonic()
        assert asked("http", f"http://127.0.0.1:{port}/", expects="y", budget=0.4).state is HealthState.SILENT
        assert time.monotonic() - began < 1.5
    huge = b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 400_000
    with peer(saying(huge)) as (port, _):
        assert asked("http", f"http://127.0.0.1:{port}/", expects="y").state is HealthState.REFUSED
    with peer(saying(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")) as (port, _):
        assert asked("http", f"http://127.0.0.1:{port}/").state is HealthState.REFUSED


@pytest.mark.parametrize("kind", [kind.value for kind in ProbeKind if kind not in {ProbeKind.FILE}])
def test_where_nobody_listens_it_is_silent_and_where_nobody_speaks_too(kind: str) -> None:
    scheme = {"http": "http", "imap": "imap", "smtp": "smtp", "ldap": "ldap", "tls": "tls", "tcp": "tcp"}[kind]
    found = asked(kind, f"{scheme}://127.0.0.1:{closed_port()}")
    assert found.state is HealthState.SILENT and found.reason
    if kind == "tcp":
        return
    with peer(lambda line: time.sleep(0.6)) as (port, _):
        began = time.monotonic()
        assert asked(kind, f"{scheme}://127.0.0.1:{port}", budget=0.3).state is HealthState.SILENT
        assert time.monotonic() - began < 0.6


@pytest.mark.parametrize(
    ("kind", "address", "greeting"),
    [
        ("https", "https", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
        ("tls", "tls", b""),
        ("imap", "imaps", b"* OK ready\r\n"),
        ("smtp", "smtps", b"220 ready\r\n250 OK\r\n"),
        ("ldap", "ldaps", SUCCESS),
    ],
    ids=["https", "tls", "imaps", "smtps", "ldaps"],
)
def test_over_tls_the_end_of_the_certificate_is_read_whoever_signed_it(
    tmp_path: Path, kind: str, address: str, greeting: bytes
) -> None:
    with peer(saying(greeting), a_certificate(tmp_path, UNTIL)) as (port, _):
        found = asked(kind.removesuffix("s") if kind == "https" else kind, f"{address}://127.0.0.1:{port}")
    assert (found.state, found.certificate_until) == (HealthState.ANSWERING, UNTIL), found


def test_tls_where_none_is_spoken_is_a_wrong_answer() -> None:
    with peer(saying(b"220 plain\r\n" * 9)) as (port, _):
        assert asked("smtp", f"smtps://127.0.0.1:{port}").state is HealthState.REFUSED


@pytest.mark.parametrize(
    ("kind", "greeting", "state", "words"),
    [
        ("imap", b"* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n", HealthState.ANSWERING, ""),
        ("imap", b"* PREAUTH welcome\n", HealthState.ANSWERING, ""),
        ("imap", b"* BYE overloaded\r\n", HealthState.REFUSED, "BYE"),
        ("imap", b"220 mail\r\n", HealthState.REFUSED, "không phải IMAP"),
        ("smtp", b"220-one\r\n220 two\r\n250 2.0.0 Ok\r\n", HealthState.ANSWERING, ""),
        ("smtp", b"554 no service\r\n", HealthState.REFUSED, "554"),
        ("smtp", b"220 ok\r\n421 shutting down\r\n", HealthState.REFUSED, "421"),
        ("smtp", b"* OK imap\r\n", HealthState.REFUSED, "không phải SMTP"),
        ("smtp", b"220-again\r\n" * 40, HealthState.REFUSED, "không phải SMTP"),
        ("smtp", b"2" * 9000, HealthState.REFUSED, "quá dài"),
        ("imap", b"\x00\xff\xfe" * 20 + b"\r\n", HealthState.REFUSED, "không phải IMAP"),
    ],
)
def test_greetings_are_read_and_judged(kind: str, greeting: bytes, state: HealthState, words: str) -> None:
    with peer(saying(greeting)) as (port, _):
        found = asked(kind, f"{kind}://127.0.0.1:{port}")
    assert found.state is state and words in found.reason, found


def test_mail_is_greeted_and_left_and_no_mail_is_begun() -> None:
    with peer(saying(b"220 ready\r\n250 OK\r\n")) as (port, heard):
        assert asked("smtp", f"smtp://127.0.0.1:{port}").state is HealthState.ANSWERING
        for _ in range(100):
            if heard:
                break
            time.sleep(0.01)
    assert heard == [b"NOOP\r\nQUIT\r\n"]


def test_a_late_answer_is_slow_and_still_an_answer() -> None:
    with peer(lambda line: (time.sleep(1.02), line.sendall(b"* OK\r\n"))[0]) as (port, _):
        found = asked("imap", f"imap://127.0.0.1:{port}", limit=1)
    assert found.state is HealthState.SLOW and found.reason == "Chậm hơn 1 giây."


def test_a_directory_binds_anonymously_and_refuses_a_wrong_password(tmp_path: Path) -> None:
    port = start_software(0, tmp_path, lambda: NOW)[LDAP]
    address = f"ldap://127.0.0.1:{port}"
    assert asked("ldap", address).state is HealthState.ANSWERING
    wrong = asked("ldap", address, user_name="cn=giamsat,dc=hue", secret="sai")
    assert (wrong.state, wrong.reason) == (HealthState.REFUSED, BAD_LOGIN)


def test_an_empty_password_is_refused_by_us_and_nothing_is_sent() -> None:
    """A server would answer it with success and have authenticated nobody (RFC 4513 5.1.2)."""
    with peer(saying(SUCCESS)) as (port, heard):
        found = asked("ldap", f"ldap://127.0.0.1:{port}", user_name="cn=giamsat", secret="")
        assert (found.state, found.reason) == (HealthState.UNKNOWN, EMPTY_PASSWORD)
    assert heard == []


def test_a_password_leaves_this_machine_only_over_tls_to_whom_it_trusts(tmp_path: Path) -> None:
    found = asked("ldap", "ldap://ldap.thads.example", user_name="cn=giamsat", secret="bi-mat")
    assert (found.state, found.reason) == (HealthState.UNKNOWN, NOT_SECRET)
    probe = Probe("p", "email", ProbeKind.LDAP, "ldaps://ldap.thads.example", 3, user_name="cn=giamsat")
    assert "bi-mat" not in repr(ProbeTarget(probe, tmp_path, "bi-mat"))


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        bytes.fromhex("3084ffffffff"),
        bytes.fromhex("30837fffff"),
        bytes.fromhex("300c02010261070a010004000400"),
        bytes.fromhex("300502010142008888"),
        bytes.fromhex("300c0201016107020100040004ff"),
        bytes.fromhex("3003020101"),
        bytes.fromhex("300e02010161090a84ffffffff00040004"),
    ],
)
def test_what_is_no_answer_of_a_directory_is_refused(answer: bytes) -> None:
    with peer(saying(answer)) as (port, _):
        assert asked("ldap", f"ldap://127.0.0.1:{port}", budget=1).state is HealthState.REFUSED


def test_a_referral_is_an_answer_that_is_not_followed() -> None:
    with peer(saying(b"")) as (elsewhere, heard):
        url = f"ldap://127.0.0.1:{elsewhere}/".encode()
        referral = b"\xa3" + bytes([len(url) + 2]) + b"\x04" + bytes([len(url)]) + url
        body = b"\x0a\x01\x0a\x04\x00\x04\x00" + referral
        message = b"\x02\x01\x01\x61" + bytes([len(body)]) + body
        with peer(saying(b"\x30" + bytes([len(message)]) + message)) as (port, _):
            found = asked("ldap", f"ldap://127.0.0.1:{port}")
        assert found.state is HealthState.REFUSED and "mã 10" in found.reason
        assert heard == []


def test_the_age_of_a_folder_is_that_of_its_newest_file(tmp_path: Path) -> None:
    folder = tmp_path / "watched" / "ke-toan"
    folder.mkdir(parents=True)
    watched = folder.parent

    def found(name: str = "ke-toan") -> ProbeResult:
        return asked("file", name, folder=watched, limit=24)

    assert found().state is HealthState.SILENT and "không có tệp" in found().reason
    for name, hours in (("cu.bak", 400), ("moi.bak", 25)):
        (folder / name).write_text("x")
        at = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(folder / name, (at, at))
    old = found()
    assert old.state is HealthState.SILENT and "quá 24 giờ" in old.reason and "08:40 23/11/2026" in old.reason
    newest = (NOW - timedelta(hours=23)).timestamp()
    os.utime(folder / "moi.bak", (newest, newest))
    assert found().state is HealthState.ANSWERING
    ahead = (NOW + timedelta(hours=1)).timestamp()
    os.utime(folder / "moi.bak", (ahead, ahead))
    assert found().state is HealthState.UNKNOWN


def test_a_folder_that_is_not_there_or_leads_out_says_nothing(tmp_path: Path) -> None:
    watched, outside = tmp_path / "watched", tmp_path / "outside"
    watched.mkdir()
    outside.mkdir()
    (outside / "x").write_text("x")
    (watched / "link").symlink_to(outside)
    (watched / "file").write_text("x")
    for name in ("none", "link", "file"):
        assert asked("file", name, folder=watched, limit=24).state is HealthState.UNKNOWN, name
    (watched / "own").mkdir()
    (watched / "own" / "link").symlink_to(outside / "x")
    assert "không có tệp" in asked("file", "own", folder=watched, limit=24).reason


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("http", "file:///etc/passwd", "http:// hoặc https://"),
        ("http", "gopher://x/", "http:// hoặc https://"),
        ("http", "https://", "tên máy chủ"),
        ("http", "https://ai:gi@may/", "tên và mật khẩu"),
        ("http", "https://may/#x", "dấu #"),
        ("http", "https://may:99999/", "đúng dạng"),
        ("http", "https://máy/", "không dấu"),
        ("http", "https://may/ a", "khoảng trắng"),
        ("http", "https://may/\r\nX: y", "đúng dạng"),
        ("tcp", "tcp://may", "số cổng"),
        ("tcp", "tcp://may:0", "số cổng"),
        ("tcp", "may:80", "tcp://"),
        ("smtp", "smtp://may/duong-dan", "đường dẫn"),
        ("ldap", "ldaps://may..hue", "tên không đúng dạng"),
        ("file", "../etc", "không dùng"),
        ("file", "/etc", "tuyệt đối"),
        ("file", "a/../../b", "không dùng"),
        ("file", "", "tên thư mục"),
        ("http", "https://may/" + "a" * 300, "dài nhất"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(kind: str, typed: str, words: str) -> None:
    with pytest.raises(ProbeRefused, match=words.replace("(", r"\(").replace(".", r"\.")):
        read_address(ProbeKind(kind), typed)


def test_usual_ports_need_not_be_typed() -> None:
    assert read_address(ProbeKind.IMAP, "imaps://mail.thads.example").port == 993
    assert read_address(ProbeKind.TLS, "tls://10.0.0.5").port == 443
    assert read_address(ProbeKind.TCP, "tcp://[::1]:1433").host == "::1"


def test_the_demo_citys_mail_is_greeted(tmp_path: Path) -> None:
    port = start_software(0, tmp_path, lambda: NOW)[SMTP]
    assert asked("smtp", f"smtp://127.0.0.1:{port}").state is HealthState.ANSWERING
    assert asked("file", "ke-toan", folder=tmp_path, limit=26).state is HealthState.ANSWERING

"""The software of the city's offices: a status page for each, mail that greets, a directory that binds, a folder that
is backed up. Real servers on 127.0.0.1; in some moods one of them is down.
"""

from __future__ import annotations

import os
import socketserver
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from flask import Blueprint, Response

from demo_city.clock import LOCAL
from demo_city.moods import Mood

# The ports beside each other, from the first on.
SMTP, IMAP, LDAP, TCP = range(4)
PORTS = 4
PAGES = {"quan-ly-an": "Quản lý, thống kê", "van-ban": "Văn bản", "luu-tru": "Lưu trữ", "chu-ky-so": "Chữ ký số"}
BACKUPS = "ke-toan"
_PATIENCE = 10.0
_LONGEST = 4096
_TAGS = {"request": 0x60, "answer": 0x61}
_BACKED_UP_EVERY = timedelta(hours=6)


class Software:
    """What is down is decided by mood and time alone: one page from `software_down_at` on, for an hour."""

    def __init__(self, mood: Mood) -> None:
        self._mood = mood

    def is_down(self, page: str, now: datetime) -> bool:
        """Whether a page answers with an error now."""
        if self._mood.software_down_at is None or page != self._mood.software_down:
            return False
        here = now.astimezone(LOCAL)
        began = datetime.combine(here.date(), self._mood.software_down_at, LOCAL)
        return began <= here < began + timedelta(hours=1)


def software_service(software: Software, clock: Callable[[], datetime]) -> Blueprint:
    """The status pages at /phan-mem/NAME."""
    pages = Blueprint("software", "demo_city", url_prefix="/phan-mem")

    @pages.get("/<name>")
    def status(name: str) -> Response:
        if name not in PAGES:
            return Response("not here", 404)
        if software.is_down(name, clock()):
            return Response("Hệ thống đang gián đoạn (dữ liệu mẫu)", 503)
        text = f"<!doctype html><title>{PAGES[name]}</title><p>Hoạt động bình thường (dữ liệu mẫu)</p>"
        return Response(text, mimetype="text/html")

    return pages


def start_software(first_port: int, watched: Path, clock: Callable[[], datetime]) -> Mapping[int, int]:
    """Let mail, directory and the bare port answer in threads that end with the process, and back up once; gives the
    ports by service (all of them free ones where `first_port` is 0). Raises OSError when one is taken."""
    back_up(watched, clock())
    ports = {}
    for service, visit in enumerate((_SmtpVisit, _ImapVisit, _LdapVisit, _BareVisit)):
        server = _Service(("127.0.0.1", first_port + service if first_port else 0), visit)
        threading.Thread(target=server.serve_forever, name=visit.__name__, daemon=True).start()
        ports[service] = int(server.server_address[1])
    return ports


def back_up(watched: Path, now: datetime) -> None:
    """Every six hours of the city the accounting leaves a file, dated by the city's clock; the older ones go."""
    folder = watched / BACKUPS
    folder.mkdir(parents=True, exist_ok=True)
    here = now.astimezone(LOCAL)
    made = here.replace(hour=here.hour - here.hour % 6, minute=0, second=0, microsecond=0)
    path = folder / f"sao-luu-{made:%Y-%m-%dT%H}.txt"
    if path.exists():
        return
    path.write_text("Tệp sao lưu mẫu, không có số liệu.\n", encoding="utf-8")
    os.utime(path, (made.timestamp(), made.timestamp()))
    for old in sorted(folder.glob("sao-luu-*.txt"))[:-8]:
        old.unlink(missing_ok=True)


class _Service(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class _Visit(socketserver.StreamRequestHandler, ABC):
    """One connection; whoever says nothing is left after a while."""

    timeout = _PATIENCE

    def say(self, line: str) -> None:
        self.wfile.write(line.encode("ascii") + b"\r\n")

    def handle(self) -> None:
        try:
            self.talk()
        except OSError:
            return

    @abstractmethod
    def talk(self) -> None:
        """What this service says."""


class _SmtpVisit(_Visit):
    def talk(self) -> None:
        self.say("220-mail.thads.example ESMTP (du lieu mau)")
        self.say("220 san sang")
        while line := self.rfile.readline(_LONGEST):
            word = line.split()[0].upper() if line.split() else b""
            if word == b"QUIT":
                self.say("221 tam biet")
                return
            self.say("250 OK" if word in {b"NOOP", b"HELO", b"EHLO", b"RSET"} else "502 khong nhan thu")


class _ImapVisit(_Visit):
    def talk(self) -> None:
        self.say("* OK [CAPABILITY IMAP4rev1] mail.thads.example (du lieu mau)")
        while line := self.rfile.readline(_LONGEST):
            tag, _, word = line.decode("ascii", "replace").strip().partition(" ")
            if word.upper() == "LOGOUT":
                self.say("* BYE")
                self.say(f"{tag} OK LOGOUT")
                return
            self.say(f"{tag} OK" if word.upper() in {"NOOP", "CAPABILITY"} else f"{tag} NO")


class _LdapVisit(_Visit):
    """Anonymous binds are answered with success, all others with invalidCredentials (RFC 4511)."""

    def talk(self) -> None:
        while head := self.rfile.read(2):
            if len(head) < 2 or head[0] != 0x30 or head[1] & 0x80:
                return
            body = self.rfile.read(head[1])
            number, request = body[:3], body[3:]
            if not request or request[0] != _TAGS["request"]:
                return
            is_anonymous = request.endswith(b"\x04\x00\x80\x00")
            said = bytes([0x0A, 1, 0 if is_anonymous else 49, 4, 0, 4, 0])
            answer = number + bytes([_TAGS["answer"], len(said)]) + said
            self.wfile.write(bytes([0x30, len(answer)]) + answer)


class _BareVisit(_Visit):
    """Opens, and waits until the other side leaves."""

    def talk(self) -> None:
        self.rfile.read(1)

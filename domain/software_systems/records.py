"""A system of the sector and how it is asked; both change from a day on, and what was stays known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.alarms.changes import in_force


@dataclass(frozen=True, slots=True)
class SoftwareSystem:
    """Phần mềm của ngành: `owner` is who keeps it running; a retired one is asked no more, its history stays."""

    code: str
    name: str
    purpose: str
    owner: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class SystemChange:
    """Thay đổi phần mềm: the whole system from `valid_from` (a day of Huế) on, why and by whom."""

    system: SoftwareSystem
    valid_from: date
    reason: str
    by: str
    at: datetime

    @property
    def code(self) -> str:
        """Which system it is about."""
        return self.system.code


def systems_on(
    shipped: Mapping[str, SoftwareSystem], changes: Iterable[SystemChange], on: date
) -> Mapping[str, SoftwareSystem]:
    """Every system as it is on a day: those that ship in their order, then those the agency added; retired ones too."""
    changed = in_force(changes, on)
    known = {code: changed[code].system if code in changed else system for code, system in shipped.items()}
    return known | {code: change.system for code, change in changed.items() if code not in known}


class ProbeKind(StrEnum):
    """Cách kiểm tra: how a system is asked whether it lives."""

    HTTP = "http"
    TCP = "tcp"
    TLS = "tls"
    IMAP = "imap"
    SMTP = "smtp"
    LDAP = "ldap"
    FILE = "file"


PROBE_NAMES = {
    ProbeKind.HTTP: "Trang web (HTTP, HTTPS)",
    ProbeKind.TCP: "Cổng TCP",
    ProbeKind.TLS: "Chứng thư TLS",
    ProbeKind.IMAP: "Lời chào IMAP",
    ProbeKind.SMTP: "Lời chào SMTP",
    ProbeKind.LDAP: "Đăng nhập LDAP",
    ProbeKind.FILE: "Tuổi của tệp",
}
# What the limit of a probe counts.
LIMIT_WORDS = {kind: "giờ" if kind is ProbeKind.FILE else "giây" for kind in ProbeKind}


@dataclass(frozen=True, slots=True)
class Probe:
    """Phép kiểm tra of one system, as a person set it up.

    `address` is a URL, of a FILE the name of a folder below the watched one. `expects` is a text the page must hold
    (HTTP); `limit` from how many seconds an answer counts as slow, of a FILE from how many hours its newest file counts
    as old. Its secret is elsewhere, sealed.
    """

    code: str
    system: str
    kind: ProbeKind
    address: str
    limit: int
    expects: str = ""
    user_name: str = ""

    @property
    def shown_address(self) -> str:
        """Where it asks, for an administrator: what follows a question mark may be a key."""
        return self.address.partition("?")[0]

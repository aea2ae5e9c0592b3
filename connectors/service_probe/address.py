"""What an administrator typed as the place of a probe, made into host and port, or refused in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.software_systems import ProbeKind

LONGEST = 300
# Scheme -> the port where none is typed; 0 where one must be.
SCHEMES: Mapping[ProbeKind, Mapping[str, int]] = {
    ProbeKind.HTTP: {"http": 80, "https": 443},
    ProbeKind.TCP: {"tcp": 0},
    ProbeKind.TLS: {"tls": 443},
    ProbeKind.IMAP: {"imap": 143, "imaps": 993},
    ProbeKind.SMTP: {"smtp": 25, "smtps": 465},
    ProbeKind.LDAP: {"ldap": 389, "ldaps": 636},
}
WITH_TLS = frozenset({"https", "tls", "imaps", "smtps", "ldaps"})
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,39}", re.ASCII)
_FOLDER = re.compile(r"[\w][\w .\-]*(/[\w][\w .\-]*){0,7}")


class ProbeRefused(ValueError):
    """The probe cannot be as it was typed; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to ask; of a FILE only `path`, the folder below the watched one."""

    scheme: str
    host: str
    port: int
    path: str = ""

    @property
    def uses_tls(self) -> bool:
        """Whether the line is encrypted from its beginning."""
        return self.scheme in WITH_TLS

    @property
    def stays_here(self) -> bool:
        """Whether what is sent never leaves this machine."""
        return self.host in {"127.0.0.1", "localhost", "::1"}


def read_address(kind: ProbeKind, typed: str) -> Address:
    """The place of a probe of this kind; raises ProbeRefused."""
    if len(typed) > LONGEST:
        raise ProbeRefused(f"Địa chỉ dài nhất {LONGEST} ký tự.")
    if kind is ProbeKind.FILE:
        return _folder(typed)
    schemes = SCHEMES[kind]
    if not (typed.isascii() and typed.isprintable()) or " " in typed:
        raise ProbeRefused("Địa chỉ không đúng dạng: chỉ gồm chữ không dấu, số và dấu, không có khoảng trắng.")
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as error:
        raise ProbeRefused("Địa chỉ không đúng dạng.") from error
    if parts.scheme not in schemes:
        raise ProbeRefused("Địa chỉ phải bắt đầu bằng " + " hoặc ".join(f"{scheme}://" for scheme in schemes) + ".")
    if parts.username is not None or parts.password is not None:
        raise ProbeRefused("Không đặt tên và mật khẩu trong địa chỉ.")
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) or ".." in host:
        raise ProbeRefused("Địa chỉ thiếu tên máy chủ, hoặc tên không đúng dạng.")
    if port == 0 or not (port or schemes[parts.scheme]):
        raise ProbeRefused("Địa chỉ thiếu số cổng, ví dụ tcp://10.0.0.5:1433.")
    if kind is not ProbeKind.HTTP and (parts.path not in {"", "/"} or parts.query):
        raise ProbeRefused("Cách kiểm tra này chỉ cần máy chủ và cổng, không có đường dẫn.")
    if parts.fragment:
        raise ProbeRefused("Địa chỉ không đúng dạng: bỏ phần sau dấu #.")
    return Address(parts.scheme, host, port or schemes[parts.scheme], parts.path)


def _folder(typed: str) -> Address:
    name = typed.strip().strip("/")
    if not name or typed.strip().startswith("/") or not _FOLDER.fullmatch(name) or ".." in name:
        raise ProbeRefused(
            "Ghi tên thư mục nằm dưới thư mục theo dõi, ví dụ ke-toan/sao-luu; không dùng đường dẫn tuyệt đối, .."
        )
    return Address("", "", 0, name)

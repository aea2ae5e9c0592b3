"""Where a camera answers and with which password: what the inventory says of the network, and nothing a device says.

An address that a device reports is never followed: `path_of` keeps its path, host and port stay the configured ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LONGEST_PATH = 1024
# What may stand in a request line: no blank, no control character, nothing outside ASCII.
_PATH = re.compile(r"/[\x21-\x7e]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Login:
    """A user and a secret; the secret is in no repr and so in no log."""

    user: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecorderEndpoint:
    """A Hikvision recorder over HTTP and the camera's channel on it. `times_are_local`: some firmware writes the local
    time of its recordings with a Z behind it; set when the search shows recordings seven hours ahead."""

    host: str
    port: int
    channel: int
    login: Login | None = None
    times_are_local: bool = False


@dataclass(frozen=True, slots=True)
class CameraEndpoint:
    """One camera: RTSP host, port and path; `onvif_port` 0 where its clock is not asked by ONVIF."""

    camera: str
    host: str
    port: int
    path: str
    login: Login | None = None
    onvif_port: int = 0
    recorder: RecorderEndpoint | None = None

    @property
    def url(self) -> str:
        """The address without user and password."""
        return f"rtsp://{authority(self.host, self.port)}{self.path}"


def authority(host: str, port: int) -> str:
    """host:port, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_path(text: str) -> bool:
    """Whether a text can stand as a path in a request line."""
    return len(text) <= LONGEST_PATH and _PATH.fullmatch(text) is not None


def path_of(reported: str, below: str) -> str | None:
    """The path of a reported address, absolute or relative to the path `below`; None when it cannot be one."""
    text = reported.strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text):
        try:
            parts = urlsplit(text)
        except ValueError:
            return None
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    elif text.startswith("//"):
        return None
    else:
        path = text if text.startswith("/") else f"{below.rstrip('/')}/{text}"
    return path if is_path(path) and not path.startswith("//") else None

"""GStreamer's RTSP server as a process of its own on loopback, where this machine has it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.cameras.endpoint import Login

# Only the system's Python has gi.
PYTHON = "/usr/bin/python3"
PROGRAM = Path(__file__).parent / "peers" / "rtsp_server.py"
MISSING = "no gi with GstRtspServer on this machine: `make test-peers` as root installs it"
_ASKED = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer"


def has_gstreamer() -> bool:
    """Whether the server can be started here."""
    return Path(PYTHON).exists() and not subprocess.run([PYTHON, "-c", _ASKED], capture_output=True).returncode


@contextmanager
def rtsp_server(login: Login) -> Iterator[int]:
    """The port on which /live /black /frozen /snow /h265 are served for one login."""
    command = [PYTHON, str(PROGRAM), login.user, login.secret]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            yield int(child.stdout.readline())
        finally:
            child.terminate()

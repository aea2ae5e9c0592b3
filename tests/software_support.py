"""Peers of probes under the control of a test, on loopback: what they heard, and what they say or do not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from access.principal import Principal
from access.vault import Vault
from actions.edit_software_systems import WantedProbe, set_probe
from data_access.session import Database
from data_access.software_systems import Look, live_probes, save_looks
from data_access.sources import save_source_success
from domain.permissions import Role
from domain.software_systems import HealthState, ProbeResult

VAULT = Vault(b"k" * 32)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
Behaviour = Callable[[socket.socket], None]


@contextmanager
def peer(behaviour: Behaviour, certificate: Path | None = None) -> Iterator[tuple[int, list[bytes]]]:
    """A server on a free port; gives the port and everything each connection said to it."""
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

    def visit(line: socket.socket) -> None:
        with suppress(OSError), line:
            line.settimeout(5)
            with line if context is None else context.wrap_socket(line, server_side=True) as talk:
                behaviour(talk)
                said = b""
                while part := talk.recv(4096):
                    said += part
                heard.append(said)

    def accept() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=visit, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        # Closing alone would leave it open for as long as a thread waits in it.
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def saying(text: bytes) -> Behaviour:
    """A peer that says this at once, then listens."""
    return lambda line: line.sendall(text)


def a_probe(database: Database, system: str, address: str, now: datetime, kind: str = "tcp", **more: str) -> str:
    """Set a probe up as an administrator would; its code."""
    wanted = WantedProbe(system, more.pop("code", ""), kind, address, more.pop("limit", "3"), "thử nghiệm", **more)
    return set_probe(database, ADMINISTRATOR, VAULT, wanted, now)


def looked(
    database: Database,
    states: dict[str, HealthState],
    at: datetime,
    reason: str = "",
    certificate_until: datetime | None = None,
) -> None:
    """Store one pass over the systems, as the worker does."""
    with database.writing() as session:
        probes = [one for one in live_probes(session) if one.probe.system in states]
        looks = []
        for one in probes:
            result = ProbeResult(states[one.probe.system], reason, timedelta(milliseconds=35), certificate_until)
            looks.append(Look(one.row, one.probe.code, result, at))
        save_looks(session, looks, at)
        save_source_success(session, "software", at, at, len(looks))


def looked_for(
    database: Database, states: dict[str, HealthState], since: datetime, until: datetime, reason: str = ""
) -> None:
    """A pass every two minutes from `since` until `until`; the worker does it every minute."""
    at = since
    while at <= until:
        looked(database, states, at, reason)
        at += timedelta(minutes=2)

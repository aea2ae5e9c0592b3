"""Certificates read from a real handshake on loopback: valid, ended, and lines that speak no TLS."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from certificate_support import a_certificate

from actions.check_certificates import check_certificates
from connectors.base import SourceUnavailable
from connectors.certificates import certificate_until
from data_access.session import Database
from data_access.source_connections import Connection, certificates, save_connection

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
UNTIL = NOW + timedelta(days=9)


@pytest.fixture(params=[UNTIL, NOW - timedelta(days=400)], ids=["valid", "ended"])
def until(request: pytest.FixtureRequest) -> datetime:
    at: datetime = request.param
    return at


@pytest.fixture
def address(tmp_path: Path, until: datetime) -> Iterator[str]:
    """A TLS server that shakes hands and says no more."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(a_certificate(tmp_path, until))
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
                with line, context.wrap_socket(line, server_side=True):
                    pass
            except ssl.SSLError:
                continue
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    yield f"https://127.0.0.1:{listener.getsockname()[1]}/requests.json"
    listener.close()


def test_the_end_of_a_certificate_is_read_whoever_signed_it_and_even_when_it_has_ended(
    address: str, until: datetime, sqlite_database: Database
) -> None:
    assert certificate_until(address) == until
    with sqlite_database.writing() as session:
        save_connection(session, Connection("field_reports", "open311_json", address), NOW)
        save_connection(session, Connection("reception", "queue_json", "http://127.0.0.1:1/list"), NOW)
    assert check_certificates(sqlite_database, NOW) == 1
    with sqlite_database.reading() as session:
        assert certificates(session) == {"field_reports": until}
    with sqlite_database.writing() as session:
        save_connection(session, Connection("field_reports", "open311_json", "https://127.0.0.1:1"), NOW)
    assert check_certificates(sqlite_database, NOW) == 0
    with sqlite_database.reading() as session:
        assert certificates(session) == {}, "what was read of another address says nothing of this one"


def test_an_address_without_a_certificate_has_none_and_one_that_speaks_no_tls_is_unavailable() -> None:
    assert certificate_until("http://127.0.0.1:1/") is None
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            line, _ = listener.accept()
            with line:
                line.sendall(b"HTTP/1.1 400\r\n\r\n" * 9)

        plain = threading.Thread(target=answer)
        plain.start()
        with pytest.raises(SourceUnavailable):
            certificate_until(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        plain.join()

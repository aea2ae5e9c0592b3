"""Probes against servers that are not ours: OpenLDAP's slapd, Dovecot, aiosmtpd. `make test-peers` installs them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from camera_peers import only_loopback
from certificate_support import a_certificate
from ports_support import free_ports

from connectors.service_probe import ProbeTarget, ask
from connectors.service_probe.ldap import BAD_LOGIN, EMPTY_PASSWORD
from domain.software_systems import HealthState, Probe, ProbeKind, ProbeResult

NOW = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
UNTIL = NOW + timedelta(days=9)
SLAPD, DOVECOT = shutil.which("slapd", path="/usr/sbin:/usr/bin"), shutil.which("dovecot", path="/usr/sbin:/usr/bin")
MISSING = "no {name} on this machine: `make test-peers` installs it"
ROOT_NAME, SUFFIX = "cn=giamsat,dc=thads,dc=example", "dc=thads,dc=example"
SLAPD_CONF = """include /etc/ldap/schema/core.schema
pidfile {folder}/slapd.pid
argsfile {folder}/slapd.args
modulepath /usr/lib/ldap
moduleload back_ldif
TLSCertificateFile {pem}
TLSCertificateKeyFile {pem}
database ldif
directory {folder}
suffix "{suffix}"
rootdn "{root}"
rootpw mat-khau-dung
"""
DOVECOT_CONF = """protocols = imap
base_dir = {folder}/run
log_path = {folder}/dovecot.log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{pem}
ssl_key = <{pem}
mail_location = maildir:{folder}/mail
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure}
  }}
}}
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}
}}
"""


def asked(kind: ProbeKind, address: str, user_name: str = "", secret: str = "") -> ProbeResult:
    probe = Probe("p", "email", kind, address, 3, user_name=user_name)
    return ask(ProbeTarget(probe, Path("/nowhere"), secret), NOW, timedelta(seconds=5))


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A server of others until the test ends; fails with what it said when it does not listen."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for _ in range(100):
            if server.poll() is not None:
                pytest.fail(f"{command[0]} ended: {server.communicate()[0]}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            pytest.fail(f"{command[0]} does not listen")
        yield
    finally:
        server.terminate()
        server.communicate(timeout=10)


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[int]:
    """OpenLDAP's server with one account; the port, and over TLS the one above."""
    if SLAPD is None:
        pytest.skip(MISSING.format(name="slapd"))
    port, conf = free_ports(2), tmp_path / "slapd.conf"
    pem = a_certificate(tmp_path, UNTIL)
    conf.write_text(SLAPD_CONF.format(folder=tmp_path, pem=pem, suffix=SUFFIX, root=ROOT_NAME))
    urls = f"ldap://127.0.0.1:{port} ldaps://127.0.0.1:{port + 1}"
    with running([SLAPD, "-d", "0", "-h", urls, "-f", str(conf)], port):
        yield port


def test_openldap_answers_an_anonymous_and_a_simple_bind(directory: int, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"ldap://127.0.0.1:{directory}"
    with only_loopback(monkeypatch):
        assert asked(ProbeKind.LDAP, address).state is HealthState.ANSWERING
        assert asked(ProbeKind.LDAP, address, ROOT_NAME, "mat-khau-dung").state is HealthState.ANSWERING
    wrong = asked(ProbeKind.LDAP, address, ROOT_NAME, "sai")
    assert (wrong.state, wrong.reason) == (HealthState.REFUSED, BAD_LOGIN)
    empty = asked(ProbeKind.LDAP, address, ROOT_NAME, "")
    assert (empty.state, empty.reason) == (HealthState.UNKNOWN, EMPTY_PASSWORD)


def test_openldap_over_tls_shows_its_certificate(directory: int) -> None:
    for kind, scheme in ((ProbeKind.LDAP, "ldaps"), (ProbeKind.TLS, "tls")):
        found = asked(kind, f"{scheme}://127.0.0.1:{directory + 1}")
        assert (found.state, found.certificate_until) == (HealthState.ANSWERING, UNTIL), found


def test_dovecot_greets_in_the_clear_and_over_tls(tmp_path: Path) -> None:
    if DOVECOT is None or os.geteuid() != 0:
        pytest.skip(MISSING.format(name="dovecot") + ", and it starts as root only")
    folder = Path("/tmp") / f"thads-dovecot-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        port, pem = free_ports(2), a_certificate(folder, UNTIL)
        conf = folder / "dovecot.conf"
        conf.write_text(DOVECOT_CONF.format(folder=folder, pem=pem, port=port, secure=port + 1))
        with running([DOVECOT, "-F", "-c", str(conf)], port):
            assert asked(ProbeKind.IMAP, f"imap://127.0.0.1:{port}").state is HealthState.ANSWERING
            found = asked(ProbeKind.IMAP, f"imaps://127.0.0.1:{port + 1}")
            assert (found.state, found.certificate_until) == (HealthState.ANSWERING, UNTIL), found
            assert asked(ProbeKind.SMTP, f"smtp://127.0.0.1:{port}").state is HealthState.REFUSED
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_another_mail_server_is_greeted_and_takes_no_mail(peer: Callable[[str], ModuleType]) -> None:
    peer("aiosmtpd")
    controller, handlers = peer("aiosmtpd.controller"), peer("aiosmtpd.handlers")
    taken: list[object] = []

    class Kept(handlers.Message):  # type: ignore[misc, name-defined]
        def handle_message(self, message: object) -> None:
            taken.append(message)

    port = free_ports()
    server = controller.Controller(Kept(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        assert asked(ProbeKind.SMTP, f"smtp://127.0.0.1:{port}").state is HealthState.ANSWERING
        assert asked(ProbeKind.IMAP, f"imap://127.0.0.1:{port}").state is HealthState.REFUSED
    finally:
        server.stop()
    assert taken == []

"""Until when the certificate of an HTTPS address is valid, read from the handshake: nothing is asked of the system."""

from __future__ import annotations

import socket
import ssl
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509

from connectors.base import SourceUnavailable

SECONDS = 5.0
HTTPS_PORT = 443


def certificate_until(address: str) -> datetime | None:
    """The end of validity (aware UTC) of what the address shows; None where it has no certificate to show.

    Whether it is trusted is for those who read from it: one that nobody trusts any more is read all the same. Raises
    SourceUnavailable where nobody answers.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or HTTPS_PORT), timeout=SECONDS) as line,
            context.wrap_socket(line, server_hostname=parts.hostname) as talk,
        ):
            shown = talk.getpeercert(binary_form=True)
    except (OSError, ValueError) as error:
        raise SourceUnavailable("Không đọc được chứng thư của nguồn.") from error
    return end_of_validity(shown)


def end_of_validity(shown: bytes | None) -> datetime | None:
    """The end of validity (aware UTC) of a certificate in DER; None without one. Raises SourceUnavailable."""
    try:
        return None if shown is None else x509.load_der_x509_certificate(shown).not_valid_after_utc
    except ValueError as error:
        raise SourceUnavailable("Chứng thư của nguồn không đúng dạng.") from error

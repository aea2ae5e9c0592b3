"""Where a sign-in leads: the address that was asked for before, handed through the form under our own signature.

An address in a link could lead anywhere; one that this process has signed was asked of this process, as one of its own
pages. A ticket that is wrong, old or of another process is no ticket: the name of the page, or home, is used instead.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qsl, quote, urlencode

from itsdangerous import BadSignature, URLSafeTimedSerializer

VALID_SECONDS = 3600
LONGEST_ADDRESS = 1_500


class Destinations:
    """Tickets for addresses of our own pages; they die with the process."""

    def __init__(self) -> None:
        self._serializer = URLSafeTimedSerializer(secrets.token_bytes(32), salt="sign-in destination")

    def ticket(self, path: str, query: str) -> str:
        """A ticket for a page of ours and its query, '' for an address that is none or too long."""
        address = _own_address(path, query)
        return self._serializer.dumps(address) if address else ""

    def address(self, ticket: str) -> str:
        """The address of a ticket of this process, '' for anything else."""
        try:
            address = self._serializer.loads(ticket[: 4 * LONGEST_ADDRESS], max_age=VALID_SECONDS)
        except BadSignature:
            return ""
        return address if isinstance(address, str) else ""


def _own_address(path: str, query: str) -> str:
    """The address written anew from its parts, so that nothing but a path of ours and a query is in it."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return ""
    asked = urlencode(parse_qsl(query, max_num_fields=50)) if query else ""
    address = f"{quote(path)}?{asked}" if asked else quote(path)
    return address if len(address) <= LONGEST_ADDRESS else ""

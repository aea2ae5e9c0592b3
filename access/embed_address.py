"""The signed address of an embedded scene: which grant, which scene, until when; nobody can make or change one."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import urlencode

LONGEST_PART = 64


class AddressNotValid(ValueError):
    """The address was changed, is too old, or was never ours; outside nothing more is said."""


class EmbedSigner:
    """Signs with a key of its own, made from the installation's key of sources (at least 32 bytes)."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(b"embed:" + key).digest()

    def address(self, scene: str, grant: str, until: datetime) -> str:
        """Path and query: `kid` names the grant, `exp` is in Unix seconds, `sig` covers all three."""
        until_second = str(int(until.timestamp()))
        query = {"exp": until_second, "kid": grant, "sig": self._signature(scene, grant, until_second)}
        return f"/embed/{scene}?{urlencode(query)}"

    def grant_of(self, scene: str, exp: str, kid: str, sig: str, now: datetime) -> str:
        """The grant that the address names; raises AddressNotValid."""
        whole = exp.isascii() and exp.isdigit() and len(exp) < 12 and len(kid) <= LONGEST_PART
        # Compared as bytes: a text that is not ASCII would be an error of its own.
        if not whole or not hmac.compare_digest(self._signature(scene, kid, exp).encode(), sig.encode()):
            raise AddressNotValid
        if now >= datetime.fromtimestamp(int(exp), UTC):
            raise AddressNotValid
        return kid

    def _signature(self, scene: str, grant: str, exp: str) -> str:
        return hmac.new(self._key, f"{scene}\n{grant}\n{exp}".encode(), hashlib.sha256).hexdigest()

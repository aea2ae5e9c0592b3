"""The Authorization header for RTSP by Digest (RFC 2617, RFC 7616) or Basic, from what a device challenges with."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping

from connectors.cameras.endpoint import Login

_PART = re.compile(r'([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_HASHES = {"MD5": "md5", "SHA-256": "sha256"}


def authorization(challenges: Iterable[str], login: Login, method: str, url: str, count: int = 1) -> str | None:
    """The header for one request: the strongest digest that is offered, Basic only where there is none; None when no
    challenge can be answered."""
    offered = list(challenges)
    digests = [_parts(text[6:]) for text in offered if text[:7].lower() == "digest "]
    known = [parts for parts in digests if parts.get("algorithm", "MD5").upper() in _HASHES and "nonce" in parts]
    if known:
        best = max(known, key=lambda parts: parts.get("algorithm", "MD5").upper() == "SHA-256")
        return _digest(best, login, method, url, count)
    # A device that challenges with a digest nobody knows is not answered in clear text.
    if not digests and any(text[:6].lower() == "basic " or text.lower() == "basic" for text in offered):
        return "Basic " + base64.b64encode(f"{login.user}:{login.secret}".encode()).decode()
    return None


def _digest(parts: Mapping[str, str], login: Login, method: str, url: str, count: int) -> str:
    algorithm = parts.get("algorithm", "MD5").upper()
    realm, nonce = parts.get("realm", ""), parts["nonce"]

    def hashed(text: str) -> str:
        return hashlib.new(_HASHES[algorithm], text.encode(), usedforsecurity=False).hexdigest()

    first, second = hashed(f"{login.user}:{realm}:{login.secret}"), hashed(f"{method}:{url}")
    fields = {"username": login.user, "realm": realm, "nonce": nonce, "uri": url}
    words = ""
    if "auth" in [word.strip() for word in parts.get("qop", "").lower().split(",")]:
        ours, turn = secrets.token_hex(8), f"{count:08x}"
        fields["response"] = hashed(f"{first}:{nonce}:{turn}:{ours}:auth:{second}")
        fields["cnonce"] = ours
        words = f", qop=auth, nc={turn}"
    else:
        fields["response"] = hashed(f"{first}:{nonce}:{second}")
    if "opaque" in parts:
        fields["opaque"] = parts["opaque"]
    if "algorithm" in parts:
        words += f", algorithm={algorithm}"
    return "Digest " + ", ".join(f'{name}="{_quoted(value)}"' for name, value in fields.items()) + words


def _parts(text: str) -> dict[str, str]:
    """The parts of a challenge; of a doubled one the first counts, as browsers do."""
    found: dict[str, str] = {}
    for name, quoted, plain in _PART.findall(text):
        found.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) if quoted else plain)
    return found


def _quoted(text: str) -> str:
    """Inside quotation marks; a device's line breaks never become a header of ours."""
    return re.sub(r"[\r\n\x00]", "", text).replace("\\", "\\\\").replace('"', '\\"')

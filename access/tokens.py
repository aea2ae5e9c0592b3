"""Secrets that travel in cookies, headers and pairing codes: made random, stored only as hashes."""

from __future__ import annotations

import hashlib
import re
import secrets

# Crockford's alphabet: no I, L, O, U, so that a code read from a paper is typed right.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
SCREEN_CODE_LENGTH = 8
MISREAD = str.maketrans("ILO", "110")


def new_token() -> str:
    """A 256-bit secret, safe in a cookie."""
    return secrets.token_urlsafe(32)


def new_public_id() -> str:
    """An opaque 96-bit name of a row, safe in addresses and logs."""
    return secrets.token_hex(12)


def token_hash(token: str) -> str:
    """What is stored of a token; a plain hash is enough because the token is already 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_pairing_code() -> str:
    """A 50-bit code in two groups, for the printed address of the demo: 'K3T9P-7QXAM'."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def screen_code(secret: str) -> str:
    """The 40-bit code a screen shows for its own secret: 'K3T9-7QXA'; the same secret always shows the same code.

    Forty bits are enough: the code opens nothing by itself, an administrator has to enter it in time.
    """
    digest = hashlib.sha256(f"screen code {secret}".encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:5], "big")
    letters = "".join(CODE_LETTERS[number >> 5 * place & 31] for place in range(SCREEN_CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def plain_code(typed: str) -> str:
    """A pairing code as it was meant: upper case, without separators, misread letters put right."""
    return re.sub(r"[^0-9A-Z]", "", typed[:64].upper().translate(MISREAD))

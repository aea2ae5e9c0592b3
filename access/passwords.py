"""Passwords: which are strong enough, how they are kept (argon2id), and checking them in constant work."""

from __future__ import annotations

import secrets
import string
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# TCVN 14423:2026 5.6 (level 3, without a second factor): at least 14 characters of all four classes.
SHORTEST = 14
LONGEST = 200
CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_.!@#%+=")
# Letters and digits that a person copies by hand without mistakes.
READABLE = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789")

# OWASP's minimum for argon2id: 19 MiB and two passes, so that a sign-in storm fits inside a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_nobody = _hasher.hash(secrets.token_urlsafe(32))


def password_problem(password: str, sign_in_name: str = "") -> str | None:
    """Why a password is refused, in Vietnamese, or None when it is strong enough."""
    if len(password) < SHORTEST:
        return f"Mật khẩu cần ít nhất {SHORTEST} ký tự."
    if len(password) > LONGEST:
        return f"Mật khẩu dài quá {LONGEST} ký tự."
    classes = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
    if not all(any(belongs(letter) for letter in password) for belongs in classes):
        return "Mật khẩu cần đủ chữ thường, chữ hoa, chữ số và ký tự khác."
    if sign_in_name and sign_in_name.casefold() in password.casefold():
        return "Mật khẩu không được chứa tên đăng nhập."
    return None


def new_password() -> str:
    """A random password of four readable groups (about 90 bits) that satisfies `password_problem`."""
    letters = "".join(READABLE)
    while True:
        password = "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
        if password_problem(password) is None:
            return password


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(_bytes(password))


def password_matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; `None` (no such account) costs the same work and is always False."""
    try:
        _hasher.verify(stored or _nobody, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _bytes(password: str) -> bytes:
    """Any text can be tried, even half a surrogate pair; composed, so that two keyboards agree on 'ế'."""
    return unicodedata.normalize("NFC", password[: LONGEST + 1]).encode("utf-8", "surrogatepass")

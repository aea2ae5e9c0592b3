"""Secrets of connected systems, encrypted at rest: sealed before they are stored, opened only to be sent."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class VaultRefused(ValueError):
    """The stored secret does not open with this installation's key: it must be typed in again."""


class Vault:
    """Seals and opens with one key (var/sources_key, at least 32 bytes); the key of the audit is another."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"sources:" + key).digest()))

    def seal(self, secret: str) -> str:
        """The secret as it may be stored; '' stays ''."""
        return self._fernet.encrypt(secret.encode()).decode("ascii") if secret else ""

    def unseal(self, sealed: str) -> str:
        """The secret again; raises VaultRefused."""
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed.encode("ascii")).decode()
        except (InvalidToken, UnicodeError) as error:
            raise VaultRefused("Khóa đã đổi: nhập lại mật khẩu hoặc khóa truy cập của nguồn.") from error

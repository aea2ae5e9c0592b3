"""Secrets at rest: unreadable without the key, refused in words with another one."""

from __future__ import annotations

import pytest

from access.vault import Vault, VaultRefused

KEY, OTHER = b"k" * 32, b"o" * 32


def test_a_secret_comes_back_only_with_its_own_key() -> None:
    sealed = Vault(KEY).seal("mật khẩu")
    assert "mật" not in sealed and Vault(KEY).seal("mật khẩu") != sealed
    assert Vault(KEY).unseal(sealed) == "mật khẩu"
    with pytest.raises(VaultRefused, match="nhập lại"):
        Vault(OTHER).unseal(sealed)


def test_no_secret_stays_none() -> None:
    assert Vault(KEY).seal("") == "" == Vault(KEY).unseal("")


def test_a_changed_secret_is_refused() -> None:
    with pytest.raises(VaultRefused):
        Vault(KEY).unseal("không phải")

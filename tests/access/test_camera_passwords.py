"""Passwords of cameras are kept together, told apart by unit, and never printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.camera_passwords import CameraPasswords

WORDS = st.text(min_size=1, max_size=30)


def test_a_unit_with_its_own_is_asked_with_it_and_the_others_with_the_shared_one() -> None:
    passwords = CameraPasswords("chung").with_password("PHUVANG", "rieng")
    assert passwords.of("PHUVANG") == "rieng" and passwords.of("ALUOI") == "chung"
    assert passwords.with_password("", "moi").of("PHUVANG") == "rieng"
    assert passwords.with_password("", "moi").of("ALUOI") == "moi"
    assert CameraPasswords().of("ALUOI") == ""


@pytest.mark.parametrize("text", ["du-lieu-mau", "", "{", "[]", "null", "12", '{"shared": "a"}'])
def test_what_was_sealed_as_plain_text_is_the_password_of_all(text: str) -> None:
    assert CameraPasswords.read(text).of("ALUOI") == text


@given(WORDS, st.dictionaries(WORDS, WORDS, max_size=4))
def test_what_is_sealed_is_what_is_read_and_nothing_is_printed(shared: str, by_unit: dict[str, str]) -> None:
    passwords = CameraPasswords(shared, by_unit)
    assert CameraPasswords.read(passwords.text()) == passwords
    assert repr(passwords) == "CameraPasswords()"

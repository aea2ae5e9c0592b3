"""Which passwords are accepted and how they are kept."""

from __future__ import annotations

import time

import pytest

from access.passwords import hash_password, new_password, password_matches, password_problem


@pytest.mark.parametrize(
    "password",
    [
        "",
        "Ngan-1!",
        "chuthuongdai-12345",
        "CHUHOADAI-123456789",
        "KhongCoChuSo-!!!!!",
        "KhongCoKyTuKhac1234",
        "A1-a" * 60,
    ],
)
def test_a_weak_password_is_refused_with_a_reason(password: str) -> None:
    assert password_problem(password)


def test_a_password_that_contains_the_sign_in_name_is_refused() -> None:
    assert password_problem("Quantri-2026-xyz", "quantri")
    assert password_problem("Quantri-2026-xyz", "lanhdao") is None


def test_a_new_password_is_strong_and_never_the_same() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(password_problem(password) is None for password in made)


def test_only_the_right_password_matches_its_hash() -> None:
    stored = hash_password("Song-Huong-2026!")
    assert stored.startswith("$argon2id$")
    assert password_matches(stored, "Song-Huong-2026!")
    assert not password_matches(stored, "Song-Huong-2026?")


def test_no_account_and_a_broken_hash_match_nothing() -> None:
    assert not password_matches(None, "")
    assert not password_matches("not a hash", "x")


def test_an_unknown_account_costs_the_same_work_as_a_wrong_password() -> None:
    stored = hash_password("Song-Huong-2026!")

    def fastest(known: str | None) -> float:
        times = []
        for _ in range(7):
            began = time.process_time()
            password_matches(known, "wrong")
            times.append(time.process_time() - began)
        return min(times)

    known, unknown = fastest(stored), fastest(None)
    assert abs(known - unknown) < 0.5 * max(known, unknown)

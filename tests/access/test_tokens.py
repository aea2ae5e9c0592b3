"""Tokens and pairing codes."""

from __future__ import annotations

from access.tokens import new_pairing_code, new_token, plain_code, token_hash


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(500)}
    assert len(made) == 500
    assert min(map(len, made)) >= 43


def test_what_is_stored_of_a_token_is_not_the_token() -> None:
    token = new_token()
    assert token not in token_hash(token)
    assert len(token_hash(token)) == 64


def test_a_code_typed_carelessly_is_the_code_that_was_meant() -> None:
    code = new_pairing_code()
    careless = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert plain_code(careless) == plain_code(code) == code.replace("-", "")


def test_any_text_can_be_tried_as_a_code() -> None:
    assert plain_code("\ud800 đ ' OR 1=1 --" + "x" * 10_000).isalnum()

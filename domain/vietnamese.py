"""Vietnamese text brought to one form, so that headers and names match however they were typed."""

from __future__ import annotations

import unicodedata

_EDGES = " .,:;*()[]{}\"'“”‘’-–—/_"


def normalised(text: str) -> str:
    """Lower case without diacritics (đ becomes d), white space folded, punctuation at the edges dropped.

    Works on composed and decomposed forms alike; 'Đơn  vị ban hành:' becomes 'don vi ban hanh'.
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
    return " ".join(plain.replace("đ", "d").split()).strip(_EDGES)

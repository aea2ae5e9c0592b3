"""Vietnamese text brought to one form, so that headers and names match however they were typed."""

from __future__ import annotations

import unicodedata

_EDGES = " .,:;*()[]{}\"'“”‘’-–—/_"


def normalised(text: str) -> str:
    """Lower case without diacritics (đ becomes d), white space folded, punctuation at the edges dropped.

    Composed and decomposed forms, no-break and zero-width spaces, and both places of a tone mark (Hóa, Hoá) give the
    same result; 'Đơn  vị ban hành:' becomes 'don vi ban hanh'.
    """
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if unicodedata.category(letter) not in _SILENT
    )
    return " ".join(plain.replace("đ", "d").split()).strip(_EDGES)


# Combining marks, and format characters such as the zero-width space, the soft hyphen and the byte-order mark.
_SILENT = {"Mn", "Me", "Cf"}

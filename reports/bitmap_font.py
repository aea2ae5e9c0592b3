"""Letters of five by seven dots: what is burnt into a picture must not depend on the fonts of a machine."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

WIDE, HIGH = 5, 7
# A column is a number whose lowest bit is its uppermost dot.
_COLUMNS = {
    " ": "0000000000", "-": "0808080808", ".": "0060600000", "/": "2010080402", ":": "0036360000", "?": "0201510906",
    "@": "324979413E", "_": "4040404040", "0": "3E5149453E", "1": "00427F4000", "2": "4261514946", "3": "2141454B31",
    "4": "1814127F10", "5": "2745454539", "6": "3C4A494930", "7": "0171090503", "8": "3649494936", "9": "064949291E",
    "A": "7E1111117E", "B": "7F49494936", "C": "3E41414122", "D": "7F4141221C", "E": "7F49494941", "F": "7F09090901",
    "G": "3E4149497A", "H": "7F0808087F", "I": "00417F4100", "J": "2040413F01", "K": "7F08142241", "L": "7F40404040",
    "M": "7F020C027F", "N": "7F0408107F", "O": "3E4141413E", "P": "7F09090906", "Q": "3E4151215E", "R": "7F09192946",
    "S": "4649494931", "T": "01017F0101", "U": "3F4040403F", "V": "1F2040201F", "W": "3F4038403F", "X": "6314081463",
    "Y": "0708700807", "Z": "6151494543",
}  # fmt: skip


def written(text: str, scale: int) -> NDArray[np.bool_]:
    """The dots of one line of text, each `scale` pixels wide: 7 * scale high, 6 * scale for each letter. Letters are
    written large and without diacritics; what has no letter here is a question mark."""
    dots = np.zeros((HIGH, max(len(text), 1) * (WIDE + 1)), dtype=np.bool_)
    for at, letter in enumerate(plain(text)):
        columns = bytes.fromhex(_COLUMNS.get(letter, _COLUMNS["?"]))
        for place, column in enumerate(columns):
            dots[:, at * (WIDE + 1) + place] = [bool(column >> row & 1) for row in range(HIGH)]
    return dots.repeat(scale, axis=0).repeat(scale, axis=1)


def plain(text: str) -> str:
    """One large letter without diacritics for each letter of a text."""
    return "".join(_plain(letter) for letter in unicodedata.normalize("NFC", text))


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].upper().replace("Đ", "D")
    return base if base in _COLUMNS else "?"

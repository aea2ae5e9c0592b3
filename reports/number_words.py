"""Numbers in files as they are on the screens: 1.234.567 · 22,3% · −4,9; None is never a number, it has words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
UNKNOWN = "—"
NO_FIGURES = "chưa có số liệu"
BILLION, MILLION = 1_000_000_000, 1_000_000


def whole_words(number: int | None) -> str:
    """1234567 -> '1.234.567'."""
    return UNKNOWN if number is None else f"{number:,}".replace(",", ".").replace("-", MINUS)


def decimal_words(value: Decimal | None, places: int = 1) -> str:
    """Decimal('-1234.55') -> '−1.234,6', half up."""
    if value is None:
        return UNKNOWN
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    plain = f"{abs(rounded) if rounded == 0 else rounded:,.{places}f}"
    return plain.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", MINUS)


def percent_words(value: Decimal | None, places: int = 1) -> str:
    """'22,3%'."""
    return UNKNOWN if value is None else f"{decimal_words(value, places)}%"


def signed_words(value: Decimal | None, places: int = 1) -> str:
    """'+0,8', '−4,9', '0,0'."""
    if value is None:
        return UNKNOWN
    words = decimal_words(value, places)
    return f"+{words}" if value > 0 and any(digit in "123456789" for digit in words) else words


def money_words(dong: int) -> str:
    """'243,8 tỷ đồng', '12,5 triệu đồng', '900.000 đồng'."""
    for unit, word in ((BILLION, "tỷ"), (MILLION, "triệu")):
        if abs(dong) >= unit:
            return f"{decimal_words(Decimal(dong) / unit)} {word} đồng"
    return f"{whole_words(dong)} đồng"

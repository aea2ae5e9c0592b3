"""Numbers, money and dates as Vietnamese text: 1.234.567 · 22,3% · −4,9 · 243,8 tỷ đồng · 23/11/2026.

Decimals are rounded half up from Decimal; the minus is U+2212. None is never formatted here: unknown has words.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from domain.local_time import local
from domain.vietnamese_numbers import dotted

MINUS = "\u2212"
MILLION = 1_000_000
BILLION = 1_000_000_000

UNKNOWN = "—"
NOT_CONNECTED = "chưa kết nối"
NO_FIGURES = "chưa có số liệu"
NO_RULE = "chưa có thời hạn hiệu lực"
NO_MAP = "chưa có bản đồ đơn vị"
NOTHING_ENFORCEABLE = "không có việc có điều kiện"


def whole(number: int) -> str:
    """1234567 -> '1.234.567'."""
    return dotted(number)


def decimal(value: Decimal, places: int = 1) -> str:
    """Decimal('-1234.55') -> '−1.234,6' (half up, away from zero)."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    text = f"{rounded:,.{places}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", MINUS)


def percent(value: Decimal, places: int = 1) -> str:
    """Decimal('22.259') -> '22,3%'."""
    return f"{decimal(value, places)}%"


def points(value: Decimal, places: int = 1) -> str:
    """A difference between two percentages: Decimal('9.9') -> '9,9 điểm'."""
    return f"{decimal(value, places)} điểm"


def money(dong: int) -> str:
    """Readable money: from a tỷ and from a triệu with one decimal, below that exactly."""
    for unit, word in ((BILLION, "tỷ"), (MILLION, "triệu")):
        if abs(dong) >= unit:
            return f"{decimal(Decimal(dong) / unit)} {word} đồng"
    return exact_money(dong)


def exact_money(dong: int) -> str:
    """1250000000 -> '1.250.000.000 đồng'."""
    return f"{whole(dong)} đồng"


def day(on: date) -> str:
    """date(2026, 11, 23) -> '23/11/2026'."""
    return f"{on:%d/%m/%Y}"


def hours(span: timedelta) -> str:
    """timedelta(hours=4) -> '4'; half an hour more is '4,5'."""
    return f"{span.total_seconds() / 3600:g}".replace(".", ",")


def clock_time(at: datetime) -> str:
    """An aware instant as the clock in Huế shows it: '08:42'."""
    return f"{local(at):%H:%M}"


def milliseconds(at: datetime) -> int:
    """An aware instant as milliseconds since 1970, the only time the browser is given."""
    return round(at.timestamp() * 1000)

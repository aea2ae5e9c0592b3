"""Số trực ban của đơn vị: what may be entered as one. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

# Digits as people write them: 0234 382 1234, +84 234 3821234, 0234.382.1234, an extension after 'máy'.
SHAPE = re.compile(r"\+?\d[\d .-]{1,18}\d( máy \d{1,5})?")


class PhoneRefused(ValueError):
    """What was typed is no telephone number; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class DutyPhone:
    """Số trực ban: the number of a unit's duty desk, who entered it and when (aware UTC)."""

    unit: str
    number: str
    entered_by: str
    entered_at: datetime


def cleaned_number(typed: str) -> str:
    """The number as it is stored, '' for none any more; raises PhoneRefused."""
    number = " ".join(typed.split())
    if number and not SHAPE.fullmatch(number):
        raise PhoneRefused("Số trực ban chỉ gồm chữ số, dấu cách, dấu chấm; ví dụ 0234 382 1234.")
    return number


def dialled(number: str) -> str:
    """The digits a telephone dials, without the extension."""
    return re.sub(r"[^\d+]", "", number.partition(" máy ")[0])

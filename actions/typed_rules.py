"""What an administrator types about rules, made into days, instants, numbers and one line of words, or refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from domain.alarms import RuleRefused
from domain.local_time import LOCAL

LONGEST_REASON = 160
SHORTEST_REASON = 5
AHEAD = timedelta(days=365)


def typed_line(words: str, longest: int, what: str) -> str:
    """One line without what cannot be printed."""
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    if len(said) > longest:
        raise RuleRefused(f"{what} dài nhất {longest} ký tự.")
    return said


def typed_reason(words: str) -> str:
    """Why; nothing is changed without."""
    reason = typed_line(words, LONGEST_REASON, "Lý do")
    if len(reason) < SHORTEST_REASON:
        raise RuleRefused("Ghi lý do thay đổi.")
    return reason


def typed_day(words: str) -> date:
    """A day of Huế as '30/11/2026'."""
    try:
        on, month, year = words.strip()[:10].split("/")
        return date(int(year), int(month), int(on))
    except ValueError as error:
        raise RuleRefused("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/11/2026.") from error


def typed_day_to_come(words: str, today: date) -> date:
    """The day from which a decision holds: today or later, for what was in force cannot be changed any more."""
    day = typed_day(words)
    if day < today:
        raise RuleRefused("Ngày hiệu lực đã qua: chọn từ hôm nay trở đi.")
    if day > today + AHEAD:
        raise RuleRefused(f"Ngày hiệu lực trong vòng {AHEAD.days} ngày.")
    return day


def typed_instant(words: str) -> datetime:
    """A moment on a clock in Huế as '08:00 30/11/2026'."""
    try:
        clock, day = words.split()
        hour, minute = clock.split(":")
        on, month, year = day.split("/")
        return datetime(int(year), int(month), int(on), int(hour), int(minute), tzinfo=LOCAL)
    except ValueError as error:
        raise RuleRefused("Ghi giờ theo dạng giờ:phút ngày/tháng/năm, ví dụ 08:00 30/11/2026.") from error


def typed_number(words: str, what: str) -> Decimal:
    """A number as people write it: 2,5 or 2.5."""
    try:
        number = Decimal(words.strip().replace(",", "."))
    except InvalidOperation as error:
        raise RuleRefused(f"{what} phải là một số.") from error
    if not number.is_finite() or abs(number) > Decimal(1_000_000) or number != round(number, 2):
        raise RuleRefused(f"{what} phải là một số, nhiều nhất hai chữ số lẻ.")
    return number


def typed_whole(words: str, what: str, most: int) -> int:
    """A whole number from zero."""
    digits = words.strip()
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 9 or int(digits) > most:
        raise RuleRefused(f"{what} là số nguyên từ 0 đến {most}.")
    return int(digits)

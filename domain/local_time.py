"""The calendar and the clock of Huế: Asia/Ho_Chi_Minh, UTC+7 without summer time since 1976."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def local(at: datetime) -> datetime:
    """The same instant on a clock in Huế; refuses a naive one, whose zone nobody knows."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no local time")
    return at.astimezone(LOCAL)


def moment_words(at: datetime) -> str:
    """'09:41 25/11/2026' on a clock in Huế."""
    return f"{local(at):%H:%M %d/%m/%Y}"


def local_day(at: datetime) -> date:
    """The calendar day in Huế at an instant."""
    return local(at).date()


def since_words(at: datetime, now: datetime) -> str:
    """'07:00', with the day where it is not today: '22:00 25/11'."""
    there = local(at)
    return f"{there:%H:%M}" if there.date() == local_day(now) else f"{there:%H:%M %d/%m}"


def midnight(at: datetime) -> datetime:
    """The instant at which the day began in Huế."""
    return datetime.combine(local_day(at), time(0), LOCAL)


def next_midnight(at: datetime) -> datetime:
    """The instant at which the next day begins in Huế."""
    return datetime.combine(local_day(at) + timedelta(days=1), time(0), LOCAL)

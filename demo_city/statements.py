"""What the city's other software states of each month (accounting, documents, archive, personnel, e-mail, signatures),
and last year's survey. Invented, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from demo_city.sheets import deliver_sheet
from demo_city.units import Unit

HEAD = ("Mã chỉ tiêu", "Đơn vị", "Kỳ", "Tử số", "Mẫu số", "Giá trị", "Thời điểm số liệu")
HUE = timezone(timedelta(hours=7))
MONTHS = 14
MILLION = 1_000_000
# Indicator -> lowest and highest of the part by a hundred, and of the whole.
SHARES = {
    "case_users_active": (82, 100, 8, 30),
    "accounting_users_active": (90, 100, 1, 4),
    "documents_overdue": (0, 6, 60, 400),
    "documents_users_active": (85, 100, 8, 30),
    "archive_waiting": (2, 30, 100, 900),
    "archive_users_active": (50, 100, 1, 4),
    "personnel_posts": (80, 100, 8, 32),
    "personnel_enforcers": (70, 100, 3, 12),
    "personnel_examiners": (50, 100, 1, 3),
    "personnel_secretaries": (60, 100, 2, 8),
    "personnel_accountants": (100, 100, 1, 2),
    "personnel_degrees": (88, 100, 8, 30),
    "personnel_it_skills": (70, 98, 8, 30),
    "personnel_users_active": (50, 100, 1, 3),
    "email_mailboxes_used": (75, 100, 8, 32),
    "email_delivered": (96, 100, 200, 3000),
    "signature_documents": (62, 99, 60, 500),
    "signature_holders": (80, 100, 3, 8),
}
# Indicator -> lowest and highest total of days for each thing counted, and how many things.
QUOTIENTS = {"accounting_held_days": (3, 25, 4, 60), "documents_handling": (1, 6, 60, 400)}
# Indicator -> lowest and highest amount.
AMOUNTS = {
    "accounting_collected": (300 * MILLION, 9_000 * MILLION),
    "accounting_paid": (200 * MILLION, 7_000 * MILLION),
    "accounting_budget": (40 * MILLION, 900 * MILLION),
    "accounting_held": (100 * MILLION, 2_500 * MILLION),
    "documents_in": (80, 600),
    "documents_out": (60, 500),
    "signature_expiring": (0, 1),
}
SURVEYS = {
    "survey_awareness": (412, 560),
    "survey_outside_reach": (61, 118),
    "survey_parties_reach": (371, 560),
    "survey_satisfaction": (498, 560),
}


def deliver_statements(inbox: Path, units: Sequence[Unit], root: str, seed: int, now: datetime) -> Path:
    """Let the sheet of all months arrive; the same day gives the same file."""
    day = now.astimezone(HUE).date()
    rows = [HEAD, *_monthly(units, seed, day), *_survey(root, day)]
    return deliver_sheet(inbox, "observations", f"so-lieu-phan-mem_den-ngay-{day:%Y-%m-%d}.csv", rows)


def _monthly(units: Sequence[Unit], seed: int, day: date) -> Iterator[tuple[str, ...]]:
    first = day.replace(day=1)
    for age in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        stated_at = _stated(first, day)
        # The archive of the last unit has no software, and the mail of one has not reported last month.
        silent = {(units[-1].code, "archive"), *({(units[1].code, "email")} if age == 0 else ())}
        for unit in units:
            chance = random.Random(f"{seed} {first} {unit.code}")
            for indicator, part, whole, value in _figures(chance):
                if (unit.code, indicator.partition("_")[0]) not in silent:
                    yield (indicator, unit.code, f"{first:%Y-%m}", part, whole, value, stated_at)


def _figures(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """(indicator, numerator, denominator, value) of one unit and month."""
    for indicator, (low, high, least, most) in SHARES.items():
        whole = chance.randint(least, most)
        yield indicator, str(min(whole, round(whole * chance.randint(low, high) / 100))), str(whole), ""
    for indicator, (low, high, least, most) in QUOTIENTS.items():
        count = chance.randint(least, most)
        yield indicator, str(count * chance.randint(low, high) + chance.randint(0, count)), str(count), ""
    amounts = {indicator: chance.randint(*bounds) for indicator, bounds in AMOUNTS.items()}
    for indicator, amount in amounts.items():
        yield indicator, "", "", str(amount)
    overdue = amounts["accounting_held"] // 12 if chance.random() < 0.2 else 0
    yield "accounting_held_overdue", "", "", str(overdue)


def _survey(root: str, day: date) -> Iterator[tuple[str, ...]]:
    year = day.year - 1
    for indicator, (part, whole) in SURVEYS.items():
        yield indicator, root, str(year), str(part), str(whole), "", f"{year + 1}-01-20T09:00:00+07:00"


def _stated(first: date, day: date) -> str:
    """On the third day after the month, never after today."""
    on = min((first + timedelta(days=31)).replace(day=3), day)
    return datetime.combine(on, time(8, 0), HUE).astimezone(UTC).isoformat()

"""The queue system of the offices over HTTP, as one list of today's and yesterday's visits; and the two sheets that an
office sends of what such a system does not hold: older visits, the register of complaints.

It misbehaves a little, as real ones do: an entry twice, one whose end lies before its beginning, the list out of order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from flask import Blueprint, Response, jsonify

from demo_city.clock import LOCAL
from demo_city.sheets import deliver_sheet
from demo_city.units import Unit
from demo_city.visitors import Visitors
from demo_city.working_days import is_working_day

BROKEN_EVERY = 13
_HISTORY = timedelta(days=30)
_TIME = "%Y-%m-%d %H:%M:%S"
_VISIT_HEAD = (
    *("Đơn vị", "Số thứ tự", "Giờ lấy số", "Giờ gọi", "Giờ kết thúc", "Quầy"),
    *("Nội dung", "Kết quả", "Số người", "Lãnh đạo tiếp"),
)
_REGISTER_HEAD = (
    *("Đơn vị", "Số thụ lý", "Loại đơn", "Ngày thụ lý", "Đối tượng khiếu nại", "Lần giải quyết"),
    "Ngày giải quyết",
)
_LONG_AGO = "2026-01-05T08:00:00+07:00"
_SUBJECTS = (
    ("Trước khi áp dụng biện pháp bảo đảm, cưỡng chế", 6),
    ("Biện pháp cưỡng chế", 3),
    ("Biện pháp bảo đảm, phong tỏa tài khoản", 1),
)


def reception_service(visitors: Visitors, clock: Callable[[], datetime]) -> Blueprint:
    """The list at /tiep-cong-dan/luot.json; it answers by the clock alone."""
    queue = Blueprint("queue", "demo_city", url_prefix="/tiep-cong-dan")

    @queue.get("/luot.json")
    def visits() -> Response:
        now = clock()
        entries = [visitor.as_entry(now) for visitor in visitors.told(now)]
        return jsonify(_troubled(entries, now))

    return queue


def deliver_reception_sheets(inbox: Path, visitors: Visitors, units: Sequence[Unit], seed: int, now: datetime) -> None:
    """Let the visits of the last thirty days and the register arrive in the inbox."""
    here = now.astimezone(LOCAL)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    visits = [
        ["Đơn vị", "Số thứ tự", "Giờ lấy số", "Giờ gọi", "Giờ kết thúc", "Quầy", "Nội dung", "Kết quả", "Số người"]
    ]
    visits[0] += ["Lãnh đạo tiếp"]
    for visitor in visitors.between(midnight - _HISTORY, midnight - timedelta(days=1)):
        called = f"{visitor.called_at:{_TIME}}" if visitor.called_at else ""
        times = [f"{visitor.came_at:{_TIME}}", called, f"{visitor.ended_at:{_TIME}}"]
        what = [visitor.counter if called else "", visitor.purpose, visitor.outcome, str(visitor.people)]
        visits.append([visitor.unit, visitor.ticket, *times, *what, "x" if visitor.is_leader else ""])
    stamp = f"den-ngay-{here:%Y-%m-%dT%H%M}.csv"
    # The older visits are as old as last night, whatever the hour at which the sheet is sent.
    deliver_sheet(inbox, "reception", f"1-luot-tiep_den-ngay-{midnight:%Y-%m-%dT%H%M}.csv", visits)
    deliver_sheet(inbox, "reception", f"2-so-khieu-nai-to-cao_{stamp}", _register(units, seed, here.date()))


def _register(units: Sequence[Unit], seed: int, today: date) -> list[list[str]]:
    rows = [
        ["Đơn vị", "Số thụ lý", "Loại đơn", "Ngày thụ lý", "Đối tượng khiếu nại", "Lần giải quyết", "Ngày giải quyết"]
    ]
    first = date(today.year if today.month >= 10 else today.year - 1, 10, 1)
    for unit in units:
        rng = Random(f"{seed}:register:{unit.code}:{first}")
        day, number = first - timedelta(days=rng.randint(4, 25)), 0
        while day <= today:
            if is_working_day(day):
                number += 1
                rows.append(_petition(unit.code, number, day, today, rng))
            day += timedelta(days=rng.randint(5, 24))
    return rows


def _petition(unit: str, number: int, day: date, today: date, rng: Random) -> list[str]:
    is_denunciation = rng.random() < 0.2
    subject = "" if is_denunciation else rng.choices(*zip(*_SUBJECTS, strict=True))[0]
    solved_on = day + timedelta(days=rng.randint(8, 50) if is_denunciation else rng.randint(6, 15))
    solved = f"{solved_on:%d/%m/%Y}" if solved_on <= today else ""
    kind = "Tố cáo" if is_denunciation else "Khiếu nại"
    return [unit, f"{number:02d}/{day.year}", kind, f"{day:%d/%m/%Y}", subject, "lần đầu", solved]


def _troubled(entries: list[dict[str, object]], now: datetime) -> list[dict[str, object]]:
    if not entries or now.minute % BROKEN_EVERY:
        return entries
    broken = {
        **entries[-1],
        "ticket": "A999",
        "called_at": entries[-1]["ticketed_at"],
        "ended_at": "2026-01-05T08:00:00+07:00",
    }
    return [*reversed(entries), entries[0], broken]

"""The guards' logs: one sheet of all units when the city opens, and one whenever a shift ends; coded, without names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from demo_city.clock import LOCAL
from demo_city.moods import Mood
from demo_city.sheets import deliver_sheet
from demo_city.units import Unit, folded

COLUMNS = ("Đơn vị", "Thời điểm", "Ca trực", "Loại", "Kết quả", "Mã người trực")
# Shifts end at these times; the night that ends in the morning began the evening before.
_SHIFTS = ((time(6), "Ca đêm", time(22)), (time(14), "Ca sáng", time(6)), (time(22), "Ca chiều", time(14)))
_HAPPENS = 0.06
_EVENTS = (
    ("Chuyển động ngoài giờ", "đã xử lý", ("Ca đêm",)),
    ("Chuyển động ngoài giờ", "báo nhầm", ("Ca đêm",)),
    ("Ghi nhận ca trực", "để biết", ("Ca đêm", "Ca sáng", "Ca chiều")),
    ("Gây rối trật tự", "đã chuyển công an", ("Ca sáng", "Ca chiều")),
)
_SETTLED_AFTER = timedelta(hours=4)
Row = tuple[datetime, list[str]]


class GuardLogs:
    """Call `tick` with the time; a sheet is delivered when there is something new, with all of the day."""

    def __init__(self, inbox: Path, units: Sequence[Unit], seed: int, mood: Mood, since: date) -> None:
        self._inbox, self._units, self._seed, self._mood, self._since = inbox, units, seed, mood, since
        self._told: str = ""

    def tick(self, now: datetime) -> Path | None:
        """Deliver what has been written by now when a shift has ended since, or a matter was settled."""
        here = now.astimezone(LOCAL)
        rows = [row for _, row in sorted(self._rows(here))]
        said = str(rows)
        if said == self._told or not rows:
            return None
        self._told = said
        return deliver_sheet(self._inbox, "security", f"so-truc_den-ngay-{here:%Y-%m-%dT%H%M}.csv", [COLUMNS, *rows])

    def _rows(self, here: datetime) -> Iterator[Row]:
        """Every shift of today that has ended, quiet ones too, and the two matters of the demo's day."""
        today = here.date()
        for ends, shift, begins in _SHIFTS:
            ends_at = datetime.combine(today, ends, LOCAL)
            if ends_at > here:
                continue
            begins_at = datetime.combine(today - timedelta(days=begins > ends), begins, LOCAL)
            for number, unit in enumerate(self._units, start=1):
                yield self._row(unit, number, shift, begins_at, ends_at)
        yield from self._known_matters(here)

    def _row(self, unit: Unit, number: int, shift: str, begins_at: datetime, ends_at: datetime) -> Row:
        rng = Random(f"{self._seed}:guard:{unit.code}:{ends_at:%Y%m%d%H}")
        likely = [event for event in _EVENTS if shift in event[2]]
        if rng.random() >= _HAPPENS:
            return ends_at, _cells(unit, ends_at, shift, "Bình thường", "", number)
        kind, outcome, _ = rng.choice(likely)
        at = begins_at + (ends_at - begins_at) * rng.random()
        return at, _cells(unit, at, shift, kind, outcome, number)

    def _known_matters(self, here: datetime) -> Iterator[Row]:
        """Somebody in the yard of Hương Trà at night; an incident before the seat of Phú Vang, settled hours later."""
        night = datetime.combine(here.date(), time(2, 17), LOCAL)
        morning = datetime.combine(here.date(), time(6, 27), LOCAL)
        for at, name, shift, kind, outcome in (
            (night, "huong tra", "Ca đêm", "Chuyển động ngoài giờ", "đã xử lý"),
            (morning, "phu vang", "Ca sáng", "Sự việc trước trụ sở", self._settled(morning, here)),
        ):
            unit = unit_named(self._units, name)
            if at <= here - timedelta(minutes=10):
                yield at, _cells(unit, at, shift, kind, outcome, self._units.index(unit) + 1)

    def _settled(self, at: datetime, here: datetime) -> str:
        is_crowd = self._mood.crowd_at is not None and here.date() >= self._since
        return "đã tiếp nhận" if is_crowd or here - at < _SETTLED_AFTER else "đã xử lý"


def unit_named(units: Sequence[Unit], name: str) -> Unit:
    """The unit that bears a name, else the last one."""
    return next((unit for unit in units if name in folded(unit.name)), units[-1])


def _cells(unit: Unit, at: datetime, shift: str, kind: str, outcome: str, number: int) -> list[str]:
    return [unit.code, f"{at:%d/%m/%Y %H:%M}", shift, kind, outcome, f"BV-{number:02d}"]

"""The demo city: delivers a full set of workbooks each day it opens, then small `changes` workbooks tick by tick."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from demo_city.clock import LOCAL
from demo_city.memory import Memory, edition, recall
from demo_city.province import Province
from demo_city.today import happen
from demo_city.troubles import Trouble, add_bad_row, trouble_of
from demo_city.units import Pack
from demo_city.workbooks import Sheets, deliver, sheets_of_lives, sheets_of_rows
from demo_city.working_days import is_working_day

OPENS, CLOSES = time(7, 30), time(17, 30)
# What offices have entered by the time the city is first looked at in the morning.
_MORNING = 0.25
_LATE_BY = timedelta(hours=1)

log = logging.getLogger("demo_city")


class City:
    """`inbox` gets full/ and changes/; `state_path` remembers what was lived, so that a restart repeats nothing."""

    def __init__(self, inbox: Path, pack_folder: Path, seed: int, state_path: Path) -> None:
        self.inbox, self.seed, self.state_path = inbox, seed, state_path
        self._pack = Pack(pack_folder)
        self._workroom = inbox / ".writing"
        self._memory = Memory(seed, self._pack.name, edition())
        self._province: Province | None = None

    def open(self, now: datetime) -> list[Path]:
        """Go on where the city stopped, or begin; returns the workbooks delivered (none when today's set is there)."""
        for folder in (self.inbox / "full", self.inbox / "changes", self._workroom, self.state_path.parent):
            folder.mkdir(parents=True, exist_ok=True)
        for unfinished in self._workroom.glob("*.xlsx"):
            unfinished.unlink()
        delivered: list[Path] = []
        memory = recall(self.state_path, self.seed, self._pack.name)
        if memory is not None:
            delivered = self._go_on(memory)
        return delivered + self._begin_day(now)

    def tick(self, now: datetime) -> list[Path]:
        """One to four events of one unit as a `changes` workbook; at the opening of a new day also its full set."""
        now = now.astimezone(LOCAL)
        if now.time() >= OPENS and (delivered := self._begin_day(now)):
            return delivered
        self._memory.add_ticks(now.date().isoformat(), now.isoformat())
        unit, sheets = self._live_tick(self._memory.ticks - 1, now.date())
        # Remembered before it is delivered: a tick cut short is delivered again, with the same name and content.
        self._memory.save(self.state_path)
        return self._deliver_tick(unit, sheets, now)

    @property
    def province(self) -> Province:
        """The lives behind the files; only after `open`."""
        if self._province is None:
            raise RuntimeError("open the city before looking at it")
        return self._province

    def _go_on(self, memory: Memory) -> list[Path]:
        self._memory = memory
        self._province = Province(self._pack, self.seed, date.fromisoformat(str(memory.steps[0][1])))
        lived: tuple[str, Sheets] | None = None
        done = 0
        for kind, day, amount in memory.steps:
            if kind == "days":
                self._province.live_until(date.fromisoformat(str(day)), float(amount))
                continue
            for _ in range(int(amount)):
                lived = self._live_tick(done, date.fromisoformat(str(day)))
                done += 1
        log.info("demo city goes on after %d ticks", done)
        if lived is None:
            return []
        return self._deliver_tick(*lived, datetime.fromisoformat(memory.last_tick_at))

    def _begin_day(self, now: datetime) -> list[Path]:
        """Live the days that nobody watched and deliver the full set, once a day; a clock set back delivers nothing."""
        now = now.astimezone(LOCAL)
        today = now.date()
        if self._memory.full_on >= today.isoformat():
            return []
        part = _MORNING if now.time() >= OPENS else 0.0
        if self._province is None:
            self._province = Province(self._pack, self.seed, today)
        self._province.live_until(today, part)
        delivered = []
        for code, docket in self._province.dockets.items():
            path = self.inbox / "full" / f"{code}_{_stamp(now)}.xlsx"
            delivered.append(deliver(path, sheets_of_lives(docket.lives), now, self._workroom))
            log.info("demo city delivered full workbook %d of %d", len(delivered), len(self._province.dockets))
        self._memory.steps.append(["days", today.isoformat(), part])
        self._memory.full_on = today.isoformat()
        self._memory.save(self.state_path)
        return delivered

    def _live_tick(self, tick: int, today: date) -> tuple[str, Sheets]:
        province, rng = self.province, Random(f"{self.seed}:tick:{tick}")
        province.enter(today)
        weights = [plan.share**0.6 for plan in province.plans.values()]
        unit = rng.choices(list(province.plans), weights)[0]
        docket = province.dockets[unit]
        docket.happened.clear()
        happen(province.working_day(unit, today, rng), rng)
        sheets = sheets_of_rows(docket.happened)
        docket.happened.clear()
        trouble = trouble_of(tick, self.seed)
        if trouble is Trouble.BAD_ROW:
            add_bad_row(sheets, docket, tick)
        sheets.is_untidy = trouble is Trouble.UNTIDY
        return unit, sheets

    def _deliver_tick(self, unit: str, sheets: Sheets, now: datetime) -> list[Path]:
        tick = self._memory.ticks
        trouble = trouble_of(tick - 1, self.seed)
        as_of = now
        if trouble is Trouble.LATE and (now - _LATE_BY).date() == now.date():
            as_of = now - _LATE_BY
        folder = self.inbox / "changes"
        names = [f"{unit}_{tick:06d}_{_stamp(as_of)}.xlsx"]
        if trouble is Trouble.DUPLICATE:
            names.append(f"{unit}_{tick:06d}-ban-sao_{_stamp(as_of)}.xlsx")
        return [deliver(folder / name, sheets, as_of, self._workroom) for name in names]


def seconds_until_next(now: datetime, pace: float) -> float:
    """Real seconds to the next tick: five in office hours, a minute outside, divided by the pace."""
    now = now.astimezone(LOCAL)
    at_work = is_working_day(now.date()) and OPENS <= now.time() < CLOSES
    return (5.0 if at_work else 60.0) / pace


def _stamp(at: datetime) -> str:
    return f"den-ngay-{at:%Y-%m-%dT%H%M}"

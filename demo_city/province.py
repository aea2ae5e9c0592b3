"""All units of the chosen pack with their books, lived day by day from the first morning of last statistical year."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from demo_city.days import WorkingDay
from demo_city.dockets import Docket
from demo_city.intake import Intake
from demo_city.past import fill_books
from demo_city.plans import Plan, plans_for
from demo_city.units import Pack
from demo_city.working_days import first_day, is_working_day, statistical_year


class Province:
    """The same seed, pack and days give the same lives. `lived_on` is the last day that was lived."""

    def __init__(self, pack: Pack, seed: int, today: date) -> None:
        units = pack.units_on(today)
        self.seed = seed
        self.plans: dict[str, Plan] = plans_for(units)
        self.dockets: dict[str, Docket] = {
            unit.code: Docket(unit, Random(f"{seed}:habits:{unit.code}"), self.plans[unit.code].forgets)
            for unit in units
        }
        self.intake = Intake(pack, today)
        self.first_year = statistical_year(today) - 1
        self._year = self.first_year
        begins_on = first_day(self.first_year)
        fill_books(self.dockets, self.plans, self.intake, begins_on, pack.beginning, seed)
        self.lived_on = begins_on - timedelta(days=1)

    def live_until(self, day: date, part_of_last_day: float = 1.0) -> None:
        """Live every day after the last lived one up to `day`, of which only a part when it is still going on."""
        while self.lived_on < day:
            self.lived_on += timedelta(days=1)
            part = part_of_last_day if self.lived_on == day else 1.0
            self._turn_year(self.lived_on)
            if is_working_day(self.lived_on) and part > 0:
                rng = Random(f"{self.seed}:{self.lived_on}")
                for code in self.dockets:
                    self.working_day(code, self.lived_on, rng, part).live()
        for docket in self.dockets.values():
            docket.happened.clear()

    def working_day(self, code: str, day: date, rng: Random, part: float = 1.0) -> WorkingDay:
        """The working day of one unit, to be lived at once or event by event."""
        is_last_year = statistical_year(day) == self.first_year
        return WorkingDay(self.dockets[code], self.plans[code], self.intake, day, is_last_year, rng, part)

    def enter(self, day: date) -> None:
        """Begin a day that will be lived event by event."""
        if day > self.lived_on:
            self._turn_year(day)
            self.lived_on = day

    def _turn_year(self, day: date) -> None:
        if statistical_year(day) > self._year:
            self._year = statistical_year(day)
            for docket in self.dockets.values():
                docket.begin_year()

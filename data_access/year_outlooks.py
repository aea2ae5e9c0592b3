"""Where the year of every visible unit will end: what /forecast draws and what its workbook holds, reckoned once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.completion_progress import Progress, progress_by_unit
from data_access.regimes import load_regimes
from data_access.working_days import load_working_calendar
from domain.cases import regime_on
from domain.forecast import (
    PastForecast,
    Verdict,
    YearCurve,
    back_test,
    months_until,
    recorded_money,
    verdict_of,
)
from domain.indicators import CountedIn
from domain.statistics import StatisticalYear
from domain.units import Organisation
from domain.year_path import Outlook, outlook

WHOLE = ""
SAMPLE = "Dữ liệu mẫu"


@dataclass(frozen=True, slots=True)
class YearOutlooks:
    """All series of one measure with the back-test over them; the code '' is all units together."""

    series: Mapping[str, list[YearCurve]]
    tests: list[PastForecast]
    verdict: Verdict
    months: int
    targets: Mapping[str, tuple[Decimal | None, bool]]

    def of(self, code: str) -> Outlook:
        """The outlook of one unit."""
        told = (self.tests, self.verdict)
        return outlook(code, self.series[code], told, self.targets[code][0], load_working_calendar())

    def has_sample_target(self, code: str) -> bool:
        """Whether the target of a unit was invented for the demo."""
        return self.targets[code][1]

    @property
    def units(self) -> list[str]:
        """The visible units, in the order of the organisation."""
        return [code for code in self.series if code != WHOLE]


def progress_known(
    session: Session, principal: Principal, organisation: Organisation, today: date
) -> dict[str, Progress]:
    """The days of every visible unit and, as '', of all together."""
    regimes = load_regimes()
    by_unit, whole = progress_by_unit(session, principal, organisation, today, lambda day: regime_on(regimes, day))
    return {**by_unit, WHOLE: whole}


def year_outlooks(
    known: Mapping[str, Progress],
    principal: Principal,
    organisation: Organisation,
    counted_in: CountedIn,
    today: date,
) -> YearOutlooks:
    """The outlooks by `progress_known` in one measure; the target of the whole is that of the principal's scope."""
    series = {code: _curves(each, counted_in) for code, each in known.items()}
    months, tests = months_until(today, StatisticalYear.of(today).last_on), back_test(series)
    root = organisation.root_on(today)
    whole = principal.unit or (root.code if root else "")
    targets = {code: _target(organisation, code or whole, counted_in, today) for code in series}
    return YearOutlooks(series, tests, verdict_of(tests, months), months, targets)


def _curves(progress: Progress, counted_in: CountedIn) -> list[YearCurve]:
    if counted_in is CountedIn.CASES:
        return list(progress.cases)
    return recorded_money(progress.cases, progress.amount)


def _target(organisation: Organisation, unit: str, counted_in: CountedIn, today: date) -> tuple[Decimal | None, bool]:
    """The annual target and whether it is a sample."""
    found = organisation.target(unit, StatisticalYear.of(today).year, counted_in.value, today)
    return (None, False) if found is None else (found.value, found.status == SAMPLE)

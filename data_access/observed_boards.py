"""Figures by period as a screen needs them: what is known of each unit and period, what all units say together, what is
owed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from data_access.observations import observations_of, observed_indicators
from data_access.scope import case_units_seen, visible_units
from domain.local_time import local_day
from domain.observations import Observation, ObservedIndicator, ObservedPeriod, ObservedTotal, total_of
from domain.units import Organisation

PERIODS_SHOWN = 12
# Twelve periods and the longest term of the catalogue beyond them.
LOOK_BACK = {"day": timedelta(days=14), "month": timedelta(days=430), "quarter": timedelta(days=1300)}
LOOK_BACK_YEARS = timedelta(days=4600)


@dataclass(frozen=True, slots=True)
class ObservedBoard:
    """What is known of one indicator: `periods` newest first; `known` by unit and period; `totals` by period; `owing`
    are the units without a figure of the period that is owed by now, none where one figure for the whole was stated."""

    indicator: ObservedIndicator
    periods: tuple[ObservedPeriod, ...]
    units: tuple[tuple[str, str], ...]
    known: Mapping[tuple[str, ObservedPeriod], Observation]
    totals: Mapping[ObservedPeriod, ObservedTotal]
    owed: ObservedPeriod
    owing: tuple[str, ...]
    present: Mapping[ObservedPeriod, tuple[str, ...]]

    @property
    def overdue(self) -> frozenset[tuple[str, ObservedPeriod]]:
        """Units of today and periods whose figure is owed and was stated neither of them nor of the whole; a unit owes
        nothing of a period in which it was not there."""
        return frozenset(
            (unit, period)
            for period, units in self.present.items()
            if period.first_on <= self.owed.first_on
            for unit in units
            if (unit, period) not in self.known
            and not (self.totals[period].is_stated if period in self.totals else False)
        )

    @property
    def newest(self) -> ObservedTotal | None:
        """The total of the newest period of which anything is known."""
        return next((self.totals[period] for period in self.periods if period in self.totals), None)


def observed_board(
    session: Session, principal: Principal, organisation: Organisation, indicator: str, now: datetime
) -> ObservedBoard | None:
    """One indicator within the principal's scope; None for a code that no catalogue has."""
    boards = observed_boards(session, principal, organisation, [indicator], now)
    return boards[0] if boards else None


def observed_boards(
    session: Session, principal: Principal, organisation: Organisation, codes: Collection[str], now: datetime
) -> list[ObservedBoard]:
    """Indicators within the principal's scope, in the catalogue's order; codes that no catalogue has are left out."""
    catalogue = observed_indicators(session)
    wanted = [each for each in catalogue.values() if each.code in codes]
    found: dict[str, list[Observation]] = {each.code: [] for each in wanted}
    for length in {each.length for each in wanted}:
        asked = [each.code for each in wanted if each.length is length]
        since = local_day(now) - LOOK_BACK.get(length.value, LOOK_BACK_YEARS)
        for each in observations_of(session, principal, organisation, asked, since, now):
            found[each.indicator].append(each)
    return [_board(principal, organisation, each, found[each.code], now) for each in wanted]


def _board(
    principal: Principal,
    organisation: Organisation,
    indicator: ObservedIndicator,
    observations: list[Observation],
    now: datetime,
) -> ObservedBoard:
    today = local_day(now)
    periods = [ObservedPeriod.of(today, indicator.length)]
    while len(periods) < PERIODS_SHOWN:
        periods.append(periods[-1].before())
    known = {(each.unit, each.period): each for each in observations}
    root = organisation.root_on(today)
    whole = root.code if root is not None else ""
    present = {period: tuple(_units(principal, organisation, period)) for period in {*periods, indicator.owed(today)}}
    totals: dict[ObservedPeriod, ObservedTotal] = {}
    for period in periods:
        parts = [each for each in observations if each.period == period]
        total = total_of(period, parts, present[period], whole)
        if total is not None:
            totals[period] = total
    owed = indicator.owed(today)
    is_stated = (whole, owed) in known
    owing = () if is_stated else tuple(unit for unit in present[owed] if (unit, owed) not in known)
    units = _names(principal, organisation, periods[0])
    return ObservedBoard(indicator, tuple(periods), units, known, totals, owed, owing, present)


def _units(principal: Principal, organisation: Organisation, period: ObservedPeriod) -> list[str]:
    """The units that owe a figure of a period: those that handle cases on its last day; none for somebody whose own
    unit was not there yet."""
    try:
        return case_units_seen(principal, organisation, period.last_on)
    except NotAllowed:
        return []


def _names(principal: Principal, organisation: Organisation, period: ObservedPeriod) -> tuple[tuple[str, str], ...]:
    seen = visible_units(principal, organisation, period.last_on)
    units = organisation.case_units_on(period.last_on)
    return tuple((unit.code, unit.short_name) for unit in units if seen is None or unit.code in seen)

"""Figures that other software, sheets and clerks state: the catalogue of what may be stated, storing, asking."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.observations import ObservationRow, ObservedIndicatorRow
from data_access.periods import closed_periods
from data_access.scope import visible_units
from data_access.versions import bump_version
from domain.local_time import local_day
from domain.observations import (
    Figures,
    Measure,
    Observation,
    ObservationRules,
    ObservedIndicator,
    ObservedPeriod,
    ObservedTotal,
    PeriodLength,
    total_of,
)
from domain.periods import period_by_code
from domain.units import Organisation

CATALOGUE_FILE = Path(__file__).resolve().parent.parent / "data" / "observed_indicators.csv"
TOPIC = "observations"
SHEET, PUSH, FORM = "sheet", "push", "form"
# Keys asked for at once: three values each, and SQLite takes 32,766 in one statement.
KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of observations: how many were new, how many said nothing new, and those of which another figure is
    known of the very same instant."""

    new: int
    unchanged: int
    contradicting: tuple[Observation, ...]


@lru_cache(maxsize=4)
def shipped_indicators(path: Path = CATALOGUE_FILE) -> Mapping[str, ObservedIndicator]:
    """The indicators that ship, by code in the file's order; raises ValueError for one named twice."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = [_shipped(row) for row in csv.DictReader(lines)]
    by_code = {each.code: each for each in found}
    if len(by_code) != len(found):
        raise ValueError(f"data/{path.name} names an indicator twice")
    return by_code


def observed_indicators(session: Session) -> Mapping[str, ObservedIndicator]:
    """Every indicator that may be stated, by code: those that ship, as the agency changed them, and those it added.
    Names only, so it takes no principal."""
    added = session.scalars(select(ObservedIndicatorRow).order_by(ObservedIndicatorRow.id))
    return dict(shipped_indicators()) | {row.code: _added(row) for row in added}


def save_observed_indicator(
    session: Session, indicator: ObservedIndicator, reason: str, entered_by: str, now: datetime
) -> None:
    """Add an indicator, or change one, inside the caller's writing transaction; what was before is kept."""
    session.add(
        ObservedIndicatorRow(
            code=indicator.code,
            system=indicator.system,
            name=indicator.name,
            measure=indicator.measure.value,
            length=indicator.length.value,
            unit_word=indicator.unit_word,
            is_stock=indicator.is_stock,
            due_days=indicator.due_days,
            warn_above=_text(indicator.warn_above),
            warn_below=_text(indicator.warn_below),
            meaning=indicator.meaning,
            reason=reason,
            entered_by=entered_by,
            entered_at=now,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def observation_rules(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> ObservationRules:
    """What somebody's observations are checked against; needs SEE_FIGURES. Units of any time are known: figures of the
    past may arrive late."""
    today = local_day(now)
    seen = visible_units(principal, organisation, today)
    units = {unit.code for unit in organisation.units if seen is None or unit.code in seen}
    periods = [period_by_code(code) for code in closed_periods(session, principal)]
    closed = tuple((period.first_on, period.last_on) for period in periods if period is not None)
    return ObservationRules(observed_indicators(session), units, closed, now)


def save_observations(
    session: Session, observations: Sequence[Observation], origin: str, stated_by: str, now: datetime
) -> Saved:
    """Store what is new inside the caller's writing transaction; the order of arrival never matters.

    What is known of the same key and instant with the same figures is left alone; with other figures it contradicts,
    and nothing of it is stored.
    """
    known = _known(session, observations)
    new, unchanged, contradicting = 0, 0, []
    for each in observations:
        place = (*each.key, each.as_of_at)
        before = known.get(place)
        if before is None:
            known[place] = each.figures
            session.add(_row(each, origin, stated_by, now))
            new += 1
        elif before == each.figures:
            unchanged += 1
        else:
            contradicting.append(each)
    if new:
        session.flush()
        bump_version(session, TOPIC, now)
    return Saved(new, unchanged, tuple(contradicting))


def observations_of(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    indicators: Collection[str],
    since: date,
    now: datetime,
) -> list[Observation]:
    """The newest statement of each key of the principal's units, periods from `since` on, by period and unit."""
    row = ObservationRow
    question = select(row).where(row.indicator.in_(indicators), row.first_on >= since)
    seen = visible_units(principal, organisation, local_day(now))
    if seen is not None:
        question = question.where(row.unit.in_(seen))
    newest: dict[tuple[str, str, str], Observation] = {}
    for found in session.scalars(question.order_by(row.first_on, row.unit, row.as_of_at)):
        observation = _observation(found)
        newest[observation.key] = observation
    return list(newest.values())


def statements_of(
    session: Session, principal: Principal, organisation: Organisation, key: tuple[str, str, ObservedPeriod]
) -> list[tuple[Observation, str, str]]:
    """Everything ever stated of (indicator, unit, period), the newest first, each with the way it came and by whom;
    nothing of a unit outside the principal's scope."""
    indicator, unit, period = key
    row = ObservationRow
    seen = visible_units(principal, organisation, period.last_on)
    if seen is not None and unit not in seen:
        return []
    question = select(row).where(row.indicator == indicator, row.unit == unit, row.period == period.code)
    found = session.scalars(question.order_by(row.as_of_at.desc()))
    return [(_observation(each), each.origin, each.stated_by) for each in found]


def totals_of(
    observations: Iterable[Observation], units: Collection[str], whole: str
) -> Mapping[tuple[str, ObservedPeriod], ObservedTotal]:
    """What the units state together, by indicator and period; of a stated whole, `whole` is its unit code."""
    by_place: dict[tuple[str, ObservedPeriod], list[Observation]] = {}
    for each in observations:
        by_place.setdefault((each.indicator, each.period), []).append(each)
    found = {place: total_of(place[1], parts, units, whole) for place, parts in by_place.items()}
    return {place: total for place, total in found.items() if total is not None}


def _known(session: Session, observations: Sequence[Observation]) -> dict[tuple[str, str, str, datetime], Figures]:
    row, keys = ObservationRow, sorted({each.key for each in observations})
    found: dict[tuple[str, str, str, datetime], Figures] = {}
    for begin in range(0, len(keys), KEYS_AT_ONCE):
        asked = keys[begin : begin + KEYS_AT_ONCE]
        for each in session.scalars(select(row).where(tuple_(row.indicator, row.unit, row.period).in_(asked))):
            found[(each.indicator, each.unit, each.period, each.as_of_at)] = _figures(each)
    return found


def _row(observation: Observation, origin: str, stated_by: str, now: datetime) -> ObservationRow:
    return ObservationRow(
        indicator=observation.indicator,
        unit=observation.unit,
        period=observation.period.code,
        first_on=observation.period.first_on,
        numerator=_text(observation.figures.numerator),
        denominator=_text(observation.figures.denominator),
        as_of_at=observation.as_of_at,
        origin=origin,
        stated_by=stated_by[:200],
        recorded_at=now,
    )


def _observation(row: ObservationRow) -> Observation:
    return Observation(row.indicator, row.unit, ObservedPeriod.read(row.period), _figures(row), row.as_of_at)


def _figures(row: ObservationRow) -> Figures:
    return Figures(Decimal(row.numerator), _number(row.denominator))


def _shipped(row: Mapping[str, str]) -> ObservedIndicator:
    return ObservedIndicator(
        row["code"],
        row["system"],
        row["name"],
        Measure(row["measure"]),
        PeriodLength(row["length"]),
        row["unit_word"],
        row["is_stock"] == "1",
        int(row["due_days"]),
        row["meaning"],
        _number(row["warn_above"]),
        _number(row["warn_below"]),
        is_sample=True,
    )


def _added(row: ObservedIndicatorRow) -> ObservedIndicator:
    return ObservedIndicator(
        row.code,
        row.system,
        row.name,
        Measure(row.measure),
        PeriodLength(row.length),
        row.unit_word,
        row.is_stock,
        row.due_days,
        row.meaning,
        _number(row.warn_above),
        _number(row.warn_below),
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _text(number: Decimal | None) -> str:
    """Decimal text without a trailing fraction of zeros, so that equal numbers are equal texts."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

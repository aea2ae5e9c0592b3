"""The curves of every unit are what the form has on each of their days, whoever asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from case_lives_support import count_lives, lives
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from access.principal import NotAllowed, Principal
from data_access.completion_progress import Progress, progress_by_unit
from data_access.counters import figures_by_unit
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import CaseLife, Regime, regime_on
from domain.permissions import Role
from domain.statistics import Figures, StatisticalYear, total
from domain.units import Organisation
from factories import a_life

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit="NAMDONG")
ON = date(2026, 3, 9)


def regime_of(day: date) -> Regime:
    return regime_on(load_regimes(), day)


def asked(
    database: Database, organisation: Organisation, principal: Principal = WORKER, on: date = ON
) -> tuple[dict[str, Progress], Progress]:
    with database.reading() as session:
        return progress_by_unit(session, principal, organisation, on, regime_of)


def on_day(progress: Progress, day: date) -> tuple[int, int, int, int]:
    year = StatisticalYear.of(day)
    found = [
        (each.completed, each.enforceable)
        for curves in (progress.cases, progress.amount)
        for curve in curves
        if curve.year == year
        for each in curve.days
        if each.day == day
    ]
    return (*found[0], *found[1]) if found else (0, 0, 0, 0)


def as_numbers(figures: Figures) -> tuple[int, int, int, int]:
    cases, amount = figures.cases, figures.amount
    return cases.completed, cases.enforceable, amount.completed, amount.enforceable


@given(st.lists(lives(), max_size=4), st.integers(0, 520))
def test_every_day_is_what_the_form_says(
    database: Database, organisation: Organisation, population: list[CaseLife], back: int
) -> None:
    count_lives(database, population)
    by_unit, whole = asked(database, organisation)
    days = [ON - timedelta(days=back), date(2024, 8, 31), date(2024, 9, 30)]
    for day in days if days[0] >= date(2024, 10, 1) else days[1:]:
        with database.reading() as session:
            period = StatisticalYear.of(day).to_date(day)
            form = figures_by_unit(session, WORKER, organisation, period, regime_of(day))
        assert on_day(whole, day) == as_numbers(total(form.values()))
        for unit, progress in by_unit.items():
            assert on_day(progress, day) == as_numbers(form[unit])


def test_it_takes_three_questions(database: Database, organisation: Organisation) -> None:
    count_lives(database, [a_life(date(2026, 1, 5))])
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    asked(database, organisation)
    assert sum(statement.lstrip().startswith("SELECT") for statement in seen) == 3


def test_a_head_has_the_curve_of_the_own_unit_only(database: Database, organisation: Organisation) -> None:
    count_lives(database, [a_life(date(2026, 1, 5))])
    by_unit, whole = asked(database, organisation, HEAD)
    assert set(by_unit) == {"NAMDONG"} and whole == Progress((), ())
    assert len(asked(database, organisation)[0]) == 10
    with pytest.raises(NotAllowed):
        asked(database, organisation, Principal(Role.DEPARTMENT_HEAD, "p-2", "x", unit="NOWHERE"))

"""The wall across a reorganisation: a unit is held against the sum of those it took over, or against nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from case_lives_support import store_lives
from component_words import words as words_of
from sqlalchemy.orm import Session

from access.principal import Principal
from components.completion_curve import Curve
from data_access.session import Database
from domain.cases import CaseLife, DecisionKind, Handling
from domain.permissions import Role
from domain.statistics import Figures
from domain.units import Organisation
from factories import a_life
from scenes import cases
from scenes.answers import WallAnswers
from scenes.drawing import Question

REFORM = date(2025, 7, 1)
NOW = datetime(2026, 3, 31, 2, 40, tzinfo=UTC)


def moved(old: str, new: str, docketed_on: date, completed_on: date | None) -> CaseLife:
    handling = (Handling(docketed_on, old, "CHV-01"), Handling(REFORM, new, "CHV-01", by_succession=True))
    ended = ((completed_on, DecisionKind.COMPLETED),) if completed_on else ()
    return a_life(docketed_on, 100, ended, handling=handling)


LIVES = [
    moved("PHULOC", "KV4", date(2023, 10, 8), date(2025, 2, 3)),
    moved("PHULOC", "KV4", date(2023, 11, 8), None),
    moved("NAMDONG", "KV4", date(2024, 11, 9), date(2025, 8, 1)),
    moved("TPHUE", "KV1", date(2023, 11, 9), None),
]


@pytest.fixture
def walls(database: Database, two_era_organisation: Organisation) -> Iterator[dict[str, WallAnswers]]:
    """The wall of the whole and of two offices, over the same session."""
    store_lives(database, LIVES)
    with database.reading() as session:
        yield {unit: wall(session, two_era_organisation, NOW, unit) for unit in ("", "KV4", "KV1")}


def wall(session: Session, organisation: Organisation, now: datetime, unit: str = "") -> WallAnswers:
    principal = Principal(Role.SCREEN, "s", "s", unit) if unit else Principal.worker()
    return WallAnswers(Question(session, principal, organisation, now, is_sample=True))


def curve(answers: WallAnswers) -> Curve:
    found = answers.curve
    assert found is not None
    return found


def test_an_office_is_held_against_the_districts_it_took_over_whole(walls: dict[str, WallAnswers]) -> None:
    for answers in (walls[""], walls["KV4"]):
        before = answers.unit_facts["KV4"].last_year.cases
        assert (before.completed, before.enforceable) == (1, 3)
    assert walls["KV4"].unit_facts[""].last_year == walls[""].unit_facts["KV4"].last_year
    assert walls["KV4"].last_year.old == 1
    rates = dict(curve(walls["KV4"]).last_year)
    assert rates[date(2026, 3, 31)] == Decimal("33.33")


def test_an_office_of_a_divided_district_is_held_against_nothing(walls: dict[str, WallAnswers]) -> None:
    assert walls[""].unit_facts["KV1"].last_year == Figures()
    own = walls["KV1"]
    assert own.unit_facts[""].last_year == Figures()
    assert own.last_year.old is None
    assert own.figures is not None
    assert own.figures.cases.last_year is None
    assert curve(own).last_year == ()
    assert "cùng kỳ —" in words_of(cases.draw_old(own))


def test_the_whole_compares_with_all_there_was_and_the_line_says_what_changed(walls: dict[str, WallAnswers]) -> None:
    whole = walls[""].unit_facts[""].last_year.cases
    assert (whole.completed, whole.enforceable) == (1, 4)
    assert walls[""].last_year.old == 2


def test_the_days_of_a_reorganisation_of_this_year_are_marked(
    database: Database, two_era_organisation: Organisation
) -> None:
    store_lives(database, LIVES)
    with database.reading() as session:
        found = curve(wall(session, two_era_organisation, datetime(2025, 9, 20, 2, tzinfo=UTC)))
    assert found.breaks == (REFORM,)

"""One definition feeds wall, desk and explanation: of every figure beside the form the wall asks and says the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from attendance_support import a_staffed_morning
from camera_support import a_pass
from cases_support import take_in_cases
from judgments_support import a_register
from reception_support import a_morning_of_visits
from reports_support import a_morning, store_reports
from scenes_support import a_question
from services_support import some_months_of_requests

from access.principal import Principal
from components import wall_frame
from components.wall_frame import Place
from data_access.cases import filtered_figures, old_cases
from data_access.other_figures import ANSWERS, FigureQuestions, other_figure
from data_access.public_services import service_counts
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.case_filters import CaseFilter
from domain.cases import CaseGroup, regime_on
from domain.indicators import CATALOGUE, Value
from domain.other_indicators import OTHER_INDICATORS
from domain.public_services import ServiceFilter
from domain.statistics import StatisticalYear, percentage, total
from domain.units import Organisation
from scenes.answers import WallAnswers

MORNING = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
CAMERAS = {"CUC": 3, "TPHUE": 4, "PHULOC": 3, "ALUOI": 5}
LOST = ["ALUOI-01", "PHULOC-03"]


def places() -> list[Place]:
    found: list[Place] = []
    for value in vars(wall_frame).values():
        members = value if isinstance(value, tuple) else (value,)
        found += [each for each in members if isinstance(each, Place) and each.explained]
    return found


# What the wall draws, read from its own answers.
WALL: Mapping[str, Callable[[WallAnswers], Value]] = {
    "over_twelve_months": lambda wall: wall.figures.total.over_twelve_months if wall.figures else None,
    "overdue_clocks": lambda wall: wall.clocks.total,
    "alarms_open": lambda wall: len(wall.alarms),
    "reports_open": lambda wall: wall.reports.counts.open,
    "reports_overdue": lambda wall: wall.reports.counts.overdue,
    "reports_soon": lambda wall: wall.reports.counts.soon,
    "reports_today": lambda wall: wall.reports.intake.total,
    "reports_in_time": lambda wall: percentage(wall.reports.handling.in_time, wall.reports.handling.due),
    "attendance_present": lambda wall: wall.presence.total.present if wall.presence.total else None,
    "attendance_unexplained": lambda wall: wall.missing_people,
    "receptions_received": lambda wall: wall.reception.day.total.received,  # type: ignore[union-attr]
    "reception_wait": lambda wall: wall.reception.day.total.median_wait // timedelta(minutes=1),  # type: ignore
    "receptions_monitored": lambda wall: percentage(*_watched(wall)),
    "cameras_working": lambda wall: wall.cameras.coverage.seen,
    "cameras_lost": lambda wall: sum(wall.cameras.state_of(one).value == "lost" for one in wall.cameras.cameras),
    "cameras_unknown": lambda wall: wall.cameras.coverage.unknown,
    "units_with_cameras": lambda wall: sum(one.coverage.installed > 0 for one in wall.cameras.by_unit.values()),
    "judgments_to_enforce": lambda wall: wall.judgments.year.total.to_enforce,  # type: ignore[union-attr]
    "judgments_worked": lambda wall: wall.judgments.year.total.worked,  # type: ignore[union-attr]
    "judgments_compelled": lambda wall: wall.judgments.year.total.compelled,  # type: ignore[union-attr]
    "judgments_completed": lambda wall: wall.judgments.year.total.completed,  # type: ignore[union-attr]
    "judgments_stopped": lambda wall: wall.judgments.year.total.stopped,  # type: ignore[union-attr]
    "judgments_enforcing": lambda wall: wall.judgments.year.total.enforcing,  # type: ignore[union-attr]
    "judgments_remaining": lambda wall: wall.judgments.year.total.remaining,  # type: ignore[union-attr]
    "judgments_overdue": lambda wall: wall.judgments.year.overdue.total,  # type: ignore[union-attr]
}
DESK_ONLY = {
    "services_on_time",
    "services_online",
    "services_from_afar",
    "services_satisfied",
    "staff_proficient",
    "offices_equipped",
}


def _watched(wall: WallAnswers) -> tuple[int, int]:
    assert wall.reception.day is not None and wall.reception.day.total is not None
    share = wall.reception.day.total.watched_share
    return (0, 0) if share is None else (share.part, share.whole)


@pytest.fixture(scope="module")
def busy(
    sqlite_template: Path, organisation: Organisation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A busy morning, stored once: nothing here changes it."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copy(sqlite_template, folder / "thads.sqlite")
    database = Database(f"sqlite:///{folder / 'thads.sqlite'}", audit_key=b"a key for tests, never for an agency")
    units = [unit.code for unit in organisation.case_units_on(MORNING.date())]
    take_in_cases(database, organisation, folder, MORNING)
    store_reports(database, organisation, a_morning(units, MORNING), MORNING)
    a_staffed_morning(database, units, MORNING, silent=units[-1])
    a_morning_of_visits(database, units, MORNING)
    a_pass(database, CAMERAS, MORNING, lost=LOST)
    a_register(database, units, MORNING)
    some_months_of_requests(database, units, MORNING)
    yield database
    database.close()


@pytest.fixture
def ask_busy(busy: Database, organisation: Organisation) -> Callable[[str | None], tuple[WallAnswers, FigureQuestions]]:
    sessions = []

    def ask(unit: str | None = None) -> tuple[WallAnswers, FigureQuestions]:
        opened = busy.reading()
        session = opened.__enter__()
        sessions.append(opened)
        worker = Principal(Principal.worker().role, "w", "w", unit)
        wall = WallAnswers(a_question(session, organisation, MORNING, worker))
        return wall, FigureQuestions(session, worker, organisation, wall.question.is_sample, MORNING)

    yield ask  # type: ignore[misc]
    for opened in sessions:
        opened.__exit__(None, None, None)


def test_every_indicator_of_the_catalogue_has_an_answer_and_is_compared_with_the_wall() -> None:
    assert ANSWERS.keys() == OTHER_INDICATORS.keys()
    assert WALL.keys() | DESK_ONLY == OTHER_INDICATORS.keys()


def test_every_explained_place_of_the_wall_names_an_indicator_and_a_filter_that_are_understood() -> None:
    assert len(places()) > 40
    for place in places():
        parts = urlsplit(place.explained)
        assert parts.path in CATALOGUE or parts.path in OTHER_INDICATORS, place
        query = dict(parse_qsl(parts.query))
        wanted = CaseFilter.from_address(query)
        assert all(getattr(wanted, name) == value for name, value in query.items()), place


@pytest.mark.parametrize("unit", [None, "PHULOC"])
def test_wall_and_explanation_say_the_same(ask_busy, unit: str | None) -> None:  # type: ignore[no-untyped-def]
    wall, asked = ask_busy(unit)
    for name, drawn in WALL.items():
        assert other_figure(asked, name).value == drawn(wall), name
    values = {name: other_figure(asked, name).value for name in WALL}
    known = [name for name, value in values.items() if value]
    assert unit is not None or len(known) >= 18, values


def test_shares_of_the_desk_are_those_of_its_pages(ask_busy) -> None:  # type: ignore[no-untyped-def]
    _, asked = ask_busy()
    counts = service_counts(asked.session, asked.principal, asked.organisation, ServiceFilter(), MORNING)
    assert counts is not None
    found = other_figure(asked, "services_on_time")
    assert found.share == counts.on_time_share
    assert found.value == percentage(counts.on_time_share.part, counts.on_time_share.whole)
    assert other_figure(asked, "staff_proficient").value is None


def test_what_terms_add_up_to_is_the_figure(ask_busy) -> None:  # type: ignore[no-untyped-def]
    _, asked = ask_busy()
    for name in ("reports_open", "overdue_clocks", "alarms_open", "judgments_to_enforce", "judgments_remaining"):
        found = other_figure(asked, name)
        assert found.value == sum(term.value or 0 for term in found.terms), name


def test_a_group_on_the_wall_is_the_figure_of_the_form_under_its_filter(ask_busy) -> None:  # type: ignore[no-untyped-def]
    wall, asked = ask_busy()
    on = MORNING.date()
    period, regime = StatisticalYear.of(on).to_date(on), regime_on(load_regimes(), on)
    for group in CaseGroup:
        wanted = CaseFilter(group=group.value)
        found = filtered_figures(asked.session, asked.principal, asked.organisation, wanted, period, regime)
        assert total(found.values()).cases.to_enforce == wall.groups[group].to_enforce, group
    old = old_cases(asked.session, asked.principal, asked.organisation, CaseFilter(), on)
    assert sum(old.values()) == other_figure(asked, "over_twelve_months").value


def test_nobody_is_pointed_at_by_a_figure_of_one_unit(ask_busy) -> None:  # type: ignore[no-untyped-def]
    _, asked = ask_busy("PHULOC")
    found = other_figure(asked, "attendance_unexplained")
    assert found.value is None and "toàn địa bàn" in found.note

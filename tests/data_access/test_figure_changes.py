"""What a figure beside the form was yesterday is what its question answered then, on data that grew since; or words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from alarm_support import CROWD, store_alarms
from attendance_support import a_punch, a_staffed_morning, at, heard, touched
from camera_support import a_pass
from cases_support import take_in_cases
from judgments_support import a_judgment, a_register
from reception_support import MINUTE, a_morning_of_visits, a_visit
from reports_support import a_morning, a_record, store_reports
from services_support import a_request, some_months_of_requests
from training_support import a_test, a_year_of_training
from workbook_support import write_cases

from access.principal import Principal
from actions.import_cases import CaseImporter, ImportMode
from data_access.administrative_judgments import save_judgments
from data_access.cases import old_cases, old_cases_moved
from data_access.other_figures import FigureQuestions, figure_change, other_figure
from data_access.public_services import save_requests
from data_access.reception import save_visits
from data_access.regimes import load_regimes
from data_access.session import Database
from data_access.training import save_tests
from domain.alarms import Condition
from domain.case_filters import CaseFilter
from domain.cases import DecisionKind
from domain.figure_changes import NOT_KEPT, difference, moment_before
from domain.indicators import Value
from domain.local_time import local_day
from domain.other_indicators import OTHER_INDICATORS, Compared
from domain.public_services import ServiceChannel
from domain.units import Organisation
from factories import a_case, a_decision

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THEN = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
NOW = THEN + DAY
CAMERAS = {"CUC": 3, "TPHUE": 4, "PHULOC": 3, "ALUOI": 5}
SCOPES = (None, "PHULOC")
COMPARED = [name for name, one in OTHER_INDICATORS.items() if one.compared is not Compared.NOT_KEPT]
NOT_COMPARED = [name for name in OTHER_INDICATORS if name not in COMPARED]
# What the rows of these say must explain the whole difference.
EXPLAINED = {
    "reports_open", "reports_overdue", "reports_soon", "cameras_lost", "cameras_unknown", "cameras_working",
    "alarms_open", "judgments_to_enforce", "judgments_worked", "judgments_compelled", "judgments_completed",
    "judgments_stopped", "judgments_enforcing", "judgments_remaining", "judgments_overdue",
}  # fmt: skip


class Grown(NamedTuple):
    """A database after a day that changed everything, and what was answered at the moments that are compared."""

    database: Database
    organisation: Organisation
    answered: dict[tuple[str, str | None], Value]


def asked(session: object, organisation: Organisation, unit: str | None, now: datetime) -> FigureQuestions:
    worker = Principal(Principal.worker().role, "w", "w", unit)
    return FigureQuestions(session, worker, organisation, True, now)  # type: ignore[arg-type]


def answers(
    database: Database, organisation: Organisation, compared: Compared, now: datetime
) -> dict[tuple[str, str | None], Value]:
    with database.reading() as session:
        return {
            (name, unit): other_figure(asked(session, organisation, unit, now), name).value
            for unit in SCOPES
            for name, one in OTHER_INDICATORS.items()
            if one.compared is compared
        }


def crowd(unit: str) -> Condition:
    """Some people before an office."""
    return replace(CROWD, unit=unit)


def some_cases(database: Database, organisation: Organisation, folder: Path, now: datetime, *done: date) -> None:
    """Two that are a year old on the day that is compared; one older and one that nobody looked at, `done` on a day."""
    year_ago = local_day(THEN).replace(year=2025)
    days = {90: year_ago, 91: year_ago, 92: date(2025, 6, 2), 93: date(2026, 1, 5)}
    cases = [a_case(number, unit="PHULOC", docketed_on=on, decided_on=on) for number, on in days.items()]
    decisions = [a_decision(case, DecisionKind.COMPLETED, day) for day in done for case in cases[2:]]
    path = write_cases(folder / f"{now:%d}.xlsx", cases, decisions, [], now)
    CaseImporter(database, organisation, load_regimes()).take_in(Principal.worker(), path, ImportMode.CHANGES, now)


def a_busy_morning(database: Database, organisation: Organisation, folder: Path, units: Sequence[str]) -> None:
    take_in_cases(database, organisation, folder, THEN)
    some_cases(database, organisation, folder, THEN)
    store_reports(database, organisation, a_morning(units, THEN), THEN)
    a_staffed_morning(database, units, THEN, missing=3, silent=units[-1])
    a_pass(database, CAMERAS, THEN - 4 * HOUR, lost=["ALUOI-02"])
    a_pass(database, CAMERAS, THEN - HOUR, lost=["ALUOI-01", "PHULOC-03", "TPHUE-02"])
    a_morning_of_visits(database, units, THEN)
    # The last pass is of the minute, as it is while the worker runs.
    a_pass(database, CAMERAS, THEN, lost=["ALUOI-01", "PHULOC-03", "CUC-01", "CUC-02", "CUC-03"])
    a_register(database, units, THEN)
    some_months_of_requests(database, units, THEN)
    a_year_of_training(database, units, THEN)
    store_alarms(database, THEN - 30 * MINUTE, crowd("PHUVANG"), crowd("PHULOC"))


def an_afternoon(database: Database, organisation: Organisation, units: Sequence[str]) -> None:
    """Of the same day, after the moment that is compared."""
    store_reports(database, organisation, reports_of_the_afternoon(units), THEN + 5 * HOUR)
    with database.writing() as session:
        came = [a_visit(THEN - 5 * MINUTE, 20, unit=unit, reference=f"{THEN:%y%m%d}/A010") for unit in units[:-1]]
        came += [a_visit(THEN + 3 * HOUR, 4, unit=unit, reference=f"{THEN:%y%m%d}/B001") for unit in units]
        many = {"unit": units[1], "reference": f"{THEN:%y%m%d}/A012", "people": 15}
        save_visits(session, [*came, a_visit(THEN - 135 * MINUTE, 15, 170, **many)], THEN + 6 * HOUR)
        first = THEN - 40 * DAY
        done = [
            a_request(
                THEN - 8 * DAY, 10 * place + 4, unit=unit, is_outside=True, done_at=THEN + HOUR, updated_at=THEN + HOUR
            )
            for place, unit in enumerate(units[:3])
        ]
        save_requests(session, [*done, a_request(first, 777, unit=units[0], updated_at=THEN + HOUR)], THEN + HOUR)
    day = local_day(THEN)
    late = [a_punch("11:00", pin, f"T{units[0]}", day) for pin in (1, 2)]
    gone = [a_punch("16:55", pin, f"T{unit}", day) for unit in units[:3] for pin in (5, 6)]
    touched(database, [*late, *gone, a_punch("14:02", 4, f"T{units[-1]}", day)], THEN + 8 * HOUR)
    for unit in units:
        heard(database, f"T{unit}", at("13:55", day), at("14:30", day))
    a_pass(database, CAMERAS, THEN + 2 * HOUR, lost=["TPHUE-02", "PHULOC-01"])
    for hours in (1, 3, 5):
        store_alarms(database, THEN + hours * HOUR, crowd("PHUVANG"))


def reports_of_the_afternoon(units: Sequence[str]) -> list[object]:
    """Closed, refused, opened again, come in, come in and closed at once."""
    place = {"agency": units[0]}
    closed = [a_record(f"later{at}", agency=units[at % len(units)], updated_at=THEN + HOUR, state_word="closed",
                       expected_at=THEN + timedelta(hours=5 + at * 0.8)) for at in range(6)]  # fmt: skip
    return [
        *closed,
        a_record("late", **place, updated_at=THEN + 2 * HOUR, state_word="closed", expected_at=THEN - 26 * MINUTE),
        a_record(
            "days1", agency=units[1], updated_at=THEN + 2 * HOUR, state_word="declined", expected_at=THEN + 31 * HOUR
        ),
        *again(units, 7),
        *again(units, 1),
        *(
            a_record(
                f"new{at}", agency=unit, requested_at=THEN + HOUR, updated_at=THEN + HOUR, expected_at=THEN + 26 * HOUR
            )
            for at, unit in enumerate(units)
        ),
        a_record(
            "short",
            **place,
            requested_at=THEN + HOUR,
            updated_at=THEN + 3 * HOUR,
            state_word="closed",
            expected_at=THEN + 5 * HOUR,
        ),
    ]


def again(units: Sequence[str], number: int) -> list[object]:
    """A report of `a_morning` that was closed days ago and is opened again."""
    received = THEN - timedelta(days=1 + number % 29, hours=number % 7)
    due = received + timedelta(hours=2 if number == 7 else 8)
    return [
        a_record(
            f"closed{number}",
            agency=units[number % len(units)],
            requested_at=received,
            updated_at=THEN + 4 * HOUR,
            expected_at=due,
            state_word="open",
        )
    ]


def the_next_morning(database: Database, organisation: Organisation, folder: Path, units: Sequence[str]) -> None:
    some_cases(database, organisation, folder, NOW, local_day(NOW))
    times = {"requested_at": NOW - HOUR, "updated_at": NOW - HOUR, "expected_at": NOW + HOUR}
    records = [a_record(f"next{at}", agency=unit, **times) for at, unit in enumerate(units[:4])]
    store_reports(database, organisation, records, NOW)
    a_staffed_morning(database, units, NOW, missing=5, silent=units[0])
    a_morning_of_visits(database, units[:5], NOW)
    a_pass(database, CAMERAS, NOW, lost=["ALUOI-05", "TPHUE-02", "TPHUE-03"])
    today = local_day(NOW)
    with database.writing() as session:
        save_judgments(session, judgments_of(units, today), NOW, NOW)
        fresh = [a_request(NOW - HOUR, 900 + at, unit=unit) for at, unit in enumerate(units)]
        unsaid = {"unit": units[0], "is_outside": None, "channel": None}
        done = a_request(THEN - DAY, 5, **unsaid, done_at=NOW - 2 * HOUR, updated_at=NOW - 2 * HOUR)
        from_afar = {"is_outside": True, "channel": ServiceChannel.IN_PERSON}
        save_requests(session, [*fresh, done, a_request(NOW - HOUR, 950, **from_afar)], NOW)
        save_visits(session, [a_visit(NOW - 2 * HOUR, 50 + at, unit=unit) for at, unit in enumerate(units[:5])], NOW)
        save_tests(session, [a_test(today, unit=units[0], code="KT-2", passed=3)], NOW, NOW)
    store_alarms(database, NOW - HOUR, *map(crowd, ("PHUVANG", "ALUOI", "TPHUE")))


def judgments_of(units: Sequence[str], today: date) -> list[object]:
    """New ones, one done, one compelled, one that goes on, one noticed."""
    first = date(today.year, 10, 1)
    old, new = first - timedelta(days=90), first + timedelta(days=4)
    events = {"noticed": new + timedelta(days=3), "received": new, "worked": new + timedelta(days=20)}
    paused = {"noticed": old, "received": old, "compelled": first, "postponed": first + timedelta(days=2)}
    return [
        *(a_judgment(today, 20, unit) for unit in units[:3]),
        a_judgment(new, 2, units[0], **events, completed=today),
        a_judgment(new, 2, units[1], **events, compelled=today, suspended=today),
        a_judgment(old, 3, units[2], **paused, resumed=today, worked=today),
        a_judgment(first + timedelta(days=1), 5, units[0], noticed=first + timedelta(days=3), cancelled=today),
    ]


@pytest.fixture(scope="module")
def grown(
    sqlite_template: Path, organisation: Organisation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Grown]:
    folder = tmp_path_factory.mktemp("grown")
    shutil.copy(sqlite_template, folder / "thads.sqlite")
    database = Database(f"sqlite:///{folder / 'thads.sqlite'}", audit_key=b"a key for tests, never for an agency")
    units = [unit.code for unit in organisation.case_units_on(THEN.date())]
    a_busy_morning(database, organisation, folder, units)
    answered = answers(database, organisation, Compared.SAME_HOUR, THEN)
    an_afternoon(database, organisation, units)
    day_end = moment_before(Compared.DAY_END, NOW)
    assert day_end is not None
    answered |= answers(database, organisation, Compared.DAY_END, day_end)
    the_next_morning(database, organisation, folder, units)
    yield Grown(database, organisation, answered)
    database.close()


@pytest.mark.parametrize("unit", SCOPES)
@pytest.mark.parametrize("name", COMPARED)
def test_what_it_was_yesterday_is_what_was_answered_then(grown: Grown, name: str, unit: str | None) -> None:
    with grown.database.reading() as session:
        change = figure_change(asked(session, grown.organisation, unit, NOW), name)
    assert change.before is not None, change.words
    assert change.before.value == grown.answered[name, unit]


def test_the_day_moved_every_figure(grown: Grown) -> None:
    """Else the comparison above would hold for a past that is never asked."""
    today = answers(grown.database, grown.organisation, Compared.SAME_HOUR, NOW)
    today |= answers(grown.database, grown.organisation, Compared.DAY_END, NOW)
    same = {name for name in COMPARED if today[name, None] == grown.answered[name, None]}
    unknown = {name for name in COMPARED if grown.answered[name, None] is None}
    assert not same and not unknown, (same, unknown)


@pytest.mark.parametrize("unit", SCOPES)
@pytest.mark.parametrize("name", sorted(EXPLAINED))
def test_the_rows_that_moved_it_explain_the_whole_difference(grown: Grown, name: str, unit: str | None) -> None:
    with grown.database.reading() as session:
        question = asked(session, grown.organisation, unit, NOW)
        change, found = figure_change(question, name), other_figure(question, name)
    assert change.before is not None
    assert sum(move.number for move in change.moves) == difference(change.before.value, found.value)
    assert all(move.number for move in change.moves)
    assert unit is not None or change.moves


@pytest.mark.parametrize("name", NOT_COMPARED)
def test_a_past_that_is_written_over_has_words_and_no_number(grown: Grown, name: str) -> None:
    with grown.database.reading() as session:
        change = figure_change(asked(session, grown.organisation, None, NOW), name)
    assert (change.before, change.words) == (None, NOT_KEPT)


@pytest.mark.parametrize(
    "wanted", [CaseFilter(), CaseFilter(unit="PHULOC"), CaseFilter(kind="on_request", age="over12")]
)
def test_old_cases_say_which_grew_old_and_which_left(grown: Grown, wanted: CaseFilter) -> None:
    before, on = local_day(THEN), local_day(NOW)
    with grown.database.reading() as session:
        scope = (session, Principal.worker(), grown.organisation, wanted)
        stocks = [sum(old_cases(*scope, day).values()) for day in (before, on)]
        moves = old_cases_moved(*scope, before, on)
    assert [move.number for move in moves] == [2, -1] and sum(move.number for move in moves) == stocks[1] - stocks[0]


def test_kinds_of_moves_are_told_apart(grown: Grown) -> None:
    with grown.database.reading() as session:
        question = asked(session, grown.organisation, None, NOW)
        told = {name: {move.words: move.number for move in figure_change(question, name).moves} for name in EXPLAINED}
    reports = told["reports_open"]
    assert reports["đã xử lý"] == -7 and reports["không thuộc thẩm quyền"] == -1 and reports["mở lại"] == 2
    assert reports["mới tiếp nhận"] == 14
    assert told["judgments_to_enforce"] == {"mới vào sổ": 3}
    assert told["judgments_completed"] == {"nay xong": 1}
    assert told["alarms_open"]["mới phát"] >= 1

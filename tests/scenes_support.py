"""Sample units for the overview: those of the agreed picture, 770 of 3.459 việc, one unit behind its pace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.counters import Changes, Place, save_changes
from data_access.import_batches import BatchState
from data_access.models.sources import ImportBatch
from data_access.session import Database
from data_access.sources import save_source_success
from data_access.versions import bump_version
from domain.cases import CaseKind
from domain.local_time import local_day
from domain.statistics import Figures, Measure, total
from domain.units import Organisation
from scenes.answers import WallAnswers
from scenes.drawing import Question
from scenes.figures import UnitFacts

# name, xong, có điều kiện, xong per 1.000 last year, money per 1.000, over twelve months
# Asks what the wall asks, at a moment, of the whole or of one unit.
AskWall = Callable[..., WallAnswers]
ROWS = (
    ("Phú Vang", 40, 371, 157, 145, 9),
    ("A Lưới", 60, 213, 251, 108, 12),
    ("Phú Lộc", 81, 371, 220, 138, 44),
    ("Nam Đông", 50, 172, 263, 50, 3),
    ("Quảng Điền", 80, 302, 242, 83, 31),
    ("Hương Thủy", 90, 347, 224, 153, 40),
    ("Phong Điền", 88, 346, 210, 113, 28),
    ("TP Huế", 170, 677, 229, 210, 160),
    ("Hương Trà", 71, 332, 231, 130, 30),
    ("Cục THADS tỉnh", 40, 328, 136, 150, 55),
)
TARGETS = (Decimal("83.5"), Decimal("47.5"))
BILLION = 10**9
LAST_YEAR, THIS_YEAR = date(2025, 10, 20), date(2026, 10, 20)


def a_measure(completed: int, enforceable: int, docketed: int = 100) -> Measure:
    """A measure with this rate; 60 more are not enforceable, 10 something else."""
    return Measure(
        newly_docketed=docketed,
        completed=completed,
        enforceable_in_progress=enforceable - completed,
        not_enforceable=60,
        other=10,
    )


def picture_units() -> list[UnitFacts]:
    """The ten units."""
    return [
        UnitFacts(
            name,
            Figures(a_measure(done, enforceable), a_measure(money * BILLION, 1000 * BILLION)),
            Figures(a_measure(last_year, 1000), a_measure(141, 1000)),
            old,
            *TARGETS,
            code=name,
        )
        for name, done, enforceable, last_year, money, old in ROWS
    ]


def picture_whole(name: str = "Toàn tỉnh") -> UnitFacts:
    """All ten together."""
    units = picture_units()
    last_year = Figures(a_measure(215, 1000), a_measure(141, 1000))
    return UnitFacts(name, total(unit.this_year for unit in units), last_year, 412, *TARGETS)


def a_question(
    session: Session, organisation: Organisation, now: datetime, principal: Principal | None = None
) -> Question:
    """The worker's question about sample figures."""
    return Question(session, principal or Principal.worker(), organisation, now, is_sample=True)


def store_figures(database: Database, organisation: Organisation, now: datetime) -> None:
    """Write the picture's units into the counters, this year's and last year's, and call the source fresh.

    A pack with other units shares the same rows out among them, so that the whole stays that of the picture.
    """
    changes = Changes()
    units = organisation.case_units_on(local_day(now))
    names = {unit.short_name: unit.code for unit in units}
    for number, (name, done, enforceable, last_year, money, _old) in enumerate(ROWS):
        unit = names.get(name) or units[number % len(units)].code
        count(changes, unit, "docketed", LAST_YEAR, 1000, 10**12)
        count(changes, unit, "completed", LAST_YEAR, last_year, 141 * BILLION)
        count(changes, unit, "enforceable", LAST_YEAR, 1000 - last_year, 859 * BILLION)
        count(changes, unit, "docketed", THIS_YEAR, 100, 100 * BILLION)
        count(changes, unit, "completed", THIS_YEAR, done, money * BILLION)
        count(changes, unit, "enforceable", THIS_YEAR, enforceable - done - 1000 + last_year, (141 - money) * BILLION)
    write_figures(database, changes, now)


def store_whole_year(database: Database, organisation: Organisation, now: datetime) -> None:
    """Figures for every unit of any pack, both kinds of việc, over this year and last; one unit is far behind."""
    changes = Changes()
    for number, unit in enumerate(organisation.case_units_on(local_day(now))):
        for years_back in (1, 0):
            first = date(2026 - years_back, 10, 1)
            for week in range(8):
                day = first + timedelta(days=7 * week)
                done = 1 if number == 1 else 3 + number % 3 + years_back
                for kind in CaseKind:
                    count(changes, unit.code, "docketed", day, 20, 20 * BILLION, kind)
                    count(changes, unit.code, "completed", day, done, 2 * BILLION, kind)
                    count(changes, unit.code, "enforceable", day, 14 - done, 12 * BILLION, kind)
                    count(changes, unit.code, "not_enforceable", day, 6, 6 * BILLION, kind)
    write_figures(database, changes, now)


def store_quiet_figures(database: Database, organisation: Organisation, now: datetime) -> None:
    """Every unit ahead of its pace and of last year: nothing to act on."""
    changes = Changes()
    for unit in organisation.case_units_on(local_day(now)):
        for first, done in ((LAST_YEAR, 20), (THIS_YEAR, 60)):
            count(changes, unit.code, "docketed", first, 100, 100 * BILLION)
            count(changes, unit.code, "completed", first, done, done * BILLION)
            count(changes, unit.code, "enforceable", first, 80 - done, (80 - done) * BILLION)
    write_figures(database, changes, now)


def hold_a_file(database: Database, now: datetime) -> None:
    """A file that would lose too many cases waits for a person."""
    with database.writing() as session:
        session.add(
            ImportBatch(
                public_id="held-1",
                source="cases",
                file_name="PHUVANG.xlsx",
                sha256="0" * 64,
                mode="full",
                state=BatchState.HELD.value,
                as_of_at=now,
                received_at=now - timedelta(minutes=12),
                received_by="worker",
            )
        )
        bump_version(session, "sources", now)


def a_unit_of(organisation: Organisation) -> str:
    """The code of a unit that handles cases under any pack."""
    return organisation.case_units_on(THIS_YEAR)[-1].code


def complete_more(database: Database, unit: str, cases: int, now: datetime) -> None:
    """Complete some more việc of a unit today, as an import would."""
    changes = Changes()
    count(changes, unit, "completed", local_day(now), cases, 0)
    count(changes, unit, "enforceable", local_day(now), -cases, 0)
    write_figures(database, changes, now)


def store_one_unit(database: Database, unit: str, now: datetime) -> None:
    """The first file of one unit: 40 of 140 việc completed, everything else still unheard of."""
    changes = Changes()
    count(changes, unit, "completed", THIS_YEAR, 40, 40 * BILLION)
    count(changes, unit, "enforceable", THIS_YEAR, 100, 300 * BILLION)
    write_figures(database, changes, now)


def count(
    changes: Changes,
    unit: str,
    counted: str,
    day: date,
    cases: int,
    amount: int,
    kind: CaseKind = CaseKind.ON_REQUEST,
) -> None:
    """Add a signed change to the counters being gathered."""
    place = Place(unit, counted, kind.value, day)
    had = changes.by_place.get(place, (0, 0))
    changes.by_place[place] = (had[0] + cases, had[1] + amount)


def write_figures(database: Database, changes: Changes, now: datetime) -> None:
    """What the end of an import does: counters, version and source in one transaction."""
    with database.writing() as session:
        save_changes(session, changes)
        bump_version(session, "cases", now)
        save_source_success(session, "cases", now, now)

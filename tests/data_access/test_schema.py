"""The schema in force and the migrations that make it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from data_access import models
from data_access.models.base import Base
from data_access.schema import (
    MIGRATIONS,
    SchemaRefused,
    SchemaState,
    require_current_schema,
    schema_state,
    upgrade_schema,
)
from data_access.session import Database


@pytest.fixture
def empty_file(tmp_path: Path) -> Database:
    """A SQLite database that nobody has touched."""
    return Database(f"sqlite:///{tmp_path / 'new.sqlite'}")


def set_revision(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_migrations_make_exactly_the_tables_that_the_models_describe(database: Database) -> None:
    for module in pkgutil.walk_packages(models.__path__, "data_access.models."):
        importlib.import_module(module.name)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_new_database_is_upgraded_once(empty_file: Database) -> None:
    assert schema_state(empty_file) is SchemaState.EMPTY
    with pytest.raises(SchemaRefused, match="python manage.py upgrade"):
        require_current_schema(empty_file)
    assert upgrade_schema(empty_file) is SchemaState.EMPTY
    assert upgrade_schema(empty_file) is SchemaState.CURRENT
    require_current_schema(empty_file)
    empty_file.close()


def test_a_revision_nobody_knows_is_refused_by_everybody_and_left_alone(database: Database) -> None:
    set_revision(database, "from_the_future")
    for ask in (upgrade_schema, require_current_schema):
        with pytest.raises(SchemaRefused, match="phiên bản khác"):
            ask(database)
    assert schema_state(database) is SchemaState.FOREIGN


def test_the_tables_of_another_program_are_not_taken_for_an_empty_database(empty_file: Database) -> None:
    with empty_file.engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(SchemaRefused, match="phần mềm khác"):
        upgrade_schema(empty_file)
    empty_file.close()


def test_foreign_keys_are_in_force_again_after_an_upgrade(empty_file: Database) -> None:
    upgrade_schema(empty_file)
    with empty_file.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    empty_file.close()


def test_a_schedule_decided_before_0029_stays_and_can_still_not_be_changed(empty_file: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with empty_file.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0028")
    with empty_file.engine.begin() as connection:
        columns = 'morning_at, weekly_at, is_on, "by", at'
        connection.execute(
            text(f"INSERT INTO briefing_schedule ({columns}) VALUES ('06:15', '07:00', 1, 'cu', '2026-11-20 00:00:00')")
        )
    assert upgrade_schema(empty_file) is SchemaState.BEHIND
    with empty_file.engine.connect() as connection:
        kept = connection.execute(text("SELECT morning_at, makes_morning, makes_weekly FROM briefing_schedule")).all()
    assert kept == [("06:15", 1, 1)]
    with pytest.raises(DatabaseError, match="append-only"), empty_file.engine.begin() as connection:
        connection.execute(text("DELETE FROM briefing_schedule"))
    empty_file.close()


def test_a_migration_never_imports_our_code() -> None:
    """Today's models would rewrite what an old migration did."""
    ours = {path.parent.name for path in MIGRATIONS.parent.glob("*/__init__.py")}
    versions = sorted((MIGRATIONS / "versions").glob("*.py"))
    assert versions
    for path in versions:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in ours, path.name
            elif isinstance(node, ast.Import):
                assert not {alias.name.split(".")[0] for alias in node.names} & ours, path.name

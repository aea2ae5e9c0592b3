"""Whether the database has the schema this code was written for, and bringing it there with the migrations."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from data_access.session import Database

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


class SchemaRefused(Exception):
    """The database belongs to another version of the product; the message is for the person, in Vietnamese."""


class SchemaState(Enum):
    """How the database's revision relates to the migrations that ship with this code."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    FOREIGN = "foreign"


def schema_state(database: Database) -> SchemaState:
    """FOREIGN is a revision these migrations do not know, or tables that no migration made."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    with database.engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    if revision is None:
        return SchemaState.FOREIGN if tables else SchemaState.EMPTY
    if revision == scripts.get_current_head():
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.BEHIND if revision in known else SchemaState.FOREIGN


def upgrade_schema(database: Database) -> SchemaState:
    """Bring the schema to this code's version and return the state it was in; raises SchemaRefused when FOREIGN."""
    state = schema_state(database)
    if state is SchemaState.FOREIGN:
        raise SchemaRefused(_foreign_message(database))
    if state is not SchemaState.CURRENT:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with database.engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return state


def require_current_schema(database: Database) -> None:
    """What web and worker ask before they start; raises SchemaRefused unless the schema is exactly this code's."""
    state = schema_state(database)
    if state is SchemaState.FOREIGN:
        raise SchemaRefused(_foreign_message(database))
    if state is not SchemaState.CURRENT:
        raise SchemaRefused("Cơ sở dữ liệu chưa được nâng cấp. Chạy: python manage.py upgrade")


def _foreign_message(database: Database) -> str:
    place = database.engine.url.render_as_string(hide_password=True)
    return (
        f"Cơ sở dữ liệu {place} thuộc một phiên bản khác của phần mềm (hoặc của phần mềm khác); "
        "không nâng cấp để không làm hỏng. Dùng đúng phiên bản đã tạo ra nó, hoặc đặt DATABASE_URL/VAR_DIR nơi khác."
    )

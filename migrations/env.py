"""How alembic meets our database: one transaction, batch mode, and no application code in a migration.

Called with a live connection (`config.attributes["connection"]`, as manage.py and the tests do), with an address in
`sqlalchemy.url`, or from the command line with the address of settings.py.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, text
from sqlalchemy.types import TypeDecorator

from data_access import models
from data_access.models.base import Base
from data_access.session import build_engine

# Any number, the same on every server of one agency: two of them may start at the same moment.
UPGRADE_LOCK = 5_202_611


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write the plain SQLAlchemy type for our own decorators, so that an old migration never imports today's code."""
    if kind == "type" and isinstance(item, TypeDecorator) and type(item).__module__.startswith("data_access"):
        return f"sa.{item.impl_instance!r}"
    return False


def migrate(connection: Connection) -> None:
    """Run what alembic was asked to run on this connection, all of it or nothing."""
    is_sqlite = connection.dialect.name == "sqlite"
    raw = connection.connection.driver_connection
    if is_sqlite:
        # Batch mode copies a table and drops the old one, which foreign keys would take as deletes; SQLite
        # ignores this pragma inside a transaction, so it is set on the driver before one begins.
        raw.execute("PRAGMA foreign_keys=OFF")
        connection = connection.execution_options(sqlite_begin="IMMEDIATE")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transactional_ddl=True,
    )
    try:
        with context.begin_transaction():
            if not is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            context.run_migrations()
            if is_sqlite:
                refuse_orphans(raw)
    finally:
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")


def refuse_orphans(raw: Any) -> None:
    """Raise RuntimeError, which rolls the upgrade back, when a row has lost its parent (SQLite driver connection)."""
    broken = raw.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"rows without their parent after the migration: {broken[:5]}")


def load_models() -> None:
    """Import every model module: a table nobody imported would look dropped."""
    for module in pkgutil.walk_packages(models.__path__, "data_access.models."):
        importlib.import_module(module.name)


def run() -> None:
    """Find the connection and migrate."""
    load_models()
    if context.is_offline_mode():
        raise RuntimeError("migrations run against a database; SQL scripts are not written")
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    address = context.config.get_main_option("sqlalchemy.url")
    if not address:
        from settings import current

        address = current().database_address
    engine = build_engine(address)
    with engine.connect() as connection:
        migrate(connection)
    engine.dispose()


run()

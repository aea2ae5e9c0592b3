"""The one PostgreSQL database that tests share: emptied before each, which is a tenth of the work of copying one."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from data_access.session import Database

LEAVE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
# Names, types and triggers of all there is, and the revision it says it has.
SCHEMA = """SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
    SELECT concat(relname, relkind) AS part FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat(attrelid::regclass, attname, atttypid, attnotnull) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat(conrelid::regclass, conname) FROM pg_constraint
    UNION ALL SELECT concat(tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT version_num FROM alembic_version) AS parts"""
# Some triggers refuse what is done here: none of them is asked.
EMPTY = """DO $$ DECLARE found record; is_filled boolean; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', found.tablename) INTO is_filled;
        IF is_filled THEN EXECUTE format('TRUNCATE %I CASCADE', found.tablename); END IF;
    END LOOP;
    FOR found IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', found.sequencename);
    END LOOP;
END $$"""


class SharedDatabase:
    """Made by `make`, which takes a name and gives the address of a new copy of the template."""

    def __init__(self, make: Callable[[str], str], name: str) -> None:
        self._make, self._name = make, name
        self._begin()

    def emptied(self) -> str:
        """Its address; nothing of earlier tests is in it, and nobody of them is connected any more. It is made anew
        where a test changed the schema."""
        with self._connected() as connection:
            connection.execute(text(LEAVE))
            is_ours = connection.scalar(text(SCHEMA)) == self._schema
            if is_ours:
                connection.execute(text(EMPTY))
        if not is_ours:
            self.close()
            self._begin()
        return self._address

    def close(self) -> None:
        """Leave it to whoever stops the cluster."""
        self._owner.close()

    def _begin(self) -> None:
        self._address = self._make(self._name)
        self._owner = Database(self._address)
        with self._connected() as connection:
            self._schema = connection.scalar(text(SCHEMA))

    def _connected(self) -> Connection:
        return self._owner.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

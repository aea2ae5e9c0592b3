"""Where a command works: the settings in force, the organisation, an open database, the time, and in whose name."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from access.principal import Principal
from data_access.schema import SchemaRefused, SchemaState, require_current_schema, schema_state
from data_access.session import Database
from domain.permissions import Role
from domain.units import Organisation
from manage_commands.environment import Refused
from manage_commands.readiness import (
    kept_demo_clock,
    make_var,
    open_database,
    read_clock,
    read_organisation,
    read_settings,
    refuse_a_silent_database,
    refuse_mixing_sample_and_real,
)
from settings import Settings


@dataclass(frozen=True, slots=True)
class Workplace:
    """Everything a command needs; `now` is aware UTC, in DEMO that of the running demo day."""

    settings: Settings
    organisation: Organisation
    database: Database
    now: datetime
    principal: Principal


@contextmanager
def workplace() -> Iterator[Workplace]:
    """Open the workplace, making a new database's schema but never upgrading an old one; raises Refused."""
    settings = read_settings()
    organisation = read_organisation(settings)
    make_var(settings)
    refuse_mixing_sample_and_real(settings)
    clock = read_clock(settings, kept_demo_clock(settings))
    database = open_database(settings, upgrade=state_of(settings) is SchemaState.EMPTY)
    try:
        require_current_schema(database)
        yield Workplace(settings, organisation, database, clock(), command_line_principal())
    except SchemaRefused as error:
        raise Refused(str(error)) from error
    finally:
        database.close()


def command_line_principal() -> Principal:
    """Whoever may run this command on the server: all rights, and in the audit the name of the system account."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = "?"
    return Principal(Role.WORKER, "command-line", f"manage.py ({account})")


def state_of(settings: Settings) -> SchemaState:
    """How the schema of the database in force stands to this code; raises Refused when it does not answer."""
    refuse_a_silent_database(settings.database_address)
    database = Database(settings.database_address)
    try:
        return schema_state(database)
    finally:
        database.close()

"""The cast of the access tests: one person per role, a screen, a system; passwords are fixed."""

from __future__ import annotations

from datetime import datetime

from access.principal import Principal
from actions.manage_users import create_user
from data_access.session import Database
from domain.permissions import Role

PASSWORD = "Song-Huong-2026!"
UNITS = ("PHUVANG", "PHULOC")
CHIEF = Principal(Role.ADMINISTRATOR, "chief", "chief")
CAST = {
    "lanhdao": (Role.LEADER, None),
    "truong.phuvang": (Role.DEPARTMENT_HEAD, "PHUVANG"),
    "truong.phuloc": (Role.DEPARTMENT_HEAD, "PHULOC"),
    "truc": (Role.OPERATOR, None),
    "quantri": (Role.ADMINISTRATOR, None),
}


def a_person(database: Database, name: str, now: datetime, password: str = PASSWORD) -> Principal:
    """One of the cast, with an account."""
    role, unit = CAST[name]
    created = create_user(database, CHIEF, name, role, unit, UNITS, now, password)
    return Principal(role, created.public_id, name, unit)

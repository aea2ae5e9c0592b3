"""The cast of the access tests: one person per role, a screen, a system; passwords are fixed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from access.principal import Principal
from access.tokens import token_hash
from actions.manage_users import create_user
from actions.pair_screen import PairedDevice, collect_device, open_pairing_request, pair_screen
from data_access.screens import screen_by_device
from data_access.session import Database
from domain.permissions import Role
from domain.screens import ScreenSettings

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


def a_screen(
    database: Database, now: datetime, name: str = "Sảnh", unit: str | None = None, **how: Any
) -> PairedDevice:
    """A screen that was paired as a screen is: it shows a code, the administrator takes it, it fetches its device."""
    shown = open_pairing_request(database, "10.0.0.9", None, now)
    pair_screen(database, CHIEF, shown.code, ScreenSettings(name, unit, **how), UNITS, now)
    device = collect_device(database, shown.secret, "10.0.0.9", now)
    assert isinstance(device, PairedDevice)
    return device


def holder_of(database: Database, token: str, now: datetime) -> str | None:
    """The public id of the screen this device token stands for now."""
    with database.reading() as session:
        screen = screen_by_device(session, token_hash(token), now)
        return screen.public_id if screen else None

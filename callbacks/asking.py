"""What a callback asks with: the installation, the time, who is asking; and reading what a page sent."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from access.current import principal_now
from access.principal import Principal
from data_access.site import EXTENSION, Site
from domain.local_time import local_day


def site() -> Site:
    """The installation this request belongs to."""
    found: Site = current_app.extensions[EXTENSION]
    return found


def now() -> datetime:
    """The time on the one clock, aware UTC."""
    return site().clock()


def asking() -> Principal:
    """Who asks; raises NotAllowed when nobody is signed in."""
    return principal_now()


def unit_choices() -> list[tuple[str, str]]:
    """The units that handle cases today, as (code, name), in display order."""
    return [(unit.code, unit.name) for unit in site().organisation.case_units_on(local_day(now()))]


def unit_name(code: str | None) -> str:
    """A unit as it is called today; its code when it is no longer there; the whole province without a code."""
    if code is None:
        return "Toàn tỉnh"
    unit = site().organisation.unit_on(code, local_day(now()))
    return unit.name if unit else code


def plain_text(value: object) -> str:
    """A text a page sent, '' for anything else: what arrives from a browser may have any type."""
    return value if isinstance(value, str) else ""

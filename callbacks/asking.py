"""What a callback asks with: the installation, the time, who is asking; and reading what a page sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from flask import current_app

from access.current import principal_now
from access.principal import Principal
from data_access.site import EXTENSION, Site
from domain.attendance import month_of, previous_month
from domain.local_time import local_day

MONTHS_OFFERED = 12
Options = list[dict[str, str]]


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


def own_unit_choices() -> list[tuple[str, str]]:
    """Those of them the person may see."""
    scope = asking().unit
    return [(code, name) for code, name in unit_choices() if scope is None or code == scope]


def short_unit_names() -> dict[str, str]:
    """Short names of today's units by code, for tables."""
    return {unit.code: unit.short_name for unit in site().organisation.case_units_on(local_day(now()))}


def unit_name(code: str | None) -> str:
    """A unit as it is called today; its code when it is no longer there; the whole province without a code."""
    if code is None:
        return "Toàn tỉnh"
    unit = site().organisation.unit_on(code, local_day(now()))
    return unit.name if unit else code


def said(known: object, name: str) -> str:
    """One text of what a page's store sent."""
    return plain_text(known.get(name)) if isinstance(known, dict) else ""


def chosen_unit(known: object) -> str:
    """The unit of the address, when the person may see it; else the first one they may."""
    wanted = said(known, "unit")
    codes = [code for code, _ in own_unit_choices()]
    return wanted if wanted in codes else codes[0] if codes else ""


def chosen_month(known: object) -> date:
    """The first day of the month of the address, else of this one."""
    return month_of(said(known, "month"), local_day(now()))


def months_offered() -> list[tuple[str, str]]:
    """The last twelve months, this one first, as ('2026-11', '11/2026')."""
    first = local_day(now()).replace(day=1)
    months = []
    for _ in range(MONTHS_OFFERED):
        months.append((f"{first:%Y-%m}", f"{first:%m/%Y}"))
        first = previous_month(first)
    return months


def unit_and_month(known: object, path: str) -> tuple[Options, str, Options, str, str]:
    """What the filters of a page with a unit and a month show: the units the person may see, the last twelve months,
    what the address says chosen, and where the workbook of it is."""
    unit, month = chosen_unit(known), f"{chosen_month(known):%Y-%m}"
    export = f"{path}/export.xlsx?{urlencode({'unit': unit, 'month': month})}"
    return options_of(own_unit_choices()), unit, options_of(months_offered()), month, export


def address_of(unit: object, month: object, known: object) -> str | None:
    """The address of another unit or month; None where it is the one the page has."""
    wanted = {"unit": plain_text(unit), "month": plain_text(month)}
    if (wanted["unit"], wanted["month"]) == (chosen_unit(known), f"{chosen_month(known):%Y-%m}"):
        return None
    return f"?{urlencode(wanted)}"


def options_of(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """(value, words) as a select takes them."""
    return [{"label": words, "value": value} for value, words in pairs]


def plain_text(value: object) -> str:
    """A text a page sent, '' for anything else: what arrives from a browser may have any type."""
    return value if isinstance(value, str) else ""

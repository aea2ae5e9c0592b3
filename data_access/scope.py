"""Which units a principal may see: the one place where scope becomes a set of unit codes."""

from __future__ import annotations

from datetime import date

from access.principal import NotAllowed, Principal
from domain.units import Organisation, Restatement


class NotFound(LookupError):
    """What was asked for is not there, or not for this principal: both look the same."""


class NotRestatable(LookupError):
    """What was asked for belonged to units whose cases went to several others: no figure of before is theirs alone."""


def visible_units(
    principal: Principal, organisation: Organisation, on: date, restated: Restatement | None = None
) -> frozenset[str] | None:
    """Unit codes the principal may see, None meaning the whole province; a scope that holds no unit is refused.

    With `restated` those of its earlier day whose cases the principal's units of its later day took over whole: who may
    see the cases may see what they were before. Raises NotAllowed, NotRestatable.
    """
    if principal.unit is None:
        return None
    day = restated.until if restated is not None else on
    root = organisation.root_on(day)
    if root is not None and principal.unit == root.code:
        return None
    units = organisation.subtree(principal.unit, day)
    if not units:
        raise NotAllowed(f"unit {principal.unit} has no cases of its own or below it")
    return units if restated is None else before_reorganised(units, restated)


def case_units_seen(principal: Principal, organisation: Organisation, on: date) -> list[str]:
    """The units that handle cases on a day, of those the principal may see, in display order; raises NotAllowed."""
    seen = visible_units(principal, organisation, on)
    return [unit.code for unit in organisation.case_units_on(on) if seen is None or unit.code in seen]


def heirs_seen(principal: Principal, organisation: Organisation, on: date) -> dict[str, str]:
    """Every unit of any time whose work the principal may see on a day, with the unit that has it then: itself while it
    lasts or where nobody took it over, else whoever it passed to by default. For records without an area; raises
    NotAllowed."""
    seen = visible_units(principal, organisation, on)
    codes = dict.fromkeys(unit.code for unit in organisation.units if unit.handles_cases)
    heirs = {code: organisation.successor(code, None, on) for code in codes}
    return {code: heir for code, heir in heirs.items() if seen is None or heir in seen}


def before_reorganised(units: frozenset[str], restated: Restatement) -> frozenset[str]:
    """The units that had before what these have now; raises NotRestatable where that is no whole number of units."""
    parts = restated.parts_of(units)
    if parts is None:
        raise NotRestatable(", ".join(sorted(units)))
    return parts

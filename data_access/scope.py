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


def before_reorganised(units: frozenset[str], restated: Restatement) -> frozenset[str]:
    """The units that had before what these have now; raises NotRestatable where that is no whole number of units."""
    parts = restated.parts_of(units)
    if parts is None:
        raise NotRestatable(", ".join(sorted(units)))
    return parts

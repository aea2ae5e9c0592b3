"""Which units a principal may see: the one place where scope becomes a set of unit codes."""

from __future__ import annotations

from datetime import date

from access.principal import NotAllowed, Principal
from domain.units import Organisation


class NotFound(LookupError):
    """What was asked for is not there, or not for this principal: both look the same."""


def visible_units(principal: Principal, organisation: Organisation, on: date) -> frozenset[str] | None:
    """Unit codes the principal may see, None meaning the whole province; a scope that holds no unit is refused."""
    if principal.unit is None:
        return None
    root = organisation.root_on(on)
    if root is not None and principal.unit == root.code:
        return None
    units = organisation.subtree(principal.unit, on)
    if not units:
        raise NotAllowed(f"unit {principal.unit} has no cases of its own or below it")
    return units

"""The rows of the statistical form as they stand now. Units come from the running counters alone: two questions however
many cases there are. Officers come from their counters too, and by kind from the ledger of the cases they handle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.form_counters import officer_totals, officer_totals_by_kind, totals_by_kind
from data_access.periods import form_number, period_version, period_versions
from data_access.scope import visible_units
from data_access.sources import source_by_name
from domain.cases import Regime, regime_on
from domain.local_time import local_day
from domain.periods import ReportingPeriod
from domain.permissions import Permission
from domain.shown_forms import LIVE, ShownForm
from domain.statistical_form import ALL_KINDS, FormRow
from domain.statistics import Figures, Period, figures, total
from domain.units import Organisation

EVERY_UNIT = "*"


def shown_form(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    regimes: Sequence[Regime],
    period: ReportingPeriod,
    version: str,
    now: datetime,
    officers_of: str = "",
) -> ShownForm:
    """The form of a period as somebody may see it. `version` is a number, LIVE, or '' for the newest one, else as it
    stands now; `officers_of` a unit or EVERY_UNIT. Raises NotAllowed, NotFound, NoRegime."""
    asked = (session, principal, organisation)
    versions = period_versions(*asked, period)
    today = local_day(now)
    told = (period, period.state(today, bool(versions)), period.counted_until(today).to_on)
    number = form_number(session, principal, today)
    numbered = number.number if number else ""
    if version.isdecimal() or (version != LIVE and versions):
        found = period_version(*asked, period, int(version)) if version.isdecimal() else versions[0]
        return ShownForm(
            *told,
            rows=found.form.rows,
            regime_name=found.form.regime_name,
            as_of_at=found.form.as_of_at,
            number=numbered,
            version=found.form.version,
            closed_at=found.form.closed_at,
            closed_by=found.form.closed_by,
            sha256=found.sha256,
            is_untouched=found.is_untouched,
        )
    rows, regime = live_form(*asked, regimes, period, today, officers_of)
    as_of = source_by_name(session, "cases").as_of_at
    return ShownForm(*told, rows=tuple(rows), regime_name=regime.name, as_of_at=as_of, number=numbered)


def live_form(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    regimes: Sequence[Regime],
    period: ReportingPeriod,
    today: date,
    officers_of: str = "",
) -> tuple[list[FormRow], Regime]:
    """The rows as they stand now, and the regime they are counted under; raises NotAllowed, NoRegime."""
    counted = period.counted_until(today)
    regime = regime_on(regimes, counted.to_on)
    rows = form_rows(session, principal, organisation, counted, regime)
    if officers_of:
        unit = None if officers_of == EVERY_UNIT else officers_of
        rows += officer_form_rows(session, principal, organisation, counted, regime, unit)
    return rows, regime


def form_rows(
    session: Session, principal: Principal, organisation: Organisation, period: Period, regime: Regime
) -> list[FormRow]:
    """Every visible unit in all, then by kind where it has figures of it: units in force on the period's last day, and
    any other that still has figures, as data_access.counters says them. Needs SEE_FIGURES; raises NotAllowed."""
    principal.require(Permission.SEE_FIGURES)
    visible = visible_units(principal, organisation, period.to_on)
    counted = totals_by_kind(session, period, visible)
    here = [unit.code for unit in organisation.case_units_on(period.to_on) if visible is None or unit.code in visible]
    rows = []
    for unit in [*here, *sorted(counted.keys() - set(here))]:
        parts = {kind: figures(totals, regime) for kind, totals in sorted(counted.get(unit, {}).items())}
        whole = total(parts.values())
        if unit not in here and whole == Figures():
            continue
        name = unit_name_on(organisation, unit, period.to_on)
        rows.append(FormRow(unit, name, whole))
        rows += [FormRow(unit, name, part, kind=kind) for kind, part in parts.items() if part != Figures()]
    return rows


def officer_form_rows(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    period: Period,
    regime: Regime,
    unit: str | None = None,
) -> list[FormRow]:
    """Every officer (by code) with figures in the period, in all and then by kind, of one unit or of all the principal
    may see. Needs USE_DESK: no feed and no wall tells of a single person."""
    principal.require(Permission.USE_DESK)
    visible = visible_units(principal, organisation, period.to_on)
    asked = visible if unit is None else frozenset({unit}) & (visible if visible is not None else {unit})
    by_kind = officer_totals_by_kind(session, period, asked)
    rows = []
    for (code, officer), classes in sorted(officer_totals(session, period, asked).items()):
        name = unit_name_on(organisation, code, period.to_on)
        parts = {ALL_KINDS: classes, **by_kind.get((code, officer), {})}
        found = [FormRow(code, name, figures(totals, regime), officer, kind) for kind, totals in sorted(parts.items())]
        rows += [row for row in found if row.figures != Figures()]
    return rows


def unit_name_on(organisation: Organisation, code: str, day: date) -> str:
    """A unit as it was called on a day or nearest to it; its code when nobody knows it."""
    stretches = [unit for unit in organisation.units if unit.code == code]
    return min(stretches, key=lambda unit: unit.distance(day)).name if stretches else code

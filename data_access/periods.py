"""Versions of closed periods and the number of the form: stored once, asked for within a principal's scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.periods import FormNumberRow, PeriodVersionRow
from data_access.outbox import save_events
from data_access.scope import NotFound, visible_units
from data_access.versions import bump_version
from domain.local_time import local_day
from domain.outbox import event_of_period
from domain.periods import ReportingPeriod
from domain.permissions import Permission
from domain.statistical_form import FormRow, FrozenForm, canonical, content_hash, frozen_form, is_untouched
from domain.units import Organisation

TOPIC = "periods"


@dataclass(frozen=True, slots=True)
class PeriodVersion:
    """A stored version as somebody may see it: rows of the own units only, and whether the whole of it is untouched."""

    form: FrozenForm
    sha256: str
    is_untouched: bool


@dataclass(frozen=True, slots=True)
class FormNumber:
    """The number of the form, '' for none, since which day and by whom."""

    number: str
    from_on: date
    entered_by: str
    entered_at: datetime


def closed_periods(session: Session, principal: Principal) -> dict[str, int]:
    """Codes of closed periods with the number of their newest version; needs SEE_FIGURES."""
    principal.require(Permission.SEE_FIGURES)
    question = select(PeriodVersionRow.period, PeriodVersionRow.version).order_by(PeriodVersionRow.version)
    return {row.period: row.version for row in session.execute(question)}


def period_versions(
    session: Session, principal: Principal, organisation: Organisation, period: ReportingPeriod
) -> list[PeriodVersion]:
    """Every version of a period, the newest first; needs SEE_FIGURES, raises NotAllowed."""
    principal.require(Permission.SEE_FIGURES)
    question = select(PeriodVersionRow).where(PeriodVersionRow.period == period.code)
    visible = visible_units(principal, organisation, period.last_on)
    rows = session.scalars(question.order_by(PeriodVersionRow.version.desc()))
    return [_version(row, visible) for row in rows]


def period_version(
    session: Session, principal: Principal, organisation: Organisation, period: ReportingPeriod, version: int
) -> PeriodVersion:
    """One version; needs SEE_FIGURES, raises NotFound, NotAllowed."""
    found = period_versions(session, principal, organisation, period)
    wanted = next((each for each in found if each.form.version == version), None)
    if wanted is None:
        raise NotFound(f"{period.code} {version}")
    return wanted


def corrections_recorded_in(
    session: Session, principal: Principal, organisation: Organisation, period: ReportingPeriod
) -> list[PeriodVersion]:
    """Corrections of earlier periods that were written in this one, the newest first; needs SEE_FIGURES."""
    principal.require(Permission.SEE_FIGURES)
    row = PeriodVersionRow
    question = select(row).where(row.version > 1, row.recorded_on >= period.first_on, row.recorded_on <= period.last_on)
    visible = visible_units(principal, organisation, period.last_on)
    return [_version(found, visible) for found in session.scalars(question.order_by(row.id.desc()))]


def save_period_version(session: Session, form: FrozenForm, now: datetime) -> str:
    """Store a version, and queue the news of it, inside the caller's writing transaction; its hash."""
    text = canonical(form)
    digest = content_hash(text)
    session.add(
        PeriodVersionRow(
            period=form.period,
            version=form.version,
            closed_at=form.closed_at,
            closed_by=form.closed_by,
            recorded_on=local_day(form.closed_at),
            sha256=digest,
            content=text,
        )
    )
    session.flush()
    save_events(session, [event_of_period(form.period, form.version, digest, form.closed_at)], now)
    bump_version(session, TOPIC, now)
    return digest


def form_number(session: Session, principal: Principal, on: date) -> FormNumber | None:
    """The number in force on a day, None before anybody entered one; needs SEE_FIGURES."""
    principal.require(Permission.SEE_FIGURES)
    row = FormNumberRow
    found = session.scalar(select(row).where(row.from_on <= on).order_by(row.from_on.desc(), row.id.desc()).limit(1))
    return FormNumber(found.number, found.from_on, found.entered_by, found.entered_at) if found else None


def save_form_number(session: Session, number: FormNumber, now: datetime) -> None:
    """Store a number inside the caller's writing transaction; the ones before stay."""
    session.add(
        FormNumberRow(
            number=number.number, from_on=number.from_on, entered_by=number.entered_by, entered_at=number.entered_at
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def _version(row: PeriodVersionRow, visible: frozenset[str] | None) -> PeriodVersion:
    try:
        form = frozen_form(row.content)
    except (ValueError, KeyError, TypeError):
        # Somebody wrote around us: said as a version whose hash does not match, never as an error of the page.
        return PeriodVersion(_unreadable(row), row.sha256, is_untouched=False)
    says_the_same = (form.period, form.version) == (row.period, row.version)
    whole = says_the_same and is_untouched(row.content, row.sha256)
    return PeriodVersion(replace(form, rows=tuple(_scoped(form.rows, visible))), row.sha256, whole)


def _unreadable(row: PeriodVersionRow) -> FrozenForm:
    told = (row.closed_at, row.closed_by, "", "", "", ())
    return FrozenForm(row.period, row.version, "", "", "", None, *told)


def _scoped(rows: Iterable[FormRow], visible: frozenset[str] | None) -> list[FormRow]:
    return [row for row in rows if visible is None or row.unit in visible]

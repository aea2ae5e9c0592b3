"""What is stated of the staff of some units over some days, asked once and told day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data_access.attendance.health import HealthFacts, instants_of
from data_access.models.attendance import AbsenceRow, CorrectionRow, PunchRow, StaffRow, TerminalRow
from domain.attendance import Correction, DayStatus, LeaveKind, Overlay, OverlayKind, Punch
from domain.local_time import local_day

Person = tuple[str, str]


class RosterFacts:
    """The roster, touches, absences and corrections of units from a first to a last day of Huế, and their terminals;
    with `until` touches and terminals as they stood at that instant."""

    def __init__(
        self, session: Session, units: Collection[str], first: date, last: date, until: datetime | None = None
    ) -> None:
        self._here = sorted(units)
        self._staff = _staff(session, self._here, first, last)
        self._absences = _absences(session, self._here, first, last)
        self._corrections = _corrections(session, self._here, first, last)
        self._punches = _punches(session, self._here, first, last, until)
        self.health = HealthFacts(session, self._here, first, last, until)

    def staff(self, day: date) -> Sequence[StaffRow]:
        """Who is on the roster of a day; the newest statement last."""
        return [
            row
            for row in self._staff
            if (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to >= day)
        ]

    def punches(self, day: date, owners: Mapping[tuple[str, str], str]) -> dict[Person, list[Punch]]:
        """Each person's punches of a day, at terminals of the own unit, where the user numbers are given out."""
        found: dict[Person, list[Punch]] = defaultdict(list)
        for unit, punch in self._punches.get(day, ()):
            code = owners.get((unit, punch.pin))
            if code is not None:
                found[unit, code].append(punch)
        return found

    def overlays(self, day: date) -> dict[Person, Overlay]:
        """What lies over a day of each person; of several the newest statement, then a fixed order."""
        return {
            (row.unit, row.code): Overlay(
                OverlayKind(row.kind), row.from_on, row.to_on, LeaveKind(row.leave) if row.leave else None
            )
            for row in self._absences
            if row.from_on <= day <= row.to_on
        }

    def corrections(self, day: date) -> dict[Person, Correction]:
        """What a person at a desk said of a day; the last word of several."""
        return {
            (row.unit, row.code): Correction(DayStatus(row.status), row.reason, row.corrected_at)
            for row in self._corrections
            if row.day == day
        }


def _staff(session: Session, units: Sequence[str], first: date, last: date) -> Sequence[StaffRow]:
    row = StaffRow
    question = select(row).where(
        row.unit.in_(units),
        or_(row.valid_from.is_(None), row.valid_from <= last),
        or_(row.valid_to.is_(None), row.valid_to >= first),
    )
    return session.scalars(question.order_by(row.stated_at, row.code, row.pin)).all()


def _absences(session: Session, units: Sequence[str], first: date, last: date) -> Sequence[AbsenceRow]:
    row = AbsenceRow
    lies = (row.from_on <= last, row.to_on >= first, row.is_withdrawn.is_(False))
    order = (row.stated_at, row.kind, row.from_on, row.to_on, row.reference)
    return session.scalars(select(row).where(row.unit.in_(units), *lies).order_by(*order)).all()


def _corrections(session: Session, units: Sequence[str], first: date, last: date) -> Sequence[CorrectionRow]:
    row = CorrectionRow
    question = select(row).where(row.unit.in_(units), row.day >= first, row.day <= last)
    return session.scalars(question.order_by(row.corrected_at, row.id)).all()


def _punches(
    session: Session, units: Sequence[str], first: date, last: date, until: datetime | None
) -> Mapping[date, Sequence[tuple[str, Punch]]]:
    """Touches by day, each with the unit of its terminal, in order of time."""
    begins_at, ends_at = instants_of(first, last, until)
    question = (
        select(TerminalRow.unit, PunchRow.serial, PunchRow.pin, PunchRow.punched_at)
        .join(TerminalRow, TerminalRow.serial == PunchRow.serial)
        .where(TerminalRow.unit.in_(units), PunchRow.punched_at >= begins_at, PunchRow.punched_at < ends_at)
        .order_by(PunchRow.punched_at)
    )
    found: dict[date, list[tuple[str, Punch]]] = defaultdict(list)
    at: datetime
    for unit, serial, pin, at in session.execute(question):
        found[local_day(at)].append((unit, Punch(serial, pin, at)))
    return found

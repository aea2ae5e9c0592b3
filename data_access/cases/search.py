"""What somebody types into the search: a unit, the code of an officer, a decision number. Bounded, within the scope."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases.filtered import units_asked, within
from data_access.cases.questions import covers
from data_access.models.cases import CaseClassInterval, EnforcementCase, OfficerCounter
from data_access.scope import visible_units
from domain.case_filters import CaseFilter
from domain.cases import decision_name
from domain.units import Organisation, Unit
from domain.vietnamese import normalised

MOST_OF_A_KIND = 8
LETTERS_READ = 60
# "412", "412/2025", "046/2026/QĐ-THA", "Số: 46a": the number, and the year where one is written.
_NUMBER = re.compile(r"^(?:so:?|qd)?\s*0*([0-9]{1,8}[a-z]?(?:/[0-9]{1,3}(?![0-9]))?)(?:/((?:19|20)[0-9]{2}))?(?:/.*)?$")


@dataclass(frozen=True, slots=True)
class FoundOfficer:
    """An officer code in the unit it belongs to."""

    unit: str
    officer: str


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case whose decision number was typed; `unit` handles it now."""

    public_id: str
    name: str
    unit: str
    officer: str | None
    decided_on: date


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that fits, at most a handful of each kind."""

    units: tuple[Unit, ...] = ()
    officers: tuple[FoundOfficer, ...] = ()
    cases: tuple[FoundCase, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing fits."""
        return not (self.units or self.officers or self.cases)


def find(session: Session, principal: Principal, organisation: Organisation, typed: str, on: date) -> Found:
    """What fits the words, within the principal's scope on a day; raises NotAllowed for a scope that holds no unit."""
    words = normalised(typed[:LETTERS_READ])
    if not words:
        return Found()
    visible = visible_units(principal, organisation, on)
    units = tuple(
        unit
        for unit in organisation.case_units_on(on)
        if (visible is None or unit.code in visible)
        and any(words in normalised(name) for name in (unit.code, unit.name, unit.short_name))
    )
    return Found(units[:MOST_OF_A_KIND], _officers(session, visible, words), _cases(session, visible, words, on))


def officer_codes(session: Session, principal: Principal, organisation: Organisation, unit: str, on: date) -> list[str]:
    """The codes that ever handled a case in a unit ('' for the principal's own), in order; raises NotFound for a unit
    outside the scope, NotAllowed for a scope that holds no unit."""
    units = units_asked(principal, organisation, CaseFilter(unit=unit), on)
    table = OfficerCounter
    return sorted(session.scalars(select(table.officer).where(within(table.unit, units)).distinct()))


def _officers(session: Session, visible: frozenset[str] | None, words: str) -> tuple[FoundOfficer, ...]:
    """Codes are few (one for each officer): they are compared here, however they were typed ("chv 3", "CHV-03")."""
    if not any(letter.isalpha() for letter in words):
        return ()
    table = OfficerCounter
    question = select(table.unit, table.officer).where(within(table.unit, visible)).distinct()
    known = sorted((row[0], row[1]) for row in session.execute(question))
    wanted = _without_zeros(words)
    fits = [FoundOfficer(*pair) for pair in known if _without_zeros(normalised(pair[1])).startswith(wanted)]
    return tuple(fits[:MOST_OF_A_KIND])


def _cases(session: Session, visible: frozenset[str] | None, words: str, on: date) -> tuple[FoundCase, ...]:
    found = _NUMBER.match(words)
    if found is None:
        return ()
    number, year = found[1], found[2]
    case, interval = EnforcementCase, CaseClassInterval
    question = (
        select(case.public_id, case.number, case.decided_on, interval.unit, interval.officer)
        .join(interval, interval.case_id == case.id)
        .where(case.number == number, covers(on), within(interval.unit, visible))
        .order_by(case.decided_on.desc(), case.id)
    )
    if year is not None:
        first, last = date(int(year), 1, 1), date(int(year), 12, 31)
        question = question.where(case.decided_on >= first, case.decided_on <= last)
    return tuple(
        FoundCase(public_id, decision_name(stored, decided_on), unit, officer, decided_on)
        for public_id, stored, decided_on, unit, officer in session.execute(question.limit(MOST_OF_A_KIND))
    )


def _without_zeros(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r"(?<![0-9])0+(?=[0-9])", "", words))

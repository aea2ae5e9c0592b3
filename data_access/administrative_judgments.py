"""Administrative judgments: storing what registers state, and what may be asked about them, always of the principal's
units. No sheet makes a row vanish."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from data_access.deadlines import deadline_rules
from data_access.models.administrative_judgments import AdministrativeJudgmentRow, JudgmentEventRow
from data_access.scope import NotFound, heirs_seen, visible_units
from data_access.versions import bump_version, lock_writers
from data_access.working_days import load_working_calendar
from domain.administrative_judgments import (
    AdministrativeJudgment,
    DatedEvent,
    DebtorKind,
    JudgmentCounts,
    JudgmentEvent,
    JudgmentStanding,
    RegisterOverdue,
    counts_by_unit,
    overdue_of,
    standings,
    timeline,
)
from domain.statistics import StatisticalYear, same_day_last_year
from domain.units import Organisation

TOPIC = "administrative_judgments"
# Parameters of one question: SQLite's builds differ in how many they take.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class ListedJudgment:
    """A judgment as a list shows it: its public id and how it stands on the day asked about."""

    public_id: str
    standing: JudgmentStanding


@dataclass(frozen=True, slots=True)
class JudgmentYear:
    """A statistical year of the principal's units up to `day`: counts by unit (None: its register never named a
    judgment) and in all, the same up to the same day last year, the judgments worst first, and which are overdue."""

    year: StatisticalYear
    day: date
    units: Mapping[str, JudgmentCounts | None]
    total: JudgmentCounts
    last_year: Mapping[str, JudgmentCounts]
    total_last_year: JudgmentCounts
    listed: tuple[ListedJudgment, ...]
    overdue: RegisterOverdue

    @property
    def known_units(self) -> int:
        """How many of the units have a register that names a judgment."""
        return sum(counts is not None for counts in self.units.values())

    def counts_of(self, unit: str) -> JudgmentCounts | None:
        """Of a unit, or of all for ''; None where no register has named a judgment of it."""
        if unit:
            return self.units.get(unit)
        return self.total if self.known_units else None

    def last_year_of(self, unit: str) -> JudgmentCounts | None:
        """The same up to the same day last year; None where nothing of that time is known."""
        found = self.last_year.get(unit) if unit else self.total_last_year
        return found if found != JudgmentCounts() else None

    def unknown_of(self, unit: str) -> int:
        """How many of a unit, or of all for '', have a term that nobody can reckon."""
        return self.overdue.unknown_by_unit.get(unit, 0) if unit else self.overdue.unknown

    def overdue_of(self, unit: str) -> int:
        """How many of a unit, or of all for '', have a term that is over."""
        return self.overdue.by_unit.get(unit, 0) if unit else self.overdue.total


def save_judgments(
    session: Session, judgments: Sequence[AdministrativeJudgment], stated_at: datetime, now: datetime
) -> int:
    """Insert or update by unit and number, as a register stated them at `stated_at`, inside the caller's writing
    transaction; returns how many changed.

    A statement older than the stored one changes nothing; of two of the same instant the larger hash wins, so that the
    end is the same in any order.
    """
    if not judgments:
        return 0
    lock_writers(session, TOPIC)
    stored = _stored(session, judgments)
    changed: list[tuple[AdministrativeJudgmentRow, AdministrativeJudgment]] = []
    for judgment in judgments:
        row, digest = stored.get((judgment.unit, judgment.reference)), _hash(judgment)
        if row is None:
            row = AdministrativeJudgmentRow(public_id=secrets.token_urlsafe(9), unit=judgment.unit)
            row.reference = judgment.reference
            stored[judgment.unit, judgment.reference] = row
            session.add(row)
        elif (stated_at, digest) <= (row.stated_at, row.row_hash):
            continue
        elif digest == row.row_hash:
            row.stated_at = stated_at
            continue
        row.judged_on, row.registered_on = judgment.judged_on, judgment.registered_on
        row.debtor, row.ended_on = judgment.debtor.value, judgment.ended_on
        row.stated_at, row.row_hash, row.recorded_at = stated_at, digest, now
        changed.append((row, judgment))
    session.flush()
    for row, judgment in changed:
        session.execute(delete(JudgmentEventRow).where(JudgmentEventRow.judgment_id == row.id))
        session.add_all(
            JudgmentEventRow(judgment_id=row.id, kind=event.kind.value, happened_on=event.on)
            for event in timeline(judgment)
        )
    session.flush()
    if changed:
        bump_version(session, TOPIC, now)
    return len(changed)


def judged_days(session: Session, judgments: Sequence[AdministrativeJudgment]) -> dict[tuple[str, str], date]:
    """The stored day of each of these judgments by unit and number; a number with another day is another judgment. For
    the import, which may speak of any unit."""
    return {key: row.judged_on for key, row in _stored(session, judgments).items()}


def judgment_year(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    year: StatisticalYear,
    day: date,
    is_sample: bool,
) -> JudgmentYear:
    """What a statistical year amounts to up to a day in it, and the same of the year before."""
    before_day, before_year = same_day_last_year(day), StatisticalYear(year.year - 1)
    rows = _register(session, principal, organisation, before_year.first_on, day)
    judgments = [judgment for _, judgment in rows]
    here = _scope(principal, organisation, day)
    units = [unit.code for unit in organisation.case_units_on(day) if here is None or unit.code in here]
    counts = counts_by_unit(judgments, units, year, day)
    before = counts_by_unit(judgments, [], before_year, before_day)
    last_year = {unit: found for unit, found in before.items() if found is not None}
    public_ids = {(judgment.unit, judgment.reference): public_id for public_id, judgment in rows}
    here_now = [one for one in judgments if one.ended_on is None or one.ended_on >= year.first_on]
    found = standings(here_now, deadline_rules(session, is_sample), load_working_calendar(), day)
    return JudgmentYear(
        year=year,
        day=day,
        units=counts,
        total=sum((one for one in counts.values() if one is not None), JudgmentCounts()),
        last_year=last_year,
        total_last_year=sum(last_year.values(), JudgmentCounts()),
        listed=tuple(ListedJudgment(public_ids[one.judgment.unit, one.judgment.reference], one) for one in found),
        overdue=overdue_of(found, day),
    )


def judgment_by_public_id(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, on: date
) -> tuple[AdministrativeJudgment, datetime]:
    """One judgment of the principal's units with all its events, and when its register stated it; raises NotFound."""
    row = session.scalar(select(AdministrativeJudgmentRow).where(AdministrativeJudgmentRow.public_id == public_id))
    heirs = _heirs(principal, organisation, on)
    if row is None or row.unit not in heirs:
        raise NotFound(public_id)
    return _with_events(session, [row])[0][1], row.stated_at


def _register(
    session: Session, principal: Principal, organisation: Organisation, since: date, until: date
) -> list[tuple[str, AdministrativeJudgment]]:
    """Those registered by `until` that had not ended before `since`, by public id, each with the unit that has it on
    that day. One that a unit took over from another and states again is one: as it was stated last."""
    table = AdministrativeJudgmentRow
    heirs = _heirs(principal, organisation, until)
    question = select(table).where(
        table.registered_on <= until,
        or_(table.ended_on.is_(None), table.ended_on >= since),
        table.unit.in_(sorted(heirs)),
    )
    newest: dict[tuple[str, str, date], AdministrativeJudgmentRow] = {}
    for row in session.scalars(question.order_by(table.stated_at, table.id)):
        # Who has it after every reorganisation: before one as well, both statements speak of the same judgment.
        newest[organisation.successor(row.unit, None, date.max), row.reference, row.judged_on] = row
    rows = sorted(newest.values(), key=lambda row: (row.registered_on, row.id))
    return [(public_id, replace(one, unit=heirs[one.unit])) for public_id, one in _with_events(session, rows)]


def _scope(principal: Principal, organisation: Organisation, on: date) -> frozenset[str] | None:
    """The units of the principal on a day, None meaning all; none on a day on which their unit was not there yet, as in
    a year before a reorganisation."""
    try:
        return visible_units(principal, organisation, on)
    except NotAllowed:
        return frozenset()


def _heirs(principal: Principal, organisation: Organisation, on: date) -> dict[str, str]:
    """The units of any time whose judgments the principal sees, with the unit that has them on the day; none on a day
    on which the principal's own was not there yet."""
    try:
        return heirs_seen(principal, organisation, on)
    except NotAllowed:
        return {}


def _with_events(
    session: Session, rows: Sequence[AdministrativeJudgmentRow]
) -> list[tuple[str, AdministrativeJudgment]]:
    events: dict[int, list[DatedEvent]] = {row.id: [] for row in rows}
    for ids in _chunks(sorted(events)):
        question = select(JudgmentEventRow).where(JudgmentEventRow.judgment_id.in_(ids))
        for event in session.scalars(question.order_by(JudgmentEventRow.id)):
            events[event.judgment_id].append(DatedEvent(JudgmentEvent(event.kind), event.happened_on))
    return [
        (
            row.public_id,
            AdministrativeJudgment(
                unit=row.unit,
                reference=row.reference,
                judged_on=row.judged_on,
                registered_on=row.registered_on,
                debtor=DebtorKind(row.debtor),
                events=tuple(events[row.id]),
            ),
        )
        for row in rows
    ]


def _stored(
    session: Session, judgments: Iterable[AdministrativeJudgment]
) -> dict[tuple[str, str], AdministrativeJudgmentRow]:
    found: dict[tuple[str, str], AdministrativeJudgmentRow] = {}
    for references in _chunks(sorted({one.reference for one in judgments})):
        question = select(AdministrativeJudgmentRow).where(AdministrativeJudgmentRow.reference.in_(references))
        found.update(((row.unit, row.reference), row) for row in session.scalars(question))
    return found


def _chunks(values: Sequence[object]) -> Iterable[Sequence[object]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def _hash(judgment: AdministrativeJudgment) -> str:
    ordered = replace(judgment, events=timeline(judgment))
    text = json.dumps(asdict(ordered), default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

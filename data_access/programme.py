"""The pledges of the programme: what ships, what the agency decided about targets, how each stood day by day."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models.observations import PledgeDayRow, PledgeTargetRow
from data_access.pledge_evidence import EvidenceQuestions, reached_of
from data_access.scope import visible_units
from data_access.versions import bump_version
from domain.local_time import local_day
from domain.programme import EvidenceKind, PledgeDay, PledgeEvidence, PledgeRule, PledgeStanding, Reached

PLEDGES_FILE = Path(__file__).resolve().parent.parent / "data" / "pledges.csv"
TOPIC = "programme"
# The unit of a row that speaks of the whole.
WHOLE = ""
SHOWN_FOR = timedelta(days=370)
DECIDED = "Cơ quan quyết định"


@dataclass(frozen=True, slots=True)
class TargetDecision:
    """Mức cam kết cơ quan đặt: in percent, None for none, from a day on."""

    pledge: str
    target: Decimal | None
    from_on: date
    reason: str
    entered_by: str
    entered_at: datetime


class KeptDays(NamedTuple):
    """Days of one pledge as they were written down, oldest first."""

    whole: tuple[PledgeDay, ...]
    own: tuple[PledgeDay, ...]


@lru_cache(maxsize=4)
def shipped_pledges(path: Path = PLEDGES_FILE) -> Mapping[str, PledgeRule]:
    """The pledges that ship, by code in the file's order; raises ValueError for one named twice."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = [_shipped(row) for row in csv.DictReader(lines)]
    by_code = {each.code: each for each in found}
    if len(by_code) != len(found):
        raise ValueError(f"data/{path.name} names a pledge twice")
    return by_code


def pledges_in_force(session: Session, on: date) -> list[PledgeRule]:
    """Every pledge with the target of a day; names and targets only, so it takes no principal."""
    newest = {each.pledge: each for each in target_decisions(session) if each.from_on <= on}
    return [
        replace(rule, target=newest[rule.code].target, status=DECIDED) if rule.code in newest else rule
        for rule in shipped_pledges().values()
    ]


def target_decisions(session: Session) -> list[TargetDecision]:
    """What the agency decided about targets, in the order in which it holds (day, then entry)."""
    row = PledgeTargetRow
    found = session.scalars(select(row).order_by(row.from_on, row.id))
    return [
        TargetDecision(each.pledge, _number(each.target), each.from_on, each.reason, each.entered_by, each.entered_at)
        for each in found
    ]


def save_target_decision(session: Session, decision: TargetDecision, now: datetime) -> None:
    """Store a decision inside the caller's writing transaction; those before stay."""
    session.add(
        PledgeTargetRow(
            pledge=decision.pledge,
            target=_text(decision.target),
            due_on=None,
            from_on=decision.from_on,
            reason=decision.reason,
            entered_by=decision.entered_by,
            entered_at=decision.entered_at,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def standings(questions: EvidenceQuestions, codes: Sequence[str] | None = None) -> list[PledgeStanding]:
    """How the pledges (all, or some) stand in the principal's scope, in the plan's order, with their days."""
    today = local_day(questions.now)
    rules = [rule for rule in pledges_in_force(questions.session, today) if codes is None or rule.code in codes]
    kept = _kept_days(questions, today - SHOWN_FOR)
    return [_standing(questions, rule, kept) for rule in rules]


def save_pledge_days(session: Session, evidence: Mapping[str, PledgeEvidence], on: date, now: datetime) -> int:
    """Write down how pledges stand today, of the whole and by unit; the last word of a day stays. How many changed."""
    row, changed = PledgeDayRow, 0
    known = {(each.pledge, each.unit): each for each in session.scalars(select(row).where(row.kept_on == on))}
    for code, found in evidence.items():
        for unit, reached in ((WHOLE, found.total), *found.by_unit.items()):
            unknown = found.unknown if unit == WHOLE else found.unknown_of(unit)
            said = (_text(reached.part if reached else None), _text(reached.whole if reached else None), unknown)
            place = known.get((code, unit))
            if place is None:
                place = row(pledge=code, unit=unit, kept_on=on)
                session.add(place)
            elif (place.numerator, place.denominator, place.unknown) == said:
                continue
            place.numerator, place.denominator, place.unknown = said
            place.recorded_at = now
            changed += 1
    if changed:
        session.flush()
        bump_version(session, TOPIC, now)
    return changed


def _standing(questions: EvidenceQuestions, rule: PledgeRule, kept: Mapping[str, KeptDays]) -> PledgeStanding:
    if rule.kind is EvidenceKind.LIVE:
        evidence, days = questions.of(rule), kept.get(rule.code, KeptDays((), ()))
        # A pledge that knows no units is the whole's, for everybody.
        return PledgeStanding(rule, evidence, days.own if evidence.by_unit else days.whole)
    board = questions.board(rule.evidence)
    if board is None:
        return PledgeStanding(rule, questions.of(rule))
    totals, today = sorted(board.totals.items()), local_day(questions.now)
    stated = [
        # Of a period that still runs, what is known is of today.
        PledgeDay(
            min(period.last_on, today),
            reached_of(total.figures),
            0 if total.is_whole else total.units - total.known_units,
        )
        for period, total in totals
    ]
    return PledgeStanding(rule, questions.of(rule), tuple(stated))


def _kept_days(questions: EvidenceQuestions, since: date) -> dict[str, KeptDays]:
    """Recorded days by pledge: of the whole, and of the principal's units together."""
    row, today = PledgeDayRow, local_day(questions.now)
    seen = visible_units(questions.principal, questions.organisation, today)
    question = select(row).where(row.kept_on >= since).order_by(row.kept_on)
    question = question.where(row.unit == WHOLE if seen is None else row.unit.in_({*seen, WHOLE}))
    days: dict[tuple[str, bool], dict[date, PledgeDay]] = {}
    for each in questions.session.scalars(question):
        by_day = days.setdefault((each.pledge, each.unit == WHOLE), {})
        by_day[each.kept_on] = _joined(by_day.get(each.kept_on), each)
    told = {place: tuple(by_day.values()) for place, by_day in days.items()}
    return {
        code: KeptDays(told.get((code, True), ()), told.get((code, seen is None), ()))
        for code in {code for code, _ in told}
    }


def _joined(before: PledgeDay | None, row: PledgeDayRow) -> PledgeDay:
    """A day of several units (a scope may hold more than one) together."""
    part = _number(row.numerator)
    reached = None if part is None else Reached(part, _number(row.denominator))
    if before is None:
        return PledgeDay(row.kept_on, reached, row.unknown)
    parts = [each for each in (before.reached, reached) if each is not None]
    total = parts[0] + parts[1] if len(parts) == 2 else parts[0] if parts else None
    return PledgeDay(row.kept_on, total, before.unknown + row.unknown)


def _shipped(row: Mapping[str, str]) -> PledgeRule:
    return PledgeRule(
        row["code"],
        row["name"],
        int(row["due_year"]),
        _number(row["target"]),
        row["what"],
        EvidenceKind(row["kind"]),
        row["evidence"],
        row["unknown_in_whole"] == "1",
        row["scope"],
        row["formula"],
        row["status"],
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"

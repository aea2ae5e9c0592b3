"""The dated rules on terms: data/deadlines.csv, in the demo data/deadlines_sample.csv, and what the agency entered."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.limits import TOPIC
from data_access.models.deadlines import DeadlineChangeRow
from data_access.versions import bump_version
from domain.deadlines import DeadlineRule, DeadlineUnit
from domain.permissions import Permission

DATA = Path(__file__).resolve().parent.parent / "data"
DEADLINES_FILE = DATA / "deadlines.csv"
SAMPLE_FILE = DATA / "deadlines_sample.csv"


# The agency says of a rule that it only stands in for one not yet known.
SAMPLE_STATUS = "Dữ liệu mẫu"


def deadline_rules(session: Session, is_sample: bool) -> tuple[DeadlineRule, ...]:
    """Every rule, those that the agency entered before the shipped ones: of the same day, hers counts."""
    return (*entered_rules(session), *load_deadline_rules(is_sample))


def entered_rules(session: Session) -> tuple[DeadlineRule, ...]:
    """What the agency entered, newest first; a rule of hers holds until her next one begins."""
    known = {rule.code: rule for rule in load_deadline_rules(is_sample=False)}
    rows = session.scalars(select(DeadlineChangeRow).order_by(DeadlineChangeRow.id.desc()))
    return tuple(_entered(row, known[row.code]) for row in rows if row.code in known)


def deadline_changes(session: Session, principal: Principal) -> Sequence[DeadlineChangeRow]:
    """Who entered what and why, newest first; needs EDIT_ALARM_RULES."""
    principal.require(Permission.EDIT_ALARM_RULES)
    return list(session.scalars(select(DeadlineChangeRow).order_by(DeadlineChangeRow.id.desc())))


def save_deadline(session: Session, principal: Principal, rule: DeadlineRule, reason: str, now: datetime) -> None:
    """Append a rule inside the caller's writing transaction; engine and wall look again. Raises NotAllowed."""
    principal.require(Permission.EDIT_ALARM_RULES)
    session.add(
        DeadlineChangeRow(
            code=rule.code,
            valid_from=rule.valid_from,
            quantity=rule.quantity,
            unit=rule.unit.value,
            legal_basis=rule.legal_basis,
            status=rule.status,
            reason=reason,
            by=principal.name,
            at=now,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


@lru_cache(maxsize=2)
def load_deadline_rules(is_sample: bool) -> tuple[DeadlineRule, ...]:
    """Every rule, with the sample ones (marked as such) when `is_sample`; raises KeyError or ValueError when a file is
    unusable."""
    rules = read_deadline_rules(DEADLINES_FILE)
    return rules + read_deadline_rules(SAMPLE_FILE, is_sample=True) if is_sample else rules


def read_deadline_rules(path: Path, is_sample: bool = False) -> tuple[DeadlineRule, ...]:
    """The rules of one file in its order; raises KeyError or ValueError."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_rule(row, is_sample) for row in csv.DictReader(lines))


def _entered(row: DeadlineChangeRow, shipped: DeadlineRule) -> DeadlineRule:
    return replace(
        shipped,
        quantity=row.quantity,
        unit=DeadlineUnit(row.unit),
        legal_basis=row.legal_basis,
        valid_from=row.valid_from,
        valid_to=None,
        status=row.status,
        is_sample=row.status == SAMPLE_STATUS,
    )


def _rule(row: dict[str, str], is_sample: bool) -> DeadlineRule:
    return DeadlineRule(
        code=row["code"],
        name=row["name"],
        quantity=int(row["quantity"]),
        unit=DeadlineUnit(row["unit"]),
        note=row["note"],
        counted_from=row["counted_from"],
        legal_basis=row["legal_basis"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        status=row["status"],
        is_sample=is_sample,
    )

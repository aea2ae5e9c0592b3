"""The agenda: dated reporting rules, what the agency entered, subscriptions by secret address."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.agenda import AgendaEntryRow, AgendaFeedRow
from data_access.observations import observed_indicators
from data_access.programme import pledges_in_force
from data_access.software_systems import listed_systems
from data_access.users import account_by_public_id, principal_of_account
from data_access.versions import bump_version
from data_access.working_days import load_working_calendar
from domain.agenda import AgendaItem, AgendaKind, AgendaRule, Repeats, agenda
from domain.permissions import Permission, Role

RULES_FILE = Path(__file__).resolve().parent.parent / "data" / "agenda_rules.csv"
TOPIC = "agenda"
# A feed that is fetched every few minutes is written down once an hour.
FETCH_NOTED_EVERY = timedelta(hours=1)


@lru_cache(maxsize=4)
def load_agenda_rules(path: Path = RULES_FILE) -> tuple[AgendaRule, ...]:
    """The reporting days that ship; raises ValueError for a row that cannot be read."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_rule(row) for row in csv.DictReader(lines))


def agenda_between(session: Session, principal: Principal, span: tuple[date, date]) -> list[AgendaItem]:
    """What falls due for somebody on the days of `span`, both included; needs SEE_AGENDA."""
    principal.require(Permission.SEE_AGENDA)
    row = AgendaEntryRow
    question = select(row).where(row.due_on >= span[0], row.due_on <= span[1], row.withdrawn_at.is_(None))
    entries = [_entry(found) for found in session.scalars(question)]
    found = agenda(
        load_agenda_rules(),
        observed_indicators(session).values(),
        pledges_in_force(session, span[0]),
        entries,
        span,
        load_working_calendar(),
        {code: system.name for code, system in listed_systems(session, span[0]).items()},
    )
    return [item for item in found if item.concerns(principal.role, principal.unit)]


def save_agenda_entry(session: Session, item: AgendaItem, entered_by: str, now: datetime) -> None:
    """Store a day inside the caller's writing transaction."""
    session.add(
        AgendaEntryRow(
            public_id=item.uid,
            due_on=item.on,
            title=item.title,
            role=item.role.value if item.role is not None else "",
            unit=item.unit,
            basis=item.basis,
            entered_by=entered_by,
            entered_at=now,
            withdrawn_by="",
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def save_withdrawn_entry(session: Session, public_id: str, withdrawn_by: str, now: datetime) -> bool:
    """Take a day back; False when there is none that still holds."""
    row = AgendaEntryRow
    holds = (row.public_id == public_id, row.withdrawn_at.is_(None))
    found = session.scalar(select(row.id).where(*holds))
    if found is None:
        return False
    session.execute(update(row).where(row.id == found).values(withdrawn_at=now, withdrawn_by=withdrawn_by))
    bump_version(session, TOPIC, now)
    return True


def save_agenda_feed(session: Session, owner: str, token_hash: str, now: datetime) -> None:
    """A new secret address of an account; its earlier ones die."""
    revoke_agenda_feeds(session, owner, now)
    session.add(AgendaFeedRow(owner=owner, token_hash=token_hash, created_at=now))
    session.flush()


def revoke_agenda_feeds(session: Session, owner: str, now: datetime) -> None:
    """Let every secret address of an account die."""
    row = AgendaFeedRow
    session.execute(update(row).where(row.owner == owner, row.revoked_at.is_(None)).values(revoked_at=now))


def agenda_feed_since(session: Session, principal: Principal) -> datetime | None:
    """Since when the principal's own address lives; None without one."""
    row = AgendaFeedRow
    question = select(row.created_at).where(row.owner == principal.public_id, row.revoked_at.is_(None))
    return session.scalar(question.order_by(row.id.desc()).limit(1))


def living_agenda_feeds(session: Session, principal: Principal) -> int:
    """How many secret addresses live; needs SEE_SOURCES, and says of nobody that it is theirs."""
    principal.require(Permission.SEE_SOURCES)
    row = AgendaFeedRow
    return session.scalar(select(func.count()).select_from(row).where(row.revoked_at.is_(None))) or 0


def owner_of_feed(session: Session, token_hash: str) -> Principal | None:
    """Whose address it is, as the account is now; None for a dead address or account. Asked before anybody is known,
    so it takes no principal."""
    row = AgendaFeedRow
    owner = session.scalar(select(row.owner).where(row.token_hash == token_hash, row.revoked_at.is_(None)))
    account = account_by_public_id(session, owner) if owner is not None else None
    return None if account is None or account.disabled_at is not None else principal_of_account(account)


def is_fetch_noted(session: Session, token_hash: str, now: datetime) -> bool:
    """Whether it is written down that this address was used within the hour."""
    row = AgendaFeedRow
    fresh = row.fetched_at >= now - FETCH_NOTED_EVERY
    return session.scalar(select(row.id).where(row.token_hash == token_hash, fresh)) is not None


def save_feed_fetched(session: Session, token_hash: str, now: datetime) -> None:
    """Remember that an address was used."""
    session.execute(update(AgendaFeedRow).where(AgendaFeedRow.token_hash == token_hash).values(fetched_at=now))


def _rule(row: dict[str, str]) -> AgendaRule:
    return AgendaRule(
        row["code"],
        row["title"],
        Role(row["role"]),
        Repeats(row["repeats"]),
        int(row["count"]),
        row["counted_in"] == "working",
        row["basis"],
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        row["status"],
    )


def _entry(row: AgendaEntryRow) -> AgendaItem:
    role = Role(row.role) if row.role else None
    return AgendaItem(row.public_id, row.due_on, row.title, AgendaKind.ENTRY, role, row.basis, unit=row.unit)

"""A person enters a day of the agenda or takes one back, and subscribes to it with a calendar programme; audited."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from access.principal import Principal
from access.tokens import new_public_id, new_token, token_hash
from data_access.agenda import (
    agenda_between,
    is_fetch_noted,
    owner_of_feed,
    revoke_agenda_feeds,
    save_agenda_entry,
    save_agenda_feed,
    save_feed_fetched,
    save_withdrawn_entry,
)
from data_access.audit import record_audit
from data_access.scope import NotFound
from data_access.session import Database
from domain.agenda import AgendaItem, AgendaKind
from domain.local_time import local_day
from domain.permissions import PEOPLE, Permission, Role
from reports.agenda import agenda_file

LONGEST_TITLE, LONGEST_BASIS = 160, 300
AHEAD = timedelta(days=1100)
FEED_BEHIND, FEED_AHEAD = timedelta(days=60), timedelta(days=400)


class EntryRefused(ValueError):
    """The day was not stored; the text is Vietnamese and can be shown."""


def enter_day(
    database: Database,
    principal: Principal,
    on: date,
    title: str,
    role: str,
    unit: str,
    units: tuple[str, ...],
    basis: str,
    now: datetime,
) -> AgendaItem:
    """Enter a day for a role ('' for everybody) and a unit ('' for every unit); raises NotAllowed, EntryRefused."""
    principal.require(Permission.EDIT_AGENDA)
    said, why, today = " ".join(title.split()), " ".join(basis.split()), local_day(now)
    if not said or len(said) > LONGEST_TITLE:
        raise EntryRefused(f"Ghi việc đến hạn, nhiều nhất {LONGEST_TITLE} chữ.")
    if len(why) > LONGEST_BASIS:
        raise EntryRefused("Căn cứ quá dài.")
    if not today <= on <= today + AHEAD:
        raise EntryRefused("Chọn ngày từ hôm nay đến ba năm tới.")
    if role and role not in PEOPLE:
        raise EntryRefused("Chọn người phải làm.")
    if unit and unit not in units:
        raise EntryRefused("Chọn đơn vị có trong danh sách.")
    item = AgendaItem(
        new_public_id(), on, said, AgendaKind.ENTRY, Role(role) if role else None, why or "Cơ quan ghi", unit=unit
    )
    with database.writing() as session:
        save_agenda_entry(session, item, principal.name, now)
        record_audit(session, principal, "agenda_day_entered", item.uid, {"on": on.isoformat(), "unit": unit}, now)
    return item


def withdraw_day(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Take back a day that was entered; it stays on record. Raises NotAllowed, NotFound."""
    principal.require(Permission.EDIT_AGENDA)
    with database.writing() as session:
        if not save_withdrawn_entry(session, public_id, principal.name, now):
            raise NotFound("no such day")
        record_audit(session, principal, "agenda_day_withdrawn", public_id, {}, now)


def open_agenda_feed(database: Database, principal: Principal, now: datetime) -> str:
    """A new secret for the address of somebody's own agenda, shown once; an earlier one dies. Raises NotAllowed."""
    principal.require(Permission.SEE_AGENDA)
    token = new_token()
    with database.writing() as session:
        save_agenda_feed(session, principal.public_id, token_hash(token), now)
        record_audit(session, principal, "agenda_feed_opened", principal.public_id, {}, now)
    return token


def close_agenda_feed(database: Database, principal: Principal, now: datetime) -> None:
    """Let one's own address die. Raises NotAllowed."""
    principal.require(Permission.SEE_AGENDA)
    with database.writing() as session:
        revoke_agenda_feeds(session, principal.public_id, now)
        record_audit(session, principal, "agenda_feed_closed", principal.public_id, {}, now)


def agenda_of_feed(database: Database, token: str, host: str, now: datetime) -> bytes:
    """The calendar file behind a secret address, for its owner as the account is now; raises NotFound."""
    digest = token_hash(token)
    today = local_day(now)
    with database.reading() as session:
        owner = owner_of_feed(session, digest)
        if owner is None:
            raise NotFound("no such feed")
        items = agenda_between(session, owner, (today - FEED_BEHIND, today + FEED_AHEAD))
        is_noted = is_fetch_noted(session, digest, now)
    if not is_noted:
        # Programmes ask every few minutes: reading must not take the writers' lock each time.
        with database.writing() as session:
            save_feed_fetched(session, digest, now)
    return agenda_file(items, host, now)

"""Somebody announces work, or ends it early: alarms of it are hidden meanwhile; checked, audited."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.typed_rules import typed_instant, typed_reason
from data_access.alarm_rules import limits_in_force, load_alarm_rules
from data_access.audit import record_audit
from data_access.maintenance import save_early_end, save_window
from data_access.session import Database
from data_access.software_systems import listed_systems
from data_access.sources import all_sources
from domain.alarms import MaintenanceWindow, RuleRefused
from domain.local_time import local_day
from domain.permissions import Permission
from domain.software_systems import SOFTWARE
from domain.units import Organisation

AHEAD = timedelta(days=30)
# Somebody types for a while; work that began earlier was not announced.
LATE = timedelta(minutes=5)
SOURCE, RULES = "source", "rules"


@dataclass(frozen=True, slots=True)
class WantedWindow:
    """What somebody typed: `unit` '' for all, `what` as 'source:cameras', 'source:software/email' or 'rules:camera_',
    moments on a clock in Huế; without a begin it begins now."""

    unit: str
    what: str
    begins: str
    ends: str
    reason: str


def announce_maintenance(
    database: Database, principal: Principal, organisation: Organisation, wanted: WantedWindow, now: datetime
) -> MaintenanceWindow:
    """Store a maintenance window; raises NotAllowed and RuleRefused."""
    principal.require(Permission.EDIT_ALARM_RULES)
    reason = typed_reason(wanted.reason)
    begins_at, ends_at = _times(wanted, now)
    if wanted.unit and organisation.unit_on(wanted.unit, local_day(now)) is None:
        raise RuleRefused("Không có đơn vị này.")
    with database.writing() as session:
        most = limits_in_force(session, local_day(now)).maintenance_most
        if ends_at - begins_at > most:
            raise RuleRefused(f"Lịch bảo trì dài nhất {int(most.total_seconds() // 3600)} giờ.")
        source, rules = _what(session, wanted.what, local_day(now))
        if wanted.unit and source.startswith(SOFTWARE):
            raise RuleRefused("Phần mềm của ngành bảo trì cho mọi đơn vị: chọn Mọi đơn vị.")
        window = MaintenanceWindow(
            public_id=secrets.token_urlsafe(9),
            unit=wanted.unit,
            source=source,
            rules=rules,
            begins_at=begins_at,
            ends_at=ends_at,
            reason=reason,
            announced_by=principal.name,
            announced_at=now,
        )
        save_window(session, principal, window, now)
        told = {"unit": wanted.unit or None, "kind": wanted.what, "reason": reason}
        when = {"from": begins_at.isoformat(), "to": ends_at.isoformat()}
        record_audit(session, principal, "maintenance_announced", window.public_id, {**told, **when}, now)
    return window


def end_maintenance(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """End a window before its time; raises NotAllowed, and NotFound when it is over."""
    principal.require(Permission.EDIT_ALARM_RULES)
    with database.writing() as session:
        save_early_end(session, principal, public_id, now)
        record_audit(session, principal, "maintenance_ended", public_id, {}, now)


def _times(wanted: WantedWindow, now: datetime) -> tuple[datetime, datetime]:
    begins_at = typed_instant(wanted.begins) if wanted.begins.strip() else now
    ends_at = typed_instant(wanted.ends)
    if begins_at < now - LATE:
        raise RuleRefused("Giờ bắt đầu đã qua.")
    if begins_at > now + AHEAD:
        raise RuleRefused(f"Giờ bắt đầu trong vòng {AHEAD.days} ngày.")
    if ends_at <= max(begins_at, now):
        raise RuleRefused("Giờ kết thúc phải sau giờ bắt đầu.")
    return begins_at, ends_at


def _what(session: Session, typed: str, on: date) -> tuple[str, str]:
    """The source or the beginning of rules that was chosen."""
    kind, _, what = typed.partition(":")
    source, _, subject = what.partition("/")
    if kind == SOURCE and source == SOFTWARE and subject in listed_systems(session, on):
        return what, ""
    if kind == SOURCE and what in {source.name for source in all_sources(session)}:
        return what, ""
    if kind == RULES and what and any(code.startswith(what) for code in load_alarm_rules()):
        return "", what
    raise RuleRefused("Chọn nguồn hoặc loại cảnh báo.")

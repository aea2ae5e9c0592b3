"""A person at a desk says what happened, or how an event ended; checked, of the own units only, audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from access.principal import NotAllowed, Principal
from connectors.instants import parsed_instant
from data_access.audit import record_audit
from data_access.scope import visible_units
from data_access.security import save_outcome, save_security_events, security_event
from data_access.session import Database
from domain.local_time import local_day
from domain.permissions import Permission
from domain.security import REPORTABLE, EventOrigin, EventOutcome, SecurityKind, SecurityRecord, event_key
from domain.units import Organisation

LONGEST_NOTE = 300
# What is older has been reported on.
RECORDED_WITHIN = timedelta(days=7)
ENDED_WITHIN = timedelta(days=62)
AHEAD_FOR = timedelta(minutes=2)
KNOWN = "Sự kiện này đã được ghi: cùng đơn vị, cùng phút, cùng loại."


class IncidentRefused(ValueError):
    """The incident was not stored; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class WantedIncident:
    """What a person typed; `when` is a clock and a day of Huế, as '08:27 24/11/2026'."""

    unit: str
    when: str
    kind: str
    outcome: str
    note: str = ""


def record_incident(
    database: Database, principal: Principal, organisation: Organisation, wanted: WantedIncident, now: datetime
) -> str:
    """Store an incident; its public id. Raises NotAllowed (also for another unit), IncidentRefused."""
    principal.require(Permission.RECORD_SECURITY)
    record = _record(wanted, now)
    on = local_day(now)
    visible = visible_units(principal, organisation, on)
    known = {unit.code for unit in organisation.case_units_on(on)}
    if wanted.unit not in known or (visible is not None and wanted.unit not in visible):
        raise NotAllowed(f"no unit {wanted.unit[:40]} for {principal.public_id}")
    with database.writing() as session:
        stored = save_security_events(session, [record], now, now)
        if not stored:
            raise IncidentRefused(KNOWN)
        detail = {"unit": record.unit, "kind": record.kind.value, "outcome": record.outcome.value}
        record_audit(session, principal, "incident_recorded", stored[0], detail, now)
    return stored[0]


def end_event(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    public_id: str,
    outcome: str,
    now: datetime,
) -> None:
    """Say how an event ended; raises NotAllowed, IncidentRefused, and NotFound also for what is another unit's."""
    principal.require(Permission.RECORD_SECURITY)
    chosen = _outcome(outcome)
    with database.writing() as session:
        event = security_event(session, principal, organisation, public_id, now - ENDED_WITHIN, now)
        if event.outcome is chosen:
            raise IncidentRefused("Sự kiện đã có kết quả này.")
        save_outcome(session, event, chosen, principal.name, now)
        detail = {"unit": event.unit, "from": event.outcome.value, "to": chosen.value}
        record_audit(session, principal, "security_event_ended", event.public_id, detail, now)


def _record(wanted: WantedIncident, now: datetime) -> SecurityRecord:
    if wanted.kind not in {kind.value for kind in REPORTABLE}:
        raise IncidentRefused("Chọn loại sự kiện.")
    outcome, at = _outcome(wanted.outcome), parsed_instant(" ".join(wanted.when.split()))
    if at is None:
        raise IncidentRefused("Ghi thời điểm theo dạng giờ:phút ngày/tháng/năm, ví dụ 08:27 24/11/2026.")
    if at > now + AHEAD_FOR:
        raise IncidentRefused("Thời điểm ở tương lai: kiểm tra giờ và ngày.")
    if at < now - RECORDED_WITHIN:
        raise IncidentRefused(f"Chỉ ghi được sự kiện trong {RECORDED_WITHIN.days} ngày qua.")
    note = " ".join("".join(letter if letter.isprintable() else " " for letter in wanted.note).split())
    if len(note) > LONGEST_NOTE:
        raise IncidentRefused(f"Ghi chú tối đa {LONGEST_NOTE} ký tự.")
    return SecurityRecord(
        key=event_key(EventOrigin.DESK, wanted.unit, at.isoformat(), wanted.kind),
        kind=SecurityKind(wanted.kind),
        origin=EventOrigin.DESK,
        unit=wanted.unit,
        happened_at=min(at, now),
        outcome=outcome,
        note=note,
    )


def _outcome(word: str) -> EventOutcome:
    if word not in set(EventOutcome):
        raise IncidentRefused("Chọn kết quả xử lý.")
    return EventOutcome(word)

"""Which events are kept, when they happened, which are one, and how urgent they are. Pure; limits are data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.alarms import Condition, Priority
from domain.security.records import KIND_NAMES, EventOrigin, SecurityEvent, SecurityKind, SecurityRecord
from domain.working_days import WorkingCalendar

_PRIORITIES = {
    SecurityKind.FIRE: Priority.URGENT,
    SecurityKind.GATHERING: Priority.URGENT,
    SecurityKind.DISORDER: Priority.URGENT,
    SecurityKind.INTRUSION: Priority.HIGH,
    SecurityKind.TAMPER: Priority.HIGH,
    SecurityKind.INCIDENT: Priority.HIGH,
}
SOURCES = {
    EventOrigin.CAMERA: "security",
    EventOrigin.GUARD_LOG: "guard_log",
    EventOrigin.DESK: "security",
}


@dataclass(frozen=True, slots=True)
class SecurityLimits:
    """Ngưỡng an ninh (data/security_limits.csv): reports of one camera closer together than `repeat_within` are one
    event; a device's time is believed up to `ahead_for` after and `behind_for` before ours; an open event is an alarm
    for `alarm_for`."""

    repeat_within: timedelta
    ahead_for: timedelta
    behind_for: timedelta
    alarm_for: timedelta


def is_worth_keeping(record: SecurityRecord, calendar: WorkingCalendar) -> bool:
    """Whether an event is kept at all: people moving about in working hours are no event, and nobody's business."""
    is_motion = record.kind is SecurityKind.MOTION and record.origin is EventOrigin.CAMERA
    return not (is_motion and calendar.is_working_time(record.happened_at))


def believed_time(told_at: datetime | None, heard_at: datetime, limits: SecurityLimits) -> tuple[datetime, bool]:
    """When something happened, and whether that is our own time: a device that says nothing, or is too far off, is not
    believed; one a little ahead is held to the moment we heard it."""
    if told_at is None or not -limits.behind_for <= told_at - heard_at <= limits.ahead_for:
        return heard_at, True
    return min(told_at, heard_at), False


def gathered(events: Iterable[SecurityEvent], limits: SecurityLimits) -> list[SecurityEvent]:
    """Newest first; what one camera repeats within `repeat_within` is one event, whose outcome is that of its newest
    report. The order in which they came does not matter."""
    found: list[SecurityEvent] = []
    latest: dict[tuple[SecurityKind, str, str], int] = {}
    for event in sorted(events, key=lambda each: (each.happened_at, each.public_id)):
        whose = (event.kind, event.unit, event.camera)
        own = replace(event, reports=event.reports or (event.public_id,))
        at = latest.get(whose) if event.origin is EventOrigin.CAMERA else None
        # A camera says it again and again while it lasts; a person says it once.
        if at is not None and event.happened_at - found[at].last_at <= limits.repeat_within:
            found[at] = _joined(found[at], own)
            continue
        if event.origin is EventOrigin.CAMERA:
            latest[whose] = len(found)
        found.append(own)
    return sorted(found, key=lambda each: (each.last_at, each.public_id), reverse=True)


def _joined(first: SecurityEvent, later: SecurityEvent) -> SecurityEvent:
    return replace(
        first,
        last_at=later.last_at,
        received_at=max(first.received_at, later.received_at),
        outcome=later.outcome,
        is_time_ours=first.is_time_ours or later.is_time_ours,
        reports=first.reports + later.reports,
    )


def security_priority(event: SecurityEvent) -> Priority | None:
    """How an event is marked; None when nothing is left to do."""
    return _PRIORITIES.get(event.kind, Priority.ORDINARY) if event.is_open else None


def security_alarms(
    events: Iterable[SecurityEvent], names: Mapping[str, str], limits: SecurityLimits, now: datetime
) -> list[Condition]:
    """One alarm per unit and kind for open events of `alarm_for`, since the first of them; ordinary ones are listed and
    raise none. Units that `names` (short names by code) does not have are not of this wall."""
    grouped: dict[tuple[str, SecurityKind], list[SecurityEvent]] = {}
    for event in events:
        priority = security_priority(event)
        is_alarm = priority is not None and priority is not Priority.ORDINARY
        if is_alarm and event.unit in names and now - event.last_at <= limits.alarm_for:
            grouped.setdefault((event.unit, event.kind), []).append(event)
    return [
        Condition(
            f"security_{kind}",
            security_priority(those[0]) or Priority.ORDINARY,
            unit,
            names[unit],
            KIND_NAMES[kind],
            len(those) if len(those) > 1 else None,
            "sự kiện" if len(those) > 1 else "",
            min(event.happened_at for event in those),
            source=SOURCES[those[0].origin],
            members=tuple(sorted(event.public_id for event in those)),
        )
        for (unit, kind), those in grouped.items()
    ]

"""What may be asked about public services, always of the principal's units; counted in the database.

The states are those of `ServiceRequest.state`, written once more as conditions; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, case, func, not_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from access.principal import Principal
from data_access.models.public_services import ServiceRequestRow
from data_access.scope import case_units_seen, heirs_seen
from domain.local_time import local_day
from domain.permissions import Permission
from domain.public_services import (
    ONLINE,
    REMOTE,
    RequestOrigin,
    RequestState,
    Satisfaction,
    ServiceChannel,
    ServiceCounts,
    ServiceFilter,
    ServiceMonth,
    ServiceRequest,
    months_back,
)
from domain.units import Organisation

# A unit that sent no request for so many months is not known to have had none.
KNOWN_MONTHS = 12
TREND_MONTHS = 12
# More than a desk reads; the list says when it was cut.
MOST = 5_000
_row = ServiceRequestRow


def service_counts(
    session: Session, principal: Principal, organisation: Organisation, wanted: ServiceFilter, now: datetime
) -> ServiceCounts | None:
    """The requests of a filter in all; None when none of the units it speaks of sent one for a year."""
    known = _known_units(session, principal, organisation, now)
    if not (known & {wanted.unit} if wanted.unit else known):
        return None
    question = select(*_sums(now)).where(*_period(principal, organisation, wanted, now))
    return _counts(session.execute(question).one())


def counts_by_unit(
    session: Session, principal: Principal, organisation: Organisation, wanted: ServiceFilter, now: datetime
) -> dict[str, ServiceCounts | None]:
    """Every unit of the principal, in display order; None for one that sent nothing for a year."""
    heirs, found = heirs_seen(principal, organisation, local_day(now)), dict[str, ServiceCounts]()
    for unit, counts in _grouped(session, _row.unit, _period(principal, organisation, wanted, now), now).items():
        found[heirs[unit]] = found.get(heirs[unit], ServiceCounts()) + counts
    known = _known_units(session, principal, organisation, now)
    return {
        unit: found.get(unit, ServiceCounts()) if unit in known else None
        for unit in case_units_seen(principal, organisation, local_day(now))
        if wanted.unit in {"", unit}
    }


def counts_by_service(
    session: Session, principal: Principal, organisation: Organisation, wanted: ServiceFilter, now: datetime
) -> dict[str, ServiceCounts]:
    """By the code of the service; a service nobody asked for is absent."""
    return _grouped(session, _row.service, _period(principal, organisation, wanted, now), now)


def counts_by_channel(
    session: Session, principal: Principal, organisation: Organisation, wanted: ServiceFilter, now: datetime
) -> dict[ServiceChannel | None, ServiceCounts]:
    """Every channel, and None for requests whose channel nobody said."""
    found = _grouped(session, _row.channel, _period(principal, organisation, wanted, now), now)
    by_channel: dict[ServiceChannel | None, ServiceCounts] = {
        channel: found.get(channel.value, ServiceCounts()) for channel in ServiceChannel
    }
    if "" in found:
        by_channel[None] = found[""]
    return by_channel


def months_of_services(
    session: Session, principal: Principal, organisation: Organisation, wanted: ServiceFilter, now: datetime
) -> list[ServiceMonth]:
    """The last twelve months by the day of receipt, this one included, whatever period the filter has."""
    today = local_day(now)
    firsts = [months_back(today, number) for number in range(TREND_MONTHS - 1, -1, -1)]
    scope = _scope(principal, organisation, wanted, today)
    by_day = _grouped(session, _row.received_on, [*scope, _row.received_on >= firsts[0]], now)
    # Since when anything is known of these units, whatever else the filter asks: no request by post is none by post.
    told = _units_asked(principal, organisation, wanted, today)
    earliest: date | None = session.scalar(select(func.min(_row.received_on)).where(told))
    by_month = dict.fromkeys(firsts, ServiceCounts())
    for on, counts in by_day.items():
        by_month[on.replace(day=1)] += counts
    return [
        ServiceMonth(first, None if earliest is None or first < earliest.replace(day=1) else counts)
        for first, counts in by_month.items()
    ]


def overdue_requests(
    session: Session, principal: Principal, organisation: Organisation, wanted: ServiceFilter, now: datetime
) -> int:
    """How many wait past their time now, whenever they were received: an old one is not forgotten with its period."""
    scope = _scope(principal, organisation, wanted, local_day(now))
    question = select(func.count()).select_from(_row).where(*scope, _states(now)[RequestState.OVERDUE])
    return int(session.scalar(question) or 0)


def listed_requests(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: ServiceFilter,
    now: datetime,
    most: int = MOST,
) -> list[ServiceRequest]:
    """The requests of a filter in its state, at most `most`: open ones by what is due first, whenever received; the
    others of the period, newest first. Raises NotAllowed."""
    principal.require(Permission.SEE_PUBLIC_SERVICES)
    states = _states(now)
    chosen = states.get(RequestState(wanted.state)) if wanted.state in set(RequestState) else None
    is_open = wanted.state in {RequestState.OVERDUE, RequestState.WAITING, RequestState.WAITING_UNDATED}
    conditions = (
        _scope(principal, organisation, wanted, local_day(now))
        if is_open
        else _period(principal, organisation, wanted, now)
    )
    question = select(_row).where(*conditions, *([] if chosen is None else [chosen]))
    order = (_row.due_at, _row.received_at) if is_open else (_row.received_at.desc(), _row.code)
    heirs = heirs_seen(principal, organisation, local_day(now))
    found = session.scalars(question.order_by(*order, _row.id).limit(most))
    return [_request(row, heirs[row.unit]) for row in found]


def requests_still_open(session: Session) -> list[str]:
    """The codes of all that are neither done nor returned: what a source that suddenly is empty is held against. For
    the worker, which asks sources and shows nobody anything, so it takes no principal."""
    question = select(_row.code).where(_row.done_at.is_(None), _row.returned_at.is_(None))
    return list(session.scalars(question.order_by(_row.code)))


def _states(now: datetime) -> Mapping[RequestState, ColumnElement[bool]]:
    done = and_(_row.done_at.is_not(None), _row.done_at <= now)
    returned = and_(not_(done), _row.returned_at.is_not(None), _row.returned_at <= now)
    is_open = and_(not_(done), not_(and_(_row.returned_at.is_not(None), _row.returned_at <= now)))
    dated = _row.due_at.is_not(None)
    return {
        RequestState.ON_TIME: and_(done, dated, _row.done_at <= _row.due_at),
        RequestState.LATE: and_(done, dated, _row.done_at > _row.due_at),
        RequestState.DONE_UNDATED: and_(done, not_(dated)),
        RequestState.RETURNED: returned,
        RequestState.WAITING: and_(is_open, dated, _row.due_at >= now),
        RequestState.OVERDUE: and_(is_open, dated, _row.due_at < now),
        RequestState.WAITING_UNDATED: and_(is_open, not_(dated)),
    }


def _sums(now: datetime) -> list[ColumnElement[Any]]:
    """One column for each field of ServiceCounts, under its name."""
    is_outside = and_(_row.is_outside.is_not(None), _row.is_outside.is_(True))
    conditions: dict[str, ColumnElement[bool]] = {
        **{state.value: condition for state, condition in _states(now).items()},
        "channel_known": _row.channel != "",
        "online": _row.channel.in_([channel.value for channel in ONLINE]),
        "origin_known": _row.is_outside.is_not(None),
        "outside": is_outside,
        "outside_channel_known": and_(is_outside, _row.channel != ""),
        "outside_remote": and_(is_outside, _row.channel.in_([channel.value for channel in REMOTE])),
        **{word.value: _row.satisfaction == word.value for word in Satisfaction},
    }
    return [
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name) for name, condition in conditions.items()
    ]


def _grouped(session: Session, by: Any, conditions: Sequence[ColumnElement[bool]], now: datetime) -> dict[Any, Any]:
    question = select(by.label("by_value"), *_sums(now)).where(*conditions).group_by(by)
    return {row.by_value: _counts(row) for row in session.execute(question)}


def _counts(row: Row[Any]) -> ServiceCounts:
    return ServiceCounts(**{name: int(value) for name, value in row._mapping.items() if name != "by_value"})


def _scope(
    principal: Principal, organisation: Organisation, wanted: ServiceFilter, on: date
) -> list[ColumnElement[bool]]:
    """The principal's units and what the filter says beside the period."""
    conditions: list[ColumnElement[bool]] = [_units_asked(principal, organisation, wanted, on)]
    if wanted.service:
        conditions.append(_row.service == wanted.service)
    if wanted.channel:
        conditions.append(_row.channel == wanted.channel)
    if wanted.origin == RequestOrigin.UNSAID:
        conditions.append(_row.is_outside.is_(None))
    elif wanted.origin:
        conditions.append(_row.is_outside.is_(wanted.origin == RequestOrigin.OUTSIDE))
    return conditions


def _units_asked(
    principal: Principal, organisation: Organisation, wanted: ServiceFilter, on: date
) -> ColumnElement[bool]:
    """The units of the filter and those whose work passed to them: what waited with one that has ended still waits."""
    heirs = heirs_seen(principal, organisation, on)
    return _row.unit.in_(sorted(code for code, heir in heirs.items() if wanted.unit in {"", heir}))


def _period(
    principal: Principal, organisation: Organisation, wanted: ServiceFilter, now: datetime
) -> list[ColumnElement[bool]]:
    today = local_day(now)
    return [
        *_scope(principal, organisation, wanted, today),
        _row.received_on >= wanted.first_on(today),
        _row.received_on <= today,
    ]


def _known_units(session: Session, principal: Principal, organisation: Organisation, now: datetime) -> frozenset[str]:
    """Those of the principal's units of which a request of the last year is known."""
    today = local_day(now)
    heirs = heirs_seen(principal, organisation, today)
    since = months_back(today, KNOWN_MONTHS)
    lately = (_row.received_on >= since, _row.received_on <= today)
    question = select(_row.unit).where(*lately, _row.unit.in_(sorted(heirs)))
    return frozenset(heirs[unit] for unit in session.scalars(question.distinct()))


def _request(row: ServiceRequestRow, unit: str) -> ServiceRequest:
    return ServiceRequest(
        unit=unit,
        code=row.code,
        service=row.service,
        received_at=row.received_at,
        updated_at=row.source_updated_at,
        channel=ServiceChannel(row.channel) if row.channel else None,
        is_outside=row.is_outside,
        due_at=row.due_at,
        done_at=row.done_at,
        returned_at=row.returned_at,
        satisfaction=Satisfaction(row.satisfaction) if row.satisfaction else None,
    )

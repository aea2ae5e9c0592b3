"""Takes in directives of the city's leadership: each becomes a directive of a unit, once, and can be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from access.vault import Vault
from actions.issue_directive import DUE_WITHIN
from actions.known_sender import known_sender, telling
from connectors.base import RefusedRecord
from connectors.city_directives import StatedDirective, parse_pushed_directives
from data_access.audit import record_audit
from data_access.directives import TOPIC, issue, save_step
from data_access.observation_senders import Sender, SenderPurpose, save_sender_heard
from data_access.received_directives import received_directive, save_received
from data_access.session import Database
from data_access.versions import lock_writers
from domain.directives import ENDED, STATE_NAMES, Directive, DirectiveOrigin, DirectiveState, DirectiveStep
from domain.local_time import local_day
from domain.permissions import Role
from domain.units import Organisation, UnitKind

OTHER_WORDS = "Mã này đã nhận với nội dung khác: gửi chỉ đạo mới với mã mới."
UNKNOWN_UNIT = "Không có đơn vị này."
LEADING = frozenset({UnitKind.DEPARTMENT, UnitKind.CITY_BODY})


@dataclass(frozen=True, slots=True)
class DirectivesTaken:
    """What became of a push: how each directive of it stands now by the sender's number, how many of them are new, and
    each that was refused."""

    states: Mapping[str, DirectiveState]
    accepted: int
    refused: tuple[RefusedRecord, ...]


class _Unfit(Exception):
    """One directive is not taken: the field, what it said, why."""


def take_in_directives(
    database: Database,
    vault: Vault,
    organisation: Organisation,
    sender_id: str,
    body: bytes,
    headers: Mapping[str, str],
    now: datetime,
) -> DirectivesTaken:
    """Check the signature, then issue what is new and withdraw what is taken back; repeating a push changes nothing.

    Raises PushRefused and PushUnreadable; neither issues anything.
    """
    sender = known_sender(database, vault, sender_id, SenderPurpose.DIRECTIVES, body, headers)
    with telling(database, sender, now):
        parsed = parse_pushed_directives(body)
    states: dict[str, DirectiveState] = {}
    refused = list(parsed.refused)
    accepted = 0
    with database.writing() as session:
        lock_writers(session, TOPIC)
        for stated in parsed.directives:
            try:
                states[stated.reference], is_new = _taken(session, organisation, sender, stated, now)
                accepted += is_new
            except _Unfit as unfit:
                refused.append(RefusedRecord(stated.reference, *unfit.args))
        message = f"{accepted} mới, {len(states) - accepted} đã có, {len(refused)} không nhận."
        save_sender_heard(session, sender, message, now)
    return DirectivesTaken(states, accepted, tuple(refused))


def _taken(
    session: Session, organisation: Organisation, sender: Sender, stated: StatedDirective, now: datetime
) -> tuple[DirectiveState, bool]:
    """How the directive stands after this, and whether it is new; raises _Unfit."""
    known = received_directive(session, sender.public_id, stated.reference)
    principal = Principal(Role.IOC, sender.public_id, sender.name)
    if stated.is_withdrawn:
        if known is None:
            raise _Unfit("id", stated.reference, "Chưa nhận chỉ đạo mang mã này.")
        return _withdrawn(session, principal, known.directive, stated.detail, now), False
    fingerprint = _fingerprint(stated)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise _Unfit("id", stated.reference, OTHER_WORDS)
        return known.directive.state, False
    directive = _directive(organisation, sender, stated, now)
    public_id = issue(session, principal, directive, now)
    save_received(session, sender.public_id, stated.reference, public_id, fingerprint, now)
    detail = {"unit": directive.unit, "origin": directive.origin.value, "due_on": directive.due_on.isoformat()}
    record_audit(session, principal, "directive_issued", public_id, detail, now)
    return DirectiveState.ISSUED, True


def _withdrawn(
    session: Session, principal: Principal, directive: Directive, reason: str, now: datetime
) -> DirectiveState:
    if directive.state is DirectiveState.WITHDRAWN:
        return directive.state
    if directive.state in ENDED:
        raise _Unfit("id", "", f"Không thu hồi được: chỉ đạo {STATE_NAMES[directive.state]}.")
    after = replace(directive, state=DirectiveState.WITHDRAWN)
    save_step(session, principal, after, DirectiveStep.WITHDRAW, reason, now)
    detail = {"unit": directive.unit, "from": directive.state.value, "to": after.state.value}
    record_audit(session, principal, "directive_withdrawn", directive.public_id, detail, now)
    return after.state


def _directive(organisation: Organisation, sender: Sender, stated: StatedDirective, now: datetime) -> Directive:
    today = local_day(now)
    due_on = stated.due_on or today
    if not today <= due_on <= today + DUE_WITHIN:
        raise _Unfit("due_on", due_on.isoformat(), f"Hạn trả lời phải từ hôm nay và trong {DUE_WITHIN.days} ngày.")
    return Directive(
        public_id="",
        unit=_unit(organisation, stated.unit, today),
        title=stated.title,
        detail=stated.detail,
        origin=DirectiveOrigin.CITY,
        reference=stated.document or stated.reference,
        issued_at=now,
        issued_by=sender.name,
        due_on=due_on,
    )


def _unit(organisation: Organisation, word: str, today: date) -> str:
    """The code of the unit that is asked; without a word the body that leads the others."""
    root = organisation.root_on(today)
    if not word or (root is not None and word in {root.code, root.name, root.short_name}):
        units = organisation.case_units_on(today)
        return next((unit.code for unit in units if unit.kind in LEADING), units[0].code)
    found = organisation.unit_by_name(word, today)
    if found is None or not found.handles_cases:
        raise _Unfit("unit", word[:80], UNKNOWN_UNIT)
    return found.code


def _fingerprint(stated: StatedDirective) -> str:
    said = (stated.title, stated.detail, stated.unit, str(stated.due_on), stated.document)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()

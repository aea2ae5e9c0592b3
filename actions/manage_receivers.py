"""An administrator says which systems are told of events: a key each, what of, tried, switched, removed; audited. And
sends again what was given up."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from access.principal import Principal
from access.vault import Vault, VaultRefused
from actions.take_in_push import new_key
from data_access.audit import record_audit
from data_access.outbox import save_receiver_answer, save_replayed
from data_access.scope import NotFound
from data_access.session import Database
from data_access.versions import lock_writers
from data_access.webhook_receivers import TOPIC, Receiver, receiver_by_id, receivers, save_receiver
from domain.outbox import EVENT_GROUPS, MOST_RECEIVERS
from domain.permissions import Permission
from outbound.webhook import AddressRefused, deliver, refuse_address, trial_message

LONGEST_NAME = 80


class ReceiverRefused(ValueError):
    """Nothing was stored or sent; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class WantedReceiver:
    """What a person typed: a name, an https address, codes of EVENT_GROUPS."""

    name: str
    address: str
    groups: Sequence[str]


def add_receiver(
    database: Database,
    principal: Principal,
    vault: Vault,
    wanted: WantedReceiver,
    now: datetime,
    allow_loopback: bool = False,
) -> str:
    """Register a receiver and give its key, which is shown once. Raises NotAllowed, ReceiverRefused."""
    principal.require(Permission.ADMINISTER)
    name, groups = _checked(wanted, allow_loopback)
    key = new_key()
    with database.writing() as session:
        lock_writers(session, TOPIC)
        known = receivers(session, principal)
        if len(known) >= MOST_RECEIVERS:
            raise ReceiverRefused(f"Nhiều nhất {MOST_RECEIVERS} nơi nhận. Gỡ một nơi không dùng trước.")
        if any(one.name == name for one in known):
            raise ReceiverRefused("Đã có nơi nhận mang tên này.")
        receiver = Receiver(
            public_id=secrets.token_urlsafe(9),
            name=name,
            address=wanted.address.strip(),
            secret=vault.seal(key),
            groups=groups,
            is_enabled=True,
            created_by=principal.name,
            created_at=now,
        )
        save_receiver(session, receiver, now)
        detail = {"host": urlsplit(receiver.address).netloc, "groups": ",".join(groups)}
        record_audit(session, principal, "webhook_receiver_added", receiver.public_id, detail, now)
    return key


def renew_receiver_key(database: Database, principal: Principal, vault: Vault, public_id: str, now: datetime) -> str:
    """Sign with another key from now on, also what waits. Raises NotAllowed, ReceiverRefused."""
    key = new_key()
    _change(database, principal, public_id, "webhook_key_renewed", now, {"secret": vault.seal(key)})
    return key


def switch_receiver(database: Database, principal: Principal, public_id: str, is_on: bool, now: datetime) -> None:
    """Tell a receiver, or stop: what waits stays, what happens meanwhile is not told. Raises as renew_receiver_key."""
    action = "webhook_receiver_on" if is_on else "webhook_receiver_off"
    _change(database, principal, public_id, action, now, {"is_enabled": is_on})


def remove_receiver(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Tell it no more; what waited for it is never sent. Raises as renew_receiver_key."""
    retired = {"is_enabled": False, "retired_at": now, "secret": ""}
    _change(database, principal, public_id, "webhook_receiver_removed", now, retired)


def try_receiver(
    database: Database,
    principal: Principal,
    vault: Vault,
    public_id: str,
    now: datetime,
    real_now: datetime,
    allow_loopback: bool = False,
) -> str:
    """Send one event of no meaning and say in Vietnamese what came. Raises NotAllowed, ReceiverRefused.

    A receiver that takes it is back: what waits for it is due at once.
    """
    principal.require(Permission.ADMINISTER)
    with database.reading() as session:
        receiver = receiver_by_id(session, public_id)
    if receiver is None:
        raise ReceiverRefused("Không có nơi nhận này.")
    try:
        secret = vault.unseal(receiver.secret)
    except VaultRefused as refused:
        raise ReceiverRefused(str(refused)) from refused
    message = trial_message("msg_" + secrets.token_urlsafe(18), now)
    answer = deliver(receiver.address, secret, message, real_now, allow_loopback)
    with database.writing() as session:
        # A test is no delivery: one that fails says so here, and counts as no failure of the queue.
        if answer.is_taken:
            save_receiver_answer(session, public_id, answer, now)
        detail = {"status": answer.status}
        record_audit(session, principal, "webhook_receiver_tried", public_id, detail, now)
    if not answer.is_taken:
        raise ReceiverRefused(f"{receiver.name}: {answer.message}")
    return f"{receiver.name} đã nhận (HTTP {answer.status})."


def replay_dead_letter(database: Database, principal: Principal, receiver: str, webhook_id: str, now: datetime) -> None:
    """Send again, under the same id, what was given up. Raises NotAllowed, ReceiverRefused."""
    try:
        with database.writing() as session:
            save_replayed(session, principal, receiver, webhook_id, now)
            record_audit(session, principal, "webhook_replayed", receiver, {"event": webhook_id}, now)
    except NotFound as error:
        raise ReceiverRefused("Sự kiện này không còn chờ gửi lại.") from error


def _checked(wanted: WantedReceiver, allow_loopback: bool) -> tuple[str, tuple[str, ...]]:
    name = " ".join(wanted.name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ReceiverRefused(f"Đặt tên nơi nhận, nhiều nhất {LONGEST_NAME} chữ.")
    groups = tuple(code for code in EVENT_GROUPS if code in wanted.groups)
    if not groups:
        raise ReceiverRefused("Chọn ít nhất một loại sự kiện.")
    try:
        refuse_address(wanted.address.strip(), allow_loopback)
    except AddressRefused as refused:
        raise ReceiverRefused(str(refused)) from refused
    return name, groups


def _change(
    database: Database,
    principal: Principal,
    public_id: str,
    action: str,
    now: datetime,
    changes: dict[str, object],
) -> None:
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        receiver = receiver_by_id(session, public_id)
        if receiver is None:
            raise ReceiverRefused("Không có nơi nhận này.")
        save_receiver(session, replace(receiver, **changes), now)  # type: ignore[arg-type]
        record_audit(session, principal, action, public_id, {}, now)

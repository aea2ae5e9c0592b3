"""An administrator registers the systems that may push: a key for one purpose each, renewed, switched off, audited."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from access.principal import Principal
from access.vault import Vault
from actions.take_in_push import new_key
from data_access.audit import record_audit
from data_access.observation_senders import Sender, SenderPurpose, save_sender, sender_by_id, senders
from data_access.observations import observed_indicators
from data_access.session import Database
from domain.permissions import Permission

LONGEST_NAME = 80
MOST_SENDERS = 100


class SenderRefused(ValueError):
    """The sender was not stored; the text is Vietnamese and can be shown."""


def add_sender(
    database: Database,
    principal: Principal,
    vault: Vault,
    name: str,
    system: str,
    now: datetime,
    purpose: SenderPurpose = SenderPurpose.FIGURES,
) -> str:
    """Register a system for one purpose and give its key, which is shown once; figures are those of one software
    ('': of none).

    Raises NotAllowed, SenderRefused.
    """
    principal.require(Permission.ADMINISTER)
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > LONGEST_NAME or not wanted.isprintable():
        raise SenderRefused(f"Đặt tên hệ thống gửi, nhiều nhất {LONGEST_NAME} chữ.")
    key = new_key()
    with database.writing() as session:
        if system and system not in {each.system for each in observed_indicators(session).values()}:
            raise SenderRefused("Chọn phần mềm có trong danh mục chỉ tiêu.")
        known = senders(session, principal)
        if len(known) >= MOST_SENDERS or any(each.name == wanted for each in known):
            raise SenderRefused("Đã có hệ thống gửi mang tên này.")
        sender = Sender(
            secrets.token_urlsafe(9), wanted, system, vault.seal(key), True, principal.name, now, purpose=purpose
        )
        save_sender(session, sender, now)
        detail = {"system": system, "purpose": purpose.value}
        record_audit(session, principal, "observation_sender_added", sender.public_id, detail, now)
    return key


def renew_key(database: Database, principal: Principal, vault: Vault, public_id: str, now: datetime) -> str:
    """Give a sender another key; the old one is refused from then on. Raises NotAllowed, SenderRefused."""
    key = new_key()
    _change(database, principal, public_id, "observation_key_renewed", now, secret=vault.seal(key))
    return key


def switch_sender(database: Database, principal: Principal, public_id: str, is_on: bool, now: datetime) -> None:
    """Let a sender push, or refuse it; what it stated stays. Raises NotAllowed, SenderRefused."""
    action = "observation_sender_on" if is_on else "observation_sender_off"
    _change(database, principal, public_id, action, now, is_enabled=is_on)


def _change(
    database: Database,
    principal: Principal,
    public_id: str,
    action: str,
    now: datetime,
    secret: str | None = None,
    is_enabled: bool | None = None,
) -> None:
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        sender = sender_by_id(session, public_id)
        if sender is None:
            raise SenderRefused("Không có hệ thống gửi này.")
        changed = replace(
            sender,
            secret=sender.secret if secret is None else secret,
            is_enabled=sender.is_enabled if is_enabled is None else is_enabled,
        )
        save_sender(session, changed, now)
        record_audit(session, principal, action, public_id, {"system": sender.system}, now)

"""Who pushes: a registered system whose signature (Standard Webhooks) holds over the raw body, for one purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from access.vault import Vault, VaultRefused
from connectors.pushed_list import PushUnreadable
from data_access.observation_senders import Sender, SenderPurpose, save_sender_heard, sender_by_id
from data_access.session import Database

LONGEST_ID = 64


class PushRefused(Exception):
    """The whole push is refused: nobody registered it, or its signature does not hold; says nothing more outside."""


@contextmanager
def telling(database: Database, sender: Sender, now: datetime) -> Iterator[None]:
    """While a push is read: why it cannot be is remembered for the administrator. Raises PushUnreadable on."""
    try:
        yield
    except PushUnreadable as unreadable:
        with database.writing() as session:
            save_sender_heard(session, sender, str(unreadable), now)
        raise


def known_sender(
    database: Database,
    vault: Vault,
    sender_id: str,
    purpose: SenderPurpose,
    body: bytes,
    headers: Mapping[str, str],
) -> Sender:
    """The sender, if it may push this; raises PushRefused.

    The library holds the signed time against the machine's own clock, five minutes either way.
    """
    if not (sender_id.isascii() and sender_id.isprintable() and len(sender_id) <= LONGEST_ID):
        raise PushRefused
    with database.reading() as session:
        sender = sender_by_id(session, sender_id)
    if sender is None or not sender.is_enabled or sender.purpose is not purpose:
        raise PushRefused
    try:
        # Of the body only the signature is looked at here; it is parsed once, and bounded, by who asks.
        Webhook(vault.unseal(sender.secret)).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, VaultRefused, ValueError) as error:
        raise PushRefused from error
    return sender

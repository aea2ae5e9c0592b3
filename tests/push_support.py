"""What a registered system sends, signed as its engineers would with the library of Standard Webhooks."""

from __future__ import annotations

from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook


def signed_headers(key: str, body: str, at: datetime | None = None) -> dict[str, str]:
    """The three headers of a push that is signed now, or at another instant."""
    moment = at or datetime.now(UTC)
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(key).sign("msg_1", moment, body),
    }

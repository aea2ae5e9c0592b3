"""Ids of the page of what is told outside and what is heard from outside."""

from __future__ import annotations

from typing import Final

INTEGRATIONS_FIGURES: Final = "integrations-counts-figures"
INTEGRATIONS_RECEIVERS: Final = "integrations-receivers-table"
INTEGRATIONS_DEAD: Final = "integrations-dead-table"
INTEGRATIONS_SENDERS: Final = "integrations-senders-table"
INTEGRATIONS_ACCOUNTS: Final = "integrations-accounts-table"
INTEGRATIONS_EXAMPLES: Final = "integrations-examples-list"
INTEGRATIONS_TRIED: Final = "integrations-tried-message"
INTEGRATIONS_TRY_PRESSED: Final = "integrations-try-store"
INTEGRATIONS_REPLAYED: Final = "integrations-replayed-message"
INTEGRATIONS_REPLAY_PRESSED: Final = "integrations-replay-store"

INTEGRATIONS_EMBEDS: Final = "integrations-embeds-table"
INTEGRATIONS_SCENE: Final = "integrations-scene-select"
INTEGRATIONS_EMBED: Final = "integrations-embed-button"
INTEGRATIONS_EMBEDDED: Final = "integrations-embedded-message"
INTEGRATIONS_ENDED: Final = "integrations-ended-message"
INTEGRATIONS_END_PRESSED: Final = "integrations-end-store"


def integrations_end(embed: str) -> dict[str, str]:
    """The button that ends one place that shows a scene."""
    return {"type": "integrations-end-button", "embed": embed}


def integrations_try(receiver: str) -> dict[str, str]:
    """The button that sends one receiver an event of no meaning."""
    return {"type": "integrations-try-button", "receiver": receiver}


def integrations_replay(receiver: str, event: str) -> dict[str, str]:
    """The button that sends a dead letter again."""
    return {"type": "integrations-replay-button", "receiver": receiver, "event": event}

"""How long each kind of entry lasts, and why."""

from __future__ import annotations

from datetime import timedelta

# A shift is 12 hours; a desk that asks for nothing for two hours was left.
SESSION_FOR = timedelta(hours=12)
IDLE_FOR = timedelta(hours=2)
# `last_seen_at` is written at most this often, so that asking stays reading.
SEEN_EVERY = timedelta(minutes=2)
# A wall must not lose its entry in the middle of a shift; an administrator revokes it in one click instead.
DEVICE_FOR = timedelta(days=180)
# A device that is still used never ends: once less than this is left, it lasts the full time again.
DEVICE_RENEWED_BELOW = DEVICE_FOR - timedelta(days=1)
PAIRING_FOR = timedelta(minutes=15)
# The answer that carries a new device may be lost on its way; the same browser may ask for it again this long.
COLLECT_AGAIN_FOR = timedelta(minutes=1)
DEMO_PAIRING_FOR = timedelta(days=30)
# A device already checked is not asked for again this long: a wall polls often, and revoking must show within 10 s.
DEVICE_CHECK_EVERY = timedelta(seconds=5)
# An address that signed in to the account within this time has tries of its own.
ADDRESS_KNOWN_FOR = timedelta(days=90)
# The token of a system: long enough for a round of polls, short enough that one that leaked is worth little.
SERVICE_TOKEN_FOR = timedelta(minutes=10)

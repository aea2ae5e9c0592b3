"""The brake on guessing: a few tries a minute for each key, then waits that double; nothing is ever locked for good.

Three keys brake one try: the account at that address, the address, and the account from all unknown addresses. An
address that has signed in to the account before is exempt from the third, so that an attacker elsewhere cannot keep the
true user out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=1)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FORGIVEN_AFTER = timedelta(hours=1)

AT_ADDRESS_LIMIT = 5
ADDRESS_LIMIT = 10
ACCOUNT_LIMIT = 20
PAIRING_LIMIT = 5
# A wall of nine screens behind one address is switched on at once; more than this a minute is no wall.
SHOWN_CODES_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Brake:
    """Tries in the running window, strikes so far, and until when this key waits; instants are aware UTC."""

    window_from_at: datetime
    tries: int = 0
    strikes: int = 0
    blocked_until_at: datetime | None = None

    def waits_for(self, now: datetime) -> timedelta | None:
        """How much longer this key waits, or None."""
        if self.blocked_until_at is None or self.blocked_until_at <= now:
            return None
        return self.blocked_until_at - now


def after_try(brake: Brake, limit: int, now: datetime) -> Brake:
    """The brake after one more try at `now`; blocked when the try is one too many.

    A blocked brake does not change, so hammering neither helps nor lengthens the wait.
    """
    if brake.waits_for(now):
        return brake
    if now - max(brake.window_from_at, brake.blocked_until_at or brake.window_from_at) > FORGIVEN_AFTER:
        return Brake(window_from_at=now, tries=1)
    if now - brake.window_from_at > WINDOW:
        return Brake(window_from_at=now, tries=1, strikes=brake.strikes)
    if brake.tries < limit:
        return replace(brake, tries=brake.tries + 1, blocked_until_at=None)
    wait = min(FIRST_WAIT * 2**brake.strikes, LONGEST_WAIT)
    return Brake(window_from_at=now, tries=0, strikes=min(brake.strikes + 1, 10), blocked_until_at=now + wait)


def after_success(brake: Brake) -> Brake:
    """The brake after a right password: that try no longer counts."""
    return replace(brake, tries=max(brake.tries - 1, 0))


def brake_key(kind: str, *parts: str) -> str:
    """The stored key: hashed, because people type passwords into the name field."""
    return f"{kind}:{hashlib.sha256(chr(0).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"

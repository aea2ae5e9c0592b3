"""Keeps the log of the wall small: every change for a quarter of an hour, then the end of each minute for a month."""

from __future__ import annotations

from datetime import datetime, timedelta

from access.audience import CENTRE
from data_access.leases import LeaseKeeper
from data_access.session import Database
from data_access.snapshots import thin_history, thin_to_minutes

# Every change of the last quarter of an hour for whoever missed one, then the end of each minute for a month: a monthly
# report is questioned in the weeks after it, and the wall of that day is what was known then.
KEEP_EVERY_CHANGE_FOR = timedelta(minutes=15)
KEEP_HISTORY_FOR = timedelta(days=30)


class SnapshotThinner:
    """Keeps the log of the wall small; call it with the time and the lease, which only a leader holds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Nothing at first: whatever an earlier leader left is looked at once.
        self._thinned_until: datetime | None = None

    def __call__(self, now: datetime, lease: LeaseKeeper) -> None:
        before = now - KEEP_EVERY_CHANGE_FOR
        with self._database.writing() as session:
            lease.require(session)
            thin_to_minutes(session, before, self._thinned_until)
            thin_history(session, now - KEEP_HISTORY_FOR)
            thin_history(session, before, CENTRE.key)  # nobody replays the feed
        self._thinned_until = before

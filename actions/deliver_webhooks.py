"""Sends what the outbox holds to whoever is told; the leading worker's job. No transaction is open across the network.

Each receiver has a thread of its own, so that a slow one holds up no other; within a receiver one event goes at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from secrets import SystemRandom

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from access.vault import Vault, VaultRefused
from data_access.leases import LeaseLost
from data_access.outbox import Outgoing, claim_outgoing, next_outgoing, save_answered, thin_outbox
from data_access.session import Database
from data_access.sources import source_catalogue
from data_access.webhook_receivers import Receiver, enabled_receivers, receiver_by_id
from domain.local_time import local_day
from domain.outbox import MOST_RECEIVERS, Answer, answered
from domain.units import Organisation
from outbound.webhook import Message, deliver, message_of

log = structlog.get_logger(__name__)

DELIVER_EVERY = timedelta(milliseconds=500)
# Then the thread is given back, so that a change of the receiver is read again.
MOST_IN_A_TURN = 100
# After a turn that could not be stored: what was sent is sent again, but not twice a second.
REST_FOR = timedelta(seconds=5)
THIN_EVERY = timedelta(hours=1)
KEEP_DELIVERED_FOR = timedelta(days=30)
KEEP_DEAD_FOR = timedelta(days=90)
CHANCE = SystemRandom().random
Deliver = Callable[[str, str, Message, datetime, bool], Answer]


class WebhookDelivery:
    """Call it with the time. `guard` raises once another process leads; `clock` is the product's, `real_clock` the
    machine's own time, which receivers hold against theirs; `chance` gives 0 to 1. One thread calls it."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        organisation: Organisation,
        guard: Callable[[Session], None],
        clock: Callable[[], datetime],
        real_clock: Callable[[], datetime],
        allow_loopback: bool = False,
        chance: Callable[[], float] = CHANCE,
        send: Deliver = deliver,
    ) -> None:
        self._database, self._vault, self._organisation = database, vault, organisation
        self._guard, self._clock, self._real_clock = guard, clock, real_clock
        self._allow_loopback, self._chance, self._send = allow_loopback, chance, send
        self._threads = ThreadPoolExecutor(max_workers=MOST_RECEIVERS, thread_name_prefix="webhook")
        self._running: dict[str, Future[None]] = {}
        self._not_before: dict[str, datetime] = {}
        self._thinned_at: datetime | None = None

    def __call__(self, now: datetime) -> None:
        """Start a turn for each receiver that has something due and none under way.

        A turn that the database or another leader broke off is due again by itself, a little later; raises any other
        error of one.
        """
        self._collect(now)
        self._thin(now)
        with self._database.reading() as session:
            resting = {*self._running, *(public_id for public_id, until in self._not_before.items() if now < until)}
            known = [one.public_id for one in enabled_receivers(session) if one.public_id not in resting]
            due = [public_id for public_id in known if next_outgoing(session, public_id, now) is not None]
        for public_id in due:
            self._running[public_id] = self._threads.submit(self._turn, public_id)

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until the turns under way have ended."""
        wait(self._running.values(), timeout)

    def _thin(self, now: datetime) -> None:
        if self._thinned_at is not None and now - self._thinned_at < THIN_EVERY:
            return
        with self._database.writing() as session:
            self._guard(session)
            thin_outbox(session, now - KEEP_DELIVERED_FOR, now - KEEP_DEAD_FOR)
        self._thinned_at = now

    def _collect(self, now: datetime) -> None:
        ended = {public_id: turn for public_id, turn in self._running.items() if turn.done()}
        for public_id, turn in ended.items():
            del self._running[public_id]
            if isinstance(error := turn.exception(), SQLAlchemyError | LeaseLost):
                self._not_before[public_id] = now + REST_FOR
                log.warning("delivery broken off", receiver=public_id, reason=str(error).splitlines()[0])
            elif error is not None:
                raise error

    def _turn(self, public_id: str) -> None:
        """Send one after the other what is due. 1. Written down as begun, by the leader only. 2. Sent, with no
        transaction open. 3. What came is stored, by the leader only: were it not, the same is sent again."""
        for _ in range(MOST_IN_A_TURN):
            with self._database.writing() as session:
                self._guard(session)
                receiver = receiver_by_id(session, public_id)
                if receiver is None or not receiver.is_enabled:
                    return
                outgoing = claim_outgoing(session, public_id, self._clock())
            if outgoing is None:
                return
            answer = self._post(receiver, outgoing)
            now = self._clock()
            after = answered(outgoing.delivery, answer, now, self._chance())
            with self._database.writing() as session:
                self._guard(session)
                save_answered(session, receiver, after, answer, now)
            if not answer.is_taken and receiver.failures == 0:
                log.warning("receiver lost", receiver=public_id, status=answer.status)
            if answer.is_taken and receiver.failures:
                log.warning("receiver back", receiver=public_id, failures=receiver.failures)

    def _post(self, receiver: Receiver, outgoing: Outgoing) -> Answer:
        try:
            secret = self._vault.unseal(receiver.secret)
        except VaultRefused as refused:
            return Answer(None, str(refused))
        message = self._message(outgoing)
        return self._send(receiver.address, secret, message, self._real_clock(), self._allow_loopback)

    def _message(self, outgoing: Outgoing) -> Message:
        event = outgoing.event
        code = str(event.facts.get("unit", ""))
        unit = self._organisation.unit_on(code, local_day(event.happened_at))
        titles = {entry.name: entry.title for entry in source_catalogue()}
        title = titles.get(str(event.facts.get("id", "")), "")
        return message_of(outgoing.webhook_id, event, unit.name if unit else code, title)

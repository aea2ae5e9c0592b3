"""Signed webhooks from the transaction of what happened to a real receiver: at least once, in order, across outages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alarm_support import CROWD
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from webhook_support import (
    ADMINISTRATOR,
    GROUPS,
    VAULT,
    Heard,
    acknowledged,
    an_alarm,
    delivery_of,
    listening,
    registered,
    turn,
)

from access.principal import NotAllowed, Principal
from access.vault import Vault
from actions.deliver_webhooks import REST_FOR
from actions.manage_receivers import (
    ReceiverRefused,
    WantedReceiver,
    add_receiver,
    remove_receiver,
    renew_receiver_key,
    replay_dead_letter,
    switch_receiver,
    try_receiver,
)
from data_access.alarms import standing_alarms
from data_access.leases import LeaseLost
from data_access.models.outbox import OutboxDeliveryRow, OutboxEventRow, WebhookReceiverRow
from data_access.models.sources import Source
from data_access.outbox import dead_letters, next_outgoing, queues
from data_access.session import Database
from data_access.sources import (
    save_source_asked_anew,
    save_source_back,
    save_source_failure,
    save_source_success,
)
from data_access.webhook_receivers import receivers
from domain.outbox import BACK_OFF, MOST_RECEIVERS, Answer, Delivery, DeliveryState, next_to_send
from domain.permissions import Role
from domain.units import Organisation
from outbound.webhook import deliver

NOBODY = "http://127.0.0.1:9/hook"


class Time:
    """A clock that moves when told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time(now: datetime) -> Time:
    return Time(now)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def address(heard: Heard) -> Iterator[str]:
    with listening(heard) as address:
        yield address


def deliveries(database: Database) -> list[OutboxDeliveryRow]:
    with database.reading() as session:
        return list(session.scalars(select(OutboxDeliveryRow).order_by(OutboxDeliveryRow.id)))


def life(database: Database) -> Any:
    with database.reading() as session:
        return receivers(session, ADMINISTRATOR)[0]


def test_an_alarm_is_received_signed_once_and_without_anybody(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    heard.key = registered(database, address, time.now)
    alarm = an_alarm(database, time.now, CROWD)
    acknowledged(database, alarm, time.now)
    delivery = delivery_of(database, organisation, time)
    turn(delivery, time.now)
    turn(delivery, time.now)
    assert heard.told() == ["alarm.opened", "alarm.changed"] and len(heard.asked) == 2
    data = heard.taken[1][1]["data"]
    assert (data["id"], data["kind"], data["priority"]) == (alarm, "security_gathering", 1)
    assert (data["unit"], data["state"], data["revision"]) == ("PHUVANG", "acknowledged", 2)
    assert "Phú Vang" in data["unit_name"]
    said = b"".join(body for body, _ in heard.raw).decode()
    assert "truc" not in said and "Đang xem" not in said
    assert life(database).last_success_at == time.now
    with database.reading() as session:
        queue = queues(session, ADMINISTRATOR, time.now - timedelta(days=1))[life(database).public_id]
    assert (queue.waiting, queue.dead, queue.delivered) == (0, 0, 2)


def test_what_is_rolled_back_is_told_to_nobody(database: Database, now: datetime) -> None:
    registered(database, NOBODY, now)
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        save_source_failure(session, "reception", now, "Nguồn không trả lời.")
        raise ZeroDivisionError
    assert deliveries(database) == []


def test_a_source_is_lost_once_and_back_once(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    heard.key = registered(database, address, time.now)
    for step in (
        lambda session: save_source_failure(session, "reception", time.now, "máy chủ 10.0.0.7 từ chối"),
        lambda session: save_source_failure(session, "reception", time.now, "máy chủ 10.0.0.7 từ chối"),
        lambda session: save_source_asked_anew(session, "reception", time.now),
        lambda session: save_source_failure(session, "reception", time.now, "máy chủ 10.0.0.7 từ chối"),
        lambda session: save_source_back(session, "reception", time.now),
        lambda session: save_source_success(session, "reception", time.now, time.now, 1),
    ):
        with database.writing() as session:
            step(session)
    turn(delivery_of(database, organisation, time), time.now)
    assert heard.told("reception") == ["source.lost", "source.back"]
    assert "10.0.0.7" not in str(heard.taken)
    with database.reading() as session:
        known = session.get(Source, "reception")
        assert known is not None and known.lost_at is None and known.failures == 0


def test_without_a_receiver_nothing_piles_up(database: Database, now: datetime) -> None:
    an_alarm(database, now, CROWD)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutboxEventRow)) == 0


def test_a_receiver_gets_only_what_it_asked_for(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    heard.key = registered(database, address, time.now, groups=("source",))
    an_alarm(database, time.now, CROWD)
    with database.writing() as session:
        save_source_failure(session, "reception", time.now, "x")
    turn(delivery_of(database, organisation, time), time.now)
    assert heard.told() == ["source.lost"]


def test_killed_receiver_nothing_is_lost_order_is_kept_and_all_is_sent_once_it_is_back(
    database: Database, organisation: Organisation, time: Time, heard: Heard
) -> None:
    with listening(heard) as address:
        heard.key = registered(database, address, time.now)
        port = int(address.split(":")[2].split("/")[0])
    alarm = an_alarm(database, time.now, CROWD)
    delivery = delivery_of(database, organisation, time)
    turn(delivery, time.now)
    acknowledged(database, alarm, time.now)
    for wait in BACK_OFF[:6]:
        time.now += wait
        turn(delivery, time.now)
    assert heard.asked == [] and life(database).failures == 7
    with database.writing() as session:
        save_source_failure(session, "reception", time.now, "x")
        # The receiver comes back on another port; only the administrator's address knows.
        session.execute(update(OutboxDeliveryRow).values(message="cổng cũ"))
    with listening(heard) as address:
        move(database, address)
        assert address.split(":")[2] != str(port)
        # The new event is due at once; that it is taken says that the receiver is back, and the rest follows.
        turn(delivery, time.now)
    assert heard.told(alarm) == ["alarm.opened", "alarm.changed"]
    assert heard.told("reception") == ["source.lost"]
    assert {one.state for one in deliveries(database)} == {DeliveryState.DELIVERED}


def move(database: Database, address: str) -> None:
    with database.writing() as session:
        session.execute(update(WebhookReceiverRow).values(address=address))


def test_killed_worker_the_next_one_sends_again_under_the_same_id(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    heard.key = registered(database, address, time.now)
    alarm = an_alarm(database, time.now, CROWD)

    def killed_before(*_: object) -> Answer:
        raise SystemExit

    turn(delivery_of(database, organisation, time, send=killed_before), time.now)

    def killed_after(*sent: Any) -> Answer:
        assert deliver(*sent).is_taken
        raise SystemExit

    turn(delivery_of(database, organisation, time, send=killed_after), time.now)
    acknowledged(database, alarm, time.now)
    # A new process: new objects over the same file.
    again = Database(database.address, audit_key=database.audit_key)
    turn(delivery_of(again, organisation, time), time.now)
    again.close()
    assert heard.told(alarm) == ["alarm.opened", "alarm.changed"]
    ids = [webhook_id for webhook_id, _ in heard.asked]
    assert len(ids) == 3 and ids[0] == ids[1] != ids[2]


def test_killed_database_session_leaves_what_was_sent_due_again(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    heard.key = registered(database, address, time.now)
    alarm = an_alarm(database, time.now, CROWD)
    acknowledged(database, alarm, time.now)
    sessions = 0

    def guard(session: Session) -> None:
        nonlocal sessions
        sessions += 1
        # Thinning, then what writes down that it begins, then what stores what came: that one is killed.
        if sessions == 3:
            kill(session)

    delivery = delivery_of(database, organisation, time, guard=guard)
    turn(delivery, time.now)
    assert sessions == 3 and len(heard.taken) == 1
    assert [one.state for one in deliveries(database)] == ["pending", "pending"]
    # It rests a little, so that a database that stays away is no flood of repetitions.
    turn(delivery, time.now)
    assert len(heard.taken) == 1
    time.now += REST_FOR
    turn(delivery, time.now)
    assert heard.told(alarm) == ["alarm.opened", "alarm.changed"]
    assert {one.state for one in deliveries(database)} == {DeliveryState.DELIVERED}


def kill(session: Session) -> None:
    """End the database's side of a session, as an administrator or a crash does."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return
    raise OperationalError("UPDATE", {}, Exception("disk I/O error"))


def test_a_process_that_leads_no_more_sends_nothing(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    heard.key = registered(database, address, time.now)
    an_alarm(database, time.now, CROWD)

    def guard(_session: object) -> None:
        raise LeaseLost("another leads")

    with pytest.raises(LeaseLost):
        turn(delivery_of(database, organisation, time, guard=guard), time.now)
    assert heard.asked == []
    calls = 0

    def overtaken(_session: object) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise LeaseLost("another leads")

    turn(delivery_of(database, organisation, time, guard=overtaken), time.now)
    assert heard.asked == []


def test_410_stops_the_receiver_and_loses_nothing(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    heard.key, heard.status = registered(database, address, time.now), 410
    alarm = an_alarm(database, time.now, CROWD)
    delivery = delivery_of(database, organisation, time)
    turn(delivery, time.now)
    turn(delivery, time.now)
    assert len(heard.asked) == 1 and not life(database).is_enabled and "410" in life(database).message
    heard.status = 200
    switch_receiver(database, ADMINISTRATOR, life(database).public_id, True, time.now)
    turn(delivery, time.now)
    assert heard.told(alarm) == ["alarm.opened"]


def test_what_is_given_up_is_a_dead_letter_lets_the_next_pass_and_can_be_sent_again(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    heard.key, heard.status = registered(database, address, time.now), 400
    alarm = an_alarm(database, time.now, CROWD)
    with database.writing() as session:
        session.execute(update(OutboxDeliveryRow).values(attempts=len(BACK_OFF)))
    delivery = delivery_of(database, organisation, time)
    turn(delivery, time.now)
    with database.reading() as session:
        (letter,) = dead_letters(session, ADMINISTRATOR, 10)
    assert letter.attempts == len(BACK_OFF) + 1 and "400" in letter.message
    heard.status = 200
    acknowledged(database, alarm, time.now)
    turn(delivery, time.now)
    assert heard.told(alarm) == ["alarm.changed"]
    replay_dead_letter(database, ADMINISTRATOR, letter.receiver, letter.webhook_id, time.now)
    turn(delivery, time.now)
    assert heard.told(alarm) == ["alarm.changed", "alarm.opened"] and heard.asked[-1][0] == letter.webhook_id
    with pytest.raises(ReceiverRefused):
        replay_dead_letter(database, ADMINISTRATOR, letter.receiver, letter.webhook_id, time.now)


def test_the_database_chooses_by_the_rule_of_the_domain(database: Database, now: datetime) -> None:
    registered(database, NOBODY, now)
    for _ in range(3):
        with database.writing() as session:
            for name in ("reception", "field_reports", "attendance"):
                save_source_failure(session, name, now, "x")
                save_source_back(session, name, now)
    rows = deliveries(database)
    receiver, states = rows[0].receiver, ["pending", "dead", "delivered"]
    for seed in range(12):
        with database.writing() as session:
            for row in rows:
                mixed = (row.id * 7 + seed * 5) % 11
                values = {
                    "state": states[mixed % 3] if mixed < 6 else "pending",
                    "next_attempt_at": now + timedelta(minutes=mixed - 6),
                }
                session.execute(update(OutboxDeliveryRow).where(OutboxDeliveryRow.id == row.id).values(**values))
        known = [
            Delivery(one.id, one.subject, DeliveryState(one.state), one.attempts, one.next_attempt_at)
            for one in deliveries(database)
        ]
        with database.reading() as session:
            chosen = next_outgoing(session, receiver, now)
        wanted = next_to_send(known, now)
        assert (chosen and chosen.delivery.number) == (wanted and wanted.number)


def test_a_slow_receiver_holds_up_no_other(
    database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    go_on = threading.Event()
    registered(database, NOBODY, time.now, "Chậm")
    heard.key = registered(database, address, time.now)
    an_alarm(database, time.now, CROWD)

    def send(where: str, *rest: Any) -> Answer:
        if where == NOBODY:
            go_on.wait(10)
            return Answer(None, "chậm")
        return deliver(where, *rest)

    delivery = delivery_of(database, organisation, time, send=send)
    delivery(time.now)
    deadline = threading.Event()
    for _ in range(200):
        if heard.taken:
            break
        deadline.wait(0.01)
    assert heard.told() == ["alarm.opened"]
    go_on.set()
    delivery.settle()


# Who may be told, and who says so.


def test_only_an_administrator_registers_and_the_key_is_sealed(database: Database, now: datetime) -> None:
    operator = Principal(Role.OPERATOR, "o", "truc")
    with pytest.raises(NotAllowed):
        add_receiver(database, operator, VAULT, WantedReceiver("IOC", NOBODY, GROUPS), now, True)
    key = registered(database, NOBODY, now)
    stored = life(database)
    assert key.startswith("whsec_") and key not in stored.secret and VAULT.unseal(stored.secret) == key
    another = renew_receiver_key(database, ADMINISTRATOR, VAULT, stored.public_id, now)
    assert another != key and VAULT.unseal(life(database).secret) == another


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (WantedReceiver("", "https://ioc.example/hook", GROUPS), "tên"),
        (WantedReceiver("IOC", "http://ioc.example/hook", GROUPS), "https"),
        (WantedReceiver("IOC", "https://u:p@ioc.example/hook", GROUPS), "mật khẩu"),
        (WantedReceiver("IOC", "https://127.0.0.1/hook", GROUPS), "chính máy này"),
        (WantedReceiver("IOC", "https://[::ffff:127.0.0.1]/hook", GROUPS), "chính máy này"),
        (WantedReceiver("IOC", "https://localhost/hook", GROUPS), "chính máy này"),
        (WantedReceiver("IOC", "https://169.254.169.254/hook", GROUPS), "địa chỉ này"),
        (WantedReceiver("IOC", "https://0.0.0.0/hook", GROUPS), "địa chỉ này"),
        (WantedReceiver("IOC", "https://ioc.example:0/hook", GROUPS), "đúng dạng"),
        (WantedReceiver("IOC", "https://ioc.example/hook", ("everything",)), "loại sự kiện"),
    ],
)
def test_what_cannot_be_told_safely_is_refused_with_its_reason(
    sqlite_database: Database, now: datetime, wanted: WantedReceiver, why: str
) -> None:
    with pytest.raises(ReceiverRefused, match=why):
        add_receiver(sqlite_database, ADMINISTRATOR, VAULT, wanted, now)


def test_there_are_at_most_ten_and_a_removed_one_makes_room(sqlite_database: Database, now: datetime) -> None:
    for number in range(MOST_RECEIVERS):
        registered(sqlite_database, NOBODY, now, f"Nơi {number}")
    with pytest.raises(ReceiverRefused, match="10"):
        registered(sqlite_database, NOBODY, now, "Nơi 11")
    remove_receiver(sqlite_database, ADMINISTRATOR, life(sqlite_database).public_id, now)
    with pytest.raises(ReceiverRefused, match="tên này"):
        registered(sqlite_database, NOBODY, now, "Nơi 1")
    registered(sqlite_database, NOBODY, now, "Nơi 11")


def test_the_test_button_says_what_came_and_wakes_what_waits(
    sqlite_database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    database = sqlite_database
    heard.key, heard.status = registered(database, address, time.now), 500
    alarm = an_alarm(database, time.now, CROWD)
    delivery = delivery_of(database, organisation, time)
    turn(delivery, time.now)
    asked = (database, ADMINISTRATOR, VAULT, life(database).public_id, time.now)
    with pytest.raises(ReceiverRefused, match="HTTP 500"):
        try_receiver(*asked, datetime.now(UTC), allow_loopback=True)
    heard.status = 200
    assert "đã nhận" in try_receiver(*asked, datetime.now(UTC), allow_loopback=True)
    assert heard.taken[-1][1]["type"] == "webhook.test"
    turn(delivery, time.now)
    assert heard.told(alarm) == ["alarm.opened"]


def test_a_key_of_another_installation_is_said_and_nothing_is_sent(
    sqlite_database: Database, organisation: Organisation, time: Time, heard: Heard, address: str
) -> None:
    registered(sqlite_database, address, time.now)
    an_alarm(sqlite_database, time.now, CROWD)
    delivery = delivery_of(sqlite_database, organisation, time)
    delivery._vault = Vault(b"another key, as after a lost var folder")
    turn(delivery, time.now)
    assert heard.asked == [] and "Khóa đã đổi" in life(sqlite_database).message
    with sqlite_database.reading() as session:
        assert len(standing_alarms(session)) == 1

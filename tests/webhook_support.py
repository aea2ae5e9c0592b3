"""A receiver of webhooks under the control of a test: a real HTTP server in a thread, checked by the PyPI library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from alarm_support import CAMERA, store_alarms
from flask import Flask, Response, request
from standardwebhooks.webhooks import Webhook
from web_source_support import serving

from access.principal import Principal
from access.vault import Vault
from actions.deliver_webhooks import WebhookDelivery
from actions.manage_receivers import WantedReceiver, add_receiver
from data_access.alarms import save_decided, standing_alarms
from data_access.session import Database
from domain.alarms import Condition, acknowledge
from domain.permissions import Role
from domain.units import Organisation

ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
VAULT = Vault(b"a key for tests, never for an agency")
GROUPS = ("alarm", "source", "period")
LONG = timedelta(days=2)


@dataclass(slots=True)
class Heard:
    """What a receiver got, as (webhook-id, payload), and how it answers next; `key` is checked when it is set."""

    key: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    asked: list[tuple[str, int]] = field(default_factory=list)
    raw: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    def told(self, subject: str = "") -> list[str]:
        """The types that were taken, each event once, in order; of one id when `subject` is given."""
        once = dict(self.taken)
        return [one["type"] for one in once.values() if not subject or one["data"].get("id") == subject]


def receiver_app(heard: Heard) -> Flask:
    app = Flask("receiver")

    @app.route("/hook", methods=["POST"])
    def hook() -> Response:
        body, headers = request.get_data(), {name.lower(): value for name, value in request.headers.items()}
        webhook_id = headers["webhook-id"]
        heard.asked.append((webhook_id, heard.status))
        heard.raw.append((body, headers))
        if heard.status == 200:
            payload = Webhook(heard.key).verify(body, headers) if heard.key else json.loads(body)
            heard.taken.append((webhook_id, payload))
        return Response("", heard.status, headers=heard.headers)

    return app


@contextmanager
def listening(heard: Heard) -> Iterator[str]:
    """The address of a receiver that lives until the end."""
    with serving(receiver_app(heard)) as address:
        yield f"{address}/hook"


def registered(database: Database, address: str, now: datetime, name: str = "IOC", groups: Any = GROUPS) -> str:
    """Register a receiver; its key."""
    return add_receiver(database, ADMINISTRATOR, VAULT, WantedReceiver(name, address, groups), now, allow_loopback=True)


def delivery_of(
    database: Database, organisation: Organisation, clock: Callable[[], datetime], **changes: Any
) -> WebhookDelivery:
    """The job of a worker that leads."""
    values: dict[str, Any] = {"allow_loopback": True, "chance": lambda: 0.0, "guard": lambda _session: None, **changes}
    guard = values.pop("guard")
    return WebhookDelivery(database, VAULT, organisation, guard, clock, lambda: datetime.now(UTC), **values)


def turn(delivery: WebhookDelivery, now: datetime) -> None:
    """One run of the job, to its end."""
    delivery(now)
    delivery.settle()


def an_alarm(database: Database, now: datetime, *conditions: Condition) -> str:
    """Raise alarms (a camera's by default); the id of the newest. Two decisions: one waits for the on-delay."""
    store_alarms(database, now, *(conditions or (CAMERA,)))
    with database.reading() as session:
        return standing_alarms(session)[-1].public_id


def acknowledged(database: Database, public_id: str, now: datetime) -> None:
    """A person takes the alarm over."""
    with database.writing() as session:
        alarm = next(one for one in standing_alarms(session) if one.public_id == public_id)
        after, record = acknowledge(alarm, "truc", "Đang xem", now)
        save_decided(session, [after], [record], now)

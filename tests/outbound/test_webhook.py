"""One delivery: signed as Standard Webhooks, no redirect, a deadline, a small answer, no machine that must not be."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Request, Response
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from web_source_support import answering
from webhook_support import Heard, listening

from domain.outbox import Answer
from outbound.webhook import AddressRefused, deliver, refuse_address, trial_message

KEY = "whsec_" + "QUJD" * 8
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MESSAGE = trial_message("msg_1", AT)


def sent(address: str, budget: timedelta = timedelta(seconds=5)) -> Answer:
    return deliver(address, KEY, MESSAGE, datetime.now(UTC), allow_loopback=True, budget=budget)


def test_the_body_is_signed_and_one_changed_byte_is_noticed() -> None:
    heard = Heard(key=KEY)
    with listening(heard) as address:
        assert sent(address).is_taken
    body, headers = heard.raw[0]
    assert Webhook(KEY).verify(body, headers)["type"] == "webhook.test"
    with pytest.raises(WebhookVerificationError):
        Webhook(KEY).verify(body.replace(b"test", b"tess"), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(KEY).verify(body, {**headers, "webhook-id": "msg_2"})


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    asked_elsewhere: list[str] = []

    def answer(request: Request) -> Response:
        if request.path == "/elsewhere":
            asked_elsewhere.append(request.path)
            return Response("", 200)
        return Response("", status, headers={"Location": "/elsewhere"})

    with answering(answer) as (address, _):
        came = sent(f"{address}/hook")
    assert not came.is_taken and came.status == status and asked_elsewhere == []


def test_a_busy_receiver_is_given_the_time_it_asks_for() -> None:
    heard = Heard(status=429, headers={"Retry-After": "120"})
    with listening(heard) as address:
        assert sent(address).retry_after == timedelta(seconds=120)
        heard.headers = {"Retry-After": "Fri, 27 Nov 2026 00:00:00 GMT"}
        assert sent(address).retry_after is None


def test_an_endless_answer_is_hung_up_on_and_its_status_counts() -> None:
    given = 0

    def endless() -> Iterator[bytes]:
        nonlocal given
        while given < 200 * 1024 * 1024:
            given += 65_536
            yield b"x" * 65_536

    with answering(lambda _request: Response(endless(), 200)) as (address, _):
        assert sent(f"{address}/hook").is_taken
    assert given < 50 * 1024 * 1024


@contextmanager
def dripping(write: Callable[[socket.socket], None]) -> Iterator[str]:
    """A receiver of bare sockets that does what a test says."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                connection, _ = listener.accept()
                with connection:
                    write(connection)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
    thread.join(5)


def test_a_receiver_that_answers_a_byte_at_a_time_is_cut_off_at_the_deadline() -> None:
    def drip(connection: socket.socket) -> None:
        for _ in range(200):
            connection.sendall(b"H")
            time.sleep(0.02)

    with dripping(drip) as address:
        began = time.monotonic()
        came = sent(address, timedelta(seconds=0.3))
    assert came.status is None and time.monotonic() - began < 1.5


def test_nobody_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert sent(f"http://127.0.0.1:{port}/hook") == Answer(None, "Không kết nối được tới nơi nhận.")


def test_a_name_that_leads_to_this_machine_is_refused_before_a_byte_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[bytes] = []

    def read(connection: socket.socket) -> None:
        connection.settimeout(2)
        got.append(connection.recv(10))

    original = socket.getaddrinfo

    def resolve(host: str | bytes | None, *rest: object, **more: object) -> object:
        wanted = "127.0.0.1" if host == "ioc.example" else host
        return original(wanted, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with dripping(read) as address:
        port = address.split(":")[2].split("/")[0]
        came = deliver(f"https://ioc.example:{port}/hook", KEY, MESSAGE, datetime.now(UTC))
    assert came == Answer(None, "Không gửi tới chính máy này.") and got in ([], [b""])


def test_a_private_network_is_allowed_and_loopback_without_tls_only_in_demo() -> None:
    refuse_address("https://10.20.30.40/hook", allow_loopback=False)
    refuse_address("http://[::1]:8000/hook", allow_loopback=True)
    for address in ("http://10.20.30.40/hook", "http://ioc.example/hook"):
        with pytest.raises(AddressRefused):
            refuse_address(address, allow_loopback=True)

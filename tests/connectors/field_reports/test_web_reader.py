"""What a connected system may answer beside its data: each becomes one reason, bounded in time and size."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta

import httpx
import pytest
from flask import Response
from web_source_support import answering

from connectors import web_reader
from connectors.base import SourceUnavailable
from connectors.web_reader import NotThere, WebReader


def asked(answer: Response | tuple[bytes, int], **options: object) -> SourceUnavailable:
    with answering(lambda _asked: answer) as (address, _), pytest.raises(SourceUnavailable) as caught:
        WebReader(**options).read(address, {})  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    ("code", "permanent", "said"),
    [(401, True, "khóa truy cập"), (403, True, "khóa truy cập"), (302, True, "địa chỉ khác"), (500, False, "HTTP 500")],
)
def test_what_a_status_means(code: int, permanent: bool, said: str) -> None:
    error = asked(Response(b"", code, {"Location": "http://127.0.0.1:1/"}))
    assert error.permanent is permanent and said in str(error)


def test_a_missing_page_is_told_from_a_missing_server() -> None:
    assert isinstance(asked((b"", 404)), NotThere)
    with pytest.raises(SourceUnavailable, match="Không kết nối được"):
        WebReader().read("http://127.0.0.1:9/", {})


@pytest.mark.parametrize(("said", "waits"), [("120", 120), ("999999", 3600), ("mai", None), ("-1", None), ("", None)])
def test_a_busy_source_says_when_to_come_back(said: str, waits: int | None) -> None:
    error = asked(Response(b"", 503, {"Retry-After": said}))
    assert error.retry_after == (None if waits is None else timedelta(seconds=waits))


def test_a_web_page_in_place_of_data_is_not_data() -> None:
    assert "trang web" in str(asked((b"\n <!DOCTYPE HTML><title>Login</title>", 200)))


def test_a_body_without_end_is_left_at_the_limit() -> None:
    endless = Response((b"x" * 65_536 for _ in range(10_000)), 200)
    assert "MB" in str(asked(endless, largest=1024 * 1024))


def test_a_body_that_drips_is_left_at_the_deadline() -> None:
    def drip():  # type: ignore[no-untyped-def]
        for _ in range(200):
            yield b"x" * 65_536
            time.sleep(0.05)

    error = asked(Response(drip(), 200), budget=timedelta(seconds=0.4), largest=10**9)
    assert "kịp" in str(error)


def test_a_head_that_drips_is_left_at_the_deadline_also_for_a_second_question() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line:
                line.recv(4096)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")
            line, _ = server.accept()
            with line, suppress(OSError):
                line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while True:
                    line.sendall(b"a")
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with WebReader(budget=timedelta(seconds=1)) as reader:
            assert reader.read(address, {}) == b"[]"
            with pytest.raises(SourceUnavailable, match="kịp"):
                reader.read(address, {})


def test_a_compressed_answer_nobody_asked_for_is_not_unfolded() -> None:
    bomb = Response(gzip.compress(b"0" * 50_000_000), 200, {"Content-Encoding": "gzip"})
    assert "nén" in str(asked(bomb))


def test_the_certificate_authorities_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    make = httpx.create_ssl_context
    monkeypatch.setattr(httpx, "create_ssl_context", lambda **options: read.append(options) or make(**options))
    web_reader._authorities.cache_clear()
    for _ in range(3):
        with WebReader():
            pass
    assert read == [{"trust_env": False}]

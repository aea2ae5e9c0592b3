"""Reads one address of a connected system over HTTP: one deadline for all of it, one limit of size, no redirect.

Whatever a system answers beside its data becomes SourceUnavailable with a Vietnamese reason for /sources.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

import httpx

from connectors.base import SourceUnavailable
from connectors.deadline import cut_off_at

# All questions of one fetch together; a source that needs longer is asked again at its next turn.
BUDGET = timedelta(seconds=20)
LARGEST_BYTES = 8 * 1024 * 1024
LONGEST_WAIT = timedelta(hours=1)
REFUSED = frozenset({httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN})
BUSY = frozenset({httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE})


class NotThere(SourceUnavailable):
    """The system answers, and has nothing at this address."""


@cache
def _authorities() -> ssl.SSLContext:
    """Whose certificates are believed. Reading the list costs 40 ms of a processor: once, not at every question."""
    return httpx.create_ssl_context(trust_env=False)


class WebReader:
    """Questions to one system within one fetch; a context manager, made anew for each fetch.

    `secret` travels in the Authorization header, never in an address that somebody logs.
    """

    def __init__(self, secret: str = "", budget: timedelta = BUDGET, largest: int = LARGEST_BYTES) -> None:
        # Nothing compressed: a small answer that unfolds to gigabytes would be in memory before it could be measured.
        # A connection for each question, so that each can be broken off at the deadline.
        headers = {"User-Agent": "thads-command-centre", "Accept-Encoding": "identity", "Connection": "close"}
        headers |= {"Authorization": f"Bearer {secret}"} if secret else {}
        # trust_env: neither a proxy nor a password of the machine's environment is for a connected system.
        self._client = httpx.Client(headers=headers, verify=_authorities(), follow_redirects=False, trust_env=False)
        self._until = time.monotonic() + budget.total_seconds()
        self._largest = largest

    def __enter__(self) -> WebReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def read(self, address: str, parameters: Mapping[str, str]) -> bytes:
        """The body of an answer; raises SourceUnavailable (NotThere for 404 and 410). Without parameters the address is
        asked as it stands, with its own."""
        try:
            with (
                cut_off_at(self._until) as trace,
                self._client.stream(
                    "GET", address, params=dict(parameters) or None, timeout=self._left(), extensions={"trace": trace}
                ) as answer,
            ):
                _refuse_bad_status(answer)
                body = self._body(answer)
        except httpx.TimeoutException as error:
            raise SourceUnavailable("Nguồn không trả lời kịp.") from error
        except httpx.InvalidURL as error:
            raise SourceUnavailable("Địa chỉ của nguồn không dùng được.", permanent=True) from error
        except httpx.HTTPError as error:
            # Broken off by ourselves at the deadline, it looks like a line that broke.
            self._left()
            raise SourceUnavailable("Không kết nối được tới nguồn.") from error
        if body.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
            raise SourceUnavailable("Nguồn trả về một trang web thay cho dữ liệu (có thể là trang đăng nhập).")
        return body

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise SourceUnavailable("Nguồn không trả lời kịp.")
        return left

    def _body(self, answer: httpx.Response) -> bytes:
        """The whole body; each part must arrive before the deadline of the fetch and under the limit."""
        parts: list[bytes] = []
        size = 0
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise SourceUnavailable("Nguồn nén dữ liệu dù không được yêu cầu: không nhận.")
        for part in answer.iter_raw(65_536):
            size += len(part)
            if size > self._largest:
                raise SourceUnavailable(f"Nguồn trả về quá {self._largest // 1024 // 1024} MB.")
            self._left()
            parts.append(part)
        return b"".join(parts)


def _refuse_bad_status(answer: httpx.Response) -> None:
    code = answer.status_code
    if answer.is_success:
        return
    if code in REFUSED:
        raise SourceUnavailable(f"Nguồn từ chối khóa truy cập (HTTP {code}).", permanent=True)
    if code in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        raise NotThere(f"Không có dữ liệu ở địa chỉ này (HTTP {code}).")
    if answer.is_redirect:
        raise SourceUnavailable(f"Nguồn chuyển sang địa chỉ khác (HTTP {code}): kiểm tra địa chỉ.", permanent=True)
    raise SourceUnavailable(f"Nguồn báo lỗi (HTTP {code}).", retry_after=_asked_wait(answer) if code in BUSY else None)


def _asked_wait(answer: httpx.Response) -> timedelta | None:
    """The pause the source asks for, when it is a number of seconds; never longer than an hour."""
    seconds = answer.headers.get("Retry-After", "")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 9):
        return None
    return min(timedelta(seconds=int(seconds)), LONGEST_WAIT)

"""One page over HTTP: its status, a text it must hold, until when its certificate is valid. No redirect is followed."""

from __future__ import annotations

import time
from datetime import datetime

import httpx

from connectors.base import SourceUnavailable
from connectors.certificates import end_of_validity
from connectors.deadline import cut_off_at
from connectors.service_probe.wire import trusting_all
from domain.software_systems import HealthState, ProbeResult

LARGEST = 256 * 1024
HEADERS = {"User-Agent": "thads-command-centre", "Accept-Encoding": "identity", "Connection": "close"}


def page(address: str, expects: str, until: float) -> ProbeResult:
    """What the page answers; with nothing expected of its text a redirect is an answer too."""
    try:
        with (
            cut_off_at(until) as trace,
            # Neither a proxy nor a password of the machine's environment is for a system of the sector.
            httpx.Client(verify=trusting_all(), follow_redirects=False, trust_env=False, headers=HEADERS) as client,
            client.stream(
                "GET", address, timeout=max(until - time.monotonic(), 0.01), extensions={"trace": trace}
            ) as answer,
        ):
            ends_at = _certificate(answer)
            return _judged(answer, expects, ends_at)
    except httpx.ConnectTimeout:
        return ProbeResult(HealthState.SILENT, "Không kết nối được trong thời gian cho phép.")
    except httpx.TimeoutException:
        return ProbeResult(HealthState.SILENT, "Trang không trả lời kịp.")
    except httpx.RemoteProtocolError:
        late = time.monotonic() >= until
        state = HealthState.SILENT if late else HealthState.REFUSED
        return ProbeResult(state, "Trang không trả lời kịp." if late else "Có trả lời, không phải HTTP.")
    except httpx.ConnectError as error:
        words = "Không bắt tay TLS được với máy chủ." if "SSL" in str(error) else "Không kết nối được tới máy chủ."
        return ProbeResult(HealthState.SILENT, words)
    except (httpx.HTTPError, httpx.InvalidURL):
        # Broken off by ourselves at the deadline, it looks like a line that broke.
        late = time.monotonic() >= until
        return ProbeResult(HealthState.SILENT, "Trang không trả lời kịp." if late else "Máy chủ ngắt kết nối.")


def _judged(answer: httpx.Response, expects: str, ends_at: datetime | None) -> ProbeResult:
    code = answer.status_code
    if code >= httpx.codes.BAD_REQUEST or code < httpx.codes.OK:
        return ProbeResult(HealthState.REFUSED, f"Trang báo lỗi (HTTP {code}).", certificate_until=ends_at)
    if expects and answer.is_redirect:
        words = f"Trang chuyển sang địa chỉ khác (HTTP {code}): nhập thẳng địa chỉ của trang cần tìm chữ."
        return ProbeResult(HealthState.REFUSED, words, certificate_until=ends_at)
    if expects and expects.encode() not in _body(answer):
        return ProbeResult(HealthState.REFUSED, "Trang trả lời, không có đoạn chữ cần có.", certificate_until=ends_at)
    return ProbeResult(HealthState.ANSWERING, certificate_until=ends_at)


def _body(answer: httpx.Response) -> bytes:
    """The page, as far as it is looked at; the deadline breaks it off."""
    parts = bytearray()
    for part in answer.iter_raw(16_384):
        parts += part
        if len(parts) >= LARGEST:
            break
    return bytes(parts[:LARGEST])


def _certificate(answer: httpx.Response) -> datetime | None:
    stream = answer.extensions.get("network_stream")
    line = stream.get_extra_info("ssl_object") if stream is not None else None
    try:
        return None if line is None else end_of_validity(line.getpeercert(True))
    except SourceUnavailable:
        return None

"""A line to a peer, bounded in time and in size: what a peer says is short, and all of it ends at one deadline."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from datetime import datetime
from functools import cache
from types import TracebackType

from connectors.base import SourceUnavailable
from connectors.certificates import end_of_validity
from connectors.service_probe.address import Address
from domain.software_systems import HealthState

LARGEST = 64 * 1024
LONGEST_LINE = 2048
_READ = 4096


class WireTrouble(Exception):
    """The peer gave no answer that can be used; `state` for rules, `reason` for people."""

    def __init__(self, state: HealthState, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


@cache
def trusting_all() -> ssl.SSLContext:
    """For asking whether something lives: nothing secret is sent, and a certificate nobody trusts is told apart."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@cache
def trusting_known() -> ssl.SSLContext:
    """For sending a password: the peer must show a certificate that this machine trusts."""
    return ssl.create_default_context()


class Wire:
    """One connection; a context manager. All of it ends at `until` (monotonic)."""

    def __init__(self, address: Address, until: float, context: ssl.SSLContext | None = None) -> None:
        self._until = until
        self._read = 0
        self._buffer = bytearray()
        self.certificate_until: datetime | None = None
        try:
            self._socket = socket.create_connection((address.host, address.port), timeout=self.left())
        except ConnectionRefusedError as error:
            raise WireTrouble(HealthState.SILENT, "Cổng đóng: máy chủ từ chối kết nối.") from error
        except TimeoutError as error:
            raise WireTrouble(HealthState.SILENT, "Không kết nối được trong thời gian cho phép.") from error
        except socket.gaierror as error:
            raise WireTrouble(HealthState.SILENT, "Không tìm thấy tên máy chủ.") from error
        except (OSError, OverflowError, ValueError) as error:
            raise WireTrouble(HealthState.SILENT, "Không kết nối được tới máy chủ.") from error
        if address.uses_tls:
            self._shake_hands(address, context or trusting_all())

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()

    def send(self, message: bytes) -> None:
        """Say something; raises WireTrouble."""
        try:
            self._socket.settimeout(self.left())
            self._socket.sendall(message)
        except OSError as error:
            raise WireTrouble(HealthState.SILENT, "Máy chủ đóng kết nối giữa chừng.") from error

    def line(self) -> str:
        """The next line without its end; raises WireTrouble."""
        while b"\n" not in self._buffer:
            if len(self._buffer) > LONGEST_LINE:
                raise WireTrouble(HealthState.REFUSED, "Máy chủ trả lời một dòng quá dài.")
            self._receive()
        line, _, rest = bytes(self._buffer).partition(b"\n")
        self._buffer = bytearray(rest)
        return line.rstrip(b"\r").decode("ascii", "replace")

    def take(self, size: int) -> bytes:
        """So many bytes; raises WireTrouble."""
        while len(self._buffer) < size:
            self._receive()
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def left(self) -> float:
        """Seconds that are left; raises WireTrouble when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise WireTrouble(HealthState.SILENT, "Máy chủ không trả lời kịp.")
        return left

    def _receive(self) -> None:
        try:
            self._socket.settimeout(self.left())
            part = self._socket.recv(_READ)
        except TimeoutError as error:
            raise WireTrouble(HealthState.SILENT, "Máy chủ không trả lời kịp.") from error
        except OSError as error:
            raise WireTrouble(HealthState.SILENT, "Máy chủ ngắt kết nối.") from error
        if not part:
            raise WireTrouble(HealthState.SILENT, "Máy chủ đóng kết nối mà không trả lời đủ.")
        self._read += len(part)
        if self._read > LARGEST:
            raise WireTrouble(HealthState.REFUSED, f"Máy chủ trả lời quá {LARGEST // 1024} KB.")
        self._buffer += part

    def _shake_hands(self, address: Address, context: ssl.SSLContext) -> None:
        try:
            self._socket.settimeout(self.left())
            self._socket = context.wrap_socket(self._socket, server_hostname=address.host)
            self.certificate_until = end_of_validity(self._socket.getpeercert(binary_form=True))
        except ssl.SSLCertVerificationError as error:
            self._socket.close()
            raise WireTrouble(
                HealthState.REFUSED, "Chứng thư của máy chủ không được máy này tin: chưa gửi gì."
            ) from error
        except TimeoutError as error:
            self._socket.close()
            raise WireTrouble(HealthState.SILENT, "Máy chủ không bắt tay TLS kịp.") from error
        except (OSError, ValueError, SourceUnavailable, WireTrouble) as error:
            self._socket.close()
            raise WireTrouble(HealthState.REFUSED, "Không bắt tay TLS được với máy chủ.") from error

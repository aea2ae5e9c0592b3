"""What every connector may raise. Connectors fetch and parse; they store nothing and decide nothing.

SourceTrouble
├── SourceUnavailable   the source cannot be read now; `permanent` when trying again is pointless
└── WorkbookRefused     the file was read and is not accepted; `reason` is Vietnamese, for the person who sent it
"""

from __future__ import annotations

from datetime import timedelta


class SourceTrouble(Exception):
    """A source gave nothing that can be used; decided in actions/poll_source.py."""


class SourceUnavailable(SourceTrouble):
    """The source did not answer or its file cannot be opened."""

    def __init__(self, message: str, *, permanent: bool = False, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after


class WorkbookRefused(SourceTrouble):
    """The whole file is refused. `reason` says why in Vietnamese; `detail` is for the log and names no cell content."""

    def __init__(self, reason: str, *, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail

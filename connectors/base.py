"""What every connector may raise. Connectors fetch and parse; they store nothing and decide nothing.

SourceTrouble
├── SourceUnavailable   the source cannot be read now; `permanent` when trying again is pointless
└── WorkbookRefused     the file was read and is not accepted; `reason` is Vietnamese, for the person who sent it
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

R_co = TypeVar("R_co", covariant=True)


class SourceTrouble(Exception):
    """A source gave nothing that can be used; decided in actions/poll_source.py and actions/case_inbox.py."""


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


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that cannot be used. `reference` is its id at the source, `reason` Vietnamese, `raw` what arrived,
    without whatever identifies a citizen."""

    reference: str
    field: str
    value: str
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Fetched(Generic[R_co]):
    """What one question to a source gave.

    `newest_at` (aware UTC) is the newest instant the source speaks of, None when it says nothing of its own time;
    `watermark` is opaque and stored with the records, in the same transaction; `is_whole` says that `records` are all
    that are open there, so that a much shorter list than before is suspicious.
    """

    records: tuple[R_co, ...]
    refused: tuple[RefusedRecord, ...] = ()
    newest_at: datetime | None = None
    watermark: str = ""
    is_whole: bool = False
    message: str = ""


class Connector(Protocol[R_co]):
    """A source that is asked. `fetch` brings its own total deadline and raises SourceUnavailable, nothing else."""

    @property
    def name(self) -> str:
        """The source's name in data/sources.csv."""
        ...

    def fetch(self, watermark: str, still_open: Collection[str], now: datetime) -> Fetched[R_co]:
        """What is new since the watermark ('' for the first time), and how the `still_open` ids of ours stand now."""
        ...

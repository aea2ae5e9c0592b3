"""What every stream of this process waits for: one thread watches the database and keeps what each audience sees."""

from __future__ import annotations

import gzip
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from data_access.screens import TOPIC as SCREENS_TOPIC
from data_access.screens import screen_states
from data_access.session import Database
from data_access.snapshots import PanelState, newest_panels, panel_bodies, panels_after
from data_access.versions import DatabaseGone, VersionWatch, versions
from domain.screens import ScreenState

log = structlog.get_logger(__name__)

WATCH_SECONDS = 1.0
RECONNECT_SECONDS = 0.5
CACHED_ANSWERS = 128


@dataclass(frozen=True, slots=True)
class Frame:
    """What is on the glass now. `number` grows with every change this process noticed; `screens` by public id."""

    number: int = 0
    panels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    screens: Mapping[str, ScreenState] = field(default_factory=dict)
    gone_at: datetime | None = None

    def panels_of(self, audience: str) -> Mapping[str, str]:
        """Panel -> content hash for an audience; empty when nothing has been drawn for it yet."""
        return self.panels.get(audience, {})


class Hub:
    """Holds the newest frame and wakes whoever waits. Starts its thread at first use, so it survives a fork."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._frame = Frame()
        self._news = threading.Condition()
        self._closed = threading.Event()
        self._process = 0
        self._last_row = 0
        self._answers: OrderedDict[tuple[str, tuple[str, ...]], bytes] = OrderedDict()

    @property
    def is_closed(self) -> bool:
        return self._closed.is_set()

    def close(self) -> None:
        """End the thread and wake every stream, which then ends too."""
        self._closed.set()
        with self._news:
            self._news.notify_all()

    def frame(self) -> Frame:
        """The newest frame; the first call waits a moment for the database."""
        self._start()
        with self._news:
            self._news.wait_for(lambda: self._frame.number > 0 or self.is_closed, WATCH_SECONDS)
            return self._frame

    def wait(self, number: int, patience: float) -> Frame:
        """The newest frame, as soon as it is not frame `number`, at the latest after `patience` seconds."""
        self._start()
        with self._news:
            self._news.wait_for(lambda: self._frame.number != number or self.is_closed, patience)
            return self._frame

    def bodies(self, audience: str, hashes: Sequence[str]) -> tuple[bytes, bool]:
        """`{hash: component}` as gzipped JSON, and whether every hash was this audience's to see.

        All screens of an audience ask for the same at the same moment, so an answer is made and compressed once.
        Raises database errors.
        """
        key = (audience, tuple(sorted(set(hashes))))
        with self._news:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key], True
        with self._database.reading() as session:
            found = panel_bodies(session, audience, key[1])
        body = b"{" + b",".join(b'"%s":%s' % (name.encode(), found[name]) for name in sorted(found)) + b"}"
        answer = gzip.compress(body, 6, mtime=0)
        whole = len(found) == len(key[1])
        if whole:
            with self._news:
                self._answers[key] = answer
                while len(self._answers) > CACHED_ANSWERS:
                    self._answers.popitem(last=False)
        return answer, whole

    def _start(self) -> None:
        if self._process == os.getpid() or self.is_closed:
            return
        with self._news:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._listen, name="hub", daemon=True).start()

    def _listen(self) -> None:
        watch = VersionWatch(self._database)
        try:
            self._watch(watch)
        finally:
            # Whatever ended this thread, screens must not go on believing what they show; the next reader restarts it.
            watch.close()
            self._publish(replace(self._frame, gone_at=self._clock()))
            self._process = 0

    def _watch(self, watch: VersionWatch) -> None:
        gone = True
        while not self.is_closed:
            try:
                if watch.changed(WATCH_SECONDS) or gone:
                    self._read(whole=gone)
                    if gone and self._frame.number > 1:
                        log.warning("database back")
                    gone = False
            except (DatabaseGone, SQLAlchemyError) as error:
                watch.close()
                if not gone or self._frame.number == 0:
                    log.warning("database gone", reason=str(error).splitlines()[0])
                    self._publish(replace(self._frame, gone_at=self._clock()))
                gone = True
                time.sleep(RECONNECT_SECONDS)

    def _read(self, whole: bool) -> None:
        with self._database.reading() as session:
            rows = newest_panels(session) if whole else panels_after(session, self._last_row)
            topics = versions(session)
            is_news = whole or topics.get(SCREENS_TOPIC) != self._frame.topics.get(SCREENS_TOPIC)
            screens = screen_states(session) if is_news else self._frame.screens
        panels = {} if whole else {audience: dict(shown) for audience, shown in self._frame.panels.items()}
        _lay_over(panels, rows)
        self._last_row = max((row.row for row in rows), default=0 if whole else self._last_row)
        if whole or rows or topics != self._frame.topics:
            self._publish(Frame(panels=panels, topics=topics, screens=screens))

    def _publish(self, frame: Frame) -> None:
        with self._news:
            self._frame = replace(frame, number=self._frame.number + 1)
            self._news.notify_all()


def _lay_over(panels: dict[str, dict[str, str]], rows: Sequence[PanelState]) -> None:
    for row in rows:
        panels.setdefault(row.audience, {})[row.panel] = row.content_hash

"""Threads write in the order of asking, an urgent one next; nobody waits for ever, and a crowd starves nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy.exc import SQLAlchemyError

from data_access.session import Database
from data_access.turns import WriterTurns
from data_access.versions import bump_version, versions


class Crowd:
    """Threads that take a turn one after the other and note it; the first holds its turn until it is told to end."""

    def __init__(self, turns: WriterTurns) -> None:
        self.turns, self.order = turns, list[str]()
        self.first_has_it, self.first_may_end = threading.Event(), threading.Event()
        self.threads: list[threading.Thread] = []

    def join_in(self, name: str, is_urgent: bool = False) -> None:
        thread = threading.Thread(target=self._take, args=(name, is_urgent))
        self.threads.append(thread)
        before = len(self.turns._queue)
        thread.start()
        if name == "first":
            assert self.first_has_it.wait(5)
        while len(self.turns._queue) <= before:
            pass

    def end(self) -> list[str]:
        self.first_may_end.set()
        for thread in self.threads:
            thread.join(5)
        return self.order

    def _take(self, name: str, is_urgent: bool) -> None:
        with self.turns.turn(is_urgent):
            self.order.append(name)
            if name == "first":
                self.first_has_it.set()
                assert self.first_may_end.wait(5)


def test_turns_are_in_the_order_of_asking_and_an_urgent_one_is_next() -> None:
    crowd = Crowd(WriterTurns())
    for name in ("first", "second", "third"):
        crowd.join_in(name)
    crowd.join_in("lease", is_urgent=True)
    assert crowd.end() == ["first", "lease", "second", "third"]


def test_whoever_waits_too_long_tries_without_a_turn_and_the_next_still_comes() -> None:
    crowd = Crowd(WriterTurns(patience=0.05))
    crowd.join_in("first")
    crowd.join_in("impatient")
    crowd.threads[1].join(5)
    assert crowd.order == ["first", "impatient"]
    crowd.join_in("third")
    assert crowd.end()[0] == "first" and set(crowd.order) == {"first", "impatient", "third"}


def test_an_error_gives_the_turn_on() -> None:
    turns = WriterTurns()
    with pytest.raises(ZeroDivisionError), turns.turn():
        _ = 1 / 0
    with turns.turn():
        assert len(turns._queue) == 1
    assert not turns._queue


def test_a_crowd_that_writes_is_served_whole(sqlite_database: Database, now: object) -> None:
    """More writers than SQLite's own patience would serve in a fair time: each of them gets its turn."""
    failed: list[Exception] = []

    def write(bump: Callable[..., object]) -> None:
        try:
            for _ in range(5):
                with sqlite_database.writing() as session:
                    bump(session, "cases", now)
        except SQLAlchemyError as error:
            failed.append(error)

    crowd = [threading.Thread(target=write, args=(bump_version,)) for _ in range(16)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join(60)
    assert not failed
    with sqlite_database.reading() as session:
        assert versions(session)["cases"] == 80

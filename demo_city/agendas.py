"""What the officers of a unit have noted to do by a day, and what has slipped their minds until later."""

from __future__ import annotations

import heapq
from datetime import date, timedelta
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")
_Heap = list[tuple[date, int, Item]]


class Agenda(Generic[Item]):
    """Items by due day. A share `forgets` of them is forgotten and comes back to mind only days after its term.

    `habits` decides who is forgotten, apart from every other chance of the city.
    """

    def __init__(self, habits: Random, forgets: float) -> None:
        self._habits, self._forgets = habits, forgets
        self._noted: _Heap[Item] = []
        self._forgotten: _Heap[Item] = []
        self._order = 0

    def note(self, item: Item, due_on: date, term_on: date, remembered_within: int) -> bool:
        """Note an item for `due_on`, or forget it until some days (at most `remembered_within`) after `term_on`; says
        whether it was forgotten."""
        self._order += 1
        is_forgotten = self._habits.random() < self._forgets
        if is_forgotten:
            due_on = term_on + timedelta(days=self._habits.randint(3, remembered_within))
        heapq.heappush(self._forgotten if is_forgotten else self._noted, (due_on, self._order, item))
        return is_forgotten

    def remember(self, on: date) -> None:
        """Let what was forgotten until `on` be noted again."""
        while self._forgotten and self._forgotten[0][0] <= on:
            heapq.heappush(self._noted, heapq.heappop(self._forgotten))

    def take(self, until: date) -> tuple[date, Item] | None:
        """The next item noted for a day up to `until`, with that day."""
        if not self._noted or self._noted[0][0] > until:
            return None
        due_on, _, item = heapq.heappop(self._noted)
        return due_on, item

"""What goes wrong now and then without being asked: which tick brings which trouble, and how a bad row looks."""

from __future__ import annotations

from enum import StrEnum
from random import Random

from demo_city.dockets import Docket
from demo_city.lives import State
from demo_city.workbooks import Cell, Sheets, case_row


class Trouble(StrEnum):
    """The kinds of trouble an inbox has to live with."""

    LATE = "late"
    BAD_ROW = "bad_row"
    DUPLICATE = "duplicate"
    UNTIDY = "untidy"


# Each trouble comes once in this many ticks, at a place drawn anew: about every ten minutes at five seconds a tick.
BLOCK = 120
BAD_ROWS = ("impossible_date", "money_with_letter", "unknown_unit")


def trouble_of(tick: int, seed: int) -> Trouble | None:
    """The trouble of a tick, counted from 0."""
    block, place = divmod(tick, BLOCK)
    places = Random(f"{seed}:troubles:{block}").sample(range(BLOCK), len(Trouble))
    return list(Trouble)[places.index(place)] if place in places else None


def add_bad_row(sheets: Sheets, docket: Docket, tick: int) -> str:
    """Add one row that must be refused; says which kind. The good rows of the file stay good."""
    kind = BAD_ROWS[(tick // BLOCK) % len(BAD_ROWS)]
    rng = Random(f"bad:{tick}")
    life = docket.pick(State.ENFORCEABLE, rng) or docket.lives[0]
    today = max(life.docketed_on, life.moved_on)
    if kind == "unknown_unit":
        row: list[Cell] = list(case_row(life))
        row[0], row[1], row[4] = "ZZ-99", "1/QĐ-THADS", None
        sheets.cases = [*sheets.cases, row]
        return kind
    row = [life.issuing, life.number_text, life.decided_on, today, "Thu", 1_500_000]
    if kind == "impossible_date":
        row[3] = f"31/02/{today.year}"
    else:
        row[5] = "12o.500.000"
    sheets.money = [*sheets.money, row]
    return kind

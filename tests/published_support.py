"""Published figures of real provinces turned into populations of cases that must count up to them.

Each plan says how many cases, and how many đồng, stand in each class; what a source did not print is left at the
smallest number that makes the rest possible. A plan becomes a workbook, or counter changes where it is national.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from domain.cases import DECISION_KIND_NAMES, CaseLife, DecisionKind, Handling, LifeDecision, LifeMoney, MoneyKind

PAYLOAD = Path(__file__).parent / "payloads" / "published_figures.json"
SCALES = {"đồng": 1, "nghìn đồng": 1_000, "triệu đồng": 1_000_000, "tỷ đồng": 1_000_000_000}
UNIT = "PHUVANG"


@dataclass(frozen=True, slots=True)
class Part:
    """`count` equal cases; `amount` and `collected` are the sums over all of them, in đồng."""

    count: int
    decision: DecisionKind | None
    amount: int = 0
    collected: int = 0
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The population of one published set. Days are those of its own statistical year."""

    id: str
    from_on: date
    to_on: date
    parts: tuple[Part, ...]
    stated: dict[str, Any] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        return sum(part.count for part in self.parts)


def published() -> dict[str, dict[str, Any]]:
    """The published sets by id."""
    return {item["id"]: item for item in json.loads(PAYLOAD.read_text(encoding="utf-8"))["datasets"]}


def plan_of(
    id: str,
    *,
    completed: int,
    enforceable: int,
    not_enforceable: int = 0,
    suspended: int = 0,
    other: int = 0,
    entrusted: int = 0,
    revoked: int = 0,
    separate: int = 0,
    carried: int | None = None,
    amount_completed: int = 0,
    amount_enforceable: int = 0,
    amount_not_enforceable: int = 0,
    amount_terminated: int = 0,
    amount_carried: int = 0,
    amount_new: int = 0,
    to_on: date | None = None,
) -> Plan:
    """A plan from class counts; `carried` of the living and ended cases come from last year, the rest are new.

    `suspended` stand inside `enforceable` (old regime), `other` beside it. `amount_carried` and `amount_new` are for
    sets that print money by origin only.
    """
    item = published()[id]
    to_on = to_on or date.fromisoformat(item["period_to"])
    from_on = date(to_on.year - (to_on.month < 10), 10, 1)
    classes = [
        (completed, DecisionKind.COMPLETED, amount_completed - amount_terminated, amount_completed - amount_terminated),
        (enforceable - completed - suspended, None, amount_enforceable - amount_completed, 0),
        (suspended, DecisionKind.SUSPENDED, 0, 0),
        (not_enforceable, DecisionKind.NOT_ENFORCEABLE, amount_not_enforceable, 0),
        (other, DecisionKind.SUSPENDED, 0, 0),
        (entrusted, DecisionKind.ENTRUSTED, 0, 0),
        (revoked, DecisionKind.WITHDRAWN, 0, 0),
    ]
    if amount_terminated:
        classes[0] = (completed - 1, *classes[0][1:])
        classes.append((1, DecisionKind.TERMINATED, amount_terminated, 0))
    parts: list[Part] = []
    left = 0 if carried is None else carried
    for count, decision, amount, collected in classes:
        # Last year's cases are taken from the front; the money of a class that straddles the line stays on one side.
        of_last_year = min(left, count)
        left -= of_last_year
        if of_last_year:
            parts.append(Part(of_last_year, decision, amount or amount_carried, collected, is_carried=True))
            amount_carried = 0
        if count > of_last_year:
            rest = (0, 0) if of_last_year else (amount, collected)
            parts.append(Part(count - of_last_year, decision, rest[0] or amount_new, rest[1]))
            amount_new = 0
    if separate:
        parts.append(Part(separate, DecisionKind.SEPARATE_REGISTER, is_carried=True))
    return Plan(id, from_on, to_on, tuple(parts), item)


def scale(item: dict[str, Any]) -> int:
    """How many đồng one unit of a set's money is."""
    return SCALES[item["tien"]["unit"]]


def base_of_rate(part: int, rate: float | str) -> int:
    """The whole of which `part` is the printed percentage: where only the rate was published."""
    return int((Decimal(part) * 100 / Decimal(str(rate))).to_integral_value())


def rows_of(plan: Plan, numbers: range | None = None) -> Iterator[tuple[int, date, Part, int, int]]:
    """(number, decided on, part, amount due, collected) of every case, or of these numbers; sums come out exactly."""
    wanted = numbers or range(1, plan.cases + 1)
    before = 0
    for part in plan.parts:
        first = plan.from_on - timedelta(days=40) if part.is_carried else plan.from_on + timedelta(days=3)
        for number in range(max(wanted.start, before + 1), min(wanted.stop, before + part.count + 1)):
            is_last = number == before + part.count
            due = part.amount // part.count + (part.amount % part.count if is_last else 0)
            collected = part.collected // part.count + (part.collected % part.count if is_last else 0)
            yield number, first, part, due, collected
        before += part.count


def write_workbook(plan: Plan, path: Path, unit: str = UNIT, numbers: range | None = None) -> Path:
    """The plan, or the cases of these numbers, as a canonical workbook as of its last day."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheets = (
        (
            "Việc",
            ["Đơn vị ban hành", "Số quyết định", "Ngày quyết định", "Hình thức", "Loại án", "Số tiền phải thi hành"],
        ),
        ("Quyết định", ["Đơn vị ban hành", "Số quyết định", "Ngày quyết định", "Loại", "Ngày"]),
        ("Thu chi", ["Đơn vị ban hành", "Số quyết định", "Ngày quyết định", "Ngày", "Loại", "Số tiền"]),
    )
    for position, (title, headers) in enumerate(sheets):
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, headers)
        row = 0
        for number, decided_on, part, due, collected in rows_of(plan, numbers):
            key = [unit, number, decided_on]
            acted_on = max(plan.from_on + timedelta(days=10), decided_on)
            if position == 0:
                values: list[object] | None = [*key, "Chủ động", "Dân sự", due]
            elif position == 1:
                values = [*key, DECISION_KIND_NAMES[part.decision], acted_on] if part.decision else None
            else:
                values = [*key, acted_on, "Thu", collected] if collected else None
            if values is not None:
                row += 1
                for column, value in enumerate(values):
                    sheet.write(row, column, value)
    book.close()
    return path


def lives_of(plan: Plan) -> Iterator[tuple[CaseLife, int]]:
    """One life per part with how many cases live it; money is put on one of them so that sums are exact."""
    for part in plan.parts:
        first = plan.from_on - timedelta(days=40) if part.is_carried else plan.from_on + timedelta(days=3)
        acted_on = plan.from_on + timedelta(days=10)
        decisions = (LifeDecision(acted_on, part.decision, None),) if part.decision else ()
        handling = (Handling(first, UNIT, None),)
        money = (LifeMoney(acted_on, MoneyKind.COLLECTED, part.collected),) if part.collected else ()
        yield CaseLife(first, part.amount, handling, decisions, money), 1
        if part.count > 1:
            yield CaseLife(first, 0, handling, decisions), part.count - 1

"""The part of NGSI-LD's `q` that is understood: terms joined by `;` (and), each an attribute that must be there, or an
attribute compared with a number, true, false or a text in double quotes. Anything else is refused, never ignored.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Value = float | bool | str

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
TERM = re.compile(
    r"(?P<name>[A-Za-z_]{1,64})"
    r"(?:(?P<operator>==|!=|>=|<=|>|<)(?P<value>\"[^\"\\]{0,200}\"|-?\d{1,15}(?:\.\d{1,9})?|true|false))?"
)
MOST_TERMS = 10


class QueryRefused(ValueError):
    """A q that is not of the documented part; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; `value` None asks only that the attribute is there."""

    name: str
    operator: str
    value: Value | None

    def holds(self, entity: Mapping[str, Any]) -> bool:
        """Whether an entity (keyValues) meets it; values of different kinds are never equal, larger or smaller."""
        if self.name not in entity or self.name in ("id", "type"):
            return False
        if self.value is None:
            return True
        found = entity[self.name]
        each = found if isinstance(found, list) else [found]
        if self.operator == "!=":
            return all(not _alike(one, self.value) or one != self.value for one in each)
        return any(_alike(one, self.value) and COMPARE[self.operator](one, self.value) for one in each)


def parsed(q: str) -> tuple[Term, ...]:
    """The terms of a query; raises QueryRefused."""
    terms: list[Term] = []
    rest = q
    while True:
        found = TERM.match(rest)
        if found is None or len(terms) == MOST_TERMS:
            raise QueryRefused("q chỉ nhận: thuộc_tính, hoặc thuộc_tính==giá_trị (!=, >, >=, <, <=), nối bằng ';'.")
        terms.append(Term(found["name"], found["operator"] or "", _value(found["value"])))
        rest = rest[found.end() :]
        if not rest:
            return tuple(terms)
        if not rest.startswith(";"):
            raise QueryRefused("q chỉ nối các điều kiện bằng ';'.")
        rest = rest[1:]


def _value(words: str | None) -> Value | None:
    if words is None:
        return None
    if words.startswith('"'):
        return words[1:-1]
    return words == "true" if words in ("true", "false") else float(words)


def _alike(found: Any, wanted: Value) -> bool:
    """Both texts, both truth values, or both numbers."""
    if isinstance(wanted, bool) or isinstance(found, bool):
        return isinstance(wanted, bool) and isinstance(found, bool)
    if isinstance(wanted, str):
        return isinstance(found, str)
    return isinstance(found, int | float)

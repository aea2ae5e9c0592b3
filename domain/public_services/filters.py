"""Which requests a desk looks at; the same words stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from domain.public_services.records import RequestState, ServiceChannel

# How many calendar months, this one included.
MONTHS_OFFERED = (1, 3, 12)
_DEFAULT_MONTHS = 3
# Of the list: every state a request can be in.
ALL_STATES = "all"


class RequestOrigin(StrEnum):
    """Nơi ở của người yêu cầu, as far as it is told: within the province, outside it, or not said."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNSAID = "unsaid"


ORIGIN_NAMES = {
    RequestOrigin.INSIDE: "Trong tỉnh",
    RequestOrigin.OUTSIDE: "Ngoài tỉnh",
    RequestOrigin.UNSAID: "Chưa rõ",
}


@dataclass(frozen=True, slots=True)
class ServiceFilter:
    """Codes, '' for all. `months` count back from this one by the day of receipt; `state` is of the list alone, which
    shows those that are overdue unless it is told otherwise."""

    unit: str = ""
    service: str = ""
    channel: str = ""
    origin: str = ""
    months: int = _DEFAULT_MONTHS
    state: str = RequestState.OVERDUE.value

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> ServiceFilter:
        """What an address asks for; anything not understood is the default."""
        channel, origin, state = (values.get(name, "") for name in ("channel", "origin", "state"))
        months = values.get("months", "")
        return cls(
            unit=values.get("unit", "")[:40],
            service=values.get("service", "")[:64],
            channel=channel if channel in set(ServiceChannel) else "",
            origin=origin if origin in set(RequestOrigin) else "",
            months=int(months) if months in {str(each) for each in MONTHS_OFFERED} else _DEFAULT_MONTHS,
            state=state if state in {*RequestState, ALL_STATES} else RequestState.OVERDUE.value,
        )

    def address(self, **changes: str | int) -> str:
        """The query of an address that asks for this with `changes`, '' for the default."""
        wanted, default = replace(self, **changes), ServiceFilter()  # type: ignore[arg-type]
        said = {
            each.name: str(getattr(wanted, each.name))
            for each in fields(self)
            if getattr(wanted, each.name) != getattr(default, each.name)
        }
        return f"?{urlencode(said)}" if said else ""

    def first_on(self, today: date) -> date:
        """The first day of the period."""
        return months_back(today, self.months - 1)


def months_back(today: date, number: int) -> date:
    """The first day of the month that lies `number` months before that of `today`."""
    months = today.year * 12 + today.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)

"""Directives: what a leader asks of a unit by a day, states and steps as a table, what a list counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from domain.permissions import Role


class DirectiveOrigin(StrEnum):
    """Căn cứ chỉ đạo: what a directive was made of."""

    ALARM = "alarm"
    FIGURE = "figure"
    CITY = "city"
    THOUGHT = "thought"


class DirectiveState(StrEnum):
    """Trạng thái chỉ đạo."""

    ISSUED = "issued"
    RECEIVED = "received"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class DirectiveStep(StrEnum):
    """Bước của chỉ đạo: what somebody did to it."""

    ISSUE = "issue"
    RECEIVE = "receive"
    ANSWER = "answer"
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"


ORIGIN_NAMES = {
    DirectiveOrigin.ALARM: "cảnh báo",
    DirectiveOrigin.FIGURE: "số liệu",
    DirectiveOrigin.CITY: "chỉ đạo của lãnh đạo thành phố",
    DirectiveOrigin.THOUGHT: "ý kiến của lãnh đạo",
}
STATE_NAMES = {
    DirectiveState.ISSUED: "đã giao",
    DirectiveState.RECEIVED: "đã tiếp nhận",
    DirectiveState.ANSWERED: "đã trả lời, chờ chấp nhận",
    DirectiveState.CLOSED: "đã kết thúc",
    DirectiveState.WITHDRAWN: "đã thu hồi",
}
STEP_NAMES = {
    DirectiveStep.ISSUE: "giao",
    DirectiveStep.RECEIVE: "tiếp nhận",
    DirectiveStep.ANSWER: "trả lời",
    DirectiveStep.ACCEPT: "chấp nhận, kết thúc",
    DirectiveStep.RETURN: "trả lại đơn vị",
    DirectiveStep.WITHDRAW: "thu hồi",
}

# What a leader of the agency may state as the ground of a directive of their own.
STATED_ORIGINS = (DirectiveOrigin.ALARM, DirectiveOrigin.FIGURE, DirectiveOrigin.THOUGHT)
_LEADERS = frozenset({Role.LEADER, Role.ADMINISTRATOR})
_UNITS = frozenset({Role.DEPARTMENT_HEAD, Role.OPERATOR, Role.ADMINISTRATOR})
_ASKED = frozenset({DirectiveState.ISSUED, DirectiveState.RECEIVED})
# What no step leaves any more.
ENDED = frozenset({DirectiveState.CLOSED, DirectiveState.WITHDRAWN})
DUE_SOON_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DirectiveMove:
    """Bước chuyển: from which states a step leads where, and which roles may take it."""

    origins: frozenset[DirectiveState]
    target: DirectiveState
    roles: frozenset[Role]


MOVES: Mapping[DirectiveStep, DirectiveMove] = {
    DirectiveStep.RECEIVE: DirectiveMove(frozenset({DirectiveState.ISSUED}), DirectiveState.RECEIVED, _UNITS),
    DirectiveStep.ANSWER: DirectiveMove(_ASKED, DirectiveState.ANSWERED, _UNITS),
    DirectiveStep.ACCEPT: DirectiveMove(frozenset({DirectiveState.ANSWERED}), DirectiveState.CLOSED, _LEADERS),
    DirectiveStep.RETURN: DirectiveMove(frozenset({DirectiveState.ANSWERED}), DirectiveState.RECEIVED, _LEADERS),
    DirectiveStep.WITHDRAW: DirectiveMove(_ASKED | {DirectiveState.ANSWERED}, DirectiveState.WITHDRAWN, _LEADERS),
}


@dataclass(frozen=True, slots=True)
class Directive:
    """Chỉ đạo điều hành. `due_on` is a day of Huế; `reference` says of what alarm or figure it was made."""

    public_id: str
    unit: str
    title: str
    detail: str
    origin: DirectiveOrigin
    reference: str
    issued_at: datetime
    issued_by: str
    due_on: date
    state: DirectiveState = DirectiveState.ISSUED
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    revision: int = 1

    @property
    def awaits_answer(self) -> bool:
        """Whether the unit still owes something."""
        return self.state in _ASKED

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and the unit has not answered."""
        return self.awaits_answer and today > self.due_on

    def is_due_soon(self, today: date) -> bool:
        """Whether the unit owes an answer today or within three days."""
        return self.awaits_answer and today <= self.due_on <= today + DUE_SOON_WITHIN


@dataclass(frozen=True, slots=True)
class DirectiveRecord:
    """Dòng diễn biến chỉ đạo: one step, by whom, in which role, with what words."""

    at: datetime
    step: DirectiveStep
    actor: str
    role: Role
    words: str


@dataclass(frozen=True, slots=True)
class DirectiveCounts:
    """Số chỉ đạo: not ended, due soon, overdue, and answered ones that wait for the leader."""

    open: int
    due_soon: int
    overdue: int
    awaiting: int


@dataclass(frozen=True, slots=True)
class DirectiveFilter:
    """Bộ lọc chỉ đạo: `unit` and `state` are codes, '' for all; `overdue` is '1' for overdue ones only."""

    unit: str = ""
    state: str = ""
    overdue: str = ""

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> DirectiveFilter:
        """What an address asks for; anything not understood is the default."""
        state = values.get("state", "")
        return cls(
            unit=values.get("unit", "")[:40],
            state=state if state in set(DirectiveState) else "",
            overdue="1" if values.get("overdue", "") == "1" else "",
        )

    def address(self, **changes: str) -> str:
        """The query of an address that asks for this, '' for the default; `changes` are added as they are."""
        wanted = {each.name: str(getattr(self, each.name)) for each in fields(self)}
        wanted.update(changes)
        given = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def admits(self, directive: Directive, today: date) -> bool:
        """Whether a directive is of this unit and state, and overdue where that is asked."""
        if self.overdue and not directive.is_overdue(today):
            return False
        return self.unit in {"", directive.unit} and self.state in {"", directive.state.value}


def may_take(step: DirectiveStep, state: DirectiveState, role: Role) -> bool:
    """Whether a role may take a step from a state; everything outside the table is refused."""
    move = MOVES.get(step)
    return move is not None and state in move.origins and role in move.roles


def counted(directives: Sequence[Directive], today: date) -> DirectiveCounts:
    """What a list of directives amounts to on a day."""
    return DirectiveCounts(
        open=sum(each.state not in ENDED for each in directives),
        due_soon=sum(each.is_due_soon(today) for each in directives),
        overdue=sum(each.is_overdue(today) for each in directives),
        awaiting=sum(each.state is DirectiveState.ANSWERED for each in directives),
    )


def deadline_words(directive: Directive, today: date) -> str:
    """'còn 2 ngày', 'đến hạn hôm nay', 'quá hạn 1 ngày'; '' once the unit owes nothing."""
    if not directive.awaits_answer:
        return ""
    left = (directive.due_on - today).days
    if left == 0:
        return "đến hạn hôm nay"
    return f"còn {left} ngày" if left > 0 else f"quá hạn {-left} ngày"

"""Từ thụ lý đến thi hành xong: the form's figures as a flow in which every part is named and every row adds up."""

from __future__ import annotations

from dataclasses import dataclass, fields

from domain.statistics import Measure


class FlowDoesNotAddUp(ArithmeticError):
    """The parts of a row do not sum to the row above: such a flow is not drawn."""


@dataclass(frozen=True, slots=True)
class CaseFlow:
    """The seven parts of the flow in việc; the totals are their sums (domain.statistics I1-I3, I8)."""

    carried_over: int
    newly_docketed: int
    departed: int
    not_enforceable: int
    other: int
    completed: int
    in_progress: int

    @property
    def docketed(self) -> int:
        """Tổng thụ lý: năm trước chuyển sang + thụ lý mới."""
        return self.carried_over + self.newly_docketed

    @property
    def enforceable(self) -> int:
        """Có điều kiện: xong + đang thi hành."""
        return self.completed + self.in_progress

    @property
    def to_enforce(self) -> int:
        """Phải thi hành: có điều kiện + chưa có điều kiện + khác."""
        return self.enforceable + self.not_enforceable + self.other


def case_flow(measure: Measure) -> CaseFlow:
    """The flow of the form's figures in việc; raises FlowDoesNotAddUp when a total differs from its parts or a
    part is below zero."""
    flow = CaseFlow(
        carried_over=measure.carried_over,
        newly_docketed=measure.newly_docketed,
        departed=measure.entrusted + measure.revoked + measure.taken_up + measure.reduced,
        not_enforceable=measure.not_enforceable,
        other=measure.other,
        completed=measure.completed,
        in_progress=measure.enforceable_in_progress,
    )
    stated = {
        "thụ lý": (flow.docketed, measure.total_docketed),
        "phải thi hành": (flow.to_enforce, measure.to_enforce),
        "thụ lý trừ ủy thác, thu hồi": (flow.docketed - flow.departed, measure.to_enforce),
        "có điều kiện": (flow.enforceable, measure.enforceable),
    }
    wrong = {name: pair for name, pair in stated.items() if pair[0] != pair[1]}
    if wrong or min(getattr(flow, part.name) for part in fields(flow)) < 0:
        raise FlowDoesNotAddUp(f"{wrong or flow}")
    return flow

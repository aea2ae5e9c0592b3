"""The flow adds up, or it is not drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_flow import FlowDoesNotAddUp, case_flow
from domain.statistics import Measure

COUNT = st.integers(0, 10_000)


@given(*(COUNT for _ in range(9)))
def test_every_row_of_the_flow_is_the_sum_of_its_parts(
    new: int, sent: int, revoked: int, taken: int, reduced: int, progress: int, blocked: int, other: int, done: int
) -> None:
    measure = Measure(
        newly_docketed=new,
        entrusted=sent,
        revoked=revoked,
        taken_up=taken,
        reduced=reduced,
        enforceable_in_progress=progress,
        not_enforceable=blocked,
        other=other,
        completed=done,
    )
    if measure.carried_over < 0:
        with pytest.raises(FlowDoesNotAddUp):
            case_flow(measure)
        return
    flow = case_flow(measure)
    assert flow.carried_over + flow.newly_docketed == flow.docketed == measure.total_docketed
    assert flow.docketed - flow.departed == flow.to_enforce == measure.to_enforce
    assert flow.to_enforce - flow.not_enforceable - flow.other == flow.enforceable == measure.enforceable
    assert flow.completed + flow.in_progress == flow.enforceable


def test_the_flow_of_the_picture() -> None:
    measure = Measure(
        newly_docketed=944,
        entrusted=80,
        revoked=29,
        enforceable_in_progress=2689,
        not_enforceable=1064,
        other=154,
        completed=770,
    )
    flow = case_flow(measure)
    assert (flow.carried_over, flow.docketed, flow.to_enforce, flow.enforceable) == (3842, 4786, 4677, 3459)


def test_a_part_below_zero_is_refused() -> None:
    with pytest.raises(FlowDoesNotAddUp):
        case_flow(Measure(newly_docketed=5, completed=-1))

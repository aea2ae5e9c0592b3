"""What was pressed is told from buttons that only came to be."""

from __future__ import annotations

import pytest
from dash._callback_context import context_value
from dash._utils import AttributeDict

from callbacks.asking import pressed

ROW = '{"period":"2026-m12","type":"close"}.n_clicks'


@pytest.mark.parametrize(
    ("triggered", "told"),
    [
        ([], None),
        ([(ROW, None)], None),
        ([(ROW, None), ("periods-correct-button.n_clicks", 1)], "periods-correct-button"),
        ([("periods-correct-button.n_clicks", 0), (ROW, 2)], {"period": "2026-m12", "type": "close"}),
    ],
)
def test_a_list_drawn_anew_at_the_moment_of_a_click_does_not_swallow_it(
    triggered: list[tuple[str, int | None]], told: object
) -> None:
    inputs = [{"prop_id": prop_id, "value": value} for prop_id, value in triggered]
    token = context_value.set(AttributeDict(triggered_inputs=inputs))
    try:
        assert pressed() == told
    finally:
        context_value.reset(token)

"""The audit on /administration: page through it, and prove it untouched."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, ctx, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.check_audit import check_audit
from callbacks.asking import asking, now, site
from components import ids
from components.administration_tables import AuditRow, audit_table, audit_verdict
from data_access.audit import audit_events
from data_access.models.audit import AuditEvent
from domain.permissions import Permission, Role

ROWS = 50


@callback(
    Output(ids.AUDIT_LIST, "children"),
    Output(ids.AUDIT_OLDEST_SHOWN, "data"),
    Input(ids.AUDIT_NEWEST, "n_clicks"),
    Input(ids.AUDIT_OLDER, "n_clicks"),
    Input(ids.AUDIT_RESULT, "children"),
    State(ids.AUDIT_OLDEST_SHOWN, "data"),
)
@policy(Permission.SEE_AUDIT)
def draw_audit(_newest: object, _older: object, _checked: object, oldest: object) -> tuple[Component, int | None]:
    """The newest rows, or those before the oldest one shown."""
    before = oldest if ctx.triggered_id == ids.AUDIT_OLDER and isinstance(oldest, int) else None
    with site().database.reading() as session:
        events = audit_events(session, asking(), before, ROWS)
    return audit_table([_row(event) for event in events]), events[-1].sequence if events else None


@callback(Output(ids.AUDIT_RESULT, "children"), Input(ids.AUDIT_CHECK, "n_clicks"), prevent_initial_call=True)
@policy(Permission.SEE_AUDIT)
def on_audit_check(clicks: object) -> Any:
    """Verify the whole chain and every anchor; the check itself becomes a row."""
    if not clicks:
        return no_update
    at = now()
    check = check_audit(site().database, asking(), site().audit_anchors, at)
    wrong = (check.problem.sequence, check.problem.reason) if check.problem else None
    return audit_verdict(check.rows, check.anchors, wrong, at)


def _row(event: AuditEvent) -> AuditRow:
    return AuditRow(
        sequence=event.sequence,
        at=event.at,
        actor=event.actor_name,
        role=Role(event.actor_role),
        action=event.action,
        subject=event.subject,
        detail=event.detail,
    )

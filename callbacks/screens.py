"""Screens on /administration: list them, make a pairing code, revoke; all through actions/pair_screen.py."""

from __future__ import annotations

from typing import Any

from dash import ALL, Input, Output, State, callback, ctx, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.pair_screen import ScreenRefused, create_pairing_code, create_screen, revoke_screen
from callbacks.asking import asking, now, plain_text, site, unit_choices, unit_name
from components import administration_forms as forms
from components import ids
from components.administration_tables import ScreenRow, screens_table
from data_access.models.users import Screen
from data_access.screens import paired_screens, screen_by_public_id, screens
from domain.permissions import Permission

CODE_HINT = (
    "Trên màn hình, mở địa chỉ /pairing rồi nhập mã. Mã dùng một lần, trong 15 phút; "
    "thiết bị đã ghép trước đó với màn hình này sẽ mất quyền."
)


@callback(Output(ids.SCREENS_LIST, "children"), Input(ids.SCREENS_CHANGED, "data"))
@policy(Permission.ADMINISTER)
def draw_screens(_changed: object) -> Component:
    """Every screen, as it is now."""
    with site().database.reading() as session:
        found = screens(session, asking())
        paired = paired_screens(session, now())
    return screens_table([_row(screen, screen.id in paired) for screen in found])


@callback(
    Output(ids.SCREENS_WINDOW, "children"),
    Input(ids.SCREENS_ADD, "n_clicks"),
    Input(ids.screen_button(ALL, ALL), "n_clicks"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_screen_asked(_add: object, _rows: object) -> Any:
    """Open the window for a new screen or for what a row's button says."""
    if not ctx.triggered or not ctx.triggered[0]["value"]:
        return no_update
    asked = ctx.triggered_id
    if asked == ids.SCREENS_ADD:
        return window_for("create", "")
    return window_for(plain_text(asked["action"]), plain_text(asked["screen"]))


@callback(
    Output(ids.SCREENS_WINDOW, "children", allow_duplicate=True),
    Input(ids.SCREENS_CANCEL, "n_clicks"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_screen_left(clicks: object) -> Any:
    """Close the window; a code it showed is gone from the page."""
    return None if clicks else no_update


@callback(
    Output(ids.SCREENS_WINDOW, "children", allow_duplicate=True),
    Output(ids.SCREENS_CHANGED, "data"),
    Input(ids.SCREENS_CONFIRM, "n_clicks"),
    State(ids.SCREENS_CHOSEN, "data"),
    State(ids.SCREENS_NAME, "value", allow_optional=True),
    State(ids.SCREENS_UNIT, "value", allow_optional=True),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_screen_confirmed(clicks: object, chosen: object, name: object, unit: object) -> Any:
    """Make the change; the window closes, shows a code once, or says why nothing was changed."""
    if not clicks or not isinstance(chosen, dict):
        return no_update, no_update
    action, screen = plain_text(chosen.get("action")), plain_text(chosen.get("screen"))
    name, unit = plain_text(name), plain_text(unit)
    try:
        shown = change(action, screen, name, unit)
    except ScreenRefused as refused:
        return window_for(action, screen, str(refused), name, unit), no_update
    return shown, now().timestamp()


def change(action: str, screen: str, name: str, unit: str) -> Component | None:
    """One change by the person who asks; a window with a pairing code, or None. Raises ScreenRefused, NotAllowed."""
    database, principal = site().database, asking()
    if action == "create":
        known = [code for code, _ in unit_choices()]
        screen = create_screen(database, principal, name, unit or None, known, now())
    if action in ("create", "code"):
        code = create_pairing_code(database, principal, screen, now())
        return forms.secret(forms.SCREENS, "Mã ghép", "Nhập mã này trên màn hình:", code, CODE_HINT)
    if action == "revoke":
        revoke_screen(database, principal, screen, now())
        return None
    raise ScreenRefused("Không có việc này.")


def window_for(action: str, screen: str, problem: str = "", name: str = "", unit: str = "") -> Component:
    """The window of an action; with a `problem` it keeps what was typed."""
    chosen = {"action": action, "screen": screen}
    if action == "create":
        fields = [
            forms.name_field(ids.SCREENS_NAME, "Tên màn hình", name, "ví dụ Sảnh tầng 1", 80),
            forms.screen_unit_field(unit_choices(), unit),
        ]
        words = "Màn hình chỉ xem trang tường, không thao tác được gì."
        return forms.question(forms.SCREENS, "Thêm màn hình", words, chosen, "Thêm và lấy mã", fields, problem)
    with site().database.reading() as session:
        found = screen_by_public_id(session, screen)
    if found is None:
        return forms.question(forms.SCREENS, "Không có màn hình này", "", chosen, "Đóng")
    if action == "code":
        words = "Mã mới thay mã cũ. Thiết bị đang ghép chỉ mất quyền khi mã mới được dùng."
        return forms.question(forms.SCREENS, f"Mã ghép: {found.name}", words, chosen, "Tạo mã", problem=problem)
    words = "Thiết bị mất quyền trong vài giây và phải ghép lại với một màn hình khác."
    return forms.question(forms.SCREENS, f"Thu hồi: {found.name}", words, chosen, "Thu hồi", problem=problem)


def _row(screen: Screen, is_paired: bool) -> ScreenRow:
    return ScreenRow(
        public_id=screen.public_id,
        name=screen.name,
        unit_name=unit_name(screen.unit),
        is_paired=is_paired,
        is_revoked=screen.revoked_at is not None,
        created_at=screen.created_at,
        last_seen_at=screen.last_seen_at,
    )

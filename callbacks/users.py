"""Accounts on /administration: list them, ask before a change, change through actions/manage_users.py."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.manage_users import (
    UserRefused,
    change_role,
    create_user,
    disable_user,
    enable_user,
    reset_password,
)
from callbacks.asking import asking, now, plain_text, said, site, unit_choices, unit_name
from components import administration_forms as forms
from components import ids
from components.administration_tables import UserRow, users_table
from data_access.models.users import UserAccount
from data_access.users import account_by_public_id, accounts
from domain.permissions import Permission, Role

COPY_NOW = "Sao chép ngay và trao tận tay: mật khẩu này sẽ không hiện lại. Người dùng nên đổi khi đăng nhập lần đầu."
# action -> (title, what it means, the button)
QUESTIONS = {
    "reset": ("Cấp mật khẩu mới", "Mật khẩu cũ và mọi phiên đang mở của tài khoản hết hiệu lực.", "Cấp mật khẩu"),
    "disable": ("Khóa tài khoản", "Tài khoản không đăng nhập được nữa và bị thoát ngay.", "Khóa"),
    "enable": ("Mở khóa tài khoản", "Tài khoản lại đăng nhập được bằng mật khẩu cũ.", "Mở khóa"),
}


@callback(Output(ids.USERS_LIST, "children"), Input(ids.USERS_CHANGED, "data"))
@policy(Permission.ADMINISTER)
def draw_users(_changed: object) -> Component:
    """Every account, as it is now."""
    principal = asking()
    with site().database.reading() as session:
        found = accounts(session, principal)
    return users_table([_row(account, principal.public_id) for account in found])


@callback(
    Output(ids.USERS_WINDOW, "children"),
    Input(ids.USERS_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_user_asked(pressed: object) -> Component:
    """Open the window for what a row's button says."""
    return window_for(said(pressed, "action"), said(pressed, "user"))


@callback(
    Output(ids.USERS_WINDOW, "children", allow_duplicate=True),
    Input(ids.USERS_ADD, "n_clicks"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_user_wanted(clicks: object) -> Any:
    """Open the window for a new account."""
    return window_for("create", "") if clicks else no_update


@callback(
    Output(ids.USERS_WINDOW, "children", allow_duplicate=True),
    Input(ids.USERS_CANCEL, "n_clicks"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_user_left(clicks: object) -> Any:
    """Close the window; what it showed once is gone from the page."""
    return None if clicks else no_update


@callback(Output(ids.USERS_UNIT_FIELD, "hidden"), Input(ids.USERS_ROLE, "value"), prevent_initial_call=True)
@policy(Permission.ADMINISTER)
def draw_unit_field(role: object) -> bool:
    """Ask for a unit only when the role is tied to one."""
    return not (isinstance(role, str) and forms.needs_unit(role))


@callback(
    Output(ids.USERS_WINDOW, "children", allow_duplicate=True),
    Output(ids.USERS_CHANGED, "data"),
    Input(ids.USERS_CONFIRM, "n_clicks"),
    State(ids.USERS_CHOSEN, "data"),
    State(ids.USERS_NAME, "value", allow_optional=True),
    State(ids.USERS_ROLE, "value", allow_optional=True),
    State(ids.USERS_UNIT, "value", allow_optional=True),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_user_confirmed(clicks: object, chosen: object, name: object, role: object, unit: object) -> Any:
    """Make the change; the window closes, shows a secret once, or says why nothing was changed."""
    if not clicks or not isinstance(chosen, dict):
        return no_update, no_update
    action, user = plain_text(chosen.get("action")), plain_text(chosen.get("user"))
    name, role, unit = plain_text(name), plain_text(role), plain_text(unit)
    try:
        shown = change(action, user, name, role, unit)
    except UserRefused as refused:
        return window_for(action, user, str(refused), name, role, unit), no_update
    return shown, now().timestamp()


def change(action: str, user: str, name: str, role: str, unit: str) -> Component | None:
    """One change by the person who asks; a window with a new password, or None. Raises UserRefused, NotAllowed."""
    database, principal, known = site().database, asking(), [code for code, _ in unit_choices()]
    scope = unit if forms.needs_unit(role) else None
    if action == "create":
        created = create_user(database, principal, name, _role(role), scope, known, now())
        words = f"Tài khoản {created.sign_in_name} đã có. Mật khẩu đầu tiên:"
        return forms.secret(forms.USERS, "Đã thêm người dùng", words, created.password, COPY_NOW)
    if action == "reset":
        password = reset_password(database, principal, user, now())
        return forms.secret(forms.USERS, "Đã cấp mật khẩu", "Mật khẩu mới:", password, COPY_NOW)
    if action == "role":
        change_role(database, principal, user, _role(role), scope, known, now())
    elif action == "disable":
        disable_user(database, principal, user, now())
    elif action == "enable":
        enable_user(database, principal, user, now())
    else:
        raise UserRefused("Không có việc này.")
    return None


def window_for(action: str, user: str, problem: str = "", name: str = "", role: str = "", unit: str = "") -> Component:
    """The window of an action; with a `problem` it keeps what was typed."""
    chosen = {"action": action, "user": user}
    if action == "create":
        role = role or Role.OPERATOR.value
        fields = [
            forms.name_field(ids.USERS_NAME, "Tên đăng nhập", name, "ví dụ truc.phuvang", 32),
            forms.role_field(role),
            forms.user_unit_field(unit_choices(), unit, role),
        ]
        words = "Tên đăng nhập là mã công vụ, không dùng họ tên."
        return forms.question(forms.USERS, "Thêm người dùng", words, chosen, "Thêm", fields, problem)
    with site().database.reading() as session:
        account = account_by_public_id(session, user)
    if account is None:
        return forms.question(forms.USERS, "Không có tài khoản này", "", chosen, "Đóng")
    if action == "role":
        role, unit = role or account.role, unit or account.unit or ""
        fields = [forms.role_field(role), forms.user_unit_field(unit_choices(), unit, role)]
        title, words = f"Vai trò của {account.sign_in_name}", "Tài khoản bị thoát và đăng nhập lại với vai trò mới."
        return forms.question(forms.USERS, title, words, chosen, "Lưu", fields, problem)
    title, words, confirm = QUESTIONS.get(action, ("Không có việc này", "", "Đóng"))
    return forms.question(forms.USERS, f"{title}: {account.sign_in_name}", words, chosen, confirm, problem=problem)


def _role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError as error:
        raise UserRefused("Không có vai trò này.") from error


def _row(account: UserAccount, own_id: str) -> UserRow:
    return UserRow(
        public_id=account.public_id,
        name=account.sign_in_name,
        role=Role(account.role),
        unit_name=unit_name(account.unit),
        created_at=account.created_at,
        last_sign_in_at=account.last_sign_in_at,
        is_disabled=account.disabled_at is not None,
        is_demo=account.is_demo,
        is_self=account.public_id == own_id,
    )

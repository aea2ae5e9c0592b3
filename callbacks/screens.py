"""Screens on /administration: list them, pair, set up, ask something of them, revoke; changes are made in actions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dash import ALL, Input, Output, State, callback, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.manage_screens import ScreenRefused, change_settings, order_identify, order_reload, order_scene
from actions.pair_screen import pair_screen, pair_screen_again, revoke_screen
from callbacks.asking import asking, now, plain_text, said, site, unit_choices, unit_name
from callbacks.pulse import changed
from callbacks.typed_screen import read_number, settings_of, typed_of
from components import administration_forms as forms
from components import ids
from components.screen_form import DWELL, ORDER, TypedScreen, code_field, scene_field, screen_fields
from components.screen_table import ScreenRow, legibility_words, screens_table
from data_access.models.users import Screen
from data_access.screens import last_reports, paired_screens, screen_by_public_id, screen_settings, screens
from domain.permissions import Permission
from domain.screens import ScreenReport, ScreenSettings, scene_titles

CODE_IN_ADDRESS = re.compile(r"#([0-9A-Za-z]{4}-?[0-9A-Za-z]{4})")
PAIR_WORDS = "Mở /pairing trên màn hình cần ghép: nó hiện một mã. Màn hình chỉ xem trang tường, không thao tác được gì."
AGAIN_WORDS = "Nhập mã mà màn hình mới đang hiện. Thiết bị cũ mất quyền, cài đặt giữ nguyên."
TEXTS = (
    ("code", ids.SCREENS_CODE), ("name", ids.SCREENS_NAME), ("place", ids.SCREENS_PLACE), ("unit", ids.SCREENS_UNIT),
    ("diagonal", ids.SCREENS_DIAGONAL), ("panels", ids.SCREENS_PANELS), ("distance", ids.SCREENS_DISTANCE),
    ("night_from", ids.SCREENS_NIGHT_FROM), ("night_to", ids.SCREENS_NIGHT_TO), ("expires", ids.SCREENS_EXPIRES),
)  # fmt: skip
ORDERED = {"reload": "Đã yêu cầu tải lại", "identify": "Màn hình hiện tên trong 30 giây", "goto": "Đã chuyển cảnh"}


@callback(
    Output(ids.SCREENS_LIST, "children"),
    Input(ids.SCREENS_CHANGED, "data"),
    changed("screens"),
    changed("screen_reports"),
)
@policy(Permission.ADMINISTER)
def draw_screens(_changed: object, _screens: object, _reports: object) -> Component:
    """Every screen, as it is now."""
    with site().database.reading() as session:
        found = screens(session, asking())
        paired, reports = paired_screens(session, now()), last_reports(session)
    return screens_table([_row(screen, screen.id in paired, reports.get(screen.id)) for screen in found])


@callback(
    Output(ids.SCREENS_WINDOW, "children"),
    Output(ids.SCREENS_ORDERED, "children"),
    Input(ids.SCREENS_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_screen_asked(pressed: object) -> tuple[Component | None, Component | None]:
    """Open the window for what a row's button says; the harmless orders are given at once."""
    action, screen = said(pressed, "action"), said(pressed, "screen")
    if action not in ("reload", "identify"):
        return window_for(action, screen), None
    try:
        return None, forms.note(change(action, screen, TypedScreen(), ""))
    except ScreenRefused as refused:
        return None, forms.note(str(refused))


@callback(
    Output(ids.SCREENS_WINDOW, "children", allow_duplicate=True),
    Output(ids.SCREENS_ORDERED, "children", allow_duplicate=True),
    Input(ids.SCREENS_ADD, "n_clicks"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_screen_wanted(clicks: object) -> Any:
    """Open the window for a new screen."""
    return (window_for("pair", ""), None) if clicks else (no_update, no_update)


@callback(
    Output(ids.SCREENS_WINDOW, "children", allow_duplicate=True),
    Output(ids.ADMINISTRATION_TABS, "active_tab"),
    Input(ids.SCREENS_ADDRESS, "hash"),
    prevent_initial_call="initial_duplicate",
)
@policy(Permission.ADMINISTER)
def on_code_scanned(address: object) -> Any:
    """The address of a scanned picture carries the code after its #: open the window with it."""
    found = CODE_IN_ADDRESS.fullmatch(plain_text(address))
    if found is None:
        return no_update, no_update
    return window_for("pair", "", typed=TypedScreen(code=found[1].upper())), "screens"


@callback(
    Output(ids.SCREENS_WINDOW, "children", allow_duplicate=True),
    Input(ids.SCREENS_CANCEL, "n_clicks"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_screen_left(clicks: object) -> Any:
    """Close the window."""
    return None if clicks else no_update


@callback(
    Output(ids.SCREENS_LEGIBILITY, "children"),
    Input(ids.SCREENS_DIAGONAL, "value"),
    Input(ids.SCREENS_PANELS, "value"),
    Input(ids.SCREENS_DISTANCE, "value"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def draw_legibility(diagonal: object, panels: object, distance: object) -> Any:
    """Which layout the sizes lead to, while they are typed."""
    texts = (plain_text(diagonal), plain_text(panels), plain_text(distance))
    return _legibility(TypedScreen(diagonal=texts[0], panels=texts[1], distance=texts[2]))


@callback(
    Output(ids.SCREENS_WINDOW, "children", allow_duplicate=True),
    Output(ids.SCREENS_CHANGED, "data"),
    Output(ids.SCREENS_ORDERED, "children", allow_duplicate=True),
    Input(ids.SCREENS_CONFIRM, "n_clicks"),
    State(ids.SCREENS_CHOSEN, "data"),
    *(State(field_id, "value", allow_optional=True) for _, field_id in TEXTS),
    State(ids.SCREENS_NIGHT_DAYS, "value", allow_optional=True),
    State(ids.SCREENS_SCENE, "value", allow_optional=True),
    State(ids.screen_turn(ALL, ALL), "id"),
    State(ids.screen_turn(ALL, ALL), "value"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_screen_confirmed(clicks: object, chosen: object, *values: object) -> Any:
    """Make the change; the window closes, or says why nothing was changed and keeps what was typed."""
    if not clicks or not isinstance(chosen, dict):
        return no_update, no_update, no_update
    action, screen = plain_text(chosen.get("action")), plain_text(chosen.get("screen"))
    texts, (days, scene, places, turns) = values[: len(TEXTS)], values[len(TEXTS) :]
    typed = TypedScreen(
        **{name: plain_text(value) for (name, _), value in zip(TEXTS, texts, strict=True)},
        night_days=tuple(day for day in days if day in range(7)) if isinstance(days, list) else (),
        turns=_typed_turns(places, turns),
    )
    try:
        words = change(action, screen, typed, plain_text(scene))
    except ScreenRefused as refused:
        return window_for(action, screen, str(refused), typed), no_update, no_update
    return None, now().timestamp(), forms.note(words)


def change(action: str, screen: str, typed: TypedScreen, scene: str) -> str:
    """One change by the person who asks; what came of it in words. Raises ScreenRefused, NotAllowed."""
    database, principal, at = site().database, asking(), now()
    known = [code for code, _ in unit_choices()]
    if action == "pair":
        pair_screen(database, principal, typed.code, settings_of(typed), known, at)
        return f"Đã ghép {' '.join(typed.name.split())}. Màn hình tự chuyển sang số liệu trong vài giây."
    if action == "again":
        pair_screen_again(database, principal, screen, typed.code, at)
        return "Đã ghép lại. Màn hình mới tự chuyển sang số liệu trong vài giây."
    if action == "settings":
        change_settings(database, principal, screen, settings_of(typed), known, at)
        return "Đã lưu cài đặt; màn hình áp dụng ngay."
    if action == "goto":
        order_scene(database, principal, screen, scene, at)
    elif action == "reload":
        order_reload(database, principal, screen, at)
    elif action == "identify":
        order_identify(database, principal, screen, at)
    elif action == "revoke":
        revoke_screen(database, principal, screen, at)
        return "Đã thu hồi."
    else:
        raise ScreenRefused("Không có việc này.")
    return f"{ORDERED[action]}: {_found(screen)[0]}."


def window_for(action: str, screen: str, problem: str = "", typed: TypedScreen | None = None) -> Component:
    """The window of an action; with a `problem` it keeps what was typed."""
    chosen, window = {"action": action, "screen": screen}, forms.SCREENS
    if action == "pair":
        fields = _fields(typed or TypedScreen(), asks_code=True)
        return forms.question(window, "Ghép màn hình", PAIR_WORDS, chosen, "Ghép", fields, problem, is_wide=True)
    name, settings = _found(screen)
    if settings is None:
        return forms.question(window, "Không có màn hình này", "", chosen, "Đóng")
    if action == "settings":
        fields = _fields(typed or typed_of(settings), asks_code=False)
        return forms.question(window, f"Cài đặt: {name}", "", chosen, "Lưu", fields, problem, is_wide=True)
    if action == "goto":
        scenes = [(turn.scene, scene_titles([turn.scene])) for turn in settings.rotation]
        words = "Màn hình giữ cảnh này 5 phút rồi chiếu tiếp theo vòng."
        return forms.question(window, f"Chuyển cảnh: {name}", words, chosen, "Chuyển", [scene_field(scenes)], problem)
    if action == "again":
        fields = [code_field(typed.code if typed else "")]
        return forms.question(window, f"Ghép lại: {name}", AGAIN_WORDS, chosen, "Ghép", fields, problem)
    words = "Thiết bị mất quyền trong vài giây. Muốn xem lại phải ghép như một màn hình mới."
    return forms.question(window, f"Thu hồi: {name}", words, chosen, "Thu hồi", problem=problem)


def _found(public_id: str) -> tuple[str, ScreenSettings | None]:
    with site().database.reading() as session:
        found = screen_by_public_id(session, public_id)
        return (found.name, screen_settings(found)) if found else ("", None)


def _fields(typed: TypedScreen, *, asks_code: bool) -> Sequence[Component]:
    return screen_fields(typed, unit_choices(), _legibility(typed), asks_code=asks_code)


def _legibility(typed: TypedScreen) -> Any:
    try:
        sizes = read_number(typed.diagonal, "Đường chéo"), read_number(typed.distance, "Khoảng cách xem")
        across = read_number(typed.panels, "Số tấm")
        settings = ScreenSettings("", diagonal_inches=sizes[0], distance_m=sizes[1], panels_across=int(across or 1))
        return legibility_words(settings)
    except (ScreenRefused, ValueError, OverflowError):
        return None


def _typed_turns(places: object, values: object) -> dict[str, tuple[str, str]]:
    """(order, seconds) of each scene from the fields of the table."""
    turns: dict[str, dict[str, str]] = {}
    if isinstance(places, list) and isinstance(values, list):
        for place, value in zip(places, values, strict=False):
            if isinstance(place, dict):
                turns.setdefault(plain_text(place.get("scene")), {})[plain_text(place.get("part"))] = plain_text(value)
    return {scene: (parts.get(ORDER, ""), parts.get(DWELL, "")) for scene, parts in turns.items()}


def _row(screen: Screen, is_paired: bool, report: ScreenReport | None) -> ScreenRow:
    return ScreenRow(
        public_id=screen.public_id,
        settings=screen_settings(screen),
        unit_name=unit_name(screen.unit),
        is_demo=screen.is_demo,
        is_paired=is_paired,
        is_revoked=screen.revoked_at is not None,
        report=report,
        build=site().build,
        now=now(),
    )

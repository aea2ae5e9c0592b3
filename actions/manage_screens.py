"""How a screen is set up, and what is asked of it from /administration; every change audited and told to the screen."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.audit import record_audit
from data_access.models.users import Screen
from data_access.screens import TOPIC, save_settings, screen_by_name, screen_by_public_id, screen_settings
from data_access.session import Database
from data_access.versions import bump_version
from domain.permissions import Permission
from domain.screens import LONGEST_DWELL, SCENE_CATALOGUE, SHORTEST_DWELL, ScreenSettings

DIAGONAL_INCHES = (10, 400)
PANELS_ACROSS = (1, 4)
DISTANCE_M = (0.5, 40)
NAME_LENGTH = (2, 80)
LONGEST_PLACE = 120
SCENES = frozenset(entry.name for entry in SCENE_CATALOGUE)


class ScreenRefused(ValueError):
    """The change or the pairing was not made; the text is Vietnamese and can be shown."""


def change_settings(
    database: Database,
    principal: Principal,
    public_id: str,
    settings: ScreenSettings,
    known_units: Collection[str],
    now: datetime,
) -> None:
    """Set a screen up anew; it follows at once. Raises NotAllowed, ScreenRefused."""
    wanted = checked_settings(settings, known_units, now)

    def change(session: Session, screen: Screen) -> None:
        refuse_taken_name(session, wanted.name, screen)
        save_settings(screen, wanted)

    _change(database, principal, public_id, "screen_changed", settings_detail(wanted), now, change)


def order_reload(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Ask the screen to load its page anew. Raises NotAllowed, ScreenRefused."""

    def change(_session: Session, screen: Screen) -> None:
        screen.reload_order += 1

    _change(database, principal, public_id, "screen_reload_ordered", {}, now, change)


def order_identify(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Ask the screen to show its name large for a while. Raises NotAllowed, ScreenRefused."""

    def change(_session: Session, screen: Screen) -> None:
        screen.identify_order += 1

    _change(database, principal, public_id, "screen_identify_ordered", {}, now, change)


def order_scene(database: Database, principal: Principal, public_id: str, scene: str, now: datetime) -> None:
    """Ask the screen to go to one of its scenes and stay there for a while. Raises NotAllowed, ScreenRefused."""

    def change(_session: Session, screen: Screen) -> None:
        if scene not in {turn.scene for turn in screen_settings(screen).rotation}:
            raise ScreenRefused("Màn hình này không chiếu cảnh đó.")
        screen.goto_order += 1
        screen.goto_scene = scene

    _change(database, principal, public_id, "screen_scene_ordered", {"scene": scene}, now, change)


def checked_settings(settings: ScreenSettings, known_units: Collection[str], now: datetime) -> ScreenSettings:
    """The settings with tidy texts; raises ScreenRefused for anything a screen cannot be."""
    tidy = replace(settings, name=" ".join(settings.name.split()), place=" ".join(settings.place.split()))
    if not NAME_LENGTH[0] <= len(tidy.name) <= NAME_LENGTH[1]:
        raise ScreenRefused("Tên màn hình cần 2–80 ký tự.")
    if len(tidy.place) > LONGEST_PLACE:
        raise ScreenRefused(f"Nơi đặt dài nhất {LONGEST_PLACE} ký tự.")
    if tidy.unit is not None and tidy.unit not in known_units:
        raise ScreenRefused("Không có đơn vị này.")
    _check_glass(tidy)
    _check_turns(tidy)
    if tidy.night and (tidy.night.from_time == tidy.night.to_time or not tidy.night.days):
        raise ScreenRefused("Giờ đêm cần hai giờ khác nhau và ít nhất một ngày trong tuần.")
    if tidy.expires_at is not None and tidy.expires_at <= now:
        raise ScreenRefused("Ngày hết hạn phải ở phía trước.")
    return tidy


def refuse_taken_name(session: Session, name: str, but_for: Screen | None = None) -> None:
    """Raise ScreenRefused when another living screen has this name."""
    other = screen_by_name(session, name)
    if other is not None and (but_for is None or other.id != but_for.id):
        raise ScreenRefused("Đã có màn hình tên này.")


def living_screen(session: Session, public_id: str) -> Screen:
    """The screen with this public id; raises ScreenRefused when there is none or it was revoked."""
    screen = screen_by_public_id(session, public_id)
    if screen is None or screen.revoked_at is not None:
        raise ScreenRefused("Không có màn hình này.")
    return screen


def settings_detail(settings: ScreenSettings) -> dict[str, Any]:
    """What the audit keeps of a screen's settings."""
    expires_at = settings.expires_at.isoformat() if settings.expires_at else None
    scenes = " ".join(turn.scene for turn in settings.turns) or None
    return {
        "name": settings.name,
        "place": settings.place or None,
        "unit": settings.unit,
        "layout": settings.layout.value,
        "scenes": scenes,
        "expires": expires_at,
    }


def _change(
    database: Database,
    principal: Principal,
    public_id: str,
    action: str,
    detail: dict[str, Any],
    now: datetime,
    change: Callable[[Session, Screen], None],
) -> None:
    """Change one living screen, write it down, and wake its stream, all in one transaction."""
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        change(session, living_screen(session, public_id))
        record_audit(session, principal, action, public_id, detail, now)
        bump_version(session, TOPIC, now)


def _check_glass(settings: ScreenSettings) -> None:
    sizes = (
        (settings.diagonal_inches, DIAGONAL_INCHES, "Đường chéo từ 10 đến 400 inch."),
        (settings.panels_across, PANELS_ACROSS, "Số tấm theo chiều ngang từ 1 đến 4."),
        (settings.distance_m, DISTANCE_M, "Khoảng cách xem từ 0,5 đến 40 m."),
    )
    for value, (least, most), words in sizes:
        if value is not None and not least <= value <= most:
            raise ScreenRefused(words)


def _check_turns(settings: ScreenSettings) -> None:
    names = [turn.scene for turn in settings.turns]
    if len(set(names)) != len(names) or not set(names) <= SCENES:
        raise ScreenRefused("Có cảnh không tồn tại hoặc bị lặp.")
    if not all(SHORTEST_DWELL <= turn.dwell_seconds <= LONGEST_DWELL for turn in settings.turns):
        raise ScreenRefused(f"Mỗi cảnh hiện từ {SHORTEST_DWELL} đến {LONGEST_DWELL} giây.")

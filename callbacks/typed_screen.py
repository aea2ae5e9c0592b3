"""Between what a person typed about a screen and ScreenSettings; what may be set is decided in actions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from actions.manage_screens import ScreenRefused
from components import format as text
from components.screen_form import EVERY_UNIT, TypedScreen
from components.screen_table import number
from domain.local_time import LOCAL, local
from domain.screens import SCENE_CATALOGUE, NightHours, SceneTurn, ScreenSettings

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:hg.]([0-5][0-9])")
USUAL_DWELL = {entry.name: entry.dwell_seconds for entry in SCENE_CATALOGUE}


def settings_of(typed: TypedScreen) -> ScreenSettings:
    """The settings somebody typed; raises ScreenRefused for what cannot be read."""
    return ScreenSettings(
        name=typed.name,
        unit=None if typed.unit in ("", EVERY_UNIT) else typed.unit,
        place=typed.place,
        diagonal_inches=read_number(typed.diagonal, "Đường chéo"),
        panels_across=_whole(typed.panels or "1", "Số tấm theo chiều ngang"),
        distance_m=read_number(typed.distance, "Khoảng cách xem"),
        turns=_turns(typed.turns),
        night=_night(typed),
        expires_at=_last_day(typed.expires),
    )


def typed_of(settings: ScreenSettings) -> TypedScreen:
    """Settings as the window shows them."""
    night, ends = settings.night, settings.expires_at
    return TypedScreen(
        name=settings.name,
        place=settings.place,
        unit=settings.unit or EVERY_UNIT,
        diagonal="" if settings.diagonal_inches is None else number(settings.diagonal_inches),
        panels=str(settings.panels_across),
        distance="" if settings.distance_m is None else number(settings.distance_m),
        night_from=f"{night.from_time:%H:%M}" if night else "",
        night_to=f"{night.to_time:%H:%M}" if night else "",
        night_days=tuple(sorted(night.days)) if night else tuple(range(7)),
        expires=text.day(local(ends - timedelta(seconds=1)).date()) if ends else "",
        turns={turn.scene: (str(place), str(turn.dwell_seconds)) for place, turn in enumerate(settings.turns, 1)},
    )


def read_number(typed: str, what: str) -> float | None:
    """'3,5' -> 3.5; nothing for an empty field; raises ScreenRefused."""
    if not typed.strip():
        return None
    try:
        value = float(typed.strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ScreenRefused(f"{what} phải là một số.")
    return value


def _whole(typed: str, what: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", typed.strip()):
        raise ScreenRefused(f"{what} phải là số nguyên.")
    return int(typed)


def _turns(typed: Mapping[str, tuple[str, str]]) -> tuple[SceneTurn, ...]:
    ordered = []
    for scene, (order, dwell) in typed.items():
        if not order.strip():
            continue
        seconds = _whole(dwell, "Số giây của cảnh") if dwell.strip() else USUAL_DWELL.get(scene, 0)
        ordered.append((_whole(order, "Thứ tự của cảnh"), SceneTurn(scene, seconds)))
    return tuple(turn for _, turn in sorted(ordered, key=lambda pair: pair[0]))


def _night(typed: TypedScreen) -> NightHours | None:
    if not typed.night_from.strip() and not typed.night_to.strip():
        return None
    return NightHours(_clock(typed.night_from), _clock(typed.night_to), frozenset(typed.night_days))


def _clock(typed: str) -> time:
    read = CLOCK.fullmatch(typed.strip())
    if read is None:
        raise ScreenRefused("Giờ đêm viết như 22:00, cần cả hai giờ.")
    return time(int(read[1]), int(read[2]))


def _last_day(typed: str) -> datetime | None:
    """The instant after the last day: the screen may be seen until the end of it."""
    if not typed.strip():
        return None
    try:
        return datetime.strptime(typed.strip(), "%d/%m/%Y").replace(tzinfo=LOCAL) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise ScreenRefused("Ngày cuối viết như 31/12/2027.") from None

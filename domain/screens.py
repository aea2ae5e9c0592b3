"""Màn hình: what a wall screen shows, in which order and for how long, and what it says of itself. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from domain.legibility import Layout, layout_for

SHORTEST_DWELL, LONGEST_DWELL = 10, 600
# Minutes after midnight in Huế; each screen adds its own few minutes, so that not all load at once.
RELOAD_MINUTE = 185
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class SceneEntry:
    """One scene a wall can show: its name in code, its Vietnamese title, its layout, how long it stays (seconds)."""

    name: str
    title: str
    layout: Layout
    dwell_seconds: int


SCENE_CATALOGUE = (
    SceneEntry("overview", "Toàn cảnh", Layout.DENSE, 60),
    SceneEntry("cases", "Thi hành án", Layout.DENSE, 30),
    SceneEntry("field_reports", "Phản ánh", Layout.DENSE, 30),
    SceneEntry("attendance", "Nhân sự", Layout.DENSE, 30),
    SceneEntry("cameras", "Camera", Layout.DENSE, 30),
    SceneEntry("programme", "Đề án", Layout.DENSE, 30),
    SceneEntry("far", "Toàn cảnh", Layout.FAR, 30),
    SceneEntry("far_map", "Xong về việc, %", Layout.FAR, 30),
    SceneEntry("far_alarms", "Đang cần xử lý", Layout.FAR, 30),
)
# Who is at work in each small office is not for pages of other systems, whose readers nobody here knows.
EMBEDDABLE_SCENES = tuple(entry for entry in SCENE_CATALOGUE if entry.name != "attendance")


def scenes_of(layout: Layout) -> tuple[SceneEntry, ...]:
    """The scenes of a layout, in their usual order."""
    return tuple(entry for entry in SCENE_CATALOGUE if entry.layout is layout)


@dataclass(frozen=True, slots=True)
class SceneTurn:
    """One scene in a screen's rotation and how long it stays (seconds)."""

    scene: str
    dwell_seconds: int


@dataclass(frozen=True, slots=True)
class NightHours:
    """Giờ đêm in Huế: from one clock time to another (over midnight when `to_time` is earlier), on these weekdays.

    Weekdays count from Monday = 0 and are those on which a night begins.
    """

    from_time: time
    to_time: time
    days: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """How a screen was set up. `diagonal_inches` is that of one panel; `panels_across` is 2 for a 2x2 wall.

    No diagonal or distance: the dense layout. `turns` empty: every scene of the layout, as long as usual.
    `unit` None shows the whole province. `expires_at` is aware UTC.
    """

    name: str
    unit: str | None = None
    place: str = ""
    diagonal_inches: float | None = None
    panels_across: int = 1
    distance_m: float | None = None
    turns: tuple[SceneTurn, ...] = ()
    night: NightHours | None = None
    expires_at: datetime | None = None

    @property
    def layout(self) -> Layout:
        """Dense or far, by the legibility formula."""
        if self.diagonal_inches is None or self.distance_m is None:
            return Layout.DENSE
        return layout_for(self.diagonal_inches * self.panels_across, self.distance_m)

    @property
    def rotation(self) -> tuple[SceneTurn, ...]:
        """The turns that belong to the layout; all its scenes when none of them does."""
        own = {entry.name for entry in scenes_of(self.layout)}
        chosen = tuple(turn for turn in self.turns if turn.scene in own)
        return chosen or tuple(SceneTurn(entry.name, entry.dwell_seconds) for entry in scenes_of(self.layout))


@dataclass(frozen=True, slots=True)
class ScreenOrders:
    """What was asked of a screen from /administration, as numbers that only grow: it acts when one is new to it."""

    reload: int = 0
    identify: int = 0
    goto: int = 0
    goto_scene: str = ""


@dataclass(frozen=True, slots=True)
class ScreenReport:
    """What a screen says of itself every half minute.

    `data_at` is the newest instant its figures speak of; `heap_bytes` is None where the browser does not tell;
    `missed` counts changes it could not fetch in time since it was loaded; sizes are CSS pixels.
    """

    at: datetime
    build: str
    scene: str
    layout: str
    data_at: datetime | None = None
    heap_bytes: int | None = None
    missed: int = 0
    width: int = 0
    height: int = 0
    is_awake: bool = False
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class ScreenState:
    """Everything a screen is told through its stream."""

    public_id: str
    settings: ScreenSettings
    orders: ScreenOrders = field(default_factory=ScreenOrders)

    def message(self) -> dict[str, Any]:
        """The same as JSON for the browser: clock times are minutes after midnight in Huế."""
        settings, orders = self.settings, self.orders
        night = settings.night
        return {
            "id": self.public_id,
            "name": settings.name,
            "layout": settings.layout.value,
            "scenes": [[turn.scene, turn.dwell_seconds] for turn in settings.rotation],
            "night": None
            if night is None
            else {"from": _minutes(night.from_time), "to": _minutes(night.to_time), "days": sorted(night.days)},
            "reload_at": RELOAD_MINUTE + _spread(self.public_id),
            "orders": {
                "reload": orders.reload,
                "identify": orders.identify,
                "goto": [orders.goto, orders.goto_scene],
            },
        }


def scene_titles(names: Sequence[str]) -> str:
    """'Toàn cảnh, Thi hành án'; a name that is no longer in the catalogue is left out."""
    titles = {entry.name: entry.title for entry in SCENE_CATALOGUE}
    return ", ".join(titles[name] for name in names if name in titles)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _spread(public_id: str) -> int:
    """0 to 19 minutes, always the same for a screen."""
    return sum(public_id.encode()) % 20

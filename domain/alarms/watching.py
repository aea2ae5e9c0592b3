"""What the product watches of itself and its lines: sources, screens, figures that contradict, terminals, reception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.alarms.conditions import ATTENDANCE, CAMERAS, SYSTEM_SOURCE, Condition, Priority
from domain.cameras import UP, Camera, CameraPurpose, CameraState
from domain.freshness import Freshness, SourceFacts


@dataclass(frozen=True, slots=True)
class Watched:
    """Thiết bị im lặng: something that should speak and does not, since when (aware UTC)."""

    code: str
    unit: str
    since_at: datetime


def source_alarms(sources: Iterable[SourceFacts], unit: str, unit_name: str, now: datetime) -> list[Condition]:
    """A connected source that is old or lost by its own limits; one that never spoke is unknown, and no alarm.

    Work for today: each of its figures already says how old it is.
    """
    found = []
    for source in sources:
        state = source.freshness(now)
        if state not in (Freshness.STALE, Freshness.LOST):
            continue
        is_lost = state is Freshness.LOST
        title = f"Mất dữ liệu {source.title}" if is_lost else f"{source.title} chậm số liệu"
        rule = "source_lost" if is_lost else "source_stale"
        about = Condition(rule, Priority.ORDINARY, unit, unit_name, title, since_at=source.as_of_at)
        found.append(_of_system(about, source.name))
    return found


def certificate_alarms(
    until: Mapping[str, datetime], titles: Mapping[str, str], within: timedelta, whole: tuple[str, str], now: datetime
) -> list[Condition]:
    """One of each connected system whose certificate ends `within` that time or has ended; `whole` is code and name of
    the root unit."""
    found = []
    for source, at in sorted(until.items()):
        if at - now > within:
            continue
        title = f"Chứng thư {titles.get(source, source)}"
        about = Condition("source_certificate", Priority.ORDINARY, *whole, title, source=SYSTEM_SOURCE, subject=source)
        # Days, for the clock of a due time counts hours.
        if at <= now:
            found.append(replace(about, title=f"{title} đã hết hạn", since_at=at))
        else:
            days = (at - now).days
            found.append(replace(about, title=f"{title} sắp hết hạn", measure=days, measure_words="ngày còn lại"))
    return found


def screen_alarms(dark: Sequence[Watched], unit: str, unit_name: str) -> list[Condition]:
    """One for all paired screens that say nothing any more; `members` are their names."""
    if not dark:
        return []
    since = min(one.since_at for one in dark)
    title = "Màn hình không hoạt động"
    about = Condition("screen_dark", Priority.ORDINARY, unit, unit_name, title, len(dark), "màn hình")
    return [_of_system(about, "", since, tuple(sorted(one.code for one in dark)))]


def contradiction_alarms(count: int, oldest_at: datetime | None, unit: str, unit_name: str) -> list[Condition]:
    """One for all findings that are open: figures that break an identity, a stated rate that its own numbers deny."""
    if count == 0:
        return []
    title = "Số liệu tự mâu thuẫn"
    return [Condition("identity_broken", Priority.HIGH, unit, unit_name, title, count, "phát hiện", oldest_at)]


def terminal_alarms(silent: Iterable[Watched], names: Mapping[str, str], whole: str) -> list[Condition]:
    """One of each unit for its attendance terminals that are out of reach."""
    by_unit: dict[str, list[Watched]] = {}
    for one in silent:
        by_unit.setdefault(one.unit if one.unit in names else whole, []).append(one)
    return [
        Condition(
            "terminal_link",
            Priority.ORDINARY,
            unit,
            names[unit],
            "Máy chấm công mất liên kết",
            len(those),
            "máy",
            min(one.since_at for one in those),
            source=ATTENDANCE,
            members=tuple(sorted(one.code for one in those)),
        )
        for unit, those in by_unit.items()
    ]


def uncovered_alarms(
    cameras: Mapping[Camera, CameraState], being_received: Mapping[str, int], names: Mapping[str, str]
) -> list[Condition]:
    """One of each unit that receives citizens now while every camera of its reception rooms is known to fail; a room
    whose camera nobody knows of may be watched, and is no alarm."""
    found = []
    for unit, people in being_received.items():
        rooms = {
            camera.code: state
            for camera, state in cameras.items()
            if camera.unit == unit and camera.purpose is CameraPurpose.RECEPTION
        }
        if not people or unit not in names or not rooms or any(_may_watch(state) for state in rooms.values()):
            continue
        title, members = "Tiếp công dân không có camera", tuple(sorted(rooms))
        about = Condition("reception_uncovered", Priority.HIGH, unit, names[unit], title, people, "lượt")
        found.append(replace(about, source=CAMERAS, members=members))
    return found


def _may_watch(state: CameraState) -> bool:
    return state in UP or state is CameraState.UNKNOWN


def _of_system(
    about: Condition, subject: str, since_at: datetime | None = None, members: tuple[str, ...] = ()
) -> Condition:
    since = since_at or about.since_at
    return replace(about, source=SYSTEM_SOURCE, subject=subject, since_at=since, members=members)

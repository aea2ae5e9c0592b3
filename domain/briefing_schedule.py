"""When a briefing is made by itself, and from when on it tells what changed. Pure: calendar and time are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.local_time import LOCAL, local, local_day
from domain.working_days import DAY, SEARCHED_DAYS, WorkingCalendar

MONDAY = 0
# An appointment that was missed for longer than this is not made up for: the next one is near.
LOOKED_BACK = timedelta(days=8)
# A worker that is a little busy is not late.
LATE_AFTER = timedelta(minutes=15)


class BriefingKind(StrEnum):
    """Loại bản tin."""

    MORNING = "morning"
    WEEKLY = "weekly"


BRIEFING_NAMES = {BriefingKind.MORNING: "Bản tin sáng", BriefingKind.WEEKLY: "Bản tin tuần"}


class BriefingRefused(ValueError):
    """What was asked of briefings is not possible; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class BriefingSchedule:
    """Lịch lập bản tin, of the whole province or of one unit: clock times in Huế, on working days in the morning and on
    Mondays for the week; `kinds` are those that are made. Nothing is made for appointments of a kind before `since`,
    from when on it was made by itself."""

    morning_at: time = time(7)
    weekly_at: time = time(7)
    kinds: frozenset[BriefingKind] = frozenset(BriefingKind)
    decided_by: str = ""
    decided_at: datetime | None = None
    since: Mapping[BriefingKind, datetime] = field(default_factory=dict)

    @property
    def is_on(self) -> bool:
        """Whether anything is made by itself."""
        return bool(self.kinds)

    def time_of(self, kind: BriefingKind) -> time:
        """At which time of a day."""
        return self.morning_at if kind is BriefingKind.MORNING else self.weekly_at


NOTHING_PLANNED = BriefingSchedule(kinds=frozenset())


def typed_schedule(morning: str, weekly: str, makes_morning: bool, makes_weekly: bool) -> BriefingSchedule:
    """A schedule as it was typed; raises BriefingRefused."""
    wanted = {BriefingKind.MORNING: makes_morning, BriefingKind.WEEKLY: makes_weekly}
    kinds = frozenset(kind for kind, is_wanted in wanted.items() if is_wanted)
    return BriefingSchedule(typed_time(morning), typed_time(weekly), kinds)


def schedule_decided(decisions: Sequence[BriefingSchedule]) -> BriefingSchedule:
    """What the decisions about one schedule, oldest first, come to: the newest, each kind since it was last taken up:
    what was due while a kind was off is not made up for. Before any decision what ships, of which nothing is due."""
    since: dict[BriefingKind, datetime] = {}
    for decision in decisions:
        if decision.decided_at is not None:
            since = {kind: since.get(kind, decision.decided_at) for kind in decision.kinds}
    return replace(decisions[-1], since=since) if decisions else BriefingSchedule()


def due_appointment(
    kind: BriefingKind, schedule: BriefingSchedule, calendar: WorkingCalendar, now: datetime
) -> datetime | None:
    """The last appointment that is past, whether it was kept or not; None when there is none.

    Only the last: a worker that was down for three mornings makes one briefing, not three of the same hour.
    """
    since_at = schedule.since.get(kind)
    if kind not in schedule.kinds or since_at is None:
        return None
    is_day = _is_day(kind, calendar)
    day = local_day(now)
    while True:
        at = datetime.combine(day, schedule.time_of(kind), LOCAL)
        if at < since_at or now - at > LOOKED_BACK:
            return None
        if at <= now and is_day(day):
            return at
        day -= DAY


def next_appointment(
    kind: BriefingKind, schedule: BriefingSchedule, calendar: WorkingCalendar, now: datetime
) -> datetime | None:
    """The next appointment to come; None while none of this kind is made by itself."""
    if kind not in schedule.kinds:
        return None
    is_day, day = _is_day(kind, calendar), local_day(now)
    for _ in range(SEARCHED_DAYS):
        at = datetime.combine(day, schedule.time_of(kind), LOCAL)
        if at > now and is_day(day):
            return at
        day += DAY
    return None


def slot_of(kind: BriefingKind, unit: str, appointment: datetime) -> str:
    """The name of an appointment: one a day, kind and unit ('' the whole province), however often its time is moved."""
    return ":".join(part for part in (kind.value, unit, local_day(appointment).isoformat()) if part)


def is_late(appointment: datetime | None, made_at: datetime) -> bool:
    """Whether a briefing was made well after its appointment."""
    return appointment is not None and made_at - appointment > LATE_AFTER


def told_since(kind: BriefingKind, calendar: WorkingCalendar, now: datetime) -> datetime:
    """From when on a briefing tells what changed: a week ago, or the same hour of the last working day."""
    if kind is BriefingKind.WEEKLY:
        return now - timedelta(days=7)
    day = local_day(now) - DAY
    for _ in range(SEARCHED_DAYS):
        if calendar.is_working_day(day):
            break
        day -= DAY
    return datetime.combine(day, local(now).time(), LOCAL)


def compared_on(begins_at: datetime) -> date:
    """The day with whose end the figures of cases are compared: the last that was over at `begins_at`.

    Figures of cases are known by the day; whatever is effective on the day of `begins_at` came after it.
    """
    return local_day(begins_at) - DAY


def typed_time(words: str) -> time:
    """'07:00', '7:30' or '7h30' as a time of day; raises BriefingRefused."""
    hours, _, minutes = words.strip().lower().replace("h", ":").partition(":")
    try:
        return time(int(hours), int(minutes or "0"))
    except ValueError as error:
        raise BriefingRefused("Ghi giờ theo dạng 07:00.") from error


def _is_day(kind: BriefingKind, calendar: WorkingCalendar) -> Callable[[date], bool]:
    if kind is BriefingKind.MORNING:
        return calendar.is_working_day
    return lambda day: day.weekday() == MONDAY

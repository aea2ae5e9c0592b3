"""What one person's day was, derived from punches, shifts and absences; the same facts always give the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.attendance.records import Correction, DayStatus, Overlay, OverlayKind, Punch, Shift
from domain.local_time import LOCAL, local_day
from domain.working_days import WorkingCalendar

# Two touches within this time are one: a finger that was held twice is not an arrival and a departure.
SAME_TOUCH = timedelta(minutes=10)
# A terminal asks for orders every half minute: after this long it is out of reach, not merely slow.
SILENT_AFTER = timedelta(minutes=5)
# How long before the first shift a touch still proves that a terminal was recording that morning.
BEFORE_SHIFT = timedelta(hours=1)

_OF_OVERLAY = {
    OverlayKind.LEAVE: DayStatus.ON_LEAVE,
    OverlayKind.BUSINESS_TRIP: DayStatus.BUSINESS_TRIP,
    OverlayKind.FIELD_DUTY: DayStatus.FIELD_DUTY,
}
Gap = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class TerminalHealth:
    """Tình trạng máy chấm công: since when a terminal is known to record, and when it was out of reach.

    `gaps` are (from, to), the last with None while it is still silent; `touched_at` are its punches of the judged day.
    """

    serial: str
    recording_since: datetime | None
    gaps: tuple[Gap, ...] = ()
    touched_at: tuple[datetime, ...] = ()

    def could_tell(self, from_at: datetime, to_at: datetime) -> bool:
        """Whether a punch made between two instants would be known by now.

        What a terminal recorded while it was cut off arrives afterwards: a closed gap in which it is known to have
        recorded hides nothing, an open one may hide everything.
        """
        if self.recording_since is None or self.recording_since > from_at:
            return False
        return not any(self._hides(gap, from_at, to_at) for gap in self.gaps)

    def _hides(self, gap: Gap, from_at: datetime, to_at: datetime) -> bool:
        begins_at, ends_at = gap
        if begins_at >= to_at or (ends_at is not None and ends_at <= from_at):
            return False
        if ends_at is None:
            return True
        earliest = max(begins_at, from_at - BEFORE_SHIFT)
        return not any(earliest <= at <= ends_at for at in self.touched_at)


@dataclass(frozen=True, slots=True)
class DayFacts:
    """Everything known of one person's day. `terminals` are those the person could have used."""

    punches: Sequence[Punch] = ()
    overlay: Overlay | None = None
    correction: Correction | None = None
    terminals: Sequence[TerminalHealth] = ()


def day_status(
    day: date, facts: DayFacts, shifts: Sequence[Shift], calendar: WorkingCalendar, now: datetime
) -> DayStatus:
    """What a day was, or is so far, for one person.

    1. a correction, then a day off, then a known absence decide;
    2. first-in and last-out are judged, whatever key was pressed; one touch alone never makes a day left early;
    3. without a touch: not due yet, unknown when a terminal could not have told, else unexplained;
    4. late or early only when every terminal could have told better.
    """
    if facts.correction is not None:
        return facts.correction.status
    due = [shift for shift in shifts if shift.is_in_force(day)]
    if not due or not calendar.is_working_day(day):
        return DayStatus.NOT_DUE
    if facts.overlay is not None and facts.overlay.covers(day):
        return _OF_OVERLAY[facts.overlay.kind]
    touched = sorted(punch.punched_at for punch in facts.punches if local_day(punch.punched_at) == day)
    first, last = due[0], due[-1]
    begins_at, ends_at = _at(day, first.begins), _at(day, last.ends)
    if not touched:
        if now <= begins_at + first.late_after:
            return DayStatus.NOT_DUE
        could_tell = terminals_could_tell(facts.terminals, begins_at, min(now, ends_at))
        return DayStatus.UNEXPLAINED if could_tell else DayStatus.UNKNOWN
    if _is_late(day, touched, due) and terminals_could_tell(facts.terminals, begins_at, touched[0]):
        return DayStatus.LATE
    left_early = touched[-1] < ends_at - last.early_before and touched[-1] - touched[0] > SAME_TOUCH
    if now > ends_at and left_early and terminals_could_tell(facts.terminals, touched[-1], ends_at):
        return DayStatus.LEFT_EARLY
    return DayStatus.PRESENT


def terminals_could_tell(terminals: Sequence[TerminalHealth], from_at: datetime, to_at: datetime) -> bool:
    """Whether every terminal would have told: one that is dead is enough for not knowing, none at all even more so."""
    return bool(terminals) and all(each.could_tell(from_at, max(from_at, to_at)) for each in terminals)


def next_status_change_at(shifts: Sequence[Shift], calendar: WorkingCalendar, now: datetime) -> datetime | None:
    """When time alone next changes a status today; None when the day has nothing more to bring."""
    day = local_day(now)
    if not calendar.is_working_day(day):
        return None
    due = [shift for shift in shifts if shift.is_in_force(day)]
    moments = [_at(day, first.begins) + first.late_after for first in due[:1]]
    moments += [_at(day, last.ends) for last in due[-1:]]
    return min((at for at in moments if at >= now), default=None)


def _is_late(day: date, touched: Sequence[datetime], due: Sequence[Shift]) -> bool:
    """Late in the first shift, or back late from a break that was begun with a touch."""
    if touched[0] > _at(day, due[0].begins) + due[0].late_after:
        return True
    for before, after in zip(due, due[1:], strict=False):
        out_from, middle = _at(day, before.ends) - before.early_before, _middle(day, before.ends, after.begins)
        went_out = any(out_from <= at < middle for at in touched)
        back = next((at for at in touched if at >= middle), None)
        on_time_until = _at(day, after.begins) + after.late_after
        # A touch near the end of the shift is a departure: whoever forgot to touch on the way back is not late.
        out_again_from = _at(day, after.ends) - after.early_before
        if went_out and back is not None and on_time_until < back < out_again_from:
            return True
    return False


def _middle(day: date, one: time, other: time) -> datetime:
    return _at(day, one) + (_at(day, other) - _at(day, one)) / 2


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LOCAL)

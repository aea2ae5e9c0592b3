"""What the product itself knows of the pledges that it can reckon: cameras, receptions, attendance, participation,
proficiency, equipment.

Briefing, scoreboard and wall ask here, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.attendance import presence_on, staff_days
from data_access.cameras import camera_standing
from data_access.equipment import offices
from data_access.field_reports import handled_by_code
from data_access.observed_boards import ObservedBoard, observed_board
from data_access.reception import reception_month
from data_access.scope import case_units_seen
from data_access.software_systems import software_standings
from data_access.sources import source_by_name
from data_access.training import newest_tests
from domain.briefing_schedule import BriefingKind, told_since
from domain.cameras import coverage_by_unit
from domain.freshness import SourceFacts
from domain.local_time import LOCAL, local_day
from domain.observations import Figures
from domain.participation import participation_by_unit
from domain.programme import EvidenceKind, PledgeEvidence, PledgeRule, Reached, summed
from domain.software_systems import DOWN, SOFTWARE, UP
from domain.units import Organisation
from domain.vietnamese_numbers import dotted
from domain.working_days import WorkingCalendar

ATTENDANCE, CAMERAS, FIELD_REPORTS, RECEPTION = "attendance", "cameras", "field_reports", "reception"
OBSERVATIONS, TRAINING, EQUIPMENT = "observations", "training", "equipment"


@dataclass(frozen=True)
class EvidenceQuestions:
    """The questions of one principal at one moment."""

    session: Session
    principal: Principal
    organisation: Organisation
    calendar: WorkingCalendar
    now: datetime
    _boards: dict[str, ObservedBoard | None] = field(default_factory=dict, repr=False, compare=False)

    def of(self, rule: PledgeRule) -> PledgeEvidence:
        """What is known of a pledge; KeyError for a live answer that there is not."""
        return self._observed(rule) if rule.kind is EvidenceKind.OBSERVED else LIVE[rule.evidence](self)

    def board(self, indicator: str) -> ObservedBoard | None:
        """What is stated of an indicator, asked once; None for a code that no catalogue has."""
        if indicator not in self._boards:
            asked = (self.session, self.principal, self.organisation)
            self._boards[indicator] = observed_board(*asked, indicator, self.now)
        return self._boards[indicator]

    @cached_property
    def units(self) -> list[str]:
        """The units of the scope that handle cases today."""
        return case_units_seen(self.principal, self.organisation, local_day(self.now))

    def cameras(self) -> PledgeEvidence:
        """Units with a working camera; one whose cameras are all unknown is unknown and not counted as having one."""
        source = source_by_name(self.session, CAMERAS)
        if source.as_of_at is None:
            return self._silence(source)
        standing = camera_standing(self.session, self.principal, self.organisation, self.now)
        hidden = standing.findings.hidden_cameras
        found = coverage_by_unit(standing.cameras, self.units, standing.verdicts, hidden)
        by_unit = {
            unit: None if not one.is_confirmed and one.unknown else Reached(Decimal(one.is_confirmed), Decimal(1))
            for unit, one in found.items()
        }
        unclear = sum(each is None for each in by_unit.values())
        total = Reached(Decimal(sum(one.is_confirmed for one in found.values())), Decimal(len(self.units)))
        note = f"{unclear} đơn vị chưa rõ, không tính là có" if unclear else ""
        return PledgeEvidence(by_unit, total, unclear, source, note)

    def receptions(self) -> PledgeEvidence:
        """Visits of this month that cameras watched, of those for which that is known."""
        source, first = source_by_name(self.session, RECEPTION), local_day(self.now).replace(day=1)
        if source.as_of_at is None:
            return self._silence(source)
        month = reception_month(self.session, self.principal, self.organisation, first, self.now)
        by_unit = {
            unit: None
            if counts is None or not counts.watched + counts.unwatched
            else Reached(Decimal(counts.watched), Decimal(counts.watched + counts.unwatched))
            for unit, counts in month.units.items()
        }
        unknown = month.total.unknown if month.total is not None else 0
        told = f"; {dotted(unknown)} lượt chưa rõ, không tính" if unknown else ""
        note = f"Tháng {first:%m/%Y}{told}"
        left_out = {unit: counts.unknown for unit, counts in month.units.items() if counts is not None}
        return PledgeEvidence(by_unit, summed(by_unit.values()), unknown, source, note, left_out)

    def attendance(self) -> PledgeEvidence:
        """Staff whose state of the last whole working day is known: in the morning nobody is due yet."""
        source = source_by_name(self.session, ATTENDANCE)
        if source.as_of_at is None:
            return self._silence(source)
        day = local_day(told_since(BriefingKind.MORNING, self.calendar, self.now))
        presence = presence_on(self.session, self.principal, self.organisation, day, self.now)
        by_unit = {
            unit: None
            if counts is None or not counts.staff or counts.unknown == counts.staff
            else Reached(Decimal(counts.staff - counts.unknown), Decimal(counts.staff))
            for unit, counts in presence.units.items()
        }
        total = presence.total
        if total is None or not total.staff or total.unknown == total.staff:
            return PledgeEvidence(by_unit, None, 0, source)
        reached = Reached(Decimal(total.staff - total.unknown), Decimal(total.staff))
        told = f"; {dotted(total.unknown)} người chưa rõ do máy chấm công" if total.unknown else ""
        return PledgeEvidence(by_unit, reached, 0, source, f"Ngày {day:%d/%m/%Y}{told}")

    def participation(self) -> PledgeEvidence:
        """Staff who handled a field report within thirty days, of units whose staff is known."""
        source = source_by_name(self.session, FIELD_REPORTS)
        if source.as_of_at is None:
            return self._silence(source)
        # Single people are looked at in the asker's own scope, and only their numbers leave this function.
        counting = replace(Principal.worker(), unit=self.principal.unit)
        asked = (self.session, counting, self.organisation)
        staff: dict[str, frozenset[str]] = {}
        for person in staff_days(*asked, local_day(self.now), self.now):
            staff[person.unit] = staff.get(person.unit, frozenset()) | {person.code}
        found = participation_by_unit(staff, handled_by_code(*asked, self.now))
        by_unit: dict[str, Reached | None] = dict.fromkeys(self.units)
        for unit, each in found.items():
            by_unit[unit] = None if each is None else Reached(Decimal(each.took_part), Decimal(each.staff))
        silent = sum(each is None for each in by_unit.values())
        note = f"{silent} đơn vị chưa có số liệu, không tính" if silent else ""
        return PledgeEvidence(by_unit, summed(by_unit.values()), silent, source, note)

    def software(self) -> PledgeEvidence:
        """Software of the sector that answers, of all listed; what nobody asks, or cannot now, is unknown. It is
        the whole area's: units have none of their own."""
        source = source_by_name(self.session, SOFTWARE)
        if source.as_of_at is None:
            return PledgeEvidence({}, None, 0, source)
        found = software_standings(self.session, self.principal, self.now)
        unknown = [one for one in found if not one.is_watched or one.state not in UP | DOWN]
        answering = sum(one.is_watched and one.state in UP for one in found)
        total = Reached(Decimal(answering), Decimal(len(found))) if len(unknown) < len(found) else None
        note = f"{len(unknown)} phần mềm chưa biết, không tính là có" if unknown else ""
        return PledgeEvidence({}, total, len(unknown), source, note)

    def proficiency(self) -> PledgeEvidence:
        """Staff who passed the newest test, of all staff of the units that told of one."""
        source = source_by_name(self.session, TRAINING)
        if source.as_of_at is None:
            return self._silence(source)
        tests = newest_tests(self.session, self.principal, self.organisation, self.now)
        by_unit = {
            unit: None if test is None else Reached(Decimal(test.passed), Decimal(test.staff))
            for unit, test in tests.items()
        }
        silent = sum(each is None for each in by_unit.values())
        note = f"{silent} đơn vị chưa báo cáo kiểm tra, không tính" if silent else ""
        source = self._as_old_as(source, [test.tested_on for test in tests.values() if test is not None])
        return PledgeEvidence(by_unit, summed(by_unit.values()), silent, source, note)

    def equipment(self) -> PledgeEvidence:
        """Offices that have all the agency's list says they need, of those of which it is known."""
        source = source_by_name(self.session, EQUIPMENT)
        if source.as_of_at is None:
            return self._silence(source)
        found = offices(self.session, self.principal, self.organisation, self.now)
        answers = {unit: None if office is None else office.has_all for unit, office in found.items()}
        by_unit = {
            unit: None if has_all is None else Reached(Decimal(has_all), Decimal(1))
            for unit, has_all in answers.items()
        }
        unclear = sum(each is None for each in by_unit.values())
        note = f"{unclear} đơn vị chưa rõ hoặc chưa gửi sổ, không tính" if unclear else ""
        source = self._as_old_as(source, [office.stated_on for office in found.values() if office is not None])
        return PledgeEvidence(by_unit, summed(by_unit.values()), unclear, source, note)

    def _observed(self, rule: PledgeRule) -> PledgeEvidence:
        """The newest stated period; a figure for the whole goes before what units state."""
        source = source_by_name(self.session, OBSERVATIONS)
        board = self.board(rule.evidence)
        if board is None or board.newest is None:
            return PledgeEvidence({}, None, 0, replace(source, newest_record_at=None))
        newest = board.newest
        stated = {} if newest.is_stated else {unit: board.known.get((unit, newest.period)) for unit in self.units}
        by_unit = {unit: None if each is None else reached_of(each.figures) for unit, each in stated.items()}
        silent = 0 if newest.is_whole else newest.units - newest.known_units
        told = f"; {silent} đơn vị chưa có số liệu" if silent else ""
        # As old as the oldest figure in it, whatever else the source has stated since.
        source = replace(source, newest_record_at=newest.oldest_at, limits=board.indicator.limits)
        note = f"{newest.period.name[:1].upper()}{newest.period.name[1:]}{told}"
        return PledgeEvidence(by_unit, reached_of(newest.figures), silent, source, note)

    def _as_old_as(self, source: SourceFacts, days: list[date]) -> SourceFacts:
        """The source as old as the oldest of what a figure is made of: a new sheet of one unit makes no other younger;
        as it is without any."""
        if not days:
            return source
        at = min(datetime.combine(min(days), time(23, 59, 59), LOCAL), self.now)
        return replace(source, newest_record_at=at, last_success_at=at)

    def _silence(self, source: SourceFacts) -> PledgeEvidence:
        return PledgeEvidence(dict.fromkeys(self.units), None, 0, source)


# The live answers by the name that data/pledges.csv calls them.
LIVE: Mapping[str, Callable[[EvidenceQuestions], PledgeEvidence]] = {
    "cameras": EvidenceQuestions.cameras,
    "receptions": EvidenceQuestions.receptions,
    "attendance": EvidenceQuestions.attendance,
    "participation": EvidenceQuestions.participation,
    "software": EvidenceQuestions.software,
    "proficiency": EvidenceQuestions.proficiency,
    "equipment": EvidenceQuestions.equipment,
}


def reached_of(figures: Figures) -> Reached:
    """A stated figure as a pledge counts it."""
    return Reached(figures.numerator, figures.denominator)

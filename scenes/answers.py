"""What the panels of every scene ask, each question asked once per drawing and only if a panel needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from components.completion_curve import Curve
from components.unit_table import UnitRow
from data_access.alarms import alarms_listed
from data_access.cases import (
    GroupFigures,
    cases_over_twelve_months,
    group_figures,
    overdue_clocks,
)
from data_access.counters import figures_by_unit
from data_access.deadlines import deadline_rules
from data_access.directives import directive_counts
from data_access.import_batches import HeldFiles, held_files
from data_access.regimes import load_regimes
from data_access.undecided import undecided_since
from domain.alarms import (
    ATTENDANCE,
    CAMERAS,
    FIELD_REPORTS,
    HYSTERESIS_LIMITS,
    RECEPTION,
    Alarm,
    Condition,
    Priority,
    absence_alarm,
    clock_alarms,
    figure_alarms,
    held_file_alarm,
    report_alarms,
    signs_by_unit,
    under_rule,
    worst_first,
)
from domain.cases import CASE_KIND_NAMES, CaseGroup, CaseKind, regime_on
from domain.city_alerts import SOURCE as CITY_ALERTS
from domain.deadlines import ClockCounts
from domain.directives import DirectiveCounts
from domain.freshness import SourceFacts
from domain.judgment_alarms import SOURCE as JUDGMENTS
from domain.limits import lowered
from domain.local_time import next_midnight
from domain.software_systems import SOFTWARE
from domain.statistics import Figures, StatisticalYear, total
from scenes.curve_answers import curve_of
from scenes.drawing import Question
from scenes.feed_answers import CASES, FeedAnswers
from scenes.figures import UnitFacts, WallFigures, wall_figures
from scenes.last_year import LastYear
from scenes.security_answers import GUARD_LOG, SECURITY
from scenes.watching_answers import WatchingAnswers

# The sources that open alarms are judged from.
ALARM_SOURCES = (CASES, FIELD_REPORTS, ATTENDANCE, CAMERAS, RECEPTION, SECURITY, SOFTWARE)
# Whatever changes what is on the glass; drawing is shared, so one list serves every scene.
TOPICS = frozenset(
    {
        "administrative_judgments",
        "alarm_rules",
        "alarms",
        "attendance",
        "cameras",
        "cases",
        "city_alerts",
        "directives",
        "field_reports",
        "reception",
        "security",
        "software",
        "sources",
        "units",
    }
)


class WallAnswers(FeedAnswers):
    """Everything about one audience: its feeds, the figures of its cases, and the alarms judged from all of them."""

    @cached_property
    def held(self) -> HeldFiles:
        return held_files(self.question.session)

    @cached_property
    def clocks(self) -> ClockCounts:
        question = self.question
        rules = deadline_rules(question.session, question.is_sample)
        return overdue_clocks(question.session, question.principal, question.organisation, self.today, rules)

    @property
    def clock_coverage(self) -> str:
        """'mới 1/4 loại' while some kinds of clock have no rule in force: a part must not pass for the whole."""
        known, unknown = len(self.clocks.overdue), len(self.clocks.without_rule)
        return f"mới {known}/{known + unknown} loại" if known and unknown else ""

    @property
    def clock_terms(self) -> str:
        """'thời hạn mẫu' where a clock is judged by a sample term: such a figure is nobody's duty."""
        return "thời hạn mẫu" if self.clocks.is_sample else ""

    @cached_property
    def unit_facts(self) -> Mapping[str, UnitFacts]:
        """What is known of each unit, by code; the whole stands under ''. Screens and feeds print these."""
        this_year = self._figures(self.today)
        whole_year, last_year = total(this_year.values()), self.last_year.by_unit
        whole = (self.scope.code, self.scope.short_name, whole_year, self.last_year.whole())
        found = {"": self._facts(*whole, is_whole=True)}
        for unit in self.question.organisation.case_units_on(self.today):
            if unit.code in this_year:
                before = last_year.get(unit.code, Figures())
                found[unit.code] = self._facts(unit.code, unit.short_name, this_year[unit.code], before)
        return found

    @cached_property
    def figures(self) -> WallFigures | None:
        """The units with figures beside the whole; None when nothing was ever counted."""
        units = [facts for code, facts in self.unit_facts.items() if code]
        return wall_figures(self.today, units, self.unit_facts[""], self.limits)

    @cached_property
    def parts(self) -> tuple[UnitRow, ...]:
        """Theo yêu cầu and chủ động: what a wall of one unit compares instead of units."""
        found = []
        for kind in CaseKind:
            this_year = total(self._figures(self.today, kind).values())
            last_year = self.last_year.whole(kind)
            targets = (self._target(self.scope.code, "cases"), self._target(self.scope.code, "amount"))
            found.append(UnitFacts(CASE_KIND_NAMES[kind], this_year, last_year, None, *targets))
        whole = UnitFacts(
            "", total(part.this_year for part in found), total(part.last_year for part in found), None, None, None
        )
        compared = wall_figures(self.today, found, whole, self.limits)
        return compared.rows if compared is not None else ()

    @cached_property
    def report_alarms(self) -> list[Condition]:
        """Of field reports, with the priorities of their rules: they mark units too."""
        now = self.question.now
        found = report_alarms(self.reports.open, self.unit_names, self.scope.code, self.limits.report_soon, now)
        return [under_rule(one, self.rules) for one in found]

    @cached_property
    def watching(self) -> WatchingAnswers:
        """What the product watches of itself and its lines."""
        return WatchingAnswers(self)

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """The open alarms of this audience, worst first: the same question as the console asks."""
        question = self.question
        listed = alarms_listed(question.session, question.principal, question.organisation, question.now)
        return tuple(alarm for alarm in listed if alarm.is_open)

    @cached_property
    def directives(self) -> DirectiveCounts:
        """How many directives of this audience are open; of no one what it says."""
        question = self.question
        return directive_counts(question.session, question.principal, question.organisation, question.now)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """What holds now and needs a person, worst first; the engine makes alarms of it, and every mark shows it."""
        figures = self.figures
        held = held_file_alarm(self.scope.code, self.scope.short_name, self.held.count, self.held.oldest_received_at)
        found = [*held, *self.report_alarms, *self._absence_alarm()]
        found += [*self.reception.alarms(self.unit_names), *self.security.alarms(self.unit_names)]
        found += [*self.judgments.alarms(self.unit_names), *self.watching.conditions]
        found += self.city.alarms(self.unit_names, (self.scope.code, self.scope.short_name))
        if figures is not None:
            whole = figures.whole_rates(self.scope.code, self.scope.short_name)
            units = [unit for unit in figures.rates() if unit.code != whole.code] if not self.is_one_unit else []
            found += figure_alarms(units, whole, self.limits)
        return worst_first(found)

    @cached_property
    def near(self) -> tuple[Condition, ...]:
        """What the limits lowered by the hysteresis of their rules would judge besides: it raises nothing, and what
        stands because of it does not end."""
        by = {limit: self.rules[rule].hysteresis for rule, limit in HYSTERESIS_LIMITS.items() if rule in self.rules}
        if not any(by.values()):
            return ()
        limits, figures = lowered(self.limits, by), self.figures
        found = [*absence_alarm(self.missing_people, self.scope.code, self.scope.short_name, limits)]
        found += self.reception.near_alarms(self.unit_names, limits.reception)
        if figures is not None and not self.is_one_unit:
            found += [one for unit in figures.rates() for one in clock_alarms(unit, limits)]
        holding = {one.key for one in self.conditions}
        return tuple(one for one in found if one.key not in holding)

    @property
    def missing_people(self) -> int | None:
        """Missing without a reason, of the whole province; None outside of hours, where nobody knows, and on a wall of
        one unit, where it would point at somebody."""
        day = self.presence.day
        return None if day is None or self.presence.is_off or self.is_one_unit else day.unexplained

    def _absence_alarm(self) -> list[Condition]:
        return absence_alarm(self.missing_people, self.scope.code, self.scope.short_name, self.limits)

    @property
    def judged_alarms(self) -> tuple[Alarm, ...] | None:
        """The list as it is shown: None while there are no figures to judge, which is not the same as none open."""
        return self.alarms if self.figures is not None or self.reports.is_known or self.alarms else None

    @property
    def lit_alarms(self) -> tuple[Alarm, ...]:
        """Those that may light something up where no age of their own stands: what is judged from old reports may not.

        Figures of cases carry their age with them, and the browser takes their light away.
        """
        return tuple(alarm for alarm in self.alarms if alarm.source == CASES or self.is_fresh(alarm.source))

    @property
    def alarm_source(self) -> SourceFacts:
        """What the list as a whole is as old as: the oldest of its feeds that is not out of date, so that no count
        looks newer than it is; each row has the age of its own. With all of them out of date, the freshest. While
        nothing can be decided it is as old as the last decision."""
        now = self.question.now
        feeds = [source for source in self.sources if source.name in ALARM_SOURCES and source.as_of_at is not None]
        fresh = [source for source in feeds if self.is_fresh(source.name)]
        if fresh:
            found = min(fresh, key=lambda source: source.as_of_at or now)
        else:
            found = max(feeds, key=lambda source: source.as_of_at or now, default=self.source())
        return _as_of(found, undecided_since(self.question.session))

    @property
    def alarms_on_old_figures(self) -> int:
        """How many of the list are judged from a feed that is out of date while another is not: the list as a whole
        looks live then."""
        if not self.is_fresh(self.alarm_source.name):
            return 0
        return sum(not self.is_fresh(alarm.source) for alarm in self.alarms)

    @cached_property
    def last_year(self) -> LastYear:
        """The same day last year, in the units of today."""
        return LastYear(self.question, self.today)

    @cached_property
    def groups(self) -> Mapping[CaseGroup, GroupFigures]:
        regime = regime_on(load_regimes(), self.today)
        return group_figures(self._session, self.question.principal, self._organisation, self.today, regime)

    @cached_property
    def curve(self) -> Curve | None:
        """This year's rates day by day beside last year's and the pace; None without a rate this year."""
        return curve_of(self.question, self.year, self.today, self._target(self.scope.code, "cases"))

    @cached_property
    def _old(self) -> Mapping[str, int]:
        return cases_over_twelve_months(self._session, self.question.principal, self._organisation, self.today)

    @cached_property
    def _report_signs(self) -> Mapping[str, tuple[Priority, int]]:
        return signs_by_unit(self.report_alarms) if self.is_fresh(FIELD_REPORTS) else {}

    def _facts(self, code: str, name: str, this_year: Figures, last_year: Figures, is_whole: bool = False) -> UnitFacts:
        old, overdue, reports = self._old, self.clocks.by_unit, self.reports.by_unit
        return UnitFacts(
            name=name,
            this_year=this_year,
            last_year=last_year,
            over_twelve_months=sum(old.values()) if is_whole else old.get(code, 0),
            cases_target=self._target(code, "cases"),
            money_target=self._target(code, "amount"),
            code=code,
            overdue_clocks=None if overdue is None else sum(overdue.values()) if is_whole else overdue.get(code, 0),
            reports=reports[code].open if reports is not None and code in reports else None,
            reports_sign=None if is_whole else self._report_signs.get(code, (None, 0))[0],
            presence=self.presence.by_unit.get(code),
            cameras=self.cameras.by_unit[code].coverage
            if self.cameras.is_known and code in self.cameras.by_unit
            else None,
        )

    def _figures(self, on: date, kind: CaseKind | None = None) -> Mapping[str, Figures]:
        question = self.question
        period = StatisticalYear.of(on).to_date(on)
        regime = regime_on(load_regimes(), on)
        return figures_by_unit(question.session, question.principal, question.organisation, period, regime, kind)

    def _target(self, unit: str, measure: str) -> Decimal | None:
        target = self._organisation.target(unit, self.year.year, measure, self.today)
        return None if target is None else target.value


def _as_of(source: SourceFacts, since: datetime | None) -> SourceFacts:
    """The source as if it had said nothing since an instant."""
    if since is None or source.as_of_at is None or source.as_of_at <= since:
        return source
    return replace(source, last_success_at=since, newest_record_at=since)


def redraw_at(answers: WallAnswers) -> datetime:
    """When time alone changes what is drawn: pace and cùng kỳ with the calendar, reports with their due times, a feed
    with its age. Other ages are the browser's."""
    now = answers.question.now
    feeds = (answers.source(name).next_change_at(now) for name in (*ALARM_SOURCES, GUARD_LOG, JUDGMENTS, CITY_ALERTS))
    # A moment later, so that the limit is passed by then.
    changes = [at + timedelta(milliseconds=1) for at in feeds if at is not None]
    own = (
        answers.reports.redraw_at,
        answers.presence.redraw_at,
        answers.reception.redraw_at,
        answers.watching.redraw_at,
        answers.city.redraw_at,
    )
    return min([next_midnight(now), *changes, *(at for at in own if at is not None)])


def wall_answers(question: Question) -> WallAnswers:
    """The answers to a question, the same object for every scene that asks it."""
    known = question.memory.get("wall")
    if not isinstance(known, WallAnswers):
        known = question.memory["wall"] = WallAnswers(question)
    return known

"""What leaves for the smart-city centre, drawn of the same answers as the wall and with the same functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from access.audience import CENTRE, Projection
from data_access.alarm_feed import alarms_to_tell
from data_access.field_reports import reports_to_tell
from domain.attendance import UnitCounts
from domain.cameras import Coverage
from domain.city_alerts import SOURCE as CITY_ALERTS
from domain.explanation import explain
from domain.feed import FeedAlarm, FeedCamera, FeedFigure, FeedIndicator, FeedReport, Missing
from domain.freshness import SourceFacts
from domain.indicators import CATALOGUE, Indicator
from domain.other_indicators import OTHER_INDICATORS
from domain.small_counts import hidden_places
from domain.statistics import Figures
from outbound import rest_feed
from scenes.answers import TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.drawing import Panel, Question, Scene
from scenes.figures import UnitFacts
from scenes.outbound_further import FURTHER_TOPICS, further_figures

CLOSED_FOR = timedelta(days=7)


class CentreAnswers:
    """The answers of the wall of the whole, said as figures instead of drawn."""

    def __init__(self, wall: WallAnswers) -> None:
        self.wall = wall

    @cached_property
    def indicators(self) -> list[FeedIndicator]:
        """The catalogue of the form, then the figures beside it that the wall prints, then those of pages beside."""
        further = further_figures(self.wall, lambda source: self._silence(self.wall.source(source)))
        return [
            *(self._of_form(one) for one in CATALOGUE.values()),
            *self._others(),
            *(self._other(id, values, part) for id, (values, part) in further.items()),
        ]

    @cached_property
    def alarms(self) -> list[FeedAlarm]:
        """Those that stand, and those closed within a week."""
        question = self.wall.question
        asked = (question.session, CENTRE.principal(), question.organisation)
        return alarms_to_tell(*asked, question.now - CLOSED_FOR, question.now)

    @cached_property
    def reports(self) -> list[FeedReport]:
        """Those that are open, and those closed within a week; none while the source has never answered."""
        if not self.wall.reports.is_known:
            return []
        question = self.wall.question
        asked = (question.session, CENTRE.principal(), question.organisation)
        return reports_to_tell(*asked, question.now - CLOSED_FOR, question.now)

    @cached_property
    def cameras(self) -> list[FeedCamera]:
        """Every camera and how it stands."""
        found = self.wall.cameras
        return [FeedCamera(camera.code, camera.unit, found.state_of(camera)) for camera in found.cameras]

    def _of_form(self, one: Indicator) -> FeedIndicator:
        facts, figures = self.wall.unit_facts, self.wall.figures
        silent = self._silence(self.wall.source(one.source))
        return FeedIndicator(
            one.id,
            one.name,
            one.unit,
            f"{one.formula} ({one.symbols})",
            one.excludes,
            one.legal_basis,
            one.source,
            unit_figure(one, facts[""], silent),
            {code: unit_figure(one, unit, silent) for code, unit in facts.items() if code},
            "" if figures is None else figures.coverage,
        )

    def _others(self) -> list[FeedIndicator]:
        wall, facts = self.wall, self.wall.unit_facts
        old = self._counts("cases", lambda unit: None if unit.is_silent else unit.over_twelve_months)
        overdue = self._counts("cases", lambda unit: None if unit.is_silent else unit.overdue_clocks, Missing.NO_RULE)
        qualified = " · ".join(filter(None, (wall.clock_coverage, wall.clock_terms)))
        part = "" if wall.figures is None else wall.figures.coverage
        reports, late = wall.reports.by_unit or {}, wall.reports.counts
        known = wall.reports.is_known
        units = [code for code in facts if code]
        opened = {code: reports[code].open if code in reports else None for code in units}
        passed = {code: reports[code].overdue if code in reports else None for code in units}
        opened[""], passed[""] = (late.open, late.overdue) if known else (None, None)
        return [
            self._other("over_twelve_months", old, part),
            self._other("overdue_clocks", overdue, qualified or part),
            self._other("reports_open", self._plain("field_reports", opened)),
            self._other("reports_overdue", self._plain("field_reports", passed)),
            self._other("attendance_present", self._present()),
            self._other("cameras_working", self._working()),
            self._other("alarms_open", self._open_alarms(units), self._of_the_city()),
        ]

    def _counts(
        self, source: str, count: Callable[[UnitFacts], int | None], missing: Missing = Missing.NO_DATA
    ) -> dict[str, FeedFigure]:
        """A count of cases by unit; what is not counted although figures are there is missing for its own reason."""
        silence = self._silence(self.wall.source(source))
        found = {}
        for code, unit in self.wall.unit_facts.items():
            value = count(unit)
            why = silence if unit.is_silent else missing
            found[code] = FeedFigure(value, why if value is None else None)
        return found

    def _plain(self, source: str, values: Mapping[str, int | None]) -> dict[str, FeedFigure]:
        silence = self._silence(self.wall.source(source))
        return {code: FeedFigure(value, silence if value is None else None) for code, value in values.items()}

    def _present(self) -> dict[str, FeedFigure]:
        """Who is at work: of a small office no count, it would point at somebody; nor one that it follows from."""
        presence = self.wall.presence
        silence = Missing.OFF_HOURS if presence.is_off else self._silence(presence.source)
        counts = {code: presence.by_unit.get(code) for code in self.wall.unit_facts if code} | {"": presence.total}
        return present_figures({code: None if presence.is_off else each for code, each in counts.items()}, silence)

    def _working(self) -> dict[str, FeedFigure]:
        cameras = self.wall.cameras
        silence = self._silence(cameras.source)
        found = {"": working_figure(cameras.coverage if cameras.is_known else None, silence)}
        for code in self.wall.unit_facts:
            if code:
                found[code] = working_figure(cameras.coverage_of(code), silence)
        return found

    def _open_alarms(self, units: list[str]) -> dict[str, FeedFigure]:
        judged = self.wall.judged_alarms
        if judged is None:
            return {code: FeedFigure(None, Missing.NO_DATA) for code in ("", *units)}
        counted = {code: FeedFigure(sum(alarm.unit == code for alarm in judged)) for code in units}
        return {"": FeedFigure(len(judged)), **counted}

    def _of_the_city(self) -> str:
        """The number is the wall's; what the city itself warned of is in it and is not told back to it one by one."""
        count = sum(alarm.source == CITY_ALERTS for alarm in self.wall.judged_alarms or ())
        return f"gồm {count} cảnh báo do thành phố phát, không có trong /alarms" if count else ""

    def _other(self, id: str, values: Mapping[str, FeedFigure], coverage: str = "") -> FeedIndicator:
        one = OTHER_INDICATORS[id]
        by_unit = {code: figure for code, figure in values.items() if code}
        words = (one.name, one.unit, one.formula, one.excludes, one.legal_basis, one.source)
        return FeedIndicator(one.id, *words, values[""], by_unit, coverage)

    def _silence(self, source: SourceFacts) -> Missing:
        return Missing.NO_DATA if source.configured else Missing.NOT_CONNECTED


def unit_figure(one: Indicator, unit: UnitFacts, silence: Missing) -> FeedFigure:
    """The value of a unit, or why there is none: one that has sent nothing has no zeros."""
    return FeedFigure(None, silence) if unit.is_silent else form_figure(one, unit.this_year)


def form_figure(one: Indicator, figures: Figures) -> FeedFigure:
    """The value of an indicator of the form, and of a rate its numerator and denominator, as its page explains it."""
    found = explain(one, figures, None)
    if one.unit != "%":
        return FeedFigure(found.value)
    parts = [part.value for part in found.parts]
    return FeedFigure(found.value, Missing.NO_DENOMINATOR if found.value is None else None, parts[0], parts[1])


def present_figure(counts: UnitCounts | None, silence: Missing) -> FeedFigure:
    """Present of those who should be; unknown where nobody was seen and somebody may have been."""
    if counts is None or counts.present is None:
        return FeedFigure(None, silence)
    return FeedFigure(counts.present, None, counts.present, counts.expected)


def present_figures(counts: Mapping[str, UnitCounts | None], silence: Missing) -> dict[str, FeedFigure]:
    """Of each unit and of the whole (''); what is small, and what it could be reckoned from, is not told."""
    found = {code: present_figure(each, silence) for code, each in counts.items()}
    sizes = {code: int(one.denominator) for code, one in found.items() if code and one.denominator is not None}
    hidden, hides_whole = hidden_places(sizes)
    concealed = hidden | ({""} if hides_whole else set())
    return {code: FeedFigure(None, Missing.SMALL_COUNT) if code in concealed else one for code, one in found.items()}


def working_figure(coverage: Coverage | None, silence: Missing) -> FeedFigure:
    """Cameras with a picture of those installed."""
    if coverage is None or coverage.seen is None:
        return FeedFigure(None, silence if coverage is None else Missing.NO_DATA)
    return FeedFigure(coverage.seen, None, coverage.seen, coverage.installed)


def centre_answers(question: Question) -> CentreAnswers:
    """The answers to a question; of the wall's own, so that nothing is asked twice."""
    return CentreAnswers(wall_answers(question))


def draw_sources(answers: CentreAnswers) -> dict[str, Any]:
    """How old every source is, the limits it is judged by, and the days the figures speak of."""
    wall = answers.wall
    period = (wall.year.to_date(wall.today).from_on, wall.today)
    return rest_feed.stored_sources(wall.sources, period, wall.question.is_sample)


def draw_indicators(answers: CentreAnswers) -> dict[str, Any]:
    """Every indicator."""
    return {"items": [rest_feed.stored_indicator(one) for one in answers.indicators]}


def draw_alarms(answers: CentreAnswers) -> dict[str, Any]:
    """Every alarm."""
    return {"items": [rest_feed.stored_alarm(one) for one in answers.alarms]}


def draw_cameras(answers: CentreAnswers) -> dict[str, Any]:
    """Counts by unit, and each camera by its code."""
    is_known, units = answers.wall.cameras.is_known, [code for code in answers.wall.unit_facts if code]
    return rest_feed.stored_cameras(answers.cameras, units, is_known)


def draw_reports(answers: CentreAnswers) -> dict[str, Any]:
    """Every field report."""
    wards = {area.code for area in answers.wall.question.organisation.areas if area.kind == "ward"}
    return {"items": [rest_feed.stored_report(one, wards) for one in answers.reports]}


SCENE = Scene(
    name="outbound",
    title="Nguồn cấp cho IOC",
    topics=TOPICS | FURTHER_TOPICS,
    ask=centre_answers,
    panels=(
        Panel(rest_feed.SOURCES, "Nguồn", draw_sources),
        Panel(rest_feed.INDICATORS, "Chỉ tiêu", draw_indicators),
        Panel(rest_feed.ALARMS, "Cảnh báo", draw_alarms),
        Panel(rest_feed.CAMERAS, "Camera", draw_cameras),
        Panel(rest_feed.REPORTS, "Phản ánh", draw_reports),
    ),
    redraw_at=lambda answers: redraw_at(answers.wall),
    projection=Projection.IOC,
)

"""What stays on the glass whatever scene is shown, in both layouts: title, strip of alarms, strip of sources."""

from __future__ import annotations

from dash.development.base_component import Component

from components import alarm_list, wall_frame
from components.freshness_strip import far_freshness_strip, freshness_strip
from components.wall_header import wall_title
from domain.freshness import SourceFacts
from scenes.answers import CASES, TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.drawing import Panel, Scene
from scenes.security_answers import GUARD_LOG, SECURITY


def draw_title(answers: WallAnswers) -> Component:
    """Whose wall this is: the whole organisation's, or one unit's."""
    organisation = answers.question.organisation
    title = f"{organisation.title} · {answers.scope.short_name}" if answers.is_one_unit else organisation.title
    return wall_title(title, organisation.banner)


def draw_alarm_strip(answers: WallAnswers) -> Component:
    """Counts of open alarms, and the worst."""
    return alarm_list.alarm_strip(answers.judged_alarms, answers.alarm_source, answers.alarms_on_old_figures)


def draw_far_alarm_strip(answers: WallAnswers) -> Component:
    """The same for the far layout."""
    return alarm_list.far_alarm_strip(answers.judged_alarms, answers.alarm_source)


def draw_sources_freshness(answers: WallAnswers) -> Component:
    """Every source and its age."""
    return freshness_strip(_sources(answers), answers.question.is_sample, _doubtful(answers))


def draw_far_sources_freshness(answers: WallAnswers) -> Component:
    """How many sources are up to date, and those that are not."""
    return far_freshness_strip(_sources(answers), answers.question.is_sample, _doubtful(answers))


def _sources(answers: WallAnswers) -> list[SourceFacts]:
    """A guard log is told of where security stands, and so is that nobody tells of security at all."""
    left_out = {GUARD_LOG} if answers.source(SECURITY).configured else {GUARD_LOG, SECURITY}
    return [source for source in answers.sources if source.on_strip and source.name not in left_out]


def _doubtful(answers: WallAnswers) -> frozenset[str]:
    return frozenset({CASES}) if answers.held.count else frozenset()


_DRAWERS = (
    (wall_frame.TITLE, draw_title),
    (wall_frame.ALARM_STRIP, draw_alarm_strip),
    (wall_frame.STRIP, draw_sources_freshness),
    (wall_frame.FAR_ALARM_STRIP, draw_far_alarm_strip),
    (wall_frame.FAR_STRIP, draw_far_sources_freshness),
)

SCENE = Scene(
    name="frame",
    title="Khung",
    topics=TOPICS,
    ask=wall_answers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    redraw_at=redraw_at,
)

"""Scenes are drawn once per version and audience, never faster than every two seconds, and only by the leader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from dash import html
from sqlalchemy.orm import Session

from access.audience import PROVINCE, Audience, Projection
from data_access.session import Database
from data_access.snapshots import newest_panels, panel_bodies, save_audience_seen
from data_access.versions import bump_version, versions
from domain.units import Organisation
from scenes.drawing import Panel, Question, Scene
from scenes.publishing import RETRY_FAILED_AFTER, Publisher


class HandClock:
    """A monotonic clock that moves when told."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Stage:
    """A scene of one panel whose words are set by the test, and everything around it."""

    def __init__(self, database: Database, organisation: Organisation) -> None:
        self.database = database
        self.words = "1"
        self.trouble: Exception | None = None
        self.drawn: list[str | None] = []
        self.incidents: list[str] = []
        self.hand_clock = HandClock()
        scene = Scene(
            "test",
            "Thử",
            frozenset({"cases"}),
            ask=lambda question: question,
            panels=(Panel("panel", "Thử", self.draw),),
            redraw_at=lambda question: question.now + timedelta(hours=1),
        )
        self.publisher = Publisher(database, organisation, (scene,), True, self.report, self.hand_clock)

    def draw(self, question: Question) -> html.Div:
        self.drawn.append(question.principal.unit)
        if self.trouble:
            raise self.trouble
        return html.Div(self.words)

    def report(self, event: str, error: BaseException, **fields: object) -> str:
        self.incidents.append(str(error))
        return f"SC-{len(self.incidents)}"

    def change(self, words: str, now: datetime) -> None:
        self.words = words
        with self.database.writing() as session:
            bump_version(session, "cases", now)

    def publish(
        self, now: datetime, guard: Callable[[Session], None] = lambda session: None, after: float = 3.0
    ) -> int:
        self.hand_clock.seconds += after
        return self.publisher.publish_due(now, guard)

    def shown(self, audience: Audience = PROVINCE) -> str:
        with self.database.reading() as session:
            hashes = [state.content_hash for state in newest_panels(session, audience.key)]
            return b"".join(panel_bodies(session, audience.key, hashes).values()).decode()


@pytest.fixture
def stage(database: Database, organisation: Organisation) -> Stage:
    return Stage(database, organisation)


def test_a_scene_is_drawn_at_once_and_then_only_when_its_topic_moved(stage: Stage, now: datetime) -> None:
    assert stage.publish(now) == 1
    assert stage.publish(now) == 0
    stage.change("2", now)
    assert stage.publish(now) == 1
    assert '"2"' in stage.shown()
    assert len(stage.drawn) == 2


def test_a_topic_of_another_scene_draws_nothing(stage: Stage, now: datetime) -> None:
    stage.publish(now)
    with stage.database.writing() as session:
        bump_version(session, "cameras", now)
    stage.publish(now)
    assert len(stage.drawn) == 1


def test_changes_in_a_row_are_drawn_at_most_every_two_seconds(stage: Stage, now: datetime) -> None:
    stage.publish(now)
    stage.change("2", now)
    assert stage.publish(now, after=1.9) == 0
    assert stage.publish(now, after=0.1) == 1
    assert '"2"' in stage.shown()


def test_time_alone_draws_a_scene_again(stage: Stage, now: datetime) -> None:
    stage.publish(now)
    stage.words = "2"
    assert stage.publish(now + timedelta(minutes=59)) == 0
    assert stage.publish(now + timedelta(hours=1)) == 1


def test_a_drawing_that_looks_the_same_is_not_stored_again(stage: Stage, now: datetime) -> None:
    stage.publish(now)
    stage.change("1", now)
    assert stage.publish(now) == 0
    with stage.database.reading() as session:
        assert versions(session)["snapshots"] == 1


def test_a_unit_is_drawn_for_only_while_somebody_of_it_looks(stage: Stage, now: datetime) -> None:
    unit = Audience(Projection.WALL, "PHUVANG")
    with stage.database.writing() as session:
        save_audience_seen(session, unit, now)
    stage.publish(now)
    assert stage.drawn == [None, "PHUVANG"]
    stage.change("2", now)
    stage.publish(now + timedelta(minutes=6))
    assert stage.drawn == [None, "PHUVANG", None]
    assert '"1"' in stage.shown(unit)


def test_a_failed_panel_is_tried_again_and_keeps_its_code_while_the_trouble_lasts(stage: Stage, now: datetime) -> None:
    stage.trouble = ValueError("no regime")
    stage.publish(now)
    assert "SC-1" in stage.shown()
    assert stage.publish(now + RETRY_FAILED_AFTER) == 0
    assert stage.incidents == ["no regime"]
    stage.trouble = None
    assert stage.publish(now + 2 * RETRY_FAILED_AFTER) == 1
    assert '"1"' in stage.shown()


def test_a_trouble_that_comes_back_is_a_new_incident(stage: Stage, now: datetime) -> None:
    for trouble in (ValueError("no regime"), None, ValueError("no regime")):
        stage.trouble = trouble
        stage.change("1", now)
        stage.publish(now)
    assert len(stage.incidents) == 2


def test_nothing_is_stored_by_who_no_longer_leads(stage: Stage, now: datetime) -> None:
    def refuse(session: Session) -> None:
        raise PermissionError("lease lost")

    with pytest.raises(PermissionError):
        stage.publish(now, refuse)
    assert stage.shown() == ""
    # The next leader's turn, in this process, draws it after all.
    assert stage.publish(now) == 1

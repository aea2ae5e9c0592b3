"""What a scene is, and how it is drawn: each panel by itself, so that one that fails takes no other down."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder
from sqlalchemy.orm import Session

from access.audience import Projection
from access.principal import Principal
from components.panel import failed_face
from data_access.snapshots import DrawnPanel
from domain.boundaries import UnitMap
from domain.units import Organisation


@dataclass(frozen=True, slots=True)
class Question:
    """All a scene may ask with. `now` is aware UTC; `is_sample` labels the figures 'Dữ liệu mẫu'.

    `memory` lives as long as the question: scenes drawn together share their answers in it.
    """

    session: Session
    principal: Principal
    organisation: Organisation
    now: datetime
    is_sample: bool
    maps: tuple[UnitMap, ...] = ()
    memory: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Panel:
    """One independently drawn part of a scene; `title` and `modifier` are those of its failed face."""

    id: str
    title: str
    draw: Callable[[Any], Component | dict[str, Any]]
    modifier: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a wall shows at once: the topics that change it, how it asks, its panels, when time alone changes it
    (asked of the same answers). One of another projection is drawn of the same answers, of the whole only, and stored
    for other eyes."""

    name: str
    title: str
    topics: frozenset[str]
    ask: Callable[[Question], Any]
    panels: tuple[Panel, ...]
    redraw_at: Callable[[Any], datetime]
    projection: Projection = Projection.WALL


def draw_scene(scene: Scene, question: Question, report_failure: Callable[[str, Exception], str]) -> list[DrawnPanel]:
    """Every panel of the scene as component JSON.

    `report_failure(panel id, error)` logs a failed panel and returns the incident code its failed face shows.
    """
    answers = scene.ask(question)
    drawn = []
    for panel in scene.panels:
        try:
            component = panel.draw(answers)
            body = component_json(component)
        except Exception as error:  # noqa: BLE001 - the failed face is this panel's answer to anything
            # A failed statement leaves a PostgreSQL transaction unusable for the panels that follow.
            question.session.rollback()
            body = component_json(failed_face(panel.title, report_failure(panel.id, error), panel.modifier))
        drawn.append(DrawnPanel(scene.name, panel.id, body))
    return drawn


def next_drawing(
    scene: Scene, question: Question, report_failure: Callable[[str, Exception], str], otherwise: datetime
) -> datetime:
    """When time alone changes the scene, from the answers it was drawn with; `otherwise` when that cannot be told."""
    try:
        return scene.redraw_at(scene.ask(question))
    except Exception as error:  # noqa: BLE001 - the panels say what failed; the scene is tried again soon
        question.session.rollback()
        report_failure("redraw", error)
        return otherwise


def component_json(component: Component | dict[str, Any]) -> bytes:
    """A component tree as the JSON that draw.js makes into elements; equal trees give equal bytes."""
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()

"""Cameras on /cameras: the address says the unit and the camera; all is drawn from the newest pass."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.camera_desk import CameraLine, camera_card, camera_figures, camera_table
from components.desk_parts import unknown_yet
from data_access.cameras import CameraMonth, camera_month
from data_access.sources import source_by_name
from domain.cameras import count_coverage
from domain.permissions import Permission

EVERY = "*"


@callback(Output(ids.CAMERAS_UNIT, "options"), Input(ids.CAMERAS_FILTER, "data"))
@policy(Permission.SEE_CAMERAS)
def offer_units(_filter: object) -> list[dict[str, str]]:
    """The units the person may see."""
    return options_of([(EVERY, "Mọi đơn vị"), *own_unit_choices()])


@callback(
    Output(ids.CAMERAS_ADDRESS, "search"),
    Input(ids.CAMERAS_UNIT, "value"),
    State(ids.CAMERAS_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CAMERAS)
def on_unit(unit: object, known: object) -> Any:
    """Another unit is another address."""
    chosen = plain_text(unit).replace(EVERY, "")
    if chosen == said(known, "unit"):
        return no_update
    return f"?{urlencode({'unit': chosen})}" if chosen else ""


@callback(
    Output(ids.CAMERAS_FIGURES, "children"),
    Output(ids.CAMERAS_LIST, "children"),
    Output(ids.CAMERAS_ONE, "children"),
    changed("cameras"),
    Input(ids.CAMERAS_FILTER, "data"),
)
@policy(Permission.SEE_CAMERAS)
def draw_cameras(_version: object, known: object) -> tuple[Component, Component, Component]:
    """Figures and list of the unit, and the one camera the address names."""
    at, unit, code = now(), said(known, "unit"), said(known, "camera")
    with site().database.reading() as session:
        month = camera_month(session, asking(), site().organisation, at)
        source = source_by_name(session, "cameras")
    if source.as_of_at is None:
        return unknown_yet(source), unknown_yet(source), unknown_yet(source)
    lines = [line for line in camera_lines(month) if not unit or line.camera.unit == unit]
    coverage = count_coverage(
        [line.camera for line in lines], month.standing.verdicts, month.standing.findings.hidden_cameras
    )
    names = short_unit_names()
    return camera_figures(coverage, lines, source), camera_table(lines, names, unit), _one(month, code, names)


def camera_lines(month: CameraMonth) -> list[CameraLine]:
    """Every camera of the month as a line of the list."""
    standing = month.standing
    found = []
    for camera in standing.cameras:
        health = standing.healths[camera.code]
        failing = health.first_failing
        found.append(
            CameraLine(
                camera=camera,
                state=standing.state_of(camera),
                since=standing.since.get(camera.code),
                frame_at=health.frame_at,
                reason=failing.reason if failing else "",
                month=month.availability[camera.code],
            )
        )
    return found


def _one(month: CameraMonth, code: str, names: dict[str, str]) -> Component:
    line = next((line for line in camera_lines(month) if line.camera.code == code), None)
    if line is None:
        words = "Không có camera này trong phạm vi của bạn." if code else "Chọn một camera trong danh sách."
        return html.P(words, className="desk-nothing")
    sites = month.standing.findings.sites
    title = next((found.title for found in sites if line.camera in found.cameras), "")
    return camera_card(line, month.standing.healths[code], month.changes[code], names, title)

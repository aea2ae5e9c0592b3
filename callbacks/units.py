"""All units on /units: one table that joins the feeds, each unit a link to its page."""

from __future__ import annotations

from dash import Input, Output, callback
from dash.development.base_component import Component

from access.policy import policy
from callbacks import case_drawing as drawing
from callbacks.asking import asking, now, short_unit_names, site
from callbacks.case_answers import CASES, CaseAnswers
from callbacks.handler_drawing import draw_units as draw_unit_table
from callbacks.pulse import changed
from components import ids
from components.desk_parts import unfed_face
from domain.case_filters import CaseFilter
from domain.permissions import Permission


@callback(Output(ids.UNITS_LIST, "children"), changed(CASES), Input(ids.UNITS_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_units(_version: object, _filter: object) -> Component:
    """The units beside each other, those beyond their funnel limits first."""
    with site().database.reading() as session:
        answers = CaseAnswers(session, asking(), site(), CaseFilter(), now())
        if answers.source.as_of_at is None:
            return unfed_face(answers.source, "units")
        return drawing.standing([draw_unit_table(answers, short_unit_names())], answers)

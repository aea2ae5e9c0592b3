"""The quality of alarms on /alarm-quality: the address is the period, one reading draws every part."""

from __future__ import annotations

from dash import Input, Output, callback
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, said, short_unit_names, site
from components import ids
from components.alarm_quality import (
    NOTHING_RECORDED,
    priority_split,
    quality_figures,
    rule_table,
    standing_table,
    times_table,
)
from data_access.alarm_quality import load_quality_limits, quality_of_alarms
from data_access.alarm_rules import load_alarm_rules
from domain.alarm_quality import QualityPeriod
from domain.local_time import local_day
from domain.permissions import Permission


@callback(
    Output(ids.ALARM_QUALITY_FIGURES, "children"),
    Output(ids.ALARM_QUALITY_SPLIT, "children"),
    Output(ids.ALARM_QUALITY_TIMES, "children"),
    Output(ids.ALARM_QUALITY_RULES, "children"),
    Output(ids.ALARM_QUALITY_STANDING, "children"),
    Input(ids.ALARM_QUALITY_FILTER, "data"),
    Input(ids.ALARM_QUALITY_AGAIN, "n_clicks"),
)
@policy(Permission.SEE_ALARMS)
def draw_alarm_quality(known: object, _clicks: object) -> tuple[Component, ...]:
    """Every part of the period in the address, within the person's units."""
    at, period = now(), QualityPeriod.from_address({"period": said(known, "period")})
    with site().database.reading() as session:
        quality = quality_of_alarms(session, asking(), site().organisation, period, at)
    if quality is None:
        return (NOTHING_RECORDED,) * 5
    limits = load_quality_limits(local_day(at))
    rules = {code: rule.name for code, rule in load_alarm_rules().items()}
    return (
        quality_figures(quality, limits, at),
        priority_split(quality, limits),
        times_table(quality),
        rule_table(quality, rules),
        standing_table(quality, limits, short_unit_names(), at),
    )

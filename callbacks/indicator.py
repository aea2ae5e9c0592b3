"""One number explained on /indicators/ID: computed as everywhere, with the cases that moved it."""

from __future__ import annotations

from datetime import date, timedelta

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, said, short_unit_names, site, unit_name
from callbacks.case_answers import CASES, CaseAnswers
from callbacks.case_wishes import wanted_of
from callbacks.other_indicator import PLEDGE_PREFIX, draw_other
from callbacks.pulse import changed
from components import ids
from components.desk_parts import aged, desk_face, unknown_yet
from components.explanation import MovedGroup, MovedLine, Telling, explanation_view
from data_access.cases import MovedCase, filtered_figures, movement
from data_access.scope import NotFound
from domain.case_filters import NOBODY_NAME, CaseFilter
from domain.cases import decision_name
from domain.explanation import counted_fields, explain
from domain.indicators import CATALOGUE, Indicator
from domain.local_time import moment_words
from domain.other_indicators import OTHER_INDICATORS
from domain.permissions import Permission
from domain.statistics import Figures, Period, total

SPANS = {"": (1, "1 ngày"), "7": (7, "7 ngày"), "30": (30, "30 ngày")}


@callback(Output(ids.INDICATOR_ONE, "children"), changed(CASES), Input(ids.INDICATOR_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_indicator(_version: object, known: object) -> Component:
    """The number the address names."""
    name = said(known, "indicator")
    if name in OTHER_INDICATORS or name.startswith(PLEDGE_PREFIX):
        return draw_other(name, wanted_of(known))
    if name not in CATALOGUE:
        link = dcc.Link("Xem danh mục chỉ tiêu", href="/indicators", className="desk-button")
        return desk_face("indicators", "Không có chỉ tiêu này trong danh mục", "", link)
    wanted = wanted_of(known)
    with site().database.reading() as session:
        answers = CaseAnswers(session, asking(), site(), wanted, now())
        if answers.source.as_of_at is None:
            return unknown_yet(answers.source)
        try:
            return aged([_explained(answers, CATALOGUE[name], said(known, "since"))], answers.source)
        except NotFound:
            return html.P("Không có đơn vị này trong phạm vi của bạn.", className="desk-card desk-nothing")


def _explained(answers: CaseAnswers, indicator: Indicator, since: str) -> Component:
    days, _ = SPANS.get(since, SPANS[""])
    earlier_on = answers.period.to_on - timedelta(days=days)
    before = _figures_until(answers, earlier_on) if earlier_on >= answers.period.from_on else None
    found = explain(indicator, answers.figures, before)
    moved = [] if before is None else [_group(answers, indicator, field, days) for field in counted_fields(indicator)]
    query = answers.wanted
    rows = tuple(
        (CATALOGUE[f"{field}_cases"].name.removesuffix(" về việc"), f"/cases{query.address(figure=field)}#cases")
        for field in counted_fields(indicator)
    )
    at = answers.source.as_of_at
    assert at is not None
    period = answers.period
    telling = Telling(
        scope=unit_name(answers.wanted.unit or asking().unit),
        period=f"{period.from_on:%d/%m/%Y} – {period.to_on:%d/%m/%Y}",
        narrowed=answers.wanted.words({area.code: area.name for area in answers.organisation.areas}),
        source=f"{answers.source.title}, số liệu đến {moment_words(at)}",
        regime=answers.regime.name,
        since=f"ngày {earlier_on:%d/%m/%Y}",
        switch=_switch(indicator, query, since),
        rows=rows,
        query=query.address(),
        is_sample=answers.site.is_sample,
    )
    return explanation_view(found, telling, moved)


def _figures_until(answers: CaseAnswers, until: date) -> Figures:
    """The same period as it stood at the end of an earlier day, by what is known now."""
    period = Period(answers.period.from_on, until)
    asked = (answers.session, answers.principal, answers.organisation, answers.wanted, period, answers.regime)
    return total(filtered_figures(*asked).values())


def _group(answers: CaseAnswers, indicator: Indicator, field: str, days: int) -> MovedGroup:
    ends_on = answers.period.to_on
    asked = (answers.session, answers.principal, answers.organisation, answers.wanted)
    span = Period(ends_on - timedelta(days=days - 1), ends_on)
    found = movement(*asked, span, answers.regime, field, indicator.counted_in)
    names = short_unit_names()
    return MovedGroup(
        CATALOGUE[f"{field}_{indicator.counted_in}"],
        (found.raised, found.raised_by),
        (found.lowered, found.lowered_by),
        tuple(_line(one, names) for one in found.largest),
    )


def _line(one: MovedCase, names: dict[str, str]) -> MovedLine:
    who = f"{names.get(one.unit, one.unit)}, {one.officer or NOBODY_NAME}"
    return MovedLine(decision_name(one.number, one.decided_on), f"/cases/{one.public_id}", who, one.change)


def _switch(indicator: Indicator, wanted: CaseFilter, since: str) -> Component:
    links = [
        dcc.Link(
            words,
            href=f"/indicators/{indicator.id}{wanted.address(since=span)}",
            className="switch-part is-current" if span == since else "switch-part",
        )
        for span, (_, words) in SPANS.items()
    ]
    return html.Div(links, className="switch", role="group")

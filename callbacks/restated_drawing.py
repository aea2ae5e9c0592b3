"""Where a page of cases looks across a reorganisation: what was added up, what cannot be, before and after in a table.

Figures are only ever added up. Today's figure of a unit is not shared out among those that were before it: beside it
stands what they had last.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from dash import dcc, html
from dash.development.base_component import Component

from callbacks.case_answers import CaseAnswers, measure_of
from components import format as text
from components.desk_parts import desk_face
from components.restatement import RestatedCircle, RestatedRow, circles_table, restated_note
from data_access.cases import filtered_figures
from data_access.regimes import load_regimes
from data_access.scope import NotRestatable
from domain.cases import regime_on
from domain.statistics import Figures, Measure, Period, StatisticalYear
from domain.units import Organisation, Restatement, Restructured, restatement, sum_of

DAY = timedelta(days=1)
SPLIT = "không quy đổi được cho từng đơn vị: địa bàn bị chia cho nhiều đơn vị, chỉ so được cả nhóm"


def compared_note(answers: CaseAnswers) -> Component | None:
    """What the compared figures of the units were added up from."""
    return restated_note(
        sentences(answers.organisation, answers.restated, answers.neighbours, answers.wanted.before_words)
    )


def curve_note(answers: CaseAnswers) -> Component | None:
    """What the line before a reorganisation is the sum of; nothing for the whole, which stays itself."""
    restated = _since_last_year(answers)
    if answers.units is None:
        return None
    return restated_note(sentences(answers.organisation, restated, dict.fromkeys(answers.units), "đường trước đó"))


def sentences(organisation: Organisation, restated: Restatement, units: Mapping[str, object], what: str) -> list[str]:
    """Of each unit of the later day that took anything over: from whom, or that it cannot be told."""
    if not restated.is_crossed:
        return []
    told, split = [], []
    for unit in organisation.case_units_on(restated.until):
        lineage = restated.lineage(unit.code)
        if unit.code not in units or lineage.is_unchanged or not lineage.parts:
            continue
        if lineage.is_whole:
            told.append(f"{unit.short_name} = {' + '.join(names_on(organisation, lineage.parts, restated.after))}")
        else:
            split.append(unit.short_name)
    days = ", ".join(text.day(day) for day in restated.days)
    found = [f"Đổi cơ cấu {days}; {what} cộng số của đơn vị cũ: {'; '.join(told)}."] if told else []
    return found + ([f"{', '.join(split)}: {SPLIT}."] if split else [])


def draw_circles(answers: CaseAnswers) -> Component | str:
    """Predecessors' last figures beside those of their successors; nothing where the page looks across no change."""
    restated = _shown(answers)
    if not restated.is_crossed:
        return ""
    eve = restated.days[0] - DAY
    both = (_figures(answers, eve, restated), _figures(answers, answers.period.to_on, None))
    circles = [_circle(answers, circle, both, restated) for circle in restated.circles() if _is_asked(answers, circle)]
    if not circles:
        return ""
    days = ", ".join(text.day(day) for day in restated.days)
    head = html.Div(
        [html.H2(f"Trước và sau đổi cơ cấu {days}"), html.Small("cộng nguyên đơn vị, không chia số của đơn vị nào")],
        className="desk-toolbar",
    )
    table = circles_table(circles, eve, answers.period.to_on, answers.wanted.measure)
    return html.Div([head, html.Div(table, className="desk-scroll")])


def ended_face(answers: CaseAnswers, ended_on: date) -> Component:
    """In place of figures of a unit that has ended: zeros would say that it has no work left."""
    organisation, unit = answers.organisation, answers.wanted.unit
    heirs = restatement(organisation, ended_on, answers.period.to_on).heirs.get(unit, frozenset())
    names = names_on(organisation, heirs, answers.period.to_on)
    words = f"Việc của đơn vị chuyển sang: {', '.join(names)}." if names else "Chưa ghi đơn vị kế thừa."
    link = dcc.Link("Xem số liệu khi đó", href=f"/units/{unit}?ends={ended_on.isoformat()}", className="desk-button")
    return desk_face("units", f"Đơn vị này đã kết thúc ngày {text.day(ended_on)}", words, link)


def names_on(organisation: Organisation, codes: frozenset[str], day: date) -> list[str]:
    """The units as they were called on a day, in the order of the pack."""
    return [unit.short_name for unit in organisation.case_units_on(day) if unit.code in codes]


def _shown(answers: CaseAnswers) -> Restatement:
    """The change the page looks across; for a unit that has ended, the one that ended it."""
    organisation, until = answers.organisation, answers.period.to_on
    ended_on = organisation.ended_on(answers.wanted.unit, until)
    if ended_on is not None:
        return restatement(organisation, ended_on, until)
    return _since_last_year(answers)


def _since_last_year(answers: CaseAnswers) -> Restatement:
    """From the first day that the curve shows, or the comparison if it begins earlier."""
    first_on = StatisticalYear(answers.year.year - 1).first_on
    return restatement(answers.organisation, min(first_on, answers.restated.after), answers.period.to_on)


def _is_asked(answers: CaseAnswers, circle: Restructured) -> bool:
    return answers.units is None or bool(answers.units & (circle.before | circle.after))


def _figures(answers: CaseAnswers, on: date, restated: Restatement | None) -> Mapping[str, Figures]:
    """Of every unit the person may see, the statistical year to a day; empty where none of before is theirs alone."""
    period = StatisticalYear.of(on).to_date(on)
    wanted = answers.wanted.without("unit", "officer", "age")
    asked = (answers.session, answers.principal, answers.organisation, wanted)
    whole = None if restated is None else restatement(answers.organisation, on, restated.until)
    try:
        return filtered_figures(*asked, Period(period.from_on, on), regime_on(load_regimes(), on), whole)
    except NotRestatable:
        return {}


def _circle(
    answers: CaseAnswers,
    circle: Restructured,
    both: tuple[Mapping[str, Figures], Mapping[str, Figures]],
    restated: Restatement,
) -> RestatedCircle:
    organisation, counted_in = answers.organisation, answers.wanted.measure
    sides: list[tuple[tuple[RestatedRow, ...], Measure | None]] = []
    for codes, figures, day in zip(
        (circle.before, circle.after), both, (restated.days[0] - DAY, restated.until), strict=True
    ):
        rows = tuple(
            RestatedRow(unit.short_name, measure_of(figures[unit.code], counted_in) if unit.code in figures else None)
            for unit in organisation.case_units_on(day)
            if unit.code in codes
        )
        is_known = codes <= figures.keys()
        sides.append((rows, measure_of(sum_of(figures, codes, Figures()), counted_in) if is_known else None))
    is_split = any(len(restated.heirs[old]) > 1 for old in circle.before) or bool(circle.after & restated.torn)
    note = SPLIT[0].upper() + SPLIT[1:] + "." if is_split else ""
    return RestatedCircle(*sides[0], *sides[1], note)

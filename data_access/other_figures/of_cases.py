"""Figures of cases beside the form, and of the alarms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data_access.cases import cases_over_twelve_months, overdue_clocks
from data_access.deadlines import deadline_rules
from data_access.other_figures.questions import FigureQuestions
from domain.alarms import PRIORITY_NAMES, Priority
from domain.deadlines import CLOCK_NAMES
from domain.other_figures import FigureTerm, OtherFigure

Answer = Callable[[FigureQuestions], OtherFigure]


def over_twelve_months(asked: FigureQuestions) -> OtherFigure:
    """The wall's question; a desk under a filter asks `old_cases`."""
    if not asked.knows_cases:
        return OtherFigure(f"ngày {asked.today:%d/%m/%Y}", None)
    found = cases_over_twelve_months(asked.session, asked.principal, asked.organisation, asked.today)
    return OtherFigure(f"ngày {asked.today:%d/%m/%Y}", sum(found.values()))


def clocks_overdue(asked: FigureQuestions) -> OtherFigure:
    """Each kind of clock by itself; one without a rule in force is left out, and said."""
    rules = deadline_rules(asked.session, asked.is_sample)
    counts = overdue_clocks(asked.session, asked.principal, asked.organisation, asked.today, rules)
    terms = tuple(FigureTerm(CLOCK_NAMES[clock], sum(by_unit.values())) for clock, by_unit in counts.overdue.items())
    left_out = tuple(
        FigureTerm(f"{CLOCK_NAMES[clock]}: chưa có quy định, số việc liên quan", number)
        for clock, number in counts.without_rule.items()
    )
    total = counts.total if asked.knows_cases else None
    return OtherFigure(f"ngày {asked.today:%d/%m/%Y}", total, terms=terms, left_out=left_out, note=counts.note)


def alarms_open(asked: FigureQuestions) -> OtherFigure:
    """By priority; what is shelved is listed and not open."""
    listed = asked.alarms
    terms = tuple(
        FigureTerm(PRIORITY_NAMES[each], sum(one.is_open and one.priority is each for one in listed))
        for each in Priority
    )
    shelved = FigureTerm("đang tạm ẩn hoặc bị che bởi cảnh báo khác", sum(not one.is_open for one in listed))
    return OtherFigure("lúc này", sum(one.is_open for one in listed), terms=terms, left_out=(shelved,))


OF_CASES: Mapping[str, Answer] = {
    "over_twelve_months": over_twelve_months,
    "overdue_clocks": clocks_overdue,
    "alarms_open": alarms_open,
}

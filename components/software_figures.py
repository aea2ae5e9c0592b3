"""What a software states of itself: its newest figures by unit, each with its period and how old it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.observed_figures import figure_words, parts_words
from domain.local_time import moment_words
from domain.observations import Observation, ObservedIndicator, ObservedPeriod, ObservedTotal

# Indicators of who works with a software end so (data/observed_indicators.csv).
USERS_ACTIVE = "_users_active"


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """One indicator of a software: the newest figure of each unit that stated one, of all units together, the period
    that is owed by now, and the units that owe it."""

    indicator: ObservedIndicator
    by_unit: Mapping[str, Observation]
    newest: ObservedTotal | None
    owed: ObservedPeriod
    owing: Sequence[str]


@dataclass(frozen=True, slots=True)
class StatedFigures:
    """What a software states, in one line: accounts in use of those given, when the newest figure was made, how
    many of its indicators are owed by somebody."""

    users: ObservedTotal | None
    newest_at: datetime | None
    owed: int
    indicators: int


def stated_figures(columns: Sequence[FigureColumn]) -> StatedFigures:
    """One line of all indicators of a software."""
    users = next((one.newest for one in columns if one.indicator.code.endswith(USERS_ACTIVE)), None)
    stated = [each.as_of_at for one in columns for each in one.by_unit.values()]
    return StatedFigures(users, max(stated, default=None), sum(bool(one.owing) for one in columns), len(columns))


def stated_words(stated: StatedFigures) -> Component:
    """Users and freshness in a cell of the list."""
    users: list[Component] = []
    if stated.users is not None:
        users.append(html.Span(f"{parts_words(stated.users.figures)} tài khoản"))
        users.append(html.Small(f"{stated.users.period.name}, lập {moment_words(stated.users.oldest_at)}"))
        if not stated.users.is_whole:
            users.append(html.Small(f"mới {stated.users.known_units}/{stated.users.units} đơn vị"))
    if stated.newest_at is None:
        return html.Div([*users, html.Span(text.NO_FIGURES, className="desk-faint")], className="desk-notes")
    told: list[Component] = [html.Small(f"số liệu mới nhất lập {moment_words(stated.newest_at)}")]
    if stated.owed:
        told.append(html.Small(f"{stated.owed}/{stated.indicators} chỉ tiêu còn thiếu"))
    return html.Div([*users, *told], className="desk-notes")


def figures_by_unit(columns: Sequence[FigureColumn], units: Sequence[tuple[str, str]], path: str) -> Component:
    """Every unit with its newest figure of each indicator and the period it is of; what is owed is said."""
    if not columns:
        words = "Chưa có chỉ tiêu nào được khai báo cho phần mềm này: chưa có số liệu."
        return html.P(words, className="desk-nothing")
    heads = [
        html.Th(
            dcc.Link(one.indicator.name, href=f"{path}?indicator={one.indicator.code}", title=one.indicator.meaning),
            scope="col",
            className="desk-number",
        )
        for one in columns
    ]
    rows = [
        html.Tr([html.Td(name), *(_cell(one, one.by_unit.get(code), code in one.owing) for one in columns)])
        for code, name in units
    ]
    whole = html.Tr([html.Th("Toàn địa bàn", scope="row"), *(_total(one) for one in columns)], className="desk-sum")
    head = html.Thead(html.Tr([html.Th("Đơn vị", scope="col"), *heads]))
    return html.Table([head, html.Tbody([*rows, whole])], className="desk-table software-figures")


def _cell(column: FigureColumn, found: Observation | None, is_owing: bool) -> Component:
    owed = html.Small(f"thiếu {column.owed.name}", className="is-bad") if is_owing else None
    if found is None:
        return html.Td([html.Span(text.NO_FIGURES, className="desk-faint"), owed], className="desk-number")
    indicator = column.indicator
    is_bad = indicator.is_abnormal(found.figures.figure)
    parts = " · ".join(part for part in (parts_words(found.figures), found.period.name) if part)
    value = html.Span(figure_words(indicator, found.figures), className="is-bad" if is_bad else None)
    told = f"Lập lúc {moment_words(found.as_of_at)}"
    return html.Td([value, html.Small(parts), owed], className="desk-number", title=told)


def _total(column: FigureColumn) -> Component:
    newest = column.newest
    if newest is None:
        return html.Td(text.UNKNOWN, className="desk-number")
    part = "" if newest.is_whole else f" · mới {newest.known_units}/{newest.units} đơn vị"
    small = html.Small(f"{newest.period.name}{part}")
    told = f"Số liệu cũ nhất lập lúc {moment_words(newest.oldest_at)}"
    return html.Td(
        [html.Span(figure_words(column.indicator, newest.figures)), small], className="desk-number", title=told
    )

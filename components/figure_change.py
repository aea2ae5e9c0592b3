"""Đổi gì từ hôm qua: what a figure beside the form was, by how much it moved, its parts then and now, which rows moved
it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.explanation import RATE_PLACES, value_words
from domain.figure_changes import FigureChange, FigureMove, difference, terms_beside
from domain.indicators import Value
from domain.other_figures import OtherFigure

NOT_SAID = "chưa rõ"


def change_card(unit: str, found: OtherFigure, change: FigureChange, href: Callable[[str], str]) -> Component:
    """The card below an explanation; `href` makes an address of the page that lists the rows of a move."""
    inside: list[Component] = [_sentence(unit, found, change)]
    if change.before is not None:
        rows = terms_beside(change.before, found)
        inside += [_terms(rows)] if rows else []
        if change.moves and difference(change.before.value, found.value) is not None:
            inside += [html.H3("Vì sao"), _moves(change.moves, href)]
    return html.Section(
        [
            html.Div(html.H2("Đổi gì từ hôm qua"), className="desk-toolbar"),
            html.Div(inside, className="desk-scroll"),
        ],
        className="desk-card explained-change",
    )


def change_words(amount: Value, unit: str) -> str:
    """'tăng 3 phản ánh (+3)', 'giảm 1,25 điểm (−1,25)', 'không đổi'; unknown in words."""
    if amount is None:
        return "không so được"
    if not amount:
        return "không đổi"
    size = -amount if amount < 0 else amount
    told = text.points(size, RATE_PLACES) if isinstance(size, Decimal) and unit == "%" else value_words(size, unit)
    return f"{'tăng' if amount > 0 else 'giảm'} {told} ({_signed(amount)})"


def _sentence(unit: str, found: OtherFigure, change: FigureChange) -> Component:
    before = change.before
    if before is None:
        return html.P(f"So với {change.since}: {change.words}.", className="desk-words")
    amount = difference(before.value, found.value)
    words = f"{change.since[:1].upper()}{change.since[1:]}: {_value(before, unit)}; nay {_value(found, unit)}: "
    return html.P([words, html.B(change_words(amount, unit)), f". {change.words}"], className="desk-words")


def _value(found: OtherFigure, unit: str) -> str:
    return (found.note or NOT_SAID) if found.value is None else value_words(found.value, unit)


def _terms(rows: Sequence[tuple[str, int | None, int | None]]) -> Component:
    heads = html.Thead(html.Tr([html.Th(head) for head in ("Thành phần", "Khi đó", "Nay", "Đổi")]))
    lines = [
        html.Tr([html.Td(words), *(_number(_whole(one)) for one in (then, now)), _number(_moved(then, now))])
        for words, then, now in rows
    ]
    return html.Table([heads, html.Tbody(lines)], className="desk-table explained-terms")


def _moves(moves: Sequence[FigureMove], href: Callable[[str], str]) -> Component:
    lines = [
        html.Tr([html.Td(dcc.Link(move.words, href=href(move.page))), _number(_signed(move.number))]) for move in moves
    ]
    return html.Table(html.Tbody(lines), className="desk-table moved-rows")


def _number(words: str) -> Component:
    return html.Td(words, className="desk-number")


def _whole(value: int | None) -> str:
    return text.UNKNOWN if value is None else text.whole(value)


def _moved(then: int | None, now: int | None) -> str:
    return text.UNKNOWN if then is None or now is None else _signed(now - then)


def _signed(amount: Decimal | int) -> str:
    sign = "+" if amount > 0 else text.MINUS if amount < 0 else ""
    size = -amount if amount < 0 else amount
    return f"{sign}{text.whole(size) if isinstance(size, int) else text.decimal(size, RATE_PLACES)}"

"""Giải thích con số này: name, value, formula in words and with the actual values, basis, source, what moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from domain.explanation import Explanation
from domain.indicators import CATALOGUE, Indicator, Value
from domain.other_figures import FigureTerm, OtherFigure
from domain.other_indicators import OTHER_INDICATORS, OtherIndicator

RATE_PLACES = 2


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A case that moved the figure: its name, its page, who handles it, by how much."""

    name: str
    href: str
    who: str
    change: int


@dataclass(frozen=True, slots=True)
class MovedGroup:
    """A count of the formula and what moved it: how many cases raised and lowered it and by how much in all. `lines`
    are the largest."""

    indicator: Indicator
    raised: tuple[int, int]
    lowered: tuple[int, int]
    lines: tuple[MovedLine, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What stands around an explanation: whose figure it is, of which period, from where, and where its rows are.

    `narrowed` says what the filter asks for, '' for all cases. `since` are the days that the change is told of;
    `rows` are (words, address) of the cases behind it, `query` the filter as its parts carry it on.
    """

    scope: str
    period: str
    narrowed: str
    source: str
    regime: str
    since: str
    switch: Component
    rows: tuple[tuple[str, str], ...]
    query: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class OtherTelling:
    """What stands around a number that is not of the form: whose it is, from where and how old, where its rows are."""

    scope: str
    source: str
    href: str
    is_sample: bool


def explanation_view(found: Explanation, telling: Telling, moved: Sequence[MovedGroup]) -> Component:
    """Everything about one number of the form."""
    one = found.indicator
    facts: list[tuple[str, Component | str]] = [
        ("Giá trị", html.B(value_words(found.value, one.unit), className="explained-value")),
        ("Của", f"{telling.scope}, kỳ {telling.period}"),
        ("Bộ lọc", telling.narrowed or "mọi việc"),
        ("Cách tính", one.formula),
        ("Ký hiệu", html.Code(one.symbols)),
        ("Với số thật", _with_values(found)),
        ("Không gồm", one.excludes or "không có phần nào bị loại ra"),
        ("Căn cứ", f"{one.legal_basis}; chế độ thống kê đang áp dụng: {telling.regime}"),
        ("Nguồn", telling.source),
        ("Trạng thái", "số liệu tạm tính" + (" · Dữ liệu mẫu" if telling.is_sample else "")),
        ("Các việc tạo nên", _rows(telling.rows)),
    ]
    return html.Div(
        [
            _card(one.name, html.Dl(_pairs(facts), className="desk-facts explained")),
            _card("Thành phần", _parts(found, telling.query)),
            _card(
                "Đã đổi gì, vì việc nào", html.Div([_change(found, telling.since), *map(_moved, moved)]), telling.switch
            ),
        ],
        className="desk-stack",
    )


def other_view(one: OtherIndicator, found: OtherFigure | None, telling: OtherTelling) -> Component:
    """A number that is not of the form, with its actual value; `found` is None while its source is silent."""
    value = text.NO_FIGURES if found is None else value_words(found.value, one.unit)
    if found is not None and found.value is None and found.note:
        value = found.note
    facts: list[tuple[str, Component | str]] = [
        ("Giá trị", html.B(value, className="explained-value")),
        ("Của", telling.scope if found is None else f"{telling.scope}, {found.period}"),
        ("Cách tính", one.formula),
    ]
    if found is not None:
        facts += [("Với số thật", words) for words in [other_values(one, found)] if words]
        facts += [("Cần biết", found.note)] if found.note and found.value is not None else []
    facts += [
        ("Không gồm", _left_out(one, found)),
        ("Căn cứ", one.legal_basis),
        ("Nguồn", telling.source),
        ("Trạng thái", "số liệu tạm tính" + (" · Dữ liệu mẫu" if telling.is_sample else "")),
        ("Các dòng tạo nên", dcc.Link("mở danh sách", href=telling.href)),
    ]
    cards = [_card(one.name, html.Dl(_pairs(facts), className="desk-facts explained"))]
    if found is not None and found.terms:
        cards.append(_card("Thành phần", _terms(found.terms)))
    return html.Div(cards, className="desk-stack")


def other_values(one: OtherIndicator, found: OtherFigure) -> str:
    """'12 (lượt hài lòng) / 40 (lượt có đánh giá) = 30,00%'; '' where the value is not a share."""
    if found.share is None:
        return ""
    part, whole = found.share_words
    shown = f"{text.whole(found.share.part)} ({part}) / {text.whole(found.share.whole)} ({whole})"
    return f"{shown} = {value_words(found.value, one.unit)}"


def _left_out(one: OtherIndicator, found: OtherFigure | None) -> Component | str:
    numbers = [] if found is None else [_term_words(term) for term in found.left_out]
    return one.excludes + (f" (hiện: {'; '.join(numbers)})" if numbers else "")


def _term_words(term: FigureTerm) -> str:
    return f"{term.words} {text.UNKNOWN if term.value is None else text.whole(term.value)}"


def _terms(terms: Sequence[FigureTerm]) -> Component:
    rows = [html.Tr([html.Td(term.words), html.Td(_number(term.value), className="desk-number")]) for term in terms]
    return html.Table(html.Tbody(rows), className="desk-table explained-terms")


def catalogue_view() -> Component:
    """Every number by name, each a link to its explanation."""
    form = [
        html.Tr(
            [
                html.Td(dcc.Link(one.name, href=f"/indicators/{one.id}")),
                html.Td(one.unit),
                html.Td(html.Code(one.symbols)),
                html.Td(one.formula),
                html.Td(one.legal_basis, className="desk-detail"),
            ]
        )
        for one in CATALOGUE.values()
    ]
    others = [
        html.Tr(
            [
                html.Td(dcc.Link(one.name, href=f"/indicators/{one.id}")),
                html.Td(one.unit),
                html.Td(),
                html.Td(one.formula),
                html.Td(one.legal_basis, className="desk-detail"),
            ]
        )
        for one in OTHER_INDICATORS.values()
    ]
    heads = html.Thead(
        html.Tr([html.Th(head) for head in ("Chỉ tiêu", "Đơn vị tính", "Ký hiệu", "Cách tính", "Căn cứ")])
    )
    return html.Table([heads, html.Tbody([*form, *others])], className="desk-table")


def value_words(value: Value, unit: str) -> str:
    """A value as a reader reads it: exact, with its unit; unknown in words."""
    if value is None:
        return "không có mẫu số" if unit == "%" else text.NO_FIGURES
    return f"{_number(value)}{'%' if unit == '%' else f' {unit}'}"


def _number(value: Value) -> str:
    if value is None:
        return text.UNKNOWN
    return text.whole(value) if isinstance(value, int) else text.decimal(value, RATE_PLACES)


def _with_values(found: Explanation) -> str:
    right = found.with_values(_number)
    value = value_words(found.value, found.indicator.unit)
    return value if right == _number(found.value) else f"{right} = {value}"


def _parts(found: Explanation, query: str) -> Component:
    rows = [
        html.Tr(
            [
                html.Td(html.Code(part.letter)),
                html.Td(dcc.Link(part.indicator.name, href=f"/indicators/{part.indicator.id}{query}")),
                html.Td(value_words(part.value, part.indicator.unit), className="desk-number"),
            ]
        )
        for part in found.parts
    ]
    return html.Table(html.Tbody(rows), className="desk-table")


def _change(found: Explanation, since: str) -> Component:
    """What it was, and by how much it moved; late facts are in both numbers, and that is said."""
    if found.change is None:
        return html.P(f"Không so được với {since}: khác kỳ, hoặc khi đó chưa có mẫu số.", className="desk-words")
    unit = found.indicator.unit
    change = found.change
    amount = text.points(abs(change), RATE_PLACES) if isinstance(change, Decimal) else value_words(abs(change), unit)
    word = "không đổi" if not change else f"tăng {amount}" if change > 0 else f"giảm {amount}"
    before = value_words(found.before, unit)
    return html.P(
        [
            f"Hết {since}: {before}; nay {value_words(found.value, unit)}: ",
            html.B(word),
            ". Việc nhập muộn cho ngày trước đã nằm trong cả hai số.",
        ],
        className="desk-words",
    )


def _moved(group: MovedGroup) -> Component:
    name = group.indicator.name
    if not group.lines:
        return html.P(f"{name}: không việc nào làm đổi.", className="desk-nothing")
    rows = [
        html.Tr(
            [
                html.Td(dcc.Link(line.name, href=line.href)),
                html.Td(line.who),
                html.Td(f"{'+' if line.change > 0 else ''}{text.whole(line.change)}", className="desk-number"),
            ]
        )
        for line in group.lines
    ]
    told = [
        f"{text.whole(number)} việc làm {word} {value_words(abs(amount), group.indicator.unit)}"
        for word, (number, amount) in (("tăng", group.raised), ("giảm", group.lowered))
        if number
    ]
    number = group.raised[0] + group.lowered[0]
    rest = f"; {len(rows)} việc đổi nhiều nhất:" if number > len(rows) else ":"
    return html.Div(
        [
            html.H3(name),
            html.P(f"{'; '.join(told)}{rest}", className="desk-words"),
            html.Table(html.Tbody(rows), className="desk-table moved-cases"),
        ]
    )


def _rows(rows: Sequence[tuple[str, str]]) -> Component:
    parts: list[Component | str] = []
    for words, href in rows:
        parts += [" · ", dcc.Link(words, href=href)] if parts else [dcc.Link(words, href=href)]
    return html.Span(parts)


def _pairs(facts: Sequence[tuple[str, Component | str]]) -> list[Component]:
    return [part for name, value in facts for part in (html.Dt(name), html.Dd(value))]


def _card(title: str, inside: Component, beside: Component | None = None) -> Component:
    head = html.Div([html.H2(title), *([beside] if beside is not None else [])], className="desk-toolbar")
    return html.Section([head, html.Div(inside, className="desk-scroll")], className="desk-card")

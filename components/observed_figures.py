"""Figures by indicator, unit and period: how one is said, what is owed, one indicator by unit and period."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from domain.local_time import moment_words
from domain.observations import Figures, Measure, Observation, ObservedIndicator, ObservedPeriod, ObservedTotal

BY_HAND = "Khảo sát, số liệu tay"


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One indicator of the list: the newest total that is known, the period owed by now and how many units owe it."""

    indicator: ObservedIndicator
    owed: ObservedPeriod
    newest: ObservedTotal | None
    missing_units: int


def figure_words(indicator: ObservedIndicator, figures: Figures) -> str:
    """'82,5%', '3,2 ngày/văn bản', '1,2 tỷ', '1.204 văn bản'."""
    match indicator.measure:
        case Measure.SHARE:
            return text.percent(100 * figures.figure)
        case Measure.QUOTIENT:
            return f"{text.decimal(figures.figure)} {indicator.unit_word}"
        case Measure.AMOUNT:
            if indicator.is_money:
                return text.money(int(figures.figure))
            return f"{_count(figures)} {indicator.unit_word}"


def parts_words(figures: Figures) -> str:
    """'33/40' of a share or a quotient, '' of an amount."""
    if figures.denominator is None:
        return ""
    return f"{_plain(figures.numerator)}/{_plain(figures.denominator)}"


def owed_table(lines: Sequence[OwedLine], path: str) -> Component:
    """Every indicator of a software: its newest figure, what of it is missing, and what is owed."""
    if not lines:
        return html.P("Không có chỉ tiêu nào.", className="desk-nothing")
    heads = ("Chỉ tiêu", "Số liệu mới nhất", "Tử/mẫu", "Kỳ", "Đơn vị có số liệu", "Lập lúc (cũ nhất)", "Kỳ đã đến hạn")
    head = html.Tr([html.Th(words, className="desk-number" if at == 2 else None) for at, words in enumerate(heads)])
    return html.Table(
        [html.Thead(head), html.Tbody([_owed(line, path) for line in lines])], className="desk-table observed-table"
    )


def _owed(line: OwedLine, path: str) -> Component:
    indicator, newest = line.indicator, line.newest
    link = dcc.Link(indicator.name, href=f"{path}?indicator={indicator.code}", title=indicator.meaning)
    owed = _owed_words(line)
    if newest is None:
        unknown = html.Td(text.NO_FIGURES, className="is-old-part")
        return html.Tr([html.Td(link), unknown, *[html.Td(text.UNKNOWN)] * 4, html.Td(owed, className="is-bad")])
    is_abnormal = indicator.is_abnormal(newest.figures.figure)
    known = "một số chung" if newest.is_stated else f"{newest.known_units}/{newest.units}"
    return html.Tr(
        [
            html.Td(link),
            html.Td(figure_words(indicator, newest.figures), className="is-bad" if is_abnormal else None),
            html.Td(parts_words(newest.figures), className="desk-number"),
            html.Td(newest.period.name),
            html.Td(known, className=None if newest.is_whole else "is-bad"),
            html.Td(moment_words(newest.oldest_at), className="desk-time"),
            html.Td(owed, className="is-bad" if line.missing_units else None),
        ]
    )


def _owed_words(line: OwedLine) -> str:
    if not line.missing_units:
        return f"{line.owed.name}: đủ"
    return f"{line.owed.name}: thiếu {line.missing_units} đơn vị"


def periods_table(
    indicator: ObservedIndicator,
    periods: Sequence[ObservedPeriod],
    units: Sequence[tuple[str, str]],
    known: Mapping[tuple[str, ObservedPeriod], Observation],
    totals: Mapping[ObservedPeriod, ObservedTotal],
    owing: Collection[tuple[str, ObservedPeriod]],
    scope: str,
) -> Component:
    """One indicator by unit and period, newest period first; an empty cell says whether somebody owes a figure (the
    unit and period are in `owing`). `scope` is what the last line adds up."""
    short = [period.name.removeprefix("tháng ") for period in periods]
    head = html.Tr([html.Th("Đơn vị"), *[html.Th(words, className="desk-number") for words in short]])
    rows = [
        html.Tr(
            [
                html.Td(name),
                *(_cell(indicator, known.get((code, period)), (code, period) in owing) for period in periods),
            ]
        )
        for code, name in units
    ]
    whole = [_total(indicator, totals.get(period)) for period in periods]
    rows.append(html.Tr([html.Td(scope), *whole], className="desk-sum"))
    return html.Table([html.Thead(head), html.Tbody(rows)], className="desk-table observed-table")


def _cell(indicator: ObservedIndicator, found: Observation | None, is_owed: bool) -> Component:
    if found is None:
        return html.Td(
            "thiếu" if is_owed else text.UNKNOWN, className=f"desk-number {'is-bad' if is_owed else 'is-old-part'}"
        )
    said = f"Lập lúc {moment_words(found.as_of_at)}"
    is_bad = indicator.is_abnormal(found.figures.figure)
    parts = parts_words(found.figures)
    small = html.Small(parts) if parts else None
    return html.Td(
        [html.Span(figure_words(indicator, found.figures), className="is-bad" if is_bad else None), small],
        className="desk-number",
        title=said,
    )


def _total(indicator: ObservedIndicator, total: ObservedTotal | None) -> Component:
    if total is None:
        return html.Td(text.UNKNOWN, className="desk-number")
    told = "" if total.is_whole else f"mới {total.known_units}/{total.units} đơn vị"
    small = html.Small(told, className="is-bad") if told else None
    return html.Td([figure_words(indicator, total.figures), small], className="desk-number")


def _count(figures: Figures) -> str:
    return _plain(figures.numerator)


def _plain(number: object) -> str:
    """A count with dots, what is no whole number with its decimals after a comma."""
    said = f"{number:f}"
    head, _, tail = said.partition(".")
    tail = tail.rstrip("0")
    return text.whole(int(head)) + (f",{tail}" if tail else "")

"""The row of figures above the cases of a unit or a filter: each leads to what explains it, none is a bare number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from components.bullet import rate_bullet, scale_name, shared_scale
from domain.deadlines import CLOCK_NAMES, Clock, ClockCounts
from domain.indicators import CountedIn
from domain.rates import RateComparison
from domain.statistics import Measure, percentage

ONE_PLACE = Decimal("0.1")
SHARE_SCALES = (25, 50, 100)
# Shorter than CLOCK_NAMES: three of them stand in one line of a card.
SHORT_CLOCKS = {
    Clock.REVERIFICATION: "xác minh lại",
    Clock.FIRST_VERIFICATION: "lần đầu",
    Clock.LONG_NOT_ENFORCEABLE: "quá 2 năm",
    Clock.PAY_OUT: "chi trả",
}


def kpi_cards(cards: Sequence[Component]) -> Component:
    """The cards; the page lays them beside each other with the one of the clocks."""
    return html.Div(list(cards), className="kpi-cards")


def completion_kpi(title: str, rate: RateComparison, before: str, href: str) -> Component:
    """A completion rate against its pace; amber only behind it, or fallen against last year."""
    scale = shared_scale([rate])
    value = text.UNKNOWN if rate.value is None else text.decimal(rate.value)
    foot = [_told("tiến độ", rate.pace), _told(before, rate.last_year)]
    bar = rate_bullet(rate, scale) or html.Span("không có việc có điều kiện", className="kpi-none")
    return _card(title, value, "%", _beside(rate, before), bar, foot, scale_name(scale), href, is_bad=rate.is_abnormal)


def enforceable_kpi(now: Measure, before: Measure | None, counted_in: CountedIn, words: str, href: str) -> Component:
    """Có điều kiện, and its share of what has to be enforced."""
    value, unit = amount_words(now.enforceable, counted_in)
    whole, whole_unit = amount_words(now.to_enforce, counted_in)
    share, share_before = now.enforceable_rate, None if before is None else before.enforceable_rate
    bar = None if share is None else svg.bullet(share, None, share_before, 100)
    foot = [_told(words, share_before, "%"), html.Span(["trên ", html.B(whole), f" {whole_unit}"])]
    side = html.Span(text.UNKNOWN if share is None else text.percent(share))
    return _card("Có điều kiện", value, unit, side, bar, foot, "", href)


def old_kpi(old: int, old_before: int | None, now: Measure, before: Measure | None, words: str, href: str) -> Component:
    """Việc có điều kiện over twelve months, and their share of all có điều kiện."""
    share = percentage(old, now.enforceable, ONE_PLACE)
    share_before = None
    if old_before is not None and before is not None:
        share_before = percentage(old_before, before.enforceable, ONE_PLACE)
    highest = max([one for one in (share, share_before) if one is not None], default=Decimal(0))
    scale = next((step for step in SHARE_SCALES if highest <= step), 100)
    bar = None if share is None else svg.bullet(share, None, share_before, scale)
    side = html.Span() if old_before is None else _change(old - old_before, words)
    said = text.UNKNOWN if share is None else text.percent(share)
    foot = [html.Span(html.B(said), title="trong số có điều kiện"), _told(words, share_before, "%")]
    return _card("Trên 12 tháng", text.whole(old), "việc", side, bar, foot, scale_name(scale), href)


def clock_kpi(counts: ClockCounts, oldest_days: int, note: str, href: str) -> Component:
    """Statutory clocks that are over and for how many days the longest; a clock without a rule in force is named,
    never counted as zero."""
    overdue = {clock: sum(by_unit.values()) for clock, by_unit in counts.overdue.items()}
    if not overdue:
        foot = [html.Span(f"Chưa có quy định: {', '.join(CLOCK_NAMES[clock] for clock in counts.without_rule)}")]
        return _card("Thời hạn luật định quá hạn", text.UNKNOWN, "", html.Span(text.NO_RULE), None, foot, "", href)
    number = sum(overdue.values())
    worst = sorted(((count, clock) for clock, count in overdue.items() if count), reverse=True)[:3]
    told = [
        html.Span([f"{SHORT_CLOCKS[clock]} ", html.B(text.whole(count))], title=CLOCK_NAMES[clock])
        for count, clock in worst
    ]
    foot = told or [html.Span("không có thời hạn nào quá")]
    longest: list[Component | str] = [html.I(className="alarm-mark"), f" lâu nhất {text.whole(oldest_days)} ngày"]
    beside = html.Span(longest, className="is-bad") if number else html.Span()
    said = html.Span(note, className="kpi-none", title=note)
    return _card("Thời hạn luật định quá hạn", text.whole(number), "", beside, said, foot, "", href)


def amount_words(value: int, counted_in: CountedIn) -> tuple[str, str]:
    """(371, việc) -> '371', 'việc'; đồng as tỷ or triệu with their word."""
    if counted_in is CountedIn.CASES:
        return text.whole(value), "việc"
    number, _, unit = text.money(value).partition(" ")
    return number, unit


def _beside(rate: RateComparison, before: str) -> Component:
    """What the rate is against its pace; against last year where there is no pace."""
    to_pace, to_last_year = rate.points_to_pace, rate.points_to_last_year
    if to_pace is not None:
        if to_pace < 0:
            return html.Span(f"▼ chậm tiến độ {text.decimal(-to_pace)}", className="is-bad")
        return html.Span(f"vượt tiến độ {text.decimal(to_pace)}" if to_pace else "đúng tiến độ")
    if to_last_year is None:
        return html.Span("chưa có chỉ tiêu để so")
    words = f"{'giảm' if to_last_year < 0 else 'tăng'} {text.points(abs(to_last_year))} so {before}"
    return html.Span(words, className="is-bad" if rate.has_fallen else None)


def _change(change: int, words: str) -> Component:
    mark = "▲" if change > 0 else "▼" if change < 0 else "±"
    return html.Span(f"{mark} {text.whole(abs(change))}", title=f"so với {words}")


def _told(words: str, value: Decimal | None, unit: str = "") -> Component:
    return html.Span([f"{words} ", html.B(text.UNKNOWN if value is None else f"{text.decimal(value)}{unit}")])


def _card(
    title: str,
    value: str,
    unit: str,
    side: Component,
    bar: Component | None,
    foot: Sequence[Component],
    scale: str,
    href: str,
    is_bad: bool = False,
) -> Component:
    told: list[Component | str] = []
    for part in foot:
        told += [" · ", part] if told else [part]
    return html.Section(
        className="kpi-card is-warning" if is_bad else "kpi-card",
        children=[
            html.H2(dcc.Link(title, href=href, title="Giải thích con số này")),
            html.Div([html.B(value), html.Small(unit), html.Em(side)], className="kpi-value"),
            html.Div(bar, className="kpi-bar"),
            html.Div([html.Span(told), html.Span(scale)], className="kpi-foot"),
        ],
    )

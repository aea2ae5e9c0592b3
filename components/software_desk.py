"""The sector's software on a desk: how many answer, one row for each, twelve months of availability as a strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from components.desk_parts import desk_figure, desk_figures, instant
from components.software_figures import StatedFigures, stated_words
from domain.alarms import MaintenanceWindow
from domain.freshness import SourceFacts
from domain.software_systems import DOWN, STATE_NAMES, UP, HealthState, MonthAvailability, Share, SystemStanding

PATH = "/software-systems"
NOT_WATCHED = "Chưa theo dõi"
NOTHING_STATED = StatedFigures(None, None, 0, 0)
# The strip, in units of its own drawing.
STEP, BAR, HEIGHT, LEAST = 14, 11, 24, 2.5


@dataclass(frozen=True, slots=True)
class SoftwareLine:
    """One system of the list: its standing, twelve months (the oldest first), announced work that is not over, and what
    it states of itself."""

    standing: SystemStanding
    months: Sequence[MonthAvailability]
    maintenance: Sequence[MaintenanceWindow] = ()
    stated: StatedFigures = NOTHING_STATED


def software_figures(lines: Sequence[SoftwareLine], source: SourceFacts) -> Component:
    """Answering, failing, unknown and not watched apart; the availability of this month, of the time that is known."""
    watched = [line.standing for line in lines if line.standing.is_watched]
    up = sum(one.state in UP for one in watched)
    down = sum(one.state in DOWN for one in watched)
    this_month = [line.months[-1] for line in lines if line.months]
    whole = MonthAvailability(
        this_month[0].first_on,
        sum((one.up for one in this_month), timedelta(0)),
        sum((one.down for one in this_month), timedelta(0)),
    )
    known = f"của {span_words(whole.known)} biết được" if whole.known else "chưa biết được lúc nào"
    figures = [
        desk_figure("Đang trả lời", f"{up}/{len(watched)}", "phần mềm được theo dõi"),
        desk_figure("Không trả lời, trả lời sai", text.whole(down), "lúc này", down > 0),
        desk_figure("Chưa biết", text.whole(len(watched) - up - down), "không tính là hỏng"),
        desk_figure(NOT_WATCHED, text.whole(len(lines) - len(watched)), "chưa khai báo cách kiểm tra"),
        desk_figure(f"Sẵn sàng tháng {this_month[0].first_on:%m}", percent_words(whole), known),
    ]
    return desk_figures(figures, source)


def software_table(lines: Sequence[SoftwareLine], soon: timedelta, now: datetime) -> Component:
    """One row for each system, those that fail first."""
    heads = (
        *("Phần mềm", "Tình trạng", "Lần hỏi cuối", "Sẵn sàng", "12 tháng", "Chứng thư", "Bảo trì"),
        "Người dùng, số liệu",
    )
    ordered = sorted(lines, key=lambda line: line.standing.state not in DOWN)
    rows = [html.Tr([html.Td(cell) for cell in _cells(line, soon, now)]) for line in ordered]
    legend = [
        html.Span([html.I(className=f"software-key software-key--{kind}"), words])
        for kind, words in (("up", "trả lời"), ("down", "gián đoạn"), ("work", "bảo trì"), ("unknown", "chưa biết"))
    ]
    return html.Div(
        [
            html.Table(
                [html.Thead(html.Tr([html.Th(words, scope="col") for words in heads])), html.Tbody(rows)],
                className="desk-table software-table",
            ),
            html.P(legend, className="software-legend"),
        ]
    )


def state_words(standing: SystemStanding) -> Component:
    """The state with its mark; colour only for what fails or is unknown."""
    if not standing.is_watched:
        return html.Span(NOT_WATCHED, className="desk-faint")
    face = "is-bad" if standing.state in DOWN else "" if standing.state in UP else "is-old"
    return html.Span(STATE_NAMES[standing.state], className=f"software-state {face}".rstrip())


def availability_strip(months: Sequence[MonthAvailability]) -> Component:
    """A bar of each month, from below: up, down (never too thin to see), maintenance, unknown."""
    bars = [bar for place, month in enumerate(months) for bar in _bar(place * STEP, month)]
    told = [f"tháng {month.first_on:%m/%Y} {percent_words(month)}" for month in months if month.percent is not None]
    label = "Sẵn sàng: " + (", ".join(told) if told else text.NO_FIGURES)
    width = len(months) * STEP
    spoken: dict[str, Any] = {"aria-label": label, "role": "img", "title": label}
    return html.Div(svg.drawing("software-strip", bars, viewBox=f"0 0 {width} {HEIGHT}"), **spoken)


def percent_words(month: MonthAvailability) -> str:
    """'99,87%'; words where nothing is known. What is not whole is never rounded up to it."""
    percent = month.percent
    if percent is None:
        return text.NO_FIGURES
    rounded = percent if percent == 100 else min(percent, Decimal("99.99"))
    return text.percent(rounded, 0 if percent == 100 else 2)


def span_words(span: timedelta) -> str:
    """'3 ngày 4 giờ', '5 giờ 12 phút', '12 phút', 'dưới 1 phút'."""
    minutes = int(span / timedelta(minutes=1))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} ngày {hours} giờ" if hours else f"{days} ngày"
    if hours:
        return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"
    return f"{rest} phút" if rest else "dưới 1 phút"


def latency_words(latency: timedelta | None) -> str:
    """'35 ms', '1,2 giây'; nothing where none was measured."""
    if latency is None:
        return ""
    seconds = Decimal(latency // timedelta(milliseconds=1)) / 1000
    return f"{text.decimal(seconds)} giây" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def certificate_words(until: datetime | None, soon: timedelta, now: datetime) -> Component | str:
    """How many days are left; in colour when it has to be renewed."""
    if until is None:
        return text.UNKNOWN
    if until <= now:
        return html.Span("đã hết hạn", className="is-bad")
    words = f"còn {text.whole((until - now).days)} ngày"
    return html.Span(words, className="is-bad" if until - now <= soon else "desk-time")


def maintenance_words(windows: Sequence[MaintenanceWindow], now: datetime) -> Component | str:
    """The work that lasts, or the next one."""
    lasting = next((one for one in windows if one.is_on(now)), None)
    if lasting is not None:
        return html.Span(["đang bảo trì đến ", instant(lasting.over_at)])
    coming = min(windows, key=lambda one: one.begins_at, default=None)
    return text.UNKNOWN if coming is None else html.Span(["từ ", instant(coming.begins_at)])


def _cells(line: SoftwareLine, soon: timedelta, now: datetime) -> list[Component | str]:
    standing = line.standing
    system, latency = standing.system, latency_words(standing.latency)
    since = html.Small(["từ ", instant(standing.since)]) if standing.since is not None else ""
    is_told = standing.reason and standing.state not in UP
    reason = html.Small(standing.reason, className="software-reason") if is_told else ""
    asked = [instant(standing.asked_at), *([html.Small(latency)] if latency else [])]
    this_month = line.months[-1]
    known = html.Small(f"của {span_words(this_month.known)}") if this_month.known else ""
    return [
        html.Div(
            [dcc.Link(system.name, href=f"{PATH}/{system.code}"), html.Small(system.owner)], className="desk-notes"
        ),
        html.Div([state_words(standing), since, reason], className="desk-notes"),
        html.Div(asked, className="desk-notes"),
        html.Div([html.Span(percent_words(this_month)), known], className="desk-notes"),
        availability_strip(line.months),
        certificate_words(standing.certificate_until, soon, now),
        maintenance_words(line.maintenance, now),
        stated_words(line.stated),
    ]


def _bar(x: float, month: MonthAvailability) -> list[Component]:
    if month.part(Share.UNKNOWN) == 1 or not month.whole:
        return [svg.rectangle("software-part software-part--unknown", x + 0.5, 0.5, BAR - 1, HEIGHT - 1)]
    heights = {share: month.part(share) * HEIGHT for share in Share}
    # An hour of a month would be less than a hair.
    lifted = max(LEAST - heights[Share.DOWN], 0) if month.down else 0
    heights[Share.DOWN] += lifted
    largest = max((share for share in Share if share is not Share.DOWN), key=lambda share: heights[share])
    heights[largest] -= lifted
    bars, bottom = [], float(HEIGHT)
    for share, kind in _KINDS.items():
        if heights[share] > 0:
            bottom -= heights[share]
            bars.append(svg.rectangle(f"software-part software-part--{kind}", x, bottom, BAR, heights[share]))
    return bars


_KINDS = {Share.UP: "up", Share.DOWN: "down", Share.MAINTENANCE: "work", Share.UNKNOWN: "unknown"}


def software_marks(standings: Sequence[SystemStanding]) -> Component:
    """Every watched system as a mark with its name: small enough for a wall, and for the head of the page."""
    marks = []
    for one in standings:
        kind = "none" if not one.is_watched else _mark(one.state)
        words = f"{one.system.name}: {STATE_NAMES[one.state] if one.is_watched else NOT_WATCHED}"
        marks.append(
            html.Span([html.I(className=f"software-mark software-mark--{kind}"), one.system.name], title=words)
        )
    return html.Div(marks, className="software-marks")


def _mark(state: HealthState) -> str:
    return "up" if state in UP else "down" if state in DOWN else "unknown"

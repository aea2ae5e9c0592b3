"""The two charts of a briefing as drawings: the units' rates beside their pace, the year's curve beside last year's.

Each says its title, what it is counted in, of when and by whom, so that it can leave the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from reports.drawing import Anchor, Box, Dot, Drawing, Line, Point, Shape, Words
from reports.number_words import decimal_words, percent_words

WIDTH = 165.0
INK, QUIET, GRID = "#1b2733", "#5b6875", "#d5dbe1"
THIS_YEAR, LAST_YEAR, PACE, BEHIND = "#2f6690", "#93a1ae", "#1b2733", "#c26a12"
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 4.2, 3.3, 2.9
TOP, ROW, FOOT = 24.0, 6.4, 12.0
NAMES_WIDTH, VALUES_WIDTH = 42.0, 16.0
SCALES = (10, 20, 30, 40, 50, 60, 80, 100)
CURVE_HEIGHT, CURVE_LEFT, CURVE_RIGHT, CURVE_FOOT = 86.0, 10.0, 24.0, 19.0
LABEL_GAP, MONTH_GAP = 4.2, 16.0
Series = Sequence[tuple[date, Decimal]]


@dataclass(frozen=True, slots=True)
class ChartHead:
    """What every chart says of itself: `source` with its time, below it what must be known of the figures."""

    title: str
    unit: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class RateBar:
    """One unit; `rate` is None where nothing is known, `pace` without a target."""

    name: str
    rate: Decimal | None
    pace: Decimal | None = None


def rate_bars(head: ChartHead, bars: Sequence[RateBar], nothing: str) -> Drawing:
    """A bar for each unit in the given order, with a tick at its pace; `nothing` is said where there is no rate."""
    known = [value for bar in bars for value in (bar.rate, bar.pace) if value is not None]
    scale = _scale(known)
    height = TOP + ROW * max(len(bars), 1) + FOOT
    left, width = NAMES_WIDTH, WIDTH - NAMES_WIDTH - VALUES_WIDTH
    shapes: list[Shape] = [*_head(head, height), *_bar_legend()]
    for tick in _ticks(scale):
        x = left + width * tick / scale
        shapes.append(Line([(x, TOP - 1), (x, height - FOOT)], GRID))
        shapes.append(Words(x, TOP - 2, str(tick), SMALL_SIZE, QUIET, Anchor.MIDDLE))
    for number, bar in enumerate(bars):
        shapes += _bar(bar, TOP + ROW * number, left, width / scale, nothing)
    told = "; ".join(f"{bar.name} {percent_words(bar.rate) if bar.rate is not None else nothing}" for bar in bars)
    return Drawing(WIDTH, height, shapes, f"{head.title} ({head.unit}). {told}. {head.source}. {head.note}")


def rate_curve(
    head: ChartHead, begins_on: date, ends_on: date, this_year: Series, last_year: Series, pace: Series
) -> Drawing:
    """The three lines over the days from `begins_on` to `ends_on`; any of them may be empty."""
    scale = _scale([rate for series in (this_year, last_year, pace) for _, rate in series])
    plot = _Plot(begins_on, ends_on, scale)
    shapes: list[Shape] = [*_head(head, CURVE_HEIGHT), *_axes(plot, scale)]
    lines = ((last_year, LAST_YEAR, 0.5, False), (pace, PACE, 0.35, True), (this_year, THIS_YEAR, 0.9, False))
    for series, ink, width, is_broken in lines:
        if len(series) > 1:
            shapes.append(Line(plot.points(series), ink, width, is_broken))
    if this_year:
        x, y = plot.at(*this_year[-1])
        shapes.append(Dot(x, y, 1.1, THIS_YEAR))
        shapes.append(
            Words(x - 1.6, y - 2, decimal_words(this_year[-1][1]), TEXT_SIZE, THIS_YEAR, Anchor.END, is_bold=True)
        )
    shapes += _line_names(plot, last_year, pace, this_year)
    return Drawing(WIDTH, CURVE_HEIGHT, shapes, _told(head, this_year, last_year, pace))


def _head(head: ChartHead, height: float) -> list[Shape]:
    return [
        Words(0, 5, head.title, TITLE_SIZE, INK, is_bold=True),
        Words(0, 10.4, f"Đơn vị tính: {head.unit}", TEXT_SIZE, QUIET),
        Words(0, height - 5.4, head.source, SMALL_SIZE, QUIET, is_slanted=True),
        Words(0, height - 1.4, head.note, SMALL_SIZE, QUIET, is_slanted=True),
    ]


def _bar_legend() -> list[Shape]:
    # With room to spare: an SVG may be opened where the typeface is not, and another one is wider.
    y = 15.6
    return [
        Box(NAMES_WIDTH, y - 2.4, 5, 2.4, THIS_YEAR),
        Words(NAMES_WIDTH + 6.4, y, "đạt tiến độ hoặc chưa có chỉ tiêu", SMALL_SIZE, QUIET),
        Box(NAMES_WIDTH + 60, y - 2.4, 5, 2.4, BEHIND),
        Words(NAMES_WIDTH + 66.4, y, "dưới tiến độ", SMALL_SIZE, QUIET),
        Line([(NAMES_WIDTH + 92, y - 3), (NAMES_WIDTH + 92, y + 0.6)], PACE, 0.6),
        Words(NAMES_WIDTH + 93.6, y, "tiến độ", SMALL_SIZE, QUIET),
    ]


def _bar(bar: RateBar, top: float, left: float, step: float, nothing: str) -> list[Shape]:
    base = top + 4.2
    shapes: list[Shape] = [Words(left - 2, base, bar.name, TEXT_SIZE, INK, Anchor.END)]
    if bar.rate is None:
        return [*shapes, Words(left + 1.5, base, nothing, SMALL_SIZE, QUIET, is_slanted=True)]
    is_behind = bar.pace is not None and bar.rate < bar.pace
    length = float(bar.rate) * step
    shapes.append(Box(left, top + 1.2, max(length, 0.2), ROW - 2.4, BEHIND if is_behind else THIS_YEAR))
    ends = length
    if bar.pace is not None:
        x = left + float(bar.pace) * step
        shapes.append(Line([(x, top + 0.4), (x, top + ROW - 0.4)], PACE, 0.6))
        ends = max(ends, x - left)
    shapes.append(Words(left + ends + 1.6, base, percent_words(bar.rate), TEXT_SIZE, INK, is_bold=True))
    return shapes


class _Plot:
    """From days and rates to the drawing."""

    def __init__(self, first: date, last: date, scale: int) -> None:
        self.first, self.last, self.scale = first, last, scale

    def at(self, day: date, rate: Decimal) -> Point:
        days = max((self.last - self.first).days, 1)
        x = CURVE_LEFT + (WIDTH - CURVE_LEFT - CURVE_RIGHT) * (day - self.first).days / days
        return x, self.y(float(rate))

    def y(self, rate: float) -> float:
        return CURVE_HEIGHT - CURVE_FOOT - (CURVE_HEIGHT - CURVE_FOOT - 16) * rate / self.scale

    def points(self, series: Series) -> list[Point]:
        return [self.at(day, rate) for day, rate in series]


def _axes(plot: _Plot, scale: int) -> list[Shape]:
    shapes: list[Shape] = []
    for tick in _ticks(scale):
        y = plot.y(tick)
        shapes.append(Line([(CURVE_LEFT, y), (WIDTH - CURVE_RIGHT, y)], GRID))
        shapes.append(Words(CURVE_LEFT - 1.6, y + 1, str(tick), SMALL_SIZE, QUIET, Anchor.END))
    day, last = plot.first, -MONTH_GAP
    while day <= plot.last:
        x, y = plot.at(day, Decimal(0))
        shapes.append(Line([(x, y), (x, y + 1.2)], QUIET))
        if x - last >= MONTH_GAP:
            shapes.append(Words(x, y + 4.8, f"{day:%m/%Y}", SMALL_SIZE, QUIET, Anchor.MIDDLE))
            last = x
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return shapes


def _line_names(plot: _Plot, last_year: Series, pace: Series, this_year: Series) -> list[Shape]:
    """Names at the right ends of the lines, kept apart; this year's beside its own end."""
    named = [
        (plot.at(*series[-1])[1] + 1, words, ink)
        for series, words, ink in ((last_year, "Năm trước", LAST_YEAR), (pace, "Tiến độ", PACE))
        if series
    ]
    shapes: list[Shape] = []
    lowest = -LABEL_GAP
    for y, words, ink in sorted(named):
        lowest = max(y, lowest + LABEL_GAP)
        shapes.append(Words(WIDTH - CURVE_RIGHT + 1.6, lowest, words, TEXT_SIZE, ink))
    if this_year:
        x, y = plot.at(*this_year[-1])
        shapes.append(Words(x + 1.8, y + 4, "Năm nay", TEXT_SIZE, THIS_YEAR))
    return shapes


def _told(head: ChartHead, this_year: Series, last_year: Series, pace: Series) -> str:
    parts = [
        f"{words} {percent_words(series[-1][1])} ngày {series[-1][0]:%d/%m/%Y}"
        for words, series in (("năm nay", this_year), ("năm trước", last_year), ("tiến độ", pace))
        if series
    ]
    return f"{head.title} ({head.unit}). {'; '.join(parts)}. {head.source}. {head.note}"


def _scale(rates: Sequence[Decimal]) -> int:
    return next((step for step in SCALES if max(rates, default=Decimal(0)) <= step), SCALES[-1])


def _ticks(scale: int) -> range:
    return range(0, scale + 1, 5 if scale <= 20 else 10 if scale <= 50 else 20)

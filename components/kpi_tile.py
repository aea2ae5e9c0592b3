"""A KPI tile: label, one big value, one comparison, a bullet, and how old the figure is."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.bullet import rate_bullet, scale_name, shared_scale
from domain.alarms import Priority
from domain.freshness import SourceFacts
from domain.rates import RateComparison

TILE = "tile"


def rate_tile(title: str, rate: RateComparison, source: SourceFacts, coverage: str = "") -> Component:
    """A rate against the pace to date (the tall tick), the same day last year (the thin one) and the annual target.

    `coverage` says which part of the whole the figure speaks of, when it is only a part.
    """
    target = f"chỉ tiêu năm {text.percent(rate.target)}" if rate.target is not None else "chưa có chỉ tiêu"
    if rate.value is None:
        body: list[Component | None] = [html.Div(text.NOTHING_ENFORCEABLE, className="panel-words")]
    else:
        scale = shared_scale([rate])
        body = [
            html.Div(className="tile-value", children=[_figure(text.decimal(rate.value), "%"), _pace_words(rate)]),
            rate_bullet(rate, scale),
            html.Div(className="tile-foot", children=[*_comparators(rate), html.Span(scale_name(scale))]),
        ]
    return panels.panel(
        [panels.heading(title, target), *body, panels.age(source, coverage)],
        source,
        f"{TILE} tile--rate{' tile--warn' if rate.is_behind else ''}",
    )


def unconnected_tile(
    title: str, lines: panels.Children = (), source: SourceFacts | None = None, words: str = text.NOT_CONNECTED
) -> Component:
    """A feed nobody has connected yet, or a figure that cannot be had: words, never a number.

    `lines` may say what another, connected `source` knows; the tile then ages with that source.
    """
    return panels.panel(
        [
            panels.heading(title),
            html.Div(words, className="panel-words"),
            _lines(lines) if lines else None,
            panels.age() if source is not None else None,
        ],
        source,
        f"{TILE} tile--unconnected",
    )


def count_tile(
    title: str,
    count: int,
    lines: panels.Children,
    source: SourceFacts,
    unit: str = "",
    is_warning: bool = False,
    priority: Priority = Priority.HIGH,
    of: int | None = None,
) -> Component:
    """A count of `unit`, or of a whole (`of`), and at most two lines of what it means.

    The edge of a warning has the colour of `priority`.
    """
    return panels.panel(
        [
            panels.heading(title),
            html.Div(_figure(text.whole(count), _behind(unit, of)), className="tile-value"),
            _lines(lines),
            panels.age(),
        ],
        source,
        f"{TILE}{edge(priority) if is_warning else ''}",
    )


def share_tile(
    title: str, share: Decimal | None, otherwise: str, lines: panels.Children, source: SourceFacts
) -> Component:
    """A share in percent; `otherwise` says why there is none."""
    value = html.Div(_figure(text.decimal(share), "%"), className="tile-value") if share is not None else None
    words = None if share is not None else html.Div(otherwise, className="panel-words")
    return panels.panel([panels.heading(title), value, words, _lines(lines), panels.age()], source, TILE)


def warning_line(words: panels.Children | str, priority: Priority = Priority.HIGH) -> Component:
    """A line of a tile that names what is abnormal, with its mark."""
    said = [words] if isinstance(words, str) else list(words)
    urgent = " is-urgent" if priority is Priority.URGENT else ""
    return html.Span(
        [html.I(className=f"alarm-mark alarm-mark--{priority.value}"), html.Span(said)],
        className=f"is-warning has-mark{urgent}",
    )


def edge(priority: Priority) -> str:
    """The classes of a tile that carries an alarm."""
    return " tile--warn tile--urgent" if priority is Priority.URGENT else " tile--warn"


def pace_sentence(rate: RateComparison) -> str:
    """'vượt tiến độ 9,9 điểm'; empty without a pace."""
    difference = rate.points_to_pace
    if difference is None:
        return ""
    if difference == 0:
        return "bằng tiến độ"
    word = "vượt" if difference > 0 else "chậm"
    # The number stays with its unit where the line breaks.
    return f"{word} tiến độ {text.points(abs(difference))}".replace(" điểm", "\u00a0điểm")


def empty_tile(title: str, modifier: str = "") -> Component:
    """A connected source that has not said anything yet."""
    return panels.empty_face(title, f"{TILE} {modifier}".rstrip())


def _figure(value: str, unit: str = "") -> Component:
    return html.Span(className="figure", children=[value, html.Span(unit, className="figure-unit")] if unit else value)


def _behind(unit: str, of: int | None) -> str:
    """What stands behind a figure in smaller letters: '/147' or ' phút'."""
    return f"/{text.whole(of)}" if of is not None else f" {unit}" if unit else ""


def _lines(lines: panels.Children) -> Component:
    return html.Div(className="tile-lines", children=[html.Div(line) for line in lines if line is not None])


def _pace_words(rate: RateComparison) -> Component:
    difference = rate.points_to_pace
    if difference is None:
        return html.Span()
    if difference == 0:
        return html.Span(className="tile-pace", children=["bằng", html.B("tiến độ")])
    word = "vượt tiến độ" if difference > 0 else "chậm tiến độ"
    return html.Span(className="tile-pace", children=[word, html.B(text.points(abs(difference)))])


def _comparators(rate: RateComparison) -> list[Component]:
    shown = (("pace", "tiến độ", rate.pace), ("last-year", "cùng kỳ", rate.last_year))
    return [
        html.Span(
            [
                html.I(className=f"key key--{kind}"),
                f"{word} ",
                html.B(text.UNKNOWN if mark is None else text.decimal(mark)),
            ]
        )
        for kind, word, mark in shown
    ]

"""Citizen reception on the wall: the queue of each unit, large delegations, complaints by the time they have left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components import svg
from components.due_clock import due_clock, due_words
from components.kpi_tile import warning_line
from domain.alarms import Priority
from domain.freshness import SourceFacts
from domain.reception import Delegation, PetitionCounts, ReceptionCounts

NO_VISITS = "chưa có dữ liệu"
SCALES = (30, 45, 60, 90, 120, 180)
MINUTE = timedelta(minutes=1)


def whole_minutes(span: timedelta) -> int:
    """Full minutes, as a queue is told."""
    return int(span / MINUTE)


def queue_table(
    units: Mapping[str, ReceptionCounts | None],
    total: ReceptionCounts | None,
    names: Mapping[str, str],
    limit: timedelta,
    source: SourceFacts,
) -> Component:
    """Longest waits first, the sum below; a unit that never sent a visit is unknown, which is not none. The bar is the
    median wait of those received today against the limit."""
    scale = queue_scale([counts for counts in units.values() if counts is not None], limit)
    ordered = sorted(units.items(), key=lambda item: _order(item[1]))
    rows = [_row(names.get(code, code), counts, limit, scale) for code, counts in ordered]
    if total is not None and len(rows) > 1:
        rows.append(_row("Cộng", total, limit, None, "presence-sum"))
    head = html.Tr([html.Th(words) for words in ("Đơn vị", "Đã tiếp", "Đang chờ", f"0–{scale}", "Phút")])
    note = html.Span(f"vạch {whole_minutes(limit)} phút")
    return panels.panel(
        [
            panels.heading("Tiếp công dân", note, panels.age(wording="head")),
            html.Table([html.Thead(head), html.Tbody(rows)], className="presence-table queue-table"),
        ],
        source,
        "panel--reception",
    )


def queue_scale(counts: Sequence[ReceptionCounts], limit: timedelta) -> int:
    """The smallest scale in minutes on which every median and the limit lie."""
    medians = [one.median_wait for one in counts if one.median_wait is not None]
    longest = whole_minutes(max([limit, *medians]))
    return next((scale for scale in SCALES if longest < scale), SCALES[-1])


def crowd_panel(
    today: Sequence[Delegation],
    month: tuple[int, int],
    names: Mapping[str, str],
    source: SourceFacts,
    coverage: str,
    gatherings: int,
) -> Component:
    """How many large delegations came today, the one still there that came last; `month` is (how many, in how many
    days), `coverage` of which part of the units, `gatherings` the crowds that other sources told of: they are in no
    queue."""
    waiting = [one for one in today if one.is_open]
    children: list[Component | None] = [
        panels.heading("Đoàn đông người", panels.age(wording="head")),
        _figure(len(today), "đoàn hôm nay", html.Small(coverage, className="is-old-part") if coverage else None),
    ]
    if waiting:
        first = waiting[0]
        where = f"{names.get(first.unit, first.unit)}, khoảng {text.whole(first.people)} người"
        children.append(html.Div(warning_line(where, Priority.URGENT), className="crowd-now"))
        children.append(_line("Hạn xử lý", [due_words(first.due_at), " ", due_clock(first.due_at)]))
    if len(waiting) > 1:
        children.append(_line("Đoàn khác đang chờ", text.whole(len(waiting) - 1)))
    if gatherings:
        children.append(_line("Tụ tập ngoài trụ sở", f"{text.whole(gatherings)} vụ"))
    children.append(_line(f"{month[1]} ngày qua", f"{text.whole(month[0])} đoàn"))
    return panels.panel(children, source, "panel--crowds")


def petition_panel(
    counts: PetitionCounts, stated_on: date, source: SourceFacts, part: tuple[int, int] | None = None
) -> Component:
    """Complaints and denunciations together; a term for which no rule is in force is named, never counted as in
    time. `stated_on` is the day up to which every register speaks; `part` how many of the units have one, where some
    have none."""
    note = html.Small("thời hạn mẫu") if counts.is_sample else None
    lines = [
        ("Còn trên 10 ngày", counts.later, ""),
        ("Còn đến 10 ngày", counts.soon, ""),
        ("Quá hạn luật định", counts.overdue, "is-warning" if counts.overdue else ""),
    ]
    if counts.without_rule:
        lines.append(("Chưa có thời hạn hiệu lực", counts.without_rule, ""))
    lines.append(("Đã giải quyết trong năm", counts.resolved, ""))
    covered = _line("Đơn vị đã gửi sổ", f"{part[0]}/{part[1]}", "is-old-part") if part else None
    return panels.panel(
        [
            panels.heading("Khiếu nại, tố cáo", f"sổ đến {stated_on:%d/%m}"),
            _figure(counts.open, "đang giải quyết", note),
            *(_line(words, text.whole(number), name) for words, number, name in lines),
            covered,
        ],
        source,
        "panel--complaints",
    )


def _row(
    name: str, counts: ReceptionCounts | None, limit: timedelta, scale: int | None, class_name: str = ""
) -> Component:
    if counts is None:
        return html.Tr([html.Td(name), html.Td(NO_VISITS, colSpan=4, className="is-silent")])
    wait = counts.median_wait
    is_slow = scale is not None and wait is not None and wait >= limit
    waits_long = scale is not None and counts.waiting_long > 0
    bar = None
    if scale is not None and wait is not None:
        bar = svg.bullet(Decimal(whole_minutes(wait)), Decimal(whole_minutes(limit)), None, scale)
    return html.Tr(
        [
            html.Td(name),
            html.Td(text.whole(counts.received)),
            html.Td(_waiting(counts) if waits_long else text.whole(counts.waiting)),
            html.Td(bar, className="has-bullet is-warning" if is_slow else "has-bullet"),
            html.Td(
                html.B(text.UNKNOWN if wait is None else text.whole(whole_minutes(wait))),
                className="is-warning" if is_slow else None,
            ),
        ],
        className=class_name or None,
    )


def _waiting(counts: ReceptionCounts) -> list[Component | str]:
    """How many of those who wait do so for too long: only they are amber."""
    return [html.Span(text.whole(counts.waiting_long), className="is-warning"), f"/{text.whole(counts.waiting)}"]


def _order(counts: ReceptionCounts | None) -> tuple[bool, int, float]:
    if counts is None:
        return True, 0, 0.0
    wait = counts.median_wait
    return False, -counts.waiting_long, -wait.total_seconds() if wait is not None else 1.0


def _figure(number: int, words: str, note: Component | None = None) -> Component:
    shown = [html.B(text.whole(number)), html.Span(words), note]
    return html.Div([part for part in shown if part is not None], className="side-figure")


def _line(words: str, value: panels.Children | str, class_name: str = "") -> Component:
    shown = [value] if isinstance(value, str) else list(value)
    return html.Div([html.Span(words), html.B(shown)], className=f"side-line {class_name}".rstrip())

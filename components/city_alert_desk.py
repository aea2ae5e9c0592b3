"""Warnings of the city on a desk: what holds, when, where, for whom, and what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from components.alert_zones import zone_paths
from components.desk_parts import desk_figure, desk_figures, instant
from domain.boundaries import UnitMap
from domain.city_alerts import (
    KIND_NAMES,
    PHASE_NAMES,
    PRIORITIES,
    SEVERITY_NAMES,
    AlertPhase,
    CityAlert,
    worst_alerts_first,
)
from domain.freshness import SourceFacts
from domain.local_time import local, moment_words

PATH = "/city-alerts"
ROWS_SHOWN = 200
BARS_SHOWN = 12
# The axis: from a day ago to two days ahead, in pixels of its own.
BEHIND, AHEAD = timedelta(hours=24), timedelta(hours=48)
WIDTH, ROW, TOP = 1000.0, 30.0, 26.0
LOST = "Mất dữ liệu từ nguồn: không biết cảnh báo nào còn hiệu lực."
UNCLEAR = "chưa rõ, mất nguồn"
Names = Mapping[str, str]


def alert_figures(alerts: Sequence[CityAlert], hold: timedelta, now: datetime, source: SourceFacts) -> Component:
    """What holds and what comes; of a source that is out of date nobody knows."""
    if not source.is_current(now):
        unknown = (desk_figure(title, text.UNKNOWN, UNCLEAR) for title in ("Đang hiệu lực", "Sắp có hiệu lực"))
        return desk_figures([*unknown, desk_figure("Hết sớm nhất", text.UNKNOWN, UNCLEAR)], source)
    real = [one for one in alerts if not one.text.is_exercise]
    active = [one for one in real if one.phase(now, hold) is AlertPhase.ACTIVE]
    coming = [one for one in real if one.phase(now, hold) is AlertPhase.COMING]
    raising = [one for one in active if one.text.severity in PRIORITIES]
    worst = SEVERITY_NAMES[worst_alerts_first(active)[0].text.severity] if active else "không có"
    next_end = min((one.ends_at(hold) for one in active), default=None)
    figures = [
        desk_figure("Đang hiệu lực", text.whole(len(active)), f"nặng nhất: {worst}", bool(raising)),
        desk_figure("Sắp có hiệu lực", text.whole(len(coming)), _first(coming)),
        desk_figure("Hết sớm nhất", f"{local(next_end):%H:%M}" if next_end else text.UNKNOWN, _end_note(next_end)),
    ]
    return desk_figures(figures, source)


def alert_axis(alerts: Sequence[CityAlert], hold: timedelta, now: datetime) -> Component:
    """Each warning as a bar from when to when it holds, from a day ago to two days ahead."""
    found = [
        one
        for one in worst_alerts_first(alerts)
        if max(one.begins_at(), now - BEHIND) < min(one.ends_at(hold), now + AHEAD) and not one.text.is_exercise
    ]
    shown = found[:BARS_SHOWN]
    if not shown:
        return html.P("Không có cảnh báo nào từ hôm qua tới hai ngày tới.", className="desk-nothing")
    height = TOP + ROW * len(shown) + 4
    parts = [*_ticks(now, height), svg.line("alert-now", _x(now, now), TOP - 8, _x(now, now), height)]
    parts += [part for at, one in enumerate(shown) for part in _bar(one, at, hold, now)]
    drawn = svg.drawing("alert-axis", parts, viewBox=f"0 0 {WIDTH:g} {height:g}")
    more = f" · hiện {BARS_SHOWN} nặng nhất trong {text.whole(len(found))}" if len(found) > BARS_SHOWN else ""
    return html.Div([drawn, html.Small(f"vạch đứng: bây giờ · giờ Huế{more}", className="desk-faint")])


def alert_map(alerts: Sequence[CityAlert], unit_map: UnitMap | None) -> Component:
    """Where the warnings that hold do."""
    if unit_map is None:
        return html.P(text.NO_MAP, className="desk-nothing")
    zones = zone_paths(alerts, unit_map)
    drawn = svg.drawing(
        "report-map",
        [
            *(svg.path("report-map-area", shape.path) for shape in unit_map.shapes if shape.path),
            *(svg.path("map-zone", zone) for zone in zones),
        ],
        viewBox=f"-4 -6 {unit_map.width + 8:g} {unit_map.height + 12:g}",
    )
    whole = sum(
        alert.units is None and not any(area.rings or area.circles for area in alert.text.areas) for alert in alerts
    )
    parts = ["nét đứt: vùng đang cảnh báo" if zones else "không có vùng riêng nào đang cảnh báo"]
    parts += [f"{whole} cảnh báo không có vùng riêng"] if whole else []
    said = " · ".join(parts)
    return html.Div(
        [drawn, html.Small(f"{said} · {unit_map.note}", className="desk-faint")], className="report-map-box"
    )


def alert_table(
    alerts: Sequence[CityAlert], names: Names, hold: timedelta, now: datetime, chosen: str, is_current: bool
) -> Component:
    """The list, what holds first; each row leads to what was said. Unless the source `is_current` nobody knows which
    still do."""
    if not alerts:
        return html.P("Chưa nhận bản tin nào trong 30 ngày.", className="desk-nothing")
    order = {AlertPhase.ACTIVE: 0, AlertPhase.COMING: 1, AlertPhase.ENDED: 2}
    found = sorted(worst_alerts_first(alerts), key=lambda one: order[one.phase(now, hold)])
    heads = ("Hiệu lực", "Loại", "Mức", "Bản tin", "Vùng", "Từ", "Đến", "Nhận qua")
    rows = [
        _row(one, names, _phase_words(one, hold, now, is_current), one.ends_at(hold), chosen)
        for one in found[:ROWS_SHOWN]
    ]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(words, scope="col") for words in heads])), html.Tbody(rows)],
        className="desk-table",
    )
    more = f"Hiện {ROWS_SHOWN} trong {text.whole(len(found))} bản tin."
    return html.Div([table, html.P(more, className="desk-faint")] if len(found) > ROWS_SHOWN else table)


def alert_card(alert: CityAlert, names: Names, hold: timedelta, now: datetime, is_current: bool) -> Component:
    """What one says, whole, and what became of it here."""
    said = alert.text
    facts = [
        ("Hiệu lực", _phase_words(alert, hold, now, is_current)[0]),
        ("Loại, mức", f"{KIND_NAMES[said.kind]}, {SEVERITY_NAMES[said.severity]}"),
        ("Nội dung", said.description or text.UNKNOWN),
        ("Khuyến cáo", said.instruction or text.UNKNOWN),
        ("Vùng theo bản tin", "; ".join(area.words for area in said.areas if area.words) or text.UNKNOWN),
        ("Đơn vị trong vùng", touched_words(alert, names)),
        ("Từ, đến", f"{moment_words(alert.begins_at())} đến {moment_words(alert.ends_at(hold))}{_open_end(alert)}"),
        ("Phát lúc", f"{moment_words(said.sent_at)}, mã {said.identifier}, bên phát {said.sender}"),
        ("Nhận lúc", f"{moment_words(alert.received_at)}, qua {alert.came_by}"),
    ]
    return html.Div(
        [
            html.H3(said.headline or KIND_NAMES[said.kind]),
            html.Dl(
                [part for name, value in facts for part in (html.Dt(name), html.Dd(value))], className="desk-facts"
            ),
        ]
    )


def touched_words(alert: CityAlert, names: Names) -> str:
    """Which units it touches, in words."""
    if not alert.is_placed:
        return "đang xác định"
    if alert.units is None:
        return "toàn thành phố" if not alert.text.areas else "toàn thành phố (không xác định được vùng hẹp hơn)"
    return ", ".join(names.get(code, code) for code in alert.units) or "không đơn vị nào"


def _phase_words(one: CityAlert, hold: timedelta, now: datetime, is_current: bool) -> tuple[str, bool]:
    """Whether it holds in words, and whether somebody must act. Of a source that is out of date only what its
    own sender ended is known to be over."""
    said, phase = one.text, one.phase(now, hold)
    drill = " (diễn tập, không tính)" if said.is_exercise else ""
    if not is_current and one.ended_at is None and not said.is_past:
        return f"{UNCLEAR}{drill}", False
    is_bad = phase is AlertPhase.ACTIVE and said.severity in PRIORITIES and not said.is_exercise
    return f"{PHASE_NAMES[phase]}{drill}", is_bad


def _row(one: CityAlert, names: Names, phase: tuple[str, bool], ends_at: datetime, chosen: str) -> Component:
    said, (words, is_bad) = one.text, phase
    link = dcc.Link(said.headline or KIND_NAMES[said.kind], href=f"{PATH}?alert={one.public_id}")
    cells: list[Component | str] = [
        html.Span(words, className="is-bad" if is_bad else None),
        KIND_NAMES[said.kind],
        SEVERITY_NAMES[said.severity],
        link,
        touched_words(one, names),
        instant(one.begins_at()),
        instant(ends_at),
        one.came_by,
    ]
    return html.Tr([html.Td(cell) for cell in cells], className="is-chosen" if one.public_id == chosen else None)


def _end_note(next_end: datetime | None) -> str:
    return f"ngày {local(next_end):%d/%m/%Y}" if next_end else "không có gì đang hiệu lực"


def _first(coming: Sequence[CityAlert]) -> str:
    first = min((one.begins_at() for one in coming), default=None)
    return f"sớm nhất {moment_words(first)}" if first else "không có"


def _open_end(alert: CityAlert) -> str:
    is_open = alert.text.expires_at is None and alert.ended_at is None
    return " (bản tin không nêu lúc hết; theo ngưỡng của cơ quan)" if is_open else ""


def _x(at: datetime, now: datetime) -> float:
    share = (at - (now - BEHIND)) / (BEHIND + AHEAD)
    return min(max(share, 0.0), 1.0) * WIDTH


def _ticks(now: datetime, height: float) -> list[Component]:
    """Every six hours of Huế, the days at midnight."""
    first = local(now - BEHIND).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    hours = (first + timedelta(hours=step) for step in range(int((BEHIND + AHEAD) / timedelta(hours=1))))
    parts: list[Component] = []
    for at in (one for one in hours if one.hour % 6 == 0):
        x = _x(at, now)
        parts.append(svg.line("alert-tick", x, TOP - 8, x, height))
        parts.append(svg.words("alert-hour", x, TOP - 12, f"{at:%d/%m}" if at.hour == 0 else f"{at:%H:%M}"))
    return parts


def _bar(one: CityAlert, at: int, hold: timedelta, now: datetime) -> list[Component]:
    left, right = _x(one.begins_at(), now), _x(one.ends_at(hold), now)
    y = TOP + ROW * at
    priority = PRIORITIES.get(one.text.severity)
    lit = priority is not None and one.is_active(now, hold)
    name = f"alert-bar alert-bar--{priority.value}" if lit and priority is not None else "alert-bar"
    words = f"{KIND_NAMES[one.text.kind]} · {SEVERITY_NAMES[one.text.severity]}"
    is_late = left > WIDTH * 0.7
    label = svg.words(
        "alert-words alert-words--before" if is_late else "alert-words", right if is_late else left, y + 11, words
    )
    return [svg.rectangle(name, left, y + 15, max(right - left, 4.0), 9), label]

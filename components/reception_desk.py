"""Citizen reception on a desk: the day by unit, one unit's visits, its month, the register. Tickets only, no name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components.desk_parts import desk_figure, desk_figures
from components.reception_panels import NO_VISITS, whole_minutes
from domain.freshness import SourceFacts
from domain.local_time import local
from domain.reception import (
    MONITORING_NAMES,
    OUTCOME_NAMES,
    PETITION_NAMES,
    PURPOSE_NAMES,
    Monitoring,
    PetitionRecord,
    ReceptionCounts,
    VisitRecord,
    VisitState,
)

NO_REGISTER = "Chưa có sổ khiếu nại, tố cáo của đơn vị này: gửi tệp vào thư mục tiếp công dân."
NO_RULE = "chưa có thời hạn hiệu lực"
STATE_NAMES = {
    VisitState.WAITING: "đang chờ",
    VisitState.SERVING: "đang tiếp",
    VisitState.SERVED: "đã tiếp",
    VisitState.LEFT: "ra về khi chưa được gọi",
}


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of the list, and whether cameras watched it; None while nobody has been called."""

    visit: VisitRecord
    monitoring: Monitoring | None


@dataclass(frozen=True, slots=True)
class PetitionLine:
    """One petition of the register and its last day; None when no rule can say it."""

    petition: PetitionRecord
    due_on: date | None
    is_sample: bool


def day_figures(counts: ReceptionCounts, delegations: int, limit: timedelta, source: SourceFacts) -> Component:
    """The day of a scope in six figures; what cameras watched is of the visits for which that is known."""
    known = counts.watched + counts.unwatched
    is_told = known and known >= counts.unknown
    share = text.percent(Decimal(100 * counts.watched) / known) if is_told else text.UNKNOWN
    wait = text.UNKNOWN if counts.median_wait is None else f"{whole_minutes(counts.median_wait)} phút"
    many = f"{counts.people} người, {counts.matters} vụ việc"
    figures = [
        desk_figure("Đã tiếp", text.whole(counts.received), many),
        desk_figure(
            "Chờ quá ngưỡng",
            text.whole(counts.waiting_long),
            f"trong {counts.waiting} lượt đang chờ",
            counts.waiting_long > 0,
        ),
        desk_figure("Thời gian chờ", wait, f"trung vị, ngưỡng {whole_minutes(limit)} phút"),
        desk_figure("Có camera giám sát", share, f"{counts.watched}/{known} lượt biết được, {counts.unknown} chưa rõ"),
        desk_figure("Đoàn đông người", text.whole(delegations), "hôm nay", delegations > 0),
    ]
    return desk_figures(figures, source)


def counts_table(
    units: Mapping[str, ReceptionCounts | None], total: ReceptionCounts | None, names: Mapping[str, str]
) -> Component:
    """Every unit of a day or a month; one that never sent a visit is unknown, which is not none."""
    head = (
        "Đơn vị",
        "Đã tiếp",
        "Người",
        "Vụ việc",
        "Lãnh đạo tiếp",
        "Đang chờ",
        "Chờ trung vị",
        "Có giám sát",
        "Chưa rõ",
    )
    rows = [_counts(names.get(code, code), counts) for code, counts in units.items()]
    if total is not None and len(rows) > 1:
        rows.append(_counts("Cộng", total))
    heads = [html.Th(words, className="desk-number" if at else None) for at, words in enumerate(head)]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="desk-table")


def visit_table(lines: Sequence[VisitLine], now: datetime) -> Component:
    """One unit's visits of today, the open ones first."""
    if not lines:
        return html.P("Chưa có lượt nào hôm nay.", className="desk-nothing")
    order = (VisitState.WAITING, VisitState.SERVING, VisitState.SERVED, VisitState.LEFT)
    ordered = sorted(lines, key=lambda line: (order.index(line.visit.state) > 1, -line.visit.ticketed_at.timestamp()))
    head = ("Số", "Lấy số", "Tình trạng", "Chờ", "Tiếp", "Quầy", "Nội dung", "Người", "Kết quả", "Giám sát")
    rows = [_visit(line, now) for line in ordered]
    return html.Table(
        [html.Thead(html.Tr([html.Th(words) for words in head])), html.Tbody(rows)], className="desk-table"
    )


def register_table(lines: Sequence[PetitionLine], today: date) -> Component:
    """The register of a unit: what is open first, by its last day."""
    if not lines:
        return html.P(NO_REGISTER, className="desk-nothing")
    ordered = sorted(
        lines, key=lambda line: (line.petition.resolved_on is not None, line.due_on is None, line.due_on or today)
    )
    head = ("Số thụ lý", "Loại đơn", "Ngày thụ lý", "Lần", "Hạn giải quyết", "Còn lại", "Giải quyết")
    rows = [_petition(line, today) for line in ordered]
    return html.Table(
        [html.Thead(html.Tr([html.Th(words) for words in head])), html.Tbody(rows)], className="desk-table"
    )


def _counts(name: str, counts: ReceptionCounts | None) -> Component:
    if counts is None:
        return html.Tr([html.Td(name), html.Td(NO_VISITS, colSpan=8, className="desk-faint")])
    numbers = (counts.received, counts.people, counts.matters, counts.by_leader, counts.waiting)
    wait = text.UNKNOWN if counts.median_wait is None else f"{whole_minutes(counts.median_wait)} phút"
    known = counts.watched + counts.unwatched
    watched = f"{counts.watched}/{known}" if known else text.UNKNOWN
    cells = [html.Td(text.whole(number), className="desk-number") for number in numbers]
    cells += [html.Td(words, className="desk-number") for words in (wait, watched)]
    unknown = html.Span(text.whole(counts.unknown), className="is-old" if counts.unknown else None)
    return html.Tr([html.Td(html.B(name)), *cells, html.Td(unknown, className="desk-number")])


def _visit(line: VisitLine, now: datetime) -> Component:
    visit = line.visit
    waited = (visit.called_at or visit.ended_at or now) - visit.ticketed_at
    took = None if visit.called_at is None else (visit.ended_at or now) - visit.called_at
    outcome = OUTCOME_NAMES[visit.outcome] if visit.outcome else ""
    watched = text.UNKNOWN if line.monitoring is None else MONITORING_NAMES[line.monitoring]
    by = "lãnh đạo tiếp" if visit.is_leader else ""
    return html.Tr(
        [
            html.Td(html.Code(visit.reference.rpartition("/")[2])),
            html.Td(f"{local(visit.ticketed_at):%H:%M}"),
            html.Td(STATE_NAMES[visit.state]),
            html.Td(f"{whole_minutes(waited)} phút"),
            html.Td(text.UNKNOWN if took is None else f"{whole_minutes(took)} phút"),
            html.Td([visit.counter, html.Small(by)] if by else visit.counter),
            html.Td(PURPOSE_NAMES[visit.purpose]),
            html.Td(text.whole(visit.people)),
            html.Td(outcome, className="desk-detail"),
            html.Td(html.Span(watched, className=_class_of(line.monitoring))),
        ]
    )


def _class_of(monitoring: Monitoring | None) -> str | None:
    return {Monitoring.NO: "is-bad", Monitoring.UNKNOWN: "is-old"}.get(monitoring) if monitoring else None


def _petition(line: PetitionLine, today: date) -> Component:
    petition, due_on = line.petition, line.due_on
    left = "" if due_on is None or petition.resolved_on else _left(due_on, today)
    is_late = bool(due_on and due_on < today and not petition.resolved_on)
    due = NO_RULE if due_on is None else f"{due_on:%d/%m/%Y}{' (thời hạn mẫu)' if line.is_sample else ''}"
    return html.Tr(
        [
            html.Td(html.Code(petition.reference)),
            html.Td(PETITION_NAMES[petition.kind]),
            html.Td(f"{petition.accepted_on:%d/%m/%Y}"),
            html.Td("lần hai" if petition.instance == 2 else "lần đầu"),
            html.Td(due),
            html.Td(html.Span(left, className="is-bad" if is_late else None)),
            html.Td(f"{petition.resolved_on:%d/%m/%Y}" if petition.resolved_on else "đang giải quyết"),
        ]
    )


def _left(due_on: date, today: date) -> str:
    days = (due_on - today).days
    return f"quá hạn {-days} ngày" if days < 0 else f"{days} ngày"

"""One system of the sector: its probes, twelve months in numbers, when it was down and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dash import html
from dash.development.base_component import Component

from components import format as text
from components.desk_parts import aged, instant
from components.software_desk import (
    PATH,
    certificate_words,
    latency_words,
    maintenance_words,
    percent_words,
    span_words,
    state_words,
)
from components.software_figures import StatedFigures, stated_words
from domain.alarms import MaintenanceWindow
from domain.freshness import SourceFacts
from domain.software_systems import (
    DOWN,
    LIMIT_WORDS,
    PROBE_NAMES,
    STATE_NAMES,
    UP,
    MonthAvailability,
    Outage,
    Probe,
    ProbeKind,
    ProbeResult,
    ProbeStanding,
    SystemChange,
    SystemStanding,
)

OUTAGES_SHOWN = 60


@dataclass(frozen=True, slots=True)
class SoftwareSeen:
    """One system as who looks may see it: `may_edit` for an administrator, `changes` of it the newest last."""

    standing: SystemStanding
    maintenance: Sequence[MaintenanceWindow]
    changes: Sequence[SystemChange]
    may_edit: bool
    stated: StatedFigures


def system_facts(seen: SoftwareSeen, source: SourceFacts, soon: timedelta, now: datetime) -> Component:
    """What it is, whose, and how it stands now."""
    standing = seen.standing
    facts: list[tuple[str, Component | str]] = [
        ("Công dụng", standing.system.purpose),
        ("Đơn vị quản lý", standing.system.owner),
        ("Tình trạng", "Đã ngừng" if standing.system.is_retired else state_words(standing)),
        ("Từ lúc", instant(standing.since)),
        ("Lý do", standing.reason or text.UNKNOWN),
        ("Trả lời sau", latency_words(standing.latency) or text.UNKNOWN),
        ("Chứng thư", certificate_words(standing.certificate_until, soon, now)),
        ("Bảo trì", maintenance_words(seen.maintenance, now)),
        ("Người dùng, số liệu", stated_words(seen.stated)),
    ]
    links = []
    if seen.may_edit:
        address = f"{PATH}/edit?system={standing.system.code}"
        edit = html.A("Sửa, ngừng phần mềm", href=address, className="desk-button desk-button--small")
        links = [html.Div(edit, className="desk-inline")]
    changed = [
        html.Li([instant(one.at), html.Span(f"{one.by}: {one.reason}, hiệu lực từ {one.valid_from:%d/%m/%Y}")])
        for one in reversed(seen.changes)
    ]
    listed = html.Dl(
        [part for name, words in facts for part in (html.Dt(name), html.Dd(words))], className="desk-facts"
    )
    history = [html.H3("Thay đổi đã ghi"), html.Ol(changed, className="report-steps")] if changed else []
    return aged([listed, *history, *links], source)


def probes_table(seen: SoftwareSeen, soon: timedelta, now: datetime) -> Component:
    """How it is asked, and what each question found; no key is in it, and where it is asked is for who may edit it."""
    probes, system = seen.standing.probes, seen.standing.system.code
    may_edit = seen.may_edit and not seen.standing.system.is_retired
    address = f"{PATH}/probe?system={system}"
    button = html.A("Thêm phép kiểm tra", href=address, className="desk-button desk-button--small")
    add = html.Div(button, className="desk-inline")
    if not probes:
        words = "Chưa khai báo cách kiểm tra: chưa biết phần mềm này có hoạt động hay không."
        return html.Div([html.P(words, className="desk-nothing"), add if may_edit else None])
    where = ("Nơi hỏi",) if seen.may_edit else ()
    found = ("Kết quả", "Từ lúc", "Lần hỏi cuối", "Trả lời sau", "Chứng thư", "Lý do", "")
    heads = ("Cách kiểm tra", *where, *found)
    rows = [html.Tr([html.Td(cell) for cell in _probe_cells(one, seen, soon, now)]) for one in probes]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(words, scope="col") for words in heads])), html.Tbody(rows)],
        className="desk-table",
    )
    return html.Div([table, add if may_edit else None], className="desk-stack")


def months_table(months: Sequence[MonthAvailability]) -> Component:
    """Every month, this one first, in its four parts; they add up to the month."""
    heads = ("Tháng", "Sẵn sàng", "Trả lời", "Gián đoạn", "Bảo trì", "Chưa biết")
    rows = [
        html.Tr(
            [
                html.Td(f"{month.first_on:%m/%Y}"),
                html.Td(percent_words(month), className="desk-number"),
                *(
                    html.Td(span_words(part) if part else text.UNKNOWN, className="desk-number")
                    for part in (month.up, month.down, month.maintenance, month.unknown)
                ),
            ]
        )
        for month in reversed(months)
    ]
    heading = [
        html.Th(words, scope="col", className="desk-number" if place else None) for place, words in enumerate(heads)
    ]
    words = "Sẵn sàng = trả lời / (trả lời + gián đoạn), ngoài giờ bảo trì đã báo. Lúc không ai hỏi là chưa biết."
    table = html.Table([html.Thead(html.Tr(heading)), html.Tbody(rows)], className="desk-table")
    return html.Div([table, html.P(words, className="desk-faint")])


def outages_table(outages: Sequence[Outage]) -> Component:
    """When it was down, how long, why; the newest first."""
    if not outages:
        return html.P("Không ghi nhận gián đoạn nào trong thời gian biết được.", className="desk-nothing")
    rows = [
        html.Tr(
            [
                html.Td(instant(one.from_at)),
                html.Td(html.Span("đang gián đoạn", className="is-bad") if one.is_open else instant(one.to_at)),
                html.Td(span_words(one.lasted), className="desk-number"),
                html.Td(one.reason, className="desk-detail"),
            ]
        )
        for one in outages[:OUTAGES_SHOWN]
    ]
    heads = [
        html.Th("Từ", scope="col"),
        html.Th("Đến", scope="col"),
        html.Th("Kéo dài", scope="col", className="desk-number"),
        html.Th("Lý do lúc đầu", scope="col"),
    ]
    rest = len(outages) - len(rows)
    more = html.P(f"Còn {text.whole(rest)} lần trước đó.", className="desk-faint") if rest else None
    return html.Div([html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="desk-table"), more])


def tried_words(found: Sequence[tuple[Probe, ProbeResult]]) -> Component:
    """What came of asking at once."""
    if not found:
        return html.P("Phần mềm này không có phép kiểm tra nào đang dùng.", className="desk-verdict", role="status")
    states = {result.state for _, result in found}
    lines = [
        html.Span(" · ".join(part for part in (PROBE_NAMES[probe.kind], _result_words(result)) if part))
        for probe, result in found
    ]
    # What is not known is neither well nor broken.
    face = "desk-verdict--broken" if states & DOWN else "desk-verdict--whole" if states <= UP else ""
    return html.Div(lines, className=f"desk-two desk-verdict {face}".rstrip(), role="status")


def _result_words(result: ProbeResult) -> str:
    parts = (STATE_NAMES[result.state], latency_words(result.latency), result.reason)
    return ", ".join(part for part in parts if part)


def _probe_cells(one: ProbeStanding, seen: SoftwareSeen, soon: timedelta, now: datetime) -> list[Component | str]:
    probe, state = one.probe, one.state(now)
    face = "is-bad" if state in DOWN else ""
    expects = [html.Small(f"phải có chữ “{probe.expects}”")] if probe.expects else []
    when = "cũ khi quá" if probe.kind is ProbeKind.FILE else "chậm khi quá"
    limit = html.Small(f"{when} {probe.limit} {LIMIT_WORDS[probe.kind]}")
    edit = html.A("Sửa", href=f"{PATH}/probe?probe={probe.code}", className="desk-button desk-button--small")
    where = html.Div([html.Code(probe.shown_address), *expects], className="desk-notes")
    return [
        html.Div([html.Span(PROBE_NAMES[probe.kind]), limit], className="desk-notes"),
        *([where] if seen.may_edit else []),
        html.Span(STATE_NAMES[state], className=f"desk-time {face}".rstrip()),
        instant(one.since),
        instant(one.asked_at),
        latency_words(one.latency) or text.UNKNOWN,
        certificate_words(one.certificate_until, soon, now),
        html.Span(one.last.reason if one.last else "", className="desk-detail"),
        edit if seen.may_edit and not seen.standing.system.is_retired else "",
    ]

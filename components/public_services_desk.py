"""Public services on a desk: figures with what they are of, by service, channel and unit, twelve months, the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from components.desk_parts import aged, desk_figure
from domain.counted_share import CountedShare
from domain.freshness import SourceFacts
from domain.local_time import local, moment_words
from domain.public_services import (
    CHANNEL_NAMES,
    ORIGIN_NAMES,
    SATISFACTION_NAMES,
    STATE_NAMES,
    PublicService,
    RequestOrigin,
    RequestState,
    ServiceChannel,
    ServiceCounts,
    ServiceFilter,
    ServiceMonth,
    ServiceRequest,
    remote_share,
)

PATH = "/public-services"
ROWS_SHOWN = 200
# Heads of a table with more columns may break.
WIDE_FROM = 8
NOTHING_ASKED = "Không có hồ sơ nào theo bộ lọc này."
Names = Mapping[str, str]
Services = Mapping[str, PublicService]


def service_figures(counts: ServiceCounts, overdue: int, source: SourceFacts) -> Component:
    """What the filter amounts to; every share says of how many it is."""
    online, outside, remote = counts.online_share, counts.outside_share, remote_share(counts)
    rated = counts.satisfied_share
    content = counts.content_share.percent
    said_outside = f"{_of(outside)} hồ sơ; từ xa {_share(remote)}" if outside.part else f"{_of(outside)} hồ sơ rõ nơi ở"
    figures = [
        desk_figure("Tiếp nhận", text.whole(counts.received), f"đã trả {counts.done}, trả lại {counts.returned}"),
        desk_figure("Đúng hạn", _share(counts.on_time_share), f"{_of(counts.on_time_share)} đã trả có hạn"),
        desk_figure("Đang quá hạn", text.whole(overdue), "đến lúc này, của mọi kỳ", overdue > 0),
        desk_figure("Trực tuyến", _share(online), f"{_of(online)} hồ sơ rõ kênh"),
        desk_figure("Người ngoài tỉnh", _share(outside), said_outside),
        desk_figure(
            "Hài lòng",
            _share(rated),
            f"{_of(rated)} lượt đánh giá" + ("" if content is None else f"; cả chấp nhận {text.percent(content)}"),
        ),
    ]
    return aged([html.Div(figures, className="desk-figures service-figures")], source)


def service_table(by_service: Mapping[str, ServiceCounts], services: Services, wanted: ServiceFilter) -> Component:
    """By service, most asked for first; a code outside the catalogue says so."""
    if not by_service:
        return html.P(NOTHING_ASKED, className="desk-nothing")
    ordered = sorted(by_service.items(), key=lambda item: (-item[1].received, item[0]))
    most = ordered[0][1].received
    rows = [_service_row(code, counts, services, wanted, most) for code, counts in ordered]
    return _table(("Dịch vụ", "Tiếp nhận", "", "Đúng hạn", "Quá hạn"), rows, (1, 3, 4))


def channel_table(by_channel: Mapping[ServiceChannel | None, ServiceCounts], wanted: ServiceFilter) -> Component:
    """By channel, each a share of the requests whose channel is known."""
    known = sum(counts.received for channel, counts in by_channel.items() if channel is not None)
    rows = []
    for channel, counts in by_channel.items():
        if channel is None:
            name: Component | str = html.Span("Chưa rõ kênh", className="is-old")
            rows.append([name, text.whole(counts.received), "", text.UNKNOWN])
            continue
        share = CountedShare(counts.received, known)
        link = dcc.Link(CHANNEL_NAMES[channel], href=f"{PATH}{wanted.address(channel=channel.value)}")
        rows.append([link, text.whole(counts.received), _bar(share), _share(share)])
    return _table(("Kênh", "Tiếp nhận", "", "Tỷ lệ"), rows, (1, 3))


def unit_table(by_unit: Mapping[str, ServiceCounts | None], names: Names, wanted: ServiceFilter) -> Component:
    """Every unit, and all of them; one that sends nothing is unknown, which is not none."""
    head = (
        *("Đơn vị", "Tiếp nhận", "Đúng hạn, thang 0–100%", "%", "Trễ", "Trả lại", "Đang giải quyết", "Quá hạn"),
        *("Trực tuyến", "Ngoài tỉnh", "Hài lòng (số đánh giá)"),
    )
    rows: list[Sequence[Component | str]] = []
    for code, counts in by_unit.items():
        link = dcc.Link(names.get(code, code), href=f"{PATH}{wanted.address(unit=code)}")
        rows.append(
            [link, html.Span(text.NO_FIGURES, className="desk-faint")] if counts is None else _unit(link, counts)
        )
    known = [counts for counts in by_unit.values() if counts is not None]
    if len(known) > 1:
        rows.append(_unit(html.B("Cộng"), sum(known, ServiceCounts())))
    return _table(head, rows, tuple(place for place in range(1, len(head)) if place != 2))


def trend(months: Sequence[ServiceMonth]) -> Component:
    """Twelve columns of what was received, the part that was or is late in amber; an unknown month is hatched."""
    highest = max([month.counts.received for month in months if month.counts] + [1])
    step = 100 / max(len(months), 1)
    drawn: list[Component | None] = [svg.line("trend-ground", 0, "100%", "100%", "100%")]
    for place, month in enumerate(months):
        x, width = f"{place * step + step * 0.16:.2f}%", f"{step * 0.68:.2f}%"
        if month.counts is None:
            drawn.append(svg.rectangle("trend-unknown", x, "94%", width, "6%"))
            continue
        height = 100 * month.counts.received / highest
        late = 100 * (month.counts.late + month.counts.overdue) / highest
        drawn.append(svg.rectangle("trend-bar", x, f"{100 - height:.2f}%", width, f"{height:.2f}%"))
        if late:
            drawn.append(svg.rectangle("trend-late", x, f"{100 - late:.2f}%", width, f"{late:.2f}%"))
    labels = [_month(month) for month in months]
    return html.Div(
        [svg.drawing("service-trend", drawn), html.Div(labels, className="service-months")], className="service-chart"
    )


def request_table(
    found: Sequence[ServiceRequest], names: Names, services: Services, now: datetime, source: SourceFacts
) -> Component:
    """Requests by code; nobody who made one is known."""
    if not found:
        return html.P(NOTHING_ASKED, className="desk-nothing")
    head = ("Mã hồ sơ", "Đơn vị", "Dịch vụ", "Kênh", "Nơi ở", "Tiếp nhận", "Hạn trả", "Trạng thái", "Đánh giá")
    table = _table(head, [_request(each, names, services, now) for each in found[:ROWS_SHOWN]], ())
    if len(found) > ROWS_SHOWN:
        more = f"Hiện {ROWS_SHOWN} trong {text.whole(len(found))} hồ sơ; xuất Excel để lấy hết."
        table = html.Div([table, html.P(more, className="desk-faint")])
    return aged([table], source)


def drill_trail(whole: str, wanted: ServiceFilter, names: Names, services: Services) -> Component:
    """All that the person sees (`whole`: the province, or their unit), a unit, a service: each step above a link."""
    steps: list[tuple[str, str]] = [(whole, wanted.address(unit="", service=""))]
    if wanted.unit:
        steps.append((names.get(wanted.unit, wanted.unit), wanted.address(service="")))
    if wanted.service:
        steps.append((service_title(wanted.service, services), wanted.address()))
    parts: list[Component] = []
    for place, (words, address) in enumerate(steps):
        is_last = place == len(steps) - 1
        parts.append(html.B(words) if is_last else dcc.Link(words, href=f"{PATH}{address or '?'}"))
        if not is_last:
            parts.append(html.Span("›"))
    return html.Div(parts, className="service-trail")


def service_title(code: str, services: Services) -> str:
    """What a service is called; a code that the catalogue does not have is itself."""
    found = services.get(code)
    return found.title if found else code


def _service_row(
    code: str, counts: ServiceCounts, services: Services, wanted: ServiceFilter, most: int
) -> Sequence[Component | str]:
    link = dcc.Link(service_title(code, services), href=f"{PATH}{wanted.address(service=code)}")
    note = code if code in services else f"{code}, chưa có trong danh mục"
    return [
        html.Div([link, html.Small(note)], className="desk-two"),
        text.whole(counts.received),
        _bar(CountedShare(counts.received, most)),
        _share(counts.on_time_share),
        _late(counts.overdue),
    ]


def _unit(name: Component, counts: ServiceCounts) -> Sequence[Component | str]:
    rated = counts.satisfied_share
    return [
        name,
        text.whole(counts.received),
        _bar(counts.on_time_share),
        _share(counts.on_time_share),
        text.whole(counts.late),
        text.whole(counts.returned),
        text.whole(counts.open),
        _late(counts.overdue),
        _share(counts.online_share),
        _share(counts.outside_share),
        f"{_share(rated)} ({rated.whole})" if rated.whole else text.UNKNOWN,
    ]


def _request(one: ServiceRequest, names: Names, services: Services, now: datetime) -> Sequence[Component | str]:
    state = one.state(now)
    words: Component | str = STATE_NAMES[state]
    if state is RequestState.OVERDUE and one.due_at is not None:
        words = html.Span(f"quá hạn {_days(now, one.due_at)}", className="is-bad")
    ended_at = one.done_at if state in {RequestState.ON_TIME, RequestState.LATE, RequestState.DONE_UNDATED} else None
    ended_at = one.returned_at if state is RequestState.RETURNED else ended_at
    said = [words, html.Small(moment_words(ended_at))] if ended_at else [words]
    origin = RequestOrigin.UNSAID if one.is_outside is None else RequestOrigin.OUTSIDE
    origin = RequestOrigin.INSIDE if one.is_outside is False else origin
    return [
        html.Code(one.code),
        names.get(one.unit, one.unit),
        service_title(one.service, services),
        CHANNEL_NAMES[one.channel] if one.channel else html.Span("chưa rõ", className="is-old"),
        ORIGIN_NAMES[origin],
        html.Span(f"{local(one.received_at):%d/%m/%Y}", className="desk-time"),
        html.Span(f"{local(one.due_at):%d/%m/%Y}" if one.due_at else "không ghi hạn", className="desk-time"),
        html.Div(said, className="desk-two"),
        SATISFACTION_NAMES[one.satisfaction] if one.satisfaction else text.UNKNOWN,
    ]


def _days(now: datetime, due_at: datetime) -> str:
    late = now - due_at
    return f"{late.days} ngày" if late.days else f"{max(late.seconds // 3600, 1)} giờ"


def _month(month: ServiceMonth) -> Component:
    counts = month.counts
    if counts is None:
        said = f"{month.first_on:%m/%Y}: {text.NO_FIGURES}"
        return html.Span([html.B(text.UNKNOWN), f"{month.first_on:%m/%y}"], title=said)
    late = counts.late + counts.overdue
    said = f"{month.first_on:%m/%Y}: tiếp nhận {counts.received}, trễ hoặc quá hạn {late}"
    return html.Span([html.B(text.whole(counts.received)), f"{month.first_on:%m/%y}"], title=said)


def _table(head: Sequence[str], rows: Sequence[Sequence[Component | str]], numbers: Sequence[int]) -> Component:
    """A short row says in its second cell, across the others, why it has no figures."""
    heads = [html.Th(words, className="desk-number" if place in numbers else None) for place, words in enumerate(head)]
    body = []
    for row in rows:
        cells = [html.Td(cell, className="desk-number" if place in numbers else None) for place, cell in enumerate(row)]
        if len(row) < len(head):
            cells[-1] = html.Td(row[-1], colSpan=len(head) - len(row) + 1)
        body.append(html.Tr(cells))
    wide = " service-table--wide" if len(head) > WIDE_FROM else ""
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className=f"desk-table service-table{wide}")


def _bar(share: CountedShare) -> Component | str:
    percent = share.percent
    return text.UNKNOWN if percent is None else svg.bullet(percent, None, None, 100)


def _share(share: CountedShare) -> str:
    percent: Decimal | None = share.percent
    return text.UNKNOWN if percent is None else text.percent(percent)


def _of(share: CountedShare) -> str:
    return f"{text.whole(share.part)}/{text.whole(share.whole)}"


def _late(number: int) -> Component | str:
    return html.Span(text.whole(number), className="is-bad") if number else "0"

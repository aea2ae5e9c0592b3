"""The quality of alarms on a desk: each number with what it means; what is not known is said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from components.alarm_list import mark
from components.desk_parts import instant
from domain.alarm_quality import PERIOD_NAMES, AlarmQuality, OperatorLoad, QualityLimits, QualityPeriod
from domain.alarms import PRIORITY_NAMES, STATE_NAMES, Priority
from domain.console import ConsoleFilter
from domain.duty import span_words
from domain.local_time import moment_words

PATH = "/alarm-quality"
NO_DUTY = "chưa có ca trực"
ROWS_SHOWN = 50
# Heads above numbers, which stand at the right.
NUMBERS = frozenset({"%", "Số", "Tham chiếu", "Tỷ lệ", "Đã xác nhận", "Đã đóng"})
Names = Mapping[str, str]

NOTHING_RECORDED = html.P("Chưa ghi nhận cảnh báo nào, nên chưa tính được chất lượng.", className="desk-nothing")


def period_links(chosen: QualityPeriod) -> Component:
    """The periods, each with its address."""
    links = [
        dcc.Link(
            words,
            href=f"{PATH}?{urlencode({'period': period.value})}",
            className="desk-button desk-button--primary" if period is chosen else "desk-button",
        )
        for period, words in PERIOD_NAMES.items()
    ]
    return html.Div(links, className="desk-inline")


def quality_figures(quality: AlarmQuality, limits: QualityLimits, at: datetime) -> Component:
    """Load, flood, shelving, and the stretch they are of."""
    flood, load = quality.flood_share, quality.load
    shelving = quality.shelving
    figures = [
        _figure(
            "Cảnh báo mới",
            text.whole(quality.alarms) if quality.windows else text.UNKNOWN,
            f"{quality.windows} khoảng 10 phút trọn vẹn",
            "Mọi cảnh báo được phát, kể cả cảnh báo sau đó ẩn theo nguyên nhân.",
        ),
        _load(load),
        _figure(
            "Thời gian dồn dập",
            text.UNKNOWN if flood is None else text.percent(flood),
            f"{quality.flooded} khoảng có từ {limits.flood_count} cảnh báo; nhiều nhất {quality.busiest}",
            "Tỷ lệ khoảng 10 phút có số cảnh báo mới từ ngưỡng dồn dập trở lên.",
        ),
        _figure(
            "Tạm ẩn",
            text.whole(shelving.times),
            f"lần, {shelving.alarms} cảnh báo, {shelving.people} người thực hiện",
            "Số lần cảnh báo bị tạm ẩn trong thời gian này; chỉ đếm người, không nêu tên.",
        ),
    ]
    words = f"Từ {moment_words(quality.begins_at)} đến {moment_words(quality.ends_at)}, tính lúc {moment_words(at)}."
    return html.Div(
        [html.Div(figures, className="desk-figures quality-figures"), html.P(words, className="desk-hint quality-of")]
    )


def priority_split(quality: AlarmQuality, limits: QualityLimits) -> Component:
    """The share of each priority as a bar, with the reference as a mark on it."""
    if not quality.alarms:
        return _none_new(quality)
    rows = []
    for priority, found in quality.priorities.items():
        share = found.share or Decimal(0)
        target = limits.shares[priority]
        above = priority is not Priority.ORDINARY and share > target
        rows.append(
            html.Tr(
                [
                    html.Td(_priority(priority)),
                    html.Td(svg.bullet(share, Decimal(target), None, 100), className="quality-bar"),
                    html.Td(text.percent(share), className="desk-number"),
                    html.Td(text.whole(found.count), className="desk-number"),
                    html.Td(f"{target}%", className="desk-number"),
                    html.Td("cao hơn" if above else "", className="is-bad desk-time"),
                ]
            )
        )
    head = ("Mức", "Tỷ lệ, thang 0\u2013100%", "%", "Số", "Tham chiếu", "")
    meaning = "Vạch trên thanh là mức tham chiếu 5/15/80: mức càng gấp càng phải hiếm thì người trực mới tin được."
    return html.Div([_table(head, rows), html.P(meaning, className="desk-hint")])


def rule_table(quality: AlarmQuality, names: Names) -> Component:
    """The rules that raised most, with their share of all alarms."""
    if not quality.rules:
        return _none_new(quality)
    rows = [
        html.Tr(
            [
                html.Td(names.get(each.rule, each.rule)),
                html.Td(text.whole(each.count), className="desk-number"),
                html.Td(text.percent(each.share), className="desk-number"),
            ]
        )
        for each in quality.rules
    ]
    covered = text.percent(sum((each.share for each in quality.rules), Decimal(0)))
    words = f"{len(rows)} quy tắc này gây ra {covered} số cảnh báo: sửa chúng trước thì đỡ việc nhất."
    return html.Div([_table(("Quy tắc", "Số", "Tỷ lệ"), rows), html.P(words, className="desk-hint")])


def times_table(quality: AlarmQuality) -> Component:
    """Median times by priority, each with how many alarms it is of."""
    rows = [
        html.Tr(
            [
                html.Td(_priority(priority)),
                html.Td(_span(found.to_acknowledge)),
                html.Td(f"{found.acknowledged}/{found.count}", className="desk-number"),
                html.Td(_span(found.to_close)),
                html.Td(f"{found.closed}/{found.count}", className="desk-number"),
            ]
        )
        for priority, found in quality.priorities.items()
    ]
    head = ("Mức", "Trung vị đến xác nhận", "Đã xác nhận", "Trung vị đến đóng", "Đã đóng")
    words = "Chỉ tính cảnh báo đã xác nhận, đã đóng; cảnh báo còn chờ chưa có thời gian nên không kéo trung vị xuống."
    return html.Div([_table(head, rows), html.P(words, className="desk-hint")])


def standing_table(quality: AlarmQuality, limits: QualityLimits, names: Names, at: datetime) -> Component:
    """Alarms not closed for long, oldest first, each leading to the console."""
    limit = span_words(limits.standing_for)
    if not quality.standing:
        return html.P(f"Không có cảnh báo nào chưa đóng quá {limit}.", className="desk-nothing")
    rows = [
        html.Tr(
            [
                html.Td(_priority(each.priority)),
                html.Td(dcc.Link(each.title, href=ConsoleFilter(alarm=each.public_id).address())),
                html.Td(names.get(each.unit, each.unit)),
                html.Td(STATE_NAMES[each.state]),
                html.Td(instant(each.raised_at)),
                html.Td(span_words(at - each.raised_at), className="desk-time"),
            ]
        )
        for each in quality.standing[:ROWS_SHOWN]
    ]
    words = f"{text.whole(len(quality.standing))} cảnh báo chưa đóng quá {limit}, kể cả đang ẩn."
    if len(quality.standing) > ROWS_SHOWN:
        words += f" Hiện {ROWS_SHOWN} cảnh báo lâu nhất; xuất Excel để lấy hết."
    head = ("Mức", "Cảnh báo", "Đơn vị", "Trạng thái", "Phát lúc", "Đã đứng")
    return html.Div([_table(head, rows), html.P(words, className="desk-hint")])


def _none_new(quality: AlarmQuality) -> Component:
    """None, or not known yet."""
    words = "Không có cảnh báo mới trong thời gian này." if quality.windows else "Chưa ghi nhận trọn 10 phút nào."
    return html.P(words, className="desk-nothing")


def _load(load: OperatorLoad | None) -> Component:
    meaning = (
        "Số cảnh báo mới trong 10 phút chia cho số người trực; chỉ tính những khoảng 10 phút có người trực trọn vẹn. "
        "Ca quá thời hạn chưa bàn giao chỉ được tính đến thời hạn."
    )
    title = "Mỗi người trực, 10 phút"
    if load is None:
        return _figure(title, NO_DUTY, "chưa có khoảng 10 phút nào có người trực trọn vẹn", meaning)
    note = f"cao nhất {text.decimal(load.peak)}; {load.windows} khoảng có người trực, {load.outside} cảnh báo ngoài ca"
    return _figure(title, text.decimal(load.mean, 2), note, meaning)


def _figure(title: str, value: str, note: str, meaning: str) -> Component:
    return html.Div([html.Span(title), html.B(value), html.Small(note)], title=meaning)


def _priority(priority: Priority) -> Component:
    return html.Span([mark(priority), PRIORITY_NAMES[priority]], className="desk-inline desk-time")


def _span(span: timedelta | None) -> Component | str:
    return html.Span("chưa có", className="desk-faint") if span is None else span_words(span)


def _table(head: Sequence[str], rows: Sequence[Component]) -> Component:
    heads = [html.Th(words, className="desk-number" if words in NUMBERS else "") for words in head]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="desk-table")

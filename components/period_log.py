"""Around the statistical form: periods that wait to be closed, the log of versions, corrections of earlier periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import ids
from components.desk_parts import instant
from components.statistical_form import PATH
from domain.indicators import CATALOGUE, CountedIn
from domain.periods import ReportingPeriod, period_by_code
from domain.shown_forms import LIVE, FormFilter
from domain.statistical_form import KIND_NAMES, FigureDifference, FrozenForm, column_name

DIFFERENCES_SHOWN = 100
HASH_SHOWN = 12


def open_periods(waiting: Sequence[ReportingPeriod], may_close: bool) -> Component:
    """Periods that are over and not closed, each with a button for whoever may."""
    if not waiting:
        return html.P("Các kỳ đã kết thúc của năm thống kê này, và năm trước, đều đã chốt.", className="desk-faint")
    items = [
        html.Li(
            [
                dcc.Link(each.name, href=f"{PATH}{FormFilter(period=each.code).address()}"),
                html.Small(f"hết {text.day(each.last_on)}"),
                html.Button(
                    "Chốt số liệu",
                    id=ids.period_button("close", each.code),
                    className="desk-button desk-button--small",
                    type="button",
                )
                if may_close
                else None,
            ]
        )
        for each in waiting
    ]
    return html.Ul(items, className="form-waiting")


def version_log(
    versions: Sequence[tuple[FrozenForm, str, bool]], changes: Mapping[int, Sequence[FigureDifference]]
) -> Component:
    """Versions of the period, newest first, as (form, hash, untouched); `changes` by version against the one before."""
    if not versions:
        return html.P("Kỳ này chưa chốt, chưa có phiên bản nào.", className="desk-faint")
    rows = []
    for form, digest, is_untouched in versions:
        address = PATH + FormFilter(period=form.period, version=str(form.version)).address()
        verdict = "khớp" if is_untouched else "KHÔNG KHỚP"
        rows.append(
            html.Tr(
                [
                    html.Td(dcc.Link(f"Phiên bản {form.version}", href=address)),
                    html.Td(instant(form.closed_at)),
                    html.Td(form.closed_by),
                    html.Td(_recorded_in(form)),
                    html.Td(form.reason or "chốt kỳ"),
                    html.Td(
                        [html.Code(digest[:HASH_SHOWN], title=digest), f" {verdict}"],
                        className=None if is_untouched else "is-bad",
                    ),
                    html.Td(_change_words(changes.get(form.version))),
                ]
            )
        )
    heads = ("Phiên bản", "Lúc", "Ai", "Ghi vào kỳ", "Lý do", "Mã kiểm", "Khác bản trước")
    table = html.Table(
        [html.Thead(html.Tr([html.Th(head) for head in heads])), html.Tbody(rows)], className="desk-table"
    )
    newest = max(changes, default=0)
    detail = [difference_list(f"Phiên bản {newest} khác bản trước", changes[newest])] if newest else []
    return html.Div([html.Div(table, className="desk-scroll"), *detail])


def correction_offer(found: Sequence[FigureDifference], period: ReportingPeriod) -> Component:
    """How the figures of now differ from the closed ones: what a correction would write."""
    if not found:
        return html.P("Số liệu đơn vị hiện tại không khác bản đã chốt.", className="desk-faint")
    live = dcc.Link("xem số hiện tại", href=PATH + FormFilter(period=period.code, version=LIVE).address())
    return html.Div(
        [
            html.P(
                [f"Số liệu hiện tại khác bản đã chốt ở {text.whole(len(found))} ô (", live, ")."], className="desk-hint"
            ),
            difference_list("Chênh lệch với bản đã chốt", found),
        ]
    )


def corrections_written(found: Sequence[FrozenForm]) -> Component | None:
    """Corrections of earlier periods that belong to this one."""
    if not found:
        return None
    items = []
    for form in found:
        period = period_by_code(form.period)
        name = period.name if period else form.period
        address = PATH + FormFilter(period=form.period, version=str(form.version)).address()
        items.append(html.Li([dcc.Link(f"{name}, phiên bản {form.version}", href=address), f": {form.reason}"]))
    return html.Div([html.H3("Đính chính kỳ trước ghi vào kỳ này"), html.Ul(items, className="form-waiting")])


def difference_list(title: str, found: Sequence[FigureDifference]) -> Component:
    """Every difference, one a line; the first hundred, and how many there are."""
    rows = [
        html.Tr(
            [
                html.Td(each.unit_name),
                html.Td(each.officer or KIND_NAMES[each.kind]),
                html.Td(difference_column(each)),
                html.Td(_value(each.before, each.counted_in), className="desk-number"),
                html.Td(_value(each.after, each.counted_in), className="desk-number"),
                html.Td(_change(each), className="desk-number"),
            ]
        )
        for each in found[:DIFFERENCES_SHOWN]
    ]
    heads = ("Đơn vị", "Chi tiết", "Cột", "Trước", "Sau", "Chênh lệch")
    numbers = heads[3:]
    head = [html.Th(words, className="desk-number" if words in numbers else None) for words in heads]
    more = f"Liệt kê {DIFFERENCES_SHOWN} trong {text.whole(len(found))}." if len(found) > DIFFERENCES_SHOWN else ""
    return html.Details(
        [
            html.Summary(f"{title}: {text.whole(len(found))} ô"),
            html.Div(
                html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="desk-table"),
                className="desk-scroll",
            ),
            html.P(more, className="desk-hint") if more else None,
        ],
        className="form-differences",
    )


def difference_column(difference: FigureDifference) -> str:
    """'Thụ lý mới (việc)'."""
    indicator = CATALOGUE[f"{difference.field}_{difference.counted_in}"]
    return f"{column_name(indicator)} ({'việc' if difference.counted_in is CountedIn.CASES else 'đồng'})"


def _recorded_in(form: FrozenForm) -> str:
    period = period_by_code(form.recorded_in)
    return period.name if period else form.recorded_in


def _change_words(found: Sequence[FigureDifference] | None) -> str:
    return "" if found is None else f"{text.whole(len(found))} ô"


def _value(value: int | None, counted_in: CountedIn) -> str:
    return text.UNKNOWN if value is None else text.whole(value)


def _change(difference: FigureDifference) -> str:
    change = (difference.after or 0) - (difference.before or 0)
    return f"+{text.whole(change)}" if change > 0 else text.whole(change)

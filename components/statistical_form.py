"""The statistical form on a desk: what it says of itself, the table of units and officers, what is checked in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from domain.indicators import COUNTED_NAMES, CountedIn, Indicator, Value
from domain.local_time import moment_words
from domain.periods import PeriodKind
from domain.shown_forms import FormFilter, ShownForm
from domain.statistical_form import (
    KIND_NAMES,
    TITLE,
    FormRow,
    column_name,
    columns,
    identity_checks,
    officer_rows,
    remarks,
    unit_rows,
    whole,
)
from domain.statistics import Figures

PATH = "/forms"
PROVINCE = "Toàn tỉnh"
SHOWN_IN = {CountedIn.CASES: "Đơn vị tính: việc", CountedIn.AMOUNT: "Đơn vị tính: triệu đồng"}
SAMPLE = "Dữ liệu mẫu"
REMARKS_SHOWN = 5
LEAST_SHOWN = text.MILLION // 10


def form_card(form: ShownForm, wanted: FormFilter, is_sample: bool, is_whole: bool) -> Component:
    """The whole form; `is_whole` when the person sees the province, not one unit."""
    return html.Div([*_heading(form, is_sample), form_table(form, wanted, is_whole), *_checks(form, wanted, is_whole)])


def form_table(form: ShownForm, wanted: FormFilter, is_whole: bool) -> Component:
    """Units as rows, the chosen one open to its officers; the province above them."""
    shown = columns(wanted.counted_in)
    rows = unit_rows(form.rows, wanted.kind)
    if not rows:
        return html.P("Không có số liệu của hình thức này trong kỳ.", className="desk-nothing")
    body = []
    if is_whole or len(rows) > 1:
        total_name = PROVINCE if is_whole else "Cộng"
        body.append(_row(html.B(total_name), whole(form.rows, wanted.kind), shown, "form-total"))
    for row in rows:
        is_open = row.unit == wanted.unit
        body.append(_row(_unit_link(row, wanted, is_open), row.figures, shown, "form-open" if is_open else ""))
        if is_open:
            body += _officers(form, row.unit, shown, wanted.kind)
    return html.Div(
        html.Table([html.Thead(_head(shown, form)), html.Tbody(body)], className="desk-table form-table"),
        className="desk-scroll",
    )


def checks_line(figures: Figures, counted_in: CountedIn) -> Component:
    """'Kiểm tra: T = A + B ✓ 508 = 428 + 80 · …' of one row."""
    checks = identity_checks(figures.as_dict()[counted_in.value])
    parts = [
        html.Span(
            [f"{check.symbols} {'✓' if check.holds else '✗'} ", html.Small(check.numbers)],
            className="form-check" if check.holds else "form-check is-bad",
        )
        for check in checks
    ]
    return html.P([html.Span("Kiểm tra:"), *parts], className="form-checks")


def value_words(indicator: Indicator, value: Value) -> str:
    """A value as the table shows it: việc whole, đồng in whole millions but what is less, rates with two places,
    unknown as a dash."""
    if value is None:
        return text.UNKNOWN
    if isinstance(value, Decimal):
        return text.decimal(value, 2)
    if indicator.counted_in is CountedIn.AMOUNT:
        return _millions(value)
    return text.whole(value)


def _millions(dong: int) -> str:
    """Little money is little, never nothing."""
    if dong == 0 or abs(dong) >= text.MILLION:
        return text.decimal(Decimal(dong) / text.MILLION, 0)
    if abs(dong) >= LEAST_SHOWN:
        return text.decimal(Decimal(dong) / text.MILLION)
    return "<0,1" if dong > 0 else f">{text.MINUS}0,1"


def _heading(form: ShownForm, is_sample: bool) -> list[Component]:
    as_of = f"Số liệu án đến {moment_words(form.as_of_at)}" if form.as_of_at else f"Số liệu án: {text.NO_FIGURES}"
    facts = [
        f"{form.period.name}: {text.day(form.period.first_on)} – {text.day(form.period.last_on)}",
        f"Chế độ thống kê: {form.regime_name}",
        as_of,
    ]
    if form.closed_at:
        facts.append(f"Chốt lúc {moment_words(form.closed_at)}, {form.closed_by}")
    tags = [html.Span(form.state_words, className="desk-tag desk-tag--wait" if form.is_provisional else "desk-tag")]
    if is_sample:
        tags.append(html.Span(SAMPLE, className="desk-tag"))
    heading = f"{TITLE}. Biểu số {form.number}" if form.number else TITLE
    hash_class = "form-hash" if form.is_untouched else "form-hash is-bad"
    return [
        html.Div([html.H2(heading), *tags], className="desk-toolbar"),
        html.P(" · ".join(facts), className="desk-hint"),
        html.P(form.hash_words, className=hash_class) if form.hash_words else html.P(className="form-hash"),
    ]


def _checks(form: ShownForm, wanted: FormFilter, is_whole: bool) -> list[Component]:
    rows = unit_rows(form.rows, wanted.kind)
    if not rows:
        return []
    found: list[Component] = [checks_line(whole(form.rows, wanted.kind), wanted.counted_in)]
    broken = [
        row.unit_name
        for row in rows
        if not all(check.holds for check in identity_checks(row.figures.as_dict()[wanted.counted_in.value]))
    ]
    words = f"Sai ở: {', '.join(broken)}." if broken else f"Khớp ở cả {len(rows)} dòng đơn vị."
    note = f"{SHOWN_IN[wanted.counted_in]}. {words}" if is_whole else f"{SHOWN_IN[wanted.counted_in]}."
    found.append(html.P(note, className="desk-hint is-bad" if broken else "desk-hint"))
    looked = remarks(form.rows)
    if looked:
        more = f" và {len(looked) - REMARKS_SHOWN} dòng khác" if len(looked) > REMARKS_SHOWN else ""
        found.append(html.P(f"Cần xem: {'; '.join(looked[:REMARKS_SHOWN])}{more}.", className="desk-hint"))
    return found


def _head(shown: Sequence[Indicator], form: ShownForm) -> list[Component]:
    names = [html.Th(["Đơn vị", html.Small("chấp hành viên")], className="form-name")]
    for indicator in shown:
        words = _head_words(indicator, form)
        title = f"{indicator.name}: {indicator.formula}. Căn cứ: {indicator.legal_basis}"
        symbol = indicator.symbols.partition("=")[0].strip()
        names.append(html.Th([words, html.Small(symbol)], className="desk-number", title=title))
    return [html.Tr(names)]


def _head_words(indicator: Indicator, form: ShownForm) -> str:
    if indicator.field == "carried_over" and form.period.kind is PeriodKind.MONTH:
        return "Kỳ trước chuyển sang"
    name = column_name(indicator)
    return f"{name}, %" if indicator.unit == "%" else name


def _row(name: Component, figures: Figures, shown: Sequence[Indicator], class_name: str) -> Component:
    cells: list[Component] = [html.Th(name, className="form-name", scope="row")]
    cells += [_cell(indicator, indicator.value(figures)) for indicator in shown]
    return html.Tr(cells, className=class_name or None)


def _cell(indicator: Indicator, value: Value) -> Component:
    exact = text.exact_money(value) if isinstance(value, int) and indicator.counted_in is CountedIn.AMOUNT else None
    class_name = f"desk-number form-{indicator.field}"
    return html.Td(value_words(indicator, value), className=class_name, title=exact)


def _unit_link(row: FormRow, wanted: FormFilter, is_open: bool) -> Component:
    href = PATH + wanted.address(unit="" if is_open else row.unit)
    return dcc.Link([html.Span("▾" if is_open else "▸", className="form-turn"), row.unit_name], href=href)


def _officers(form: ShownForm, unit: str, shown: Sequence[Indicator], kind: str) -> list[Component]:
    found = officer_rows(form.rows, unit, kind)
    if not found:
        words = _no_officers(form, unit, kind)
        cell = html.Td(words, colSpan=len(shown) + 1, className="desk-faint")
        return [html.Tr(cell, className="form-officer")]
    return [_row(html.Span(row.officer), row.figures, shown, "form-officer") for row in found]


def _no_officers(form: ShownForm, unit: str, kind: str) -> str:
    """Why no officer is shown: a version closed before officers were parted by kind holds them in all only."""
    if not kind or not officer_rows(form.rows, unit):
        return "Chưa có số liệu theo chấp hành viên."
    if any(row.officer and row.kind for row in form.rows):
        return "Không chấp hành viên nào có việc của hình thức này trong kỳ."
    return "Bản đã chốt này giữ số liệu chấp hành viên không tách theo hình thức."


def kind_options() -> list[dict[str, str]]:
    """Both kinds of cases, or all, as a select takes them; '*' because a select cannot hold an empty value."""
    return [{"label": words, "value": value or "*"} for value, words in KIND_NAMES.items()]


def counted_switch(wanted: FormFilter) -> Component:
    """Việc or tiền, as two links."""
    links = [
        dcc.Link(
            COUNTED_NAMES[each].capitalize(),
            href=PATH + wanted.address(counted_in=each),
            className="form-switch is-current" if each is wanted.counted_in else "form-switch",
        )
        for each in CountedIn
    ]
    return html.Span(links, className="form-switches")

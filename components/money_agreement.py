"""The accounting software beside the cases: three sums by unit, each difference said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.desk_parts import instant
from domain.freshness import SourceFacts
from domain.money_agreement import AGREED_NAMES, AgreementCell, AgreementLine

NOTHING = "Phần mềm kế toán chưa báo tháng nào, nên chưa có gì để đối chiếu."
SIDES = ("kế toán", "hồ sơ án", "chênh lệch")


def agreement_table(
    lines: Sequence[AgreementLine],
    names: Mapping[str, str],
    period: str,
    stated_at: datetime | None,
    cases: SourceFacts,
) -> Component:
    """`period` as words, 'tháng 10/2026'; how many units agree stands above, how old either side is below: the oldest
    statement of the software, and the source of the cases."""
    verdicts = [line.agrees for line in lines]
    said = f"{period[:1].upper()}{period[1:]}: {verdicts.count(True)} đơn vị khớp, {verdicts.count(False)} lệch"
    unknown = verdicts.count(None)
    note = html.P(said + (f", {unknown} chưa đủ số liệu hai phía." if unknown else "."), className="desk-hint")
    groups = [html.Th(words, colSpan=3, className="desk-number") for words in AGREED_NAMES.values()]
    sides = [html.Th(words, className="desk-number") for _ in AGREED_NAMES for words in SIDES]
    head = [html.Tr([html.Th("Đơn vị", rowSpan=2), *groups]), html.Tr(sides)]
    rows = [
        html.Tr(
            [
                html.Td(names.get(line.unit, line.unit)),
                *(part for money in AGREED_NAMES for part in _cells(line.cells[money])),
            ]
        )
        for line in lines
    ]
    ages = html.P(
        ["Kế toán lập lúc ", instant(stated_at), " (cũ nhất) · ", panels.age(cases)],
        className="desk-hint",
        **panels.age_attributes(cases),
    )
    return html.Div(
        [note, html.Table([html.Thead(head), html.Tbody(rows)], className="desk-table agreement-table"), ages]
    )


def _cells(cell: AgreementCell) -> list[Component]:
    difference = cell.difference
    return [
        html.Td(_said(cell.stated), className="desk-number"),
        html.Td(_said(cell.recorded), className="desk-number"),
        html.Td(
            text.UNKNOWN if difference is None else "khớp" if difference == 0 else text.money(difference),
            className="desk-number is-bad" if difference else "desk-number",
            title=None if difference is None else text.exact_money(difference),
        ),
    ]


def _said(amount: int | None) -> str:
    return text.NO_FIGURES if amount is None else text.money(amount)

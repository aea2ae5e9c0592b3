"""One case on /cases/ID, as far as the person's scope reaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, said, site, unit_name
from callbacks.pulse import changed
from components import ids
from components.case_page import (
    ClockLine,
    FactLine,
    case_card,
    case_head,
    case_origin,
    clock_table,
    counted_names,
    fact_table,
    ledger_table,
    life_line,
    stated_words,
    unit_link,
)
from components.desk_parts import aged, desk_face
from data_access.cases import CaseDetail, CaseFact, case_detail, clocks_of_case
from data_access.deadlines import deadline_rules
from data_access.scope import NotFound
from data_access.sources import source_by_name
from domain.cases import DECISION_KIND_NAMES, MONEY_KIND_NAMES, DecisionKind, decision_name
from domain.deadline_radar import RunningClock
from domain.deadlines import CLOCK_NAMES, DeadlineRule, clock_rules
from domain.local_time import local_day
from domain.permissions import Permission


@callback(Output(ids.CASE_NAME, "children"), changed("cases"), Input(ids.CASE_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_case_name(_version: object, known: object) -> str:
    """The decision of the case; what the person may not see keeps the name of the page."""
    with site().database.reading() as session:
        try:
            case = case_detail(session, asking(), site().organisation, said(known, "case"), local_day(now()))
        except NotFound:
            return "Việc thi hành án"
    return f"Việc {decision_name(case.record.key.number, case.record.decided_on)}"


@callback(Output(ids.CASE_ONE, "children"), changed("cases"), changed("alarm_rules"), Input(ids.CASE_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_case(_version: object, _rules: object, known: object) -> Component:
    """Everything on record about the case the address names."""
    today = local_day(now())
    with site().database.reading() as session:
        try:
            case = case_detail(session, asking(), site().organisation, said(known, "case"), today)
        except NotFound:
            link = dcc.Link("Xem danh sách việc", href="/cases", className="desk-button")
            return desk_face("cases", "Không có việc này trong phạm vi của bạn", "", link)
        source = source_by_name(session, "cases")
        rules = deadline_rules(session, site().is_sample)
        running = clocks_of_case(session, asking(), site().organisation, case.id, today, rules)
    clocks = [_clock(one, rules, today) for one in running]
    area = next((area.name for area in site().organisation.areas if area.code == case.record.area), "")
    unit = unit_link(unit_name(case.now.unit), case.now.unit)
    head = case_head(case.record, case.now, unit, area, case.completed_amount, today)
    return aged(
        [
            case_card("Việc thi hành án", head, stated_words(case.file_name, case.stated_at)),
            case_card("Thời hạn luật định đang chạy", clock_table(clocks, today)),
            case_card(
                "Diễn biến phân loại", life_line(case.intervals, today), "một việc có đúng một phân loại mỗi ngày"
            ),
            html.Div(
                [
                    case_card("Quyết định", fact_table(_decisions(case), "Chưa có quyết định nào sau thụ lý.")),
                    case_card("Thu chi", fact_table(_money(case), "Chưa có khoản thu chi nào.")),
                ],
                className="desk-columns",
            ),
            case_card("Đã tính vào biểu như thế nào", _ledger(case), "mỗi dòng là một thay đổi của một cột"),
        ],
        source,
    )


def _clock(one: RunningClock, rules: Sequence[DeadlineRule], today: date) -> ClockLine:
    """A running clock with the basis of its terms, and whether they are sample ones."""
    in_force = clock_rules(rules, one.clock, today) or ()
    basis = "; ".join(dict.fromkeys(rule.legal_basis for rule in in_force))
    note = f"Thời hạn mẫu, {basis}" if any(rule.is_sample for rule in in_force) else basis
    return ClockLine(CLOCK_NAMES[one.clock], one.started_on, one.due_on, note)


def _decisions(case: CaseDetail) -> list[FactLine]:
    return [
        _line(fact, DECISION_KIND_NAMES.get(DecisionKind(fact.kind), "Không còn trong tệp đầy đủ"))
        for fact in case.decisions
    ]


def _money(case: CaseDetail) -> list[FactLine]:
    names = {kind.value: name for kind, name in MONEY_KIND_NAMES.items()}
    return [_line(fact, names[fact.kind.value]) for fact in case.money]


def _line(fact: CaseFact, words: str) -> FactLine:
    origin = case_origin(fact.file_name, fact.recorded_at)
    return FactLine(fact.on, words, fact.amount, origin, is_withdrawn=fact.withdrawn_at is not None)


def _ledger(case: CaseDetail) -> Component:
    return ledger_table([(one.day, one.counted, one.cases, one.amount) for one in case.entries], counted_names())

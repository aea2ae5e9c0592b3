"""A number that is not of the form explained: its actual value by the question that the wall asks, and its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from access.principal import Principal
from callbacks.asking import asking, now, own_unit_choices, site, unit_name
from callbacks.case_answers import CASES, CaseAnswers
from components.desk_parts import aged, desk_face
from components.explanation import OtherTelling, other_view
from components.figure_change import change_card
from data_access.cases import old_cases_moved
from data_access.other_figures import (
    CAVEATS,
    REORGANISED,
    FigureQuestions,
    figure_change,
    is_scope_reorganised,
    other_figure,
)
from data_access.pledge_evidence import EvidenceQuestions
from data_access.programme import pledges_in_force, standings
from data_access.sources import all_sources
from data_access.working_days import load_working_calendar
from domain.case_filters import CaseFilter
from domain.counted_share import CountedShare
from domain.figure_changes import FigureChange
from domain.freshness import SourceFacts
from domain.local_time import local_day, moment_words
from domain.other_figures import FigureTerm, OtherFigure
from domain.other_indicators import OTHER_INDICATORS, OtherIndicator
from domain.programme import EvidenceKind, PledgeRule, PledgeStanding

PLEDGE_PREFIX = "pledge_"
OLD = "over_twelve_months"
OWN = "chính hệ thống này"
NOT_HERE = "Không có đơn vị này trong phạm vi của bạn."


def draw_other(name: str, wanted: CaseFilter) -> Component:
    """One number of the catalogue of others, or a pledge; of a unit where the address names one."""
    if wanted.unit and wanted.unit not in dict(own_unit_choices()):
        root = site().organisation.root_on(local_day(now()))
        if root is None or wanted.unit != root.code or asking().unit is not None:
            return html.P(NOT_HERE, className="desk-card desk-nothing")
        wanted = wanted.without("unit")
    principal = replace(asking(), unit=wanted.unit) if wanted.unit else asking()
    with site().database.reading() as session:
        if name.startswith(PLEDGE_PREFIX):
            return _pledge(session, principal, name.removeprefix(PLEDGE_PREFIX))
        return _other(session, principal, OTHER_INDICATORS[name], wanted)


def _other(session: Session, principal: Principal, one: OtherIndicator, wanted: CaseFilter) -> Component:
    source = next((each for each in all_sources(session) if each.name == one.source), None)
    telling = _telling(principal, source, _href(one, wanted))
    if source is not None and source.as_of_at is None:
        return other_view(one, None, telling)
    if one.id == OLD:
        answers = CaseAnswers(session, asking(), site(), wanted, now())
        found, change = _old(answers), _old_change(answers, principal)
    else:
        asked = FigureQuestions(session, principal, site().organisation, site().is_sample, now())
        found, change = other_figure(asked, one.id), figure_change(asked, one.id)
    drawn = _with_change(one, found, telling, change, wanted.unit)
    return drawn if source is None else aged([drawn], source)


def _with_change(
    one: OtherIndicator, found: OtherFigure, telling: OtherTelling, change: FigureChange, unit: str
) -> Component:
    def href(page: str) -> str:
        return _of_unit(page, unit) if page else telling.href

    return html.Div(
        [other_view(one, found, telling), change_card(one.unit, found, change, href)], className="desk-stack"
    )


def _old(answers: CaseAnswers) -> OtherFigure:
    """Under the whole filter of the address, as the card of /cases shows it."""
    terms = (FigureTerm("có điều kiện", answers.figures.cases.enforceable),)
    period, narrowed = answers.period, answers.wanted.words()
    return OtherFigure(
        f"ngày {period.to_on:%d/%m/%Y}",
        sum(answers.old.values()),
        terms=terms,
        note=f"Bộ lọc: {narrowed}" if narrowed else "",
    )


def _old_change(answers: CaseAnswers, principal: Principal) -> FigureChange:
    """The same filter at the end of the day before the last of its period."""
    on = answers.period.to_on
    before_on = on - timedelta(days=1)
    since = f"hết ngày {before_on:%d/%m/%Y}"
    if is_scope_reorganised(principal, answers.organisation, before_on, on):
        return FigureChange(since, None, REORGANISED)
    wanted = replace(answers.wanted, ends=before_on.isoformat())
    before = _old(CaseAnswers(answers.session, answers.principal, answers.site, wanted, answers.now))
    asked = (answers.session, answers.principal, answers.organisation, answers.wanted, before_on, on)
    return FigureChange(since, before, CAVEATS[CASES], old_cases_moved(*asked))


def _pledge(session: Session, principal: Principal, code: str) -> Component:
    at = now()
    rule = next((each for each in pledges_in_force(session, local_day(at)) if each.code == code), None)
    if rule is None:
        return desk_face("indicators", "Không có cam kết này", "")
    asked = EvidenceQuestions(session, principal, site().organisation, load_working_calendar(), at)
    standing = standings(asked, [code])[0]
    evidence = standing.evidence
    total = evidence.total
    one = _of_pledge(rule, evidence.source, total is not None and total.whole is not None)
    telling = _telling(principal, evidence.source, one.page)
    if total is None:
        return other_view(one, None, telling)
    left_out = (FigureTerm("chưa rõ", evidence.unknown),)
    if total.whole is None:
        amount = OtherFigure("đến nay", total.part, left_out=left_out, note=evidence.note)
        return aged([_with_change(one, amount, telling, _pledge_change(standing, at), "")], evidence.source)
    is_counted = total.part == int(total.part) and total.whole == int(total.whole) and 0 <= total.part <= total.whole
    share = CountedShare(int(total.part), int(total.whole)) if is_counted else None
    target = "" if rule.target is None else f"; mức cam kết {rule.target:f}%".replace(".", ",")
    note = (evidence.note + target).lstrip("; ")
    found = OtherFigure("đến nay", total.percent, share, ("đạt", rule.what), (), left_out, note)
    return aged([_with_change(one, found, telling, _pledge_change(standing, at), "")], evidence.source)


def _pledge_change(standing: PledgeStanding, at: datetime) -> FigureChange:
    """As the worker wrote it down at the end of yesterday; what others state by period has no yesterday."""
    yesterday = local_day(at) - timedelta(days=1)
    since = f"hết hôm qua ({yesterday:%d/%m/%Y})"
    if standing.rule.kind is not EvidenceKind.LIVE:
        return FigureChange(since, None, "số được báo theo kỳ, không so theo ngày")
    kept = next((day for day in standing.days if day.on == yesterday), None)
    if kept is None:
        return FigureChange(since, None, "hôm qua chưa ghi lại, không so được")
    reached, left_out = kept.reached, (FigureTerm("chưa rõ", kept.unknown),)
    value = None if reached is None else reached.part if reached.whole is None else reached.percent
    return FigureChange(since, OtherFigure(since, value, left_out=left_out), "Theo số đã ghi lại cuối ngày hôm qua.")


def _of_pledge(rule: PledgeRule, source: SourceFacts, is_share: bool) -> OtherIndicator:
    return OtherIndicator(
        f"{PLEDGE_PREFIX}{rule.code}",
        rule.name,
        "%" if is_share else rule.what,
        rule.formula,
        rule.status,
        "đơn vị hoặc phần chưa rõ, không tính là đạt",
        source.name,
        "/programme",
    )


def _telling(principal: Principal, source: SourceFacts | None, href: str) -> OtherTelling:
    if source is None:
        said = OWN
    elif source.as_of_at is None:
        said = f"{source.title}, {'chưa có số liệu' if source.configured else 'chưa kết nối'}"
    else:
        said = f"{source.title}, số liệu đến {moment_words(source.as_of_at)}"
    return OtherTelling(unit_name(principal.unit), said, href, site().is_sample)


def _href(one: OtherIndicator, wanted: CaseFilter) -> str:
    """Where the rows are, under the same filter."""
    if one.id == OLD:
        return f"/cases{wanted.address(figure='enforceable_carried_forward', age='over12')}#cases"
    return _of_unit(one.page, wanted.unit)


def _of_unit(page: str, unit: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}unit={unit}" if unit else page

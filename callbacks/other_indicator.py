"""A number that is not of the form explained: its actual value by the question that the wall asks, and its rows."""

from __future__ import annotations

from dataclasses import replace

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from access.principal import Principal
from callbacks.asking import asking, now, own_unit_choices, site, unit_name
from callbacks.case_answers import CaseAnswers
from components.desk_parts import aged, desk_face
from components.explanation import OtherTelling, other_view
from data_access.other_figures import FigureQuestions, other_figure
from data_access.pledge_evidence import EvidenceQuestions
from data_access.programme import pledges_in_force
from data_access.sources import all_sources
from data_access.working_days import load_working_calendar
from domain.case_filters import CaseFilter
from domain.counted_share import CountedShare
from domain.freshness import SourceFacts
from domain.local_time import local_day, moment_words
from domain.other_figures import FigureTerm, OtherFigure
from domain.other_indicators import OTHER_INDICATORS, OtherIndicator
from domain.programme import PledgeRule

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
        found = _old(CaseAnswers(session, asking(), site(), wanted, now()))
    else:
        asked = FigureQuestions(session, principal, site().organisation, site().is_sample, now())
        found = other_figure(asked, one.id)
    drawn = other_view(one, found, telling)
    return drawn if source is None else aged([drawn], source)


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


def _pledge(session: Session, principal: Principal, code: str) -> Component:
    at = now()
    rule = next((each for each in pledges_in_force(session, local_day(at)) if each.code == code), None)
    if rule is None:
        return desk_face("indicators", "Không có cam kết này", "")
    asked = EvidenceQuestions(session, principal, site().organisation, load_working_calendar(), at)
    evidence = asked.of(rule)
    total = evidence.total
    one = _of_pledge(rule, evidence.source, total is not None and total.whole is not None)
    telling = _telling(principal, evidence.source, one.page)
    if total is None:
        return other_view(one, None, telling)
    left_out = (FigureTerm("chưa rõ", evidence.unknown),)
    if total.whole is None:
        amount = OtherFigure("đến nay", total.part, left_out=left_out, note=evidence.note)
        return aged([other_view(one, amount, telling)], evidence.source)
    is_counted = total.part == int(total.part) and total.whole == int(total.whole) and 0 <= total.part <= total.whole
    share = CountedShare(int(total.part), int(total.whole)) if is_counted else None
    target = "" if rule.target is None else f"; mức cam kết {rule.target:f}%".replace(".", ",")
    note = (evidence.note + target).lstrip("; ")
    found = OtherFigure("đến nay", total.percent, share, ("đạt", rule.what), (), left_out, note)
    return aged([other_view(one, found, telling)], evidence.source)


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
    if not wanted.unit:
        return one.page
    return f"{one.page}{'&' if '?' in one.page else '?'}unit={wanted.unit}"

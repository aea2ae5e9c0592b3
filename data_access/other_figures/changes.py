"""How a figure beside the form changed since yesterday: the same answer at a moment of yesterday, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from access.principal import NotAllowed, Principal
from data_access.other_figures.answers import other_figure
from data_access.other_figures.moves import MOVES
from data_access.other_figures.past import PastQuestions
from data_access.other_figures.questions import FigureQuestions
from data_access.scope import visible_units
from domain.figure_changes import NOT_KEPT, FigureChange, moment_before, since_of
from domain.local_time import local_day
from domain.other_indicators import OTHER_INDICATORS
from domain.public_services import ServiceFilter
from domain.statistics import StatisticalYear
from domain.units import Organisation, restatement

REORGANISED = "đơn vị được tổ chức lại giữa hai ngày, không so được"
OTHER_PERIOD = "khi đó thuộc kỳ khác, không so được"
NOT_KNOWN = "khi đó nguồn chưa có số liệu, không so được"
# What has to be known of a comparison: parts of a row that have no history.
CAVEATS: Mapping[str, str] = {
    "field_reports": "Đơn vị và hạn xử lý của phản ánh lấy theo số liệu hiện nay.",
    "attendance": "Lý do vắng và điều chỉnh nhập sau đã nằm trong số hôm qua.",
    "reception": "Số người, vụ việc của mỗi lượt lấy theo số liệu hiện nay.",
    "cameras": "Theo lần kiểm tra cuối trước lúc đó của các camera có trong danh mục hiện nay.",
    "public_services": "Kênh, hạn và nơi ở lấy theo số liệu hiện nay.",
    "administrative_judgments": "Việc ghi sổ muộn cho ngày trước đã nằm trong cả hai số.",
    "cases": "Việc nhập muộn cho ngày trước đã nằm trong cả hai số.",
    "training": "Kết quả báo cáo muộn cho ngày trước đã nằm trong cả hai số.",
    "alarms": "Theo bản ghi diễn biến của từng cảnh báo.",
}


def figure_change(asked: FigureQuestions, indicator: str) -> FigureChange:
    """The figure at its moment of yesterday by the answer that reckons today's, and the rows that moved it since."""
    one = OTHER_INDICATORS[indicator]
    at = moment_before(one.compared, asked.now)
    if at is None:
        return FigureChange("hôm qua", None, NOT_KEPT)
    since = since_of(one.compared, at)
    if is_scope_reorganised(asked.principal, asked.organisation, local_day(at), asked.today):
        return FigureChange(since, None, REORGANISED)
    if _period(one.source, local_day(at)) != _period(one.source, asked.today):
        return FigureChange(since, None, OTHER_PERIOD)
    past = PastQuestions(asked.session, asked.principal, asked.organisation, asked.is_sample, at)
    if not past.is_known(one.source):
        return FigureChange(since, None, NOT_KNOWN)
    moves = MOVES[indicator](past, asked) if indicator in MOVES else ()
    return FigureChange(since, other_figure(past, indicator), CAVEATS[one.source], moves)


def is_scope_reorganised(principal: Principal, organisation: Organisation, before: date, on: date) -> bool:
    """Whether what a principal of some units sees is not what it was on a day before; the whole stays the whole."""
    here = visible_units(principal, organisation, on)
    if here is None:
        return False
    try:
        there = visible_units(principal, organisation, before)
    except NotAllowed:
        return True
    return here != there or restatement(organisation, before, on).is_crossed


def _period(source: str, on: date) -> object:
    """What a figure to date is reckoned from on a day; None where it is not one."""
    if source == "administrative_judgments":
        return StatisticalYear.of(on)
    return ServiceFilter().first_on(on) if source == "public_services" else None

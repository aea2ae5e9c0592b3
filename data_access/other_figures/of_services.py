"""Figures of public services, training, equipment and administrative judgments."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data_access.equipment import offices
from data_access.other_figures.of_cases import Answer
from data_access.other_figures.questions import FigureQuestions
from data_access.training import newest_tests
from domain.administrative_judgments import JudgmentCounts
from domain.counted_share import CountedShare
from domain.equipment import equipped_offices
from domain.other_figures import FigureTerm, OtherFigure, share_figure
from domain.public_services import ServiceCounts, ServiceFilter, remote_share
from domain.training import proficient_staff

Share = Callable[[ServiceCounts], CountedShare]


def _service(share: Share, words: tuple[str, str], left_out: str) -> Answer:
    def answer(asked: FigureQuestions) -> OtherFigure:
        period = f"từ {ServiceFilter().first_on(asked.today):%d/%m/%Y} đến nay"
        if asked.services is None:
            return OtherFigure(period, None)
        found = share(asked.services)
        return share_figure(period, found, words, (FigureTerm(left_out, found.unknown),))

    return answer


def staff_proficient(asked: FigureQuestions) -> OtherFigure:
    tests = newest_tests(asked.session, asked.principal, asked.organisation, asked.now)
    share, silent = proficient_staff(tests)
    left_out = (FigureTerm("đơn vị chưa báo cáo kiểm tra", silent),)
    return share_figure("lần kiểm tra mới nhất", share, ("cán bộ đạt", "cán bộ của đơn vị đã báo cáo"), left_out)


def offices_equipped(asked: FigureQuestions) -> OtherFigure:
    found = equipped_offices(offices(asked.session, asked.principal, asked.organisation, asked.now))
    left_out = (FigureTerm("trụ sở chưa rõ hoặc chưa gửi sổ", found.unknown),)
    return share_figure("sổ mới nhất", found, ("trụ sở đủ", "trụ sở biết được"), left_out)


def _judgments(value: Callable[[JudgmentCounts], int], *names: tuple[str, str]) -> Answer:
    """A count of the register; `names` are (words, field) of what it is made of or stands in."""

    def answer(asked: FigureQuestions) -> OtherFigure:
        year = asked.judgments
        period = f"năm thống kê đến {asked.today:%d/%m/%Y}"
        if year is None:
            return OtherFigure(period, None)
        terms = tuple(FigureTerm(words, getattr(year.total, field)) for words, field in names)
        silent = FigureTerm("đơn vị chưa có sổ", len(year.units) - year.known_units)
        return OtherFigure(period, value(year.total), terms=terms, left_out=(silent,))

    return answer


def judgments_overdue(asked: FigureQuestions) -> OtherFigure:
    year, period = asked.judgments, f"ngày {asked.today:%d/%m/%Y}"
    if year is None:
        return OtherFigure(period, None)
    left_out = (FigureTerm("bản án có thời hạn chưa tính được", year.overdue.unknown),)
    terms = (FigureTerm("đang thi hành", year.total.enforcing),)
    note = "Thời hạn mẫu" if year.overdue.is_sample else ""
    return OtherFigure(period, year.overdue_of(""), terms=terms, left_out=left_out, note=note)


_WHOLE = ("trong số phải thi hành", "to_enforce")
OF_SERVICES: Mapping[str, Answer] = {
    "services_on_time": _service(
        lambda counts: counts.on_time_share,
        ("trả kết quả đúng hạn", "đã trả kết quả, có ghi hạn"),
        "hồ sơ không ghi hạn",
    ),
    "services_online": _service(
        lambda counts: counts.online_share, ("hồ sơ trực tuyến", "hồ sơ rõ kênh"), "hồ sơ không ghi kênh"
    ),
    "services_from_afar": _service(
        remote_share, ("nộp từ xa", "hồ sơ của người ngoài tỉnh rõ kênh"), "hồ sơ chưa rõ nơi ở hoặc kênh"
    ),
    "services_satisfied": _service(
        lambda counts: counts.satisfied_share, ("lượt hài lòng", "lượt có đánh giá"), "hồ sơ không ai đánh giá"
    ),
    "staff_proficient": staff_proficient,
    "offices_equipped": offices_equipped,
    "judgments_to_enforce": _judgments(
        lambda counts: counts.to_enforce,
        ("năm trước chuyển sang", "carried_over"),
        ("mới vào sổ", "newly_registered"),
    ),
    "judgments_worked": _judgments(lambda counts: counts.worked, _WHOLE),
    "judgments_compelled": _judgments(lambda counts: counts.compelled, _WHOLE),
    "judgments_completed": _judgments(lambda counts: counts.completed, _WHOLE),
    "judgments_stopped": _judgments(
        lambda counts: counts.stopped, ("hủy", "cancelled"), ("đang hoãn, tạm đình chỉ", "paused")
    ),
    "judgments_enforcing": _judgments(
        lambda counts: counts.enforcing, _WHOLE, ("xong", "completed"), ("hủy, hoãn, tạm đình chỉ", "stopped")
    ),
    "judgments_remaining": _judgments(
        lambda counts: counts.remaining, ("đang thi hành", "enforcing"), ("đang hoãn, tạm đình chỉ", "paused")
    ),
    "judgments_overdue": judgments_overdue,
}

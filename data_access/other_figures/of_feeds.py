"""Figures of field reports, attendance, reception and cameras."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from data_access.field_reports import intake_day
from data_access.other_figures.of_cases import Answer
from data_access.other_figures.questions import FigureQuestions
from domain.cameras import CameraState, coverage_by_unit
from domain.counted_share import CountedShare
from domain.other_figures import FigureTerm, OtherFigure, share_figure

NOW, TODAY = "lúc này", "hôm nay"
NOT_CLEAR = "phần lớn lượt chưa rõ, nên không có tỷ lệ"
ONLY_OF_ALL = "chỉ có số của toàn địa bàn, không có số của một đơn vị"
OFF_HOURS = "ngoài giờ làm việc"


def reports_open(asked: FigureQuestions) -> OtherFigure:
    counts = asked.report_counts
    in_time = counts.open - counts.overdue - counts.soon - counts.without_due
    terms = (
        FigureTerm("quá hạn", counts.overdue),
        FigureTerm("sắp đến hạn", counts.soon),
        FigureTerm("còn hạn", in_time),
        FigureTerm("không có hạn", counts.without_due),
    )
    return OtherFigure(NOW, counts.open, terms=terms)


def reports_overdue(asked: FigureQuestions) -> OtherFigure:
    counts = asked.report_counts
    terms = (FigureTerm("trong số phản ánh mở", counts.open),)
    return OtherFigure(NOW, counts.overdue, terms=terms, left_out=(FigureTerm("không có hạn", counts.without_due),))


def reports_soon(asked: FigureQuestions) -> OtherFigure:
    counts = asked.report_counts
    left_out = (FigureTerm("quá hạn", counts.overdue), FigureTerm("không có hạn", counts.without_due))
    return OtherFigure(NOW, counts.soon, terms=(FigureTerm("trong số phản ánh mở", counts.open),), left_out=left_out)


def reports_today(asked: FigureQuestions) -> OtherFigure:
    found = intake_day(asked.session, asked.principal, asked.organisation, asked.now)
    return OtherFigure(TODAY, found.total)


def reports_in_time(asked: FigureQuestions) -> OtherFigure:
    found = asked.handling
    words = ("đóng đúng hạn", "đến hạn trong 30 ngày")
    return share_figure("30 ngày đến nay", CountedShare(found.in_time, found.due), words)


def attendance_present(asked: FigureQuestions) -> OtherFigure:
    """None while nobody is due, or nobody was seen and somebody may have been."""
    total = asked.presence.total
    if total is None:
        return OtherFigure(TODAY, None)
    is_off = total.not_due == total.expected
    terms = (
        FigureTerm("phải có mặt theo lịch", total.expected),
        FigureTerm("trong đó chưa đến giờ", total.not_due),
    )
    left_out = (
        FigureTerm("nghỉ có lý do", total.leave),
        FigureTerm("đi công tác", total.trip),
        FigureTerm("làm việc ngoài trụ sở", total.field_duty),
        FigureTerm("chưa rõ do máy chấm công", total.unknown),
    )
    value = None if is_off else total.present
    return OtherFigure(TODAY, value, terms=terms, left_out=left_out, note=OFF_HOURS if is_off else "")


def attendance_unexplained(asked: FigureQuestions) -> OtherFigure:
    """Of the whole only: of one unit it would point at somebody."""
    if asked.principal.unit is not None:
        return OtherFigure(TODAY, None, note=ONLY_OF_ALL)
    day = asked.presence
    is_off = day.total is not None and day.total.not_due == day.total.expected
    left_out = () if day.total is None else (FigureTerm("chưa rõ do máy chấm công", day.total.unknown),)
    return OtherFigure(TODAY, None if is_off else day.unexplained, left_out=left_out, note=OFF_HOURS if is_off else "")


def receptions_received(asked: FigureQuestions) -> OtherFigure:
    counts = asked.reception
    if counts is None:
        return OtherFigure(TODAY, None)
    terms = (FigureTerm("số người", counts.people), FigureTerm("vụ việc", counts.matters))
    gone = counts.tickets - counts.received - counts.waiting
    left_out = (FigureTerm("đang chờ", counts.waiting), FigureTerm("bỏ về trước khi được gọi", gone))
    return OtherFigure(TODAY, counts.received, terms=terms, left_out=left_out)


def reception_wait(asked: FigureQuestions) -> OtherFigure:
    counts = asked.reception
    if counts is None or counts.median_wait is None:
        return OtherFigure(TODAY, None)
    left_out = (FigureTerm("đang chờ", counts.waiting),)
    minutes = counts.median_wait // timedelta(minutes=1)
    return OtherFigure(TODAY, minutes, terms=(FigureTerm("lượt được tiếp", counts.received),), left_out=left_out)


def receptions_monitored(asked: FigureQuestions) -> OtherFigure:
    counts = asked.reception
    if counts is None:
        return OtherFigure(TODAY, None)
    words, left_out = ("có camera suốt buổi", "biết được"), (FigureTerm("lượt chưa rõ", counts.unknown),)
    share = counts.watched_share
    if share is None:
        terms = (FigureTerm(words[0], counts.watched), FigureTerm(words[1], counts.watched + counts.unwatched))
        return OtherFigure(TODAY, None, terms=terms, left_out=left_out, note=NOT_CLEAR if counts.received else "")
    return share_figure(TODAY, share, words, left_out)


def cameras_working(asked: FigureQuestions) -> OtherFigure:
    found = asked.coverage
    terms = (
        FigureTerm("đã lắp đặt", found.installed),
        FigureTerm("hoạt động tốt", found.working),
        FigureTerm("có hình nhưng có lỗi", found.impaired),
        FigureTerm("không có hình", found.failing),
    )
    return OtherFigure(NOW, found.seen, terms=terms, left_out=(FigureTerm("chưa rõ", found.unknown),))


def cameras_lost(asked: FigureQuestions) -> OtherFigure:
    standing = asked.cameras
    lost = sum(standing.state_of(camera) is CameraState.LOST for camera in standing.cameras)
    left_out = (
        FigureTerm("lỗi khác, không có hình", asked.coverage.failing - lost),
        FigureTerm("chưa rõ", asked.coverage.unknown),
    )
    return OtherFigure(NOW, lost, terms=(FigureTerm("đã lắp đặt", asked.coverage.installed),), left_out=left_out)


def cameras_unknown(asked: FigureQuestions) -> OtherFigure:
    found = asked.coverage
    return OtherFigure(NOW, found.unknown, terms=(FigureTerm("đã lắp đặt", found.installed),))


def units_with_cameras(asked: FigureQuestions) -> OtherFigure:
    standing = asked.cameras
    found = coverage_by_unit(standing.cameras, asked.units, standing.verdicts, standing.findings.hidden_cameras)
    terms = (
        FigureTerm("tổng số đơn vị", len(found)),
        FigureTerm("xác nhận có camera hoạt động", sum(one.is_confirmed for one in found.values())),
    )
    return OtherFigure(NOW, sum(one.installed > 0 for one in found.values()), terms=terms)


OF_FEEDS: Mapping[str, Answer] = {
    "reports_open": reports_open,
    "reports_overdue": reports_overdue,
    "reports_soon": reports_soon,
    "reports_today": reports_today,
    "reports_in_time": reports_in_time,
    "attendance_present": attendance_present,
    "attendance_unexplained": attendance_unexplained,
    "receptions_received": receptions_received,
    "reception_wait": reception_wait,
    "receptions_monitored": receptions_monitored,
    "cameras_working": cameras_working,
    "cameras_lost": cameras_lost,
    "cameras_unknown": cameras_unknown,
    "units_with_cameras": units_with_cameras,
}

"""Which rows moved a figure beside the form between two moments: counts by kind of move, never a row by itself.

The moves of a figure add up to its difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data_access.administrative_judgments import JudgmentYear, ListedJudgment
from data_access.other_figures.past import PastQuestions
from data_access.other_figures.questions import FigureQuestions
from domain.administrative_judgments import STATE_NAMES as JUDGMENT_STATES
from domain.administrative_judgments import JudgmentEvent, JudgmentState
from domain.alarms import STATE_NAMES as ALARM_STATES
from domain.cameras import STATE_NAMES as CAMERA_STATES
from domain.cameras import UP, Camera, CameraState
from domain.field_reports import STATE_NAMES as REPORT_STATES
from domain.field_reports import FieldReport
from domain.figure_changes import FigureMove, Reason, moves_between

Moves = Callable[[PastQuestions, FigureQuestions], tuple[FigureMove, ...]]
CLOSED_REPORTS = "/field-reports?showing=closed"


def _reports(is_in: Callable[[FieldReport, FigureQuestions], bool], comes: str, goes: str) -> Moves:
    """Of reports that `is_in` at a moment; `comes` and `goes` say what time alone does."""

    def moves(past: PastQuestions, asked: FigureQuestions) -> tuple[FigureMove, ...]:
        open_then = {each.then.public_id for each in past.reports_then}

        def left(now: FieldReport) -> Reason:
            return (goes, "") if now.is_open else (REPORT_STATES[now.state].lower(), CLOSED_REPORTS)

        def entered(report: FieldReport) -> Reason:
            if report.requested_at > past.now:
                return "mới tiếp nhận", ""
            return (comes if report.public_id in open_then else "mở lại"), ""

        before = {each.then.public_id: left(each.now) for each in past.reports_then if is_in(each.then, past)}
        return moves_between(before, {each.public_id: entered(each) for each in asked.reports if is_in(each, asked)})

    return moves


def _judgments(is_in: Callable[[ListedJudgment, JudgmentYear], bool], comes: str, goes: str) -> Moves:
    """Of judgments of the register that `is_in` on a day; `comes` and `goes` say what moved one whose state is the
    same."""

    def moves(past: PastQuestions, asked: FigureQuestions) -> tuple[FigureMove, ...]:
        if past.judgments is None or asked.judgments is None:
            return ()
        then, here = (_listed(year) for year in (past.judgments, asked.judgments))

        def why(public_id: str, words: str) -> Reason:
            before, now = then.get(public_id), here.get(public_id)
            if before is None or now is None:
                return ("mới vào sổ" if before is None else "không còn trong sổ"), ""
            is_same = before.standing.state is now.standing.state
            return (words if is_same else f"nay {JUDGMENT_STATES[now.standing.state]}"), ""

        before = {key: why(key, goes) for key, one in then.items() if is_in(one, past.judgments)}
        now = {key: why(key, comes) for key, one in here.items() if is_in(one, asked.judgments)}
        return moves_between(before, now)

    return moves


def _listed(year: JudgmentYear) -> Mapping[str, ListedJudgment]:
    return {one.public_id: one for one in year.listed}


def _in_state(*states: JudgmentState) -> Moves:
    return _judgments(lambda one, _year: one.standing.state in states, "ghi nhận thêm", "ghi nhận lại")


def _with_event(kind: JudgmentEvent, words: str) -> Moves:
    return _judgments(
        lambda one, year: one.standing.judgment.first_on(kind, year.day) is not None, words, "ghi nhận lại"
    )


def _cameras(is_in: Callable[[CameraState], bool]) -> Moves:
    """Of cameras in some states; the reason is the state before, or the one now."""

    def moves(past: PastQuestions, asked: FigureQuestions) -> tuple[FigureMove, ...]:
        def reasons(here: FigureQuestions, there: FigureQuestions, word: str) -> dict[str, Reason]:
            def reason(camera: Camera) -> Reason:
                return f"{word} {CAMERA_STATES[there.cameras.state_of(camera)]}", ""

            own = here.cameras
            return {camera.code: reason(camera) for camera in own.cameras if is_in(own.state_of(camera))}

        return moves_between(reasons(past, asked, "nay"), reasons(asked, past, "trước đó"))

    return moves


def alarms_moved(past: PastQuestions, asked: FigureQuestions) -> tuple[FigureMove, ...]:
    """Alarms that were raised, closed, hidden or came back."""
    listed = {alarm.public_id: alarm for alarm in asked.alarms}
    known = {alarm.public_id for alarm in past.alarms}

    def left(public_id: str) -> Reason:
        return (ALARM_STATES[listed[public_id].state].lower() if public_id in listed else "đã đóng"), ""

    before = {alarm.public_id: left(alarm.public_id) for alarm in past.alarms if alarm.is_open}
    now = {key: ("trở lại" if key in known else "mới phát", "") for key, alarm in listed.items() if alarm.is_open}
    return moves_between(before, now)


_J = JudgmentState
_STOPPED = (_J.CANCELLED, _J.POSTPONED, _J.SUSPENDED)
_REMAINING = (_J.ENFORCING, _J.POSTPONED, _J.SUSPENDED)
MOVES: Mapping[str, Moves] = {
    "reports_open": _reports(lambda report, _: report.is_open, "mở lại", "đã đóng"),
    "reports_overdue": _reports(lambda report, asked: report.is_overdue(asked.now), "qua hạn", "không còn quá hạn"),
    "reports_soon": _reports(
        lambda report, asked: report.is_due_within(asked.report_soon, asked.now), "đến gần hạn", "qua hạn"
    ),
    "cameras_working": _cameras(lambda state: state in UP),
    "cameras_lost": _cameras(lambda state: state is CameraState.LOST),
    "cameras_unknown": _cameras(lambda state: state is CameraState.UNKNOWN),
    "alarms_open": alarms_moved,
    "judgments_to_enforce": _judgments(lambda _one, _year: True, "ghi nhận thêm", "ghi nhận lại"),
    "judgments_worked": _with_event(JudgmentEvent.WORKED, "làm việc với các bên"),
    "judgments_compelled": _with_event(JudgmentEvent.COMPELLED, "có quyết định buộc thi hành"),
    "judgments_completed": _in_state(_J.COMPLETED),
    "judgments_stopped": _in_state(*_STOPPED),
    "judgments_enforcing": _in_state(_J.ENFORCING),
    "judgments_remaining": _in_state(*_REMAINING),
    "judgments_overdue": _judgments(
        lambda one, year: one.standing.is_overdue(year.day), "qua hạn", "đã làm việc phải làm"
    ),
}

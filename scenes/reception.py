"""The panels of citizen reception, beside those of staff: visits, the queue, what cameras watched, delegations,
complaints."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import wall_frame
from components.kpi_tile import count_tile, empty_tile, share_tile, unconnected_tile, warning_line
from components.panel import empty_face
from components.reception_panels import crowd_panel, petition_panel, queue_table, whole_minutes
from data_access.working_days import load_working_calendar
from domain.alarms import FIELD_REPORTS
from domain.reception import ReceptionCounts
from scenes.answers import WallAnswers
from scenes.reception_answers import MONTH_DAYS

# The coded subject of data/field_report_subjects.csv by which citizens tell of a crowd before an office.
CROWD = "crowd_at_gate"
NOBODY_YET = "chưa tiếp lượt nào"
NOT_CLEAR = "chưa rõ"
NO_REGISTER = "chưa có sổ"


def draw_visits(answers: WallAnswers) -> Component:
    """Visits received today, how many wait, and of how many units."""
    place, counts = wall_frame.STAFF_TILES[2], _counts(answers)
    if counts is None:
        return _nothing_tile(answers, place)
    opens_at = load_working_calendar().windows[0][0]
    lines = [html.Span(["mở cửa ", html.B(f"{opens_at:%H:%M}"), " · chờ ", html.B(text.whole(counts.waiting))])]
    told = _coverage(answers)
    if told:
        lines.append(html.Span(told, className="is-old-part"))
    return count_tile(place.title, counts.received, lines, answers.reception.source)


def draw_wait(answers: WallAnswers) -> Component:
    """How long those received today had waited, in the middle, and how many wait for too long."""
    place, counts, limit = wall_frame.STAFF_TILES[3], _counts(answers), answers.limits.reception.waiting
    if counts is None:
        return _nothing_tile(answers, place)
    long = counts.waiting_long
    lines: list[Component | None] = [html.Span(["trung vị · ngưỡng ", html.B(f"{whole_minutes(limit)} phút")])]
    lines.append(warning_line(f"{long} lượt chờ quá ngưỡng") if long else None)
    if counts.median_wait is None:
        return unconnected_tile(place.title, lines, answers.reception.source, NOBODY_YET)
    is_warning = long > 0 or counts.median_wait >= limit
    minutes = whole_minutes(counts.median_wait)
    return count_tile(place.title, minutes, lines, answers.reception.source, unit="phút", is_warning=is_warning)


def draw_monitored(answers: WallAnswers) -> Component:
    """Of the visits received today, those that a working camera of the room watched from beginning to end; no share
    while most of them are unknown: one visit of many would read as all."""
    place, counts = wall_frame.STAFF_TILES[4], _counts(answers)
    if counts is None:
        return _nothing_tile(answers, place)
    known = counts.watched + counts.unwatched
    share = counts.watched_share.percent if counts.watched_share is not None else None
    doubt = html.Span(f"{counts.unknown} lượt chưa rõ", className="is-old-part") if counts.unknown else None
    line = html.Span([html.B(text.whole(counts.watched)), " trong ", html.B(text.whole(known)), " lượt"])
    otherwise = NOT_CLEAR if counts.received else NOBODY_YET
    return share_tile(place.title, share, otherwise, [line if known else None, doubt], answers.reception.source)


def draw_queue(answers: WallAnswers) -> Component:
    """Every unit."""
    place, reception = wall_frame.RECEPTION[0], answers.reception
    if reception.day is None:
        return _nothing(answers, place)
    limit = answers.limits.reception.waiting
    return queue_table(reception.day.units, reception.day.total, reception.names, limit, reception.source)


def draw_crowds(answers: WallAnswers) -> Component:
    """Large delegations."""
    place, reception = wall_frame.RECEPTION[1], answers.reception
    if reception.day is None:
        return _nothing(answers, place)
    month = (reception.delegations_of_month, MONTH_DAYS)
    told = _coverage(answers)
    return crowd_panel(reception.day.delegations, month, reception.names, reception.source, told, _gatherings(answers))


def draw_petitions(answers: WallAnswers) -> Component:
    """Complaints and denunciations together, of the whole audience."""
    place, reception = wall_frame.RECEPTION[2], answers.reception
    if not reception.source.configured:
        return _nothing(answers, place)
    register = reception.register
    if register is None:
        return empty_face(place.title, place.modifier, NO_REGISTER)
    told, units = len(register.units), len(reception.names)
    return petition_panel(register.total, register.stated_on, reception.source, (told, units) if told < units else None)


def _gatherings(answers: WallAnswers) -> int:
    """Crowds that others told of, as far as their sources are not old: they are in no queue."""
    told = sum(report.subject == CROWD for report in answers.reports.open) if answers.is_fresh(FIELD_REPORTS) else 0
    return told + (answers.security.gatherings if answers.security.is_live else 0)


def _coverage(answers: WallAnswers) -> str:
    """'mới 9/10 đơn vị' while some have never sent a visit: a part must not pass for the whole."""
    day = answers.reception.day
    if day is None or day.known_units == len(day.units):
        return ""
    return f"mới {day.known_units}/{len(day.units)} đơn vị"


def _counts(answers: WallAnswers) -> ReceptionCounts | None:
    day = answers.reception.day
    return None if day is None else day.total


def _nothing(answers: WallAnswers, place: wall_frame.Place) -> Component:
    words = text.NO_FIGURES if answers.reception.source.configured else text.NOT_CONNECTED
    return empty_face(place.title, place.modifier, words)


def _nothing_tile(answers: WallAnswers, place: wall_frame.Place) -> Component:
    return empty_tile(place.title) if answers.reception.source.configured else unconnected_tile(place.title)

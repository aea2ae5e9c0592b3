"""What happens at one unit beside its cases: today's line, and thirty days or twenty-four hours on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from dash import Input, Output, callback, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from access.policy import policy
from access.principal import Principal
from callbacks.asking import asking, now, own_unit_choices, said, site, unit_name
from callbacks.pulse import changed
from components import format as text
from components import ids
from components.unit_strips import StripRow, strip_switch, unit_strips
from components.unit_today import TodayPart, note, today_line
from data_access.administrative_judgments import judgment_year
from data_access.alarms import alarms_listed
from data_access.attendance import presence_on, staff_month
from data_access.cameras import camera_month, camera_standing
from data_access.cases import completed_by_day
from data_access.field_reports import open_reports
from data_access.limits import wall_limits_in_force
from data_access.reception import reception_on
from data_access.sources import all_sources
from data_access.unit_days import alarms_raised, reports_received, visits_begun
from domain.alarms import Priority
from domain.attendance import DayStatus, days_of
from domain.cameras import count_coverage
from domain.case_filters import CaseFilter
from domain.field_reports import count_open
from domain.freshness import SourceFacts
from domain.local_time import local_day
from domain.permissions import Permission
from domain.statistics import Period, StatisticalYear

DAYS = 30
HOURS = 24


@callback(Output(ids.UNIT_NAME, "children"), Input(ids.UNIT_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_unit_name(known: object) -> str:
    """The unit of the page as it is called today; its code for what the person may not see."""
    code = said(known, "unit")
    if code in dict(own_unit_choices()):
        return unit_name(code)
    ended_on = _ended_on(code)
    here = site().organisation.unit_on(code, ended_on) if ended_on else None
    return here.name if here is not None and asking().unit in (None, code) else code


@callback(
    Output(ids.UNIT_TODAY, "children"),
    Input(ids.UNIT_FILTER, "data"),
    changed("field_reports"),
    changed("attendance"),
    changed("reception"),
    changed("cameras"),
    changed("administrative_judgments"),
    changed("alarms"),
)
@policy(Permission.SEE_CASES)
def draw_today(known: object, *_versions: object) -> Component | str:
    """What is open at the unit now; nothing at one that is not there, which the page says once."""
    unit = said(known, "unit")
    if not _is_here(unit):
        return ""
    there, at = replace(asking(), unit=unit), now()
    with site().database.reading() as session:
        sources = {source.name: source for source in all_sources(session)}
        parts = [
            _reports(session, there, at, unit, sources["field_reports"]),
            _presence(session, there, at, unit, sources["attendance"]),
            _reception(session, there, at, unit, sources["reception"]),
            _cameras(session, there, at, unit, sources["cameras"]),
            _judgments(session, there, at, unit, sources["administrative_judgments"]),
            _alarms(session, there, at),
        ]
    return today_line(parts)


@callback(
    Output(ids.UNIT_STRIPS, "children"),
    Input(ids.UNIT_FILTER, "data"),
    changed("cases"),
    changed("field_reports"),
    changed("cameras"),
    changed("alarms"),
)
@policy(Permission.SEE_CASES)
def draw_strips(known: object, *_versions: object) -> Component | str:
    """The unit's days, or hours, on one axis; nothing of one that is not there."""
    unit, is_day = said(known, "unit"), said(known, "strip") == "24h"
    if not _is_here(unit):
        return ""
    there, at = replace(asking(), unit=unit), now()
    with site().database.reading() as session:
        sources = {source.name: source for source in all_sources(session)}
        rows = _hour_rows(session, there, at, sources) if is_day else _day_rows(session, there, at, unit, sources)
    first = at - timedelta(hours=HOURS) if is_day else at - timedelta(days=DAYS - 1)
    ends = (text.clock_time(first), "bây giờ") if is_day else (f"{local_day(first):%d/%m}", f"{local_day(at):%d/%m}")
    title = "24 giờ tại đơn vị" if is_day else "30 ngày tại đơn vị"
    head = html.Div([html.H2(title), strip_switch(is_day, f"/units/{unit}")], className="desk-toolbar")
    return html.Div([head, unit_strips(rows, *ends, "giờ" if is_day else "ngày")])


def _is_here(unit: str) -> bool:
    """Whether the unit still works and the person may see it."""
    return _ended_on(unit) is None and unit in dict(own_unit_choices())


def _ended_on(unit: str) -> date | None:
    return site().organisation.ended_on(unit, local_day(now()))


def _reports(session: Session, there: Principal, at: datetime, unit: str, source: SourceFacts) -> TodayPart:
    href = f"/field-reports?unit={unit}"
    if source.as_of_at is None:
        return _silent("Phản ánh mở", source, href)
    soon = wall_limits_in_force(session, local_day(at)).report_soon
    counts = count_open(open_reports(session, there, site().organisation, local_day(at)), soon, at)
    notes = [
        note(f"{counts.overdue} quá hạn", is_urgent=True) if counts.overdue else None,
        note(f"{counts.soon} sắp hạn", is_bad=True) if counts.soon and not counts.overdue else None,
    ]
    return TodayPart("Phản ánh mở", text.whole(counts.open), source, href, _present(notes))


def _presence(session: Session, there: Principal, at: datetime, unit: str, source: SourceFacts) -> TodayPart:
    href = f"/attendance?unit={unit}"
    if source.as_of_at is None:
        return _silent("Có mặt", source, href)
    total = presence_on(session, there, site().organisation, local_day(at), at).total
    if total is None or total.present is None:
        return TodayPart("Có mặt", text.UNKNOWN, source, href, (note(text.NO_FIGURES),))
    away = total.leave + total.trip + total.field_duty
    notes = [
        note(f"có lý do {away}") if away else None,
        note(f"chưa rõ {total.unknown}") if total.unknown else None,
    ]
    return TodayPart("Có mặt", f"{total.present}/{total.expected}", source, href, _present(notes))


def _reception(session: Session, there: Principal, at: datetime, unit: str, source: SourceFacts) -> TodayPart:
    href = f"/reception?unit={unit}"
    total = None if source.as_of_at is None else reception_on(session, there, site().organisation, at).total
    if total is None:
        return _silent("Tiếp công dân", source, href)
    notes = [
        note(f"chờ {total.waiting}") if total.waiting and not total.waiting_long else None,
        note(f"{total.waiting_long} chờ lâu", is_bad=True) if total.waiting_long else None,
    ]
    return TodayPart("Tiếp công dân", text.whole(total.tickets), source, href, _present(notes))


def _cameras(session: Session, there: Principal, at: datetime, unit: str, source: SourceFacts) -> TodayPart:
    href = f"/cameras?unit={unit}"
    if source.as_of_at is None:
        return _silent("Camera", source, href)
    standing = camera_standing(session, there, site().organisation, at)
    found = count_coverage(standing.cameras, standing.verdicts, standing.findings.hidden_cameras)
    seen = text.UNKNOWN if found.seen is None else str(found.seen)
    notes = [
        note(f"{found.failing} mất", is_bad=True) if found.failing else None,
        note(f"{found.unknown} chưa rõ") if found.unknown else None,
    ]
    return TodayPart("Camera", f"{seen}/{found.installed}", source, href, _present(notes))


def _judgments(session: Session, there: Principal, at: datetime, unit: str, source: SourceFacts) -> TodayPart:
    href, today = f"/administrative-judgments?unit={unit}", local_day(at)
    if source.as_of_at is None:
        return _silent("Án hành chính", source, href)
    found = judgment_year(session, there, site().organisation, StatisticalYear.of(today), today, site().is_sample)
    counts, overdue = found.counts_of(unit), found.overdue_of(unit)
    if counts is None:
        return TodayPart("Án hành chính", text.UNKNOWN, source, href, (note("chưa có sổ"),))
    late = note(f"{overdue} quá hạn", is_bad=True) if overdue else None
    return TodayPart("Án hành chính", text.whole(counts.remaining), source, href, _present([late]))


def _alarms(session: Session, there: Principal, at: datetime) -> TodayPart:
    listed = [alarm for alarm in alarms_listed(session, there, site().organisation, at) if alarm.is_open]
    urgent = sum(alarm.priority is Priority.URGENT for alarm in listed)
    high = sum(alarm.priority is Priority.HIGH for alarm in listed)
    notes = [
        note(str(urgent), is_urgent=True) if urgent else None,
        note(str(high), is_bad=True) if high else None,
    ]
    return TodayPart("Cảnh báo", text.whole(len(listed)), None, "/console", _present(notes))


def _silent(title: str, source: SourceFacts, href: str) -> TodayPart:
    """Not connected, or connected and silent: unknown, which is not none."""
    words = text.NO_FIGURES if source.configured else text.NOT_CONNECTED
    return TodayPart(title, text.UNKNOWN, None, href, (note(words),))


def _day_rows(
    session: Session, there: Principal, at: datetime, unit: str, sources: dict[str, SourceFacts]
) -> list[StripRow]:
    organisation, since = site().organisation, at - timedelta(days=DAYS)
    asked = (session, there, organisation, since, at)
    first = local_day(at) - timedelta(days=DAYS - 1)
    period = Period(first, local_day(at))
    done: dict[date, int] = {}
    for (_place, day), (cases, _amount) in completed_by_day(session, there, organisation, CaseFilter(), period).items():
        done[day] = done.get(day, 0) + cases
    return [
        _row("Xong việc", sources["cases"], tuple(max(done.get(day, 0), 0) for day in _days(first))),
        _row("Phản ánh", sources["field_reports"], _by_day(reports_received(*asked), first)),
        _row("Vắng chưa rõ", sources["attendance"], _absences(session, there, at, unit, first)),
        _row("Camera mất", sources["cameras"], _by_day(_interruptions(session, there, at), first)),
        StripRow("Cảnh báo", _by_day(alarms_raised(*asked), first)),
    ]


def _hour_rows(session: Session, there: Principal, at: datetime, sources: dict[str, SourceFacts]) -> list[StripRow]:
    asked = (session, there, site().organisation, at - timedelta(hours=HOURS), at)
    return [
        StripRow("Xong việc", note="chỉ biết theo ngày"),
        _row("Phản ánh", sources["field_reports"], _by_hour(reports_received(*asked), at)),
        _row("Lượt tiếp dân", sources["reception"], _by_hour(visits_begun(*asked), at)),
        _row("Camera mất", sources["cameras"], _by_hour(_interruptions(session, there, at), at)),
        StripRow("Cảnh báo", _by_hour(alarms_raised(*asked), at)),
    ]


def _row(title: str, source: SourceFacts, numbers: tuple[int | None, ...]) -> StripRow:
    if source.as_of_at is None:
        return StripRow(title, note=text.NO_FIGURES if source.configured else text.NOT_CONNECTED)
    return StripRow(title, numbers)


def _days(first: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(DAYS)]


def _by_day(instants: Iterable[datetime], first: date) -> tuple[int | None, ...]:
    numbers = [0] * DAYS
    for at in instants:
        place = (local_day(at) - first).days
        if 0 <= place < DAYS:
            numbers[place] += 1
    return tuple(numbers)


def _by_hour(instants: Iterable[datetime], now_at: datetime) -> tuple[int | None, ...]:
    numbers = [0] * HOURS
    for at in instants:
        place = HOURS - 1 - int((now_at - at) / timedelta(hours=1))
        if 0 <= place < HOURS:
            numbers[place] += 1
    return tuple(numbers)


def _absences(session: Session, there: Principal, at: datetime, unit: str, first: date) -> tuple[int | None, ...]:
    """People missing without a reason on each day; None where nobody of the unit was listed."""
    found: dict[date, int] = {}
    today = local_day(at)
    for month in sorted({first.replace(day=1), today.replace(day=1)}):
        people = staff_month(session, there, site().organisation, unit, month, at)
        for place, day in enumerate(days_of(month, today)):
            statuses = [person.days[place] for person in people if person.days[place] is not None]
            if statuses:
                found[day] = sum(status is DayStatus.UNEXPLAINED for status in statuses)
    return tuple(found.get(day) for day in _days(first))


def _interruptions(session: Session, there: Principal, at: datetime) -> Sequence[datetime]:
    month = camera_month(session, there, site().organisation, at)
    return [cut.from_at for one in month.availability.values() for cut in one.interruptions]


def _present(notes: Iterable[Component | None]) -> tuple[Component, ...]:
    return tuple(one for one in notes if one is not None)

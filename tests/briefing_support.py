"""Briefings for tests: facts with everything known or with nothing, and a worker's turn at the jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from actions.make_briefing import briefing_maker
from actions.work_jobs import JobWorker
from data_access.session import Database
from domain.alarms import AlarmState, Priority
from domain.briefing import (
    Briefing,
    BriefingChanges,
    BriefingCurve,
    BriefingFacts,
    BriefingFigures,
    BriefingRate,
    BriefingUnit,
    Burning,
    BurningAlarm,
    BurningDirective,
    BurningReport,
    OverdueClocks,
    Pledge,
    Stated,
)
from domain.briefing_schedule import BriefingKind
from domain.freshness import Freshness
from domain.jobs import JobKind
from domain.units import Organisation

# Thursday, 07:00 in Huế.
NOW = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)
SILENT = Stated("Quản lý án", None, Freshness.NOT_CONFIGURED)
SAID = Stated("Quản lý án", datetime(2026, 11, 26, 2, 43, tzinfo=UTC), Freshness.LIVE)
NOTHING = BriefingFacts(
    kind=BriefingKind.MORNING,
    unit="",
    scope="Toàn tỉnh",
    begins_at=NOW - timedelta(days=1),
    made_at=NOW,
    appointment_at=None,
    is_sample=False,
    banner="",
    agency="Cục THADS tỉnh Thừa Thiên Huế",
    office="Trung tâm điều hành",
    figures=None,
    cases_stated=SILENT,
    changes=BriefingChanges(SAID, 0, 0, SILENT, None, None, None, None, SILENT, None, None, None),
    burning=Burning(SAID, (), 0, OverdueClocks(None, (), "", SILENT), (), None, SILENT, (), 0),
    pledges=(Pledge("Trụ sở có camera an ninh hoạt động", "đơn vị", None, None, SILENT),),
    curve=None,
)


def a_rate(
    now: str | None, then: str | None = None, pace: str | None = None, before: str | None = None
) -> BriefingRate:
    """Rates from what they are printed as."""
    now_, then_, pace_, before_ = (None if each is None else Decimal(each) for each in (now, then, pace, before))
    return BriefingRate(now_, then_, pace_, before_, Decimal("83.5"))


def a_unit(name: str, rate: str | None, pace: str | None = "12.90", before: str | None = "21.50") -> BriefingUnit:
    """A unit with its rate; nothing was ever counted where the rate is None."""
    counts = (None, None, None) if rate is None else (3459, 2000, 770)
    return BriefingUnit(name, name, *counts, a_rate(rate, None, pace, before), a_rate(rate))


def known_facts(kind: BriefingKind = BriefingKind.MORNING) -> BriefingFacts:
    """Everything known: an alarm, an overdue report and directive, two units with figures and one without."""
    figures = BriefingFigures(
        stated=SAID,
        on=date(2026, 11, 26),
        compared_on=date(2026, 11, 24),
        cases=a_rate("22.26", "22.19", "12.90", "21.50"),
        money=a_rate("12.40", "12.40"),
        completed=12,
        docketed=34,
        money_completed=2_450_000_000,
        units=(a_unit("Phú Vang", "10.75"), a_unit("A Lưới", "28.12"), a_unit("Nam Đông", None, None, None)),
        total=a_unit("Toàn bộ", "22.26"),
        coverage="2/3 đơn vị",
    )
    hour = timedelta(hours=1)
    burning = Burning(
        stated=replace(SAID, title="Hệ thống"),
        alarms=(
            BurningAlarm(
                "a1", Priority.URGENT, "Tụ tập trước trụ sở", "Phú Vang", AlarmState.UNACKNOWLEDGED, NOW - 2 * hour, ""
            ),
        ),
        alarm_count=14,
        clocks=OverdueClocks(7, (("Phú Vang", 5), ("A Lưới", 2)), "Thời hạn mẫu", SAID),
        reports=(BurningReport("Mốc giới bị xê dịch", "A Lưới", NOW - 26 * hour),),
        report_count=1,
        reports_stated=replace(SAID, title="Hue-S"),
        directives=(BurningDirective("Rà soát án tín dụng", "Phú Vang", date(2026, 11, 20)),),
        directive_count=1,
    )
    days = [date(2026, 10, 1) + timedelta(days=number) for number in range(57)]
    curve = BriefingCurve(
        begins_on=days[0],
        ends_on=date(2027, 2, 28),
        this_year=tuple((day, Decimal(number) * 22 / 56) for number, day in enumerate(days)),
        last_year=tuple((day, Decimal(number) * 21 / 56) for number, day in enumerate(days)),
        pace=((days[0], Decimal(0)), (date(2027, 2, 28), Decimal("34.79"))),
    )
    changes = BriefingChanges(SAID, 5, 4, replace(SAID, title="Hue-S"), 9, 6, 21, 1, SILENT, None, None, None)
    pledges = (
        Pledge("Trụ sở có camera an ninh hoạt động", "đơn vị", 2, 3, replace(SAID, title="Camera"), "1 đơn vị chưa rõ"),
        Pledge("Cán bộ được quản lý bằng chấm công", "người", None, None, SILENT),
    )
    return replace(
        NOTHING,
        kind=kind,
        is_sample=True,
        figures=figures,
        cases_stated=SAID,
        changes=changes,
        burning=burning,
        pledges=pledges,
        curve=curve,
    )


def a_briefing(facts: BriefingFacts) -> Briefing:
    """As it would be read again."""
    return Briefing("bt-1", facts, "lanhdao", "c4ce85eefcca3060" * 4, is_whole=True)


def a_job_worker(
    database: Database, organisation: Organisation, clock: Callable[[], datetime], holder: str = "worker-1"
) -> JobWorker:
    """The worker's hands, leading."""
    makers = {JobKind.BRIEFING: briefing_maker(organisation, is_sample=True)}
    return JobWorker(database, makers, holder, clock, lambda session: None)

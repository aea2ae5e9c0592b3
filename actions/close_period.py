"""A period is closed, or a closed one corrected by a new version that belongs to the running period; audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from data_access.audit import record_audit
from data_access.counters import figures_by_unit
from data_access.periods import TOPIC, PeriodVersion, period_versions, save_period_version
from data_access.session import Database
from data_access.sources import source_by_name
from data_access.statistical_form import EVERY_UNIT, live_form
from data_access.versions import lock_writers, versions
from domain.cases import Regime
from domain.local_time import local_day
from domain.periods import PeriodRefused, ReportingPeriod, month_of_day, period_by_code
from domain.permissions import Permission
from domain.statistical_form import FormRow, FrozenForm, broken_rules, differences, unit_rows
from domain.units import Organisation

LONGEST_REASON = 500
SHORTEST_REASON = 5
BROKEN_TOLD = 3
# The topic and the source of the cases.
CASES = "cases"


def close_period(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    regimes: Sequence[Regime],
    code: str,
    now: datetime,
) -> FrozenForm:
    """Freeze version 1 of a period that is over. Raises NotAllowed, also for somebody of one unit, and PeriodRefused
    when it is not over, closed already, or its figures contradict themselves."""
    period = _wanted(principal, code)
    if not period.is_over(local_day(now)):
        raise PeriodRefused(f"{period.name} chưa kết thúc: chốt được từ ngày sau {period.last_on:%d/%m/%Y}.")
    counted = _counted_now(database, principal, organisation, regimes, period, now)
    with database.writing() as session:
        _lock(session, counted)
        if period_versions(session, principal, organisation, period):
            raise PeriodRefused(f"{period.name} đã chốt. Sai sót ghi bằng đính chính trong kỳ đang chạy.")
        form = _form(counted, principal, organisation, period, now)
        digest = save_period_version(session, form, now)
        detail = {"version": form.version, "hash": digest, "regime": form.regime}
        record_audit(session, principal, "period_closed", period.code, detail, now)
    return form


def record_correction(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    regimes: Sequence[Regime],
    code: str,
    reason: str,
    now: datetime,
) -> FrozenForm:
    """Write the next version of a closed period from what is known now, dated in the running month. Raises NotAllowed,
    PeriodRefused.

    1. The version before stays as it is. 2. There has to be a reason. 3. Without any difference nothing is written.
    """
    period = _wanted(principal, code)
    words = _cleaned(reason)
    with database.reading() as session:
        if not period_versions(session, principal, organisation, period):
            raise PeriodRefused(f"{period.name} chưa chốt, nên chưa có gì để đính chính.")
    counted = _counted_now(database, principal, organisation, regimes, period, now)
    with database.writing() as session:
        _lock(session, counted)
        before = period_versions(session, principal, organisation, period)[0]
        if not before.is_untouched:
            raise PeriodRefused(f"Phiên bản {before.form.version} không khớp mã kiểm. Giữ nguyên và báo quản trị.")
        form = _form(counted, principal, organisation, period, now, before, words)
        changed = differences(before.form.rows, form.rows)
        if not changed:
            raise PeriodRefused("Số liệu hiện tại không khác bản đã chốt.")
        digest = save_period_version(session, form, now)
        detail = {"version": form.version, "hash": digest, "differences": len(changed), "reason": words}
        record_audit(session, principal, "period_corrected", period.code, detail, now)
    return form


@dataclass(frozen=True, slots=True)
class _Counted:
    """Figures as one reading transaction saw them, and the version of the cases by which a later one knows of it."""

    rows: tuple[FormRow, ...]
    regime: Regime
    as_of_at: datetime
    cases_version: int


def _counted_now(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    regimes: Sequence[Regime],
    period: ReportingPeriod,
    now: datetime,
) -> _Counted:
    """Count outside of the writing transaction, which a million cases would hold for seconds.

    Raises PeriodRefused when the figures contradict themselves: an identity, or the months against the days.
    """
    today = local_day(now)
    asked = (principal, organisation)
    with database.reading() as session:
        version = versions(session).get(CASES, 0)
        as_of_at = source_by_name(session, CASES).as_of_at
        rows, regime = live_form(session, *asked, regimes, period, today, EVERY_UNIT)
        by_days = figures_by_unit(session, *asked, period.counted_until(today), regime)
    if as_of_at is None:
        raise PeriodRefused("Chưa có số liệu hồ sơ thi hành án nào được nạp, nên chưa chốt được.")
    broken = broken_rules(rows)
    broken += [
        f"{row.unit_name}: cộng theo tháng khác cộng theo ngày"
        for row in unit_rows(rows)
        if by_days.get(row.unit) != row.figures
    ]
    if broken:
        told = "; ".join(broken[:BROKEN_TOLD])
        more = f" và {len(broken) - BROKEN_TOLD} lỗi khác" if len(broken) > BROKEN_TOLD else ""
        raise PeriodRefused(f"Số liệu chưa khớp nên chưa chốt được: {told}{more}.")
    return _Counted(tuple(rows), regime, as_of_at, version)


def _lock(session: Session, counted: _Counted) -> None:
    """Let nobody else write a version; refuse when cases were taken in since they were counted."""
    lock_writers(session, TOPIC)
    if versions(session).get(CASES, 0) != counted.cases_version:
        raise PeriodRefused("Số liệu án vừa được nạp thêm trong lúc chốt. Chốt lại sau vài giây.")


def _form(
    counted: _Counted,
    principal: Principal,
    organisation: Organisation,
    period: ReportingPeriod,
    now: datetime,
    before: PeriodVersion | None = None,
    reason: str = "",
) -> FrozenForm:
    return FrozenForm(
        period=period.code,
        version=before.form.version + 1 if before else 1,
        regime=counted.regime.code,
        regime_name=counted.regime.name,
        organisation=organisation.name,
        as_of_at=counted.as_of_at,
        closed_at=now,
        closed_by=principal.name,
        recorded_in=month_of_day(local_day(now)).code if before else period.code,
        reason=reason,
        previous=before.sha256 if before else "",
        rows=counted.rows,
    )


def _wanted(principal: Principal, code: str) -> ReportingPeriod:
    principal.require(Permission.CLOSE_PERIODS)
    if principal.unit is not None:
        raise NotAllowed("a period is closed for the whole province, so not by somebody of one unit")
    period = period_by_code(code)
    if period is None:
        raise PeriodRefused("Không có kỳ này.")
    return period


def _cleaned(typed: str) -> str:
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())
    if len(words) < SHORTEST_REASON:
        raise PeriodRefused("Ghi lý do đính chính.")
    if len(words) > LONGEST_REASON:
        raise PeriodRefused(f"Lý do dài nhất {LONGEST_REASON} ký tự.")
    return words

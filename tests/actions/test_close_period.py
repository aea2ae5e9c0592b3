"""A period is closed once, when it is over, by whoever may; late facts move the live figure, never the closed one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DatabaseError
from workbook_support import write_cases

import actions.close_period as closing
from access.principal import NotAllowed, Principal
from actions.close_period import close_period, record_correction
from actions.import_cases import CaseImporter, ImportMode
from actions.import_cases.outcomes import ImportOutcome
from actions.number_form import number_form
from data_access.audit import audit_events
from data_access.counters import figures_by_unit
from data_access.models.cases import CounterMonth
from data_access.models.periods import FormNumberRow, PeriodVersionRow
from data_access.periods import closed_periods, corrections_recorded_in, form_number, period_versions
from data_access.regimes import load_regimes
from data_access.scope import NotFound
from data_access.session import Database
from data_access.statistical_form import EVERY_UNIT, shown_form
from data_access.versions import bump_version
from domain.cases import CaseKind, DecisionKind, regime_on
from domain.periods import PeriodRefused, PeriodState, month_of_day
from domain.permissions import Permission, Role, may
from domain.shown_forms import LIVE
from domain.statistical_form import canonical, differences, officer_rows, unit_rows, whole
from domain.units import Organisation
from factories import a_case, a_decision

LEADER = Principal(Role.LEADER, "l", "lanhdao")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
REGIMES = load_regimes()
OCTOBER = month_of_day(date(2026, 10, 1))
NOVEMBER = month_of_day(date(2026, 11, 1))
OCT_12, OCT_20, NOV_5 = date(2026, 10, 12), date(2026, 10, 20), date(2026, 11, 5)
TakeIn = Callable[..., ImportOutcome]


@pytest.fixture
def filled(importer: CaseImporter, take_in: TakeIn) -> Database:
    """Phú Vang: two cases, one of them completed in October. Nam Đông: one ex officio, docketed in November."""
    first, second = a_case(1), a_case(2, officer="CHV-02")
    third = a_case(1, unit="NAMDONG", decided_on=NOV_5, kind=CaseKind.EX_OFFICIO)
    take_in([first, second, third], [a_decision(first, DecisionKind.COMPLETED, OCT_20)])
    return importer.database


def close(database: Database, organisation: Organisation, now: datetime, who: Principal = LEADER) -> None:
    close_period(database, who, organisation, REGIMES, OCTOBER.code, now)


def test_a_closed_period_holds_every_unit_and_officer_as_of_its_last_day(
    filled: Database, organisation: Organisation, now: datetime
) -> None:
    form = close_period(filled, LEADER, organisation, REGIMES, OCTOBER.code, now)
    counted = OCTOBER.counted_until(now.date())
    with filled.reading() as session:
        regime = regime_on(REGIMES, OCTOBER.last_on)
        live = figures_by_unit(session, LEADER, organisation, counted, regime)
        (version,) = period_versions(session, LEADER, organisation, OCTOBER)
        shown = shown_form(session, LEADER, organisation, REGIMES, OCTOBER, "", now)
        events = {row.action: row.detail for row in audit_events(session, ADMINISTRATOR)}
    assert {row.unit: row.figures for row in unit_rows(form.rows)} == live
    assert len(live) == 10
    phuvang = live["PHUVANG"].cases
    assert (phuvang.total_docketed, phuvang.completed, phuvang.carried_forward) == (2, 1, 1)
    assert [row.officer for row in officer_rows(form.rows, "PHUVANG")] == ["CHV-02", "CHV-07"]
    assert officer_rows(form.rows, "NAMDONG") == []
    assert version.form == form
    assert version.is_untouched
    assert (shown.version, shown.state, shown.state_words) == (1, PeriodState.CLOSED, "Đã chốt, phiên bản 1")
    assert shown.hash_words == f"Mã kiểm: {version.sha256} khớp"
    assert version.sha256 in events["period_closed"]


def test_a_period_is_not_closed_early_twice_or_by_whoever_may_not(
    filled: Database, organisation: Organisation, now: datetime
) -> None:
    asked = (organisation, REGIMES)
    with pytest.raises(PeriodRefused, match="chưa kết thúc: chốt được từ ngày sau 30/11/2026"):
        close_period(filled, LEADER, *asked, NOVEMBER.code, now)
    with pytest.raises(PeriodRefused, match="Không có kỳ này"):
        close_period(filled, LEADER, *asked, "2027-m07", now)
    with pytest.raises(PeriodRefused, match="chưa chốt"):
        record_correction(filled, LEADER, *asked, OCTOBER.code, "Sổ ghi chậm", now)
    for who in (HEAD, OPERATOR, replace(ADMINISTRATOR, unit="PHUVANG")):
        with pytest.raises(NotAllowed):
            close(filled, organisation, now, who)
    close(filled, organisation, now, ADMINISTRATOR)
    with pytest.raises(PeriodRefused, match="đã chốt"):
        close(filled, organisation, now)
    assert {role for role in Role if may(role, Permission.CLOSE_PERIODS)} == {
        Role.LEADER, Role.ADMINISTRATOR, Role.WORKER,
    }  # fmt: skip


def test_without_any_cases_nothing_is_closed(database: Database, organisation: Organisation, now: datetime) -> None:
    with pytest.raises(PeriodRefused, match="Chưa có số liệu"):
        close(database, organisation, now)


def test_late_facts_move_the_live_figure_and_a_correction_is_a_version_of_the_running_period(
    filled: Database, take_in: TakeIn, organisation: Organisation, now: datetime
) -> None:
    close(filled, organisation, now)
    asked = (filled, LEADER, organisation, REGIMES, OCTOBER.code)
    with pytest.raises(PeriodRefused, match="không khác"):
        record_correction(*asked, "Sổ ghi chậm", now)
    second = a_case(2, officer="CHV-02")
    take_in([second], [a_decision(second, DecisionKind.COMPLETED, OCT_20)], at=now + timedelta(hours=1))
    later = now + timedelta(hours=2)
    with filled.reading() as session:
        live = shown_form(session, LEADER, organisation, REGIMES, OCTOBER, LIVE, later, EVERY_UNIT)
        kept = shown_form(session, LEADER, organisation, REGIMES, OCTOBER, "", later)
    assert (whole(live.rows).cases.completed, whole(kept.rows).cases.completed) == (2, 1)
    assert live.state_words == "Số liệu tạm tính: số hiện tại của kỳ đã chốt"
    with pytest.raises(PeriodRefused, match="Ghi lý do"):
        record_correction(*asked, "  \x07 ", later)
    with pytest.raises(PeriodRefused, match="500"):
        record_correction(*asked, "a" * 501, later)
    corrected = record_correction(*asked, "Sổ thụ lý ghi chậm", later)
    with filled.reading() as session:
        newest, first = period_versions(session, LEADER, organisation, OCTOBER)
        written = corrections_recorded_in(session, LEADER, organisation, NOVEMBER)
        assert corrections_recorded_in(session, LEADER, organisation, OCTOBER) == []
        assert closed_periods(session, LEADER) == {OCTOBER.code: 2}
        third = shown_form(session, LEADER, organisation, REGIMES, OCTOBER, "1", later)
    assert (corrected.version, corrected.recorded_in, corrected.previous) == (2, NOVEMBER.code, first.sha256)
    assert [each.form for each in written] == [newest.form] == [corrected]
    assert whole(third.rows).cases.completed == 1
    told = differences(first.form.rows, newest.form.rows)
    assert {(each.unit, each.officer, each.field, each.before, each.after) for each in told} >= {
        ("PHUVANG", "", "completed", 1, 2),
        ("PHUVANG", "CHV-02", "completed", 0, 1),
        ("PHUVANG", "", "enforceable_in_progress", 1, 0),
    }
    assert {each.unit for each in told} == {"PHUVANG"}


def test_a_version_is_neither_changed_nor_taken_away(
    filled: Database, organisation: Organisation, now: datetime
) -> None:
    close(filled, organisation, now)
    number_form(filled, ADMINISTRATOR, "01/TK", now)
    for statement in (
        delete(PeriodVersionRow),
        update(PeriodVersionRow).values(content="{}"),
        delete(FormNumberRow),
        update(FormNumberRow).values(number="2"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), filled.writing() as session:
            session.execute(statement)


def test_a_version_written_around_us_does_not_match_its_hash(
    filled: Database, organisation: Organisation, now: datetime
) -> None:
    form = close_period(filled, LEADER, organisation, REGIMES, OCTOBER.code, now)
    text = canonical(replace(form, version=2))
    told = {"period": OCTOBER.code, "closed_at": now, "closed_by": "x", "recorded_on": NOV_5, "sha256": "0" * 64}
    for version, content in ((2, text), (3, "{")):
        with filled.writing() as session:
            session.execute(insert(PeriodVersionRow).values(version=version, content=content, **told))
    with filled.reading() as session:
        found = period_versions(session, LEADER, organisation, OCTOBER)
        shown = shown_form(session, LEADER, organisation, REGIMES, OCTOBER, "2", now)
    assert [each.is_untouched for each in found] == [False, False, True]
    assert shown.hash_words.endswith("KHÔNG KHỚP")
    with pytest.raises(PeriodRefused, match="không khớp mã kiểm"):
        record_correction(filled, LEADER, organisation, REGIMES, OCTOBER.code, "Sổ ghi chậm", now)


def test_a_head_sees_the_own_unit_of_live_and_closed_figures(
    filled: Database, organisation: Organisation, now: datetime
) -> None:
    close(filled, organisation, now)
    with filled.reading() as session:
        for version in ("", LIVE):
            shown = shown_form(session, HEAD, organisation, REGIMES, OCTOBER, version, now, EVERY_UNIT)
            assert {row.unit for row in shown.rows} == {"PHUVANG"}
            assert officer_rows(shown.rows, "PHUVANG")
        with pytest.raises(NotFound):
            shown_form(session, LEADER, organisation, REGIMES, NOVEMBER, "1", now)
        elsewhere = shown_form(session, HEAD, organisation, REGIMES, NOVEMBER, "", now, "NAMDONG")
        assert {row.unit for row in elsewhere.rows} == {"PHUVANG"}
        with pytest.raises(NotAllowed):
            shown_form(session, Principal(Role.SCREEN, "s", "man"), organisation, REGIMES, OCTOBER, "", now)
        with pytest.raises(NotAllowed):
            shown_form(session, Principal(Role.IOC, "i", "ioc"), organisation, REGIMES, OCTOBER, LIVE, now, EVERY_UNIT)


def test_the_year_of_the_reorganisation_is_closed_before_and_after_it(
    database: Database, two_era_organisation: Organisation, now: datetime, tmp_path: Path
) -> None:
    old = [a_case(number, decided_on=date(2025, 3, 3)) for number in (1, 2)]
    path = write_cases(tmp_path / "viec.xlsx", old, [], [], now)
    importer = CaseImporter(database, two_era_organisation, REGIMES)
    importer.take_in(Principal.worker(), path, ImportMode.CHANGES, now)
    asked = (database, LEADER, two_era_organisation, REGIMES)
    half, july, year = (close_period(*asked, code, now) for code in ("2025-m06", "2025-t10", "2025-m12"))
    for form, on in ((half, date(2025, 3, 31)), (july, date(2025, 7, 31)), (year, date(2025, 9, 30))):
        there = {unit.code for unit in two_era_organisation.case_units_on(on)}
        assert there <= {row.unit for row in unit_rows(form.rows)}
        assert whole(form.rows).cases.to_enforce == 2
        assert all(row.unit_name != row.unit for row in form.rows)
    assert "PHUVANG" in {row.unit for row in unit_rows(half.rows) if row.figures.cases.to_enforce}
    assert "PHUVANG" not in {row.unit for row in unit_rows(year.rows) if row.figures.cases.to_enforce}


def test_the_number_of_the_form_is_dated_and_the_one_before_stays(
    database: Database, now: datetime, today: date
) -> None:
    for who in (LEADER, HEAD):
        with pytest.raises(NotAllowed):
            number_form(database, who, "01", now)
    with pytest.raises(PeriodRefused, match="không thay đổi"):
        number_form(database, ADMINISTRATOR, "", now)
    with pytest.raises(PeriodRefused, match="40"):
        number_form(database, ADMINISTRATOR, "1" * 41, now)
    number_form(database, ADMINISTRATOR, " 01/TK-THA\x07 ", now)
    number_form(database, ADMINISTRATOR, "02/TK-THA", now + timedelta(days=1))
    with database.reading() as session:
        assert form_number(session, LEADER, today - timedelta(days=1)) is None
        first, second = form_number(session, LEADER, today), form_number(session, LEADER, today + timedelta(days=1))
    assert first is not None
    assert second is not None
    assert (first.number, second.number) == ("01/TK-THA", "02/TK-THA")


def test_figures_that_contradict_themselves_keep_a_period_open(
    filled: Database, organisation: Organisation, now: datetime
) -> None:
    with filled.writing() as session:
        session.execute(update(CounterMonth).where(CounterMonth.unit == "PHUVANG").values(cases=CounterMonth.cases + 1))
    with pytest.raises(PeriodRefused, match="Phú Vang: cộng theo tháng khác cộng theo ngày"):
        close(filled, organisation, now)
    with filled.reading() as session:
        assert closed_periods(session, LEADER) == {}


def test_cases_taken_in_while_a_period_is_counted_make_it_count_again(
    filled: Database, organisation: Organisation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = closing._counted_now

    def count_and_move(*asked: Any) -> Any:
        counted = count(*asked)
        with filled.writing() as session:
            bump_version(session, "cases", now)
        return counted

    monkeypatch.setattr(closing, "_counted_now", count_and_move)
    with pytest.raises(PeriodRefused, match="vừa được nạp thêm"):
        close(filled, organisation, now)
    monkeypatch.undo()
    close(filled, organisation, now)

"""Published figures of real provinces: put in as cases, they must come out as printed.

Sets of up to 10,000 việc go the whole way (workbook, child process, staging, counters); larger ones go through the
counters (the whole way of the nation is `make bench`). A set proves what it prints and no more.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from published_support import Plan, base_of_rate, lives_of, plan_of, published, scale, write_workbook

from access.principal import Principal
from actions.import_cases import CaseImporter, ImportMode
from actions.import_cases.data_quality import check_published_rate
from data_access.counters import Changes, figures_of, save_changes
from data_access.import_batches import BatchState, open_findings
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import ledger, regime_on
from domain.rates import RateComparison
from domain.statistics import Figures, Period, pace
from domain.units import Organisation

WORKER = Principal.worker()
SETS = published()


def by_workbook(plan: Plan, database: Database, organisation: Organisation, folder: Path, now: datetime) -> Figures:
    """The whole way: write a workbook, take it in, ask the statistics."""
    path = write_workbook(plan, folder / f"{plan.id}_den-ngay-{plan.to_on:%Y-%m-%d}.xlsx")
    importer = CaseImporter(database, organisation, load_regimes())
    outcome = importer.take_in(WORKER, path, ImportMode.FULL, now)
    assert (outcome.state, outcome.new, outcome.rows_refused) == (BatchState.APPLIED, plan.cases, 0)
    return asked(plan, database, organisation)


def by_counters(plan: Plan, database: Database, organisation: Organisation) -> Figures:
    """National sets: the ledgers of the population, written as the counters' signed changes."""
    changes = Changes()
    for life, count in lives_of(plan):
        changes.add([entry._replace(cases=entry.cases * count) for entry in ledger(life)], "ex_officio")
    with database.writing() as session:
        save_changes(session, changes)
    return asked(plan, database, organisation)


def asked(plan: Plan, database: Database, organisation: Organisation) -> Figures:
    with database.reading() as session:
        regime = regime_on(load_regimes(), plan.to_on)
        return figures_of(session, WORKER, organisation, Period(plan.from_on, plan.to_on), regime)


def test_national_nine_months_of_2017(database: Database, organisation: Organisation) -> None:
    stated, money = SETS["nat_2017_9m"]["viec"], SETS["nat_2017_9m"]["tien"]
    plan = plan_of(
        "nat_2017_9m",
        completed=stated["thi_hanh_xong"],
        enforceable=stated["co_dieu_kien"],
        not_enforceable=stated["chua_co_dieu_kien"],
        entrusted=stated["uy_thac_thu_hoi_derived"],
        carried=stated["cu_chuyen_sang"],
        amount_carried=money["cu_chuyen_sang"] * 1_000,
        amount_new=money["thu_ly_moi_derived"] * 1_000,
    )
    found = by_counters(plan, database, organisation)
    cases = found.cases
    assert cases.total_docketed == stated["thu_ly"]
    assert (cases.carried_over, cases.newly_docketed) == (stated["cu_chuyen_sang"], stated["thu_ly_moi"])
    assert (cases.to_enforce, cases.enforceable) == (stated["phai_thi_hanh"], stated["co_dieu_kien"])
    assert (cases.not_enforceable, cases.completed) == (stated["chua_co_dieu_kien"], stated["thi_hanh_xong"])
    assert cases.completion_rate == Decimal(str(stated["ty_le_xong"]))
    assert cases.enforceable_rate == Decimal(str(stated["ty_le_co_dk"]))
    assert cases.not_enforceable_rate == Decimal(str(stated["ty_le_chua_co_dk"]))
    assert cases.carried_forward == stated["chuyen_ky_sau"]
    assert cases.enforceable_carried_forward == stated["co_dk_chuyen_ky_sau"]
    assert found.amount.total_docketed == money["thu_ly"] * 1_000
    assert found.amount.carried_over == money["cu_chuyen_sang"] * 1_000


@pytest.mark.slow
def test_dong_thap_nine_months_of_2025(database: Database, organisation: Organisation) -> None:
    stated = SETS["dongthap_2025_9m"]["viec"]
    plan = plan_of(
        "dongthap_2025_9m",
        completed=stated["thi_hanh_xong"],
        enforceable=stated["co_dieu_kien"],
        not_enforceable=stated["chua_co_dieu_kien_tru_so_rieng"],
        other=stated["khac_residual_derived"],
        entrusted=stated["uy_thac"],
        revoked=stated["thu_hoi_huy"],
        separate=stated["chua_co_dk_da_chuyen_so_rieng"],
        carried=stated["cu_chuyen_sang_derived"],
    )
    cases = by_counters(plan, database, organisation).cases
    assert (cases.total_docketed, cases.newly_docketed) == (stated["thu_ly"], stated["thu_ly_moi"])
    assert (cases.entrusted, cases.revoked) == (stated["uy_thac"], stated["thu_hoi_huy"])
    assert (cases.to_enforce, cases.enforceable) == (stated["phai_thi_hanh"], stated["co_dieu_kien"])
    assert (cases.not_enforceable, cases.other) == (
        stated["chua_co_dieu_kien_tru_so_rieng"],
        stated["khac_residual_derived"],
    )
    assert cases.separate_register == stated["chua_co_dk_da_chuyen_so_rieng"]
    assert cases.completed == stated["thi_hanh_xong"]
    assert cases.completion_rate == Decimal(str(stated["ty_le_xong_derived"]))
    assert cases.enforceable_rate == Decimal(str(stated["ty_le_co_dk"]))
    assert cases.not_enforceable_rate == Decimal(str(stated["ty_le_chua_co_dk"]))


@pytest.mark.slow
def test_ho_chi_minh_city_six_months_of_2025(database: Database, organisation: Organisation) -> None:
    item = SETS["hcm_2025_6m"]
    stated, money, unit = item["viec"], item["tien"], scale(item)
    enforceable = base_of_rate(stated["thi_hanh_xong"], stated["ty_le_xong"])
    plan = plan_of(
        "hcm_2025_6m",
        completed=stated["thi_hanh_xong"],
        enforceable=enforceable,
        not_enforceable=stated["tong"] - enforceable,
        amount_completed=money["thi_hanh_xong"] * unit,
        amount_enforceable=base_of_rate(money["thi_hanh_xong"] * unit, money["ty_le_xong"]),
        amount_not_enforceable=money["tong"] * unit - base_of_rate(money["thi_hanh_xong"] * unit, money["ty_le_xong"]),
    )
    found = by_counters(plan, database, organisation)
    assert (found.cases.to_enforce, found.cases.completed) == (stated["tong"], stated["thi_hanh_xong"])
    assert (found.amount.to_enforce, found.amount.completed) == (
        money["tong"] * unit,
        money["thi_hanh_xong"] * unit,
    )
    for measure, printed, target in ((found.cases, stated, "83.90"), (found.amount, money, "51.90")):
        assert measure.completion_rate == Decimal(str(printed["ty_le_xong"]))
        ahead = measure.completion_rate - pace(Decimal(target), plan.to_on)
        assert ahead == Decimal(str(printed["vuot_diem_pct"]))


def test_pleiku_nine_months_of_2024_the_whole_way(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    stated = SETS["pleiku_2024_9m"]["viec"]
    enforceable = base_of_rate(stated["thi_hanh_xong"], stated["ty_le_xong"])
    plan = plan_of(
        "pleiku_2024_9m",
        completed=stated["thi_hanh_xong"],
        enforceable=enforceable,
        not_enforceable=stated["phai_giai_quyet"] - enforceable,
        carried=stated["cu_chuyen_sang_tru_so_rieng"],
        to_on=date(2024, 6, 30),
    )
    cases = by_workbook(plan, database, organisation, tmp_path, now).cases
    assert cases.total_docketed == stated["phai_giai_quyet"]
    assert cases.carried_over == stated["cu_chuyen_sang_tru_so_rieng"]
    assert cases.newly_docketed == stated["thu_ly_moi"]
    assert cases.completion_rate == Decimal(str(stated["ty_le_xong"]))
    points = cases.completion_rate - Decimal(str(stated["chi_tieu"]))
    assert points == Decimal(str(stated["vuot_diem_pct"]))


def test_quang_nam_2021_the_whole_way(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    item = SETS["quangnam_2021_12m"]
    stated, money = item["viec"], item["tien"]
    # Printed in whole tỷ: the đồng behind them are chosen inside that rounding so that the printed rate is possible.
    amount_enforceable = 1_217_700_000_000
    amount_completed = amount_enforceable * 8643 // 10_000
    plan = plan_of(
        "quangnam_2021_12m",
        completed=stated["thi_hanh_xong"],
        enforceable=stated["co_dieu_kien"],
        amount_completed=amount_completed,
        amount_enforceable=amount_enforceable,
        to_on=date(2021, 9, 30),
    )
    found = by_workbook(plan, database, organisation, tmp_path, now)
    assert found.cases.completion_rate == Decimal(str(stated["ty_le_xong"]))
    assert found.amount.completion_rate == Decimal(str(money["ty_le_xong"]))
    for amount, printed in ((found.amount.enforceable, "co_dieu_kien"), (found.amount.completed, "thi_hanh_xong")):
        assert Decimal(amount).scaleb(-9).quantize(Decimal(1), ROUND_HALF_UP) == money[printed]


def test_a_province_in_2008_under_the_old_regime(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    stated, money = SETS["tinh_2008"]["viec"], SETS["tinh_2008"]["tien"]
    plan = plan_of(
        "tinh_2008",
        completed=stated["giai_quyet_xong"],
        enforceable=stated["co_dieu_kien"],
        suspended=stated["tam_dinh_chi"],
        not_enforceable=stated["chua_co_dieu_kien"],
        amount_completed=money["thu_duoc"] + money["dinh_chi_uy_thac"],
        amount_terminated=money["dinh_chi_uy_thac"],
        amount_enforceable=money["co_dk"],
        amount_not_enforceable=money["chua_co_dk"],
        to_on=date(2008, 9, 30),
    )
    found = by_workbook(plan, database, organisation, tmp_path, now)
    assert (found.cases.to_enforce, found.cases.enforceable) == (stated["phai_thi_hanh"], stated["co_dieu_kien"])
    assert (found.cases.not_enforceable, found.cases.other) == (stated["chua_co_dieu_kien"], 0)
    in_progress = stated["thi_hanh_deu"] + stated["do_dang"] + stated["tam_dinh_chi"]
    assert found.cases.enforceable_in_progress == in_progress
    assert found.amount.to_enforce == money["phai_thu"]
    assert found.amount.terminated == money["dinh_chi_uy_thac"]
    assert found.amount.completion_rate is not None
    assert found.amount.completion_rate.quantize(Decimal(1)) == money["ty_le"]


@pytest.mark.parametrize(
    ("id", "to_enforce", "enforceable", "completed", "rate"),
    [
        ("nat_2020_12m", 885_833, 708_674, 576_933, "81.41"),
        ("nat_2023_12m", 922_311, None, 574_819, "83.25"),
        ("nat_2024_12m", 1_021_783, 739_974, 620_657, "83.88"),
        ("nat_2025_12m", 1_064_419, 685_898, 577_876, "84.25"),
        ("nat_2025_12m", 1_063_030, None, 576_884, "84.27"),
    ],
)
def test_national_years(
    id: str,
    to_enforce: int,
    enforceable: int | None,
    completed: int,
    rate: str,
    database: Database,
    organisation: Organisation,
) -> None:
    text = str(SETS[id])
    assert all(str(number) in text for number in (to_enforce, completed))
    with_means = enforceable or base_of_rate(completed, rate)
    plan = plan_of(id, completed=completed, enforceable=with_means, not_enforceable=to_enforce - with_means)
    cases = by_counters(plan, database, organisation).cases
    assert (cases.to_enforce, cases.enforceable, cases.completed) == (to_enforce, with_means, completed)
    assert cases.completion_rate == Decimal(rate)


@pytest.mark.parametrize(
    ("id", "enforceable", "completed", "rate"),
    [
        ("nat_2023_12m", None, 89_412, "46.78"),
        ("nat_2024_12m", 224_775, 116_531, "51.84"),
        ("nat_2025_12m", None, 150_060, "56.62"),
    ],
)
def test_national_money(
    id: str, enforceable: int | None, completed: int, rate: str, database: Database, organisation: Organisation
) -> None:
    unit = 1_000_000_000
    due = enforceable * unit if enforceable else base_of_rate(completed * unit, rate)
    plan = plan_of(id, completed=10, enforceable=20, amount_enforceable=due, amount_completed=completed * unit)
    amount = by_counters(plan, database, organisation).amount
    assert (amount.enforceable, amount.completed) == (due, completed * unit)
    assert amount.completion_rate == Decimal(rate)


def test_the_set_that_contradicts_itself_raises_a_finding(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    money = SETS["nat_2020_12m"]["tien"]
    unit = scale(SETS["nat_2020_12m"])
    plan = plan_of(
        "nat_2020_12m",
        completed=10,
        enforceable=20,
        amount_completed=money["thi_hanh_xong"] * unit,
        amount_enforceable=money["co_dieu_kien"] * unit,
    )
    amount = by_counters(plan, database, organisation).amount
    assert amount.completion_rate == Decimal("40.44")
    stated = Decimal(str(money["ty_le_xong_cong_bo"]))
    with database.writing() as session:
        assert check_published_rate(session, "Toàn quốc 2020, tiền", stated, amount, now) is not None
    with database.reading() as session:
        (finding,) = open_findings(session, WORKER)
    assert "40,09" in finding.detail
    assert "40,44" in finding.detail
    with database.writing() as session:
        assert check_published_rate(session, "Toàn quốc 2020, tiền", Decimal("40.44"), amount, now) is None
    with database.reading() as session:
        assert open_findings(session, WORKER) == []


def test_points_above_the_pace_are_those_of_the_printed_roundings() -> None:
    compared = RateComparison(Decimal("22.26"), pace=pace(Decimal("83.5"), date(2026, 11, 23)))
    assert compared.points_to_pace == Decimal("9.9")

"""Figures on the command line: the statistical form, the state of the sources, the recount."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from data_access.counters import figures_by_unit
from data_access.regimes import load_regimes
from data_access.sources import all_sources
from domain.cases.regimes import NoRegime, regime_on
from domain.freshness import FRESHNESS_NAMES
from domain.statistics import Figures, Period, total
from manage_commands.environment import Refused
from manage_commands.workplace import Workplace, workplace

SHOWN_DIFFERENCES = 20


def print_statistics(from_on: date, to_on: date, unit: str | None, as_json: bool) -> int:
    """Print the form's figures of the province, or of one unit with everything below it; raises Refused."""
    with workplace() as here:
        report = statistics_report(here, Period(from_on, to_on), unit)
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 0
    print(f"{report['organisation']}, {from_on:%d/%m/%Y} - {to_on:%d/%m/%Y}, {report['regime']}")
    if report["sample_data"]:
        print("Dữ liệu mẫu")
    line = "{:<34}{:>20}{:>20}{:>20}{:>10}"
    for measure, name in (("cases", "VIỆC"), ("amount", "TIỀN (đồng)")):
        print("\n" + line.format(name, "phải thi hành", "có điều kiện", "thi hành xong", "tỷ lệ %"))
        rows = [(each["name"], each[measure]) for each in report["units"].values()] + [("Tổng", report[measure])]
        for title, values in rows:
            rate = (values["completion_rate"] or "-").replace(".", ",")
            shown = [f"{values[key]:,}".replace(",", ".") for key in ("to_enforce", "enforceable", "completed")]
            print(line.format(title, *shown, rate))
    return 0


def statistics_report(here: Workplace, period: Period, unit: str | None) -> dict[str, Any]:
    """Plain values for JSON: `cases` (việc) and `amount` (đồng) of the whole asked for, and of each unit in it."""
    organisation = here.organisation
    if unit is not None and organisation.unit_on(unit, period.to_on) is None:
        known = ", ".join(each.code for each in organisation.units_on(period.to_on))
        raise Refused(f"không có đơn vị {unit!r} vào ngày {period.to_on:%d/%m/%Y}. Các mã: {known}")
    try:
        regime = regime_on(load_regimes(), period.to_on)
    except NoRegime as error:
        raise Refused(f"chưa có chế độ thống kê cho ngày {period.to_on:%d/%m/%Y} (data/regimes.csv).") from error
    with here.database.reading() as session:
        by_unit = figures_by_unit(session, here.principal, organisation, period, regime)
    if unit is not None:
        wanted = organisation.subtree(unit, period.to_on)
        by_unit = {code: figures for code, figures in by_unit.items() if code in wanted}
    whole: Figures = total(by_unit.values())
    return {
        "from": period.from_on.isoformat(),
        "to": period.to_on.isoformat(),
        "organisation": organisation.title,
        "regime": regime.name,
        "sample_data": here.settings.demo,
        "unit": unit,
        **whole.as_dict(),
        "units": {
            code: {"name": unit_name(here, code, period.to_on), **figures.as_dict()}
            for code, figures in by_unit.items()
        },
    }


def unit_name(here: Workplace, code: str, day: date) -> str:
    """The unit's name on a day; its code when it no longer existed then but still has figures."""
    unit = here.organisation.unit_on(code, day)
    return unit.name if unit else code


def print_sources(as_json: bool) -> int:
    """Print name, state, last success and newest record of each source, as /healthz does."""
    with workplace() as here:
        with here.database.reading() as session:
            sources = all_sources(session)
        report = [
            {
                "name": source.name,
                "title": source.title,
                "state": source.freshness(here.now).value,
                "last_success": source.last_success_at.isoformat() if source.last_success_at else None,
                "newest_record": source.newest_record_at.isoformat() if source.newest_record_at else None,
                "failures": source.failures,
                "rows_in": source.rows_in,
                "rows_refused": source.rows_refused,
                "message": source.message,
            }
            for source in sources
        ]
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 0
    for source in sources:
        state = FRESHNESS_NAMES[source.freshness(here.now)]
        print(f"{source.title:<24}{state:<18}{source.newest_record_at or '-'}  {source.message}")
    return 0


def print_recount(repair: bool) -> int:
    """Count every case again and say whether the running counters agree; 1 when they do not (and were not repaired)."""
    from actions.recount import recount

    with workplace() as here:
        outcome = recount(here.database, here.principal, here.organisation, here.now, repair=repair)
    print(f"Đã tính lại {outcome.cases} việc.")
    if outcome.agrees:
        print("Số đếm khớp.")
        return 0
    print(
        f"Sai lệch: {len(outcome.differences)} ô theo ngày, {outcome.month_differences} ô theo tháng, "
        f"{outcome.officer_differences} ô theo chấp hành viên, {outcome.entry_differences} ô của sổ biến động, "
        f"{outcome.clock_differences} khoảng chạy của đồng hồ."
    )
    for place, (stored, counted) in sorted(outcome.differences.items())[:SHOWN_DIFFERENCES]:
        print(f"  {place.unit} {place.counted} {place.kind} {place.day}: đang lưu {stored}, tính lại {counted}")
    if outcome.repaired:
        print("Đã sửa số đếm theo kết quả tính lại.")
        return 0
    print("Chạy lại với --repair để sửa.")
    return 1

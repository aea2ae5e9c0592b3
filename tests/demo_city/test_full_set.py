"""The full set of a day: canonical headers, whole lives, nothing from the future, rates like the published ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from demo_city_support import NOW, SEED, TODAY, ReadBook, count_by_unit, every_date, key_of, total

from demo_city.clock import LOCAL
from demo_city.province import Province
from demo_city.units import Pack
from demo_city.workbooks import deliver, sheets_of_lives
from demo_city.working_days import is_working_day

LAST_YEAR_SAME_DAY = date(2025, 11, 23)
LAST_YEAR_END = date(2026, 9, 30)


def test_each_unit_delivers_one_full_workbook_named_after_its_as_of(full_books: dict[str, ReadBook]) -> None:
    units = ["T", *(f"U{number}" for number in range(1, 10))]
    assert sorted(full_books) == sorted(f"{unit}_den-ngay-2026-11-23T0940.xlsx" for unit in units)


def test_the_headers_are_those_of_the_canonical_workbook(full_books: dict[str, ReadBook]) -> None:
    key = ["Đơn vị ban hành", "Số quyết định", "Ngày quyết định"]
    for book in full_books.values():
        assert book.headers["Việc"] == [
            *key, "Ngày thụ lý", "Đơn vị đang thi hành", "Hình thức", "Loại án", "Chấp hành viên", "Xã, phường",
            "Số tiền phải thi hành", "Nhóm",
        ]  # fmt: skip
        assert book.headers["Quyết định"] == [*key, "Loại", "Ngày", "Số tiền", "Hủy"]
        assert book.headers["Thu chi"] == [*key, "Ngày", "Loại", "Số tiền"]


def test_every_workbook_says_that_it_is_sample_data(full_books: dict[str, ReadBook]) -> None:
    assert {book.note for book in full_books.values()} == {"Dữ liệu mẫu"}


def test_every_decision_and_payment_belongs_to_a_case_of_the_same_workbook(full_books: dict[str, ReadBook]) -> None:
    for book in full_books.values():
        cases = {key_of(row) for row in book.cases}
        assert {key_of(row) for row in book.decisions} <= cases
        assert {key_of(row) for row in book.money} <= cases


def test_no_two_cases_share_unit_number_and_statistical_year(full_books: dict[str, ReadBook]) -> None:
    keys = Counter(
        (row[0], str(row[1]).split("/")[0], row[2].year + (row[2].month >= 10))  # type: ignore[attr-defined]
        for book in full_books.values()
        for row in book.cases
    )
    assert keys.most_common(1)[0][1] == 1


def test_nothing_is_dated_after_the_day_of_the_demo(full_books: dict[str, ReadBook]) -> None:
    latest = max(day for book in full_books.values() for day in every_date(book))
    assert latest == TODAY


def test_almost_everything_happens_on_working_days(full_books: dict[str, ReadBook]) -> None:
    days = [day for book in full_books.values() for day in every_date(book)]
    assert sum(not is_working_day(day) for day in days) < 0.001 * len(days)


def test_nothing_happens_to_a_case_before_its_decision_or_after_its_end(full_books: dict[str, ReadBook]) -> None:
    ending = ("Thi hành xong", "Đình chỉ", "Ủy thác", "Thu hồi", "Hủy quyết định", "Rút lên")
    for book in full_books.values():
        ended: dict[tuple[object, ...], object] = {}
        for row in book.decisions:
            if row[3] in ending:
                assert key_of(row) not in ended
                ended[key_of(row)] = row[4]
        for row in book.decisions:
            assert row[2] <= row[4] <= ended.get(key_of(row), TODAY)  # type: ignore[operator]
        for row in book.money:
            assert row[2] <= row[3]  # type: ignore[operator]
            if row[4] == "Thu":
                assert row[3] <= ended.get(key_of(row), TODAY)  # type: ignore[operator]


def test_at_most_one_decision_a_day_moves_the_class_of_a_case(full_books: dict[str, ReadBook]) -> None:
    silent = ("Xác minh", "Cưỡng chế", "Miễn giảm")
    moves = Counter(
        (key_of(row), row[4])
        for book in full_books.values()
        for row in book.decisions
        if row[3] not in silent and row[6] != "x"
    )
    assert moves.most_common(1)[0][1] == 1


def test_nobody_pays_more_than_is_due_and_only_collected_money_is_paid_out(full_books: dict[str, ReadBook]) -> None:
    for book in full_books.values():
        taken: dict[tuple[object, ...], int] = defaultdict(int)
        paid_out: dict[tuple[object, ...], int] = defaultdict(int)
        for row in book.money:
            amount = int(row[5])  # type: ignore[call-overload]
            assert amount > 0
            if row[4] in ("Thu", "Nhận tài sản trừ tiền"):
                taken[key_of(row)] += amount
            else:
                paid_out[key_of(row)] += amount
        due = {key_of(row): int(row[9]) for row in book.cases}  # type: ignore[call-overload]
        assert all(amount <= due[key] for key, amount in taken.items())
        assert all(amount <= taken[key] for key, amount in paid_out.items())


def test_a_completed_case_with_money_was_paid_or_exempted_in_full(full_books: dict[str, ReadBook]) -> None:
    for book in full_books.values():
        settled: dict[tuple[object, ...], int] = defaultdict(int)
        for row in book.money:
            if row[4] in ("Thu", "Nhận tài sản trừ tiền"):
                settled[key_of(row)] += int(row[5])  # type: ignore[call-overload]
        for row in book.decisions:
            if row[3] == "Miễn giảm":
                settled[key_of(row)] += int(row[5])  # type: ignore[call-overload]
        due = {key_of(row): int(row[9]) for row in book.cases}  # type: ignore[call-overload]
        for row in book.decisions:
            if row[3] == "Thi hành xong":
                assert settled[key_of(row)] == due[key_of(row)]


def test_officers_are_codes_and_never_names(full_books: dict[str, ReadBook]) -> None:
    officers = {str(row[7]) for book in full_books.values() for row in book.cases}
    assert all(officer.startswith("CHV-") and officer[4:].isdigit() for officer in officers)


def test_the_rates_of_the_demo_day_are_those_of_the_pictures(full_books: dict[str, ReadBook]) -> None:
    units = count_by_unit(full_books.values(), TODAY)
    province = total(units.values())
    assert province.rate == pytest.approx(22.2, abs=0.6)
    assert province.money_rate == pytest.approx(14.6, abs=0.8)
    assert 100 * province.enforceable / province.to_enforce == pytest.approx(74, abs=1.5)
    assert province.docketed == pytest.approx(940, abs=40)
    weak = units["U6"]
    assert weak.rate == pytest.approx(10.8, abs=0.5)
    assert all(15 < unit.rate < 31 for unit in units.values() if unit is not weak)
    assert units["U1"].enforceable > 15 * units["U9"].enforceable


def test_last_year_is_whole_so_that_the_same_day_of_it_can_be_compared(full_books: dict[str, ReadBook]) -> None:
    same_day = total(count_by_unit(full_books.values(), LAST_YEAR_SAME_DAY).values())
    assert same_day.rate == pytest.approx(21.5, abs=0.6)
    assert same_day.money_rate == pytest.approx(14.1, abs=1.0)
    end = total(count_by_unit(full_books.values(), LAST_YEAR_END).values())
    assert end.rate == pytest.approx(84, abs=1)
    assert end.money_rate == pytest.approx(50, abs=3)
    assert end.to_enforce == pytest.approx(11_400, abs=600)
    assert end.to_enforce - end.completed == pytest.approx(3_840, abs=150)
    assert end.separate > 500


def test_court_fees_are_many_and_small_and_the_money_is_in_few_credit_cases(full_books: dict[str, ReadBook]) -> None:
    rows = [row for book in full_books.values() for row in book.cases]
    ex_officio = [row for row in rows if row[5] == "Chủ động"]
    refunds = [row for row in ex_officio if not row[10]]
    assert 0.25 < len(refunds) / len(ex_officio) < 0.32
    credit = [int(row[9]) for row in rows if "TD" in str(row[10]).split(";")]  # type: ignore[call-overload]
    assert len(credit) < 0.05 * len(rows)
    assert sum(credit) > 0.3 * sum(int(row[9]) for row in rows)  # type: ignore[call-overload]


def test_the_same_seed_and_day_give_the_same_bytes_and_another_seed_does_not(
    first_day: Path, pack_folder: Path, tmp_path: Path
) -> None:
    name = "U9_den-ngay-2026-11-23T0940.xlsx"
    first = (first_day / "inbox" / "full" / name).read_bytes()
    for seed, is_same in ((SEED, True), (SEED + 1, False)):
        province = Province(Pack(pack_folder), seed, TODAY)
        province.live_until(TODAY, 0.25)
        sheets = sheets_of_lives(province.dockets["U9"].lives)
        again = deliver(tmp_path / f"{seed}.xlsx", sheets, NOW.astimezone(LOCAL), tmp_path / "unfinished")
        assert (again.read_bytes() == first) is is_same

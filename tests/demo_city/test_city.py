"""The city while somebody watches: small changes files, trouble now and then, and restarts that repeat nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from demo_city_support import NOW, SEED, TODAY, ReadBook, every_date, key_of, read_book

from demo_city.city import City, seconds_until_next
from demo_city.troubles import BLOCK, Trouble, trouble_of

ROOT = Path(__file__).resolve().parents[2]
TICKS = 3 * BLOCK


@dataclass(frozen=True, slots=True)
class Delivered:
    """The workbooks of one tick, in order of delivery."""

    tick: int
    at: datetime
    paths: list[Path]

    @property
    def book(self) -> ReadBook:
        """The first workbook."""
        return read_book(self.paths[0])


def a_city(first_day: Path, pack_folder: Path, folder: Path) -> City:
    """A city that already delivered the full set of 23/11/2026, living in a copy of that folder."""
    shutil.copytree(first_day, folder, dirs_exist_ok=True)
    return City(folder / "inbox", pack_folder, SEED, folder / "city_state.json")


def bytes_in(folder: Path) -> dict[str, bytes]:
    """The changes files of a city's folder."""
    return {path.name: path.read_bytes() for path in (folder / "inbox" / "changes").iterdir()}


@pytest.fixture(scope="module")
def half_an_hour(first_day: Path, pack_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Delivered]:
    """Thirty minutes of ticks from 09:40 on."""
    city = a_city(first_day, pack_folder, tmp_path_factory.mktemp("ticks"))
    city.open(NOW)
    moments = [NOW + timedelta(seconds=5 * number) for number in range(1, TICKS + 1)]
    return [Delivered(number, at, city.tick(at)) for number, at in enumerate(moments)]


def test_a_restart_on_the_same_day_delivers_no_second_full_set(
    first_day: Path, pack_folder: Path, tmp_path: Path
) -> None:
    assert a_city(first_day, pack_folder, tmp_path).open(NOW + timedelta(hours=2)) == []


def test_a_restart_goes_on_exactly_where_the_city_stopped(first_day: Path, pack_folder: Path, tmp_path: Path) -> None:
    moments = [NOW + timedelta(seconds=5 * number) for number in range(1, 41)]
    without_rest = a_city(first_day, pack_folder, tmp_path / "a")
    without_rest.open(NOW)
    for at in moments:
        without_rest.tick(at)
    stopped = a_city(first_day, pack_folder, tmp_path / "b")
    stopped.open(NOW)
    for at in moments[:25]:
        stopped.tick(at)
    restarted = City(tmp_path / "b" / "inbox", pack_folder, SEED, tmp_path / "b" / "city_state.json")
    restarted.open(moments[25])
    for at in moments[25:]:
        restarted.tick(at)
    assert bytes_in(tmp_path / "b") == bytes_in(tmp_path / "a")


def test_a_tick_cut_short_is_delivered_again_with_the_same_bytes(
    first_day: Path, pack_folder: Path, tmp_path: Path
) -> None:
    city = a_city(first_day, pack_folder, tmp_path)
    city.open(NOW)
    city.tick(NOW + timedelta(seconds=5))
    (last,) = city.tick(NOW + timedelta(seconds=10))
    content = last.read_bytes()
    last.rename(tmp_path / "inbox" / ".writing" / last.name)
    City(tmp_path / "inbox", pack_folder, SEED, tmp_path / "city_state.json").open(NOW + timedelta(minutes=5))
    assert last.read_bytes() == content
    assert list((tmp_path / "inbox" / ".writing").iterdir()) == []


def test_a_clock_set_back_delivers_no_full_set(first_day: Path, pack_folder: Path, tmp_path: Path) -> None:
    assert a_city(first_day, pack_folder, tmp_path).open(NOW - timedelta(days=1)) == []


def test_the_morning_of_a_new_day_brings_a_full_set_with_all_that_was_lived(
    first_day: Path, pack_folder: Path, tmp_path: Path
) -> None:
    city = a_city(first_day, pack_folder, tmp_path)
    city.open(NOW)
    watched = [read_book(city.tick(NOW + timedelta(seconds=5 * number))[0]) for number in range(1, 61)]
    before_opening = datetime.fromisoformat("2026-11-25T07:29:00+07:00")
    assert [path.parent.name for path in city.tick(before_opening)] == ["changes"]
    delivered = city.tick(before_opening + timedelta(minutes=1))
    assert len(delivered) == 10
    assert {path.name[-20:] for path in delivered} == {"2026-11-25T0730.xlsx"}
    books = [read_book(path) for path in delivered]
    known = {key_of(row) for book in books for row in book.cases}
    docketed = {key_of(row) for book in watched for row in book.cases if row[0] != "ZZ-99"}
    assert docketed and docketed <= known
    assert max(day for book in books for day in every_date(book)) == date(2026, 11, 25)


def test_each_tick_brings_one_to_four_events_of_one_unit(half_an_hour: list[Delivered]) -> None:
    for delivered in half_an_hour:
        rows = delivered.book.all_rows()
        assert 1 <= len(rows) <= 14
        assert delivered.paths[0].parent.name == "changes"


def test_changes_are_of_today_and_of_cases_that_are_known(
    half_an_hour: list[Delivered], full_books: dict[str, ReadBook]
) -> None:
    known = {key_of(row) for book in full_books.values() for row in book.cases}
    for delivered in half_an_hour:
        if trouble_of(delivered.tick, SEED) in (Trouble.BAD_ROW, Trouble.UNTIDY):
            continue
        book = delivered.book
        known |= {key_of(row) for row in book.cases}
        assert {key_of(row) for row in [*book.decisions, *book.money]} <= known
        assert {row[2] for row in book.cases} <= {TODAY}
        assert {row[4] for row in book.decisions} | {row[3] for row in book.money} <= {TODAY}


def test_half_an_hour_moves_all_the_figures_but_not_the_season(half_an_hour: list[Delivered]) -> None:
    books = [delivered.book for delivered in half_an_hour]
    docketed = sum(len(book.cases) for book in books)
    completed = sum(row[3] in ("Thi hành xong", "Đình chỉ") for book in books for row in book.decisions)
    collected = sum(row[4] == "Thu" for book in books for row in book.money)
    assert 30 <= docketed <= 90
    assert 8 <= completed <= 45
    assert collected > 100


def test_each_kind_of_trouble_comes_once_in_a_block_of_ticks() -> None:
    for block in range(5):
        troubles = [trouble_of(block * BLOCK + place, SEED) for place in range(BLOCK)]
        assert sorted(filter(None, troubles)) == sorted(Trouble)


def with_trouble(half_an_hour: list[Delivered], trouble: Trouble) -> list[Delivered]:
    """The ticks that had it."""
    return [delivered for delivered in half_an_hour if trouble_of(delivered.tick, SEED) is trouble]


def test_a_late_file_is_as_of_an_hour_before_it_arrives(half_an_hour: list[Delivered]) -> None:
    late = with_trouble(half_an_hour, Trouble.LATE)
    assert len(late) == 3
    for delivered in late:
        stated = datetime.strptime(delivered.paths[0].stem[-15:] + "+0700", "%Y-%m-%dT%H%M%z")
        assert timedelta(minutes=59) < delivered.at - stated < timedelta(minutes=62)


def test_a_duplicate_arrives_twice_with_the_same_bytes_under_two_names(half_an_hour: list[Delivered]) -> None:
    for delivered in with_trouble(half_an_hour, Trouble.DUPLICATE):
        first, second = delivered.paths
        assert first.name != second.name
        assert first.read_bytes() == second.read_bytes()


def test_bad_rows_are_impossible_dates_money_with_letters_and_unknown_units(half_an_hour: list[Delivered]) -> None:
    books = [delivered.book for delivered in with_trouble(half_an_hour, Trouble.BAD_ROW)]
    assert [row[3] for book in books for row in book.money if isinstance(row[3], str)] == ["31/02/2026"]
    assert [row[5] for book in books for row in book.money if isinstance(row[5], str)] == ["12o.500.000"]
    assert [row[0] for book in books for row in book.cases if str(row[0]).startswith("ZZ")] == ["ZZ-99"]
    assert all(len(book.all_rows()) > 1 for book in books)


def test_an_untidy_file_has_text_dates_dotted_money_decomposed_headers_and_a_total(
    half_an_hour: list[Delivered],
) -> None:
    untidy = with_trouble(half_an_hour, Trouble.UNTIDY)
    assert untidy
    for delivered in untidy:
        book = delivered.book
        header = str(book.headers["Việc"][0])
        assert header != "Đơn vị ban hành" and unicodedata.normalize("NFC", header) == "Đơn vị ban hành"
        for rows, day in ((book.cases, 3), (book.decisions, 4), (book.money, 3)):
            if rows:
                assert rows[-1][0] == "Tổng cộng"
                assert all(row[day] == "23/11/2026" for row in rows[:-1])
        for row in book.money[:-1]:
            assert str(row[5]).replace(".", "").isdigit()
            assert str(row[0]).endswith("\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("2026-11-23T09:40:00+07:00", 5.0),
        ("2026-11-23T17:30:00+07:00", 60.0),
        ("2026-11-23T00:10:00+00:00", 60.0),
        ("2026-11-22T09:40:00+07:00", 60.0),
    ],
)
def test_the_city_is_quick_in_office_hours_and_slow_outside(moment: str, seconds: float) -> None:
    at = datetime.fromisoformat(moment)
    assert seconds_until_next(at, 1.0) == seconds
    assert seconds_until_next(at, 5.0) == seconds / 5


@pytest.mark.faults
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_leaves_at_once_and_leaves_no_half_file(
    pack_folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    inbox = tmp_path / "inbox"
    command = [sys.executable, "-m", "demo_city", "--inbox", str(inbox), "--units", str(pack_folder), "--seed", "1"]
    environment = {**os.environ, "DEMO_CLOCK": "2026-11-23T09:40:00+07:00@1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            # Sheets of the small feeds arrive before the first workbook.
            assert any("full workbook 1 of 10" in line for line in process.stdout)
            process.send_signal(number)
            assert process.wait(timeout=5) == 0
        finally:
            process.kill()
    for path in (inbox / "full").iterdir():
        assert read_book(path).note == "Dữ liệu mẫu"
    assert not (tmp_path / "city_state.json").exists()


def test_a_folder_that_is_no_pack_is_refused_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "demo_city", "--inbox", str(tmp_path / "inbox"), "--units", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("demo_city: ") and done.stderr.count("\n") == 1

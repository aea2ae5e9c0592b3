"""The city's officers verify and pay in time, but for a few, most of them in the weak unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from random import Random

from demo_city_support import TODAY, ReadBook, key_of

from demo_city.agendas import Agenda

HALF_A_YEAR = timedelta(days=188)
LONG_PAST = TODAY - timedelta(days=26)
MOVING = ("Có điều kiện", "Hoãn", "Tạm đình chỉ", "Hoãn theo thỏa thuận", "Chuyển sổ theo dõi riêng", "Thi hành xong")
ENDING = ("Đình chỉ", "Ủy thác", "Thu hồi", "Hủy quyết định", "Rút lên", "Tiếp tục")


def histories(book: ReadBook) -> dict[tuple[object, ...], list[tuple[date, str]]]:
    """The decisions of every việc that count, in order of day."""
    found: dict[tuple[object, ...], list[tuple[date, str]]] = {key_of(row): [] for row in book.cases}
    for row in book.decisions:
        if row[6] != "x":
            found[key_of(row)].append((row[4], str(row[3])))  # type: ignore[arg-type]
    return {key: sorted(rows, key=lambda row: row[0]) for key, rows in found.items()}


def not_enforceable_since(history: list[tuple[date, str]]) -> date | None:
    """Since when a việc is chưa có điều kiện; None when it is something else."""
    moves = [row for row in history if row[1] in (*MOVING, *ENDING, "Chưa có điều kiện")]
    return moves[-1][0] if moves and moves[-1][1] == "Chưa có điều kiện" else None


def test_few_debtors_wait_for_their_second_verification_and_most_in_the_weak_unit(
    full_books: dict[str, ReadBook],
) -> None:
    late: Counter[str] = Counter()
    for name, book in full_books.items():
        for history in histories(book).values():
            if not_enforceable_since(history) and history[-1][0] < TODAY - HALF_A_YEAR:
                late[name.split("_")[0]] += 1
    assert 3 <= sum(late.values()) <= 15
    assert late.most_common(1)[0][0] == "U6"


def test_nobody_is_left_for_two_years_without_a_decision_what_becomes_of_the_case(
    full_books: dict[str, ReadBook],
) -> None:
    since = [not_enforceable_since(history) for book in full_books.values() for history in histories(book).values()]
    assert sum(day is not None for day in since) > 900
    assert sum(day is not None and day < TODAY.replace(year=TODAY.year - 2) for day in since) <= 3


def test_new_debtors_are_verified_within_weeks(full_books: dict[str, ReadBook]) -> None:
    waiting = [
        key
        for book in full_books.values()
        for key, history in histories(book).items()
        if not history and isinstance(key[2], date) and key[2] < LONG_PAST
    ]
    assert len(waiting) <= 5


def test_collected_money_is_paid_out_within_ten_days_but_for_a_few(full_books: dict[str, ReadBook]) -> None:
    late = 0
    for book in full_books.values():
        owed: dict[tuple[object, ...], int] = defaultdict(int)
        for row in book.money:
            if row[4] == "Thu" and row[3] < TODAY - timedelta(days=12):  # type: ignore[operator]
                owed[key_of(row)] += int(row[5])  # type: ignore[call-overload]
            elif row[4] in ("Chi trả", "Nộp ngân sách"):
                owed[key_of(row)] -= int(row[5])  # type: ignore[call-overload]
        late += sum(amount > 0 for amount in owed.values())
    assert late <= 5


def test_what_is_forgotten_comes_back_to_mind_after_its_term() -> None:
    agenda: Agenda[str] = Agenda(Random(1), 1.0)
    assert agenda.note("việc", TODAY, TODAY + timedelta(days=10), 20)
    assert agenda.take(TODAY + timedelta(days=365)) is None
    agenda.remember(TODAY + timedelta(days=12))
    assert agenda.take(TODAY + timedelta(days=365)) is None
    agenda.remember(TODAY + timedelta(days=30))
    taken = agenda.take(TODAY + timedelta(days=30))
    assert taken is not None
    assert taken[1] == "việc"


def test_an_agenda_gives_what_is_due_in_order_and_nothing_early() -> None:
    agenda: Agenda[str] = Agenda(Random(1), 0.0)
    for shift in (5, 2):
        assert not agenda.note(f"việc {shift}", TODAY + timedelta(days=shift), TODAY, 20)
    assert agenda.take(TODAY) is None
    assert agenda.take(TODAY + timedelta(days=9)) == (TODAY + timedelta(days=2), "việc 2")

"""The unit table: one row per unit, dashes where nobody is connected, amber only where something is abnormal."""

from __future__ import annotations

from decimal import Decimal

from components_support import a_source, of_class, parts, words
from dash import html

from components.unit_table import UnitRow, unit_table
from domain.rates import RateComparison


def row(name: str, rate: str | None, last_year: str | None = "20.0", pace: str = "12.4") -> UnitRow:
    def number(value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    cases = RateComparison(number(rate), number(pace), number(last_year), Decimal("83.5"))
    return UnitRow(name, 1234, 371, 40, cases, RateComparison(number(rate)), 9)


def table_rows(*rows: UnitRow, total: UnitRow) -> list[html.Tr]:
    table = unit_table(rows, total, a_source())
    return [part for part in parts(table) if isinstance(part, html.Tr)]


def test_rows_keep_their_order_and_the_total_stands_last() -> None:
    head, *body = table_rows(row("Phú Vang", "10.8"), row("A Lưới", "28.1"), total=row("Toàn tỉnh", "22.3"))
    assert [words(line).split(" ")[0] for line in body] == ["Phú", "A", "Toàn"]
    assert body[-1].className == "is-total"


def test_every_row_has_as_many_cells_as_the_head_has_columns() -> None:
    head, *body = table_rows(row("Phú Vang", "10.8"), total=row("Toàn tỉnh", "22.3"))
    columns = sum(getattr(cell, "colSpan", None) or 1 for cell in head.children)
    assert {len(line.children) for line in body} == {columns}


def test_a_unit_behind_its_pace_is_marked_by_shape_and_word_weight_not_by_colour_alone() -> None:
    abnormal = table_rows(row("Phú Vang", "10.8"), total=row("Toàn tỉnh", "22.3"))[1]
    assert abnormal.className == "is-abnormal"
    assert of_class(abnormal, "is-behind")


def test_a_quiet_unit_and_the_total_carry_no_amber() -> None:
    _, quiet, total = table_rows(row("A Lưới", "28.1"), total=row("Toàn tỉnh", "5.0"))
    assert not of_class(quiet, "is-warning")
    assert not of_class(total, "is-warning")


def test_a_change_says_its_direction_by_a_mark_and_never_by_a_sign() -> None:
    _, fallen, risen, _ = table_rows(row("Phú Vang", "15.1"), row("A Lưới", "23.0"), total=row("Toàn tỉnh", "22.3"))
    assert "4,9" in words(fallen) and "3,0" in words(risen)
    assert of_class(fallen, "is-fall") and of_class(risen, "is-rise")
    assert "−" not in words(fallen)


def test_an_unknown_rate_is_a_dash_without_a_bar() -> None:
    _, unknown, _ = table_rows(row("Phú Vang", None, None), total=row("Toàn tỉnh", "22.3"))
    assert "0,0" not in words(unknown)
    assert not of_class(unknown, "bullet")


def test_a_unit_that_never_sent_anything_says_so_across_its_columns() -> None:
    head, silent, _ = table_rows(UnitRow("A Lưới"), total=row("Toàn tỉnh", "22.3"))
    assert words(silent).startswith("A Lưới chưa có số liệu")
    assert not any(character.isdigit() for character in words(silent))
    spans = sum(getattr(cell, "colSpan", None) or 1 for cell in silent.children)
    assert spans == sum(getattr(cell, "colSpan", None) or 1 for cell in head.children)


def test_feeds_not_connected_say_so_once_in_the_head_and_are_dashes_below() -> None:
    head, unit, _ = table_rows(row("Phú Vang", "10.8"), total=row("Toàn tỉnh", "22.3"))
    assert words(head).count("chưa kết nối") == 3
    assert "chưa kết nối" not in words(unit)
    assert words(unit).count("—") == 3


def test_a_row_spares_components_because_their_cost_is_quadratic_in_the_browser() -> None:
    _, unit, _ = table_rows(row("Phú Vang", "10.8"), total=row("Toàn tỉnh", "22.3"))
    assert len(list(parts(unit))) <= 17


def test_one_scale_serves_all_rows_and_grows_with_the_highest() -> None:
    head = table_rows(row("Phú Vang", "10.8"), row("A Lưới", "55.0"), total=row("Toàn tỉnh", "22.3"))[0]
    assert "0–60%" in words(head)

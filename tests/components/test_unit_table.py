"""The unit table: one row per unit, amber only where the list has an alarm, a dash where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from components_support import AT, a_source, of_class, parts, told, words
from dash import html
from dash.development.base_component import Component

from components.format import milliseconds
from components.unit_table import UnitRow, part_table, unit_table
from domain.alarms import Priority
from domain.rates import RateComparison


def row(
    name: str, rate: str | None, last_year: str | None = "20.0", clocks: int | None = 0, code: str = "U"
) -> UnitRow:
    def number(value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    cases = RateComparison(number(rate), Decimal("12.4"), number(last_year), Decimal("83.5"), Decimal(2))
    return UnitRow(name, code, 1234, 371, 40, cases, RateComparison(number(rate)), 9, clocks, 3)


def table_rows(*rows: UnitRow) -> list[Component]:
    return [part for part in parts(unit_table(rows, a_source(), {})) if isinstance(part, html.Tr)]


def test_rows_keep_their_order() -> None:
    _head, *body = table_rows(row("Phú Vang", "10.8"), row("A Lưới", "28.1"))
    assert [words(line).split(" ")[0] for line in body] == ["Phú", "A"]


def test_every_row_has_as_many_cells_as_the_head_has_columns() -> None:
    rows = [row("Phú Vang", "10.8"), UnitRow("Mới")]
    feeds = {"field_reports": a_source(name="field_reports")}
    trees = (unit_table(rows, a_source(), {}), unit_table(rows, a_source(), feeds), part_table(rows, a_source()))
    for tree in trees:
        head, first, silent = (part for part in parts(tree) if isinstance(part, html.Tr))
        assert len(first.children) == len(head.children)
        assert sum(getattr(cell, "colSpan", None) or 1 for cell in silent.children) == len(head.children)


def test_a_unit_behind_its_pace_is_marked_by_shape_and_word_weight_not_by_colour_alone() -> None:
    abnormal = table_rows(row("Phú Vang", "10.8"))[1]
    assert abnormal.className == "is-abnormal"
    assert of_class(abnormal, "is-behind")


def test_a_quiet_unit_carries_no_amber() -> None:
    quiet = table_rows(row("A Lưới", "28.1", clocks=2))[1]
    assert quiet.className == "is-quiet"
    assert not of_class(quiet, "is-warning")


def test_overdue_clocks_are_amber_from_three_up_and_plain_below() -> None:
    assert len(of_class(table_rows(row("Phú Vang", "28.1", clocks=3))[1], "is-warning")) == 1
    assert not of_class(table_rows(row("Phú Vang", "28.1", clocks=2))[1], "is-warning")
    assert "—" in words(table_rows(row("Phú Vang", "28.1", clocks=None))[1])


def test_a_change_says_its_direction_by_a_mark_and_never_by_a_sign() -> None:
    _, fallen, risen = table_rows(row("Phú Vang", "15.1"), row("A Lưới", "23.0"))
    assert "4,9" in words(fallen) and "3,0" in words(risen)
    assert of_class(fallen, "is-fall") and of_class(risen, "is-rise")
    assert "−" not in words(fallen)


def test_an_unknown_rate_is_a_dash() -> None:
    unknown = table_rows(row("Phú Vang", None, None))[1]
    assert "0,0" not in words(unknown) and "—" in words(unknown)


def test_a_unit_that_never_sent_anything_says_so() -> None:
    silent = table_rows(UnitRow("Mới", "MOI"))[1]
    assert "chưa có số liệu" in words(silent) and not any(letter.isdigit() for letter in words(silent))


def test_a_part_of_a_unit_is_never_amber_because_it_has_no_alarm_of_its_own() -> None:
    tree = part_table([row("Chủ động", "3.0", code="")], a_source())
    assert not of_class(tree, "is-warning") and not of_class(tree, "is-abnormal")


def test_a_connected_feed_joins_the_table_and_its_cells_are_as_old_as_that_feed() -> None:
    reports = a_source(name="field_reports", newest_record_at=AT + timedelta(minutes=1))
    line = replace(row("Phú Vang", "20.8"), reports=6, reports_sign=Priority.URGENT)
    tree = unit_table([line, UnitRow("Mới", "MOI", reports=1)], a_source(), {"field_reports": reports})
    head, first, silent = (part for part in parts(tree) if isinstance(part, html.Tr))
    assert [words(cell) for cell in head.children][-1] == "Phản ánh"
    assert "> 12 tháng" not in words(head)
    assert first.className == "is-abnormal"
    assert told(first.children[-1], "at") == milliseconds(AT + timedelta(minutes=1))
    assert of_class(first.children[-1], "alarm-mark--1")
    assert words(silent).endswith("1")

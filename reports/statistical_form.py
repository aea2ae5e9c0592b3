"""The statistical form as a workbook: việc, tiền, what was checked, and where the numbers come from.

Numbers are numbers with Vietnamese formats; text is written as text, so nothing in it can act as a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from domain.indicators import CountedIn, Indicator
from domain.local_time import moment_words
from domain.periods import PeriodKind
from domain.shown_forms import ShownForm
from domain.statistical_form import (
    KIND_NAMES,
    TITLE,
    FormRow,
    column_name,
    columns,
    identity_checks,
    officer_rows,
    unit_rows,
    whole,
)

SHEETS = {CountedIn.CASES: "Việc", CountedIn.AMOUNT: "Tiền"}
UNIT_OF = {CountedIn.CASES: "Đơn vị tính: việc", CountedIn.AMOUNT: "Đơn vị tính: đồng"}
# [$-42A] is Vietnamese: LibreOffice shows its separators, Excel those the computer is set to.
WHOLE_FORMAT, RATE_FORMAT = "[$-42A]#,##0", "[$-42A]0.00"
HEADS = ("Đơn vị", "Chấp hành viên", "Hình thức")
TOP = 5


@dataclass(frozen=True, slots=True)
class Provenance:
    """Nguồn gốc: what a file says of where its numbers are from; `exported_at` aware UTC."""

    organisation: str
    scope: str
    exported_by: str
    exported_at: datetime
    is_sample: bool

    def facts(self, form: ShownForm) -> list[tuple[str, str]]:
        """Names with what is known, for the sheet 'Nguồn gốc' and the foot of a document."""
        unknown = "chưa có số liệu"
        return [
            ("Nguồn", "Hồ sơ thi hành án đã nạp" + (" (Dữ liệu mẫu)" if self.is_sample else "")),
            ("Số liệu án đến", moment_words(form.as_of_at) if form.as_of_at else unknown),
            ("Kỳ báo cáo", f"{form.period.name} ({form.period.first_on:%d/%m/%Y} – {form.period.last_on:%d/%m/%Y})"),
            ("Chế độ thống kê", form.regime_name),
            ("Trạng thái", form.state_words),
            ("Phiên bản", str(form.version) if form.version else "chưa chốt"),
            ("Chốt lúc", moment_words(form.closed_at) if form.closed_at else "chưa chốt"),
            ("Người chốt", form.closed_by or "chưa chốt"),
            ("Mã kiểm SHA-256", _hash_words(form)),
            ("Phạm vi", self.scope),
            ("Gói tổ chức", self.organisation),
            ("Người xuất", self.exported_by),
            ("Xuất lúc", moment_words(self.exported_at)),
        ]


def write_form(path: Path, form: ShownForm, provenance: Provenance) -> None:
    """Write the workbook; raises OSError."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = {
            "bold": book.add_format({"bold": True}),
            "head": book.add_format(
                {"bold": True, "bg_color": "#D9E4F2", "text_wrap": True, "valign": "bottom", "border": 1}
            ),
            "whole": book.add_format({"num_format": WHOLE_FORMAT}),
            "rate": book.add_format({"num_format": RATE_FORMAT}),
            "whole_total": book.add_format({"num_format": WHOLE_FORMAT, "bold": True, "bg_color": "#EEF3F9"}),
            "rate_total": book.add_format({"num_format": RATE_FORMAT, "bold": True, "bg_color": "#EEF3F9"}),
            "total": book.add_format({"bold": True, "bg_color": "#EEF3F9"}),
        }
        for counted_in in CountedIn:
            _figures_sheet(book.add_worksheet(SHEETS[counted_in]), form, counted_in, provenance, formats)
        _checks_sheet(book.add_worksheet("Kiểm tra"), form, formats)
        _provenance_sheet(book.add_worksheet("Nguồn gốc"), form, provenance, formats)


def _figures_sheet(
    sheet: Any, form: ShownForm, counted_in: CountedIn, provenance: Provenance, formats: dict[str, Any]
) -> None:
    shown = columns(counted_in)
    sheet.write_string(0, 0, f"{TITLE}. Biểu số {form.number}" if form.number else TITLE, formats["bold"])
    sample = "Dữ liệu mẫu. " if provenance.is_sample else ""
    sheet.write_string(1, 0, f"{form.period.name}. {UNIT_OF[counted_in]}. {provenance.scope}.")
    sheet.write_string(2, 0, f"{sample}{form.state_words}.")
    for column, head in enumerate([*HEADS, *(_head(indicator, form) for indicator in shown)]):
        sheet.write_string(TOP - 1, column, head, formats["head"])
        symbol = shown[column - len(HEADS)].symbols.partition("=")[0].strip() if column >= len(HEADS) else ""
        sheet.write_string(TOP, column, symbol, formats["head"])
    sheet.set_row(TOP - 1, 48)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 14)
    sheet.set_column(len(HEADS), len(HEADS) + len(shown), 10 if counted_in is CountedIn.CASES else 18)
    line = TOP + 1
    for row, is_total in _ordered(form, provenance.scope):
        _line(sheet, line, row, shown, formats, is_total)
        line += 1
    sheet.freeze_panes(TOP + 1, len(HEADS))
    sheet.autofilter(TOP, 0, max(line - 1, TOP), len(HEADS) + len(shown) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TOP - 1, TOP)


def _line(
    sheet: Any, line: int, row: FormRow, shown: Sequence[Indicator], formats: dict[str, Any], is_total: bool
) -> None:
    ending = "_total" if is_total else ""
    words = (row.unit_name, row.officer, KIND_NAMES[row.kind])
    for column, text in enumerate(words):
        sheet.write_string(line, column, text, formats["total"] if is_total else None)
    for column, indicator in enumerate(shown, len(HEADS)):
        value = indicator.value(row.figures)
        if value is None:
            sheet.write_blank(line, column, None, formats["total"] if is_total else None)
        elif isinstance(value, Decimal):
            sheet.write_number(line, column, value, formats[f"rate{ending}"])
        else:
            sheet.write_number(line, column, value, formats[f"whole{ending}"])


def _ordered(form: ShownForm, scope: str) -> list[tuple[FormRow, bool]]:
    """The whole in all and by kind, then each unit in all and by kind, and each of its officers likewise."""
    kinds = [kind for kind in KIND_NAMES if unit_rows(form.rows, kind)]
    lines = [(FormRow("", scope, whole(form.rows, kind), kind=kind), True) for kind in kinds]
    parts: dict[tuple[str, str], list[FormRow]] = {}
    for each in form.rows:
        if each.kind:
            parts.setdefault((each.unit, each.officer), []).append(each)
    for row in unit_rows(form.rows):
        for each in (row, *officer_rows(form.rows, row.unit)):
            lines += [(part, False) for part in (each, *parts.get((each.unit, each.officer), ()))]
    return lines


def _checks_sheet(sheet: Any, form: ShownForm, formats: dict[str, Any]) -> None:
    heads = ("Đơn vị", "Tính theo", "Quy tắc", "Đồng nhất thức", "Số", "Kết quả")
    for column, (head, width) in enumerate(zip(heads, (30, 10, 9, 24, 56, 10), strict=True)):
        sheet.write_string(0, column, head, formats["head"])
        sheet.set_column(column, column, width)
    line = 1
    for row in [FormRow("", "Cộng", whole(form.rows)), *unit_rows(form.rows)]:
        for counted_in in CountedIn:
            for check in identity_checks(row.figures.as_dict()[counted_in.value]):
                verdict = "khớp" if check.holds else "SAI"
                words = (row.unit_name, SHEETS[counted_in], check.rule, check.symbols, check.numbers, verdict)
                for column, text in enumerate(words):
                    sheet.write_string(line, column, text)
                line += 1
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(line - 1, 0), len(heads) - 1)


def _provenance_sheet(sheet: Any, form: ShownForm, provenance: Provenance, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 76)
    for line, (name, words) in enumerate(provenance.facts(form)):
        sheet.write_string(line, 0, name, formats["bold"])
        sheet.write_string(line, 1, words)


def _head(indicator: Indicator, form: ShownForm) -> str:
    if indicator.field == "carried_over" and form.period.kind is PeriodKind.MONTH:
        return "Kỳ trước chuyển sang"
    return column_name(indicator) + (", %" if indicator.unit == "%" else "")


def _hash_words(form: ShownForm) -> str:
    if not form.version:
        return "chưa chốt"
    return f"{form.sha256} ({'khớp' if form.is_untouched else 'KHÔNG KHỚP'})"

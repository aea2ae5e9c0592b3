"""The statistical form on paper: the main columns, việc then tiền, the checks of the whole, where it comes from."""

from __future__ import annotations

from decimal import Decimal

from domain.indicators import COUNTED_NAMES, CountedIn, Indicator
from domain.shown_forms import ShownForm
from domain.statistical_form import (
    MAIN_FIELDS,
    TITLE,
    FormRow,
    column_name,
    columns,
    identity_checks,
    unit_rows,
    whole,
)
from reports.document import Block, Document, FactList, Grid, Heading, Letterhead, Paragraph, Signatures
from reports.statistical_form import Provenance

MILLION = 1_000_000
UNKNOWN = "—"
FIRST_SHARE = 24
SHORT_NAMES = {
    "total_docketed": "Thụ lý",
    "newly_docketed": "Thụ lý mới",
    "to_enforce": "Phải thi hành",
    "enforceable": "Có điều kiện",
    "completed": "Xong",
    "not_enforceable": "Chưa có điều kiện",
    "other": "Khác",
    "carried_forward": "Chuyển kỳ sau",
    "completion_rate": "Tỷ lệ, %",
}


def form_document(form: ShownForm, letterhead: Letterhead, provenance: Provenance) -> Document:
    """Both tables, what was checked, places to sign."""
    blocks: list[Block] = []
    for number, counted_in in enumerate(CountedIn, 1):
        unit = "việc" if counted_in is CountedIn.CASES else "triệu đồng"
        blocks.append(Heading(f"{number}. Kết quả về {COUNTED_NAMES[counted_in]} (đơn vị tính: {unit})"))
        blocks.append(_grid(form, counted_in, provenance.scope))
        checks = identity_checks(whole(form.rows).as_dict()[counted_in.value])
        told = "; ".join(f"{check.symbols} {'✓' if check.holds else '✗ SAI'} ({check.numbers})" for check in checks)
        blocks.append(Paragraph(f"Kiểm tra: {_printed(told)}.", is_note=True))
    blocks += [Heading("3. Nguồn gốc số liệu"), FactList(provenance.facts(form))]
    blocks.append(Signatures([("Người lập biểu", "Chuyên viên"), ("Thủ trưởng cơ quan", "Lãnh đạo")]))
    number_words = f" Biểu số {form.number}." if form.number else ""
    subtitle = f"{form.period.name}. {form.state_words}.{number_words}"
    mark = "Dữ liệu mẫu. " if provenance.is_sample else ""
    kept = f", mã kiểm {form.sha256[:16]}" if form.version else ""
    return Document(letterhead, TITLE, subtitle, blocks, f"{mark}{form.state_words}{kept}")


def _grid(form: ShownForm, counted_in: CountedIn, scope: str) -> Grid:
    shown = columns(counted_in, MAIN_FIELDS)
    heads = [("Đơn vị", FIRST_SHARE), *((SHORT_NAMES.get(each.field, column_name(each)), 9) for each in shown)]
    rows = [FormRow("", scope, whole(form.rows)), *unit_rows(form.rows)]
    return Grid(heads, [[row.unit_name, *(_words(each, row) for each in shown)] for row in rows])


def _words(indicator: Indicator, row: FormRow) -> str:
    value = indicator.value(row.figures)
    if value is None:
        return UNKNOWN
    if isinstance(value, Decimal):
        return _separated(f"{value:,.2f}")
    if indicator.counted_in is CountedIn.AMOUNT:
        return _separated(f"{(Decimal(value) / MILLION).quantize(Decimal('0.1')):,}")
    return _separated(f"{value:,}")


def _separated(words: str) -> str:
    return words.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")


def _printed(words: str) -> str:
    """The marks as letters: the serif typeface of documents has none of them."""
    return words.replace("✓", "đúng").replace("✗ SAI", "SAI")

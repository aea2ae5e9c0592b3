"""The statistical form on paper, on its side: việc then tiền, the checks of the whole, where it comes from."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from domain.indicators import COUNTED_NAMES, CountedIn, Indicator
from domain.periods import PeriodKind
from domain.shown_forms import ShownForm
from domain.statistical_form import (
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
FIRST_SHARE, SHARE = 34, 13
SIZE = 8
SHORT_NAMES = {
    "total_docketed": "Thụ lý",
    "reduced": "Giảm",
    "revoked": "Thu hồi, hủy",
    "to_enforce": "Phải thi hành",
    "completed": "Xong",
    "other": "Hoãn, khác",
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
    return Document(letterhead, TITLE, subtitle, blocks, f"{mark}{form.state_words}{kept}", is_landscape=True)


def _grid(form: ShownForm, counted_in: CountedIn, scope: str) -> Grid:
    shown = columns(counted_in)
    heads = [("Đơn vị", FIRST_SHARE), *((_head(indicator, form), SHARE) for indicator in shown)]
    rows = [FormRow("", scope, whole(form.rows)), *unit_rows(form.rows)]
    cells = [[row.unit_name, *(_words(indicator, row) for indicator in shown)] for row in rows]
    return Grid(heads, cells, SIZE, numbers_from=1)


def _head(indicator: Indicator, form: ShownForm) -> str:
    if indicator.field == "carried_over" and form.period.kind is PeriodKind.MONTH:
        return "Kỳ trước chuyển sang"
    return SHORT_NAMES.get(indicator.field, column_name(indicator))


def _words(indicator: Indicator, row: FormRow) -> str:
    value = indicator.value(row.figures)
    if value is None:
        return UNKNOWN
    if isinstance(value, Decimal):
        return _separated(f"{value:,.2f}")
    if indicator.counted_in is CountedIn.AMOUNT:
        return _millions(value)
    return _separated(f"{value:,}")


def _millions(dong: int) -> str:
    """Whole millions; what is less than one with a decimal, because little is not nothing."""
    places = Decimal(1) if dong == 0 or abs(dong) >= MILLION else Decimal("0.001")
    return _separated(f"{(Decimal(dong) / MILLION).quantize(places, ROUND_HALF_UP):,}")


def _separated(words: str) -> str:
    return words.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")


def _printed(words: str) -> str:
    """The marks as letters: the serif typeface of documents has none of them."""
    return words.replace("✓", "đúng").replace("✗ SAI", "SAI")

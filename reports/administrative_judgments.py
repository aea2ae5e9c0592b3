"""The list of administrative judgments as a workbook, and the form of a year by unit as workbook, Word or PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.administrative_judgments import (
    DEBTOR_NAMES,
    EVENT_NAMES,
    JUDGMENT_CLOCK_NAMES,
    STATE_NAMES,
    JudgmentCounts,
    JudgmentEvent,
    JudgmentStanding,
    judgment_checks,
    timeline,
)
from reports.document import Block, Document, FactList, Grid, Heading, Letterhead, Paragraph, Signatures
from reports.table import Cell, Table, write_table

# The number of the ministry's form was found in no source, so the title carries none.
TITLE = "Biểu theo dõi thi hành án hành chính"
UNKNOWN = "—"
LEGEND = "Ô trống: đơn vị chưa có sổ, hoặc chưa biết; không phải bằng không."
LIST_COLUMNS = (
    ("Đơn vị", 30.0),
    ("Số bản án", 18.0),
    ("Ngày bản án", 12.0),
    ("Bên phải thi hành", 24.0),
    ("Ngày vào sổ", 12.0),
    ("Trạng thái", 16.0),
    *((EVENT_NAMES[kind], 18.0) for kind in JudgmentEvent),
    ("Thời hạn đang chạy", 26.0),
    ("Hạn cuối", 12.0),
    ("Quá hạn (ngày)", 12.0),
)
# Head in the workbook, head on paper, what it counts.
FORM_COLUMNS = (
    ("Năm trước chuyển sang", "Năm trước", "carried_over"),
    ("Mới trong năm", "Mới", "newly_registered"),
    ("Tổng số phải thi hành", "Phải thi hành", "to_enforce"),
    ("Đã làm việc với các bên", "Đã làm việc", "worked"),
    ("Có quyết định buộc thi hành án", "QĐ buộc", "compelled"),
    ("Thi hành xong", "Xong", "completed"),
    ("Hủy", "Hủy", "cancelled"),
    ("Hoãn, tạm đình chỉ", "Hoãn, TĐC", "paused"),
    ("Đang thi hành", "Đang thi hành", "enforcing"),
    ("Còn theo dõi", "Còn theo dõi", "remaining"),
)


@dataclass(frozen=True, slots=True)
class FormLine:
    """One unit of the form; None where its register never named a judgment."""

    unit_name: str
    counts: JudgmentCounts | None


@dataclass(frozen=True, slots=True)
class JudgmentForm:
    """The form of a scope: `period` in words, units in order, their sum, and where it comes from as names with what is
    known."""

    period: str
    scope: str
    lines: Sequence[FormLine]
    total: JudgmentCounts
    facts: Sequence[tuple[str, str]]
    is_sample: bool


def write_judgments(path: Path, found: Sequence[tuple[str, JudgmentStanding]], day: date, notes: Sequence[str]) -> None:
    """The list, (unit's name, how the judgment stands), below its notes; raises OSError."""
    rows = [_row(name, standing, day) for name, standing in found]
    write_table(path, Table("Án hành chính", LIST_COLUMNS, rows, notes, [LEGEND]))


def write_judgment_form(path: Path, form: JudgmentForm) -> None:
    """The form as a workbook; raises OSError."""
    columns = [("Đơn vị", 34.0), *((head, 13.0) for head, _, _ in FORM_COLUMNS)]
    lines = [FormLine(form.scope, form.total), *form.lines]
    rows: list[list[Cell]] = [[line.unit_name, *_numbers(line.counts)] for line in lines]
    sample = ["Dữ liệu mẫu"] if form.is_sample else []
    notes = [TITLE, f"{form.period}. Đơn vị tính: bản án", *sample]
    legend = [*check_words(form.total), LEGEND, *(f"{name}: {words}" for name, words in form.facts)]
    write_table(path, Table("Biểu", columns, rows, notes, legend))


def judgment_form_document(form: JudgmentForm, letterhead: Letterhead) -> Document:
    """The form on paper, on its side."""
    heads = [("Đơn vị", 40), *((short, 14) for _, short, _ in FORM_COLUMNS)]
    lines = [FormLine(form.scope, form.total), *form.lines]
    rows = [[line.unit_name, *(_printed(number) for number in _numbers(line.counts))] for line in lines]
    mark = "Dữ liệu mẫu. " if form.is_sample else ""
    blocks: list[Block] = [
        Paragraph("Đơn vị tính: bản án.", is_note=True),
        Grid(heads, rows, 9, numbers_from=1),
        *(Paragraph(f"Kiểm tra: {words}.", is_note=True) for words in check_words(form.total)),
        Paragraph(f"Dấu {UNKNOWN}: đơn vị chưa có sổ, không phải bằng không.", is_note=True),
        Heading("Nguồn gốc số liệu"),
        FactList(form.facts),
        Signatures([("Người lập biểu", "Chuyên viên"), ("Thủ trưởng cơ quan", "Lãnh đạo")]),
    ]
    subtitle = f"{form.period}. Số liệu tạm tính."
    return Document(letterhead, TITLE, subtitle, blocks, f"{mark}{TITLE}, {form.period}", is_landscape=True)


def check_words(counts: JudgmentCounts) -> list[str]:
    """The identities with their numbers, and whether they hold."""
    return [f"{check.words}: {check.numbers}, {'đúng' if check.holds else 'SAI'}" for check in judgment_checks(counts)]


def _numbers(counts: JudgmentCounts | None) -> list[int | None]:
    return [None if counts is None else getattr(counts, name) for _, _, name in FORM_COLUMNS]


def _printed(number: int | None) -> str:
    return UNKNOWN if number is None else f"{number:,}".replace(",", ".")


def _row(name: str, standing: JudgmentStanding, day: date) -> list[Cell]:
    judgment, clock = standing.judgment, standing.first
    days = {kind: [event.on for event in timeline(judgment) if event.kind is kind] for kind in JudgmentEvent}
    late = (day - clock.due_on).days if clock is not None and clock.due_on is not None and clock.due_on < day else None
    head: list[Cell] = [name, judgment.reference, judgment.judged_on, DEBTOR_NAMES[judgment.debtor]]
    head += [judgment.registered_on, STATE_NAMES[standing.state], *(_days_cell(found) for found in days.values())]
    if clock is None:
        return [*head, None, None, None]
    return [*head, JUDGMENT_CLOCK_NAMES[clock.clock], clock.due_on, late]


def _days_cell(days: Sequence[date]) -> Cell:
    """One day as a day, several as the reader of sheets takes them back."""
    if len(days) < 2:
        return days[0] if days else None
    return "; ".join(f"{day:%d/%m/%Y}" for day in days)

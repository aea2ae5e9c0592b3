"""What became of a file, and the Vietnamese sentences that say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.import_cases.preparation import Preparation
from connectors.case_workbook import ParsedWorkbook
from data_access.import_batches import BatchState
from domain.local_time import local
from domain.vietnamese_numbers import dotted


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of a file, in numbers and one Vietnamese sentence."""

    batch_id: int
    public_id: str
    state: BatchState
    rows_in: int = 0
    rows_refused: int = 0
    new: int = 0
    changed: int = 0
    vanished: int = 0
    message: str = ""


def applied(batch_id: int, public_id: str, prepared: Preparation, parsed: ParsedWorkbook) -> ImportOutcome:
    """What a file that was applied is said to have done."""
    refused = parsed.rejected_count + len(prepared.refused)
    return ImportOutcome(
        batch_id,
        public_id,
        BatchState.APPLIED,
        parsed.rows_read,
        refused,
        prepared.new,
        prepared.changed,
        prepared.vanished,
        _summary(prepared, parsed, refused),
    )


def held_message(prepared: Preparation, allowed: float) -> str:
    """Why a full file waits for a person."""
    return (
        f"Tệp đầy đủ thiếu {dotted(prepared.vanished)} trên {dotted(prepared.expected)} việc đang có "
        f"({_percent(prepared.vanished_share)}), vượt mức cho phép {_percent(allowed)}. "
        "Tệp được giữ lại, số liệu cũ vẫn dùng, chờ người có trách nhiệm xác nhận."
    )


def duplicate_message(applied_at: datetime | None) -> str:
    """Why a file was not taken in again."""
    at = f"{local(applied_at):%H:%M %d/%m/%Y}" if applied_at else "trước đây"
    return f"Tệp đã được nhập lúc {at}; không có gì thay đổi."


def _summary(prepared: Preparation, parsed: ParsedWorkbook, refused: int) -> str:
    counts = (
        (prepared.new, "việc mới"),
        (prepared.changed, "việc thay đổi"),
        (prepared.vanished, "việc không còn trong tệp"),
        (refused, "dòng bị từ chối"),
    )
    told = [f"{dotted(count)} {words}" for count, words in counts if count]
    sentences = [", ".join(told) if told else "Không có gì thay đổi"]
    if prepared.kept_all:
        sentences.append("Có dòng việc bị từ chối nên không việc nào bị coi là không còn trong tệp")
    unknown = [column for columns in parsed.ignored_columns.values() for column in columns] + parsed.ignored_sheets
    if unknown:
        sentences.append("Bỏ qua cột, trang không rõ: " + ", ".join(text[:40] for text in unknown[:6]))
    return ". ".join(sentences) + "."


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%".replace(".", ",")

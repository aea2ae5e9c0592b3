"""The sheet of a hand-over as a document of the administration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.alarms import OUTCOME_NAMES, PRIORITY_NAMES, STATE_NAMES, AlarmOutcome
from domain.duty import DutyShift, HandOver, HandOverAlarm, span_words
from domain.freshness import FRESHNESS_NAMES
from domain.local_time import local_day, moment_words
from domain.permissions import ROLE_NAMES, Role
from reports.document import Block, Document, FactList, Grid, Heading, Letterhead, Paragraph, Signatures

UNKNOWN = "—"
NONE = "Không có."


def hand_over_document(
    sheet: HandOver, received: Sequence[DutyShift], scope: str, letterhead: Letterhead, sample_note: str
) -> Document:
    """`received` are the shifts that took over from it, `scope` the words of what it covers, `sample_note` '' for real
    figures."""
    parts: list[Block] = [FactList(_who(sheet, received, scope)), *_alarms(sheet), *_shelved(sheet)]
    parts += [Paragraph(f"Đang ẩn theo nguyên nhân: {sheet.facts.suppressed} cảnh báo.")]
    parts += [*_closed(sheet), *_sources(sheet), *_directives(sheet)]
    parts += [Heading("6. Ghi chú cho ca sau"), Paragraph(sheet.note or NONE)]
    operator = ROLE_NAMES[Role.OPERATOR]
    gives = "Người lập biên bản" if sheet.is_for_other else "Người giao ca"
    parts.append(Signatures([(gives, operator), ("Người nhận ca", operator)]))
    subtitle = f"Ca của {sheet.person}, từ {moment_words(sheet.started_at)} đến {moment_words(sheet.ended_at)}"
    footnote = f"Biên bản {sheet.public_id}" + (f". {sample_note}" if sample_note else "")
    return Document(letterhead, "BIÊN BẢN BÀN GIAO CA TRỰC", subtitle, parts, footnote)


def letterhead_of(agency: str, office: str, ended_at: datetime) -> Letterhead:
    """Who issues a sheet, on the day it was handed over."""
    return Letterhead(agency, office, "Huế", local_day(ended_at))


def _who(sheet: HandOver, received: Sequence[DutyShift], scope: str) -> list[tuple[str, str]]:
    took_over = "; ".join(f"{each.person}, lúc {moment_words(each.started_at)}" for each in received)
    facts = [
        ("Người trực", sheet.person),
        ("Phạm vi", scope),
        ("Thời gian trực", span_words(sheet.ended_at - sheet.started_at)),
        ("Cùng trực lúc bàn giao", ", ".join(sheet.facts.others_on) or "không có"),
        ("Đã nhận ca", took_over or "chưa có người nhận"),
    ]
    if sheet.is_for_other:
        words = f"{sheet.written_by}, do ca quá thời hạn mà chưa bàn giao"
        facts.insert(1, ("Người lập biên bản thay", words))
    return facts


def _alarms(sheet: HandOver) -> list[Block]:
    facts = sheet.facts
    columns = (("Mức", 11), ("Cảnh báo, đơn vị", 41), ("Trạng thái", 17), ("Người giữ", 14), ("Đã xác nhận được", 17))
    rows = [
        (
            PRIORITY_NAMES[alarm.priority],
            _title(alarm),
            STATE_NAMES[alarm.state],
            alarm.owner or UNKNOWN,
            span_words(sheet.ended_at - alarm.acknowledged_at) if alarm.acknowledged_at else "chưa xác nhận",
        )
        for alarm in facts.alarms
    ]
    return _part(f"1. Cảnh báo đang mở: {facts.alarm_count}", columns, rows, facts.alarm_count)


def _shelved(sheet: HandOver) -> list[Block]:
    facts = sheet.facts
    columns = (("Mức", 12), ("Cảnh báo, đơn vị", 38), ("Lý do", 32), ("Đến khi", 18))
    rows = [
        (
            PRIORITY_NAMES[alarm.priority],
            _title(alarm),
            alarm.reason or UNKNOWN,
            moment_words(alarm.until_at) if alarm.until_at else UNKNOWN,
        )
        for alarm in facts.shelved
    ]
    return _part(f"2. Cảnh báo tạm ẩn: {facts.shelved_count}", columns, rows, facts.shelved_count)


def _closed(sheet: HandOver) -> list[Block]:
    facts = sheet.facts
    columns = (("Mức", 12), ("Cảnh báo, đơn vị", 42), ("Kết quả", 26), ("Đóng lúc", 20))
    rows = [
        (
            PRIORITY_NAMES[alarm.priority],
            _title(alarm),
            outcome_words(alarm.outcome),
            moment_words(alarm.closed_at) if alarm.closed_at else UNKNOWN,
        )
        for alarm in facts.closed
    ]
    return _part(f"3. Cảnh báo đã đóng trong ca: {facts.closed_count}", columns, rows, facts.closed_count)


def _sources(sheet: HandOver) -> list[Block]:
    columns = (("Nguồn dữ liệu", 40), ("Tình trạng", 25), ("Số liệu lúc", 20), ("Đã cũ", 15))
    rows = [
        (
            source.title,
            FRESHNESS_NAMES[source.freshness],
            moment_words(source.as_of_at) if source.as_of_at else UNKNOWN,
            span_words(sheet.ended_at - source.as_of_at) if source.as_of_at else UNKNOWN,
        )
        for source in sheet.facts.sources
    ]
    return _part(f"4. Nguồn dữ liệu cũ, mất nguồn: {len(rows)}", columns, rows, len(rows))


def _directives(sheet: HandOver) -> list[Block]:
    columns = (("Chỉ đạo", 45), ("Đơn vị", 25), ("Hạn trả lời", 15), ("Thời hạn", 15))
    rows = [
        (each.title, each.unit_name, f"{each.due_on:%d/%m/%Y}", "quá hạn" if each.is_overdue else "sắp đến hạn")
        for each in sheet.facts.directives
    ]
    return _part(f"5. Chỉ đạo sắp đến hạn, quá hạn: {len(rows)}", columns, rows, len(rows))


def outcome_words(outcome: str) -> str:
    """What a person said came of an alarm; one that ended by itself has no outcome."""
    return OUTCOME_NAMES[AlarmOutcome(outcome)] if outcome in set(AlarmOutcome) else "Tự hết"


def _part(heading: str, columns: Sequence[tuple[str, int]], rows: Sequence[tuple[str, ...]], count: int) -> list[Block]:
    if not rows:
        return [Heading(heading), Paragraph(NONE)]
    shown: list[Block] = [Heading(heading), Grid(columns, rows)]
    if count > len(rows):
        shown.append(Paragraph(f"Liệt kê {len(rows)} trong {count}.", is_note=True))
    return shown


def _title(alarm: HandOverAlarm) -> str:
    return f"{alarm.title}, {alarm.unit_name}" if alarm.unit_name else alarm.title

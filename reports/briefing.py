"""A briefing as a document of the administration, made of its stored facts only: what it says next month is what was
said. The page shows the same blocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.alarms import PRIORITY_NAMES
from domain.briefing import (
    Briefing,
    BriefingChanges,
    BriefingFacts,
    BriefingFigures,
    BriefingRate,
    BriefingUnit,
    Burning,
    Pledge,
)
from domain.briefing_schedule import BRIEFING_NAMES, BriefingKind, is_late
from domain.duty import span_words
from domain.local_time import local_day, moment_words
from reports.chart import ChartHead, RateBar, rate_bars, rate_curve
from reports.document import Block, Document, FactList, Grid, Heading, Letterhead, Paragraph, Picture, Signatures
from reports.drawing import Drawing
from reports.number_words import (
    NO_FIGURES,
    UNKNOWN,
    decimal_words,
    money_words,
    percent_words,
    signed_words,
    whole_words,
)

PROVISIONAL = "Số liệu tạm tính"
SAMPLE = "Dữ liệu mẫu"
NONE = "Không có."
UNITS_CHART, CURVE_CHART = "units", "curve"
CHARTS = (UNITS_CHART, CURVE_CHART)
Rows = Sequence[Sequence[str]]
Columns = Sequence[tuple[str, int]]


def briefing_document(briefing: Briefing) -> Document:
    """The paper; places to sign are left out, for a briefing informs and orders nothing."""
    facts = briefing.facts
    letterhead = Letterhead(facts.agency, facts.office, "Huế", local_day(facts.made_at))
    title = f"{BRIEFING_NAMES[facts.kind]} thi hành án dân sự".upper()
    footnote = (
        f"{BRIEFING_NAMES[facts.kind]} {briefing.public_id}. {_short_marks(facts)}. Mã băm {briefing.sha256[:16]}"
    )
    return Document(letterhead, title, subtitle(facts), [*briefing_blocks(briefing), *_signed(facts)], footnote)


def subtitle(facts: BriefingFacts) -> str:
    """Of what and of when."""
    return f"{facts.scope}, lập lúc {moment_words(facts.made_at)}"


def marks(facts: BriefingFacts) -> str:
    """What a reader must know of every figure."""
    return ". ".join(filter(None, (_short_marks(facts), facts.banner)))


def briefing_blocks(briefing: Briefing) -> list[Block]:
    """Everything below the title."""
    facts = briefing.facts
    blocks: list[Block] = [Paragraph(words, is_note=True) for words in _notes(briefing)]
    blocks += [Heading("1. Có gì thay đổi"), *_changed(facts)]
    blocks += [Heading("2. Điều đang nóng"), *_burning(facts.burning, facts.made_at)]
    blocks += [Heading("3. Cam kết của Đề án"), *_pledges(facts.pledges)]
    blocks += [Heading("4. Các đơn vị" if facts.unit == "" else "4. Đơn vị"), *_units(facts)]
    blocks.append(Heading("5. Biểu đồ"))
    for name in CHARTS:
        drawing = briefing_chart(facts, name)
        blocks.append(Picture(drawing) if drawing else Paragraph(f"{_CHART_TITLES[name]}: {NO_FIGURES}."))
    return blocks


def briefing_chart(facts: BriefingFacts, name: str) -> Drawing | None:
    """One of its charts by name; None where nothing is known that could be drawn. Raises KeyError."""
    head = ChartHead(f"{_CHART_TITLES[name]}, {facts.scope}", "%", facts.cases_stated.words, marks(facts))
    figures, curve = facts.figures, facts.curve
    if name == UNITS_CHART:
        if figures is None:
            return None
        bars = [RateBar(unit.name, unit.cases.now, unit.cases.pace) for unit in figures.units]
        return rate_bars(head, bars, NO_FIGURES)
    if curve is None:
        return None
    return rate_curve(head, curve.begins_on, curve.ends_on, curve.this_year, curve.last_year, curve.pace)


_CHART_TITLES = {
    UNITS_CHART: "Tỷ lệ thi hành xong về việc theo đơn vị",
    CURVE_CHART: "Lũy kế tỷ lệ thi hành xong về việc trong năm",
}


def _short_marks(facts: BriefingFacts) -> str:
    return f"{PROVISIONAL}. {SAMPLE}" if facts.is_sample else PROVISIONAL


def _notes(briefing: Briefing) -> list[str]:
    facts = briefing.facts
    notes = [f"{marks(facts)}. Biến động từ {moment_words(facts.begins_at)} đến {moment_words(facts.made_at)}."]
    if is_late(facts.appointment_at, facts.made_at) and facts.appointment_at is not None:
        notes.append(
            f"Lập muộn: lịch là {moment_words(facts.appointment_at)}, hệ thống khi đó không hoạt động. "
            f"Số liệu là của lúc lập."
        )
    if not briefing.is_whole:
        notes.append("CẢNH BÁO: dữ kiện đã lưu không khớp mã băm khi lập.")
    return notes


def _changed(facts: BriefingFacts) -> list[Block]:
    figures = facts.figures
    if figures is None:
        first: list[Block] = [Paragraph(f"Thi hành án: {NO_FIGURES}."), _source(facts.cases_stated.words)]
    else:
        first = [*_rates(figures), _source(f"{figures.stated.words}. {_compared(figures)}")]
    return [*first, *_came_and_went(facts.changes)]


def _rates(figures: BriefingFigures) -> list[Block]:
    moved = (("Tỷ lệ thi hành xong", 25), ("Nay", 13), ("Trước", 13), ("Thay đổi", 16))
    columns = (*moved, ("± cùng kỳ", 15), ("Tiến độ", 13), ("Chỉ tiêu năm", 13))
    rows = [_rate_row("Về việc", figures.cases), _rate_row("Về tiền", figures.money)]
    since = f"từ ngày {figures.compared_on + timedelta(days=1):%d/%m} đến {figures.on:%d/%m/%Y}"
    done = (
        f"Thi hành xong thêm {whole_words(figures.completed)} việc, {money_words(figures.money_completed)}; "
        f"thụ lý mới {whole_words(figures.docketed)} việc, {since}."
    )
    blocks: list[Block] = [Grid(columns, rows, numbers_from=1), Paragraph(done)]
    if figures.coverage:
        blocks.append(Paragraph(f"Mới có số liệu của {figures.coverage}.", is_note=True))
    return blocks


def _rate_row(name: str, rate: BriefingRate) -> tuple[str, ...]:
    moved = UNKNOWN if rate.moved is None else f"{signed_words(rate.moved, 2)} điểm"
    return (
        name,
        percent_words(rate.now, 2) if rate.now is not None else NO_FIGURES,
        percent_words(rate.then, 2),
        moved,
        signed_words(rate.comparison.points_to_last_year),
        percent_words(rate.pace),
        percent_words(rate.target),
    )


def _compared(figures: BriefingFigures) -> str:
    if figures.is_new_year:
        return "Năm thống kê mới bắt đầu, không so tỷ lệ với năm trước đó"
    return f"Trước: hết ngày {figures.compared_on:%d/%m/%Y}, tính lại theo số liệu hiện có. ± cùng kỳ tính bằng điểm %"


def _came_and_went(changes: BriefingChanges) -> list[Block]:
    reports = (
        f"nhận {whole_words(changes.reports_received)}, xử lý xong {whole_words(changes.reports_closed)}; "
        f"đang mở {whole_words(changes.reports_open)}, quá hạn {whole_words(changes.reports_overdue)}"
        if changes.reports.is_known
        else NO_FIGURES
    )
    cameras = (
        f"{whole_words(changes.cameras_lost)} camera mất hình trong kỳ; đang không có hình "
        f"{whole_words(changes.cameras_failing)}, mất dữ liệu {whole_words(changes.cameras_unknown)}"
        if changes.cameras.is_known
        else NO_FIGURES
    )
    alarms = f"phát sinh {whole_words(changes.raised)}, đã đóng {whole_words(changes.closed)}"
    facts = (("Cảnh báo", alarms), ("Phản ánh hiện trường", reports), ("Camera", cameras))
    sources = ". ".join(each.words for each in (changes.alarms, changes.reports, changes.cameras))
    return [FactList(facts), _source(sources)]


def _burning(burning: Burning, at: datetime) -> list[Block]:
    columns = (("Mức", 12), ("Cảnh báo, đơn vị", 50), ("Từ", 19), ("Người giữ", 19))
    rows = [
        (
            PRIORITY_NAMES[alarm.priority],
            f"{alarm.title}, {alarm.unit_name}" if alarm.unit_name else alarm.title,
            span_words(at - alarm.raised_at) if alarm.raised_at else UNKNOWN,
            alarm.owner or "chưa ai nhận",
        )
        for alarm in burning.alarms
    ]
    blocks = _listed("Cảnh báo khẩn cấp và cao đang mở", burning.alarm_count, columns, rows)
    blocks += [_source(burning.stated.words), *_clocks(burning)]
    report_columns = (("Phản ánh quá hạn", 50), ("Đơn vị", 28), ("Quá hạn", 22))
    overdue = [(each.title, each.unit_name, span_words(at - each.due_at)) for each in burning.reports]
    blocks += _listed("Phản ánh hiện trường quá hạn", burning.report_count, report_columns, overdue)
    blocks.append(_source(burning.reports_stated.words))
    owed_columns = (("Chỉ đạo quá hạn", 50), ("Đơn vị", 28), ("Hạn trả lời", 22))
    owed = [(each.title, each.unit_name, f"{each.due_on:%d/%m/%Y}") for each in burning.directives]
    blocks += _listed("Chỉ đạo quá hạn trả lời", burning.directive_count, owed_columns, owed)
    return [*blocks, _source(burning.stated.words)]


def _clocks(burning: Burning) -> list[Block]:
    clocks = burning.clocks
    if clocks.total is None:
        words = "chưa có thời hạn hiệu lực" if clocks.stated.is_known else NO_FIGURES
        source = _source(_with_note(clocks.stated.words, clocks.note))
        return [Paragraph(f"Thời hạn luật định quá hạn: {words}."), source]
    blocks: list[Block] = [Paragraph(f"Thời hạn luật định quá hạn: {whole_words(clocks.total)}.")]
    if clocks.by_unit:
        told = "; ".join(f"{name} {whole_words(count)}" for name, count in clocks.by_unit)
        blocks.append(Paragraph(f"Theo đơn vị: {told}."))
    return [*blocks, _source(_with_note(clocks.stated.words, clocks.note))]


def _listed(name: str, count: int | None, columns: Columns, rows: Rows) -> list[Block]:
    if count is None:
        return [Paragraph(f"{name}: {NO_FIGURES}.")]
    if not rows:
        return [Paragraph(f"{name}: không có.")]
    blocks: list[Block] = [Paragraph(f"{name}: {whole_words(count)}."), Grid(columns, rows)]
    if count > len(rows):
        blocks.append(Paragraph(f"Liệt kê {len(rows)} trong {count}.", is_note=True))
    return blocks


def _pledges(pledges: Sequence[Pledge]) -> list[Block]:
    columns = (("Cam kết", 34), ("Kết quả", 22), ("Nguồn, thời điểm", 44))
    rows = [(pledge.name, _reached(pledge), _with_note(pledge.stated.words, pledge.note)) for pledge in pledges]
    return [Grid(columns, rows)]


def _reached(pledge: Pledge) -> str:
    percent = pledge.percent
    if pledge.reached is not None and pledge.whole is None:
        return f"{whole_words(pledge.reached)} {pledge.what}"
    if percent is None or pledge.reached is None:
        return NO_FIGURES
    return f"{percent_words(percent)} ({whole_words(pledge.reached)}/{whole_words(pledge.whole)} {pledge.what})"


def _units(facts: BriefingFacts) -> list[Block]:
    figures = facts.figures
    if figures is None:
        return [Paragraph(f"Thi hành án: {NO_FIGURES}."), _source(facts.cases_stated.words)]
    counts = (("Đơn vị", 27), ("Phải thi hành", 12), ("Có điều kiện", 11), ("Xong", 9))
    columns = (*counts, ("% việc", 10), ("± cùng kỳ", 11), ("Tiến độ", 10), ("% tiền", 10))
    rows = [_unit_row(unit) for unit in (*figures.units, figures.total)]
    note = "Việc, lũy kế từ đầu năm thống kê; % tính trên số có điều kiện; ± cùng kỳ tính bằng điểm %"
    return [Grid(columns, rows, 10, numbers_from=1), _source(f"{figures.stated.words}. {note}")]


def _unit_row(unit: BriefingUnit) -> tuple[str, ...]:
    counts = (unit.to_enforce, unit.enforceable, unit.completed)
    return (
        unit.name,
        *(whole_words(count) for count in counts),
        decimal_words(unit.cases.now),
        signed_words(unit.cases.comparison.points_to_last_year),
        decimal_words(unit.cases.pace),
        decimal_words(unit.money.now),
    )


def _signed(facts: BriefingFacts) -> list[Block]:
    """A weekly briefing goes to a meeting and is signed for; the morning's is read and laid aside."""
    if facts.kind is BriefingKind.MORNING:
        return []
    return [Signatures([("Người lập", "Bộ phận tổng hợp"), ("Người duyệt", "Lãnh đạo")])]


def _with_note(words: str, note: str) -> str:
    return f"{words}. {note}" if note else words


def _source(words: str) -> Paragraph:
    return Paragraph(f"{words}.", is_note=True)

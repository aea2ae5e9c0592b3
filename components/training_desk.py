"""Training and outreach on a desk: a year in figures, by unit, session by session. Counts only, nobody by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import svg
from components.desk_parts import desk_figure, desk_figures
from domain.counted_share import CountedShare
from domain.freshness import SourceFacts
from domain.training import (
    SESSION_KIND_NAMES,
    SESSION_STATE_NAMES,
    ProficiencySum,
    SessionState,
    SessionSum,
    TrainingCounts,
    TrainingSession,
)

ROWS_SHOWN = 200
NO_SESSION = "Chưa có buổi nào trong năm này: gửi bảng “Buổi đào tạo, truyền thông” vào thư mục đào tạo."
NO_TEST = "chưa kiểm tra"


def training_figures(counts: TrainingCounts, silent_units: int, source: SourceFacts) -> Component:
    """A year of a scope; who was never tested is told beside who passed."""
    test = counts.proficiency
    silent = f"; {silent_units} đơn vị chưa báo cáo" if silent_units else ""
    figures = [
        *_session_figures(counts.sessions),
        desk_figure("Cán bộ đạt kiểm tra", _share(test.passed_share if test else None), _passed_words(test) + silent),
        desk_figure("Đã dự kiểm tra", _share(test.tested_share if test else None), _tested_words(test)),
    ]
    return desk_figures(figures, source)


def _session_figures(known: SessionSum | None) -> list[Component]:
    names = ("Buổi đã tổ chức", "Qua ngày, chưa báo cáo", "Lượt người dự")
    if known is None:
        return [desk_figure(name, text.UNKNOWN, text.NO_FIGURES) for name in names]
    told = CountedShare(known.came, known.invited)
    return [
        desk_figure(names[0], text.whole(known.held), f"còn {known.planned} buổi theo kế hoạch"),
        desk_figure(names[1], text.whole(known.unreported), "buổi", known.unreported > 0),
        desk_figure(names[2], _said(known.attended), f"{_of(told)} người được mời có mặt"),
    ]


def training_table(by_unit: Mapping[str, TrainingCounts | None], names: Mapping[str, str]) -> Component:
    """Every unit; one that told nothing is unknown, which is not none."""
    head = ("Đơn vị", "Buổi", "Kế hoạch", "Lượt dự", "Có mặt/mời", "Cán bộ", "Đã kiểm tra", "Đạt", "thang 0–100%", "%")
    rows = []
    for code, counts in by_unit.items():
        name = html.B(names.get(code, code))
        rows.append([name, _silent()] if counts is None else [name, *_unit(counts)])
    return table(head, rows, (1, 2, 3, 4, 5, 6, 7, 9))


def session_table(sessions: Sequence[TrainingSession], today: date) -> Component:
    """The sessions of a year, newest first, with what was handed out."""
    if not sessions:
        return html.P(NO_SESSION, className="desk-nothing")
    head = ("Ngày", "Mã buổi", "Nội dung", "Loại", "Đơn vị", "Mời", "Dự", "Tài liệu", "Tình trạng")
    return table(head, [_session(one, today) for one in sessions[:ROWS_SHOWN]], (4, 5, 6))


def table(head: Sequence[str], rows: Sequence[Sequence[Component | str]], numbers: Sequence[int]) -> Component:
    """A short row says in its last cell, across the others, why it has no figures."""
    heads = [html.Th(words, className="desk-number" if place in numbers else None) for place, words in enumerate(head)]
    body = []
    for row in rows:
        cells = [html.Td(cell, className="desk-number" if place in numbers else None) for place, cell in enumerate(row)]
        if len(row) < len(head):
            cells[-1] = html.Td(row[-1], colSpan=len(head) - len(row) + 1)
        body.append(html.Tr(cells))
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="desk-table training-table")


def _unit(counts: TrainingCounts) -> Sequence[Component | str]:
    first, test = _session_cells(counts.sessions), counts.proficiency
    if test is None:
        return [*first, html.Span(NO_TEST, className="desk-faint")]
    percent = test.passed_share.percent
    bar = text.UNKNOWN if percent is None else svg.bullet(percent, None, None, 100)
    numbers = [text.whole(number) for number in (test.staff, test.tested, test.passed)]
    return [*first, *numbers, bar, _share(test.passed_share)]


def _session_cells(known: SessionSum | None) -> list[Component | str]:
    if known is None:
        return [_silent(), *[text.UNKNOWN] * 3]
    told = CountedShare(known.came, known.invited)
    return [text.whole(known.held), text.whole(known.planned), _said(known.attended), _of(told)]


def _session(one: TrainingSession, today: date) -> Sequence[Component | str]:
    state = one.state(today)
    is_late = state is SessionState.UNREPORTED
    return [
        html.Span(f"{one.held_on:%d/%m/%Y}", className="desk-time"),
        html.Code(one.code),
        one.title,
        SESSION_KIND_NAMES[one.kind],
        text.whole(one.units),
        _said(one.invited),
        _said(one.attended),
        html.Div([_material(*each) for each in one.materials], className="desk-two") if one.materials else text.UNKNOWN,
        html.Span(SESSION_STATE_NAMES[state], className="is-bad" if is_late else None),
    ]


def _material(title: str, reference: str) -> Component:
    if reference.startswith(("http://", "https://")):
        return html.A(title or reference, href=reference, target="_blank", rel="noopener noreferrer")
    return html.Span(", ".join(words for words in (title, reference) if words))


def _passed_words(test: ProficiencySum | None) -> str:
    return NO_TEST if test is None else f"{_of(test.passed_share)} cán bộ"


def _tested_words(test: ProficiencySum | None) -> str:
    return NO_TEST if test is None else f"{_of(test.tested_share)} cán bộ, lần kiểm tra mới nhất"


def _share(share: CountedShare | None) -> str:
    percent = None if share is None else share.percent
    return text.UNKNOWN if percent is None else text.percent(percent)


def _said(number: int | None) -> str:
    return text.UNKNOWN if number is None else text.whole(number)


def _of(share: CountedShare) -> str:
    return f"{text.whole(share.part)}/{text.whole(share.whole)}" if share.whole else text.UNKNOWN


def _silent() -> Component:
    return html.Span(text.NO_FIGURES, className="desk-faint")

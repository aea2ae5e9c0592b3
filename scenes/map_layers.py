"""What each layer of the map says of each unit: the rate against its pace, overdue clocks, open alarms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from components import format as text
from components.area_map import LegendEntry, MapLayer, MapMark, Tone
from components.unit_table import UnitRow
from domain.alarms import CAMERAS, FIELD_REPORTS, signs_by_unit
from domain.rates import RateComparison, printed
from scenes.answers import WallAnswers
from scenes.figures import WallFigures


def rate_layer(answers: WallAnswers, figures: WallFigures) -> MapLayer:
    """Chậm below the pace, đúng up to the band above it, vượt beyond; the number is the rate in việc."""
    pace, band = figures.cases.pace, answers.limits.band_points
    if pace is None:
        return MapLayer("Tỷ lệ xong về việc, %", "chưa có chỉ tiêu", (), _marks(answers, figures, _rate, _no_tone))
    low, high = printed(pace), printed(pace) + band
    legend = (
        LegendEntry(Tone.LOW, f"Chậm: dưới {text.decimal(low)}"),
        LegendEntry(Tone.MIDDLE, f"Đúng: {text.decimal(low)} đến {text.decimal(high)}"),
        LegendEntry(Tone.HIGH, f"Vượt: trên {text.decimal(high)}"),
    )
    note = f"so với tiến độ {text.percent(pace)}"
    return MapLayer(
        "Tỷ lệ xong về việc, %", note, legend, _marks(answers, figures, _rate, lambda row: _tone_of(row.cases, band))
    )


def far_rate_layer(answers: WallAnswers, figures: WallFigures) -> MapLayer:
    """The same in the shorter words of the far layout."""
    layer = rate_layer(answers, figures)
    pace = figures.cases.pace
    if pace is None:
        return layer
    low, high = text.decimal(printed(pace)), text.decimal(printed(pace) + answers.limits.band_points)
    words = (f"Chậm, dưới {low}", "Đúng tiến độ", f"Vượt, trên {high}")
    entries = zip(layer.legend, words, strict=True)
    return replace(layer, legend=tuple(replace(entry, words=said) for entry, said in entries))


def clock_layer(answers: WallAnswers, figures: WallFigures) -> MapLayer:
    """How many việc of each unit have an overdue statutory clock."""
    limit = answers.limits.overdue_clocks

    def tone(row: UnitRow) -> Tone:
        if row.overdue_clocks is None:
            return Tone.NONE
        return Tone.LOW if row.overdue_clocks >= limit else Tone.MIDDLE if row.overdue_clocks else Tone.HIGH

    legend = (
        LegendEntry(Tone.LOW, f"Từ {limit} việc"),
        LegendEntry(Tone.MIDDLE, "Dưới ngưỡng cảnh báo"),
        LegendEntry(Tone.HIGH, "Không có"),
    )
    marks = _marks(answers, figures, lambda row: _count(row.overdue_clocks), tone)
    return MapLayer("Thời hạn luật định quá hạn, việc", answers.clock_coverage, legend, marks)


def report_layer(answers: WallAnswers) -> MapLayer:
    """How many open field reports each unit has, and whether one of them is overdue."""
    counts = answers.reports.by_unit or {}
    lit = signs_by_unit(answers.report_alarms if answers.is_fresh(FIELD_REPORTS) else ())

    def mark(code: str, name: str) -> MapMark:
        found = counts[code]
        tone = Tone.LOW if found.overdue else Tone.MIDDLE if found.open else Tone.HIGH
        priority, count = lit.get(code, (None, 0))
        return MapMark(name, text.whole(found.open), tone, priority, count)

    legend = (
        LegendEntry(Tone.LOW, "Có quá hạn"),
        LegendEntry(Tone.MIDDLE, "Đang mở, trong hạn"),
        LegendEntry(Tone.HIGH, "Không có"),
    )
    marks = _context(answers) | {
        code: mark(code, answers.unit_names[code]) for code in _drawn(answers) if code in counts
    }
    outside = sum(report.unit not in answers.unit_names for report in answers.reports.open)
    note = f"{answers.reports.counts.open} phản ánh" + (f", {outside} ngoài địa bàn" if outside else "")
    return MapLayer("Phản ánh đang mở", note, legend, marks)


def presence_layer(answers: WallAnswers) -> MapLayer:
    """Present of those expected in each unit; a unit whose terminal is silent is unknown, not empty."""
    counts = answers.presence.by_unit

    def mark(code: str) -> MapMark:
        found, name = counts.get(code), answers.unit_names[code]
        if found is None or found.present is None:
            return MapMark(name, text.UNKNOWN, Tone.NONE)
        missing = found.expected - found.not_due - found.present
        tone = Tone.NONE if found.unknown else Tone.MIDDLE if missing else Tone.HIGH
        return MapMark(name, f"{found.present}/{found.expected}", tone)

    legend = (
        LegendEntry(Tone.HIGH, "Đủ"),
        LegendEntry(Tone.MIDDLE, "Thiếu"),
        LegendEntry(Tone.NONE, "Mất dữ liệu"),
    )
    marks = _context(answers) | {code: mark(code) for code in _drawn(answers) if code in answers.unit_names}
    return MapLayer("Có mặt / cần có mặt", "", legend, marks)


def camera_layer(answers: WallAnswers) -> MapLayer:
    """Cameras that work of those installed in each unit; one whose line is cut is unknown."""
    found = answers.cameras.by_unit
    signs = signs_by_unit(alarm for alarm in answers.lit_alarms if alarm.source == CAMERAS)

    def mark(code: str) -> MapMark:
        coverage, name = found[code].coverage, answers.unit_names[code]
        seen = coverage.seen
        if not coverage.installed or seen is None:
            return MapMark(name, f"?/{coverage.installed}" if coverage.installed else text.UNKNOWN, Tone.NONE)
        priority, count = signs.get(code, (None, 0))
        tone = Tone.HIGH if seen == coverage.installed else Tone.LOW if coverage.failing else Tone.MIDDLE
        return MapMark(name, f"{seen}/{coverage.installed}", tone, priority, count)

    legend = (
        LegendEntry(Tone.HIGH, "Đủ tín hiệu"),
        LegendEntry(Tone.LOW, "Có camera không có hình"),
        LegendEntry(Tone.NONE, "Mất dữ liệu"),
    )
    marks = _context(answers) | {code: mark(code) for code in _drawn(answers) if code in found}
    return MapLayer("Camera hoạt động / lắp đặt", "", legend, marks)


def alarm_layer(answers: WallAnswers, figures: WallFigures) -> MapLayer:
    """How many open alarms each unit has, of any priority."""
    counts: dict[str, int] = {}
    for alarm in answers.alarms:
        counts[alarm.unit] = counts.get(alarm.unit, 0) + 1

    def tone(row: UnitRow) -> Tone:
        return Tone.LOW if counts.get(row.code) else Tone.HIGH

    legend = (LegendEntry(Tone.LOW, "Có cảnh báo"), LegendEntry(Tone.HIGH, "Không có"))
    marks = _marks(answers, figures, lambda row: str(counts.get(row.code, 0)), tone)
    whole = counts.get(answers.scope.code, 0)
    note = f"{len(answers.alarms)} cảnh báo, trong đó {whole} của {answers.scope.short_name}" if whole else ""
    return MapLayer("Cảnh báo đang mở", note, legend, marks)


def _marks(
    answers: WallAnswers, figures: WallFigures, value: Callable[[UnitRow], str], tone: Callable[[UnitRow], Tone]
) -> dict[str, MapMark]:
    """A mark per unit of the scope; on a wall of one unit the others are only there to show where it lies."""
    signs = signs_by_unit(answers.lit_alarms)
    marks = _context(answers)
    for row in figures.rows:
        priority, count = signs.get(row.code, (None, 0))
        silent = row.docketed is None
        marks[row.code] = MapMark(
            row.name,
            text.UNKNOWN if silent else value(row),
            Tone.NONE if silent else tone(row),
            priority,
            count,
        )
    return marks


def _drawn(answers: WallAnswers) -> list[str]:
    """The codes of the units that have a place on the map."""
    return [unit.code for unit in answers.question.organisation.case_units_on(answers.today)]


def _context(answers: WallAnswers) -> dict[str, MapMark]:
    """Every unit, as it stands on a wall of another."""
    units = answers.question.organisation.case_units_on(answers.today)
    return {unit.code: MapMark(unit.short_name, tone=Tone.CONTEXT) for unit in units}


def _rate(row: UnitRow) -> str:
    return _decimal(row.cases.value)


def _tone_of(rate: RateComparison, band: Decimal) -> Tone:
    points = rate.points_to_pace
    if points is None:
        return Tone.NONE
    return Tone.LOW if points < 0 else Tone.MIDDLE if points <= band else Tone.HIGH


def _no_tone(_row: UnitRow) -> Tone:
    return Tone.NONE


def _decimal(value: Decimal | None) -> str:
    return text.UNKNOWN if value is None else text.decimal(value)


def _count(value: int | None) -> str:
    return text.UNKNOWN if value is None else text.whole(value)

"""The workbook of the quality of alarms: one row a figure, with what it means; an unknown one is an empty cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from domain.alarm_quality import AlarmQuality, QualityLimits
from domain.alarms import PRIORITY_NAMES, STATE_NAMES
from reports.table import Cell, Table, write_table

COLUMNS = (("Phần", 26), ("Mục", 44), ("Giá trị", 14), ("Đơn vị", 24), ("Ghi chú", 60))
Row = tuple[Cell, ...]


def write_alarm_quality(
    path: Path,
    quality: AlarmQuality | None,
    limits: QualityLimits,
    rules: Mapping[str, str],
    units: Mapping[str, str],
    notes: Sequence[str],
    now: datetime,
) -> None:
    """`rules` and `units` are names by code; without a quality nothing was ever recorded. Raises OSError."""
    rows: list[Row] = []
    if quality is not None:
        rows = [*_load(quality, limits), *_priorities(quality, limits), *_rules(quality, rules)]
        rows += _standing(quality, units, now)
    write_table(path, Table("Chất lượng cảnh báo", COLUMNS, rows, notes))


def _load(quality: AlarmQuality, limits: QualityLimits) -> list[Row]:
    load, part = quality.load, "Tải và dồn dập"
    unmanned = "" if load else "chưa có ca trực"
    whole = "chỉ tính khoảng 10 phút có người trực trọn vẹn"
    flood = f"khoảng 10 phút có từ {limits.flood_count} cảnh báo mới"
    return [
        (part, "Cảnh báo mới", quality.alarms if quality.windows else None, "cảnh báo", None),
        (
            part,
            "Trung bình mỗi người trực",
            _number(load.mean if load else None),
            "cảnh báo / 10 phút",
            unmanned or whole,
        ),
        (
            part,
            "Cao nhất mỗi người trực",
            _number(load.peak if load else None),
            "cảnh báo / 10 phút",
            unmanned or whole,
        ),
        (part, "Cảnh báo ngoài ca trực", load.outside if load else None, "cảnh báo", unmanned or None),
        (part, "Thời gian dồn dập", _number(quality.flood_share), "%", flood),
        (part, "Nhiều nhất trong 10 phút", quality.busiest if quality.windows else None, "cảnh báo", None),
        (part, "Tạm ẩn", quality.shelving.times, "lần", f"{quality.shelving.alarms} cảnh báo"),
        (part, "Người đã tạm ẩn", quality.shelving.people, "người", "chỉ đếm, không nêu tên"),
    ]


def _priorities(quality: AlarmQuality, limits: QualityLimits) -> list[Row]:
    rows: list[Row] = []
    for priority, found in quality.priorities.items():
        part = f"Mức {PRIORITY_NAMES[priority].lower()}"
        rows += [
            (part, "Số cảnh báo", found.count, "cảnh báo", None),
            (part, "Tỷ lệ", _number(found.share), "%", f"tham chiếu {limits.shares[priority]}%"),
            (
                part,
                "Trung vị đến khi xác nhận",
                _minutes(found.to_acknowledge),
                "phút",
                f"{found.acknowledged} cảnh báo",
            ),
            (part, "Trung vị đến khi đóng", _minutes(found.to_close), "phút", f"{found.closed} cảnh báo"),
        ]
    return rows


def _rules(quality: AlarmQuality, names: Mapping[str, str]) -> list[Row]:
    return [
        (
            "Quy tắc nhiều nhất",
            names.get(each.rule, each.rule),
            each.count,
            "cảnh báo",
            f"{each.share:.1f}%".replace(".", ","),
        )
        for each in quality.rules
    ]


def _standing(quality: AlarmQuality, units: Mapping[str, str], now: datetime) -> list[Row]:
    return [
        (
            "Đứng lâu",
            each.title,
            (now - each.raised_at) / timedelta(hours=1),
            "giờ",
            f"{units.get(each.unit, each.unit)}, {STATE_NAMES[each.state].lower()}",
        )
        for each in quality.standing
    ]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _minutes(span: timedelta | None) -> float | None:
    return None if span is None else span / timedelta(minutes=1)

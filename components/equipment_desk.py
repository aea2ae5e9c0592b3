"""The equipment register on a desk: which offices have all a modern one needs, need by need, and the lines of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components import format as text
from components.desk_parts import desk_figure, desk_figures
from components.training_desk import table
from domain.counted_share import CountedShare
from domain.equipment import (
    EQUIPMENT_NAMES,
    EquipmentItem,
    EquipmentNeed,
    KindCoverage,
    OfficeEquipment,
)
from domain.freshness import SourceFacts

SAMPLE_NEEDS = "danh mục minh họa, chờ cơ quan xác nhận"
NO_REGISTER = "Chưa có sổ trang thiết bị của đơn vị này."
CONCLUSIONS = {True: "Đủ", False: "Thiếu", None: "Chưa rõ"}
Offices = Mapping[str, OfficeEquipment | None]


def equipment_figures(equipped: CountedShare, offices: Offices, source: SourceFacts) -> Component:
    """Offices with everything, of those of which it is known; those without a register are told beside."""
    silent = sum(office is None for office in offices.values())
    lacking = equipped.whole - equipped.part
    percent = equipped.percent
    figures = [
        desk_figure(
            "Trụ sở đủ thiết bị",
            text.UNKNOWN if percent is None else text.percent(percent),
            f"{equipped.part}/{equipped.whole} trụ sở biết được",
        ),
        desk_figure("Trụ sở còn thiếu", text.whole(lacking), "ít nhất một loại", lacking > 0),
        desk_figure("Chưa rõ", text.whole(equipped.unknown - silent), "sổ không ghi năm, tình trạng hoặc nối mạng"),
        desk_figure("Chưa gửi sổ", text.whole(silent), "đơn vị, không tính là thiếu"),
        desk_figure("Thiết bị trong sổ", text.whole(_pieces(offices)), "mọi loại, mọi tình trạng"),
    ]
    return desk_figures(figures, source)


def office_table(offices: Offices, needs: Sequence[EquipmentNeed], names: Mapping[str, str]) -> Component:
    """Every office against every need: fit pieces of how many needed; short in amber, unsure in the colour of old."""
    head = ["Đơn vị", *(EQUIPMENT_NAMES[need.kind] for need in needs), "Cũ nhất", "Sổ đến ngày", "Kết luận"]
    rows: list[Sequence[Component | str]] = []
    for code, office in offices.items():
        name = html.B(names.get(code, code))
        if office is None:
            rows.append([name, html.Span(text.NO_FIGURES, className="desk-faint")])
            continue
        year = text.UNKNOWN if office.oldest_year is None else str(office.oldest_year)
        cells = [_covered(one) for one in office.coverage]
        rows.append([name, *cells, year, text.day(office.stated_on), _conclusion(office.has_all)])
    return html.Div([table(head, rows, range(1, len(head) - 1)), html.P(needs_words(needs), className="desk-faint")])


def line_table(items: Sequence[EquipmentItem]) -> Component:
    """The register of one unit."""
    if not items:
        return html.P(NO_REGISTER, className="desk-nothing")
    head = ("Loại thiết bị", "Số lượng", "Năm sử dụng", "Tình trạng", "Nối mạng", "Mã tài sản")
    rows = [
        [
            EQUIPMENT_NAMES[item.kind],
            text.whole(item.quantity),
            text.UNKNOWN if item.year is None else str(item.year),
            _said(item.is_working, "dùng được", "hỏng"),
            _said(item.is_networked, "có", "không"),
            html.Code(item.asset) if item.asset else text.UNKNOWN,
        ]
        for item in items
    ]
    return table(head, rows, (1, 2))


def needs_words(needs: Sequence[EquipmentNeed]) -> str:
    """What a modern office needs, in words, and whose word it is."""
    told = "; ".join(_need(need) for need in needs)
    sample = f" ({SAMPLE_NEEDS})" if any(need.is_sample for need in needs) else ""
    return f"Mỗi ô: số đạt yêu cầu / số cần. Nhu cầu một trụ sở hiện đại{sample}: {told}."


def _need(need: EquipmentNeed) -> str:
    age = f", không quá {need.oldest} năm" if need.oldest is not None else ""
    network = ", nối mạng" if need.must_be_networked else ""
    return f"{need.least} {EQUIPMENT_NAMES[need.kind].lower()}{age}{network}"


def _covered(one: KindCoverage) -> Component:
    unsure = f" (+{one.unknown}?)" if one.unknown else ""
    kind = {True: None, False: "is-bad", None: "is-old"}[one.is_met]
    return html.Span(f"{one.fit}/{one.need.least}{unsure}", className=kind, title=f"có {one.quantity} trong sổ")


def _conclusion(has_all: bool | None) -> Component:
    return html.Span(CONCLUSIONS[has_all], className={True: None, False: "is-bad", None: "is-old"}[has_all])


def _said(known: bool | None, yes: str, no: str) -> str:
    return "chưa rõ" if known is None else yes if known else no


def _pieces(offices: Offices) -> int:
    return sum(office.quantity for office in offices.values() if office is not None)

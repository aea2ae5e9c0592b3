"""A pack of ten units for the demo city's tests, and an independent reading and count of the workbooks it delivers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from python_calamine import CalamineWorkbook

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SEED = 2027

_DISTRICTS = (
    "Huế", "Hương Thủy", "Hương Trà", "Phong Điền", "Quảng Điền", "Phú Vang", "Phú Lộc", "A Lưới", "Nam Đông",
)  # fmt: skip

_UNIT_COLUMNS = "code,name,short_name,kind,parent,handles_cases,illustrative,valid_from,valid_to"
_STATES = {
    "Có điều kiện": "C",
    "Chưa có điều kiện": "K",
    "Chuyển sổ theo dõi riêng": "S",
    "Hoãn": "O",
    "Tạm đình chỉ": "O",
    "Hoãn theo thỏa thuận": "C",
    "Thi hành xong": "X",
    "Đình chỉ": "X",
    "Ủy thác": "U",
    "Thu hồi": "U",
    "Hủy quyết định": "U",
    "Rút lên": "U",
}
ENDS = frozenset({"X", "U"})


def a_ten_unit_pack(folder: Path) -> Path:
    """Cục and nine Chi cục, each of those with four wards, valid from 2018."""
    units = ["T,Cục THADS tỉnh,Cục THADS tỉnh,province,,1,0,2018-01-01,"]
    units += [
        f"U{number},Chi cục THADS {name},{name},district,T,1,0,2018-01-01," for number, name in enumerate(_DISTRICTS, 1)
    ]
    areas = [f"W{unit}{ward},phường {unit}.{ward}" for unit in range(1, 10) for ward in range(4)]
    territory = [f"U{unit},W{unit}{ward},2018-01-01," for unit in range(1, 10) for ward in range(4)]
    return _a_pack(folder, units, areas, territory, [])


def a_two_era_pack(folder: Path) -> Path:
    """Old offices A and B until 30/6/2025; then one new office N with the wards of both."""
    units = [
        "T,Cục THADS tỉnh,Cục,province,,1,0,2018-01-01,2025-06-30",
        "A,Chi cục THADS A,A,district,T,1,0,2018-01-01,2025-06-30",
        "B,Chi cục THADS B,B,district,T,1,0,2018-01-01,2025-06-30",
        "R,THADS thành phố,THADS thành phố,city,,1,0,2025-07-01,",
        "N,Phòng THADS khu vực 1,Khu vực 1,regional,R,1,1,2025-07-01,",
    ]
    territory = [f"{unit},{ward},2018-01-01,2025-06-30" for unit, ward in (("A", "WA"), ("B", "WB"))]
    territory += ["N,WA,2025-07-01,", "N,WB,2025-07-01,"]
    successions = ["T,R,,2025-07-01", "A,N,WA,2025-07-01", "B,N,WB,2025-07-01"]
    return _a_pack(folder, units, ["WA,phường A", "WB,xã B"], territory, successions)


def _a_pack(folder: Path, units: list[str], areas: list[str], territory: list[str], successions: list[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "units.csv": [_UNIT_COLUMNS, *units],
        "areas.csv": ["code,name,kind,illustrative,valid_from,valid_to", *(f"{row},ward,0,," for row in areas)],
        "territory.csv": ["unit,area,valid_from,valid_to", *territory],
        "successions.csv": ["from_unit,to_unit,area,on", *successions],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@dataclass(slots=True)
class ReadBook:
    """The three sheets of a workbook with and without their header rows."""

    headers: dict[str, list[object]] = field(default_factory=dict)
    cases: list[list[object]] = field(default_factory=list)
    decisions: list[list[object]] = field(default_factory=list)
    money: list[list[object]] = field(default_factory=list)
    note: str = ""

    def all_rows(self) -> list[list[object]]:
        """Every data row, sheet by sheet, for comparing content."""
        return [*self.cases, *self.decisions, *self.money]


def read_book(path: Path) -> ReadBook:
    """What a delivered workbook says."""
    book = CalamineWorkbook.from_path(str(path))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    result = ReadBook({name: rows[0] for name, rows in sheets.items()})
    result.cases, result.decisions, result.money = (sheets[name][1:] for name in ("Việc", "Quyết định", "Thu chi"))
    result.note = str(sheets["Ghi chú"][0][0])
    return result


def key_of(row: Sequence[object]) -> tuple[object, ...]:
    """Issuing unit, number and decision day, as every sheet carries them in its first columns."""
    return tuple(row[:3])


@dataclass(slots=True)
class Count:
    """What a day's statistics are, in việc and in đồng: có điều kiện (with completed), chưa, khác, completed."""

    enforceable: int = 0
    not_enforceable: int = 0
    other: int = 0
    separate: int = 0
    completed: int = 0
    docketed: int = 0
    enforceable_money: int = 0
    completed_money: int = 0

    @property
    def rate(self) -> float:
        """Completed over có điều kiện, percent of việc."""
        return 100 * self.completed / self.enforceable

    @property
    def money_rate(self) -> float:
        """The same, percent of đồng."""
        return 100 * self.completed_money / self.enforceable_money

    @property
    def to_enforce(self) -> int:
        """Phải thi hành."""
        return self.enforceable + self.not_enforceable + self.other


def count_by_unit(books: Iterable[ReadBook], on: date) -> dict[str, Count]:
    """A second opinion: replay every việc of the workbooks up to a day, without any of the product's code."""
    counts: dict[str, Count] = defaultdict(Count)
    begins_on = date(on.year if on.month >= 10 else on.year - 1, 10, 1)
    for book in books:
        events: dict[tuple[object, ...], list[list[object]]] = defaultdict(list)
        paid: dict[tuple[object, ...], list[list[object]]] = defaultdict(list)
        for row in book.decisions:
            if row[6] != "x" and row[4] <= on:  # type: ignore[operator]
                events[key_of(row)].append(row)
        for row in book.money:
            if row[4] in ("Thu", "Nhận tài sản trừ tiền") and row[3] <= on:  # type: ignore[operator]
                paid[key_of(row)].append(row)
        for row in book.cases:
            if row[3] <= on:  # type: ignore[operator]
                _count_case(counts[str(row[4])], row, events[key_of(row)], paid[key_of(row)], begins_on)
    return counts


def _count_case(
    count: Count, case: list[object], events: list[list[object]], paid: list[list[object]], begins_on: date
) -> None:
    state, before, ended_on, terminated = "C", "C", None, 0
    for row in sorted(events, key=lambda item: (item[4], item[3] in ("Thi hành xong", "Đình chỉ"))):  # type: ignore[arg-type]
        kind = str(row[3])
        moved = before if kind == "Tiếp tục" else _STATES.get(kind, state)
        before = moved if kind in ("Có điều kiện", "Chưa có điều kiện") else before
        state = moved
        if state in ENDS and ended_on is None:
            ended_on, terminated = row[4], int(row[5] or 0) if kind == "Đình chỉ" else 0  # type: ignore[call-overload]
    this_year = sum(int(row[5]) for row in paid if row[3] >= begins_on)  # type: ignore[call-overload,operator]
    remaining = int(case[9]) - sum(int(row[5]) for row in paid)  # type: ignore[call-overload]
    if case[3] >= begins_on:  # type: ignore[operator]
        count.docketed += 1
    if ended_on is not None and ended_on < begins_on:  # type: ignore[operator]
        return
    done = this_year + (terminated if state == "X" else 0)
    count.completed_money += done
    count.enforceable_money += done + (remaining if state == "C" else 0)
    count.completed += state == "X"
    count.enforceable += state in ("C", "X")
    count.not_enforceable += state == "K"
    count.other += state == "O"
    count.separate += state == "S"


def total(counts: Iterable[Count]) -> Count:
    """The province."""
    result = Count()
    for count in counts:
        for name in Count.__slots__:
            setattr(result, name, getattr(result, name) + getattr(count, name))
    return result


def every_date(book: ReadBook) -> Iterable[date]:
    """All dates a workbook holds."""
    return chain(
        (row[column] for row in book.cases for column in (2, 3)),
        (row[column] for row in book.decisions for column in (2, 4)),
        (row[column] for row in book.money for column in (2, 3)),
    )  # type: ignore[return-value]

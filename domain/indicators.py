"""The catalogue: each number's id, Vietnamese name, formula, direction, legal basis; screens, forms and feeds use it.

One definition computes the value wherever it is shown, so a wall and a form cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.statistics import Figures, Measure

Value = Decimal | int | None


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class CountedIn(StrEnum):
    """Việc or đồng."""

    CASES = "cases"
    AMOUNT = "amount"


COUNTED_NAMES = {CountedIn.CASES: "việc", CountedIn.AMOUNT: "tiền"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of the statistical form, counted in việc or đồng.

    `field` names the figure of domain.statistics.Measure; `formula` is in the form's words; `symbols` in those of the
    identities I1-I9 (LETTERS); `excludes` says what a reader might think is in it; `source` is the name of the source.
    """

    id: str
    name: str
    field: str
    counted_in: CountedIn
    unit: str
    formula: str
    symbols: str
    direction: Direction
    legal_basis: str
    excludes: str = ""
    source: str = "cases"

    def value(self, figures: Figures) -> Value:
        """The value in `unit`; None when it cannot be computed, which is never shown as zero."""
        measure: Measure = figures.cases if self.counted_in is CountedIn.CASES else figures.amount
        value: Value = getattr(measure, self.field)
        return value

    def count(self, figures: Figures) -> int:
        """The value of a count of việc or đồng; raises TypeError for a rate."""
        value = self.value(figures)
        if not isinstance(value, int):
            raise TypeError(f"{self.id} is not a count")
        return value

    def rate(self, figures: Figures) -> Decimal | None:
        """The value of a rate in percent, None without a denominator; raises TypeError for a count."""
        value = self.value(figures)
        if isinstance(value, int):
            raise TypeError(f"{self.id} is not a rate")
        return value


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the form, before it is said once for việc and once for tiền."""

    field: str
    name: str
    formula: str
    symbols: str
    direction: Direction = Direction.NEITHER
    legal_basis: str = "TT 05/2024/TT-BTP"
    is_rate: bool = False

    @property
    def excludes(self) -> str:
        """What is not in it, where somebody might think it is."""
        return _EXCLUDES.get(self.field, "")


_SEPARATE = "việc chưa có điều kiện đã chuyển sổ theo dõi riêng"
_EXCLUDES = {
    "total_docketed": _SEPARATE,
    "carried_over": f"{_SEPARATE}; việc đã xong trước kỳ",
    "to_enforce": f"{_SEPARATE}; việc ủy thác đi, thu hồi, hủy, rút lên; phần được miễn giảm",
    "enforceable": f"hoãn (trừ theo thỏa thuận) và tạm đình chỉ; chưa có điều kiện; {_SEPARATE}",
    "not_enforceable": _SEPARATE,
    "other": "hoãn theo thỏa thuận của đương sự, được tính vào có điều kiện",
    "completed": "việc ủy thác đi, thu hồi, hủy",
    "enforceable_in_progress": "việc đã xong, đình chỉ trong kỳ",
    "carried_forward": f"{_SEPARATE}; việc đã xong",
    "enforceable_carried_forward": "việc chưa có điều kiện, hoãn (trừ theo thỏa thuận), tạm đình chỉ",
    "completion_rate": f"mẫu số không có việc chưa có điều kiện, hoãn (trừ theo thỏa thuận), tạm đình chỉ; {_SEPARATE}",
    "enforceable_rate": f"{_SEPARATE} không có trong mẫu số",
    "not_enforceable_rate": f"{_SEPARATE} không có trong tử số và mẫu số",
}
# What the letters of the identities I1-I9 stand for, as fields of Measure.
LETTERS = {
    "T": "total_docketed",
    "A": "carried_over",
    "B": "newly_docketed",
    "U": "entrusted",
    "H": "revoked",
    "R": "taken_up",
    "G": "reduced",
    "P": "to_enforce",
    "C": "enforceable",
    "K": "not_enforceable",
    "O": "other",
    "S": "separate_register",
    "X": "completed",
    "Đ": "terminated",
    "N": "carried_forward",
}


_LINES = (
    _Line("total_docketed", "Tổng số thụ lý", "năm trước chuyển sang + thụ lý mới", "T = A + B"),
    _Line(
        "carried_over",
        "Năm trước chuyển sang",
        "số còn lại cuối kỳ trước, trừ số đã chuyển sổ theo dõi riêng",
        "A = T − B",
    ),
    _Line("newly_docketed", "Thụ lý mới", "số thụ lý trong kỳ", "B"),
    _Line("entrusted", "Ủy thác", "số ủy thác đi trong kỳ", "U"),
    _Line("revoked", "Thu hồi, hủy quyết định", "số thu hồi, hủy trong kỳ", "H"),
    _Line("taken_up", "Rút lên", "số rút hồ sơ lên trong kỳ (cơ cấu hai cấp)", "R"),
    _Line(
        "reduced",
        "Giảm nghĩa vụ, giảm khác",
        "miễn giảm và phần không còn phải thi hành",
        "G",
        legal_basis="chưa kiểm chứng",
    ),
    _Line(
        "to_enforce",
        "Tổng số phải thi hành",
        "thụ lý − ủy thác − thu hồi, hủy − rút lên − giảm",
        "P = T − U − H − R − G",
    ),
    _Line("enforceable", "Có điều kiện", "thi hành xong + đang thi hành + hoãn theo thỏa thuận", "C"),
    _Line("not_enforceable", "Chưa có điều kiện", "trừ số đã chuyển sổ theo dõi riêng", "K"),
    _Line("other", "Hoãn, tạm đình chỉ, khác", "hoãn (trừ theo thỏa thuận), tạm đình chỉ", "O = P − C − K"),
    _Line("separate_register", "Sổ theo dõi riêng", "đã chuyển sổ theo dõi riêng, ngoài số phải thi hành", "S"),
    _Line("completed", "Thi hành xong", "thi hành xong + đình chỉ trong kỳ", "X", Direction.UP),
    _Line("terminated", "Trong đó đình chỉ", "số đình chỉ trong kỳ", "Đ"),
    _Line("enforceable_in_progress", "Đang thi hành", "có điều kiện − thi hành xong", "C − X"),
    _Line("carried_forward", "Chuyển kỳ sau", "phải thi hành − thi hành xong", "N = P − X", Direction.DOWN),
    _Line(
        "enforceable_carried_forward",
        "Có điều kiện chuyển kỳ sau",
        "có điều kiện − thi hành xong",
        "C − X",
        Direction.DOWN,
    ),
    _Line(
        "completion_rate", "Tỷ lệ thi hành xong", "thi hành xong / có điều kiện", "X / C", Direction.UP, is_rate=True
    ),
    _Line("enforceable_rate", "Tỷ lệ có điều kiện", "có điều kiện / phải thi hành", "C / P", is_rate=True),
    _Line(
        "not_enforceable_rate", "Tỷ lệ chưa có điều kiện", "chưa có điều kiện / phải thi hành", "K / P", is_rate=True
    ),
)


def _catalogue() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for line in _LINES:
        for counted_in in CountedIn:
            unit = "%" if line.is_rate else "việc" if counted_in is CountedIn.CASES else "đồng"
            indicator = Indicator(
                id=f"{line.field}_{counted_in}",
                name=f"{line.name} về {COUNTED_NAMES[counted_in]}",
                field=line.field,
                counted_in=counted_in,
                unit=unit,
                formula=line.formula,
                symbols=line.symbols,
                direction=line.direction,
                legal_basis=line.legal_basis,
                excludes=line.excludes,
            )
            found[indicator.id] = indicator
    return found


CATALOGUE: dict[str, Indicator] = _catalogue()


def indicator(id: str) -> Indicator:
    """One indicator by id; raises KeyError."""
    return CATALOGUE[id]

"""Figures beside the statistical form that screens show: what each means, from where, and what it leaves out.

Their values have their own questions; here stands the one definition in words that every screen and document refers to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OURS = "chỉ tiêu quản lý của cơ quan"
PLEDGE = "cam kết của Đề án 2018"
CITY_RULES = "quy chế xử lý phản ánh của thành phố, thời hạn do cơ quan nhập"


class Compared(StrEnum):
    """Mốc so sánh: which moment of yesterday a figure is held against. NOT_KEPT: what it was is written over."""

    SAME_HOUR = "same_hour"
    DAY_END = "day_end"
    NOT_KEPT = "not_kept"


COMPARED_NAMES = {
    Compared.SAME_HOUR: "hôm qua cùng giờ",
    Compared.DAY_END: "hết ngày hôm qua",
    Compared.NOT_KEPT: "quá khứ không được lưu",
}


@dataclass(frozen=True, slots=True)
class OtherIndicator:
    """One number that is not of the form; `source` is a name of the catalogue of sources, `page` where it is worked,
    `compared` what of yesterday it is held against."""

    id: str
    name: str
    unit: str
    formula: str
    legal_basis: str
    excludes: str
    source: str
    page: str
    compared: Compared = Compared.SAME_HOUR

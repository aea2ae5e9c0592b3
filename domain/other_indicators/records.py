"""Figures beside the statistical form that screens show: what each means, from where, and what it leaves out.

Their values have their own questions; here stands the one definition in words that every screen and document refers to.
"""

from __future__ import annotations

from dataclasses import dataclass

OURS = "chỉ tiêu quản lý của cơ quan"
PLEDGE = "cam kết của Đề án 2018"
CITY_RULES = "quy chế xử lý phản ánh của thành phố, thời hạn do cơ quan nhập"


@dataclass(frozen=True, slots=True)
class OtherIndicator:
    """One number that is not of the form; `source` is a name of the catalogue of sources, `page` where it is worked."""

    id: str
    name: str
    unit: str
    formula: str
    legal_basis: str
    excludes: str
    source: str
    page: str

"""How much work each invented unit has and how fast it is, shaped like the published provinces and the wall pictures.

Shares are of việc or of đồng; rates are completed over có điều kiện, 0-1. Nothing here is a real figure of Huế.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from demo_city.units import Unit, folded

# One province: việc carried into a year, kept in the separate register, and docketed in a year.
CARRIED_OVER = 3860
SEPARATE_REGISTER = 640
DOCKETED_A_YEAR = 8400

# 23 November lies at this share of a statistical year's working days; the pictures on the wall are of that day.
_PICTURE_DAY = 0.147
_YEAR_END = 0.845
_MONEY_YEAR_END = 0.485
_PROVINCE_NOW, _PROVINCE_LAST_YEAR = 0.223, 0.211
_MONEY_NOW, _MONEY_LAST_YEAR = 0.147, 0.138
_WEAK_NOW = 0.108

# Share of the province's việc, completion rate on the picture's day this year and last year, money year-end factor.
_PICTURED = {
    "cuc": (0.130, 0.165, 0.179),
    "hue": (0.283, 0.251, 0.229),
    "huong thuy": (0.113, 0.259, 0.224),
    "huong tra": (0.104, 0.214, 0.231),
    "phong dien": (0.084, 0.254, 0.210),
    "quang dien": (0.062, 0.265, 0.242),
    "phu vang": (0.107, _WEAK_NOW, 0.157),
    "phu loc": (0.078, 0.218, 0.220),
    "a luoi": (0.025, 0.281, 0.251),
    "nam dong": (0.016, 0.291, 0.263),
}
# Rates for the units of any other pack, in order of size; the third is the weak one.
_ANY = ((0.25, 0.23), (0.214, 0.23), (_WEAK_NOW, 0.157), (0.26, 0.225), (0.235, 0.21), (0.28, 0.25), (0.218, 0.22))


@dataclass(frozen=True, slots=True)
class Plan:
    """What one unit is to reach: `share` of the province, and curves over the share of the year that has passed."""

    share: float
    rate_now: float
    rate_last_year: float
    money_now: float
    money_last_year: float

    @property
    def forgets(self) -> float:
        """The share of verifications and payments that its officers do too late: a tenth in the weak unit only."""
        return 0.12 if self.rate_now == _WEAK_NOW else 0.006

    def completion(self, passed: float, is_last_year: bool) -> float:
        """Completed over có điều kiện in việc when `passed` (0-1) of the year's working days are over."""
        now = self.rate_last_year if is_last_year else self.rate_now
        end = _YEAR_END + (0.5 * (now - _PROVINCE_NOW) if now > 0.15 else -0.05)
        return _curve(passed, now, end)

    def collection(self, passed: float, is_last_year: bool) -> float:
        """The same in đồng."""
        return _curve(passed, self.money_last_year if is_last_year else self.money_now, _MONEY_YEAR_END)

    def docketed(self, season: float, is_last_year: bool) -> float:
        """New cases of the unit when `season` (0-1) of the year's new cases have come; last year had 3 % fewer."""
        return DOCKETED_A_YEAR * self.share * season * (0.97 if is_last_year else 1.0)

    def not_enforceable(self, passed: float) -> float:
        """Stock of chưa có điều kiện: re-verified in October, then growing with the new cases."""
        carried = CARRIED_OVER * self.share
        october, low, high = 0.11, 0.271, 0.585
        if passed < october:
            return carried * (high + (low - high) * passed / october)
        if passed < _PICTURE_DAY + 0.02:
            return carried * low
        return carried * (low + (high - low) * (passed - _PICTURE_DAY - 0.02) / (1 - _PICTURE_DAY - 0.02))

    def paused(self) -> float:
        """Stock of hoãn and tạm đình chỉ."""
        return 0.04 * CARRIED_OVER * self.share

    def departed(self, passed: float) -> float:
        """Ủy thác, thu hồi and hủy since the year began; most are found in its first weeks."""
        return 300 * self.share * math.sqrt(passed)

    def registered(self, passed: float) -> float:
        """Moved to the separate register since the year began."""
        return 560 * self.share * passed


def plans_for(units: Sequence[Unit]) -> dict[str, Plan]:
    """A plan per unit code: as in the pictures when the pack has their ten units, else by number and kind of wards."""
    pictured = {unit.code: _PICTURED.get(_picture_key(unit)) for unit in units}
    if len(units) == len(_PICTURED) and len(set(filter(None, pictured.values()))) == len(_PICTURED):
        rough = {code: values for code, values in pictured.items() if values}
    else:
        rough = _rough_plans(units)
    now = _scale([(share, rate) for share, rate, _ in rough.values()], _PROVINCE_NOW)
    before = _scale([(share, rate) for share, _, rate in rough.values()], _PROVINCE_LAST_YEAR)
    plans: dict[str, Plan] = {}
    for code, (share, rate_now, rate_last_year) in rough.items():
        rate_now = rate_now if rate_now == _WEAK_NOW else rate_now * now
        rate_last_year *= before
        money_factor = (rate_now / _PROVINCE_NOW) ** 0.3
        plans[code] = Plan(share, rate_now, rate_last_year, _MONEY_NOW * money_factor, _MONEY_LAST_YEAR * money_factor)
    return plans


def _picture_key(unit: Unit) -> str:
    name = folded(unit.short_name)
    if unit.is_central or name.startswith("cuc"):
        return "cuc"
    return next((key for key in _PICTURED if name.endswith(key)), "")


def _rough_plans(units: Sequence[Unit]) -> dict[str, tuple[float, float, float]]:
    size = {unit.code: sum(1.4 if urban else 0.8 for _, urban in unit.wards) for unit in units if not unit.is_central}
    whole = sum(size.values()) or 1.0
    for unit in units:
        if unit.is_central:
            size[unit.code] = 0.15 * whole
    whole = sum(size.values())
    by_size = sorted(size, key=lambda code: (-size[code], code))
    return {code: (size[code] / whole, *_ANY[place % len(_ANY)]) for place, code in enumerate(by_size)}


def _scale(parts: list[tuple[float, float]], wanted: float) -> float:
    """The factor on every rate but the weak one's that makes the weighted mean what is wanted."""
    weak = sum(share * rate for share, rate in parts if rate == _WEAK_NOW)
    others = sum(share * rate for share, rate in parts if rate != _WEAK_NOW)
    return (wanted * sum(share for share, _ in parts) - weak) / others if others else 1.0


def _curve(passed: float, at_picture: float, at_end: float) -> float:
    """A power of the year passed, through both points."""
    if passed <= 0:
        return 0.0
    exponent = math.log(at_picture / at_end) / math.log(_PICTURE_DAY)
    return at_end * math.pow(passed, exponent)

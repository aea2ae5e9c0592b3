"""Trang thiết bị: what each unit has, what a modern office needs (the agency's list), and who has all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.counted_share import CountedShare


class EquipmentKind(StrEnum):
    """Loại thiết bị."""

    COMPUTER = "computer"
    SCANNER = "scanner"
    PRINTER = "printer"
    CAMERA = "camera"
    CONFERENCE = "conference"
    NETWORK = "network"
    OTHER = "other"


EQUIPMENT_NAMES = {
    EquipmentKind.COMPUTER: "Máy tính",
    EquipmentKind.SCANNER: "Máy quét",
    EquipmentKind.PRINTER: "Máy in",
    EquipmentKind.CAMERA: "Camera",
    EquipmentKind.CONFERENCE: "Thiết bị họp trực tuyến",
    EquipmentKind.NETWORK: "Đường truyền mạng",
    EquipmentKind.OTHER: "Khác",
}


@dataclass(frozen=True, slots=True)
class EquipmentItem:
    """One line of a unit's register: `quantity` pieces of a kind, in use since `year`; None: not said.

    `is_networked` says whether they are on the network. `asset` is the number of the asset book, '' without one.
    """

    unit: str
    kind: EquipmentKind
    quantity: int
    year: int | None = None
    is_working: bool | None = None
    is_networked: bool | None = None
    asset: str = ""


@dataclass(frozen=True, slots=True)
class EquipmentNeed:
    """Nhu cầu của một trụ sở hiện đại: at least so many pieces of a kind, none older than `oldest` years (None: of any
    age), on the network where `must_be_networked`. `is_sample` while the agency has not confirmed it."""

    kind: EquipmentKind
    least: int
    oldest: int | None = None
    must_be_networked: bool = False
    is_sample: bool = True


@dataclass(frozen=True, slots=True)
class KindCoverage:
    """How one need is met: `fit` pieces meet it, `unknown` may (nobody said how old, whether on the network), of all
    `quantity` there are."""

    need: EquipmentNeed
    quantity: int
    fit: int
    unknown: int

    @property
    def is_met(self) -> bool | None:
        """None where it depends on what nobody said."""
        if self.fit >= self.need.least:
            return True
        return None if self.fit + self.unknown >= self.need.least else False


@dataclass(frozen=True, slots=True)
class OfficeEquipment:
    """Trụ sở of one unit: each need in the order of the list; `stated_on` is the day of its register, `oldest_year` the
    year of its oldest working piece."""

    unit: str
    coverage: tuple[KindCoverage, ...]
    stated_on: date
    quantity: int
    oldest_year: int | None

    @property
    def has_all(self) -> bool | None:
        """Whether it has everything a modern office needs; None where that depends on what nobody said, or where
        nobody said what one needs."""
        met = [one.is_met for one in self.coverage]
        if False in met:
            return False
        return None if None in met or not met else True


def office_equipment(
    unit: str, items: Iterable[EquipmentItem], needs: Sequence[EquipmentNeed], stated_on: date, today: date
) -> OfficeEquipment:
    """The office of a unit from its register."""
    own = list(items)
    years = [item.year for item in own if item.year is not None and item.is_working is not False]
    return OfficeEquipment(
        unit=unit,
        coverage=tuple(_covered(need, own, today) for need in needs),
        stated_on=stated_on,
        quantity=sum(item.quantity for item in own),
        oldest_year=min(years, default=None),
    )


def equipped_offices(offices: Mapping[str, OfficeEquipment | None]) -> CountedShare:
    """Trụ sở có đủ thiết bị, as the programme asks: of the offices of which it is known; without a register, or
    where it depends on what nobody said, it is not."""
    found = [None if office is None else office.has_all for office in offices.values()]
    return CountedShare(found.count(True), len(found) - found.count(None), found.count(None))


def _covered(need: EquipmentNeed, items: Sequence[EquipmentItem], today: date) -> KindCoverage:
    own = [item for item in items if item.kind is need.kind]
    verdicts = [(_is_fit(item, need, today), item.quantity) for item in own]
    return KindCoverage(
        need=need,
        quantity=sum(item.quantity for item in own),
        fit=sum(quantity for is_fit, quantity in verdicts if is_fit),
        unknown=sum(quantity for is_fit, quantity in verdicts if is_fit is None),
    )


def _is_fit(item: EquipmentItem, need: EquipmentNeed, today: date) -> bool | None:
    """1. what is broken is not; 2. what is too old or not on the network is not; 3. what nobody said leaves it open,
    but for its state: a register lists what is used."""
    if item.is_working is False:
        return False
    is_young = True if need.oldest is None else None if item.year is None else today.year - item.year <= need.oldest
    is_linked = item.is_networked if need.must_be_networked else True
    if is_young is False or is_linked is False:
        return False
    return None if is_young is None or is_linked is None else True

"""What contradicts itself in an organisation pack: unknown codes, overlaps, gaps, cycles, cases nobody takes over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from domain.units.records import DAY, Area, Succession, Target, Territory, Unit, change_days, covers, in_force
from domain.vietnamese import normalised

TARGET_MEASURES = ("cases", "amount")


def all_problems(
    units: Sequence[Unit],
    areas: Sequence[Area],
    territory: Sequence[Territory],
    successions: Sequence[Succession],
    targets: Sequence[Target],
) -> Iterator[str]:
    """Every contradiction, one Vietnamese sentence each, those that explain the others first."""
    if not units:
        yield "không có đơn vị nào"
        return
    yield from _unknown_codes(units, areas, territory, successions, targets)
    yield from _backwards(units, areas, territory)
    yield from _overlaps("đơn vị", units)
    yield from _overlaps("địa bàn", areas)
    yield from _two_units_in_one_area(territory)
    yield from _broken_tree(units)
    yield from _shared_names(units)
    yield from _unserved_areas(units, areas, territory)
    yield from _territory_without_owner(units, territory)
    yield from _lost_cases(units, successions)
    yield from _impossible_successions(units, successions)
    yield from _impossible_targets(targets)


def _unknown_codes(
    units: Sequence[Unit],
    areas: Sequence[Area],
    territory: Sequence[Territory],
    successions: Sequence[Succession],
    targets: Sequence[Target],
) -> Iterator[str]:
    known_units, known_areas = {unit.code for unit in units}, {area.code for area in areas}
    for unit in units:
        if unit.parent is not None and unit.parent not in known_units:
            yield f"đơn vị {unit.code}: không có đơn vị cấp trên {unit.parent}"
        if unit.seat_area is not None and unit.seat_area not in known_areas:
            yield f"đơn vị {unit.code}: không có địa bàn đặt ký hiệu {unit.seat_area}"
    for row in territory:
        if row.unit not in known_units:
            yield f"địa bàn {row.area}: không có đơn vị {row.unit}"
        if row.area not in known_areas:
            yield f"đơn vị {row.unit}: không có địa bàn {row.area}"
    for move in successions:
        for code in {move.from_unit, move.to_unit} - known_units:
            yield f"kế thừa {move.from_unit} → {move.to_unit}: không có đơn vị {code}"
        if move.area is not None and move.area not in known_areas:
            yield f"kế thừa {move.from_unit} → {move.to_unit}: không có địa bàn {move.area}"
    for target in targets:
        if target.unit not in known_units:
            yield f"chỉ tiêu năm {target.year}: không có đơn vị {target.unit}"


def _backwards(units: Sequence[Unit], areas: Sequence[Area], territory: Sequence[Territory]) -> Iterator[str]:
    named = [
        *((f"đơn vị {unit.code}", unit.valid_from, unit.valid_to) for unit in units),
        *((f"địa bàn {area.code}", area.valid_from, area.valid_to) for area in areas),
        *((f"địa bàn {row.area} của {row.unit}", row.valid_from, row.valid_to) for row in territory),
    ]
    for name, begins_on, ends_on in named:
        if ends_on is not None and ends_on < begins_on:
            yield f"{name}: hết hiệu lực {_shown(ends_on)} trước khi có hiệu lực {_shown(begins_on)}"


def _overlaps(kind: str, rows: Sequence[Unit] | Sequence[Area]) -> Iterator[str]:
    stretches: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for row in rows:
        stretches[row.code].append((row.valid_from, row.valid_to))
    for code, spans in stretches.items():
        for begins_on in _begins_inside(spans):
            yield f"{kind} {code}: hai dòng cùng có hiệu lực ngày {_shown(begins_on)}"


def _two_units_in_one_area(territory: Sequence[Territory]) -> Iterator[str]:
    spans: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for row in territory:
        spans[row.area].append((row.valid_from, row.valid_to))
    for area, stretches in spans.items():
        for begins_on in _begins_inside(stretches):
            served_by = sorted(row.unit for row in in_force(territory, begins_on) if row.area == area)
            yield f"địa bàn {area}: hai đơn vị cùng phụ trách ngày {_shown(begins_on)} ({', '.join(served_by)})"


def _begins_inside(spans: list[tuple[date, date | None]]) -> Iterator[date]:
    """First days that lie inside an earlier stretch."""
    for (_, ends_on), (begins_on, _) in pairwise(sorted(spans, key=lambda span: (span[0], span[1] or date.max))):
        if ends_on is None or begins_on <= ends_on:
            yield begins_on


def _broken_tree(units: Sequence[Unit]) -> Iterator[str]:
    """On every day from the first: one root, every parent in force, no unit above itself."""
    said: set[str] = set()
    for day in change_days(units):
        here = {unit.code: unit for unit in in_force(units, day)}
        roots = [unit.code for unit in here.values() if unit.parent is None]
        faults = [] if len(roots) == 1 else [f"phải có đúng một đơn vị cao nhất, đang có {len(roots)}"]
        for unit in here.values():
            if unit.parent is not None and unit.parent not in here:
                faults.append(f"đơn vị {unit.code}: cấp trên {unit.parent} không còn (chưa có) hiệu lực")
            elif _is_above_itself(unit, here):
                faults.append(f"đơn vị {unit.code}: cấp trên tạo thành vòng")
        for fault in faults:
            if fault not in said:
                said.add(fault)
                yield f"{fault}, từ ngày {_shown(day)}"


def _is_above_itself(unit: Unit, here: dict[str, Unit]) -> bool:
    seen: set[str] = set()
    above: Unit | None = unit
    while above is not None and above.code not in seen:
        seen.add(above.code)
        above = here.get(above.parent) if above.parent is not None else None
    return above is not None and above.code == unit.code


def _shared_names(units: Sequence[Unit]) -> Iterator[str]:
    """A file that names a unit must mean one unit."""
    said: set[tuple[str, ...]] = set()
    for day in change_days(units):
        named: dict[str, set[str]] = defaultdict(set)
        for unit in in_force(units, day):
            for text in (unit.code, unit.name, unit.short_name):
                named[normalised(text)].add(unit.code)
        for name, codes in named.items():
            shared = tuple(sorted(codes))
            if len(shared) > 1 and shared not in said:
                said.add(shared)
                yield f'đơn vị {", ".join(shared)}: cùng tên "{name}" ngày {_shown(day)}'


def _unserved_areas(units: Sequence[Unit], areas: Sequence[Area], territory: Sequence[Territory]) -> Iterator[str]:
    """An area nobody serves while it exists and there are units at all."""
    first_on = min(unit.valid_from for unit in units)
    served: dict[str, list[Territory]] = defaultdict(list)
    for row in territory:
        served[row.area].append(row)
    for area in areas:
        rows = served[area.code]
        days = {max(area.valid_from, first_on)} | {row.valid_to + DAY for row in rows if row.valid_to is not None}
        for day in sorted(days):
            if covers(area.valid_from, area.valid_to, day) and not in_force(rows, day):
                yield f"địa bàn {area.code} ({area.name}): không có đơn vị phụ trách từ ngày {_shown(day)}"
                break


def _territory_without_owner(units: Sequence[Unit], territory: Sequence[Territory]) -> Iterator[str]:
    """An area given to a unit that does not handle cases, or not for the whole of that time."""
    for row in territory:
        stretches = [unit for unit in units if unit.code == row.unit and unit.handles_cases]
        days = {row.valid_from} | {unit.valid_to + DAY for unit in stretches if unit.valid_to is not None}
        for day in sorted(days):
            if covers(row.valid_from, row.valid_to, day) and not in_force(stretches, day):
                yield f"địa bàn {row.area}: đơn vị {row.unit} không thụ lý án hoặc không hiệu lực ngày {_shown(day)}"
                break


def _lost_cases(units: Sequence[Unit], successions: Sequence[Succession]) -> Iterator[str]:
    """A unit that ends, or stops handling cases, with nobody to take over."""
    handling = [unit for unit in units if unit.handles_cases]
    defaults = {(move.from_unit, move.on) for move in successions if move.area is None}
    for unit in handling:
        if unit.valid_to is None or any(_goes_on(unit, other) for other in handling):
            continue
        if (unit.code, unit.valid_to + DAY) not in defaults:
            yield f"đơn vị {unit.code} kết thúc ngày {_shown(unit.valid_to)} nhưng không có đơn vị kế thừa mặc định"


def _impossible_successions(units: Sequence[Unit], successions: Sequence[Succession]) -> Iterator[str]:
    handling = [unit for unit in units if unit.handles_cases]
    counts = Counter((move.from_unit, move.area, move.on) for move in successions)
    for (code, area, on), count in counts.items():
        if count > 1:
            yield f"kế thừa từ {code} ({area or 'mặc định'}) ngày {_shown(on)}: ghi {count} lần"
    for move in successions:
        name = f"kế thừa {move.from_unit} → {move.to_unit} ngày {_shown(move.on)}"
        here = {unit.code for unit in in_force(handling, move.on)}
        if move.to_unit not in here:
            yield f"{name}: đơn vị nhận không thụ lý án hoặc chưa có hiệu lực"
        if move.from_unit not in {unit.code for unit in in_force(handling, move.on - DAY)}:
            yield f"{name}: đơn vị giao không hiệu lực ngày trước đó"
        if move.area is None and move.from_unit in here:
            yield f"{name}: đơn vị giao vẫn còn hiệu lực nên không thể giao toàn bộ"


def _impossible_targets(targets: Sequence[Target]) -> Iterator[str]:
    for target in targets:
        name = f"chỉ tiêu {target.measure} năm {target.year} của {target.unit}"
        if target.measure not in TARGET_MEASURES:
            yield f"{name}: chỉ nhận {' hoặc '.join(TARGET_MEASURES)}"
        if not Decimal(0) < target.value <= Decimal(100):
            yield f"{name}: {target.value} không phải là phần trăm"
    counts = Counter((target.unit, target.year, target.measure, target.valid_from) for target in targets)
    for (code, year, measure, valid_from), count in counts.items():
        if count > 1:
            yield f"chỉ tiêu {measure} năm {year} của {code} từ {_shown(valid_from)}: ghi {count} lần"


def _goes_on(unit: Unit, other: Unit) -> bool:
    """Whether another stretch of the same unit follows without a gap."""
    return other.code == unit.code and unit.valid_to is not None and other.valid_from == unit.valid_to + DAY


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"

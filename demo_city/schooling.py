"""What the invented offices tell of their training and their equipment: sheets that arrive when the city opens. Counts
only; there are no persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from demo_city.clock import LOCAL
from demo_city.plans import plans_for
from demo_city.sheets import deliver_sheet
from demo_city.units import Unit

_SESSIONS = (
    ("Sử dụng phần mềm quản lý án", "Đào tạo", -250, "Tài liệu phần mềm quản lý án", "12/HD-THADS"),
    ("Xử lý phản ánh hiện trường trên Hue-S", "Đào tạo", -190, "Sổ tay Hue-S", "https://example.vn/so-tay-hue-s"),
    ("Giới thiệu dịch vụ công trực tuyến cho đương sự", "Truyền thông", -150, "Tờ rơi dịch vụ công", "45/THADS-VP"),
    ("Chữ ký số và thư điện tử công vụ", "Đào tạo", -95, "Hướng dẫn ký số", "58/HD-THADS"),
    ("Phổ biến Luật Thi hành án dân sự 2025", "Truyền thông", -60, "Tài liệu hỏi đáp", "71/TL-THADS"),
    ("An toàn thông tin cơ bản", "Đào tạo", -20, "Bài giảng an toàn thông tin", "80/HD-THADS"),
    ("Khai thác bảng điều hành thông minh", "Đào tạo", 12, "", ""),
    ("Truyền thông dịch vụ công tại xã, phường", "Truyền thông", 26, "", ""),
)
_SESSION_HEAD = (
    *("Đơn vị", "Mã buổi", "Nội dung", "Loại", "Ngày tổ chức", "Số người mời", "Số người dự"),
    *("Tài liệu", "Số văn bản, liên kết"),
)
_TEST_HEAD = ("Đơn vị", "Mã đợt kiểm tra", "Ngày kiểm tra", "Tổng số cán bộ", "Số dự kiểm tra", "Số đạt")
_EQUIPMENT_HEAD = ("Đơn vị", "Loại thiết bị", "Số lượng", "Năm sử dụng", "Tình trạng", "Nối mạng", "Mã tài sản")


def deliver_schooling(inbox: Path, units: Sequence[Unit], seed: int, now: datetime) -> None:
    """Let sessions, tests and registers arrive; the last unit tells nothing of its equipment, and none of its tests."""
    today = now.astimezone(LOCAL).date()
    stamp = f"den-ngay-{today - timedelta(days=1):%Y-%m-%d}.csv"
    staff = {unit.code: max(6, round(140 * plans_for(units)[unit.code].share)) for unit in units}
    rng = Random(f"{seed}:schooling")
    deliver_sheet(inbox, "training", f"1-buoi_{stamp}", [_SESSION_HEAD, *_sessions(units, staff, today, rng)])
    deliver_sheet(inbox, "training", f"2-kiem-tra_{stamp}", [_TEST_HEAD, *_tests(units[:-1], staff, today, rng)])
    register = [row for unit in units[:-1] for row in _register(unit, staff[unit.code], today.year, rng)]
    deliver_sheet(inbox, "equipment", f"trang-thiet-bi_{stamp}", [_EQUIPMENT_HEAD, *register])


def _sessions(units: Sequence[Unit], staff: dict[str, int], today: date, rng: Random) -> list[tuple[str, ...]]:
    rows = []
    for number, (title, kind, days, material, reference) in enumerate(_SESSIONS, start=1):
        held_on = today + timedelta(days=days)
        for unit in units:
            people = staff[unit.code] * (4 if kind == "Truyền thông" else 1)
            invited = max(3, round(people * rng.uniform(0.6, 0.9)))
            came = str(round(invited * rng.uniform(0.78, 1.0))) if days < 0 else ""
            code = f"DT-{held_on:%y%m}-{number:02d}"
            rows.append((unit.code, code, title, kind, f"{held_on:%d/%m/%Y}", str(invited), came, material, reference))
    # A session of the first unit that was planned and of which nobody has told.
    forgotten = today - timedelta(days=9)
    title = "Tiếp công dân trực tuyến"
    rows.append((units[0].code, "DT-BS-01", title, "Đào tạo", f"{forgotten:%d/%m/%Y}", "12", "", "", ""))
    return rows


def _tests(units: Sequence[Unit], staff: dict[str, int], today: date, rng: Random) -> list[tuple[str, ...]]:
    rows = []
    for days, code in ((-170, "KT-1"), (-15, "KT-2")):
        tested_on = today + timedelta(days=days)
        for unit in units:
            all_of_them = staff[unit.code]
            tested = round(all_of_them * rng.uniform(0.75, 1.0))
            passed = round(tested * rng.uniform(0.7 if days < -100 else 0.82, 1.0))
            numbers = (str(all_of_them), str(tested), str(passed))
            rows.append((unit.code, code, f"{tested_on:%d/%m/%Y}", *numbers))
    return rows


def _register(unit: Unit, staff: int, year: int, rng: Random) -> list[tuple[str, ...]]:
    def line(kind: str, quantity: int, age: int, state: str = "tốt", network: str = "có") -> tuple[str, ...]:
        asset = f"TS-{unit.code}-{len(lines) + 1:03d}"
        return (unit.code, kind, str(quantity), str(year - age) if age >= 0 else "", state, network, asset)

    lines: list[tuple[str, ...]] = []
    lines.append(line("Máy tính", max(5, round(staff * 0.7)), rng.choice((2, 3, 4))))
    lines.append(line("Máy tính", max(1, round(staff * 0.2)), rng.choice((8, 9, 11))))
    lines.append(line("Máy quét", rng.choice((1, 1, 2)), rng.choice((2, 5, 7)), network=""))
    lines.append(line("Máy in", rng.choice((2, 3)), rng.choice((3, 6)), network=""))
    if rng.random() < 0.8:
        lines.append(line("Camera", rng.choice((2, 4, 6)), rng.choice((1, 3))))
    lines.append(line("Thiết bị họp trực tuyến", 1, rng.choice((1, 2, -1)), rng.choice(("tốt", "tốt", "tốt", "hỏng"))))
    lines.append(line("Đường truyền mạng", 1, 3))
    return lines

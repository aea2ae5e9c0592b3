"""The city's cameras: which there are, and what each does at an instant, by seed, mood and time alone."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random

from demo_city.clock import LOCAL
from demo_city.moods import MOODS, Mood
from demo_city.units import Unit, folded

# Nobody's password: the city is on this machine only, and whoever reads the demo may look through its eyes.
USER, PASSWORD = "giamsat", "du-lieu-mau"
COLUMNS = (
    "Mã camera", "Đơn vị", "Cơ sở", "Vị trí", "Kiểu", "Mục đích", "Đầu ghi", "Mức riêng tư", "Đạt QCVN 11", "Địa chỉ",
    "Cổng", "Đường dẫn", "Tài khoản", "Cổng ONVIF", "Địa chỉ đầu ghi", "Cổng đầu ghi", "Kênh",
)  # fmt: skip
# The central unit has most, the second many; 66 in the ten units of the pictures.
_SIZES = {0: 12, 1: 10}
_BY_NAME = {"quang dien": 5, "a luoi": 5, "nam dong": 4}
_USUAL = 6
_PLACES = (
    ("Cổng trụ sở", "Cổng trụ sở", "Cố định", "Nơi công cộng"),
    ("Phòng tiếp công dân", "Phòng tiếp công dân", "Bán cầu", "Có người dân đến làm việc"),
    ("Bộ phận một cửa", "Bộ phận một cửa", "Bán cầu", "Có người dân đến làm việc"),
    ("Kho vật chứng", "Kho vật chứng", "Cố định", "Hạn chế"),
    ("Hành lang tầng 1", "Hành lang", "Bán cầu", "Nơi công cộng"),
    ("Nhà để xe", "Nhà để xe", "Cố định", "Nơi công cộng"),
    ("Hành lang tầng 2", "Hành lang", "Bán cầu", "Nơi công cộng"),
    ("Sân sau", "Khác", "Quay quét", "Nơi công cộng"),
)
# Now and then a camera is away for ten minutes.
_SLOT_MINUTES = 10
_AWAY = 0.002
_OFF_FROM = time(8, 31)


@dataclass(frozen=True, slots=True)
class CityCamera:
    """One camera of the city; `number` counts through the whole city and is its channel on the recorder."""

    code: str
    unit: str
    place: str
    purpose: str
    kind: str
    privacy: str
    number: int
    path: str
    trouble: str = ""


class CityCameras:
    """All cameras of a pack's units; the mood holds from a day on, calm days lie before it."""

    def __init__(self, units: Sequence[Unit], seed: int, mood: Mood, since: date) -> None:
        self._seed, self._mood, self._since = seed, mood, since
        self._cut = _unit_like(units, "a luoi", len(units) - 1)
        self.cameras = tuple(_built(units))
        self._by_path = {camera.path: camera for camera in self.cameras}

    def at_path(self, path: str) -> CityCamera | None:
        """The camera whose stream a path names; the track below it counts too."""
        return self._by_path.get(path.partition("?")[0].removesuffix("/").removesuffix("/track1"))

    def by_channel(self, channel: int) -> CityCamera | None:
        """The camera on a channel of the recorder."""
        return self.cameras[channel - 1] if 1 <= channel <= len(self.cameras) else None

    def doing(self, camera: CityCamera, now: datetime) -> str:
        """'live', 'black', 'frozen'; 'locked' refuses the password, 'off' hangs up, 'cut' says nothing at all."""
        here = now.astimezone(LOCAL)
        mood = self._mood if here.date() >= self._since else MOODS["calm"]
        if camera.unit == self._cut and mood.link_cut_at is not None and here.time() >= mood.link_cut_at:
            return "cut"
        if camera.trouble == "off":
            return "off" if here.time() >= _OFF_FROM else "live"
        if camera.trouble:
            return camera.trouble
        slot = int(now.timestamp()) // (_SLOT_MINUTES * 60)
        return "off" if Random(f"{self._seed}:camera:{camera.code}:{slot}").random() < _AWAY else "live"

    def inventory(self, port: int, web_port: int) -> str:
        """The cameras as a CSV file an agency would keep; no password is in it."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for camera in self.cameras:
            recorder = ("127.0.0.1", web_port, camera.number) if web_port else ("", "", "")
            about = (camera.code, camera.unit, camera.unit, camera.place, camera.kind, camera.purpose)
            asked = (f"NVR-{camera.unit}", camera.privacy, "", "127.0.0.1", port, camera.path, USER, "")
            writer.writerow((*about, *asked, *recorder))
        return out.getvalue()


def deliver_inventory(inbox: Path, text: str, now: datetime) -> Path:
    """Write the inventory elsewhere in the inbox and let it arrive by rename."""
    for folder in (inbox / ".writing", inbox / "cameras"):
        folder.mkdir(parents=True, exist_ok=True)
    name = f"camera_den-ngay-{now.astimezone(LOCAL):%Y-%m-%dT%H%M}.csv"
    unfinished = inbox / ".writing" / name
    unfinished.write_text(text, encoding="utf-8-sig")
    target = inbox / "cameras" / name
    os.replace(unfinished, target)
    return target


def _built(units: Sequence[Unit]) -> list[CityCamera]:
    troubles = {
        (_unit_like(units, "phu loc", 7), 5): "off",
        (_unit_like(units, "phu loc", 7), 6): "off",
        (_unit_like(units, "huong tra", 3), 6): "locked",
        (_unit_like(units, "phong dien", 4), 6): "black",
    }
    cameras: list[CityCamera] = []
    for at, unit in enumerate(units):
        for turn in range(1, _size(at, unit) + 1):
            place, purpose, kind, privacy = _PLACES[(turn - 1) % len(_PLACES)]
            cameras.append(
                CityCamera(
                    code=f"{unit.code}-{turn:02d}",
                    unit=unit.code,
                    place=place if turn <= len(_PLACES) else f"{place} ({turn})",
                    purpose=purpose,
                    kind=kind,
                    privacy=privacy,
                    number=len(cameras) + 1,
                    path=f"/thads/{folded(unit.code).replace(' ', '-')}/{turn:02d}",
                    trouble=troubles.get((unit.code, turn), ""),
                )
            )
    return cameras


def _size(at: int, unit: Unit) -> int:
    own = next((size for name, size in _BY_NAME.items() if name in folded(unit.name)), _USUAL)
    return _SIZES.get(at, own)


def _unit_like(units: Sequence[Unit], name: str, otherwise: int) -> str:
    """The code of the unit that bears a name, else of the one at a place."""
    named = [unit.code for unit in units if name in folded(unit.name)]
    if named:
        return named[0]
    return units[otherwise % len(units)].code

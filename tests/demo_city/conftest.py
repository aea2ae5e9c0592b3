"""One full set of the demo city, delivered and read once for all its tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from demo_city_support import NOW, SEED, ReadBook, a_ten_unit_pack, read_book

from demo_city.city import City


@pytest.fixture(scope="session")
def pack_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ten units of the pictures."""
    return a_ten_unit_pack(tmp_path_factory.mktemp("packs") / "ten-units")


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory, pack_folder: Path) -> Path:
    """A folder with an inbox holding the full set of 23/11/2026, 09:40 in Huế, and the city's memory beside it."""
    folder = tmp_path_factory.mktemp("city")
    City(folder / "inbox", pack_folder, SEED, folder / "city_state.json").open(NOW)
    return folder


@pytest.fixture(scope="session")
def full_books(first_day: Path) -> dict[str, ReadBook]:
    """The full workbooks of that set by file name."""
    return {path.name: read_book(path) for path in sorted((first_day / "inbox" / "full").glob("*.xlsx"))}

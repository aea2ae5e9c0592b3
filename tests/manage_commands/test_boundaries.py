from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from shapely.geometry import mapping

from data_access.boundaries import OUTLINES, outline_areas
from data_access.boundary_shapes import load_maps, map_on, maps_in_force, official_file, stored_file
from domain.units import Organisation
from manage_commands.boundaries import prepare_boundaries
from manage_commands.environment import Refused
from settings import ROOT, Settings

TODAY = date(2026, 11, 23)


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """A file of the nine districts, as an agency hands it in."""
    areas = outline_areas(OUTLINES["district"])
    features = [
        {"type": "Feature", "properties": {"ma": code}, "geometry": mapping(shape)}
        for code, shape in zip(areas["code"], areas.geometry, strict=True)
    ]
    path = tmp_path / "ranh-gioi.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_without_an_official_file_the_generalised_map_is_in_force(organisation: Organisation, tmp_path: Path) -> None:
    for setting in (None, Path("")):
        prepare_boundaries(Settings(var_dir=tmp_path, boundaries_file=setting), organisation, TODAY)
    assert maps_in_force(organisation.name, tmp_path) == load_maps(stored_file(organisation.name))


def test_the_official_file_is_in_force_until_the_setting_is_gone(
    official: Path, organisation: Organisation, tmp_path: Path
) -> None:
    prepare_boundaries(Settings(var_dir=tmp_path, boundaries_file=official), organisation, TODAY)
    drawn = map_on(maps_in_force(organisation.name, tmp_path), TODAY)
    assert drawn is not None and drawn.note == "Ranh giới do cơ quan cung cấp"
    prepare_boundaries(Settings(var_dir=tmp_path), organisation, TODAY)
    assert not official_file(tmp_path).exists()


def test_a_broken_official_file_is_refused_and_leaves_the_map_that_was(
    official: Path, organisation: Organisation, tmp_path: Path
) -> None:
    prepare_boundaries(Settings(var_dir=tmp_path, boundaries_file=official), organisation, TODAY)
    before = official_file(tmp_path).read_bytes()
    official.write_bytes(official.read_bytes()[:1000])
    with pytest.raises(Refused, match="BOUNDARIES_FILE không dùng được. ranh-gioi.geojson: JSON hỏng ở dòng 1"):
        prepare_boundaries(Settings(var_dir=tmp_path, boundaries_file=official), organisation, TODAY)
    assert official_file(tmp_path).read_bytes() == before


def test_a_pack_without_stored_maps_has_none(tmp_path: Path) -> None:
    assert maps_in_force("goi-cua-tinh-khac", tmp_path) == ()


def test_starting_without_an_official_file_loads_no_geography() -> None:
    program = "import sys, manage_commands.boundaries\nprint('geopandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
